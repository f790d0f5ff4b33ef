"""The table: what it says, and how it fits the terminal."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claimx.output.groups import by_speaker
from claimx.output.layout import cells, fit_columns, wrap
from claimx.output.safety import visible
from claimx.records import Claim, Fact
from tests.output.cases import make_claim, relaxed, strip_sgr, texts, widest, written


class TestTable:
    def everything(self) -> list[Claim]:
        return [
            make_claim("पहला दावा " * 12, kind="direct"),
            make_claim("दूसरा", speaker="ग्राम पंचायत", speaker_latin=None, speaker_role=None),
            make_claim("तीसरा", polarity="denied", act="deny", cue="इनकार"),
            make_claim("चौथा", group="g", relation="differs", group_sources=2),
            make_claim("पाँचवाँ", group="g", relation="same", group_sources=2),
            make_claim("छठा", confidence=0.3, published=None),
            make_claim("सातवाँ", speaker=None, mention="उन्होंने", said_on="2023-06-30"),
            make_claim("आठवाँ", speaker="अ" * 90, source="https://x.example/" + "a" * 200),
        ]

    @pytest.mark.parametrize("color", [False, True])
    @pytest.mark.parametrize("width", [20, 33, 60, 80, 120])
    def test_lines_fit_by_every_measure(self, width: int, color: bool) -> None:
        shown = strip_sgr(written(self.everything(), "table", width=width, color=color))
        for line in shown.splitlines():
            assert widest(line) <= width
            assert cell_len(line) <= width

    def test_no_escape_without_colour_and_colour_only_adds_escapes(self) -> None:
        bare = written(self.everything(), "table")
        coloured = written(self.everything(), "table", color=True)
        assert "\x1b" not in bare
        assert "\x1b" in coloured
        stripped = [line.rstrip() for line in strip_sgr(coloured).splitlines()]
        assert stripped == bare.splitlines()

    def test_speakers_come_by_number_of_claims_then_name_the_unnamed_last(self) -> None:
        names = ["ख", None, "ग", "क", "ग", None, None]
        groups = by_speaker(make_claim(speaker=name) for name in names)
        assert [group.name for group in groups] == ["ग", "क", "ख", None]

    def test_claims_come_by_date_then_place_in_the_article_the_undated_last(self) -> None:
        found = [
            make_claim("घ", published=None),
            make_claim("ग", published="2023-08-01", said_on="2023-07-03"),
            make_claim("ख", published="2023-07-02", start=9),
            make_claim("क", published="2023-07-02", start=3),
        ]
        assert [claim.claim for claim in by_speaker(found)[0].claims] == ["क", "ख", "ग", "घ"]

    def test_order_of_the_input_does_not_matter(self) -> None:
        found = self.everything()
        assert written(found, "table") == written(found[::-1], "table")

    def test_heading_has_name_latin_role_and_count(self) -> None:
        first = written([make_claim(), make_claim(id="b")], "table").splitlines()[0]
        assert first == "रमेश जोशी  Ramesh Joshi · मौसम अधिकारी · 2 claims"
        assert written([make_claim(speaker=None)], "table").startswith("(वक्ता अज्ञात / unnamed)")

    def test_the_fuller_of_two_titles_heads_the_claims(self) -> None:
        roles = ["प्रवक्ता", "प्रवक्ता", "विदेश मंत्रालय के प्रवक्ता", "पूर्व राजदूत"]
        found = [make_claim(id=str(n), speaker_role=role) for n, role in enumerate(roles)]
        assert by_speaker(found)[0].role == "विदेश मंत्रालय के प्रवक्ता"

    @pytest.mark.parametrize(
        ("changes", "sign", "words"),
        [
            ({}, "•", []),
            ({"polarity": "denied"}, "✗", ["✗ denied"]),
            ({"group": "g", "group_sources": 3, "relation": "same"}, "✓", ["✓ 3 sources"]),
            ({"group": "g", "group_sources": 1, "relation": "same"}, "•", []),
            (
                {"group": "g", "group_sources": 2, "relation": "differs"},
                "≠",
                ["≠ figures differ", "✓ 2 sources"],
            ),
            ({"group": "g", "relation": "denies"}, "≠", ["≠ disputed"]),
            ({"confidence": 0.49}, "?", ["? unsure"]),
            ({"confidence": 0.5}, "•", []),
        ],
    )
    def test_marks(self, changes: dict[str, Any], sign: str, words: list[str]) -> None:
        lines = written([make_claim(**changes)], "table").splitlines()
        assert lines[2] == f" 2023-07-01 {sign} बारिश कल तक रुक जाएगी"
        assert lines[3].split(" · ")[2:] == words

    @pytest.mark.parametrize(
        ("relation", "words"), [("differs", "≠ figures differ"), ("denies", "≠ disputed")]
    )
    def test_the_contested_claim_is_marked_too(self, relation: str, words: str) -> None:
        pair = [
            make_claim("पाँच सौ लोग", group="g", relation="same", speaker="क"),
            make_claim("नौ सौ लोग", group="g", relation=relation, speaker="ख"),
        ]
        assert written(pair, "table").count(words) == 2

    def test_direct_speech_stands_in_quotation_marks(self) -> None:
        assert "“बारिश कल तक रुक जाएगी”" in written([make_claim(kind="direct")], "table")
        assert "“" not in written([make_claim()], "table")

    def test_cue_act_route_and_source_stand_below(self) -> None:
        claim = make_claim(cue="चेतावनी", act="warn", via="वार्ता", addressee="आकाशवाणी")
        assert "चेतावनी (warn) · to आकाशवाणी · via वार्ता · प्रभात संदेश" in written(
            [claim], "table"
        )

    def test_facts_are_coloured_and_the_unsure_dimmed(self) -> None:
        fact = Fact("quantity", "42 गाँव", 42, "village", 11, 18)
        claim = make_claim("कुल 42 गाँव डूबे", start=7, facts=(fact,))
        assert "\x1b[33m42 गाँव\x1b[0m" in written([claim], "table", color=True)
        unsure = written([make_claim(confidence=0.1)], "table", color=True)
        assert "\x1b[2mबारिश" in unsure

    def test_only_ascii_and_signs_stand_before_a_claim(self) -> None:
        # What lines up must not depend on how a terminal measures Devanagari.
        for line in written(self.everything(), "table").splitlines():
            if line.startswith(" "):
                assert not any("\u0900" <= character <= "\u097f" for character in line[:14])

    @pytest.mark.parametrize("date", [None, "", "😀", "कल"])
    def test_what_is_no_date_is_a_dash(self, date: str | None) -> None:
        lines = written([make_claim(published=date), make_claim()], "table").splitlines()
        assert {line[:13] for line in lines[2:5:2]} == {" 2023-07-01 •", "     —      •"}

    def test_nothing_found(self) -> None:
        assert written([], "table") == "No claims.\n"


class TestLayout:
    @pytest.mark.parametrize(
        ("text", "size"),
        [
            ("abc", 3),
            ("क", 1),
            ("का", 2),
            ("कु", 1),
            ("क्षि", 3),
            ("न्\u200dद", 2),
            ("中", 2),
            ("", 0),
        ],
    )
    def test_cells_takes_the_widest_reading(self, text: str, size: int) -> None:
        assert cells(text) == size

    @relaxed
    @given(text=texts.map(visible), width=st.integers(1, 40))
    def test_wrap_loses_nothing_but_blanks(self, text: str, width: int) -> None:
        lines = [text[start:end] for start, end in wrap(text, width)]
        assert "".join("".join(lines).split()) == "".join(text.split())

    def test_wrap_breaks_between_words_and_never_in_a_cluster(self) -> None:
        text = "क्षत्रिय राष्ट्रीय"
        lines = [text[start:end] for start, end in wrap(text, 10)]
        assert lines == ["क्षत्रिय", "राष्ट्रीय"]
        for start, end in wrap("ज़िम्मेदारियाँ" * 5, 6):
            piece = ("ज़िम्मेदारियाँ" * 5)[start:end]
            assert unicodedata.category(piece[0]) not in ("Mn", "Mc")

    @pytest.mark.parametrize(
        ("natural", "available", "minimum", "expected"),
        [
            ([5, 10], 20, 4, [5, 10]),
            ([5, 30], 20, 4, [5, 15]),
            ([30, 30], 20, 4, [10, 10]),
            ([2, 40, 20], 32, 4, [2, 15, 15]),
            ([30, 30], 20, 12, None),
        ],
    )
    def test_fit_columns(
        self, natural: list[int], available: int, minimum: int, expected: list[int] | None
    ) -> None:
        assert fit_columns(natural, available, minimum) == expected

    @relaxed
    @given(st.lists(st.integers(0, 300), min_size=1, max_size=8), st.integers(10, 200))
    def test_fit_columns_fits(self, natural: list[int], available: int) -> None:
        widths = fit_columns(natural, available)
        if widths is not None:
            assert sum(widths) <= available
            assert all(w == n or w >= 12 for w, n in zip(widths, natural, strict=True))
