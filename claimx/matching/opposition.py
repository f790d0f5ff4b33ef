"""Two claims about one thing of which one denies the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from itertools import pairwise
from typing import Final, NamedTuple

from claimx.matching.alignment import Alignment
from claimx.matching.lexicon import lexicon
from claimx.matching.lookup import form_class
from claimx.matching.reading import Reading
from claimx.matching.terms import Term

_CLAUSE: Final = 0.5  # share of a clause's content that its opposite must have
_NO_TERM: Final = Term("", 0.0, False, "", False, 0, "", 0, (), False)


class _Met(NamedTuple):
    """A clause of either claim beside one of the other.

    Attributes:
        told: they say it in the same predicate, on either side of a contrary pair.
        exact: and it is the same word or a synonym.
        common: weight of what they share.
        turned: they are on either side of a contrary pair.
        opposite: one denies the other.
    """

    mine: int
    yours: int
    told: bool
    exact: bool
    common: float
    turned: bool
    opposite: bool


def opposed(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Are the two clauses that share most of opposite sign?"""
    mine, yours = one.content.negative, other.content.negative
    if one.plain and other.plain and not aligned.contrary:
        return mine != yours
    if _only(one, other):
        mine, yours = (False,) * len(mine), (False,) * len(yours)
    pairs = aligned.pairs
    lacking, excused = _lacking(one, other, pairs)
    met: list[_Met] = []
    ours_end, theirs_end = _predicates(one), _predicates(other)
    single = len(mine) == len(yours) == 1
    turning = aligned.contrary | lacking
    told_of = _topics(other, {pairs[key] for key in turning if key in pairs})
    for i, ours in enumerate(_topics(one, turning)):
        for j, theirs in enumerate(told_of):
            if one.content.until[i] != other.content.until[j]:
                continue  # until when, beside what
            keys = [key for key in ours if pairs.get(key) in theirs]
            common = sum(min(ours[key], theirs[pairs[key]]) for key in keys)
            least = min(sum(ours.values()), sum(theirs.values()))
            if (not common or common < _CLAUSE * least) and not single:
                continue
            if _off_focus(one, i, keys) or _off_focus(other, j, [pairs[key] for key in keys]):
                continue
            signs = _signs(one, other, pairs, (mine[i], yours[j]), (i, j))
            turned = any(_turned(one, i, other, j, key, aligned) for key in keys)
            opposite = (signs[0] != signs[1]) != turned
            if lacking.intersection(keys) and (not turned or lacking & aligned.contrary):
                own = [k for k in keys if k in one.clauses[i] and pairs[k] in other.clauses[j]]
                stated = not lacking.issuperset(own) and _main(one, i, other, j)
                needed = _needs(one, pairs, lacking) or _needs(
                    other, aligned.matched, {pairs[key] for key in lacking}
                )
                opposite = (stated and not needed) or not opposite
            elif excused.intersection(keys) and not turned:
                opposite &= _main(one, i, other, j)
            told = theirs_end[j].key != "" and pairs.get(ours_end[i].key) == theirs_end[j].key
            exact = told and _is_exact(ours_end[i], theirs_end[j])
            met.append(_Met(i, j, told, exact, common, turned, opposite))
    if not single and _parallel(met, len(mine), len(yours)):
        return False
    return _any_opposite(met) if met else (any(mine) != any(yours)) != bool(aligned.contrary)


def _parallel(met: Collection[_Met], mine: int, yours: int) -> bool:
    """Do they agree clause by clause (imports rose and exports fell)?"""
    level = [each for each in met if each.mine == each.yours]
    return mine == yours == len(level) and not any(each.opposite for each in level)


