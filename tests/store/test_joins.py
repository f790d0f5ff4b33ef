"""What joining gave is remembered for the next run over the same articles."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from claimx.store import Store, StoreReader
from tests.store.cases import V, a_claim, an_article, save_issues


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


class TestGroups:
    """Groups over all articles, kept with the claims while they hold."""

    @pytest.fixture
    def shared(self, store: Store) -> Store:
        """Four articles; the first three carry one statement."""
        for number, words in enumerate(("पुल खुलेगा", "पुल खुलेगा", "पुल खुलेगा", "पुल बंद है")):
            article = an_article(f"/run/{number}.txt", "एक ही पाठ" if number < 2 else None)
            store.save(article, [a_claim(article, words)], V)
        self.join(store)
        return store

    def join(self, store: Store, revision: int | None = None) -> None:
        same: dict[str, Any] = {"group": "g", "group_sources": 3, "relation": "same"}
        claims = [
            claim.with_fields(**(same if claim.claim == "पुल खुलेगा" else {}))
            for claim in store.claims()
        ]
        store.set_groups(claims, "key", store.revision if revision is None else revision)

    def groups(self, store: StoreReader) -> list[str | None]:
        return [claim.group for claim in store.claims()]

    def test_look_ups_show_them(self, shared: Store) -> None:
        assert self.groups(shared) == ["g", "g", "g", None]
        assert shared.is_current("groups", "key")
        assert not shared.is_current("groups", "another")
        assert {claim.group_sources for claim in shared.search("पुल खुलेगा")} == {3}

    def test_they_are_not_those_of_an_older_store(self, shared: Store) -> None:
        article = an_article("/run/4.txt")
        shared.save(article, [a_claim(article, "पुल खुलेगा")], V)
        assert not shared.is_current("groups", "key")
        self.join(shared, revision=shared.revision - 1)
        assert not shared.is_current("groups", "key")
        assert self.groups(shared) == ["g", "g", "g", None, None]

    def test_a_group_that_loses_a_claim_is_none(self, shared: Store) -> None:
        shared.forget("/run/3.txt")
        assert self.groups(shared) == ["g", "g", "g"]
        shared.forget("/run/2.txt")
        assert self.groups(shared) == [None, None]

    def test_a_copy_of_an_article_is_in_none_yet(self, shared: Store) -> None:
        copy = an_article("/run/copy.txt", "एक ही पाठ")
        found = shared.cached(copy, V)
        assert found is not None
        assert [claim.group for claim in found] == [None]
        assert self.groups(shared) == ["g", "g", "g", None, None]
