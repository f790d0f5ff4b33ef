"""Exact formats: every claim comes back from JSON, JSON Lines and CSV."""

from __future__ import annotations

import csv
import io
import json
import pickle
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx import output
from claimx.output import FORMATS
from claimx.output.csvfile import read_claims
from claimx.output.safety import claim_text, defuse, json_text, undefuse
from claimx.records import Claim, KeptClaim
from tests.output.cases import (
    HOSTILE,
    claims,
    make_claim,
    raw_controls,
    relaxed,
    texts,
    written,
)

EXACT = ("jsonl", "json", "csv")


def read_back(text: str, format: str, *, defused: bool = True) -> list[Claim]:
    if format == "jsonl":
        return [Claim.from_dict(json.loads(line)) for line in text.splitlines()]
    if format == "json":
        return [Claim.from_dict(record) for record in json.loads(text)]
    return list(read_claims(io.StringIO(text, newline=""), defused=defused))


class TestRoundTrip:
    @relaxed
    @given(found=st.lists(claims, max_size=2))
    def test_any_claim_parses_back(self, found: list[Claim]) -> None:
        for format in EXACT:
            assert read_back(written(found, format), format) == found
        bare = written(found, "csv", defuse=False)
        assert read_back(bare, "csv", defused=False) == found

    @relaxed
    @given(claims)
    def test_a_kept_claim_is_the_claim(self, claim: Claim) -> None:
        kept = KeptClaim(claim_text(claim))
        assert kept == claim
        assert claim == kept
        assert pickle.loads(pickle.dumps(kept)) == claim
        assert kept.with_fields(speaker="क") == claim.with_fields(speaker="क")
        for format in FORMATS:
            assert written([KeptClaim(claim_text(claim))], format) == written([claim], format)

    def test_a_kept_claim_is_no_way_past_the_gate(self) -> None:
        record = claim_text(make_claim("यहां")).replace("यहां", "य\u202eहां")
        for format in ("jsonl", "json"):
            assert "\u202e" not in written([KeptClaim(record)], format)

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
