"""What the tokenizer knows of Hindi, from ``tokens.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    text = resources.files("claimx.language").joinpath("tokens.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(word for words in _tables()[table].values() for word in words)


def sentence_final() -> frozenset[str]:
    """Words after which a full stop ends the sentence."""
    return _words("final")


def word_edges() -> frozenset[str]:
    """Function words that are found glued to the word before or after them."""
    return _words("glued")


def told() -> list[tuple[list[str], list[str]]]:
    """What is found glued in telling: first words, and the words that are stuck to them.

    Case markers with nouns of telling, and verbs of telling with their conjunction.
    """
    tables = _tables()
    markers, verbs = tables["told"], tables["reported"]
    return [
        (markers["case_markers"], markers["nouns"]),
        (verbs["verbs"], verbs["conjunctions"]),
    ]
