"""Units after a number: currencies, percent, measures, and whatever is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from claimx.facts.lexicon import Phrases, data, singulars, words
from claimx.facts.numbers import is_number_word
from claimx.facts.tokens import Tokens, fold

# A folded plural that is certainly a noun, and its direct singular's ending.
_PLURALS = (("ियों", "ी"), ("ियां", "ी"), ("ाओं", "ा"), ("ाएं", "ा"), ("ों", ""))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in the text.

    Attributes:
        type: the fact's type.
        name: ISO 4217 code, unit symbol, English name of what is counted, or the
            Hindi singular of a noun that is not in the lists.
        end: the token after it.
        factor: what the number is multiplied by (0.01 for पैसे).
        counted: people or things, not a measure.
        listed: in the data, not guessed from a plural ending.
    """

    type: str
    name: str
    end: int = 0
    factor: Fraction = Fraction(1)
    counted: bool = False
    listed: bool = True

    def until(self, end: int) -> Unit:
        """The same unit, ending before a token."""
        return replace(self, end=end)


@dataclass(frozen=True, slots=True)
class _Units:
    fixed: Phrases[Unit]
    prefixes: Phrases[Unit]
    people: Phrases[Unit]
    things: Phrases[Unit]
    states: Phrases[Unit]
    glue: dict[str, frozenset[str]]
    most_glue: int
    far_glue: int
    nouns_only: frozenset[str]
    never: frozenset[str]
    modifiers: frozenset[str]
    adjectives: tuple[str, ...]
    most_modifiers: int
    not_nouns: frozenset[str]
    not_before: dict[str, frozenset[str]]
    rupee_joints: frozenset[str]
    rupee_nouns: frozenset[str]


@cache
def _units() -> _Units:
    raw, counted, rupees = data("units"), data("counted"), data("context")["rupees"]
    return _Units(
        Phrases(_fixed(), inflect=True),
        Phrases(
            (form, Unit("money", code))
            for code, currency in raw["money"].items()
            for form in currency.get("prefix", ())
        ),
        Phrases(_nouns("people"), inflect=True),
        Phrases(_nouns("things"), inflect=True),
        Phrases(_nouns("states")),
        {
            key: words(counted["state_glue"][key])
            for key in ("words", "joints", "stops", "genitive", "ko", "not_after_ko")
        },
        counted["state_glue"]["most"],
        counted["state_glue"]["far"],
        frozenset(counted["state_glue"]["after_genitive"]),
        words(counted["modifiers"]["never"]),
        words(counted["modifiers"]["words"]),
        tuple(fold(ending) for ending in counted["modifiers"]["endings"]),
        counted["modifiers"]["most"],
        words(counted["not_nouns"]["words"]),
        {fold(word): words(after) for word, after in raw["not_before"].items()},
        words(rupees["joints"]),
        words(rupees["nouns"]),
    )


def _fixed() -> Iterator[tuple[str, Unit]]:
    raw = data("units")
    for code, currency in raw["money"].items():
        for form in currency["forms"]:
            yield form, Unit("money", code)
    for code, forms in raw["subunits"].items():
        for form in forms:
            yield form, Unit("money", code, factor=Fraction(1, 100))
    for name, type_ in (("forms", "percent"), ("points", "quantity"), ("basis", "quantity")):
        unit = {"forms": "percent", "points": "percentage_point", "basis": "basis_point"}[name]
        for form in raw["percent"][name]:
            yield form, Unit(type_, unit)
    for dimension, measures in raw["measure"].items():
        for name, measure in measures.items():
            for form in measure["forms"]:
                yield form, Unit("duration" if dimension == "time" else "quantity", name)


def _nouns(section: str) -> Iterator[tuple[str, Unit]]:
    for name, forms in data("counted")[section].items():
        for form in forms:
            yield form, Unit("quantity", name, counted=True)


@cache
def dimensions() -> dict[str, tuple[str, float]]:
    """Every convertible unit with its dimension and its factor to the dimension's base."""
    return {
        name: (dimension, measure["factor"])
        for dimension, measures in data("units")["measure"].items()
        for name, measure in measures.items()
    }


def starts_currency(key: str) -> bool:
    """Can a currency before a number start with this folded word or sign?"""
    return _units().prefixes.starts(key)


def currency_before(tokens: Tokens, at: int) -> Unit | None:
    """₹, रु., $ and the like before a number."""
    found = _units().prefixes.longest(tokens, at)
    return found[0].until(found[1]) if found else None


def measure_after(tokens: Tokens, at: int) -> Unit | None:
    """A currency, percent or measure at a token."""
    lexicon = _units()
    found = lexicon.fixed.longest(tokens, at)
    if found is None:
        return None
    unit, end = found
    if end == at + 1:
        blocked = lexicon.not_before.get(tokens.key(at), frozenset())
        if tokens.key(end) in blocked:
            return None
    return unit.until(end)


def counted_after(tokens: Tokens, at: int, *, adjacent: bool = False) -> Unit | None:
    """What is counted, with what happened to them where they are people.

    Args:
        adjacent: only a listed noun right after the number (which may be a year).
    """
    lexicon = _units()
    people = False
    best: Unit | None = None
    here = at
    for _ in range(1 if adjacent else lexicon.most_modifiers + 1):
        found, people_here = lexicon.people.longest(tokens, here), True
        if found is None:
            found, people_here = lexicon.things.longest(tokens, here), False
        if found is not None:
            best, people = found[0].until(found[1]), people_here
            # Compounds end in their head: महिला कर्मचारी, टेस्ट मैच.
            attribute = found[1] == here + 1 and tokens.key(here) in lexicon.modifiers
            if attribute and not adjacent:
                here += 1
                continue
            break
        after = _past_modifier(tokens, here)
        if after == here:
            break
        here = after
    if best is None and not adjacent:
        best, people = _after_unknown(tokens, at)
    if best is None:
        state = _state(tokens, at)
        return state or (None if adjacent else _plural(tokens, at))
    return _state_of(tokens, best) if people else best


