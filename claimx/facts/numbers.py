"""Hindi numbers: digits, words and mixtures of both, to a value.

The grammar is the usual one for Indo-Aryan numerals: a coefficient below a hundred (or
digits), multiplied by the power after it, powers falling; a higher power multiplies all
that stands before it (3 हजार करोड़). साढ़े, सवा and पौने shift the coefficient by a fraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from claimx.facts.lexicon import Phrases, data, words
from claimx.facts.tokens import Tokens, fold

# Digits read after a spoken decimal point, at most.
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text.

    Attributes:
        value: exact.
        end: the token after it.
        coefficient: what stands before the powers (3 in तीन लाख).
        scale: product of the powers where the number is one coefficient and its
            powers, else 1.
        bare: only a power without a coefficient (लाख रुपये).
        vague: a plural such as हजारों, or कई लाख: at least this many.
        spelled: the last part is a word, not digits.
        grouped: written with thousands separators or a decimal point.
    """

    value: Fraction
    end: int
    coefficient: Fraction
    scale: int = 1
    bare: bool = False
    vague: bool = False
    spelled: bool = False
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    cardinals: dict[str, int]
    multipliers: dict[str, int]
    alone: dict[str, Fraction]
    plus: dict[str, Fraction]
    parts: dict[str, int]
    point: frozenset[str]
    plurals: dict[str, int]
    several: frozenset[str]
    all_ending: str
    filler: str
    arab: frozenset[str]
    before_verb: frozenset[str]
    clause_ends: frozenset[str]
    idioms: Phrases[bool]


@cache
def _words() -> _Words:
    raw = data("numbers")
    fractions = raw["fractions"]
    return _Words(
        {fold(w): int(n) for n, forms in raw["cardinals"].items() for w in forms},
        {fold(w): int(n) for n, forms in raw["multipliers"].items() for w in forms},
        {fold(w): Fraction(n) for w, n in fractions["alone"].items()},
        {fold(w): Fraction(n) for w, n in fractions["plus"].items()},
        {fold(w): n for w, n in fractions["parts"].items()},
        words(fractions["point"]),
        {fold(w): n for w, n in raw["vague"]["plurals"].items()},
        words(raw["vague"]["several"]),
        fold(raw["vague"]["all_ending"]),
        fold(raw["vague"]["filler"]),
        words(raw["idioms"]["arab"]),
        words(raw["idioms"]["before_verb"]),
        words(raw["idioms"]["clause_ends"]),
        Phrases((phrase, True) for phrase in raw["idioms"]["phrases"]),
    )


def cardinal(key: str) -> int | None:
    """The value of a folded number word below a hundred, or of सौ, हजार and so on."""
    lexicon = _words()
    return lexicon.cardinals.get(key, lexicon.multipliers.get(key))


def is_vague(key: str) -> bool:
    """Is this folded word a plural such as हजारों, or कई?"""
    return key in _words().plurals or key in _words().several


def idiom(tokens: Tokens, at: int) -> int | None:
    """The token after a phrase whose number word is no number (दो टूक), or None."""
    found = _words().idioms.longest(tokens, at)
    return found[1] if found else None


def _word(key: str) -> int | None:
    """A number word below a hundred, also as "all three" (तीनों); दोनों is a pronoun."""
    lexicon = _words()
    if key.endswith(lexicon.all_ending):
        value = lexicon.cardinals.get(key.removesuffix(lexicon.all_ending), 0)
        return value if value > 2 else None
    return lexicon.cardinals.get(key)


def starts_number(tokens: Tokens, at: int) -> bool:
    """Can a number start here?"""
    return tokens.kind(at) == "number" or is_number_word(tokens.key(at))


@lru_cache(maxsize=8192)
def is_number_word(key: str) -> bool:
    """Can a number start with this folded word?"""
    lexicon = _words()
    return (
        _word(key) is not None
        or key in lexicon.multipliers
        or key in lexicon.alone
        or key in lexicon.plus
        or key in lexicon.parts
        or key in lexicon.plurals
        or key in lexicon.several
    )


def parse_number(tokens: Tokens, at: int) -> Number | None:
    """The longest number that starts at a token, or None.

    Digits that name something (कोविड-19, phone numbers) are left to the caller; idioms
    and the verb दो are not numbers.
    """
    if not starts_number(tokens, at) or idiom(tokens, at):
        return None
    return _vague(tokens, at) or _part(tokens, at) or _chain(tokens, at)


def _vague(tokens: Tokens, at: int) -> Number | None:
    """हजारों, सैकड़ों करोड़, लाखों-करोड़ों, कई लाख."""
    lexicon = _words()
    if tokens.key(at) in lexicon.several:
        if tokens.key(at + 1) not in lexicon.multipliers:
            return None
        value, end = Fraction(1), at + 1
    elif tokens.key(at) in lexicon.plurals:
        value, end = Fraction(lexicon.plurals[tokens.key(at)]), at + 1
        if tokens.key(end) == "-" and tokens.key(end + 1) in lexicon.plurals:
            end += 2
    else:
        return None
    while _multiplier(tokens, end):
        value *= _multiplier(tokens, end)
        end += 1
    return Number(value, end, value, vague=True, spelled=True)


