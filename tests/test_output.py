"""The output room: every format parses back or is inert, and lines fit."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import os
import stat
import unicodedata
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from claimx import output
from claimx.errors import ClaimxError
from claimx.output.csvfile import read_claims
from claimx.output.groups import by_speaker
from claimx.output.layout import cells, fit_columns, wrap
from claimx.output.safety import UNSAFE, defuse, json_text, one_line, undefuse, unsafe, visible
from claimx.records import Article, Claim, Fact

# No example is a matter of time: the machine may be busy.
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

HUMAN = ("table", "markdown", "html")
EXACT = ("jsonl", "json", "csv")


def make_claim(claim: str = "बारिश कल तक रुक जाएगी", **changes: Any) -> Claim:
    start = changes.get("start", 0)
    values: dict[str, Any] = {
        "id": "0123456789abcdef",
        "article": "लेख.txt",
        "source": "प्रभात संदेश",
        "title": "मौसम का हाल",
        "published": "2023-07-01",
        "speaker": "रमेश जोशी",
        "speaker_latin": "Ramesh Joshi",
        "speaker_type": "person",
        "speaker_role": "मौसम अधिकारी",
        "mention": "जोशी",
        "resolution": "surname",
        "claim": claim,
        "start": start,
        "end": start + len(claim),
        "evidence": claim,
        "evidence_start": start,
        "evidence_end": start + len(claim),
        "kind": "indirect",
        "cue": "कहना",
        "act": "say",
        "polarity": "affirmed",
        "via": None,
        "addressee": None,
        "said_on": None,
        "facts": (),
        "group": None,
        "group_sources": None,
        "relation": None,
        "confidence": 0.9,
    }
    return Claim(**(values | changes))


def written(claims: list[Claim], format: str, **options: Any) -> str:
    stream = io.StringIO(newline="")
    output.write(claims, format, stream, **{"width": 80, **options})
    return stream.getvalue()


def read_back(text: str, format: str, *, defused: bool = True) -> list[Claim]:
    if format == "jsonl":
        return [Claim.from_dict(json.loads(line)) for line in text.splitlines()]
    if format == "json":
        return [Claim.from_dict(record) for record in json.loads(text)]
    return list(read_claims(io.StringIO(text, newline=""), defused=defused))


def widest(line: str) -> int:
    """Cells in the terminals that advance most (xterm, VTE, tmux), from Unicode's own data."""
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in line
    )


def raw_controls(text: str) -> list[str]:
    """Characters no terminal, page or document may get; line feeds are layout."""
    return [
        character
        for character in text
        if character != "\n"
        and (
            unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
            or "\u202a" <= character <= "\u202e"
            or "\u2060" <= character <= "\u206f"
            or character in "\u200b\u200e\u200f\ufeff\u00ad\u061c\U000e0041"
        )
    ]


HOSTILE = [
    "\x1b[31mलाल\x1b[0m",
    "\x1b]8;;https://bad.example\x1b\\दबाएँ\x1b]8;;\x1b\\",
    "\x9b2Jसाफ़",
    "घंटी\x07 पीछे\x08 हटाओ\x7f शून्य\x00",
    "दाएँ\u202eबाएँ\u202c और \u2066अलग\u2069",
    "छि\u200bपा\ufeff हु\u00adआ\U000e0041",
    "जोड़\u200d\u200d\u200d abc\u200ddef",
    "[red]लाल[/red] [link=https://bad.example]कड़ी[/link] :smile:",
    "=HYPERLINK(\"https://bad.example\")",
    "-5 डिग्री तक गिरेगा पारा",
    "'=पहले से",
    "@राज्य | +91 ~~कटा~~ `कोड` *ज़ोर* _रेखा_ **मोटा**",
    "\tटैब\r\nपंक्ति\nदूसरी \u2028 तीसरी\u2029",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt;",
    "[यहाँ](https://bad.example) ![चित्र](https://bad.example/x.png) <https://bad.example>",
    "https://bad.example www.bad.example",
    "\\| पाइप \\ उलटी",
    "“बाहर ‘भीतर’ बाहर” \"सीधे\" ' एक",
    "ज़्" + "\u0901" * 300,
    "अ" * 500,
]  # fmt: skip