def _any_opposite(met: Collection[_Met]) -> bool:
    """Are two clauses opposite, each of which shares most with the other?

    Clauses that say a thing in one predicate are about that, whatever else the topic is in;
    and where they agree in it, no other clause that shares less with them denies it.
    """
    told = [each for each in met if each.told]
    mine, yours = {each.mine for each in told}, {each.yours for each in told}
    agreed = [each for each in told if each.exact and not each.opposite]
    heard = [
        each
        for each in met
        if each.told or not (each.mine in mine or each.yours in yours)
        if each.turned
        or not any(
            (each.mine == other.mine or each.yours == other.yours)
            and each.common <= other.common
            for other in agreed
        )
    ]
    ours: dict[int, _Met] = {}
    theirs: dict[int, _Met] = {}
    for each in sorted(heard, key=lambda each: (each.common, each.opposite)):
        ours[each.mine] = theirs[each.yours] = each
    return any(each.opposite and theirs[each.yours] is each for each in ours.values())


def _topics(reading: Reading, turning: Set[str]) -> list[Mapping[str, float]]:
    """The content of each clause, less what it intends or holds of it and is not denied.

    One that is nothing but a predicate says it of what the clause before is about (युद्ध रुका
    है, खत्म नहीं हुआ).
    """
    found: list[Mapping[str, float]] = []
    ends, shells = _predicates(reading), lexicon().shells
    aside = {
        term.key
        for term in reading.content.terms
        if (term.key in shells and not term.sign) or _frames(term)
    } - turning
    for clause, keys in enumerate(reading.clauses):
        kept = {key: weight for key, weight in keys.items() if key not in aside} or keys
        if found and len(kept) == 1:
            kept = {k: w for k, w in found[-1].items() if k != ends[clause - 1].key} | dict(
                kept
            )
        found.append(kept)
    return found


def _predicates(reading: Reading) -> list[Term]:
    """The word that each clause ends in, apart from what it intends or holds of it.

    "इसे रद्द करने की बात गलत है" is about what is called off, "बढ़ाकर 1100 रुपये महीना किया"
    about what is raised, and "शरण नहीं मिलेगी" about asylum.
    """
    found = [_NO_TERM] * len(reading.content.negative)
    measures = lexicon().measures
    for term in reading.content.terms:
        aside = _frames(term) or term.key in reading.counted or term.key in measures
        aside |= term.role == "agent" or term.key in lexicon().light
        if not term.soft and not (found[term.clause].key and aside):
            found[term.clause] = term
    return found


def _frames(term: Term) -> bool:
    """Does a word only say of what is said that it is planned, or right or wrong?"""
    return _intends(term) or term.key in lexicon().verdicts


def _intends(term: Term) -> bool:
    return term.key in lexicon().projects


def _is_exact(one: Term, other: Term) -> bool:
    """Of a contrary pair, are these the same or synonyms (खत्म, समाप्त; not रुका)?"""
    if one.sign != other.sign:
        return False
    return not one.sign or form_class(one.form) == form_class(other.form)


def _turned(one: Reading, i: int, other: Reading, j: int, key: str, aligned: Alignment) -> bool:
    """Are the two clauses on either side of a contrary pair?"""
    if key in one.signs and key in other.signs and not {key} & (one.spans | other.spans):
        mine, yours = _sides(one, i, key), _sides(other, j, key)
        if len(mine) == len(yours) == 1:
            return mine != yours
    return key in aligned.contrary


def _sides(reading: Reading, clause: int, key: str) -> set[int]:
    return {t.sign for t in reading.content.terms if t.clause == clause and t.key == key}


def _main(one: Reading, i: int, other: Reading, j: int) -> bool:
    """Is what is denied stated by itself, not as the cause of something?"""
    mine, yours = one.content.negative, other.content.negative
    return (mine[i] and i == len(mine) - 1) or (yours[j] and j == len(yours) - 1)


def _off_focus(reading: Reading, clause: int, keys: Collection[str]) -> bool:
    """Does the clause deny a word that is not among these (युद्ध नहीं, शांति)?"""
    focus = reading.content.foci[clause]
    return bool(focus) and focus not in keys


def _only(one: Reading, other: Reading) -> bool:
    """Is one "only if" what the other is "not without" or "not until"?"""
    for mine, yours in ((one.content, other.content), (other.content, one.content)):
        if mine.only and not yours.only and (yours.without or yours.till or any(yours.until)):
            return not any(mine.negative) and yours.negative[-1]
    return False


