"""What a text says: content words with their parts, and which clauses deny it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from claimx.matching.lexicon import Atom, lexicon
from claimx.matching.lookup import Sense, class_sense, idle_phrase, is_adjective, sense
from claimx.matching.senses import NEAR, marker_at, senses
from claimx.matching.stems import MARKS, is_number, stem
from claimx.matching.swaps import find_swaps, retold_of, turns_of
from claimx.matching.syntax import follows, function_words, is_infinitive, syntax
from claimx.matching.terms import Term

# Marks after which a clause always ends; at others it does after a finite verb.
_STOPS = frozenset("।|.!?;")
_THAT = "कि"
_COMMA = ","
# Words from a comparison to its particle.
_COMPARED = 6
# Words from a question word to the end of the question.
_ASKED = 6


class Content(NamedTuple):
    """What a stretch of text says.

    Attributes:
        listed: its words.
        negative: for each clause whether it denies what it says.
        times: days and months.
        refuted: the last clause calls something false (खबरों को निराधार).
        until: for each clause whether it only says until when.
        foci: for each clause the word that it denies in favour of another (X नहीं, Y), or "".
        without: what it says is lacking, each as the words of which one is meant, the
            likeliest first.
        lacking: causes (ईंधन की कमी से): what is lacking in the same form, and the word that
            says so.
        only: it happens only if or when what the clause says (होने पर ही).
        till: it lasts until something happens (मिलने तक).
        doers: content words that a marker says do it.
        turns: of the words and phrases that have opposites, where a clause ends in them, the
            term, by the pair and its side.
        retold: the terms of words and phrases that have paraphrases, by the line.
    """

    listed: tuple[str, ...]
    terms: tuple[Term, ...]
    negative: tuple[bool, ...]
    times: frozenset[str]
    refuted: bool
    until: tuple[bool, ...]
    foci: tuple[str, ...]
    without: tuple[tuple[str, ...], ...]
    lacking: tuple[tuple[tuple[str, ...], str], ...]
    only: bool
    till: bool
    doers: frozenset[str]
    turns: Mapping[tuple[int, int], str]
    retold: Mapping[int, Sequence[tuple[str, ...]]]


def read_content(listed: list[str], entities: Collection[str] = ()) -> Content:
    """Read a text.

    Args:
        listed: `words` of the text.
        entities: stems that name something in this text.
    """
    return _Reader(listed, entities).read()


@dataclass(slots=True)
class _Word:
    """A content word while its sentence is being read."""

    sense: Sense
    at: int
    end: int
    name: bool
    role: str
    clause: int
    reverses: bool
    adjective: bool


@dataclass(slots=True)
class _Clause:
    """Signs of negation met in a clause."""

    particles: int = 0
    reverser: bool = False
    until: bool = False
    focus: str = ""

    @property
    def negative(self) -> bool:
        return (self.particles > self.until) != self.reverser


class _Reader:
    """One pass over the words of a text."""

    def __init__(self, listed: list[str], entities: Collection[str]) -> None:
        self.listed = listed
        self.keys = list(map(stem, listed))
        self.entities = frozenset(entities)
        self.found: list[_Word] = []
        self.clauses = [_Clause()]
        self.filled = False  # has the clause content yet?
        self.waiting: list[_Word] = []  # participants whose marker is still to come
        self.idle_until = 0
        self.without: list[tuple[str, ...]] = []
        self.lacks = False  # is the next content word one that is lacking?
        self.lacking: list[tuple[tuple[str, ...], str]] = []
        self.only = self.till = False
        self.doers: set[str] = set()

    def read(self) -> Content:
        times: set[str] = set()
        grammar = function_words()
        for found, at, end in senses(self.listed, self.keys):
            word = self.listed[at]
            whole = end > at + 1 and word in lexicon().without  # बिना देर: a word for itself
            if word in grammar and not whole and self._function(word, at):
                continue
            if found.time:
                times.add(found.key)
            elif found.count and not (end == at + 1 and is_number(word)):
                if not self._bounds(found, at):
                    self._add(found, at, end)
        # "… अफवाह है, कोई नहीं गया": nothing is said there that could be denied.
        if not self.filled and len(self.clauses) > 1:
            self.clauses.pop()
        terms = self._terms()
        places = [(word.at, word.end) for word in self.found]
        swaps = find_swaps(self.listed, self.keys, terms, places)
        negative = tuple(clause.negative for clause in self.clauses)
        until = tuple(clause.until for clause in self.clauses)
        return Content(
            tuple(self.listed),
            terms,
            negative,
            frozenset(times),
            self.clauses[-1].reverser,
            until,
            tuple(clause.focus for clause in self.clauses),
            tuple(map(self._once, self.without)),
            tuple(self.lacking),
            self.only,
            self.till,
            frozenset(self.doers),
            turns_of(terms, swaps),
            retold_of(terms, swaps),
        )

    def _function(self, word: str, at: int) -> bool:
        """Take in a word of the grammar; is there nothing else to it?"""
        lex, rules = lexicon(), syntax()
        if word in lex.idle:
            self.idle_until = max(self.idle_until, idle_phrase(self.listed, at) or 0)
        if word in MARKS or word in rules.openers or word in rules.joints:
            self._boundary(word, at)
            return True
        if word in lex.until and follows(self.listed, at, lex.until):
            self._until()
        elif word in lex.then and self.clauses[-1].until and self.filled:
            if follows(self.listed, at, lex.then):
                self._open()
        if word in lex.only:
            self.only |= follows(self.listed, at, lex.only)
        if word in lex.till and at > 0 and is_infinitive(self.listed[at - 1]):
            self.till = True
            if self.filled:
                self.clauses[-1].until = True
                self._open()
        if word in lex.particles:
            self._particle(at)
            return True
        if word == rules.consequence and self.clauses[-1].particles and self.filled:
            if self.listed[at - 1] not in lex.particles:
                self._open()
            return True
        if word in lex.without:
            self._without(at)
            return True
        if word in lex.instead and follows(self.listed, at, lex.instead):
            self._lack()
        role = marker_at(self.listed, at) if self.waiting else ""
        if role:
            for participant in self.waiting:
                if not is_infinitive(self.listed[participant.at]):
                    participant.role = role
                    if role == "agent":
                        self.doers.add(participant.sense.key)
            self.waiting = []
        return False

    def _until(self) -> None:
        if self.filled:
            self._open()
        self.clauses[-1].until = True

    def _open(self) -> None:
        self.clauses.append(_Clause())
        self.filled = False

    def _particle(self, at: int) -> None:
        """It turns its clause, but with an infinitive of cause it says what is lacking.

        "दवा न मिलने से मरीज की मौत" is not about who did not die.
        """
        if at < self.idle_until or self._superlative(at):
            return
        if self.found and self.filled:
            for place in range(at + 1, min(at + 1 + NEAR, len(self.listed) - 1)):
                if is_infinitive(self.listed[place]):
                    after = self.listed[place + 2 : place + 3]
                    future = not after or after[0] in syntax().finite  # नहीं करने वाला है
                    if future or not follows(self.listed, place + 1, lexicon().causes):
                        break
                    self.lacking.append((self._last_words(), ""))
                    return
        self.clauses[-1].particles += 1

    def _superlative(self, at: int) -> bool:
        """ "उनसे बड़ा नेता कोई नहीं", "युद्ध के सिवा कोई रास्ता नहीं": nothing more, or else."""
        lex, before = lexicon(), self.listed[max(0, at - _COMPARED) : at]
        nobody = not lex.nobody.isdisjoint(before)
        if nobody and not lex.excepting.isdisjoint(before):
            return True
        compared = any(
            word.endswith("से") and after in lex.more for word, after in pairwise(before)
        )
        return compared and (nobody or self.listed[at + 1 : at + 2] == ["हो"])

    def _lack(self) -> None:
        """One of the last words of this clause is lacking."""
        if near := self._last_words():
            self.without.append(near)

    def _last_words(self) -> tuple[str, ...]:
        clause = len(self.clauses) - 1
        near = [word.sense.key for word in self.found[-2:] if word.clause == clause]
        return tuple(reversed(near))

    def _once(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Those that occur once: "हमले बंद किए बिना वार्ता बंद" lacks no end of talks."""
        said = [word.sense.key for word in self.found]
        return tuple(key for key in keys if said.count(key) == 1) or keys

    def _without(self, at: int) -> None:
        """ "नोटिस के बिना", "नोटिस दिए बिना" lack the word before, "बिना नोटिस" the next."""
        if at < self.idle_until:
            return
        before = self.listed[at - 1] if at else ""
        if self.found and before.endswith(lexicon().lacking):
            self._lack()
        else:
            self.lacks = True

    def _boundary(self, word: str, at: int) -> None:
        """A mark or a conjunction: it ends a clause, or coordinates participants."""
        rules = syntax()
        before = self.listed[at - 1] if at else ""
        finite = before in rules.finite or before.endswith(rules.endings)
        if at > 1 and before.endswith(rules.habitual):
            finite |= self.listed[at - 2] in lexicon().particles
        clause = self.clauses[-1]
        if word == _COMMA and self._taken_up(at):
            return
        if before in lexicon().particles and self.found:
            # "युद्ध नहीं, शांति" denies a word, and the clause goes on.
            if word in (_COMMA, *rules.openers) and self.found[-1].clause + 1 == len(
                self.clauses
            ):
                clause.focus = self.found[-1].sense.key
                finite = True
        elif clause.until and clause.particles and word == _COMMA:
            finite = True
        ends = self.filled and (word in _STOPS or word in rules.openers or finite)
        if ends:
            self._open()
            self.clauses[-1].until = clause.until and word in rules.joints
        if ends or word not in rules.joints:
            self.waiting = []

    def _taken_up(self, at: int) -> bool:
        """ "बैठक कब होगी, इस पर फैसला नहीं हुआ": is a question the topic of what follows?"""
        asks = syntax().questions.intersection(self.listed[max(0, at - _ASKED) : at])
        return bool(asks) and not syntax().resumptive.isdisjoint(self.listed[at + 1 : at + 2])

    def _bounds(self, found: Sense, at: int) -> bool:
        """Does a word bound the number before it (30 से अधिक)?"""
        if (found.key, found.sign) not in lexicon().bounds or at < NEAR - 1:
            return False
        return self.listed[at - 1] == "से" and any(
            is_number(word) for word in self.listed[max(0, at - NEAR) : at - 1]
        )

    def _add(self, found: Sense, at: int, end: int) -> None:
        listed, lex = self.listed, lexicon()
        word = listed[at]
        if word in lex.seats and end < len(listed) and self.keys[end] in lex.city_nouns:
            found = replace(found, key=f"@{word}")
        allowing = self._allowing(end) if is_infinitive(listed[end - 1]) else 0
        if allowing and found.sign:  # "रुकने दिया" stops nothing
            found = replace(found, key=self.keys[at], sign=0)
        name = found.name
        if self.entities and not name:
            name = not self.entities.isdisjoint(self.keys[at:end])
        adjective = is_adjective(listed[end - 1]) and not marker_at(listed, end)
        # The agent of a habitual or future verb is bare, and stands first.
        role = "" if self.filled or adjective else "agent"
        reverses = found.reverses and at >= self.idle_until
        added = _Word(found, at, end, name, role, len(self.clauses) - 1, reverses, adjective)
        if not at or listed[at - 1] not in syntax().joints:
            self.waiting = []
        self.waiting.append(added)
        self.found.append(added)
        self.filled = True
        if self.lacks and not self._leads_on(end):
            self.without.append((found.key,))
            self.lacks = False
        if (found.key, found.sign) in lex.absences:
            self._absence(found, end)
        if allowing:
            allowed = class_sense(lex.allowed)
            self.found.append(replace(added, sense=allowed, at=allowing, end=allowing + 1))

    def _allowing(self, end: int) -> int:
        """The place of the word behind an infinitive that allows it, or 0 (घुसने नहीं दिया)."""
        lex, listed = lexicon(), self.listed
        if end == len(listed) or listed[end - 1] in lex.left:
            return 0
        place = end + (listed[end] in lex.between)
        return place if listed[place : place + 1] and listed[place] in lex.allowing else 0

    def _leads_on(self, end: int) -> bool:
        """Does what is lacking go on behind a word (बिना किसी पूर्व शर्त के)?"""
        closing = lexicon().closing
        after = self.listed[end : end + 2]
        if not after or after[0] in closing:
            return False
        return marker_at(self.listed, end) == "owner" or not closing.isdisjoint(after)

    def _thatfollows(self, end: int) -> bool:
        after = self.listed[end : end + 2]
        return _THAT in after and (after[0] == _THAT or after[0] in syntax().finite)

    def _absence(self, found: Sense, end: int) -> None:
        """ "ईंधन की कमी से", "ईंधन खत्म होने से": a cause again, not what is stated."""
        if is_infinitive(self.listed[end] if end < len(self.listed) else ""):
            end += 1
        if len(self.found) > 1 and follows(self.listed, end, lexicon().causes):
            self.lacking.append(((self.found[-2].sense.key,), found.key))

    def _terms(self) -> tuple[Term, ...]:
        """Tell reversers that turn their clause from those that describe a noun.

        A reverser turns its clause where no content stands behind it there.
        """
        lex = lexicon()
        terms: list[Term] = []
        closed = -1  # the clause that has content behind this word
        for word in reversed(self.found):
            key, soft = word.sense.key, word.sense.report
            if word.reverses and self._thatfollows(word.end):
                self.clauses[word.clause].reverser ^= True  # गलत है कि टीका असुरक्षित है
                key, soft = f"!{key}", True
            elif word.reverses and closed != word.clause:
                turned = self.clauses[word.clause]
                embedded = is_infinitive("".join(self.listed[word.end : word.end + 1]))
                turned.reverser = not (turned.reverser and embedded)  # फेल होने की खबर
                if key not in lex.positives:
                    key, soft = f"!{key}", True  # निराधार, इनकार: nothing but the turning
            elif word.reverses:
                key = lex.attributes.get(key) or f"!{key}"  # अवैध शराब
            elif not soft and key not in lex.predicate:
                closed = word.clause
            form, parts = self.keys[word.at], tuple[Atom, ...]()
            if word.end > word.at + 1:
                form = " ".join(self.keys[word.at : word.end])
                parts = () if word.sense.sign else _parts(self.listed[word.at : word.end])
            terms.append(
                Term(
                    key,
                    word.sense.count,
                    word.name,
                    word.role,
                    soft,
                    word.clause,
                    form,
                    word.sense.sign,
                    parts,
                    word.adjective,
                )
            )
        # A report that is not denied is said like anything else.
        return tuple(
            term._replace(soft=False)
            if term.soft and term.key[0] != "!" and not self.clauses[term.clause].negative
            else term
            for term in reversed(terms)
        )


def _parts(listed: list[str]) -> tuple[Atom, ...]:
    """What the words of a phrase say, where none of them turns the others.

    One word of a contrary pair with a light verb is something else (जारी कर, जारी है).
    """
    found = [sense(word) for word in listed if not is_number(word)]
    turning = lexicon().particles | lexicon().without
    if any(each.reverses for each in found) or turning.intersection(listed):
        return ()
    said = [each for each in found if each.count]
    if len(said) == 1 and said[0].sign:
        return ()
    return tuple((each.key, each.sign) for each in said)
