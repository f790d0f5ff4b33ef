"""Comparison: whether two mentions name one speaker.

The given name and the surname must each agree, the parts between must not contradict.
Words that the lists know as two names never agree, however alike they sound; what the
lists do not know is compared by sound, Indian names strictly and foreign ones leniently.
When in doubt, apart: the doubt is reported as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Literal

from claimx.identity.aliases import Aliases, Entity, shipped
from claimx.identity.lexicon import Concept, is_south_asian, name_groups, names, word_set
from claimx.identity.mention import Mention, Unit, interpret
from claimx.identity.sounds import block, distance, sounds
from claimx.identity.tables import table
from claimx.identity.text import fold, is_devanagari, key, letters
from claimx.records import SpeakerType

Verdict = Literal["same", "doubtful", "different"]

# What two spellings of one word may cost, by the number of sounds of the longer one.
# Set on data/names.toml with its entries hidden from the comparison: variants found
# among the spellings of one entry, against errors among entries of one sound key.
# Foreign names: 146 of 188, 24 errors in 561 pairs; Indian given names: 63 of 105 and
# 12 in 718; Indian surnames: 71 of 99 and 9 in 305.
_LENIENT = (0.11, -0.10, 0.80)
_GIVEN = (0.08, -0.10, 0.50)
_SURNAME = (0.10, -0.10, 0.60)
# Beyond this multiple of the allowance two words are not even nearly alike.
_NEARLY = 2.2
# A whole name written with other word breaks must sound alike almost exactly.
_JOINED = 0.15


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome of a comparison.

    Attributes:
        verdict: ``same``, ``doubtful`` (apart, but a person should look) or ``different``.
        score: 0 to 1, for ranking among equal verdicts.
        reason: why, in a few words.
    """

    verdict: Verdict
    score: float
    reason: str


_DIFFERENT = Match("different", 0.0, "other names")


@lru_cache(maxsize=262144)
def word_score(one: str, other: str, strict: bool, surname: bool = False) -> float:
    """How surely two words are one name: 1 equal, above 0.5 yes, 0.25 to 0.5 nearly.

    Args:
        one: a word in either script.
        other: another.
        strict: whether the names around them are Indian.
        surname: whether both are surnames, which families do not vary by a vowel.
    """
    if key(one) == key(other):
        return 1.0
    groups = name_groups(one), name_groups(other)
    if groups[0] & groups[1]:
        return 0.95
    if groups[0] and groups[1]:
        return 0.0
    mixed = is_devanagari(one) != is_devanagari(other)
    a, b = sounds(one), sounds(other)
    cost = min(
        distance(x, y, strict=strict and not mixed)
        for x in _readings(one, a)
        for y in _readings(other, b)
    )
    indian = _SURNAME if surname else _GIVEN
    factor, offset, most = indian if strict and not mixed else _LENIENT
    allowed = max(0.0, min(most, factor * max(len(a), len(b)) + offset))
    if cost <= allowed:
        return 0.9 - 0.3 * (cost / allowed if allowed else 0.0)
    if cost <= allowed * _NEARLY:
        return 0.5 - 0.25 * (cost - allowed) / (allowed * (_NEARLY - 1) or 1.0)
    return 0.0


def _readings(word: str, spoken: str) -> tuple[str, ...]:
    """The sounds of a word, and those of the Devanagari form of a known Latin one."""
    if is_devanagari(word):
        return (spoken,)
    return (spoken, spoken.replace("ŧ", "t").replace("c", "k"), spoken.replace("c", "ś"))


def _strict(one: Mention, other: Mention) -> bool:
    """Whether either name has a part that only South Asian names have."""
    return any(is_south_asian(u.word) for u in (*one.units, *other.units) if not u.initial)


@cache
def _initials() -> dict[str, str]:
    return {sound: "".join(ls) for sound, ls in table("latin")["initials"].items()}


def _initial_fits(letter: str, word: str) -> bool:
    spoken = sounds(word)
    heard = _initials().get(spoken[:1], "")
    return letter in heard or letter.lower() in {g[0].lower() for g in name_groups(word)}


def _unit_score(one: Unit, other: Unit, strict: bool, surname: bool = False) -> float:
    if one.initial and other.initial:
        return 0.95 if one.word == other.word else 0.0
    if one.initial:
        return 0.6 if _initial_fits(one.word, other.word) else 0.0
    if other.initial:
        return 0.6 if _initial_fits(other.word, one.word) else 0.0
    return word_score(one.word, other.word, strict, surname)


