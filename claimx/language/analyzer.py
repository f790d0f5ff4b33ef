"""Articles in, frozen `Parsed` records out, a bounded number of words at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from claimx.language.layout import assemble, lay_out
from claimx.language.models import resolve_models, verify
from claimx.records import Article, Parsed

if TYPE_CHECKING:
    from claimx.language.engine import Engine
    from claimx.language.workers import Pool

T = TypeVar("T")

# Code points analysed together: sentences of many articles fill the networks' passes.
# The first batches are small, so that the first results of a long run come early.
FIRST_BATCH = 8_000
BATCH = 128_000
# With several workers batches are smaller, so that none is long at the last one.
WORKER_BATCH = 16_000
# Up to this many code points the start of worker processes costs more than they save.
ALONE = 40_000
# More than two are slower: these networks wait for memory.
_MAX_JOBS = 2


class Analyzer:
    """Stanza's Hindi models behind one call; they are loaded at the first use.

    Args:
        models: a Stanza resources folder; by default the one that `resolve_models` gives.
        needs_tree: does this sentence's clean text need a dependency tree and decoded
            lemmas? Words of other sentences have head -1 and relation ``dep``. By default
            every sentence does. Must be picklable for more than one job.
        body: code points at an article's start that are no prose (front matter).
    """

    def __init__(
        self,
        models: Path | None = None,
        *,
        needs_tree: Callable[[str], bool] | None = None,
        body: Callable[[Article], int] | None = None,
    ) -> None:
        self._models = models
        self._needs_tree = needs_tree
        self._body = body
        self._engine: Engine | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Settings without the models: what a worker process needs."""
        return self.__dict__ | {"_engine": None}

    def check(self) -> None:
        """Verify the models without loading them.

        Raises:
            ModelError: if one is missing, damaged or swapped.
        """
        verify(self.folder)

    @property
    def folder(self) -> Path:
        """Where the models are."""
        return self._models or resolve_models(None)

    def load(self) -> Engine:
        """Verify and load the models now, once.

        Raises:
            ModelError: if one is missing, damaged or swapped.
        """
        if self._engine is None:
            from claimx.language import preload
            from claimx.language.memory import RememberingEngine

            engine = preload.engine(self.folder)
            if engine is None:
                from claimx.language.engine import load_engine

                engine = load_engine(self.folder)
            self._engine = RememberingEngine(engine)
        return self._engine

    def parse(self, articles: Iterable[Article], jobs: int = 1) -> Iterator[Parsed]:
        """Analyse articles, in order and as they come.

        Args:
            articles: read as the batches need them.
            jobs: worker processes; 1 works in this one.

        Raises:
            ModelError: if a model is missing, damaged or swapped.
        """
        for _, parsed in self.map(articles, _itself, jobs):
            if isinstance(parsed, Exception):
                raise parsed
            yield parsed

    def map(
        self,
        articles: Iterable[Article],
        function: Callable[[Parsed], T],
        jobs: int | None = 1,
    ) -> Iterator[tuple[Article, T | Exception]]:
        """Analyse articles and apply a function to each, where its analysis is.

        Args:
            articles: read as the batches need them.
            function: applied in the worker process; picklable for more than one job.
            jobs: worker processes; 1 works in this one, None takes as many as pay.

        Yields:
            Each article, in order, with the function's result or the exception that this
            article alone met.

        Raises:
            ModelError: if a model is missing, damaged or swapped.
        """
        workers = jobs or min(_MAX_JOBS, _cores())
        if workers == 1:
            yield from self._map_here(batches(articles), function)
            return
        source = batches(articles, largest=WORKER_BATCH)
        first = list(_beginning(source, 0 if jobs else ALONE))
        ahead = next(source, None)
        pool = self._pool(function, workers, bool(jobs)) if ahead else None
        source = chain(first, [ahead] if ahead else [], source)
        yield from pool.map(source) if pool else self._map_here(source, function)

    def _pool(
        self, function: Callable[[Parsed], T], workers: int, asked_for: bool
    ) -> Pool | None:
        """Worker processes, or None where there can be none and nobody asked for them."""
        from claimx.language.workers import NoWorkers, Pool

        try:
            return Pool(self, function, workers)
        except NoWorkers:
            if asked_for:
                raise
            return None

    def _map_here(
        self, source: Iterable[list[Article]], function: Callable[[Parsed], T]
    ) -> Iterator[tuple[Article, T | Exception]]:
        for batch in source:
            yield from zip(batch, self.apply(batch, function), strict=True)

    def apply(
        self, articles: Sequence[Article], function: Callable[[Parsed], T]
    ) -> list[T | Exception]:
        """Analyse one batch of articles and apply a function to each."""
        self.load()
        results: list[T | Exception] = []
        for article, parsed in zip(articles, self._analyse(articles), strict=True):
            if isinstance(parsed, Exception):
                results.append(parsed)
                continue
            try:
                results.append(function(parsed))
            except Exception as error:
                error.add_note(f"in article {article.path}")
                results.append(error)
        return results

    def _analyse(self, articles: Sequence[Article]) -> list[Parsed | Exception]:
        """Analyse a batch; an article that fails is reported and takes no other with it."""
        try:
            return list(self._analyse_together(articles))
        except Exception as error:
            if len(articles) == 1:
                error.add_note(f"in article {articles[0].path}")
                return [error]
        return [result for article in articles for result in self._analyse([article])]

    def _analyse_together(self, articles: Sequence[Article]) -> Iterator[Parsed]:
        body = self._body
        layouts = [lay_out(article, body(article) if body else 0) for article in articles]
        sentences = [text for layout in layouts for text in layout.texts()]
        needed = self._needs_tree
        trees = [needed is None or needed(sentence) for sentence in sentences]
        analyses = self.load().analyse(sentences, trees)
        at = 0
        for layout in layouts:
            count = len(layout.sentences)
            yield assemble(layout, analyses[at : at + count])
            at += count


def batches(
    articles: Iterable[Article], first: int | None = None, largest: int | None = None
) -> Iterator[list[Article]]:
    """Group articles, in order, into batches that grow to at most ``largest`` code points.

    An article longer than that is a batch of its own.
    """
    batch: list[Article] = []
    size, limit, largest = 0, first or FIRST_BATCH, largest or BATCH
    for article in articles:
        if batch and size + len(article.text) > limit:
            yield batch
            batch, size, limit = [], 0, min(2 * limit, largest)
        batch.append(article)
        size += len(article.text)
    if batch:
        yield batch


def _beginning(source: Iterator[list[Article]], size: int) -> Iterator[list[Article]]:
    """The first batches, of more than ``size`` code points together."""
    for batch in source:
        yield batch
        size -= sum(len(article.text) for article in batch)
        if size < 0:
            return


def _cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _itself(parsed: Parsed) -> Parsed:
    return parsed
