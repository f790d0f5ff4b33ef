"""Texts for the tests of the language room."""

from __future__ import annotations

from hypothesis import strategies as st

from claimx.language import preload, resolve_models
from claimx.records import Article, Parsed


def article(text: str, path: str = "लेख.txt") -> Article:
    return Article(path=path, text=text, source="परीक्षा")


def is_preloaded(_: Parsed) -> bool:
    """Was this process born with the bundled models?"""
    return preload.engine(resolve_models("bundled")) is not None


# Text as the web has it: Hindi words, marks of every kind, things nobody types on purpose.
WORDS = ["सरकार", "ने", "कहा", "कि", "है", "बाज़ार", "नरेन्‍द्र", "डॉ", "5.2", "COVID-19", "ड़", "ड़"]


MARKS = ["।", ".", "|", "?", "!", ",", '"', "'", "“", "”", "‘", "’", "''", "(", ")", "-", "…"]


JUNK = [
    "\u200d",
    "\u00ad",
    "\u202e",
    "\ufeff",
    "\x1b[31m",
    "\x00",
    "\u3000",
    "\ud83d",
    "😀",
    "़",
]


SPACES = [" ", "  ", "\n", "\n\n", "\t"]


texts = st.lists(st.sampled_from(WORDS + MARKS + JUNK + SPACES), max_size=60).map("".join)