def _family_first(mention: Mention) -> bool:
    first = mention.units[0]
    return not first.initial and key(first.word) in word_set("parts", "family_first")


def family_name(mention: Mention) -> str:
    """The word of a person's name that stands for it alone: mostly the last."""
    if _family_first(mention) and mention.full:
        return mention.units[0].word
    return mention.units[-1].word


def _bare(one: Mention, full: Mention, aliases: Aliases, known: Entity | None) -> Match:
    """A name of one word against a full one."""
    strict = _strict(one, full)
    word = one.units[0].word
    surname = word_score(word, family_name(full), strict, surname=True)
    if surname > 0.5:
        if key(word) in word_set("parts", "common"):
            return Match("doubtful", surname, "a bare surname that many bear")
        own = known.name if known else None
        if any(b != own and not _is_bearer(full, b, aliases) for b in bearers(word, aliases)):
            return Match("doubtful", surname, "a bare surname with other bearers")
        return Match("same", 0.9 * surname, "a bare surname and its bearer")
    first = full.units[0]
    if not first.initial and word_score(word, first.word, strict) > 0.5:
        return Match("doubtful", 0.5, "a bare given name")
    return _DIFFERENT


def _is_bearer(full: Mention, name: str, aliases: Aliases) -> bool:
    return _spelled_like(full, aliases.entities[name]) is not None


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


def _joined(units: tuple[Unit, ...]) -> str:
    return "".join(u.word for u in units)


def compare_people(one: Mention, other: Mention) -> Match:
    """Two full names, by their parts alone."""
    strict = _strict(one, other)
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
        scores = [_unit_score(x, y, True) for x, y in zip(a, b, strict=True)]
        if min(scores) > 0.5:
            return Match("same", min(scores), "every part agrees")
        lenient = [_unit_score(x, y, False) for x, y in zip(a, b, strict=True)]
        if min(lenient) > 0.5:
            return Match("doubtful", min(lenient), "every part sounds alike")
        return _DIFFERENT
    pairs = zip_longest(a, b)
    agree = [x and y and _unit_score(x, y, True) > 0.5 for x, y in pairs]
    if all(agree[: len(a)]):
        return Match("doubtful", 0.5, "the start of a longer name")
    return _DIFFERENT


def _compare_parts(a: tuple[Unit, ...], b: tuple[Unit, ...], strict: bool) -> Match:
    last = _unit_score(a[-1], b[-1], strict, surname=True)
    first, a_given, b_given = _given(a, b, strict)
    if last > 0.5 and first > 0.5:
        middle = _middle(a_given[1:], b_given[1:], strict)
        if not middle:
            return Match("doubtful", 0.3, "middle names differ")
        return _by_initials(a, b, min(first, last))
    if last > 0.5:
        for x, y in ((a, b), (b, a)):
            if len(x) > 2 and _droppable(x[0]) and len(x) >= len(y):
                rest = x[1:]
                if _unit_score(rest[0], y[0], strict) > 0.5 and len(y) > 1 and not rest[0].initial:
                    return Match("same", 0.8, "one has a further first name")
        if first > 0.25:
            return Match("doubtful", first, "given names nearly alike")
        return _DIFFERENT
    if first > 0.5 and len(a) < len(b):
        return _longer(a, b, strict)
    if not strict and len(a) == len(b) == 2:
        crossed = _unit_score(a[0], b[1], False), _unit_score(a[1], b[0], False)
        if min(crossed) > 0.75:
            return Match("same", 0.75, "the parts in the other order")
    if first > 0.5 and last > 0.25:
        return Match("doubtful", last, "surnames nearly alike")
    return _DIFFERENT


def _given(
    a: tuple[Unit, ...], b: tuple[Unit, ...], strict: bool
) -> tuple[float, tuple[Unit, ...], tuple[Unit, ...]]:
    """How well the given names agree, and the parts before the surname."""
    x, y = a[:-1], b[:-1]
    score = _unit_score(x[0], y[0], strict)
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


def _middle(a: tuple[Unit, ...], b: tuple[Unit, ...], strict: bool) -> bool:
    """Whether the shorter row of middle names is part of the longer, in order."""
    if len(a) > len(b):
        a, b = b, a
    rest = iter(b)
    return all(any(_unit_score(x, y, strict) > 0.5 for y in rest) for x in a)


