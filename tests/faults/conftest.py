"""Fixtures of several of these modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.cases import make_news


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles of two claims each, for all tests."""
    return make_news(tmp_path_factory.mktemp("shared") / "news")


@pytest.fixture
def own_news(tmp_path: Path) -> Path:
    """The same for one test to change."""
    return make_news(tmp_path / "news")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "data" / "claims.db"
