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


def told() -> tuple[list[str], list[str]]:
    """Case markers, and the nouns of telling that they are found glued to."""
    table = _tables()["told"]
    return table["case_markers"], table["nouns"]
