"""Verbs that tell one thing from either side: A beats B, B loses to A or at the hands of A."""

from __future__ import annotations

from claimx.matching.lexicon import lexicon
from claimx.matching.terms import Term


def recast(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """What was won against or lost to somebody, told by the verb for beating.

    "भारत पाकिस्तान से हारा" or "के हाथों हारा" becomes "पाकिस्तान ने भारत को हराया". Only
    where one name beside the verb has the part that tells who was against whom.
    """
    converses = lexicon().converses
    for at, term in enumerate(terms):
        for part, verb, parts in converses.get((term.key, term.sign), ()):
            beside = [
                place
                for place, other in enumerate(terms[:at])
                if other.name and other.clause == term.clause and not other.adjective
            ]
            against = [place for place in beside if terms[place].role == part]
            if len(against) == 1 and len(beside) > 1:
                found = list(terms)
                found[at] = term._replace(key=verb, sign=0)
                bare = False  # "भारत की टीम चीन से हारी": the noun that a name owns is bare
                for place, other in enumerate(terms[:at]):
                    if other.clause == term.clause and not other.adjective:
                        bare = other.role == "owner" if other.role else bare
                        role = other.role or ("agent" if bare or place in beside else "")
                        found[place] = other._replace(role=parts.get(role, role))
                return tuple(found)
    return terms
