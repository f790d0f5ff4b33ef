"""People: two full names part by part, and who else bears a surname."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from claimx.identity.aliases import Aliases, Entity
from claimx.identity.lexicon import is_south_asian, names, particles, word_set
from claimx.identity.match import (
    DIFFERENT,
    Match,
    Place,
    Verdict,
    initial_fits,
    unit_score,
    word_score,
)
from claimx.identity.mention import Mention, Unit, interpret
from claimx.identity.sounds import block, distance, sounds
from claimx.identity.text import fold, key

# A whole name written with other word breaks must sound alike almost exactly.
_JOINED = 0.15
# A word of this score or more is known to be the other, not only heard as it.
_EQUAL = 0.95
_OTHER_MIDDLE = "middle names differ"
SINGLE_INITIAL = "one initial that fits, and the surname"
BY_PARTS = Match("same", 0.6, "every part is one of a known speaker's")


def is_strict(one: Mention, other: Mention) -> bool:
    """Whether either name has a part that only South Asian names have."""
    return any(is_south_asian(u.word) for u in (*one.units, *other.units) if not u.initial)


def _family_first(mention: Mention) -> bool:
    first = mention.units[0]
    return not first.initial and key(first.word) in word_set("parts", "family_first")


def family_name(mention: Mention) -> str:
    """The word of a person's name that stands for it alone: mostly the last."""
    if _family_first(mention) and mention.full:
        return mention.units[0].word
    return mention.units[-1].word


def _joined(units: Sequence[Unit]) -> str:
    return "".join(u.word for u in units)


def compare_people(one: Mention, other: Mention, *, lenient: bool = False) -> Match:
    """Two full names, by their parts alone.

    Args:
        one: a name of two parts or more.
        other: another.
        lenient: compare Indian names as foreign ones. One of the names is then a listed
            speaker's, so a word that is no known name is likelier a spelling than a namesake.
    """
    strict = not lenient and is_strict(one, other)
    a, b = one.units, other.units
    if len(a) > len(b):
        a, b = b, a
    if not any(u.initial for u in (*a, *b)):
        if key(_joined(a)) == key(_joined(b)):
            return Match("same", 1.0, "one spelling")
        if len(a) != len(b) and block(_joined(a)) == block(_joined(b)):
            cost = distance(sounds(_joined(a)), sounds(_joined(b)), strict=strict)
            if cost <= _JOINED:
                return Match("same", 0.9, "one name with other word breaks")
    letters = [[u.word for u in units if u.initial] for units in (a, b)]
    words = [[u for u in units if not u.initial] for units in (a, b)]
    if (
        letters[0]
        and letters[0] == letters[1]
        and key(_joined(words[0])) == key(_joined(words[1]))
    ):
        return Match("same", 0.95, "one spelling")
    marks = word_set("parts", "generations")
    marked = [{key(u.word) for u in units} & marks for units in (a, b)]
    if marked[0] != marked[1]:
        verdict: Verdict = "different" if all(marked) else "doubtful"
        return Match(verdict, 0.4, "another generation")
    if _family_first(one) or _family_first(other):
        return _compare_family_first(a, b)
    return _compare_parts(a, b, strict)


def _compare_family_first(a: tuple[Unit, ...], b: tuple[Unit, ...]) -> Match:
    """Chinese and Korean names: short, so every part must agree."""
    if len(a) == len(b):
        scores = [unit_score(x, y, True) for x, y in zip(a, b, strict=True)]
        if min(scores) > 0.5:
            return Match("same", min(scores), "every part agrees")
        lenient = [unit_score(x, y, False) for x, y in zip(a, b, strict=True)]
        if min(lenient) > 0.5:
            return Match("doubtful", min(lenient), "every part sounds alike")
        return DIFFERENT
    pairs = zip_longest(a, b)
    agree = [x and y and unit_score(x, y, True) > 0.5 for x, y in pairs]
    if all(agree[: len(a)]):
        return Match("doubtful", 0.5, "the start of a longer name")
    return DIFFERENT


