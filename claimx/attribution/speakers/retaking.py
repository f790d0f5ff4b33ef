"""Titles that take up whoever was speaking: "महानिदेशक X … एजेंसी के प्रमुख ने"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from claimx.attribution.lexicon import lexicon
from claimx.attribution.names import skeleton
from claimx.attribution.people import Person, is_place, role_words, same_place
from claimx.attribution.reading import Reading

# How far back the one who is taken up spoke, in sentences and in paragraphs.
_REACH, _PARAGRAPH_REACH = 3, 1
# ... and one who has no title so far.
_NAME_REACH = 1


def taken_up(reading: Reading, sentence: int, role: str) -> Person | None:
    """Whoever spoke last, where another title of theirs allows to be called so.

    Args:
        sentence: index of the sentence in which the title stands alone.
        role: the title phrase.
    """
    if not reading.history:
        return None
    spoke, speaker = reading.history[-1]
    apart = reading.paragraph(sentence) - reading.paragraph(spoke)
    if speaker.type != "person" or not speaker.name:
        return None
    if sentence - spoke > _REACH or apart > _PARAGRAPH_REACH:
        return None
    person = next((p for p in reading.people.persons if p.name == speaker.name), None)
    if person is None:
        return None
    words, roles = role_words(role), [role_words(other) for other in person.roles]
    if not roles:
        return person if sentence - spoke <= _NAME_REACH and _is_sole(words) else None
    if lexicon().grammar["former"].intersection(words):
        # "एस्टोनिया की पूर्व प्रधानमंत्री": what somebody was who is something else now
        return person if roles and not any(words[-1] in other for other in roles) else None
    if party := lexicon().parties.intersection(words):
        return person if _leads(words, roles, party) else None
    titles = lexicon().retaken.get(words[-1], frozenset())
    fits = any(
        titles.intersection(other) and _allows(_owner(words), _owner(other)) for other in roles
    )
    return person if fits else None


def _leads(
    words: Sequence[str], roles: Sequence[Sequence[str]], party: Collection[str]
) -> bool:
    """ "मंत्री X … लोजपा प्रमुख ने": a politician of that party, or the head of one if of none."""
    lex = lexicon()
    titles = lex.retaken["नेता"] | lex.retaken.get(words[-1], frozenset())
    parties = {word for role in roles for word in role if word in lex.parties}
    known = any(titles.intersection(role) for role in roles)
    heads = words[-1] in lex.sole_offices["of_a_party"]
    return known and (not parties.isdisjoint(party) or (heads and not parties))


def _is_sole(words: Sequence[str]) -> bool:
    """ "रूसी राष्ट्रपति", "भाजपा अध्यक्ष": the one who holds an office, said whose it is."""
    lex, owner = lexicon(), _owner(words)
    if lex.parties.intersection(owner):
        return words[-1] in lex.sole_offices["of_a_party"]
    of_country = words[-1] in lex.sole_offices["of_a_country"]
    return of_country and (bool(_places(owner)) or (bool(owner) and words[-1] != "नेता"))


def _owner(words: Sequence[str]) -> list[str]:
    """Whose title it is: the words of a title phrase that name a country or a body."""
    lex = lexicon()
    ranks = lex.title_modifiers - lex.nationalities
    owner: list[str] = []
    for word in reversed(words):
        rank = word in ranks and not owner  # but "संयुक्त राष्ट्र" is a name
        if not (rank or word in lex.titles or word in lex.portfolios):
            owner.insert(0, word)
    return owner


def _allows(short: Sequence[str], full: Sequence[str]) -> bool:
    """May both owners be the same? Other countries and other bodies are not.

    A word on one side may be short for several on the other (डब्ल्यूएचओ, विश्व स्वास्थ्य
    संगठन), so only words against words and names against names tell them apart.
    """
    if not short or not full:
        return True
    places = [_places(short), _places(full)]
    if len(places[0]) == len(short) or len(places[1]) == len(full):
        return not (places[0] and places[1]) or _share(*places)
    if {skeleton(word) for word in short} & {skeleton(word) for word in full}:
        return True
    return (len(short) > 1) != (len(full) > 1)


def _places(words: Sequence[str]) -> list[str]:
    return [word for word in words if is_place(word)]


def _share(some: Sequence[str], others: Sequence[str]) -> bool:
    """Is a country among both?"""
    return any(same_place(one, other) for one in some for other in others)
