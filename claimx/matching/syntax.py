"""Words that hold a Hindi sentence together: conjunctions, finite verbs, case markers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from claimx.facts.tokens import fold
from claimx.matching.lexicon import Phrases, lexicon
from claimx.matching.stems import MARKS, load, words


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


def is_infinitive(word: str) -> bool:
    """An oblique infinitive: no participant (मिटाने की कोशिश)."""
    ends = word.endswith("ने") and len(word) > len("ाने")
    return ends and word not in lexicon().nouns_in_ne


@cache
def function_words() -> frozenset[str]:
    """Words that may be nothing but grammar, or begin a phrase that is."""
    lex, rules = lexicon(), syntax()
    first = (
        {rules.consequence}
        | lex.until.keys()
        | lex.then.keys()
        | lex.only.keys()
        | lex.instead.keys()
        | lex.till
        | lex.without
        | lex.idle.keys()
        | rules.markers.keys()
    )
    return MARKS | lex.particles | rules.openers | rules.joints | first


def follows(listed: list[str], at: int, phrases: Phrases) -> bool:
    """Does one of these phrases stand at a position?"""
    if at >= len(listed) or listed[at] not in phrases:
        return False
    return any(listed[at : at + len(phrase)] == phrase for phrase in phrases[listed[at]])