def _compare_parts(a: tuple[Unit, ...], b: tuple[Unit, ...], strict: bool) -> Match:
    first, a_given, b_given = _given(a, b, strict)
    place: Place = "surname beside an equal given name" if first >= _EQUAL else "surname"
    last = unit_score(a[-1], b[-1], strict, place)
    if last > 0.5 and first > 0.5:
        # Between ends that agree a middle name varies as freely as a foreign one.
        middle = _middle(a_given[1:], b_given[1:], False)
        if not middle:
            return Match("doubtful", 0.3, _OTHER_MIDDLE)
        if _says_more(a_given[1:], b_given[1:], a[-1]):
            return Match("doubtful", 0.4, "one has a further name")
        return _by_initials(a, b, min(first, last))
    if last > 0.5:
        for x, y in ((a, b), (b, a)):
            if len(x) > 2 and _droppable(x[0]) and len(x) >= len(y) and not x[1].initial:
                if _compare_parts(x[1:], y, strict).verdict == "same":
                    return Match("same", 0.8, "one has a further first name")
        if first > 0.25:
            return Match("doubtful", first, "given names nearly alike")
        return DIFFERENT
    if first > 0.5 and len(a) < len(b):
        return _longer(a, b, strict)
    # Not in South Asia, where both parts may be anybody's: उमर खालिद, खालिद उमर.
    if len(a) == len(b) > 2 and not any(u.initial for u in (*a, *b)):
        spelt = [[key(u.word) for u in units] for units in (a, b)]
        if spelt[1] in ([*spelt[0][1:], spelt[0][0]], [spelt[0][-1], *spelt[0][:-1]]):
            return Match("same", 0.8, "the last part first")
    foreign = not any(is_south_asian(u.word) for u in (*a, *b) if not u.initial)
    if foreign and len(a) == len(b) == 2:
        crossed = unit_score(a[0], b[1], False), unit_score(a[1], b[0], False)
        if min(crossed) > 0.75:
            return Match("same", 0.75, "the parts in the other order")
    if first > 0.5 and last > 0.25:
        return Match("doubtful", last, "surnames nearly alike")
    return DIFFERENT


def _given(
    a: tuple[Unit, ...], b: tuple[Unit, ...], strict: bool
) -> tuple[float, tuple[Unit, ...], tuple[Unit, ...]]:
    """How well the given names agree, and the parts before the surname."""
    x, y = a[:-1], b[:-1]
    score = unit_score(x[0], y[0], strict)
    # राम विलास पासवान, रामविलास पासवान
    for short, long in ((x, y), (y, x)):
        if len(long) > len(short) and not any(u.initial for u in (short[0], *long[:2])):
            joined = long[0].word + long[1].word
            single = short[0].word
            if block(joined) == block(single) and (
                distance(sounds(joined), sounds(single), strict=strict) <= _JOINED
            ):
                merged = (Unit(joined), *long[2:])
                return (0.9, short, merged) if short is x else (0.9, merged, short)
    return score, x, y


def _says_more(a: Sequence[Unit], b: Sequence[Unit], last: Unit) -> bool:
    """Whether only one has middle names that tell people of a common last name apart."""
    fillers = word_set("parts", "fillers")
    if key(last.word) not in fillers:
        return False
    own = [[u for u in row if not u.initial and key(u.word) not in fillers] for row in (a, b)]
    return len(own[0]) != len(own[1]) and not any(u.initial for u in (*a, *b))


def _middle(a: tuple[Unit, ...], b: tuple[Unit, ...], strict: bool) -> bool:
    """Whether the shorter row of middle names is part of the longer, in order.

    Particles (de, bin, al) contradict nothing.
    """
    a, b = (tuple(u for u in row if fold(u.word) not in particles()) for row in (a, b))
    if len(a) > len(b):
        a, b = b, a
    rest = iter(b)
    return all(any(unit_score(x, y, strict) > 0.5 for y in rest) for x in a)


def _by_initials(a: tuple[Unit, ...], b: tuple[Unit, ...], score: float) -> Match:
    """A match in which initials stand for given names needs two of them, or a rare surname."""
    if not (a[0].initial or b[0].initial):
        return Match("same", score, "given name and surname agree")
    if a[0].initial and b[0].initial:
        own = [[u.word for u in units if u.initial] for units in (a, b)]
        verdict: Verdict = "same" if own[0] == own[1] else "doubtful"
        return Match(verdict, 0.7, "initials and surname")
    given, full = (a, b) if a[0].initial else (b, a)
    count = sum(u.initial for u in given)
    if len(given) - count > 1 and len(full) > 2:
        return Match("same", 0.8, "an initial that fits, a middle name and the surname")
    if count > len(full) - 1 and not _compound(given, full):
        return Match("doubtful", 0.4, "more initials than given names")
    if count > 1:
        return Match("same", 0.65, "initials that fit, and the surname")
    if key(a[-1].word) not in word_set("parts", "common"):
        return Match("same", 0.6, SINGLE_INITIAL)
    return Match("doubtful", 0.5, "one initial and a frequent surname")


