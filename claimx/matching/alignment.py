"""Which content words of two claims say the same, or the opposite."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from functools import lru_cache
from itertools import zip_longest
from typing import Final, NamedTuple

from claimx.matching.lexicon import lexicon
from claimx.matching.reading import Reading
from claimx.matching.stems import stem

_SPELLING: Final = 0.84  # similarity from which two rare words are spellings of one
_VOWELS: Final = str.maketrans("ैीूौॉ", "ेिुोा")
_ROOT, _SUFFIX = 5, 2  # letters of a root, and of what may be added to it


class Alignment(NamedTuple):
    """Content words of one claim beside those of another.

    Attributes:
        pairs: words of the first with those of the second that stand for them.
        contrary: those of the first whose partner says the opposite.
        partial: those of the first that are a phrase where the partner is one of its
            words, or the other way round.
        matched: words of the second that the first has.
    """

    pairs: dict[str, str]
    contrary: frozenset[str]
    partial: frozenset[str]
    matched: frozenset[str]


def align(one: Reading, other: Reading) -> Alignment:
    """Content words of the first that the second has, spelling variants among them."""
    yours = other.weights
    pairs = {key: key for key in one.weights if key in yours}
    partial, covered, contrary = set[str](), set[str](), set[str]()
    if one.signs and other.signs:
        contrary = {
            key
            for key in one.signs.keys() & other.signs.keys()
            # From when till when something lasts does not deny its begin or end.
            if key not in one.spans and key not in other.spans
            if pairs.get(key) == key and _contrary(one.signs[key], other.signs[key])
        }
    if len(pairs) < len(one.weights) and (len(pairs) < len(yours) or one.phrases):
        partial, covered = _add_variants(one, other, pairs)
        contrary |= _add_contraries(one, other, pairs, partial)
    matched = covered.union(pairs.values())
    return Alignment(pairs, frozenset(contrary), frozenset(partial), frozenset(matched))


def _add_variants(
    one: Reading, other: Reading, pairs: dict[str, str]
) -> tuple[set[str], set[str]]:
    """Align what says the same in another form.

    Returns:
        phrases aligned with one of their words; words of the second that a phrase says.
    """
    partial, covered = set[str](), set[str]()
    if one.special or other.special:
        _add_broader(one, other, pairs)
    _add_derived(one, other, pairs)
    if one.phrases or other.phrases:
        covered = _add_phrases(one, other, pairs)
        partial = _add_parts(one, other, pairs, covered)
    if one.content.retold and other.content.retold:
        covered |= _add_retold(one, other, pairs, covered)
    if one.names or other.names:
        _add_names(one, other, pairs)
    if (one.rare and (other.rare or other.names)) or (one.names and other.rare):
        _add_spellings(one, other, pairs)
    return partial, covered


def _add_contraries(
    one: Reading, other: Reading, pairs: dict[str, str], partial: set[str]
) -> set[str]:
    """Align what says the opposite; those words of the first."""
    contrary: set[str] = set()
    if (one.phrases and other.signs) or (other.phrases and one.signs):
        contrary |= _turned_phrases(one, other, pairs)
    if one.turning and other.turning:
        contrary |= _add_opposites(one, other, pairs)
        contrary |= _opposite_parts(one, other, pairs, partial)
    if one.content.turns and other.content.turns:
        contrary |= _add_turns(one, other, pairs, partial)
    if one.described and other.described:
        contrary |= _add_described(one, other, pairs)
    if one.bare or other.bare:
        contrary |= _add_prefixed(one, other, pairs)
    return contrary


_Signs = tuple[tuple[str, int], ...]


def _contrary(mine: _Signs, yours: _Signs) -> bool:
    """Is one word of a contrary pair in the one claim, and the other in the other?

    Where it occurs several times (ब्याज बढ़ने से बाजार गिरा), after the same word.
    """
    if len(mine) == len(yours) == 1:
        return mine[0][1] != yours[0][1]
    after = dict(yours)
    met = [(sign, after[word]) for word, sign in mine if word in after]
    if met:
        return any(sign != against for sign, against in met)
    if len(mine) != len(yours):
        return mine[-1][1] != yours[-1][1]
    return {sign for _, sign in mine} != {sign for _, sign in yours}


def _add_opposites(one: Reading, other: Reading, pairs: dict[str, str]) -> set[str]:
    """Align predicates that deny each other, and words for more or less; the former."""
    found: set[str] = set()
    opposites, scale = lexicon().opposites, lexicon().scale
    taken = set(pairs.values())
    for atom in one.turning:
        if atom[0] in pairs:
            continue
        for candidate in other.turning:
            denies = candidate in opposites[atom]
            agrees = atom in scale and scale.get(candidate) == scale[atom]
            if (denies or agrees) and candidate[0] not in taken:
                pairs[atom[0]] = candidate[0]
                taken.add(candidate[0])
                if denies:
                    found.add(atom[0])
                break
    return found


def _add_turns(
    one: Reading, other: Reading, pairs: dict[str, str], partial: set[str]
) -> set[str]:
    """Align predicates on either side of a pair of opposites; those of the first.

    That tells more than a word that a phrase has in common with something else.
    """
    found: set[str] = set()
    taken = set(pairs.values())
    against = other.content.turns
    for (pair, side), key in one.content.turns.items():
        candidate = against.get((pair, -side))
        if candidate is None:
            continue
        if (key not in pairs or key in partial) and candidate not in taken:
            pairs[key] = candidate
            partial.discard(key)
            taken.add(candidate)
            found.add(key)
        # A word with a side of its own has told by that.
        elif pairs.get(key) == candidate and key not in one.signs:
            found.add(key)
    return found


def _add_described(one: Reading, other: Reading, pairs: dict[str, str]) -> set[str]:
    """Align words that deny each other of one noun (असली मुठभेड़, फर्जी मुठभेड़); the former."""
    found: set[str] = set()
    for noun, atom in one.described.items():
        candidate = other.described.get(pairs.get(noun, ""))
        if candidate in lexicon().opposites[atom] and atom[0] not in pairs:
            if candidate[0] not in pairs.values():
                pairs[atom[0]] = candidate[0]
                found.add(atom[0])
    return found


def _turned_phrases(one: Reading, other: Reading, pairs: dict[str, str]) -> set[str]:
    """Phrases of whose words the other claim has one on the other side.

    "कीमत में बढ़ोतरी" says the opposite of "दाम घटाए".
    """
    found = {
        key
        for key, parts in one.phrases.items()
        if len(parts) > 1 and pairs.get(key) in parts
        if not all(_on_one_side(one.sides[key], part, other) for part in parts)
    }
    for key, parts in other.phrases.items():
        found |= {
            part
            for part in parts
            if pairs.get(part) == key and not _on_one_side(other.sides[key], part, one)
        }
    return found


def _opposite_parts(
    one: Reading, other: Reading, pairs: dict[str, str], partial: Collection[str]
) -> set[str]:
    """Phrases of which a word is aligned, but whose other part is denied (वादे पूरे, वादा भूला)."""
    opposites = lexicon().opposites
    return {
        key
        for key in partial
        for atom in one.turning
        for candidate in other.turning
        if candidate in opposites[atom] and {atom[0], candidate[0]} & {key, pairs[key]}
        if pairs.get(atom[0], pairs[key]) == pairs[key]
    }


def _add_prefixed(one: Reading, other: Reading, pairs: dict[str, str]) -> set[str]:
    """Align words of which one is the other with a denying prefix; those of the first."""
    met = [(one.bare[plain], plain) for plain in one.bare.keys() & other.weights.keys()]
    met += [(plain, other.bare[plain]) for plain in other.bare.keys() & one.weights.keys()]
    found: set[str] = set()
    for key, candidate in sorted(met):
        if key not in pairs and candidate not in pairs.values():
            pairs[key] = candidate
            found.add(key)
    return found


def _add_broader(one: Reading, other: Reading, pairs: dict[str, str]) -> None:
    broader = lexicon().broader
    for special in sorted(one.special - pairs.keys()):
        for general in sorted(broader[special] & other.weights.keys() - one.weights.keys()):
            pairs[special] = general
    for special in sorted(other.special - set(pairs.values())):
        for general in sorted(broader[special] & one.weights.keys() - other.weights.keys()):
            pairs[general] = special


def _add_derived(one: Reading, other: Reading, pairs: dict[str, str]) -> None:
    """A word and what derives from it by one or two letters (हिमालय, हिमालयी)."""
    taken = set(pairs.values())
    yours = [key for key in other.weights if key not in taken and len(key) >= _ROOT]
    if not yours:
        return
    for key in one.weights:
        if key in pairs or len(key) < _ROOT or not _plain(key):
            continue
        for candidate in yours:
            short, long = sorted((key, candidate), key=len)
            if long.startswith(short) and len(long) - len(short) <= _SUFFIX:
                if candidate not in taken and _plain(candidate):
                    pairs[key] = candidate
                    taken.add(candidate)
                    break


def _add_phrases(one: Reading, other: Reading, pairs: dict[str, str]) -> set[str]:
    """A phrase and all of its words (सोने के दाम, दाम सोने के); words of the second so said."""
    covered: set[str] = set()
    for key, parts in one.phrases.items():
        if key not in pairs and len(parts) > 1 and other.weights.keys() >= set(parts):
            pairs[key] = parts[0]
            covered.update(parts)
    for key, parts in other.phrases.items():
        if len(parts) > 1 and one.weights.keys() >= set(parts) and key not in pairs.values():
            for part in parts:
                pairs.setdefault(part, key)
    return covered


def _add_retold(
    one: Reading, other: Reading, pairs: dict[str, str], covered: Set[str]
) -> set[str]:
    """What is left of a phrase and of its paraphrase (मां बनी, जन्म दिया).

    Returns:
        words of the second that are said by a phrase with fewer.
    """
    found: set[str] = set()
    mine, yours = one.content.retold, other.content.retold
    for line in sorted(mine.keys() & yours.keys()):
        for keys in mine[line]:
            for against in yours[line]:
                taken = {*pairs.values(), *covered, *found}
                left = [key for key in keys if key not in pairs]
                free = [key for key in against if key not in taken]
                if left and free:
                    pairs |= zip_longest(left, free[: len(left)], fillvalue=free[-1])
                    found.update(free)
    return found


def _add_parts(
    one: Reading, other: Reading, pairs: dict[str, str], covered: Set[str]
) -> set[str]:
    """A phrase and one of its words (परमाणु हथियार, एटमी बम)."""
    found: set[str] = set()
    taken = {*covered, *pairs.values()}
    for key, sides in one.sides.items():
        if key not in pairs and (part := _free(sides, other, taken)):
            pairs[key] = part
            taken.add(part)
            found.add(key)
    for key, sides in other.sides.items():
        if key not in taken and (part := _free(sides, one, pairs)):
            pairs[part] = key
            taken.add(key)
            found.add(part)
    return found


def _free(sides: Mapping[str, int], reading: Reading, taken: Collection[str]) -> str | None:
    """The first of a phrase's words that a claim has, no name, on its side, not yet aligned."""
    words = reading.weights.keys() - reading.names
    return next(
        (
            part
            for part in sides
            if part in words and part not in taken and _on_one_side(sides, part, reading)
        ),
        None,
    )