def _by_initials(a: tuple[Unit, ...], b: tuple[Unit, ...], score: float) -> Match:
    """A match in which initials stand for given names needs two of them, or a rare surname."""
    if not (a[0].initial or b[0].initial):
        return Match("same", score, "given name and surname agree")
    if a[0].initial and b[0].initial:
        own = [[u.word for u in units if u.initial] for units in (a, b)]
        verdict: Verdict = "same" if own[0] == own[1] else "doubtful"
        return Match(verdict, 0.7, "initials and surname")
    given = a if a[0].initial else b
    count = sum(u.initial for u in given)
    if count > 1 or key(a[-1].word) not in word_set("parts", "common"):
        return Match("same", 0.6, "initials that fit, and the surname")
    return Match("doubtful", 0.5, "one initial and a frequent surname")


def _droppable(unit: Unit) -> bool:
    return unit.initial or key(unit.word) in word_set("parts", "optional")


def _longer(a: tuple[Unit, ...], b: tuple[Unit, ...], strict: bool) -> Match:
    """One name is the start of the other: a surname by marriage, or somebody else."""
    start = [_unit_score(x, y, strict) for x, y in zip(a, b, strict=False)]
    if min(start) <= 0.5:
        return _DIFFERENT
    word = a[-1].word
    surname = any(entry.part == "surname" for entry in names(word))
    if surname and key(word) not in word_set("parts", "fillers") and len(b) == len(a) + 1:
        return Match("same", 0.7, "a further surname")
    return Match("doubtful", 0.5, "the start of a longer name")


def _sayings(mention: Mention) -> tuple[list[Concept], list[str]]:
    """The known phrases of an organisation's name, and its other words."""
    known = [c for _, c in mention.parts if c is not None and c.kind != "particle"]
    return known, [" ".join(tokens) for tokens, c in mention.parts if c is None]


def compare_bodies(one: Mention, other: Mention) -> Match:
    """Two organisations, or two offices, by what their names say."""
    if one.key == other.key:
        return Match("same", 1.0, "one spelling")
    (a, a_rest), (b, b_rest) = _sayings(one), _sayings(other)
    said = [sorted((c.kind, c.name) for c in row) for row in (a, b)]
    rest = _same_words(a_rest, b_rest)
    if said[0] == said[1] and rest:
        return Match("same", 0.9 if a_rest else 0.95, "the same words")
    if qualifies(one, other) or qualifies(other, one):
        return Match("doubtful", 0.5, "one says which, the other does not")
    return _DIFFERENT


def qualifies(full: Mention, general: Mention) -> bool:
    """Whether a body's name is another's and a place that says which one it is."""
    if full.kind != general.kind or full.kind == "person":
        return False
    (a, a_rest), (b, b_rest) = _sayings(full), _sayings(general)
    large, small = ({(c.kind, c.name) for c in row} for row in (a, b))
    return small < large and large - small <= _places(large) and _same_words(a_rest, b_rest)