def _lacking(one: Reading, other: Reading, pairs: dict[str, str]) -> tuple[set[str], set[str]]:
    """Words of the first claim that just one of the two says are lacking.

    Returns:
        those that it is said to be without, and those whose lack is a cause: the other
        claim may say so in a clause of its own.
    """
    if _only(one, other):
        return set(), set()
    mine, yours = one.content, other.content
    if not (mine.without or mine.lacking or yours.without or yours.lacking):
        return set(), set()
    back = {b: a for a, b in pairs.items()}
    lacks, wants = _causes(one, pairs), _causes(other, back)
    causes = {_first(keys, pairs) for keys in lacks}
    causes |= {back.get(_first(keys, back), "") for keys in wants}
    if (mine.without or lacks) and (yours.without or wants):
        return set(), causes  # which word of "ठोस सबूत के बिना" is meant is not sure
    without, missed = [*mine.without], [*yours.without]
    if not any((*mine.negative[:-1], *yours.negative[:-1])):
        # No clause says what the infinitive does (दवा न मिलने से, दवा मिलने से).
        without += [keys for keys, lack in mine.lacking if not lack]
        missed += [keys for keys, lack in yours.lacking if not lack]
    found = {_first(keys, pairs) for keys in without}
    found |= {back.get(_first(keys, back), "") for keys in missed}
    return found - {""}, causes - {""}


def _needs(reading: Reading, matched: Collection[str], lacking: Set[str]) -> bool:
    """Does it say, as the other claim does not, that something is needed?

    Args:
        lacking: what just one of the two says is lacking.
    """
    lex = lexicon()
    if not lex.needs.isdisjoint(reading.weights.keys() - matched):
        return True
    return any(
        after.key in lex.before
        and after.key not in matched
        and term.key in matched
        and term.key not in lacking
        for term, after in pairwise(reading.content.terms)
    )


def _causes(reading: Reading, matched: Collection[str]) -> list[tuple[str, ...]]:
    """What is lacking by a word or an infinitive that is not in the other claim too."""
    return [keys for keys, lack in reading.content.lacking if lack not in matched]


def _first(keys: Iterable[str], known: Collection[str]) -> str:
    first = next(iter(keys), "")
    return first if first in known else ""


def _signs(
    one: Reading,
    other: Reading,
    pairs: dict[str, str],
    negative: tuple[bool, bool],
    clauses: tuple[int, int],
) -> tuple[bool, bool]:
    """Whether either clause denies what it says.

    It may do so by a word that says that something is not or does not happen (टीम से बाहर
    रहेगा, नहीं खेलेगा). Beside a clause that does not, the word must be the predicate that
    it adds to what the other claim says (फिल्म की रिलीज टली, फिल्म रिलीज होगी).
    """
    mine, yours = negative
    matched = set(pairs.values())
    if not (one.absences - pairs.keys() or other.absences - matched):
        return negative
    lacks, added = _absences(one, pairs.keys(), clauses[0])
    wants, extra = _absences(other, matched, clauses[1])
    if lacks and wants:
        return not mine, not yours
    if mine or yours:
        # What else the other claim adds must not be a lack that no table has; "does not
        # stop" says so by itself.
        lacks &= not extra or (mine and not yours)
        wants &= not added or (yours and not mine)
        return mine != lacks, yours != wants
    return (
        lacks and _last(one) not in pairs and _last(other) in matched,
        wants and _last(other) not in matched and _last(one) in pairs,
    )


def _absences(reading: Reading, matched: Collection[str], clause: int) -> tuple[bool, bool]:
    """Whether what a clause adds to the other claim ends in saying that something is not.

    Returns:
        and whether it ends in a word that might, as far as the tables know.
    """
    lex = lexicon()
    lack = unsure = False
    for term in reversed(reading.content.terms):
        if term.clause != clause or term.soft or _intends(term):
            continue
        if term.key in matched:
            break
        lack |= term.key in reading.absences
        unsure |= term.key not in lex.presences
    return lack, unsure and not lack


def _last(reading: Reading) -> str:
    return next((t.key for t in reversed(reading.content.terms) if not t.soft), "")
