"""Words and numbers of a text with their offsets, folded for comparison."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import regex

Kind = Literal["word", "number", "mark", "break"]

# Longer runs of digits are identifiers, not quantities.
_LONGEST_NUMBER = 18
# Possessive throughout: a failed match never tries a shorter run, so scanning is linear.
_TOKEN = regex.compile(
    r"""
    (?P<break>\n)
    | (?P<dot>(?<=[\p{L}\p{M}])०(?![०-९])|[॰])            # कि०मी० for कि.मी.
    | (?P<number>\p{Nd}++(?:[.,]\p{Nd}++)*+)
    | (?P<word>\p{L}[\p{L}\p{M}\p{Cf}]*+)
    | (?P<mark>[^\s\p{Cf}])
    """,
    regex.VERBOSE,
)
_HYPHENS = dict.fromkeys("-‐‑‒–−", "-")
_NUKTA = "\u093c"
_VIRAMA = "\u094d"
# Candra vowels and chandrabindu: डॉलर / डालर, पाँच / पांच.
_LOOKALIKES = str.maketrans({"\u0901": "\u0902", "\u0949": "\u093e", "\u0911": "\u0906"})
# A nasal before a consonant of its own class is written as anusvara: सितम्बर / सितंबर.
_HOMORGANIC = regex.compile(
    rf"ङ{_VIRAMA}(?=[क-घ])|ञ{_VIRAMA}(?=[च-झ])|ण{_VIRAMA}(?=[ट-ढ])"
    rf"|न{_VIRAMA}(?=[त-ध])|म{_VIRAMA}(?=[प-भ])"
)
# Final glides: रुपये / रुपए, गयी / गई.
_GLIDES = (
    (regex.compile(r"(?<=.)ये(?=ं?$)"), "ए"),
    (regex.compile(r"(?<=.)यी(?=ं?$)"), "ई"),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number, a punctuation mark or a line break.

    Attributes:
        key: the folded word, the number in ASCII as written, or the mark.
        start, end: code points into the text.
        glued: nothing stands between this token and the one before.
        value: of a number that is one (digit grouping checked), else None.
    """

    key: str
    start: int
    end: int
    kind: Kind
    glued: bool
    value: Fraction | None = None


class Tokens:
    """The tokens of a stretch of text, safe to look at beyond either end."""

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        end = len(text) if end is None else end
        self.items: Sequence[Token] = tuple(_scan(text, start, end))

    def __len__(self) -> int:
        return len(self.items)

    def key(self, at: int) -> str:
        """The folded form of a token, or "" outside the text."""
        return self.items[at].key if 0 <= at < len(self.items) else ""

    def glued(self, at: int) -> bool:
        """Does the token follow the one before without a space?"""
        return 0 < at < len(self.items) and self.items[at].glued

    def number(self, at: int) -> Fraction | None:
        """The value of a token of digits, else None."""
        return self.items[at].value if 0 <= at < len(self.items) else None

    def kind(self, at: int) -> Kind | None:
        return self.items[at].kind if 0 <= at < len(self.items) else None


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """One form for the spellings of a Hindi word that readers take for the same.

    Drops nukta and invisible characters, writes nasals as anusvara, ऑ as आ, a final
    ये as ए, Latin letters in lower case.
    """
    kept = "".join(
        char
        for char in unicodedata.normalize("NFD", word)
        if char != _NUKTA and unicodedata.category(char) != "Cf"
    )
    folded = _HOMORGANIC.sub("\u0902", kept.translate(_LOOKALIKES))
    for pattern, plain in _GLIDES:
        folded = pattern.sub(plain, folded)
    return folded.casefold()


def _scan(text: str, start: int, end: int) -> Iterator[Token]:
    last = start
    for match in _TOKEN.finditer(text, start, end):
        at, stop = match.span()
        glued = at == last
        last = stop
        kind = match.lastgroup
        if kind == "word":
            yield Token(fold(match.group()), at, stop, "word", glued)
        elif kind == "number":
            yield from _numbers(match.group(), at, glued)
        elif kind == "break":
            yield Token("\n", at, stop, "break", glued)
        elif kind == "dot":
            yield Token(".", at, stop, "mark", glued)
        else:
            mark = match.group()
            yield Token(_HYPHENS.get(mark, mark), at, stop, "mark", glued)


def _numbers(run: str, at: int, glued: bool) -> Iterator[Token]:
    """Split a run of digits, commas and full stops where it is a list of numbers."""
    ascii_run = "".join(
        str(unicodedata.decimal(char)) if char not in ".," else char for char in run
    )
    whole = _value(ascii_run)
    if whole is not None or "," not in ascii_run:
        yield Token(ascii_run, at, at + len(run), "number", glued, whole)
        return
    for number, piece in enumerate(ascii_run.split(",")):
        if number:
            yield Token(",", at, at + 1, "mark", True)
            at += 1
        joined = glued if number == 0 else True
        yield Token(piece, at, at + len(piece), "number", joined, _value(piece))
        at += len(piece)


def _value(digits: str) -> Fraction | None:
    """The number that ASCII digits with Indian or Western grouping write, or None."""
    if len(digits) > _LONGEST_NUMBER + 8:
        return None
    whole, dot, fraction = digits.partition(".")
    if "." in fraction or "," in fraction:
        return None
    if "," in whole:
        first, *middle, last = whole.split(",")
        sizes = {len(part) for part in middle}
        if not (len(first) <= 3 and len(last) == 3 and (sizes <= {2} or sizes <= {3})):
            return None
    plain = whole.replace(",", "")
    # 011 and 007 are codes; 05 may be a day and 0.5 a decimal.
    if len(plain) > _LONGEST_NUMBER or (len(plain) > 2 and plain[0] == "0"):
        return None
    return Fraction(f"{plain}.{fraction}" if dot else plain)