def _places(said: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {item for item in said if item[0] in ("country", "state", "city")}


def _same_words(a: list[str], b: list[str]) -> bool:
    if key("".join(a)) == key("".join(b)):
        return True
    if len(a) != len(b):
        return False
    return all(word_score(x, y, True) > 0.5 for x, y in zip(a, b, strict=True))


def acronym(mention: Mention) -> str:
    """The Latin letters of a name that is nothing but letters: एनएचसी is NHC."""
    text = mention.key
    if is_devanagari(text):
        spelt = letters(text)
    else:
        plain = mention.text.replace(".", "").replace(" ", "")
        spelt = plain if plain.isupper() and plain.isalpha() else ""
    return spelt if len(spelt) > 2 else ""


def expansions(mention: Mention) -> frozenset[str]:
    """The acronyms that an organisation's full name may have: NHC, also from सेंटर."""
    found = {""}
    for tokens, concept in mention.parts:
        if concept is not None and concept.kind == "particle":
            continue
        words = concept.name.split() if concept else list(tokens)
        options = set()
        for word in words[:1] if concept else words:
            heard = word[0].upper() if word.isascii() else _initials().get(sounds(word)[:1], "")
            options |= set(heard)
        extra = "".join(w[0].upper() for w in words) if concept else ""
        found = {f + o for f in found for o in options} | {f + extra for f in found if extra}
        if len(found) > 64:
            return frozenset()
    return frozenset(f for f in found if len(f) > 2)


def compare_mentions(one: Mention, other: Mention, aliases: Aliases) -> Match:
    """Compare two interpreted mentions; see `compare_names`."""
    if aliases.are_apart(one.text, other.text):
        return Match("different", 0.0, "kept apart by decision")
    known = aliases.find(one.text, one), aliases.find(other.text, other)
    if known[0] and known[1]:
        if known[0].name == known[1].name:
            return Match("same", 1.0, "known names of one speaker")
        return Match("different", 0.0, "two known speakers")
    short = (
        None if known[0] else aliases.find_short(one.text, one),
        None if known[1] else aliases.find_short(other.text, other),
    )
    for default, mention, entity in ((short[0], other, known[1]), (short[1], one, known[0])):
        if default is not None and (entity is not None or mention.full):
            found = entity.name if entity else _spelled_like(mention, default)
            if found == default.name:
                return Match("same", 0.8, "the bare name of a known speaker")
            return Match("doubtful", 0.3, "a bare name that means another by default")
    if one.kind != other.kind:
        return _acronyms(one, other, known)
    if one.kind != "person":
        match = _acronyms(one, other, known)
        return match if match.verdict == "same" else compare_bodies(one, other)
    return _compare_persons(one, other, known, aliases)


def _spelled_like(mention: Mention, entity: Entity) -> str | None:
    spelled = (interpret(s, "person") for s in entity.spellings)
    alike = any(compare_people(mention, s).verdict == "same" for s in spelled if s.full)
    return entity.name if alike else None


def _acronyms(
    one: Mention, other: Mention, known: tuple[Entity | None, Entity | None]
) -> Match:
    for short, full, entity in ((one, other, known[0]), (other, one, known[1])):
        spelt = acronym(short)
        if spelt and entity is None and full.kind == "organization" and full.parts:
            if spelt in expansions(full):
                return Match("same", 0.7, "an acronym and its expansion")
    return _DIFFERENT


def _compare_persons(
    one: Mention, other: Mention, known: tuple[Entity | None, Entity | None], aliases: Aliases
) -> Match:
    if one.full and other.full:
        match = compare_people(one, other)
        # A known speaker's other names may be nearer than the one at hand.
        for entity, mention in ((known[0], other), (known[1], one)):
            for spelling in entity.spellings if entity else ():
                if match.verdict == "same":
                    break
                spelled = interpret(spelling, "person")
                if spelled.full:
                    match = max(match, compare_people(spelled, mention), key=_rank)
        return match
    if one.full or other.full:
        bare, full = (other, one) if one.full else (one, other)
        entity = known[0] if one.full else known[1]
        return _bare(bare, full, aliases, entity)
    strict = _strict(one, other)
    score = word_score(one.units[0].word, other.units[0].word, strict)
    if score > 0.5:
        return Match("same", score, "one spelling of a single name")
    if score > 0.25:
        return Match("doubtful", score, "single names nearly alike")
    return _DIFFERENT


def _rank(match: Match) -> tuple[int, float]:
    return ("different", "doubtful", "same").index(match.verdict), match.score


def compare_names(
    one: str,
    other: str,
    *,
    types: tuple[SpeakerType, SpeakerType] = ("unknown", "unknown"),
    aliases: Aliases | None = None,
) -> Match:
    """Decide whether two mentions name one speaker.

    Args:
        one: a mention in either script, titles and all.
        other: another.
        types: what the texts said they are, where they did.
        aliases: decisions in force; the shipped ones by default.
    """
    in_force = aliases if aliases is not None else shipped()
    return compare_mentions(interpret(one, types[0]), interpret(other, types[1]), in_force)


def same_name(one: str, other: str, *, aliases: Aliases | None = None) -> bool:
    """Whether two mentions are the same speaker; doubt counts as no.

    >>> same_name("नारिश्किन", "नैरिशकिन"), same_name("राहुल गांधी", "वरुण गांधी")
    (True, False)
    """
    return compare_names(one, other, aliases=aliases).verdict == "same"


def normalize_name(text: str) -> str:
    """A name without titles, honorifics and everything spelling leaves free.

    Two mentions with one normal form are one name; the converse is for `compare_names`.

    >>> normalize_name("प्रधानमंत्री नरेन्‍द्र मोदी") == normalize_name("नरेंद्र मोदी जी")
    True
    """
    mention = interpret(text)
    if mention.kind == "person":
        return " ".join(
            u.word.lower() if u.initial else fold(u.word) for u in mention.units
        )
    return fold(mention.text)