WORDS = ["रूस", "ने", "कहा", "नरेन्\u200dद्र", "क्षा", "500", "करोड़", "“", "”", '"', "'", "।",
         "\n", "\r", "\r\n", "\t", ",", ";", "|", "=", "+", "-", "@", "<b>", "&", "[x](y)",
         "[red]",
         "*", "_", "`", "\\", "\x1b[2J", "\x00", "\x9b", "\u202e", "\u2069", "\u200b", "\u200d",
         "\u2028", "\ufeff", "😀", "中文", "عربي", "\U000e0041", ""]  # fmt: skip
# Without the unassigned: Python's and regex's Unicode need not be of one version.
others = st.text(st.characters(exclude_categories=("Cs", "Cn")), max_size=4)
texts = st.lists(st.sampled_from(WORDS) | others, max_size=12).map("".join)
# An empty field of CSV is null, so text that may be null is never empty in the record.
optional = st.none() | texts.filter(bool)
numbers = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
facts = st.builds(
    Fact,
    st.sampled_from(["quantity", "money", "date"]),
    texts,
    st.none() | texts | numbers | st.lists(numbers, min_size=2, max_size=2),
    optional,
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["exact", "about", "range"]),
)
claims = st.builds(
    make_claim,
    texts,
    id=texts,
    article=texts,
    source=texts,
    title=optional,
    published=optional,
    speaker=optional,
    speaker_latin=optional,
    speaker_role=optional,
    mention=optional,
    start=st.integers(0, 20),
    evidence=texts,
    kind=st.sampled_from(["direct", "indirect", "mixed"]),
    cue=texts,
    act=st.sampled_from(["say", "deny"]),
    polarity=st.sampled_from(["affirmed", "denied"]),
    via=optional,
    addressee=optional,
    said_on=optional,
    facts=st.lists(facts, max_size=2).map(tuple),
    group=optional,
    group_sources=st.none() | st.integers(1, 9),
    relation=st.sampled_from([None, "same", "differs", "denies"]),
    confidence=st.floats(0, 1),
)


class TestRoundTrip:
    @relaxed
    @given(found=st.lists(claims, max_size=2))
    def test_any_claim_parses_back(self, found: list[Claim]) -> None:
        for format in EXACT:
            assert read_back(written(found, format), format) == found
        bare = written(found, "csv", defuse=False)
        assert read_back(bare, "csv", defused=False) == found

    @pytest.mark.parametrize("format", ["jsonl", "json"])
    def test_lone_surrogates_survive_in_json(self, format: str) -> None:
        claim = make_claim("टूटा \udcff अक्षर \ud800")
        text = written([claim], format)
        text.encode("utf-8")
        assert read_back(text, format) == [claim]

    def test_lone_surrogates_are_replaced_in_csv(self) -> None:
        text = written([make_claim("टूटा \udcff")], "csv")
        assert read_back(text, "csv")[0].claim == "टूटा \ufffd"

    @pytest.mark.parametrize("format", EXACT)
    def test_nothing_found_is_valid(self, format: str) -> None:
        assert read_back(written([], format), format) == []

    @pytest.mark.parametrize(
        ("format", "first"), [("jsonl", '{"id"'), ("json", '[\n{"id"'), ("csv", "id,article")]
    )
    def test_rows_are_written_as_they_arrive(self, format: str, first: str) -> None:
        def failing() -> Any:
            yield make_claim()
            raise RuntimeError

        stream = io.StringIO()
        with pytest.raises(RuntimeError):
            output.write(failing(), format, stream)
        assert stream.getvalue().startswith(first)
        assert "बारिश" in stream.getvalue()


class TestJson:
    def test_hindi_is_not_escaped_and_joiners_in_words_stay(self) -> None:
        line = written([make_claim("नरेन्\u200dद्र और गए\u200cहैं")], "jsonl")
        assert "नरेन्\u200dद्र और गए\u200cहैं" in line

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("\u202e", r'"\u202e"'),
            ("\u2028\u2029", r'"\u2028\u2029"'),
            ("\x1b\x7f\x9b", r'"\u001b\u007f\u009b"'),
            ("a\u200b\u200d", r'"a\u200b\u200d"'),
            ("\U000e0041", r'"\udb40\udc41"'),
            ("\n\t", r'"\n\t"'),
        ],
    )
    def test_unsafe_characters_are_escaped(self, text: str, expected: str) -> None:
        assert json_text(text) == expected

    @pytest.mark.parametrize("value", [float("nan"), float("inf")])
    def test_numbers_json_does_not_have_are_refused(self, value: float) -> None:
        with pytest.raises(ValueError, match="JSON"):
            written([make_claim(confidence=value)], "jsonl")

    @pytest.mark.parametrize("text", HOSTILE)
    def test_one_claim_is_one_line(self, text: str) -> None:
        line = written([make_claim(text)], "jsonl")
        assert len(line.splitlines()) == 1
        assert not raw_controls(line)


