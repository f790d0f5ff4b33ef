"""Whatever makes claimx fast changes no claim: over all of corpus/, with the real models."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimx.articles import read_articles
from claimx.language import Analyzer, resolve_models
from claimx.pipeline import claims_of, join
from claimx.records import Article, Claim
from claimx.runs import joined

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    texts = sorted(map(str, CORPUS.glob("*/*.txt")))
    found = list(read_articles(texts, on_error=pytest.fail))
    assert len(found) > 10
    return found


@pytest.fixture(scope="module")
def plain(articles: list[Article]) -> dict[str, list[Claim]]:
    """The claims of each article, without prefilter, memory, batches and workers."""
    from claimx.language.engine import load_engine

    analyzer = Analyzer()
    analyzer._engine = load_engine(resolve_models(None))
    return {
        parsed.article.path: claims_of(parsed)
        for one in articles
        for parsed in analyzer.parse([one])
    }


@pytest.mark.models
@pytest.mark.parametrize("jobs", [1, 2])
def test_same_claims_with_prefilter_cache_and_jobs(
    articles: list[Article], plain: dict[str, list[Claim]], jobs: int, tmp_path: Path
) -> None:
    # The second run finds half of the articles stored, the third all.
    for part in (articles[::2], articles, articles):
        found = joined(part, db=tmp_path / "claims.db", jobs=jobs, on_error=pytest.fail)
        assert list(found) == join([claim for one in part for claim in plain[one.path]])
