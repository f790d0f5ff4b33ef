"""Older and newer stores, and what the room is by itself."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from claimx.errors import StoreError
from claimx.store import Store, StoreReader
from claimx.store.schema import APPLICATION_ID, MIGRATIONS, connect
from tests.store.cases import save_issues, stored_issues

# Versions of the schema

_NOTE = "ALTER TABLE articles ADD COLUMN note TEXT"


def _copy_titles(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE articles SET note = title")


def test_an_older_store_is_migrated_when_opened(filled: Path) -> None:
    steps = (*MIGRATIONS, (_NOTE, _copy_titles))
    for readonly in (True, False):
        connection = connect(filled, readonly=readonly, timeout=1, migrations=steps)
        notes = connection.execute("SELECT note FROM articles").fetchall()
        assert notes == [("शीर्षक",)] * 5
        assert connection.execute("PRAGMA user_version").fetchone() == (len(steps),)
        connection.close()


def test_every_older_schema_leads_to_the_newest(tmp_path: Path) -> None:
    for version in range(1, len(MIGRATIONS)):
        path = tmp_path / f"{version}.db"
        connect(path, readonly=False, timeout=1, migrations=MIGRATIONS[:version]).close()
        with Store(path) as store:
            save_issues(store, range(2))
            store.remember("key", ["क"])
        assert len(stored_issues(path)) == 2


def test_a_migration_that_fails_leaves_the_old_schema(filled: Path) -> None:
    steps = (*MIGRATIONS, (_NOTE, "UPDATE nothing SET note = 1"))
    with pytest.raises(StoreError, match=r"claims\.db"):
        connect(filled, readonly=False, timeout=1, migrations=steps)
    assert len(stored_issues(filled)) == 5


@pytest.mark.parametrize("opens", [Store, StoreReader])
def test_a_store_from_the_future_is_refused(filled: Path, opens: type[StoreReader]) -> None:
    with sqlite3.connect(filled) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    raw.close()
    with pytest.raises(StoreError, match=r"newer claimx.*upgrade"):
        opens(filled)


def test_the_store_says_what_it_is(filled: Path) -> None:
    with sqlite3.connect(filled) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_importing_the_store_imports_nothing_heavy() -> None:
    program = "import claimx.store, sys; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {"torch", "stanza", "rapidfuzz", "regex", "click", "tomllib", "claimx.identity"}
    assert sorted(heavy & set(modules)) == []
