"""Several processes at one store: at once, killed, and reading meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from claimx.errors import StoreError
from claimx.store import Store, StoreReader
from tests.store.cases import an_issue, stored_issues, write_issues

SPAWN = multiprocessing.get_context("spawn")


def test_two_processes_write_at_once(path: Path) -> None:
    # Both make the store, and half of the articles are the same.
    writers = [
        SPAWN.Process(target=write_issues, args=(path, numbers))
        for numbers in (range(60), range(30, 90))
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    expected = {article.path: claims for article, claims in map(an_issue, range(90))}
    assert stored_issues(path) == expected
    with Store(path) as store:
        assert [s.claims for s in store.speakers()] == [90] * 7 + [1] * 90


def test_a_store_that_another_process_makes_while_it_is_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(sqlite3.Connection):
        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
            if sql == "PRAGMA user_version":
                monkeypatch.undo()
                write_issues(path, range(1))
            return super().execute(sql, *given)

    begun = sqlite3.connect(path)
    begun.execute("PRAGMA journal_mode = WAL")
    begun.close()
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Slow))
    write_issues(path, range(1, 2))
    assert len(stored_issues(path)) == 2


def test_a_writer_killed_twice_is_completed_by_a_rerun(path: Path) -> None:
    expected = {article.path: claims for article, claims in map(an_issue, range(100))}
    for enough in (15, 40):
        writer = SPAWN.Process(target=write_issues, args=(path, range(100), True))
        writer.start()
        deadline = time.monotonic() + 60
        while writer.is_alive() and count_articles(path) < enough:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join(60)
        assert writer.exitcode == -signal.SIGKILL
        found = stored_issues(path)
        assert enough <= len(found) < 100
        assert found == {place: expected[place] for place in found}
    write_issues(path, range(100))
    assert stored_issues(path) == expected


def count_articles(path: Path) -> int:
    try:
        with StoreReader(path) as reader:
            return len(list(reader.articles()))
    except StoreError:
        return 0


def test_readers_see_whole_articles_while_another_writes(path: Path) -> None:
    write_issues(path, range(1))
    with StoreReader(path) as reader, Store(path) as store:
        seen = reader.claims()
        first = next(seen)
        store.forget("/run")
        assert len([first, *seen]) == 8
        assert list(reader.claims()) == []
