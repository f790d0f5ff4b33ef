"""Words that hold a Hindi sentence together: conjunctions, finite verbs, case markers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from claimx.facts.tokens import fold
from claimx.matching.stems import load, words


@dataclass(frozen=True, slots=True)
class Syntax:
    """Words that hold a sentence together.

    Attributes:
        joints: join participants, and clauses after a finite verb.
        openers: open a clause wherever they stand.
        finite, endings: words and endings of words that end a clause before a joint or a
            comma.
        habitual: endings of verbs that do so behind a particle.
        questions, resumptive: words that ask, and those that take up what is asked.
        consequence: opens a clause behind one that has a particle.
        markers: by first word, case markers with the part they give, longest first.
    """

    joints: frozenset[str]
    openers: frozenset[str]
    finite: frozenset[str]
    endings: tuple[str, ...]
    habitual: tuple[str, ...]
    questions: frozenset[str]
    resumptive: frozenset[str]
    consequence: str
    markers: dict[str, list[tuple[list[str], str]]]


@cache
def syntax() -> Syntax:
    """The words that hold a sentence together."""
    language = load("language")
    listed = (
        (words(marker), part) for part, ms in language["markers"].items() for marker in ms
    )
    markers: dict[str, list[tuple[list[str], str]]] = {}
    for marker, part in sorted(listed, key=lambda entry: -len(entry[0])):
        markers.setdefault(marker[0], []).append((marker, part))
    raw = language["conjunctions"]

    def listed_in(key: str) -> frozenset[str]:
        return frozenset(map(fold, raw[key]))

    return Syntax(
        joints=listed_in("words"),
        openers=listed_in("clauses"),
        finite=listed_in("finite"),
        endings=tuple(raw["finite_endings"]),
        habitual=tuple(raw["habitual_endings"]),
        questions=listed_in("questions"),
        resumptive=listed_in("resumptive"),
        consequence=raw["consequence"],
        markers=markers,
    )