class TestCsv:
    @pytest.mark.parametrize(
        "text",
        ["=1+1", "+91 98", "-5 डिग्री", "@राज्य", "\t=1", "\r=1", "\n=1", " =1",
         "\ufeff=1", "＝1",
         "'=1", "''=1", "\x00=1"],
    )  # fmt: skip
    def test_formulas_are_defused_and_come_back(self, text: str) -> None:
        assert defuse(text) == "'" + text
        assert undefuse(defuse(text)) == text

    @pytest.mark.parametrize("text", ["", "पाँच - दस", "'उद्धरण'", "5 = 5", "[-5]"])
    def test_other_text_is_left_alone(self, text: str) -> None:
        assert defuse(text) == undefuse(text) == text

    @relaxed
    @given(text=texts)
    def test_undefuse_inverts_defuse(self, text: str) -> None:
        assert undefuse(defuse(text)) == text

    def test_the_switch(self) -> None:
        claim = make_claim("-5 डिग्री")
        assert ",'-5 डिग्री," in written([claim], "csv")
        assert ",-5 डिग्री," in written([claim], "csv", defuse=False)

    def test_it_is_rfc_4180_with_every_field(self) -> None:
        text = written([make_claim('कहा, "हाँ"\nऔर')], "csv")
        assert text.endswith("\r\n")
        header, row = csv.reader(io.StringIO(text, newline=""))
        assert header == [field.name for field in fields(Claim)]
        assert row[header.index("claim")] == 'कहा, "हाँ"\nऔर'
        assert row[header.index("facts")] == "[]"
        assert row[header.index("via")] == ""

    def test_on_a_terminal_nothing_raw_is_written(self) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        stream = Terminal()
        output.write([make_claim("\x1b[2Jसाफ़ \u202e")], "csv", stream)
        assert not raw_controls(stream.getvalue().replace("\r\n", "\n"))
        assert "␛[2J" in stream.getvalue()


class TestSafety:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("\x1b[31mलाल", "␛[31mलाल"),
            ("\x00\x07\x7f", "␀␇␡"),
            ("\x9b2J", "⟨U+009B⟩2J"),
            ("क\u202eख", "क⟨U+202E⟩ख"),
            ("क\u2067ख\u2069", "क⟨U+2067⟩ख⟨U+2069⟩"),
            ("छि\u200bपा\ufeff\u00ad\u2060", "छिपा"),
            ("नरेन्\u200dद्र", "नरेन्\u200dद्र"),
            ("गए\u200cहैं", "गए\u200cहैं"),
            ("न्\u200d\u200d\u200dद", "न्\u200dद"),
            ("pay\u200dpal \u200d", "paypal "),
            ("\ud800", "\ufffd"),
            ("एक\tदो\u2028तीन\nचार", "एक दो तीन\nचार"),
            ("एक\r\nदो", "एक\nदो"),
            ("एक\rदो", "एक␍दो"),
            ("क" + "\u0901" * 50, "क" + "\u0901" * 8),
        ],
    )
    def test_visible(self, text: str, expected: str) -> None:
        assert visible(text) == expected

    @relaxed
    @given(text=texts)
    def test_visible_leaves_nothing_raw_and_is_idempotent(self, text: str) -> None:
        shown = visible(text)
        assert not raw_controls(shown)
        assert visible(shown) == shown

    def test_one_line(self) -> None:
        assert one_line("  एक\n\n दो\u00a0\tतीन ") == "एक दो तीन"

    @pytest.mark.parametrize("color", [False, True])
    @pytest.mark.parametrize("format", HUMAN)
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text_in_every_field(self, format: str, text: str, color: bool) -> None:
        claim = make_claim(
            text, speaker=text, speaker_latin=text, speaker_role=text, source=text, cue=text,
            published=text, via=text, addressee=text, article=text, title=text, evidence=text,
        )  # fmt: skip
        unnamed = make_claim(text, speaker=None, mention=text)
        shown = written([claim, unnamed], format, color=color)
        assert not raw_controls(strip_sgr(shown) if color else shown)

    @relaxed
    @given(found=st.lists(claims, max_size=2), width=st.integers(20, 130))
    def test_any_claim_is_inert_and_fits(self, found: list[Claim], width: int) -> None:
        for format in HUMAN:
            assert not raw_controls(written(found, format))
        for line in written(found, "table", width=width).split("\n"):
            assert widest(line) <= width

    def test_rich_markup_is_shown_as_text(self) -> None:
        text = "[red]लाल[/red] :smile: [link=x]"
        assert text in written([make_claim(text)], "table")
        assert text in strip_sgr(written([make_claim(text)], "table", color=True))


