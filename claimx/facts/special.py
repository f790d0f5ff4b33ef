"""Numbers with a sign, and scores: माइनस 5, शून्य से 5 डिग्री नीचे, 3-2 से हराया."""

from __future__ import annotations

from functools import cache

from claimx.facts.amounts import Amount, parse_amount
from claimx.facts.bounds import bound_after, bound_before, strictest
from claimx.facts.candidate import Candidate, Value, plain
from claimx.facts.lexicon import data, words
from claimx.facts.tokens import Tokens
from claimx.facts.units import measure_after
from claimx.records import Bound


@cache
def _context() -> dict[str, frozenset[str]]:
    raw = data("context")
    return {
        "minus": words(raw["negative"]["words"]),
        "zero": words(raw["negative"]["zero"]),
        "joints": words(raw["negative"]["joints"]),
        "below": words(raw["negative"]["below"]),
        "before": words(raw["negative"]["before"]),
        "score_joints": words(raw["scores"]["joints"]),
        "score_verbs": words(raw["scores"]["verbs"]),
    }


@cache
def signed_units() -> frozenset[str]:
    """Units whose values may be negative."""
    return frozenset(data("context")["negative"]["units"])


def starts_sign(key: str) -> bool:
    """Is this a minus, or शून्य as in शून्य से नीचे?"""
    return key == "-" or key in _context()["minus"] or key in _context()["zero"]


def sign_at(tokens: Tokens, at: int) -> tuple[int, int]:
    """-1 and the number's token after a minus sign or माइनस, else 1."""
    if tokens.key(at) in _context()["minus"]:
        return -1, at + 1
    dash = tokens.key(at) == "-" and tokens.glued(at + 1)
    if dash and tokens.kind(at + 1) == "number" and not tokens.glued(at):
        return -1, at + 1
    return 1, at


def may_be_negative(tokens: Tokens, at: int) -> bool:
    """Is a bare "-5" a temperature or a rate, by the words before it?"""
    near = (tokens.key(at - 1), tokens.key(at - 2))
    return at == 0 or any(key in _context()["before"] for key in near)


def below_zero(tokens: Tokens, at: int) -> Candidate | None:
    """शून्य से 5 डिग्री नीचे, शून्य से नीचे 5 डिग्री."""
    lists = _context()
    if tokens.key(at) not in lists["zero"] or tokens.key(at + 1) not in lists["joints"]:
        return None
    here = at + 2
    below = tokens.key(here) in lists["below"]
    more, here = bound_before(tokens, here + 1 if below else here)
    amount = parse_amount(tokens, here)
    if amount is None:
        return None
    unit = measure_after(tokens, amount.end)
    end = unit.end if unit else amount.end
    if unit is not None and unit.name not in signed_units():
        return None
    if not below:
        after, past = bound_after(tokens, end)
        more, end = strictest(more, after), past
        if tokens.key(end) not in lists["below"]:
            return None
        end += 1
    low = plain(-amount.low.value)
    value: Value = low if amount.high is None else [plain(-amount.high), low]
    bound: Bound = more if amount.high is None else "range"
    return Candidate("quantity", value, unit.name if unit else "degree", at, end, bound)


def parse_score(tokens: Tokens, at: int, amount: Amount) -> Candidate | None:
    """3-2 से हराया: the score of a match, not a range."""
    first, second = tokens.number(at), tokens.number(at + 2)
    if first is None or second is None or tokens.key(at + 1) != "-":
        return None
    if max(first, second) > 200 or first.denominator != 1 or second.denominator != 1:
        return None
    lists = _context()
    ahead = [tokens.key(at + step) for step in (3, 4, 5, 6)]
    won = any(key in lists["score_verbs"] for key in ahead)
    wins = won and ahead[0] in lists["score_joints"]
    # Falling figures are no range either: 6-2, 6-4.
    glued = first >= second and tokens.glued(at + 1) and tokens.glued(at + 2)
    bare = glued and amount.high is None and measure_after(tokens, at + 3) is None
    if not wins and ahead[0] not in lists["score_verbs"] and not (bare and first != second):
        return None
    return Candidate("quantity", f"{first}-{second}", "score", at, at + 3)
