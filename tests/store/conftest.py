"""Fixtures of several of these modules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from claimx.store import Store
from tests.store.cases import fill, write_issues


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


@pytest.fixture
def politics(store: Store) -> Store:
    fill(
        store,
        ("/1", "दिमित्री पेसकोव", "वार्ता जारी है"),
        ("/1", "राहुल गांधी", "सरकार जवाब दे"),
        ("/2", "पेस्कोव", "समझौता संभव है"),
        ("/2", "सोनिया गांधी", "पार्टी एकजुट है"),
        ("/3", "पेसकोव", "यह सच नहीं"),
        ("/3", None, "बारिश होगी"),
    )
    return store


# Faults


@pytest.fixture
def filled(path: Path) -> Path:
    write_issues(path, range(5))
    return path
