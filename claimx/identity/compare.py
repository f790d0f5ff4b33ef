"""Comparison: whether two mentions name one speaker.

The given name and the surname must each agree, the parts between must not contradict.
Words that the lists know as two names never agree, however alike they sound; what the
lists do not know is compared by sound, Indian names strictly and foreign ones leniently.
When in doubt, apart: the doubt is reported as such.
"""

from __future__ import annotations

from claimx.identity.aliases import Aliases, Entity, shipped
from claimx.identity.bodies import acronym, compare_bodies, expansions
from claimx.identity.lexicon import word_set
from claimx.identity.match import DIFFERENT, Match, word_score
from claimx.identity.mention import Mention, interpret
from claimx.identity.people import (
    SINGLE_INITIAL,
    bearers,
    compare_people,
    family_name,
    is_strict,
    match_known,
    other_bearers,
)
from claimx.identity.recognition import recognize
from claimx.identity.text import fold, key
from claimx.records import SpeakerType


def compare_mentions(one: Mention, other: Mention, aliases: Aliases) -> Match:
    """Compare two interpreted mentions; see `compare_names`."""
    if aliases.are_apart(one.raw, other.raw):
        return Match("different", 0.0, "kept apart by decision")
    known = aliases.find(one.raw, one), aliases.find(other.raw, other)
    if known[0] and known[1]:
        if known[0].name == known[1].name:
            return Match("same", 1.0, "known names of one speaker")
        return Match("different", 0.0, "two known speakers")
    short = (
        None if known[0] else aliases.find_short(one.raw, one),
        None if known[1] else aliases.find_short(other.raw, other),
    )
    for default, mention, entity in ((short[0], other, known[1]), (short[1], one, known[0])):
        if default is not None and (entity is not None or mention.full):
            if entity == default or (
                entity is None and match_known(mention, default).verdict == "same"
            ):
                return Match("same", 0.8, "the bare name of a known speaker")
            return Match("doubtful", 0.3, "a bare name that means another by default")
    if one.kind != other.kind:
        return _acronyms(one, other, known)
    if one.kind != "person":
        match = _acronyms(one, other, known)
        return match if match.verdict == "same" else compare_bodies(one, other)
    return _compare_persons(one, other, known, aliases)


def _bare(one: Mention, full: Mention, aliases: Aliases, known: Entity | None) -> Match:
    """A name of one word against a full one."""
    strict = is_strict(one, full)
    word = one.units[0].word
    if one.key == full.key:
        return Match("same", 0.95, "one name with other word breaks")
    surname = word_score(word, family_name(full), strict, "surname")
    if surname > 0.5:
        if key(word) in word_set("parts", "common"):
            return Match("doubtful", surname, "a bare surname that many bear")
        if other_bearers(word, full, aliases, known):
            return Match("doubtful", surname, "a bare surname with other bearers")
        return Match("same", 0.9 * surname, "a bare surname and its bearer")
    first = full.units[0]
    if not first.initial and word_score(word, first.word, strict) > 0.5:
        return Match("doubtful", 0.5, "a bare given name")
    return DIFFERENT


def _acronyms(
    one: Mention, other: Mention, known: tuple[Entity | None, Entity | None]
) -> Match:
    for short, full, entity in ((one, other, known[0]), (other, one, known[1])):
        spelt = acronym(short)
        named = full.kind == "organization" and entity is None
        if spelt and named and spelt in expansions(full):
            return Match("same", 0.7, "an acronym and its expansion")
    return DIFFERENT


def _compare_persons(
    one: Mention, other: Mention, known: tuple[Entity | None, Entity | None], aliases: Aliases
) -> Match:
    if one.full and other.full:
        match = compare_people(one, other)
        for entity, mention in ((known[0], other), (known[1], one)):
            if entity is not None:
                match = match_known(mention, entity)
        if match.reason == SINGLE_INITIAL:
            full, entity = (other, known[1]) if one.units[0].initial else (one, known[0])
            if other_bearers(family_name(full), full, aliases, entity):
                return Match("doubtful", match.score, "one initial and other bearers")
        return match
    if any(entity is not None and entity.kind == "organization" for entity in known):
        return DIFFERENT
    if one.full or other.full:
        bare, full = (other, one) if one.full else (one, other)
        entity = known[0] if one.full else known[1]
        return _bare(bare, full, aliases, entity)
    words = one.units[0].word, other.units[0].word
    listed = bearers(words[0], aliases), bearers(words[1], aliases)
    if len(listed[0]) == len(listed[1]) == 1:
        if listed[0] == listed[1]:
            return Match("same", 0.8, "surnames that one known speaker bears")
        return DIFFERENT
    score = word_score(*words, is_strict(one, other))
    if score > 0.5:
        return Match("same", score, "one spelling of a single name")
    if score > 0.25:
        return Match("doubtful", score, "single names nearly alike")
    return DIFFERENT


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
    mentions = interpret(one, types[0]), interpret(other, types[1])
    match = compare_mentions(*mentions, in_force)
    if match.score == 1.0 or in_force.are_apart(one, other):
        return match
    known = [recognize(m.raw, m, in_force) for m in mentions]
    if known[0] is None or known[1] is None:
        return match
    if known[0] == known[1]:
        return Match("same", 0.9, "spellings of one known speaker")
    return Match("different", 0.0, "two known speakers")


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
        return " ".join(u.word.lower() if u.initial else fold(u.word) for u in mention.units)
    return fold(mention.text)
