"""Words and phrases of a text that have opposites or paraphrases.

They are looked for beside the reading of the text: a phrase here takes no word from another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimx.matching.lexicon import Swaps, lexicon
from claimx.matching.lookup import phrases_at
from claimx.matching.terms import Term, closing


class Found(NamedTuple):
    """A word or phrase in its place.

    Attributes:
        length: how many words it is.
        within: the places of its terms, ascending.
    """

    swaps: Swaps
    length: int
    within: Sequence[int]


def find_swaps(
    listed: Sequence[str],
    keys: list[str],
    terms: Sequence[Term],
    places: Sequence[tuple[int, int]],
) -> list[Found]:
    """Words first, then phrases.

    Args:
        listed: the words of the text.
        keys: their stems.
        places: where each term stands in the text, half open.
    """
    lex = lexicon()
    found = [
        Found(lex.word_swaps[atom], 1, (n,))
        for n, term in enumerate(terms)
        if (atom := (term.key, term.sign)) in lex.word_swaps
    ]
    for start, (key, after) in enumerate(pairwise(keys)):
        if key in lex.phrase_swaps and after in lex.phrase_swaps[key]:
            for swaps, end in phrases_at(lex.phrase_swaps, keys, start):
                within = [n for n, (a, b) in enumerate(places) if a < end and b > start]
                # "बोलने नहीं दिया" does not say "बोलने".
                rest = listed[end : places[within[-1]][1]] if within else ()
                if within and lex.particles.isdisjoint(rest):
                    found.append(Found(swaps, end - start, within))
    return found


def turns_of(terms: Sequence[Term], found: Sequence[Found]) -> Mapping[tuple[int, int], str]:
    """What has opposites where a clause ends in it: the term, by the pair and its side.

    Of what is on both sides of a pair (लोकतांत्रिक, गैर लोकतांत्रिक) the longer.
    """
    longest: dict[tuple[int, int], tuple[int, str]] = {}
    ends = closing(terms) if any(each.swaps.turns for each in found) else ()
    for swaps, length, within in found:
        if within[-1] in ends:
            for place in swaps.turns:
                told = length, terms[within[-1]].key
                longest[place] = max(told, longest.get(place, told))
    return {
        (pair, side): key
        for (pair, side), (length, key) in longest.items()
        if length > longest.get((pair, -side), (0, ""))[0]
    }


def retold_of(
    terms: Sequence[Term], found: Sequence[Found]
) -> Mapping[int, Sequence[tuple[str, ...]]]:
    """What has paraphrases: the terms, by the line."""
    retold: dict[int, list[tuple[str, ...]]] = {}
    for swaps, _, within in found:
        if swaps.lines:
            keys = tuple([terms[n].key for n in within])
            for line in swaps.lines:
                retold.setdefault(line, []).append(keys)
    return retold
