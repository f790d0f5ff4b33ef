"""Look-up: a name typed in either script finds the speaker, however it is spelt.

Keys are made of one name at a time, so a store can index them and open a query's rows
without reading the others; `match_score` then ranks what the keys found. Nothing here
reads the lists of known names: a query must answer at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimx.identity.sounds import distance, sound_keys, sound_variants, sounds
from claimx.identity.text import fold, is_devanagari, key, letters

# A word of a query is found in a name if their sounds differ by less a sound than this.
_ALLOWED = 0.11
# A query counts as a match from here on: every word found, most of them closely.
_ENOUGH = 0.5


def _word_keys(word: str) -> set[str]:
    """Keys of one word: the word itself, its sounds, its letters."""
    found = {f"={key(word)}"} | {f"~{k}" for k in sound_keys(word) if k}
    spelt = letters(fold(word))
    if len(spelt) > 1:
        found.add(f"={spelt.lower()}")
    return found


def _query_words(text: str) -> list[str]:
    """The words of a query, dots below kept; runs of single letters (K. P.) are one."""
    out: list[str] = []
    run = False
    for word in fold(text, dots=True).split():
        letter = letters(fold(word)) if is_devanagari(word) else word
        single = len(letter) == 1
        if single and run:
            out[-1] += letter.lower()
        else:
            out.append(letter.lower() if single else word)
        run = single
    return out


def lookup_keys(*names: str) -> frozenset[str]:
    """All keys under which a speaker is filed.

    Args:
        names: its canonical name, its Latin name, its spellings, in any order; see
            `Aliases.names_of` for those that the lists add.
    """
    found: set[str] = set()
    for name in names:
        words = _query_words(name)
        for word in words:
            found |= _word_keys(word)
        if len(words) > 1:
            found.add(f"={key(name)}")
    return frozenset(found)


def query_keys(query: str) -> tuple[frozenset[str], ...]:
    """For each word of a query the keys of which a speaker must have at least one.

    >>> all(keys & lookup_keys("दिमित्री पेसकोव") for keys in query_keys("peskow"))
    True
    """
    return tuple(frozenset(_word_keys(word)) for word in _query_words(query))


def _word_score(wanted: str, word: str) -> float:
    """How well one word of a query fits one of a name: 1 exactly, 0 not at all."""
    if key(wanted) == key(word):
        return 1.0
    spelt = (
        letters(fold(wanted)).lower() or key(wanted),
        letters(fold(word)).lower() or key(word),
    )
    if spelt[0] == spelt[1]:
        return 1.0
    if not sound_keys(wanted) & sound_keys(word):
        return 0.0
    cost = min(
        distance(a, b, strict=False) / max(len(a), len(b), 1)
        for a in sound_variants(wanted)
        for b in sound_variants(word)
    )
    # Latin letters say less about vowels than Devanagari does.
    if is_devanagari(wanted) != is_devanagari(word):
        cost *= 0.75
    return 0.0 if cost > 2 * _ALLOWED else 1.0 - cost / (2 * _ALLOWED)


def match_score(query: str, names: Sequence[str]) -> float:
    """How well a query names a speaker: 1 its whole name, 0 not at all.

    Args:
        query: what was typed, in either script.
        names: the speaker's names and spellings.
    """
    wanted = _query_words(query)
    best = 0.0
    for name in names:
        if key(name) == key(query):
            return 1.0
        words = _query_words(name)
        scores = [max((_word_score(w, word) for word in words), default=0.0) for w in wanted]
        if scores and min(scores) > 0.0:
            # A query of all words of a name is nearer than one of the surname alone.
            covered = min(len(wanted), len(words)) / max(len(wanted), len(words), 1)
            mean = sum(scores) / len(scores)
            best = max(best, 0.9 * mean + 0.09 * covered)
    return best


def matches_query(query: str, names: Sequence[str]) -> bool:
    """Whether a query finds a speaker of these names."""
    return match_score(query, names) >= _ENOUGH


# Similarity (0 to 100) of a word from which it may have been meant, and the sounds it must
# have: two letters are like anything.
_NEAR, _SOUNDS = 55, 3


def suggest(query: str, names: Iterable[str], limit: int = 5) -> list[str]:
    """The names nearest to a query that found nothing, for "did you mean".

    Args:
        query: what was typed.
        names: canonical and Latin names to choose from.
        limit: at most this many.
    """
    from rapidfuzz import fuzz, process

    wanted = sounds(key(query))
    spoken = {name: [sounds(w) for w in fold(name).split()] for name in names}
    pairs = ((name, word) for name, row in spoken.items() for word in row)
    words = {pair for pair in pairs if len(pair[1]) >= _SOUNDS}
    ordered = sorted(words)
    hits = process.extract(
        wanted,
        [word for _, word in ordered],
        scorer=fuzz.ratio,
        limit=limit * 4,
        score_cutoff=_NEAR,
    )
    found = dict.fromkeys(ordered[index][0] for _, _, index in hits)
    return list(found)[:limit]