def _compound(given: tuple[Unit, ...], full: tuple[Unit, ...]) -> bool:
    """Whether two initials stand for a given name made of two: V. C. for विद्याचरण."""
    letters = [u.word for u in given if u.initial]
    word = full[0].word
    return (
        len(full) == 2
        and len(letters) == 2
        and any(
            names(word[:i])
            and names(word[i:])
            and initial_fits(letters[0], word[:i])
            and initial_fits(letters[1], word[i:])
            for i in range(2, len(word) - 1)
        )
    )


def _droppable(unit: Unit) -> bool:
    return unit.initial or key(unit.word) in word_set("parts", "optional")


def _longer(a: tuple[Unit, ...], b: tuple[Unit, ...], strict: bool) -> Match:
    """One name is the start of the other: a surname by marriage, or somebody else."""
    start = [unit_score(x, y, strict) for x, y in zip(a, b, strict=False)]
    if min(start) <= 0.5:
        return DIFFERENT
    fathers = word_set("parts", "patronymic")
    house = len(b) == len(a) + 2 and particles().get(fold(b[-2].word)) == "al"
    if house and any(key(u.word) in fathers for u in a):
        return Match("same", 0.8, "a name with its father's, and the house")
    word = a[-1].word
    surname = any(entry.part == "surname" for entry in names(word))
    if surname and key(word) not in word_set("parts", "fillers") and len(b) == len(a) + 1:
        return Match("same", 0.7, "a further surname")
    return Match("doubtful", 0.5, "the start of a longer name")


def bearers(word: str, aliases: Aliases) -> list[str]:
    """The known people whose surname a word is."""
    found = []
    for name in aliases.surnames.get(block(word), ()):
        mentions = [interpret(s, "person") for s in aliases.entities[name].spellings]
        if any(
            m.full and word_score(word, family_name(m), is_south_asian(word)) > 0.5
            for m in mentions
        ):
            found.append(name)
    return found


def match_known(mention: Mention, entity: Entity) -> Match:
    """A full name against all names of a known speaker, the nearest of which decides.

    A middle name that contradicts one of them contradicts all: नवजोत कौर सिद्धू is not
    नवजोत सिंह सिद्धू, though one might say नवजोत सिद्धू of either.
    """
    spelled = [s for s in (interpret(s, "person") for s in entity.spellings) if s.full]
    if not mention.units[0].initial:
        # An initial of the known name stands for one given name, and others fit it too,
        # unless a second name must agree besides.
        spelled = [
            s
            for s in spelled
            if not s.units[0].initial or sum(not u.initial for u in s.units) > 1
        ]
    found = [compare_people(mention, s, lenient=True) for s in spelled]
    other_middle = next((match for match in found if match.reason == _OTHER_MIDDLE), None)
    best = max(found, key=_rank, default=DIFFERENT)
    if other_middle is not None or best.verdict == "same":
        return other_middle or best
    return best if not _agrees_by_parts(mention, spelled) else BY_PARTS


def _agrees_by_parts(mention: Mention, spelled: Sequence[Mention]) -> bool:
    """Whether each part of a name is that part of one of a speaker's spellings."""
    units = mention.units
    rows = [s.units for s in spelled if len(s.units) == len(units) and not _family_first(s)]
    if _family_first(mention) or any(u.initial for u in units):
        return False
    return bool(rows) and all(
        any(not row[i].initial and unit_score(unit, row[i], False) > 0.5 for row in rows)
        for i, unit in enumerate(units)
    )


def _rank(match: Match) -> tuple[int, float]:
    return ("different", "doubtful", "same").index(match.verdict), match.score


def other_bearers(word: str, full: Mention, aliases: Aliases, known: Entity | None) -> bool:
    """Whether a known speaker other than the one at hand bears a surname."""
    return any(
        entity != known and match_known(full, entity).verdict != "same"
        for entity in (aliases.entities[name] for name in bearers(word, aliases))
    )
