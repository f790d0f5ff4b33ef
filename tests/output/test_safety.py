"""Nothing in a text does anything where it is shown."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from claimx.output.safety import UNSAFE, one_line, unsafe, visible
from claimx.records import Claim
from tests.output.cases import (
    HOSTILE,
    HUMAN,
    claims,
    make_claim,
    raw_controls,
    relaxed,
    strip_sgr,
    texts,
    widest,
    written,
)


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
