"""Who does what to whom, where and when: what keeps claims in like words apart."""

from __future__ import annotations

from collections.abc import Collection, Set
from itertools import pairwise
from typing import Final

from claimx.matching.alignment import Alignment
from claimx.matching.figures import CLOCK, SINCE, dates_conflict
from claimx.matching.lexicon import lexicon
from claimx.matching.lookup import is_strange, sense
from claimx.matching.reading import DESCRIBES, Reading, own_words
from claimx.matching.stems import stem, words

_UNDERGO: Final = frozenset({"goal", "target"})
_PARTS: Final = _UNDERGO | {"agent"}


def apart(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Other names, or the parts swapped, as far as one can tell."""
    return (
        other_names(one, other, aligned)
        or _both_unknown(one, other, aligned)
        or (_is_partial(one, other, aligned) and _others(one, other, aligned))
        or swapped(one, other, aligned)
        or crossed(one, other, aligned.pairs)
    )


def on_other_occasions(one: Reading, other: Reading) -> bool:
    """Other times, or another speaker's self: what the texts alone do not tell."""
    return _other_times(one, other) or _other_self(one, other)


def surely_apart(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Another thing of one kind, another head or seat, or another name."""
    if not _is_partial(one, other, aligned):
        return False
    if one.kinds and other.kinds and _other_kind(one, other, aligned):
        return True
    if (one.strange or other.strange) and _unknown_instead(one, other, aligned):
        return True
    if one.surnames and other.surnames and _other_surname(one, other, aligned):
        return True
    if aligned.partial and _other_head(one, other, aligned):
        return True
    if one.speaker_keys.isdisjoint(other.speaker_keys) or not _other_seat(one, other):
        return False
    return bool(own_words(one, aligned.pairs) and own_words(other, aligned.matched))


def _is_partial(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Does either have words that the other lacks?"""
    if len(aligned.pairs) < len(one.weights) or aligned.partial:
        return True
    return len(aligned.matched) < len(other.weights)


def _other_head(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Is all that differs the word before a noun (शिक्षा विभाग, परिवहन विभाग)?

    It is part of a phrase in the one claim, and a word in the other.
    """
    pairs, matched = aligned.pairs, aligned.matched
    mine = [key for key in one.said if key not in pairs]
    yours = [key for key in other.said if key not in matched]
    if len(mine) + len(yours) != 1:
        return False
    reading, word = (one, mine[0]) if mine else (other, yours[0])
    if word in reading.counted:
        return False
    after = dict(pairwise(reading.said)).get(word, "")
    for key in aligned.partial:
        noun, phrase = (
            (key, other.phrases.get(pairs[key])) if mine else (pairs[key], one.phrases.get(key))
        )
        if noun == after and phrase and phrase[-1] == noun:
            return True
    return False


def _other_times(one: Reading, other: Reading) -> bool:
    """Is each about another day or month, where neither gives it by number?"""
    timed = (one.facts or one.content.times) and (other.facts or other.content.times)
    if not timed or _dated_alike(one, other):
        return False
    times, others = one.content.times, other.content.times
    if times and others and not times & others and not (_dated(one) and _dated(other)):
        return True
    return dates_conflict(one.facts, other.facts)


def _other_self(one: Reading, other: Reading) -> bool:
    """Do two speak of themselves ("मैंने इस्तीफा दिया", "हमारी पार्टी", "हमारी सेना")?"""
    alone, among = (one.selves[at] and other.selves[at] for at in (0, 1))
    if alone or (among and _has_body(one) and _has_body(other)):
        mine, yours = (set(words(reading.claim.speaker or "")) for reading in (one, other))
        if mine.isdisjoint(yours) and _is_personal(mine) and _is_personal(yours):
            return True
    return among and _are_two_bodies(one, other)


def _has_body(reading: Reading) -> bool:
    """Is there a party or the like that the speaker calls his own?"""
    lex = lexicon()
    return any(
        word in lex.ourselves and noun in lex.own_bodies
        for word, noun in pairwise(reading.content.listed)
    )


def _are_two_bodies(one: Reading, other: Reading) -> bool:
    """Are the speakers bodies of one kind (भारतीय सेना, पाकिस्तानी सेना)?"""
    mine, yours = (words(reading.claim.speaker or "") for reading in (one, other))
    if not mine or not yours or mine[-1] != yours[-1] or sense(mine[-1]).name:
        return False
    return bool(mine[:-1] and yours[:-1]) and set(mine[:-1]).isdisjoint(yours[:-1])


def _is_personal(name: Set[str]) -> bool:
    """Is it somebody's name, and not what somebody is (पूर्व प्रधानमंत्री)?"""
    lex = lexicon()
    return bool(name) and all(
        word in lex.given or f"@{word}" in lex.names or is_strange(stem(word)) for word in name
    )


def _others(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Is either about somebody or something in whose stead the other has another?"""
    pairs, matched = aligned.pairs, aligned.matched
    if any(_other_body(one, other, key, aligned) for key in aligned.partial):
        return True
    if _other_agent(one, other, pairs.keys(), matched):
        return True
    return _relative(one, other, pairs.keys()) or _relative(other, one, matched)


def _both_unknown(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Has each a word of which nothing is known?"""
    if not (one.strange and other.strange):
        return False
    mine, yours = _unknown(one, other, aligned)
    return bool(mine and yours)


def _unknown(one: Reading, other: Reading, aligned: Alignment) -> tuple[Set[str], Set[str]]:
    """The words that only one has, and of which nothing is known."""
    mine = one.strange - aligned.pairs.keys() - other.speaker_keys
    return mine, other.strange - aligned.matched - one.speaker_keys


def _unknown_instead(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Has either a word of which nothing is known, in whose stead the other has a name?

    Or such a word in the same part, or before the same noun (श्रमजीवी एक्सप्रेस).
    """
    mine, yours = _unknown(one, other, aligned)
    if mine and other.names - aligned.matched - one.speaker_keys:
        return True
    if yours and one.names - aligned.pairs.keys() - other.speaker_keys:
        return True
    parts = {one.roles.get(key, "") for key in mine} & {
        other.roles.get(key, "") for key in yours
    }
    if parts - {""}:
        return True
    after, behind = dict(pairwise(one.said)), dict(pairwise(other.said))
    nouns = {aligned.pairs.get(after.get(key, "")) for key in mine} - {None}
    return not nouns.isdisjoint(behind.get(key, "") for key in yours)


def _other_surname(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Has a given name another name behind it (मोहम्मद शमी, मोहम्मद सिराज)?"""
    mine, yours = one.surnames, other.surnames
    return any(
        surname not in aligned.pairs and yours.get(given, surname) not in aligned.matched
        for given, surname in mine.items()
        if given in yours
    )


def other_names(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Does each name somebody or something that the other does not?

    Either side's name for the other's speaker says nothing by itself, but both do ("88 यूक्रेनी
    ड्रोन गिराए", say the Russians; "88 रूसी ड्रोन", the Ukrainians).
    """
    if not (one.names and other.names):
        return False
    # A body is not named by what kind of body it is (रिजर्व बैंक, नेपाल राष्ट्र बैंक).
    kinds = {aligned.pairs[key] for key in aligned.partial}
    mine = one.names - (aligned.pairs.keys() - aligned.partial)
    yours = other.names - (aligned.matched - kinds)
    if not (mine and yours):
        return False
    said, told = mine & other.speaker_keys, yours & one.speaker_keys
    return bool(mine - said and yours - told) or (mine == said and yours == told)


def _other_body(one: Reading, other: Reading, key: str, aligned: Alignment) -> bool:
    """Is a name a phrase of which the other claim has but a word (विश्व बैंक, विकास बैंक)?

    It is in another name if another word describes it, or it another (किसान यूनियन, मोर्चा).
    """
    partner = aligned.pairs[key]
    if key in one.names:
        name, phrase, noun, reading = key, one.phrases.get(key), partner, other
    else:
        name, phrase, noun, reading = partner, other.phrases.get(partner), key, one
    if not phrase or name[0] != "@" or noun not in phrase:
        return False
    matched = aligned.matched if reading is other else aligned.pairs.keys()
    beside = [*pairwise(reading.said)]
    if noun == phrase[-1]:
        return any(word not in matched for word, after in beside if after == noun)
    if name not in lexicon().bodies or noun == phrase[0]:
        return False  # केंद्र सरकार, केंद्र
    bare = reading.roles.get(noun, "agent") == "agent"
    return bare and any(after not in matched for word, after in beside if word == noun)


def _dated_alike(one: Reading, other: Reading) -> bool:
    """Do both give a day, a month or a year by number?"""
    if not one.calendar or not other.calendar:
        return False
    return any(
        f.measure == g.measure and f.measure != CLOCK and not f.measure.startswith(SINCE)
        for f in one.calendar
        for g in other.calendar
    )


def _relative(reading: Reading, other: Reading, matched: Collection[str]) -> bool:
    """Is it about a relative of whom the other claim is about (विधायक, विधायक के भाई)?"""
    if not reading.relatives:
        return False
    missing = reading.relatives - set(matched) - other.context - other.speaker_keys
    return bool(missing) and any(
        after.key in missing and term.key in matched and term.role == "owner" != after.role
        for term, after in pairwise(reading.content.terms)
    )


def _other_agent(one: Reading, other: Reading, pairs: Set[str], matched: Set[str]) -> bool:
    """Does each say who does it, and neither know the other's?"""
    mine = one.agents - pairs - other.speaker_keys
    yours = other.agents - matched - one.speaker_keys
    return bool(mine and yours)


def _other_kind(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Has either one thing of a kind where the other has another (गेहूं, चावल)?"""
    kinds = lexicon().kinds
    whole = aligned.pairs.keys() - aligned.partial
    mine = {kinds[key] for key in one.kinds - whole - other.speaker_keys - other.context}
    back = {aligned.pairs[key] for key in whole}
    yours = {kinds[key] for key in other.kinds - back - one.speaker_keys - one.context}
    return bool(mine & yours)


def _other_seat(one: Reading, other: Reading) -> bool:
    """Do two bodies of one kind speak, of different places (two high courts)?"""
    mine, yours = one.speaker_keys, other.speaker_keys
    return all(
        any(key[0] == "@" for key in keys) == named
        for keys, named in ((mine & yours, False), (mine - yours, True), (yours - mine, True))
    ) and bool(mine & yours)


def _dated(reading: Reading) -> bool:
    return any(fact.type == "date" and fact.value is not None for fact in reading.facts)


def swapped(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Does each of two participants have the other's part?

    Also where one agent is a name and the other claim has it in another part, beside an
    agent of its own (उत्तर कोरिया ने रूस को हथियार दिए; रूस प्रस्ताव तोड़ रहा है).
    """
    pairs, mine, yours = aligned.pairs, one.roles, other.roles
    if mine == yours:
        return False
    if _exchanged(one, other, pairs):
        return True
    moved: dict[tuple[str, str], bool] = {}  # and is one of them a name in both?
    for key, partner in pairs.items():
        ours, theirs = mine.get(key, ""), yours.get(partner, "")
        if ours != theirs and key not in aligned.partial and _once(one, key, other, partner):
            named = key in one.names and partner in other.names
            moved[ours, theirs] = named or moved.get((ours, theirs), False)
    for (ours, theirs), named in moved.items():
        if ours not in _PARTS and theirs not in _PARTS:
            continue
        back = moved.get((theirs, ours))
        # The agent of a future or habitual verb is bare (रूस यूक्रेन को गैस देगा).
        if back is not None and ((ours and theirs) or (named and back)):
            return True
        if named and "agent" in (ours, theirs) and (ours in _UNDERGO or theirs in _UNDERGO):
            if _has_named_agent(one) and _has_named_agent(other):
                return True
            # Somebody whom the other claim does not name does it to the one named.
            if one.names - pairs.keys() if ours in _UNDERGO else other.names - aligned.matched:
                return True
    return False


def _once(one: Reading, key: str, other: Reading, partner: str) -> bool:
    """Do both claims have the word but once? Else it has several parts."""
    return one.said.count(key) < 2 and other.said.count(partner) < 2


def _exchanged(one: Reading, other: Reading, pairs: dict[str, str]) -> bool:
    """Does a name do it whose thing it is done to in the other claim, and the other way round?

    "ईरान ने अमेरिकी नाव रोकी", "अमेरिका ने ईरान की नाव रोकी".
    """
    if min(len(one.names), len(other.names)) <= 1:
        return False
    mine, yours = _agents_and_owners(one), _agents_and_owners(other)
    return any(
        yours.get(pairs.get(owner, ""), {}).get(pairs.get(agent, "")) == pairs[noun]
        for agent, owners in mine.items()
        for owner, noun in owners.items()
        if noun in pairs and owner != agent
    )


def _exchange_of_doers(one: Reading, other: Reading, pairs: dict[str, str]) -> bool:
    """Is who does it somebody else in the other claim, and the other way round?

    "सास ने बहू को पीटा", "बहू ने सास को पीटा"; "बस चालक ने ट्रक को", "ट्रक चालक ने बस को".
    """
    mine, yours = _doers(one), _doers(other)
    moved = any(pairs.get(key, next(iter(yours))) not in yours for key in mine)
    return moved and any(b in yours and a not in mine for a, b in pairs.items())


def _doers(reading: Reading) -> Set[str]:
    """Who does it, and what is said of them right before."""
    doers = reading.content.doers
    describing = {
        term.key
        for term, after in pairwise(reading.content.terms)
        if after.key in doers and term.role in DESCRIBES
    }
    return doers | describing


def _agents_and_owners(reading: Reading) -> dict[str, dict[str, str]]:
    """Of each name that does it the names of others before a noun, and the noun."""
    names = [term for term in reading.content.terms if term.name]
    agents = [term.key for term in names if term.role == "agent"]
    if not agents:
        return {}
    owners = {
        term.key: after.key
        for term, after in pairwise(reading.content.terms)
        if term.name and not after.name and (term.role == "owner" or term.adjective)
    }
    return dict.fromkeys(agents, owners)


def other_doers(one: Reading, other: Reading, pairs: dict[str, str]) -> bool:
    """Does another one do it, where both say who (राज्यपाल ने, मुख्यमंत्री ने)?"""
    mine = one.content.doers - other.speaker_keys
    yours = other.content.doers - one.speaker_keys
    return bool(mine and yours) and yours.isdisjoint(map(pairs.get, mine))


def _has_named_agent(reading: Reading) -> bool:
    return any(reading.roles.get(name) == "agent" for name in reading.names)


def crossed(one: Reading, other: Reading, pairs: dict[str, str]) -> bool:
    """Do two words stand before each other's noun (A के लोगों ने B के गांव पर)?

    Only where the claims have no other words: whoever tells it anew puts words elsewhere too.
    """
    if one.said == other.said or len(pairs) < max(len(one.weights), len(other.weights)):
        return False
    if one.content.doers and other.content.doers and _exchange_of_doers(one, other, pairs):
        return True
    after, behind = dict(pairwise(one.said)), dict(pairwise(other.said))
    moved = {
        (noun, back)
        for key in one.said
        if key in pairs and DESCRIBES.issuperset(_roles(one, other, key, pairs[key]))
        if (noun := pairs.get(after.get(key, ""), "")) and noun not in other.names
        if (back := behind.get(pairs[key], "")) and back != noun
    }
    heads = _heads(other)
    moved |= {
        (ours, theirs)
        for key, ours in _heads(one).items()
        if (theirs := heads.get(pairs[key], ours)) != ours
    }
    for key, partner in pairs.items():
        ours, theirs = _roles(one, other, key, partner)
        told = key in one.names or (ours and theirs)
        if told and ours != theirs and "companion" not in (ours, theirs):
            moved.add((ours, theirs))
    return any((back, noun) in moved for noun, back in moved)


def _heads(reading: Reading) -> dict[str, str]:
    """For each word without a marker the part of the noun behind it."""
    return {
        term.key: after.role
        for term, after in pairwise(reading.content.terms)
        if after.role in _PARTS
    }


def _roles(one: Reading, other: Reading, key: str, partner: str) -> tuple[str, str]:
    return one.roles.get(key, ""), other.roles.get(partner, "")