def _on_one_side(sides: Mapping[str, int], part: str, reading: Reading) -> bool:
    """Is a word not the contrary of its part in a phrase (दुरुस्त, तकनीकी खराबी)?"""
    told = {side for _, side in reading.signs.get(part, ())}
    return not told or sides[part] in told


def _plain(key: str) -> bool:
    return key[0] not in "@!" and " " not in key


def _add_names(one: Reading, other: Reading, pairs: dict[str, str]) -> None:
    """A surname or a given name is the whole name (पेसकोव, इमरान)."""
    taken, bodies = set(pairs.values()), lexicon().bodies
    left = (one.names | one.strange) - pairs.keys()
    if not left:
        return
    for key in sorted(left):
        for candidate in sorted((other.names | other.strange) - taken):
            if not (key in one.names or candidate in other.names):
                continue
            if key in bodies and candidate in bodies:
                continue
            mine, yours = _words(key), _words(candidate)
            if 1 in (len(mine), len(yours)) and (mine[-1] == yours[-1] or mine[0] == yours[0]):
                pairs[key] = candidate
                taken.add(candidate)
                break


def _words(name: str) -> list[str]:
    return list(map(stem, name.lstrip("@").split()))


@lru_cache(maxsize=65536)
def _heard(word: str) -> str:
    """A word with like vowel signs as one: in those spellings of a name differ most."""
    return word.translate(_VOWELS)


def _add_spellings(one: Reading, other: Reading, pairs: dict[str, str]) -> None:
    """Rare words that are spellings of one, or of a name; two known names are two."""
    taken = set(pairs.values())
    yours = [key for key in (*other.rare, *sorted(other.names)) if key not in taken]
    mine = [key for key in (*one.rare, *sorted(one.names)) if key not in pairs]
    if not yours or not mine:
        return
    from rapidfuzz.distance import Indel

    for key in mine:
        bare = key.lstrip("@")
        for candidate in yours:
            spelled = candidate.lstrip("@")
            if candidate[0] == "@" == key[0] or candidate in taken:
                continue
            if spelled[0] == bare[0]:
                if _heard(bare) == _heard(spelled) or (
                    Indel.normalized_similarity(bare, spelled) >= _SPELLING
                ):
                    pairs[key] = candidate
                    taken.add(candidate)
                    break
