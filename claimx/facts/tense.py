"""Past or future: which way a date without a direction points."""

from __future__ import annotations

from functools import cache

import regex

from claimx.facts.lexicon import Phrases, data, words
from claimx.facts.periods import Tense
from claimx.facts.tokens import Tokens, fold


@cache
def _past() -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in data("dates")["tense"]["past"])


@cache
def _future() -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in data("dates")["tense"]["future"])


@cache
def _pending() -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in data("dates")["tense"]["pending"])


@cache
def _endings() -> tuple[regex.Pattern[str], frozenset[str], frozenset[str], int]:
    raw = data("dates")["tense"]
    endings = "|".join(regex.escape(fold(ending)) for ending in raw["future_endings"])
    stops = frozenset(raw["stops"])
    return regex.compile(f"(?:{endings})$"), words(raw["not_future"]), stops, raw["reach"]


def tense_after(tokens: Tokens, at: int) -> Tense | None:
    """The tense of the first verb that shows one after a token, in the same sentence."""
    endings, exceptions, stops, reach = _endings()
    for here in range(at, min(at + reach, len(tokens))):
        key = tokens.key(here)
        if key in stops:
            return None
        if tokens.kind(here) != "word":
            continue
        past = _past().longest(tokens, here)
        if past:
            passive = endings.search(tokens.key(past[1]))  # खेला जाएगा
            return "future" if passive or _pending().longest(tokens, past[1]) else "past"
        if _future().longest(tokens, here):
            return "future"
        if key not in exceptions and endings.search(key):
            return "future"
    return None