def _part(tokens: Tokens, at: int) -> Number | None:
    """एक तिहाई, दो-तिहाई, तीन चौथाई, चौथाई."""
    lexicon = _words()
    count, end = Fraction(1), at
    if tokens.key(end) not in lexicon.parts:
        found = lexicon.cardinals.get(tokens.key(at)) or tokens.number(at)
        if found is None or not 0 < found < 10:
            return None
        count, end = Fraction(found), at + 1
        if tokens.key(end) == "-":
            end += 1
    denominator = lexicon.parts.get(tokens.key(end))
    if denominator is None:
        return None
    value = count / denominator
    return Number(value, end + 1, value, spelled=True)


def _chain(tokens: Tokens, at: int) -> Number | None:
    """Coefficients and powers: 4 लाख 20 हजार 898; 3 हजार करोड़; साढ़े तीन लाख."""
    lexicon = _words()
    # Sums still open, each with the smallest power inside it, falling.
    stack: list[tuple[Fraction, int]] = []
    coefficients: list[Fraction] = []
    scale, grouped = 1, False
    end = opened = at
    while True:
        power = _multiplier(tokens, end)
        if power:
            if not stack and (power >= 10**9 or tokens.kind(end - 1) == "number"):
                break  # अरब alone is the Arab world
            rest = [term for term in stack if term[1] >= power]
            lower = stack[len(rest) :]
            if rest and (rest[-1][1] == power or not lower):
                if lower and lower[-1][1] == 1:  # एक लाख, एक लाख: another number begins
                    end = opened
                    stack.pop()
                break
            total = sum((value for value, _ in lower), Fraction(0)) if lower else Fraction(1)
            stack = [*rest, (total * power, power)]
            scale *= power
            end += 1
            continue
        read = _coefficient(tokens, end)
        if read is None or not _fits(tokens, end, read[0], stack):
            break
        coefficients.append(read[0])
        stack.append((read[0], 1))
        grouped = grouped or any(mark in tokens.key(end) for mark in ",.")
        opened, end = end, read[1]
    if not stack or _is_verb(tokens, at, end):
        return None
    total = sum((value for value, _ in stack), Fraction(0))
    spelled = tokens.kind(end - 1) != "number"
    bare = not coefficients
    if tokens.key(end - 1) in lexicon.multipliers and tokens.key(end) == lexicon.filler:
        end, bare = end + 1, False  # दर्जन भर
    coefficient = coefficients[0] if coefficients else Fraction(1)
    simple = total == coefficient * scale
    return Number(
        total, end, coefficient, scale if simple else 1, bare, False, spelled, grouped
    )


def _fits(tokens: Tokens, at: int, value: Fraction, stack: list[tuple[Fraction, int]]) -> bool:
    """May a coefficient follow the terms read so far (20 after 4 लाख, not after 4)?"""
    if not stack:
        return True
    power = stack[-1][1]
    glued = tokens.kind(at) == "number" and tokens.glued(at)
    return 0 < value < power and power != 12 and not glued


def _multiplier(tokens: Tokens, at: int) -> int:
    """The power at a token, or 0; अरब before देश is the Arab world."""
    lexicon = _words()
    power = lexicon.multipliers.get(tokens.key(at), 0)
    if power == 10**9 and tokens.key(at + 1) in lexicon.arab:
        return 0
    return power


def _coefficient(tokens: Tokens, at: int) -> tuple[Fraction, int] | None:
    """Digits, a word below a hundred, or a fraction, and the token after it."""
    lexicon, key = _words(), tokens.key(at)
    if key in lexicon.plus:
        shift = lexicon.plus[key]
        base = _plain(tokens, at + 1)
        if base is not None:
            return base[0] + shift, base[1]
        if shift == Fraction(1, 2):
            return None
        return 1 + shift, at + 1
    if key in lexicon.alone:
        return lexicon.alone[key], at + 1
    return _plain(tokens, at)


def _plain(tokens: Tokens, at: int) -> tuple[Fraction, int] | None:
    """Digits or a word below a hundred, with spoken decimals (तीन दशमलव पांच)."""
    lexicon = _words()
    value = tokens.number(at)
    end = at + 1
    if value is None:
        word = _word(tokens.key(at))
        if word is None:
            return None
        value = Fraction(word)
        if tokens.key(at) == "छ" and tokens.key(end) == ":" and tokens.glued(end):
            end += 1
    if tokens.key(end) in lexicon.point:
        digits, after = "", end + 1
        while after <= end + _MOST_DECIMALS:
            number = tokens.number(after)
            digit = lexicon.cardinals.get(tokens.key(after)) if number is None else number
            if digit is None or digit.denominator != 1 or (digits and digit > 9):
                break
            digits += str(digit)
            after += 1
        if digits:
            return value + Fraction(int(digits), 10 ** len(digits)), after
    return value, end


def _is_verb(tokens: Tokens, at: int, end: int) -> bool:
    """Is this दो "give!", at the end of its clause after a verb ("करने दो")?"""
    lexicon = _words()
    return (
        end == at + 1
        and tokens.key(at) == "दो"
        and tokens.key(at - 1) in lexicon.before_verb
        and tokens.key(end) in lexicon.clause_ends
    )
