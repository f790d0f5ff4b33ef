"""Analysis in worker processes: whole batches out, results back in the order of the input.

A worker that dies (killed, out of memory, a crash in native code) is noticed, another takes
its place, and the articles it was at are tried again one by one; only an article that takes
every worker with it is reported.
"""

from __future__ import annotations

import multiprocessing
import pickle
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any, TypeVar

from claimx.errors import ClaimxError, InputError
from claimx.language import preload
from claimx.records import Article, Parsed

if TYPE_CHECKING:
    from claimx.language.analyzer import Analyzer

T = TypeVar("T")

# Batches handed to a worker ahead of its work, so that it never waits for this process.
_AHEAD = 2
# Batches under way for each worker, finished ones that wait for their turn included.
_WINDOW = 4
# Workers that an article may take with it before it is given up.
_ATTEMPTS = 3
# Workers in a row that may die before they have loaded their models.
_MAX_STILLBORN = 10


@dataclass(slots=True)
class _Batch:
    """Articles under way and what has come of them so far."""

    articles: Sequence[Article]
    results: list[Any]
    missing: int


@dataclass(frozen=True, slots=True)
class _Task:
    """Some articles of a batch, for one worker."""

    batch: _Batch
    places: tuple[int, ...]
    attempt: int = 1

    def articles(self) -> list[Article]:
        return [self.batch.articles[at] for at in self.places]

    def fill(self, results: Sequence[Any]) -> None:
        for at, result in zip(self.places, results, strict=True):
            self.batch.results[at] = result
            self.batch.missing -= 1


@dataclass(slots=True)
class _Worker:
    process: Any
    connection: Connection
    started: bool = False
    tasks: deque[_Task] = field(default_factory=deque)


class NoWorkers(ClaimxError):
    """Worker processes cannot be started here."""


class Pool:
    """Worker processes and what each is at.

    Args:
        analyzer: used for its settings; every worker loads the models itself.
        function: applied to each analysis; picklable, as are its results.
        jobs: worker processes.

    Raises:
        ModelError: if a model is missing, damaged or swapped.
        NoWorkers: if worker processes cannot be started.
    """

    def __init__(
        self, analyzer: Analyzer, function: Callable[[Parsed], Any], jobs: int
    ) -> None:
        analyzer.check()
        self._settings = pickle.dumps((analyzer, function))
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._retries: deque[_Task] = deque()
        self._stillborn = 0
        try:
            self._context = _context(analyzer, function)
        except OSError as error:
            raise _no_workers(error) from error
        self._start()

    def map(self, batches: Iterator[list[Article]]) -> Iterator[tuple[Article, Any]]:
        """See `Analyzer.map`; the workers end with it."""
        try:
            yield from self._run(batches)
        finally:
            self._close()

    def _run(self, source: Iterator[list[Article]]) -> Iterator[tuple[Article, Any]]:
        """Results in the order of the source."""
        under_way: deque[_Batch] = deque()
        more = True
        while more or under_way:
            while worker := self._free():
                if self._retries:
                    self._send(worker, self._retries.popleft())
                    continue
                if not more or len(under_way) >= _WINDOW * self._jobs:
                    break
                articles = next(source, None)
                if articles is None:
                    more = False
                    break
                batch = _Batch(articles, [None] * len(articles), len(articles))
                under_way.append(batch)
                self._send(worker, _Task(batch, tuple(range(len(articles)))))
            if under_way and not under_way[0].missing:
                done = under_way.popleft()
                yield from zip(done.articles, done.results, strict=True)
            elif under_way:
                self._receive()

    def _close(self) -> None:
        """End all workers, whatever they are at."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()

    def _free(self) -> _Worker | None:
        """A worker with room for a batch, if need be a new one."""
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if least is not None and not least.tasks:
            return least
        if len(self._workers) < self._jobs:
            return self._start()
        return least if least is not None and len(least.tasks) < _AHEAD else None

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, self._settings), name="claimx-worker", daemon=True
        )
        try:
            process.start()
        except OSError as error:
            raise _no_workers(error) from error
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _send(self, worker: _Worker, task: _Task) -> None:
        worker.tasks.append(task)
        try:
            worker.connection.send(task.articles())
        except (BrokenPipeError, ConnectionResetError):
            self._bury(worker)

    def _receive(self) -> None:
        """Wait for news from a worker and take it in."""
        connections = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(connections)):
            worker = connections[connection]  # type: ignore[index]
            try:
                news = worker.connection.recv()
            except (EOFError, ConnectionResetError):
                self._bury(worker)
                continue
            if isinstance(news, Exception):  # it cannot work at all
                raise news
            worker.started, self._stillborn = True, 0
            if news is not None:
                worker.tasks.popleft().fill(news)

    def _bury(self, worker: _Worker) -> None:
        """Share out again what a dead worker had; the first task may be what killed it."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join(5)
        code = worker.process.exitcode
        cause = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        if not worker.started:
            self._stillborn += 1
            if self._stillborn > _MAX_STILLBORN:
                raise ClaimxError(
                    f"worker processes die while they start ({cause}); try again with --jobs 1"
                )
            self._retries.extend(worker.tasks)
            return
        if not worker.tasks:
            return
        suspect, *innocent = worker.tasks
        self._retries.extend(innocent)
        if suspect.attempt < _ATTEMPTS:
            self._retries.extend(
                _Task(suspect.batch, (at,), suspect.attempt + 1) for at in suspect.places
            )
            return
        for at, article in zip(suspect.places, suspect.articles(), strict=True):
            reason = f"left out: {_ATTEMPTS} worker processes died on it ({cause})"
            _Task(suspect.batch, (at,)).fill([InputError(article.path, reason)])


def _no_workers(error: OSError) -> NoWorkers:
    return NoWorkers(f"cannot start a worker process ({error}); try again with --jobs 1")


def _context(analyzer: Analyzer, function: Callable[[Parsed], Any]) -> BaseContext:
    """How to start processes: safe with threads, and the models loaded once where possible."""
    if sys.platform in ("win32", "darwin"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload.__name__, function.__module__])
    with preload.announced(analyzer.folder), _deaf():
        forkserver.ensure_running()
    return context


@contextmanager
def _deaf() -> Iterator[None]:
    """Whoever is born now does not hear Ctrl-C, which reaches the whole group."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, kept)


def _work(connection: Connection, settings: bytes) -> None:
    """A worker's life: load, say so, then a list of results for every list of articles."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    try:
        analyzer, function = pickle.loads(settings)
        analyzer.load()
    except Exception as error:
        _tell(connection, _portable(error))
        return
    if not _tell(connection, None):
        return
    tasks: queue.Queue[list[Article] | None] = queue.Queue()
    threading.Thread(target=_listen, args=(connection, tasks), daemon=True).start()
    while (articles := tasks.get()) is not None:
        results = [
            _portable(result) if isinstance(result, Exception) else result
            for result in analyzer.apply(articles, function)
        ]
        try:
            if not _tell(connection, results):
                return
        except Exception as error:  # results that cannot be pickled
            _tell(connection, _portable(error))
            return


def _tell(connection: Connection, news: Any) -> bool:
    """Send something to the parent; False where it is gone."""
    try:
        connection.send(news)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _listen(connection: Connection, tasks: queue.Queue[list[Article] | None]) -> None:
    """Read ahead, so that the parent is not kept waiting while this process works."""
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        tasks.put(None)


def _portable(error: Exception) -> Exception:
    """An exception that survives the way to the parent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return ClaimxError(f"{type(error).__name__}: {error}")
    return error
