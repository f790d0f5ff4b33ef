"""Runs over articles some of which the store knows: order, memory, what is extracted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from claimx import pipeline
from claimx.errors import StoreError
from claimx.identity import Aliases
from claimx.matching import group_claims
from claimx.records import Article, Claim
from claimx.runs import grouped, joined, results
from claimx.store import Store
from tests.output.cases import make_claim

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
                named = ("source", "title", "published")
                about = {name: getattr(article, name) for name in named}
                claim = make_claim(id=article.path, article=article.path, **about)
                yield article, [claim]

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


class TestGrouped:
    """Groups over a whole store are worked out once."""

    @pytest.fixture
    def db(self, tmp_path: Path, extracted: list[str]) -> Path:
        db = tmp_path / "claims.db"
        list(results([an_article(n) for n in range(3)], db=db, on_error=pytest.fail))
        return db

    @pytest.fixture
    def groupings(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """How many claims were grouped, a number a time."""
        counts: list[int] = []

        def counted(claims: Sequence[Claim]) -> list[Claim]:
            counts.append(len(claims))
            return group_claims(claims)

        monkeypatch.setattr("claimx.matching.groups.group_claims", counted)
        monkeypatch.setattr("claimx.matching.group_claims", counted, raising=False)
        return counts

    def test_once(self, db: Path, groupings: list[int]) -> None:
        first = grouped(db, None)
        assert {claim.group_sources for claim in first} == {1}
        assert grouped(db, None) == first
        assert groupings == [3]
        list(results([an_article(3)], db=db, on_error=pytest.fail))
        assert len(grouped(db, None)) == 4
        assert groupings == [3, 4]

    def test_other_decisions_on_names(
        self, db: Path, groupings: list[int], tmp_path: Path
    ) -> None:
        own = tmp_path / "names.toml"
        own.write_text('[aliases]\n"मौसम विभाग" = ["रमेश जोशी"]\n', "utf-8")
        assert {claim.speaker for claim in grouped(db, str(own))} == {"मौसम विभाग"}
        assert {claim.speaker for claim in grouped(db, None)} == {"रमेश जोशी"}
        assert groupings == [3, 3]

    def test_a_store_that_cannot_be_written_to(self, db: Path, groupings: list[int]) -> None:
        writer = sqlite3.connect(db)
        writer.execute("BEGIN IMMEDIATE")
        assert len(grouped(db, None)) == 3
        writer.close()
        assert len(grouped(db, None)) == 3
        assert groupings == [3, 3]


class TestJoined:
    """The second run over the same articles takes what the first one made of them."""

    @pytest.fixture
    def joins(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """How many claims were joined, a number a time."""
        counts: list[int] = []
        join = pipeline.join

        def counted(claims: Sequence[Claim], aliases: Aliases | None = None) -> list[Claim]:
            counts.append(len(claims))
            return join(claims, aliases)

        monkeypatch.setattr("claimx.pipeline.join", counted)
        return counts

    def run(self, articles: Iterable[Article], db: Path) -> list[Claim]:
        return list(joined(articles, db=db, on_error=pytest.fail))

    def test_unchanged(self, tmp_path: Path, extracted: list[str], joins: list[int]) -> None:
        db, articles = tmp_path / "claims.db", [an_article(number) for number in range(250)]
        first = self.run(articles, db)
        assert joins == [100, 100, 50]
        assert [claim.article for claim in first] == [article.path for article in articles]
        assert self.run(articles, db) == first
        assert joins == [100, 100, 50]
        assert extracted.count("loaded") == 1

    def test_another_title(
        self, tmp_path: Path, extracted: list[str], joins: list[int]
    ) -> None:
        db, articles = tmp_path / "claims.db", [an_article(number) for number in range(3)]
        self.run(articles, db)
        articles[1] = replace(articles[1], title="नया शीर्षक")
        titles = [claim.title for claim in self.run(articles, db)]
        assert titles == [None, "नया शीर्षक", None]
        assert joins == [3, 3]

    def test_forgotten(self, tmp_path: Path, extracted: list[str], joins: list[int]) -> None:
        db, articles = tmp_path / "claims.db", [an_article(number) for number in range(3)]
        first = self.run(articles, db)
        with Store(db) as store:
            store.forget(articles[1].path)
        assert self.run(articles, db) == first
        assert extracted[-1] == articles[1].path
        with Store(db) as store:
            assert len(list(store.articles())) == 3

    def test_forgotten_meanwhile(self, tmp_path: Path, extracted: list[str]) -> None:
        db, articles = tmp_path / "claims.db", [an_article(number) for number in range(3)]
        list(results(articles, db=db, on_error=pytest.fail))

        def source() -> Iterator[Article]:
            yield articles[0]
            with Store(db) as store:
                store.forget(articles[0].path)

        with pytest.raises(StoreError, match=r"000\.txt.*run again"):
            self.run(source(), db)
