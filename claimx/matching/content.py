"""What a text says: content words with their parts, and which clauses deny it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from claimx.matching.lexicon import (
    Sense,
    class_sense,
    idle_phrase,
    lexicon,
    longest_phrase,
    sense,
    syntax,
)
from claimx.matching.stems import MARKS, is_number, stem

# Marks after which a clause always ends; at others it does after a finite verb.
_STOPS = frozenset("।|.!?;")
_THAT = "कि"
# Words from a phrase's first to a particle within it.
_NEAR = 3


class Term(NamedTuple):
    """A content word in its place.

    Attributes:
        occurrences: background sentences with it.
        role: the part that the case marker behind it gives it (``agent``, ``goal`` ...).
        soft: counts where the other claim has it, and is not missed where not.
        clause: number of its clause.
        form: its word or words as they stand, without inflection.
    """

    key: str
    occurrences: float
    name: bool
    role: str
    soft: bool
    clause: int
    form: str


class Content(NamedTuple):
    """What a stretch of text says.

    Attributes:
        negative: for each clause whether it denies what it says.
        signs: which side of a contrary pair a word is on, 1 or -1.
        times: days and months.
        days: days of a month (12 जनवरी).
        refuted: the last clause calls something false (खबरों को निराधार).
        until: for each clause whether it only says until when.
        without: words that it says something is without.
    """

    terms: tuple[Term, ...]
    negative: tuple[bool, ...]
    signs: Mapping[str, int]
    times: frozenset[str]
    days: frozenset[str]
    refuted: bool
    until: tuple[bool, ...]
    without: frozenset[str]


def read_content(listed: list[str], entities: Collection[str] = ()) -> Content:
    """Read a text.

    Args:
        listed: `words` of the text.
        entities: stems that name something in this text.
    """
    return _Reader(listed, entities).read()


def senses(listed: list[str]) -> Iterator[tuple[Sense, int, int]]:
    """The senses of words and phrases with their positions, half open."""
    keys = list(map(stem, listed))
    nouns, phrases = lexicon().nouns, lexicon().phrases
    at = 0
    while at < len(listed):
        if keys[at] in phrases and (phrase := _phrase(listed, keys, at)) is not None:
            if (particle := phrase[2]) is not None:
                yield sense(listed[particle]), particle, particle + 1
            yield class_sense(phrase[0]), at, phrase[1]
            at = phrase[1]
        else:
            word = listed[at]
            if word in nouns and _marker(listed, at + 1):
                word = nouns[word]
            yield sense(word), at, at + 1
            at += 1


def _phrase(listed: list[str], keys: list[str], at: int) -> tuple[str, int, int | None] | None:
    """The longest phrase at a position, its end, and the particle within: पीछे नहीं हटे."""
    found = longest_phrase(keys, at)
    for place in range(at + 1, min(at + _NEAR, len(listed))):
        if listed[place] in lexicon().particles:
            parted = longest_phrase(keys[at:place] + keys[place + 1 : place + _NEAR], 0)
            if parted and at + parted[1] > max(place, found[1] if found else 0):
                return parted[0], at + parted[1] + 1, place
            break
    return (*found, None) if found else None


@dataclass(slots=True)
class _Word:
    """A content word while its sentence is being read."""

    sense: Sense
    word: str
    form: str
    name: bool
    role: str
    clause: int
    reverses: bool
    that: bool  # "… है कि" follows


@dataclass(slots=True)
class _Clause:
    """Signs of negation met in a clause."""

    particle: bool = False
    reverser: bool = False
    until: bool = False

    @property
    def negative(self) -> bool:
        return (self.particle and not self.until) != self.reverser


class _Reader:
    """One pass over the words of a text."""

    def __init__(self, listed: list[str], entities: Collection[str]) -> None:
        self.listed = listed
        self.entities = entities
        self.found: list[_Word] = []
        self.clauses = [_Clause()]
        self.filled = False  # has the clause content yet?
        self.waiting: list[_Word] = []  # participants whose marker is still to come
        self.idle_until = 0
        self.without: set[str] = set()
        self.lacks = False  # is the next content word one that is lacking?

    def read(self) -> Content:
        times: set[str] = set()
        days: set[str] = set()
        grammar = _function_words()
        for found, at, end in senses(self.listed):
            word = self.listed[at]
            if word in grammar and self._function(word, at):
                continue
            if found.time:
                times.add(found.key)
                if at and is_number(self.listed[at - 1]):
                    days.add(f"{self.listed[at - 1]} {found.key}")
            elif found.count and not (end == at + 1 and is_number(word)):
                self._add(found, at, end)
        if not self.filled and len(self.clauses) > 1:
            self.clauses[-2].particle |= self.clauses.pop().particle
        terms = self._terms()
        signs = {word.sense.key: word.sense.sign for word in self.found if word.sense.sign}
        negative = tuple(clause.negative for clause in self.clauses)
        until = tuple(clause.until for clause in self.clauses)
        return Content(
            terms,
            negative,
            signs,
            frozenset(times),
            frozenset(days),
            self.clauses[-1].reverser,
            until,
            frozenset(self.without),
        )

    def _function(self, word: str, at: int) -> bool:
        """Take in a word of the grammar; is there nothing else to it?"""
        lex, rules = lexicon(), syntax()
        if word in lex.idle:
            self.idle_until = max(self.idle_until, idle_phrase(self.listed, at) or 0)
        if word in MARKS or word in rules.openers or word in rules.joints:
            self._boundary(word, at)
            return True
        if any(self.listed[at : at + len(phrase)] == phrase for phrase in lex.until):
            self.clauses[-1].until = True
        if word in lex.particles:
            self.clauses[-1].particle |= at >= self.idle_until
            return True
        if word in lex.without:
            self._without(at)
            return True
        if self.filled and at > 1 and self.listed[at - 2] in lex.particles:
            if any(self.listed[at : at + len(phrase)] == phrase for phrase in rules.causes):
                self.clauses.append(_Clause())
                self.filled = False
        role = _marker(self.listed, at) if self.waiting else ""
        if role:
            for participant in self.waiting:
                if not _infinitive(participant.word):
                    participant.role = role
            self.waiting = []
        return False

    def _without(self, at: int) -> None:
        """ "नोटिस के बिना", "नोटिस दिए बिना" lack the word before, "बिना नोटिस" the next."""
        if at < self.idle_until:
            return
        before = self.listed[at - 1] if at else ""
        if self.found and before.endswith(lexicon().lacking):
            self.without.add(self.found[-1].sense.key)
        else:
            self.lacks = True

    def _boundary(self, word: str, at: int) -> None:
        """A mark or a conjunction: it ends a clause, or coordinates participants."""
        rules = syntax()
        before = self.listed[at - 1] if at else ""
        finite = before in rules.finite or before.endswith(rules.endings)
        ends = self.filled and (word in _STOPS or word in rules.openers or finite)
        if ends:
            self.clauses.append(_Clause())
            self.filled = False
        if ends or word not in rules.joints:
            self.waiting = []

    def _add(self, found: Sense, at: int, end: int) -> None:
        listed = self.listed
        name = found.name or any(stem(each) in self.entities for each in listed[at:end])
        # The agent of a habitual or future verb is bare, and stands first.
        role = "" if self.filled else "agent"
        reverses = found.reverses and at >= self.idle_until
        clause = len(self.clauses) - 1
        form = " ".join(map(stem, listed[at:end]))
        that = _THAT in listed[end : end + 2] and listed[end] in (_THAT, *syntax().finite)
        added = _Word(found, listed[at], form, name, role, clause, reverses, that)
        if not at or listed[at - 1] not in syntax().joints:
            self.waiting = []
        self.waiting.append(added)
        self.found.append(added)
        self.filled = True
        if self.lacks:
            self.without.add(found.key)
            self.lacks = False

    def _terms(self) -> tuple[Term, ...]:
        """Tell reversers that turn their clause from those that describe a noun.

        A reverser turns its clause where no content stands behind it there.
        """
        lex = lexicon()
        terms: list[Term] = []
        closed = -1  # the clause that has content behind this word
        for word in reversed(self.found):
            key, soft = word.sense.key, word.sense.report
            if word.reverses and word.that:
                self.clauses[word.clause].reverser ^= True  # गलत है कि टीका असुरक्षित है
                key, soft = f"!{key}", True
            elif word.reverses and closed != word.clause:
                self.clauses[word.clause].reverser = True
                if key not in lex.positives:
                    key, soft = f"!{key}", True  # निराधार, इनकार: nothing but the turning
            elif word.reverses:
                key = lex.attributes.get(key) or f"!{key}"  # अवैध शराब
            elif not soft and key not in lex.predicate:
                closed = word.clause
            terms.append(
                Term(key, word.sense.count, word.name, word.role, soft, word.clause, word.form)
            )
        # A report that is not denied is said like anything else.
        return tuple(
            term._replace(soft=False)
            if term.soft and term.key[0] != "!" and not self.clauses[term.clause].negative
            else term
            for term in reversed(terms)
        )


def _infinitive(word: str) -> bool:
    """An oblique infinitive: no participant (मिटाने की कोशिश)."""
    ends = len(word) > len("ाने") and word.endswith("ने")
    return ends and word not in lexicon().nouns_in_ne


@cache
def _function_words() -> frozenset[str]:
    lex, rules = lexicon(), syntax()
    first = (
        {phrase[0] for phrase in lex.until}
        | lex.without
        | lex.idle.keys()
        | rules.markers.keys()
    )
    return MARKS | lex.particles | rules.openers | rules.joints | first


def _marker(listed: list[str], at: int) -> str:
    """The part that a case marker at a position marks, or ""."""
    if at < len(listed):
        for phrase, part in syntax().markers.get(listed[at], ()):
            if listed[at : at + len(phrase)] == phrase:
                return part
    return ""