def _after_unknown(tokens: Tokens, at: int) -> tuple[Unit | None, bool]:
    """A listed noun after one unknown attribute (10 होनहार छात्र, 31 अब्राम्स टैंक)."""
    lexicon = _units()
    unknown = tokens.kind(at) == "word" and tokens.key(at) not in lexicon.never
    if not unknown:
        return None, False
    for nouns, people in ((lexicon.people, True), (lexicon.things, False)):
        found = nouns.longest(tokens, at + 1)
        if found:
            return found[0].until(found[1]), people
    return None, False


def is_attribute(tokens: Tokens, at: int) -> bool:
    """Is the word one that may qualify a noun after it (2015 महिला विश्व कप)?"""
    return tokens.key(at) in _units().modifiers


def _is_modifier(key: str) -> bool:
    return key in _units().modifiers or key.endswith(_units().adjectives)


def _past_modifier(tokens: Tokens, at: int) -> int:
    """The token after an attribute, or the same token; अलग-अलग is one."""
    if not _is_modifier(tokens.key(at)):
        return at
    doubled = tokens.key(at + 1) == "-" and tokens.key(at + 2) == tokens.key(at)
    return at + 3 if doubled else at + 1


def _state(tokens: Tokens, at: int) -> Unit | None:
    """मौत, घायल, गिरफ्तार right after a number: 12 की मौत, 30 भारतीय घायल."""
    lexicon = _units()
    here = at
    for _ in range(2):
        here = _past_modifier(tokens, here)
    if tokens.key(here) in lexicon.glue["joints"]:
        here += 1
    starts = [here, at]
    if tokens.kind(at) == "word" and tokens.key(at) not in lexicon.never:
        starts.append(at + 1)  # 24 नौसैनिक मारे गए
    for start in starts:
        found = lexicon.states.longest(tokens, start)
        if found:
            return found[0].until(found[1])
    return None


def _state_of(tokens: Tokens, people: Unit) -> Unit:
    """People, or what happened to them where the clause says it.

    Close by, the words belong to the fact (12 लोगों की मौत); farther on only the unit
    changes (12 लोगों ने अस्पताल में दम तोड़ा).
    """
    lexicon, glue = _units(), _units().glue
    genitive = tokens.key(people.end) in glue["genitive"]
    near = True
    for here in range(people.end, people.end + lexicon.far_glue):
        key = tokens.key(here)
        near = near and here <= people.end + lexicon.most_glue
        ko = tokens.key(here - 1) in glue["ko"] and key in glue["not_after_ko"]
        found = None if ko else lexicon.states.longest(tokens, here)
        if found and (near or not genitive or found[0].name in lexicon.nouns_only):
            return found[0].until(found[1] if near else people.end)
        near = near and key in glue["words"]
        stops = here > people.end and key in glue["stops"]
        counts = is_number_word(key) and key != fold("एक")
        if tokens.kind(here) != "word" or counts or (stops and not near):
            break
    return people


def _plural(tokens: Tokens, at: int) -> Unit | None:
    """An unlisted noun by its plural ending (श्लोकों), modifiers skipped."""
    lexicon = _units()
    here = at
    for _ in range(lexicon.most_modifiers):
        here = _past_modifier(tokens, here)
    key = tokens.key(here)
    if key in lexicon.not_nouns or tokens.kind(here) != "word":
        return None
    for ending, singular in _PLURALS:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            name = key[: -len(ending)] + singular
            return Unit("quantity", name, here + 1, counted=True, listed=False)
    return None


def implied_rupees(tokens: Tokens, at: int) -> bool:
    """Does a project, fine, fraud ... of this many lakhs or crores follow?"""
    lexicon = _units()
    if tokens.key(at) not in lexicon.rupee_joints:
        return False
    return any(
        singular in lexicon.rupee_nouns
        for ahead in (at + 1, at + 2, at + 3)
        for singular in singulars(tokens.key(ahead))
    )


@cache
def _numbers_of() -> tuple[frozenset[str], frozenset[str], frozenset[str], Phrases[Unit]]:
    raw = data("counted")["numbers_of"]
    special = {"words", "joints", "fillers"}
    nouns = (
        (form, Unit("quantity", name, counted=True))
        for name, forms in raw.items()
        if name not in special
        for form in forms
    )
    return words(raw["words"]), words(raw["joints"]), words(raw["fillers"]), Phrases(nouns)


def counted_before(tokens: Tokens, at: int) -> Unit | None:
    """The noun in "मृतकों की संख्या बढ़कर 25": what the number at a token counts."""
    counts, joints, fillers, nouns = _numbers_of()
    here = at - 1
    while here > at - 5 and tokens.key(here) in fillers:
        here -= 1
    if tokens.key(here) not in counts:
        return None
    last = here - 1 if tokens.key(here - 1) in joints else here
    for back in (1, 2, 3):
        found = nouns.longest(tokens, last - back)
        if found and found[1] == last:
            return found[0].until(at)
    return None