def strip_sgr(text: str) -> str:
    """Remove the colours that the tool writes itself, and nothing else."""
    parts = text.split("\x1b[")
    kept = [parts[0]]
    for part in parts[1:]:
        codes, end, rest = part.partition("m")
        if end and all(code.isdigit() for code in codes.split(";")):
            kept.append(rest)
        else:
            kept.append("\x1b[" + part)
    return "".join(kept)


class Page(html.parser.HTMLParser):
    """Collects the text and refuses whatever could run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name != "src", value
            if name == "href":
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(page: str) -> Page:
    parser = Page()
    parser.feed(page)
    parser.close()
    return parser


class TestPages:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_html_holds_the_text_and_nothing_that_runs(self, text: str) -> None:
        page = parsed(written([make_claim(text, article=text)], "html"))
        assert one_line(text) in "".join(page.text)
        assert not page.tags & {"script", "img", "iframe", "object", "svg", "link", "base"}
        assert all(link.startswith(("#", "http")) for link in page.links)

    @pytest.mark.parametrize(
        ("article", "links"),
        [
            ("https://paper.example/a?b=1&c=2", ["https://paper.example/a?b=1&c=2"]),
            ("javascript:alert(1)", []),
            ("data:text/html,x", []),
            ("लेख.txt", []),
        ],
    )
    def test_only_web_addresses_become_links(self, article: str, links: list[str]) -> None:
        page = parsed(written([make_claim(article=article)], "html"))
        assert [link for link in page.links if not link.startswith("#")] == links

    def test_html_is_self_contained_and_says_its_language(self) -> None:
        page = written([make_claim()], "html")
        assert page.startswith("<!DOCTYPE html>")
        assert '<html lang="hi" dir="ltr">' in page
        assert "default-src 'none'" in page
        assert page.count("<table>") == 1

    def test_html_marks_the_claim_in_its_evidence(self) -> None:
        claim = make_claim(
            "पानी बढ़ेगा", start=10, evidence="जोशी ने कहा पानी बढ़ेगा।", evidence_start=-3
        )
        assert "<mark>" not in written([claim], "html")  # offsets that do not fit
        claim = make_claim("पानी", start=13, evidence="जोशी ने कहा पानी।", evidence_start=1)
        assert "कहा <mark>पानी</mark>।" in written([claim], "html")

    @pytest.mark.parametrize("text", HOSTILE)
    def test_markdown_reads_as_the_text_itself(self, text: str) -> None:
        reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        tokens = reader.parse(written([make_claim(text, speaker=text)], "markdown"))
        inline = [token for token in tokens if token.type == "inline"]
        kinds = {child.type for token in inline for child in token.children or []}
        assert kinds <= {"text", "text_special", "softbreak"}
        assert not {token.type for token in tokens} & {
            "html_block",
            "fence",
            "bullet_list_open",
        }
        contents = [
            "".join(child.content for child in token.children or []) for token in inline
        ]
        assert one_line(text) in contents
        row = [token.type for token in tokens].count("td_open")
        assert row == 4


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


ROWS = [
    {
        "claims": 12,
        "speaker": "रमेश | जोशी",
        "spellings": ["जोशी", "रमेश जोशी"],
        "role": None,
    },
    {"claims": 3, "speaker": "=सीमा", "spellings": [], "role": "प्रवक्ता", "extra": 1},
]
COLUMNS: list[output.Column | str] = [
    "claims",
    "speaker",
    "spellings",
    output.Column("role", "पद"),
]


class TestRows:
    def written(self, format: str, width: int = 80) -> str:
        stream = io.StringIO(newline="")
        output.write_rows(ROWS, COLUMNS, format, stream, width=width)
        return stream.getvalue()

    def test_jsonl_and_json_keep_the_columns_in_order(self) -> None:
        first = {"claims": 12, "speaker": "रमेश | जोशी", "spellings": ["जोशी", "रमेश जोशी"]}
        rows = [json.loads(line) for line in self.written("jsonl").splitlines()]
        assert rows == json.loads(self.written("json"))
        assert rows[0] == {**first, "role": None}
        assert list(rows[1]) == ["claims", "speaker", "spellings", "role"]

    def test_csv(self) -> None:
        header, first, second = csv.reader(io.StringIO(self.written("csv"), newline=""))
        assert header == ["claims", "speaker", "spellings", "role"]
        assert first == ["12", "रमेश | जोशी", '["जोशी", "रमेश जोशी"]', ""]
        assert second[1] == "'=सीमा"

    def test_markdown(self) -> None:
        lines = self.written("markdown").splitlines()
        assert lines[0] == "| claims | speaker | spellings | पद |"
        assert lines[2] == "| 12 | रमेश \\| जोशी | जोशी, रमेश जोशी |  |"

    def test_html(self) -> None:
        page = parsed(self.written("html"))
        assert {"पद", "12", "रमेश | जोशी"} <= set(page.text)

    def test_table_lines_up_and_numbers_stand_right(self) -> None:
        lines = self.written("table").splitlines()
        assert lines[0].startswith("claims  speaker")
        assert lines[2].startswith("    12  रमेश")
        starts = [widest(line[: line.index(word)]) for line, word in
                  ((lines[0], "पद"), (lines[3], "प्रवक्ता"))]  # fmt: skip
        assert starts[0] == starts[1]

    @pytest.mark.parametrize("width", range(30, 60))
    def test_table_lines_fit(self, width: int) -> None:
        assert all(widest(line) <= width for line in self.written("table", width).splitlines())

    def test_table_turns_to_fields_where_columns_do_not_fit(self) -> None:
        lines = self.written("table", width=24).splitlines()
        assert lines[:2] == ["claims: 12", "speaker: रमेश | जोशी"]
        assert all(widest(line) <= 24 for line in lines)

    @pytest.mark.parametrize(
        ("format", "start"),
        [("table", "Nothing"), ("jsonl", ""), ("json", "[]"), ("csv", "a\r\n"),
         ("markdown", "| a |"), ("html", "<!DOCTYPE")],
    )  # fmt: skip
    def test_no_rows(self, format: str, start: str) -> None:
        stream = io.StringIO(newline="")
        output.write_rows([], ["a"], format, stream)
        assert stream.getvalue().startswith(start)
        assert bool(stream.getvalue()) is bool(start)

    @pytest.mark.parametrize("format", HUMAN)
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_rows_are_inert(self, format: str, text: str) -> None:
        stream = io.StringIO()
        row = {"a": text, "b": [text], "c": {text: text}}
        output.write_rows([row], ["a", "b", "c"], format, stream, width=80)
        assert not raw_controls(stream.getvalue())

    def test_unknown_format_names_the_known(self) -> None:
        with pytest.raises(ValueError, match=r"'xml'.*table, jsonl, json, csv, markdown, html"):
            output.write_rows([], ["a"], "xml", io.StringIO())


class TestSchema:
    def test_it_is_a_valid_schema_of_the_record_in_its_order(self) -> None:
        schema = output.schema()
        jsonschema.Draft202012Validator.check_schema(schema)
        assert list(schema["properties"]) == [field.name for field in fields(Claim)]
        fact = schema["$defs"]["Fact"]
        assert list(fact["properties"]) == [field.name for field in fields(Fact)]
        described = [*schema["properties"].values(), *fact["properties"].values()]
        assert all(about["description"].endswith((".", "null.")) for about in described)

    @relaxed
    @given(claim=claims)
    def test_every_claim_conforms(self, claim: Claim) -> None:
        record = json.loads(json_text(claim.to_dict()))
        jsonschema.Draft202012Validator(output.schema()).validate(record)

    @pytest.mark.parametrize(
        "change",
        [
            {"kind": "spoken"},
            {"relation": "other"},
            {"start": -1},
            {"start": 1.5},
            {"confidence": 1.2},
            {"speaker_type": None},
            {"claim": None},
            {"group_sources": 0},
            {"facts": [{"type": "money"}]},
            {"extra": 1},
        ],
    )
    def test_what_breaks_the_contract_is_refused(self, change: dict[str, Any]) -> None:
        record = make_claim().to_dict() | change
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(output.schema()).validate(record)

    def test_enums_are_those_of_the_record(self) -> None:
        properties = output.schema()["properties"]
        assert properties["kind"]["enum"] == ["direct", "indirect", "mixed"]
        assert properties["relation"]["enum"] == ["same", "differs", "denies", None]
        assert sorted(properties["speaker"]["type"]) == ["null", "string"]


TEXT = "राज्य सरकार ने कहा कि मंत्री सीमा राव ने बताया कि बाँध सुरक्षित है। लोग डरे हैं।"
OUTER = "मंत्री सीमा राव ने बताया कि बाँध सुरक्षित है"
INNER = "बाँध सुरक्षित है"


def in_text(words: str, **changes: Any) -> Claim:
    return make_claim(words, start=TEXT.index(words), **changes)


class TestArticle:
    article = Article("लेख.txt", TEXT, "प्रभात संदेश", "बाँध पर बयान", "2023-07-01")
    nested = (
        in_text(OUTER, speaker="राज्य सरकार"),
        in_text(INNER, speaker="सीमा राव", polarity="denied"),
    )

    def test_nested_claims_are_both_marked_with_their_speakers(self) -> None:
        shown = output.render_article(self.article, self.nested, width=500)
        assert (
            "[[¹मंत्री सीमा राव ने बताया कि [[²बाँध सुरक्षित है²]] «सीमा राव»¹]] «राज्य सरकार»।"
            in shown
        )
        assert shown.startswith("बाँध पर बयान\nप्रभात संदेश · 2023-07-01 · 2 claims\n")
        assert "\n2  सीमा राव  Ramesh Joshi · मौसम अधिकारी · कहना · ✗ denied\n" in shown

    def test_overlapping_claims_are_both_marked(self) -> None:
        crossing = (in_text("बाँध सुरक्षित", speaker="क"), in_text("सुरक्षित है", speaker="ख"))
        shown = output.render_article(self.article, crossing, width=500)
        assert "[[¹बाँध [[²सुरक्षित¹]] «क» है²]] «ख»।" in shown
        page = parsed(output.render_article(self.article, crossing, "html"))
        assert "1बाँध 2सुरक्षित1 «क» है2 «ख»।" in "".join(page.text)

    def test_claims_of_one_span_and_unnamed_speakers(self) -> None:
        same = (in_text(INNER, id="a", speaker="क"), in_text(INNER, id="b", speaker=None))
        shown = output.render_article(self.article, same, width=500)
        assert "[[¹[[²बाँध सुरक्षित है²]] «?»¹]] «क»।" in shown

    def test_colour_replaces_the_brackets(self) -> None:
        shown = output.render_article(self.article, self.nested, width=500, color=True)
        assert "[[" not in shown
        assert "¹मंत्री" in strip_sgr(shown)
        assert not raw_controls(strip_sgr(shown))

    @pytest.mark.parametrize("width", [20, 80, 120])
    def test_lines_fit(self, width: int) -> None:
        shown = output.render_article(self.article, self.nested, width=width)
        assert all(widest(line) <= width for line in shown.splitlines())

    def test_paragraphs_stay(self) -> None:
        article = Article("a", "एक।\n\nदो।\nतीन।", "s")
        assert "एक।\n\nदो।\nतीन।\n" in output.render_article(article, [])

    @pytest.mark.parametrize("format", output.ARTICLE_FORMATS)
    @relaxed
    @given(text=texts.filter(bool), data=st.data())
    def test_any_article_is_inert_and_complete(
        self, format: str, text: str, data: st.DataObject
    ) -> None:
        spans = data.draw(
            st.lists(
                st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4
            )
        )
        found = [make_claim(text[a:b], start=a, speaker=text) for a, b in spans if a < b]
        article = Article("a", text, text, text)
        shown = output.render_article(article, found, format, width=60)
        assert not raw_controls(shown)
        bare = output.render_article(article, [], format, width=60)
        if format == "html":
            assert visible(text) in "".join(parsed(bare).text)
        else:
            assert "".join(visible(text).split()) in "".join(bare.split())

    def test_html_has_no_markup_from_the_text(self) -> None:
        article = Article("a", "<script>alert(1)</script> कहा", "s", "<b>")
        page = parsed(output.render_article(article, [], "html"))
        assert "script" not in page.tags
        assert "b" not in page.tags

    def test_a_claim_of_another_text_is_refused(self) -> None:
        with pytest.raises(ClaimxError, match=r"लेख\.txt.*extract it again"):
            output.render_article(self.article, [make_claim("और कुछ")])

    def test_unknown_format(self) -> None:
        with pytest.raises(ValueError, match="text or html"):
            output.render_article(self.article, [], "pdf")


class TestStreams:
    def test_a_file_is_utf8_and_has_no_translated_line_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "दावे.csv"
        with output.open_output(str(path)) as stream:
            output.write([make_claim()], "csv", stream)
        assert path.read_bytes().endswith(b"0.9\r\n")
        assert "बारिश" in path.read_text("utf-8")
        assert os.listdir(tmp_path) == [path.name]

    def test_a_fault_leaves_the_old_file_and_no_scrap(self, tmp_path: Path) -> None:
        path = tmp_path / "old.jsonl"
        path.write_text("पुराना")

        def write_and_fail() -> None:
            with output.open_output(str(path)) as stream:
                stream.write("नया")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            write_and_fail()
        assert path.read_text() == "पुराना"
        assert os.listdir(tmp_path) == ["old.jsonl"]

    def test_mode_and_links_are_kept(self, tmp_path: Path) -> None:
        path, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
        path.write_text("पुराना")
        path.chmod(0o640)
        link.symlink_to(path)
        with output.open_output(str(link)) as stream:
            stream.write("नया")
        assert link.is_symlink()
        assert path.read_text() == "नया"
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    @pytest.mark.parametrize("name", ["missing/out.csv", ".", "file/out.csv"])
    def test_an_unwritable_place_is_said_at_once(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").write_text("")
        path = str(tmp_path / name)
        with (
            pytest.raises(ClaimxError, match="cannot be written") as error,
            output.open_output(path),
        ):
            pytest.fail("opened")
        assert str(error.value).startswith(path)

    def test_a_full_disk_is_said(self) -> None:
        if not os.path.exists("/dev/full"):
            pytest.skip("no /dev/full here")
        with (
            pytest.raises(ClaimxError, match="no space left"),
            output.open_output("/dev/full") as stream,
        ):
            stream.write("भरा")

    def test_a_device_is_written_not_replaced(self) -> None:
        with output.open_output(os.devnull) as stream:
            stream.write("कुछ")
        assert stat.S_ISCHR(os.stat(os.devnull).st_mode)

    @pytest.mark.parametrize("path", [None, "-"])
    def test_standard_output(
        self, path: str | None, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with output.open_output(path) as stream:
            stream.write("हिन्दी\n")
        assert capsys.readouterr().out == "हिन्दी\n"

    def test_what_a_stream_can_show(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.delenv("NO_COLOR", raising=False)
        monkeypatch.setenv("TERM", "xterm")
        assert output.supports_color(Terminal())
        assert not output.supports_color(io.StringIO())
        assert output.default_format(Terminal()) == "table"
        assert output.default_format(io.StringIO()) == "jsonl"
        monkeypatch.setenv("NO_COLOR", "1")
        assert not output.supports_color(Terminal())
        monkeypatch.setenv("COLUMNS", "64")
        assert output.terminal_width() == 64
        monkeypatch.setenv("COLUMNS", "400")
        assert output.terminal_width() == 120


def test_what_looks_safe_at_first_is_safe() -> None:
    pattern = regex.compile(UNSAFE, regex.VERSION1 | regex.VERBOSE)
    taken = [c for c in map(chr, range(0x110000)) if unsafe(c) is None and pattern.search(c)]
    assert taken == []


@given(
    st.text(st.sampled_from("क\u093c\u093eय।॥\u0951a \n\r\t\u200c\u200d\u200b\u202e\x1b“₹ꣳع"))
)
def test_joiners_are_safe_behind_letters_alone(text: str) -> None:
    pattern = regex.compile(UNSAFE, regex.VERSION1 | regex.VERBOSE)
    found = pattern.search(text)
    assert unsafe(text) == (found[0] if found else None)
    shown = visible(text)
    assert unsafe(shown.replace("\n", " ")) is None
    if not found or not pattern.search(text.replace("\n", " ")):
        assert shown == text


@pytest.mark.parametrize("mark", ["\u0301", "\u093c", "\u093e", "\u20dd"])
@pytest.mark.parametrize("count", [1, 4, 8, 9, 50])
def test_a_tower_of_marks_is_cut(mark: str, count: int) -> None:
    assert visible(f"क{mark * count} ख") == f"क{mark * min(count, 8)} ख"
