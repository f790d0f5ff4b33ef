"""Runs over articles some of which the store knows: order, memory, what is extracted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from claimx.records import Article, Claim
from claimx.runs import results

WAITING = 5


def an_article(number: int) -> Article:
    return Article(f"{number:03}.txt", f"खबर {number}।", "भोर", None, None)


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the articles that were extracted, by an extractor without models."""
    done: list[str] = []

    class Extractor:
        def __init__(self, models: str | None) -> None:
            done.append("loaded")

        def __call__(
            self, articles: Iterable[Article], **options: object
        ) -> Iterator[tuple[Article, list[Claim]]]:
            for article in list(articles):  # as a batch: all before the first is given
                done.append(article.path)
                yield article, []

    monkeypatch.setattr("claimx.pipeline.Extractor", Extractor)
    monkeypatch.setattr("claimx.runs._MAX_WAITING", WAITING)
    return done


def run(articles: Iterable[Article], db: Path) -> Iterator[Article]:
    for article, _ in results(articles, db=db, on_error=pytest.fail):
        yield article


@pytest.mark.parametrize("unknown", [{0}, {39}, {3, 4, 5}, {0, 20, 39}, set(range(0, 40, 3))])
def test_known_articles_wait_for_few_unknown_ones(
    tmp_path: Path, extracted: list[str], unknown: set[int]
) -> None:
    db = tmp_path / "claims.db"
    articles = [an_article(number) for number in range(40)]
    known = [article for at, article in enumerate(articles) if at not in unknown]
    assert list(run(known, db)) == known
    extracted.clear()
    read: list[Article] = []

    def source() -> Iterator[Article]:
        for article in articles:
            read.append(article)
            yield article

    given: list[Article] = []
    for article in run(source(), db):
        given.append(article)
        ahead = [a for a in read[len(given) :] if a in known]
        assert len(ahead) <= WAITING
    assert given == articles
    assert extracted == ["loaded", *(articles[at].path for at in sorted(unknown))]


def test_a_run_without_new_articles_loads_nothing(tmp_path: Path, extracted: list[str]) -> None:
    articles = [an_article(number) for number in range(3)]
    list(run(articles, tmp_path / "claims.db"))
    extracted.clear()
    assert list(run(articles, tmp_path / "claims.db")) == articles
    assert extracted == []
