"""The command line with a cheap analysis in the place of the models, and faults on demand.

    python -c "from tests.light import main; main()" extract ARTICLES --jobs 2

Everything but the networks is claimx itself, worker processes included. What goes wrong is
said by environment variables, so that workers see them too:

* ``LIGHT_PAUSE``: seconds that a sentence takes;
* ``LIGHT_MEMORY``: sentences for which memory suffices;
* ``LIGHT_KILL``: a folder; a worker that meets a text with ``मारक`` in it kills itself, once
  for each file in the folder, which it removes;
* ``LIGHT_PAGES``: pages by which the store may grow, ``LIGHT_TIMEOUT``: how long a locked
  one is waited for, in seconds; ``LIGHT_READONLY``: the store may not be written to.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator, Sequence
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import regex

import claimx.language
from claimx.language.analyzer import Analyzer
from claimx.language.layout import Analysis
from claimx.language.segments import MAX_SENTENCE_WORDS

KILLER = "मारक"
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\s]")
_UPOS = {
    **dict.fromkeys(("ने", "का", "के", "की", "को", "से", "में", "पर"), "ADP"),
    **dict.fromkeys(("कि",), "SCONJ"),
    **dict.fromkeys(("उन्होंने", "वे", "वह", "इसमें"), "PRON"),
    **dict.fromkeys(("है", "हैं", "था", "थे"), "AUX"),
}
_VERBS = {"कहा": "कह", "बताया": "बता", "बोले": "बोल", "होगा": "हो", "किया": "कर"}
# The words with names in them, in the texts of these tests.
NAMES = ("मोहन", "बंसल", "सविता", "राणे", "अरुण", "देशपांडे")


class LightEngine:
    """Words by spaces and marks, a flat tree under the last verb, names from a list."""

    def analyse(self, sentences: Sequence[str], trees: Sequence[bool]) -> list[list[Analysis]]:
        """See `claimx.language.engine.Engine`."""
        if len(sentences) > int(os.environ.get("LIGHT_MEMORY", 1 << 60)):
            raise MemoryError
        pause = float(os.environ.get("LIGHT_PAUSE", 0))
        results = []
        for sentence, tree in zip(sentences, trees, strict=True):
            if KILLER in sentence:
                _die_if_asked()
            if pause:
                time.sleep(pause)
            spans = [match.span() for match in _WORD.finditer(sentence)]
            results.append(
                [
                    _analysis(sentence, spans[at : at + MAX_SENTENCE_WORDS], tree)
                    for at in range(0, len(spans), MAX_SENTENCE_WORDS)
                ]
            )
        return results


def _analysis(sentence: str, spans: Sequence[tuple[int, int]], tree: bool) -> Analysis:
    words = [sentence[start:end] for start, end in spans]
    upos = [_part(word) for word in words]
    root = max((at for at, tag in enumerate(upos) if tag == "VERB"), default=len(words) - 1)
    heads, relations = [-1] * len(words), ["dep"] * len(words)
    if tree:
        heads = [root] * len(words)
        for at, tag in enumerate(upos):
            if tag == "ADP" and at:
                heads[at], relations[at] = at - 1, "case"
                if words[at] == "ने" and at - 1 != root:
                    relations[at - 1] = "nsubj"
            elif tag == "PUNCT":
                relations[at] = "punct"
        heads[root], relations[root] = -1, "root"
    return Analysis(
        spans=list(spans),
        upos=upos,
        feats=["_"] * len(words),
        lemmas=[_VERBS.get(word, word) for word in words],
        heads=heads,
        deprels=relations,
        entities=list(_entities(words)),
    )


def _part(word: str) -> str:
    if word in _VERBS:
        return "VERB"
    if word in NAMES:
        return "PROPN"
    if word.isdigit():
        return "NUM"
    return _UPOS.get(word) or ("NOUN" if regex.match(r"\p{L}", word) else "PUNCT")


def _entities(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end] in NAMES:
            end += 1
        if end > at:
            yield at, end, "PER"
        at = max(end, at + 1)


def _die_if_asked() -> None:
    for file in Path(os.environ["LIGHT_KILL"]).iterdir():
        file.unlink(missing_ok=True)
        os.kill(os.getpid(), signal.SIGKILL)


class LightAnalyzer(Analyzer):
    """claimx's own analyzer without the models; workers get it as it is."""

    def check(self) -> Path:
        """There is nothing to verify."""
        return Path()

    def load(self) -> Any:
        """There is nothing to load."""
        if self._engine is None:
            self._engine = LightEngine()
        return self._engine


def install() -> None:
    """Put the light analysis in the place of the models, in this process."""
    claimx.language.Analyzer = LightAnalyzer  # type: ignore[misc]
    claimx.language.resolve_models = lambda _: Path()  # type: ignore[assignment]


def main() -> None:
    """The command line, with faults."""
    install()
    BaseContext.set_forkserver_preload = lambda *_: None  # type: ignore[method-assign]
    from claimx import cli
    from claimx.store import StoreReader, schema

    if timeout := os.environ.get("LIGHT_TIMEOUT"):
        StoreReader.__init__.__kwdefaults__["timeout"] = float(timeout)
    opened = schema._open

    def harmed(*args: Any) -> sqlite3.Connection:
        connection = opened(*args)
        if pages := os.environ.get("LIGHT_PAGES"):
            (count,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {count + int(pages)}")
        if os.environ.get("LIGHT_READONLY"):
            connection.execute("PRAGMA query_only = ON")
        return connection

    schema._open = harmed
    cli.main()
