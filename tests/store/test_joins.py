"""What joining gave is remembered for the next run over the same articles."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from claimx.store import Store
from tests.store.cases import save_issues


@pytest.mark.parametrize("lines", [[], ["क"], ["क", "", "{\u2028}"], ["क" * 10_000] * 3])
def test_lines_are_recalled_by_their_key(path: Path, lines: list[str]) -> None:
    with Store(path) as store:
        assert store.recall("one") is None
        store.remember("one", ["another"])
        store.remember("one", lines)
        store.remember("two", ["ख"])
    with Store(path) as store:
        assert store.recall("one") == lines
        assert store.recall("two") == ["ख"]


def test_the_oldest_give_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimx.store.store._REMEMBERED", 3)
    for number in range(10):
        store.remember(str(number), [str(number)])
    kept = [store.recall(str(number)) for number in range(10)]
    assert kept == [None] * 7 + [["7"], ["8"], ["9"]]


def test_forgetting_an_article_leaves_none_of_its_words(path: Path) -> None:
    with Store(path) as store:
        save_issues(store, range(2))
        store.remember("key", ["बात 0 0"])
        assert store.forget("/run/none.txt") == 0
        assert store.recall("key") == ["बात 0 0"]
        assert store.forget("/run/000.txt") == 1
        assert store.recall("key") is None


def test_a_damaged_memory_counts_as_none(path: Path) -> None:
    with Store(path) as store:
        store.remember("key", ["क"])
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE joins SET value = ?", [b"\x00junk"])
    raw.close()
    with Store(path) as store:
        assert store.recall("key") is None
