"""End to end with the bundled models: the corpus against its gold, with pinned floors.

``tests/floors.toml`` says what was measured and with which command; a change that falls
below a floor is a regression, and lowering one needs a reason in the commit.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimx.articles import read_articles
from claimx.errors import InputError
from claimx.evaluation import Measured, evaluate_folder
from claimx.pipeline import extract
from claimx.records import Article, Claim

pytestmark = pytest.mark.models

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))


def fail(error: InputError) -> None:
    raise error


def extracted(paths: Any) -> Iterator[tuple[Article, list[Claim]]]:
    return extract(read_articles(paths, on_error=fail), on_error=fail)


@pytest.fixture(scope="module")
def measured() -> Measured:
    return evaluate_folder(CORPUS / "gold", CORPUS, extracted)


@pytest.fixture(scope="module")
def claims() -> dict[str, list[Claim]]:
    paths = sorted(str(path) for path in CORPUS.glob("summit/*"))
    return {article.path: found for article, found in extracted(paths)}


@pytest.mark.parametrize("measure", FLOORS["corpus"])
def test_the_corpus_stays_above_its_floors(measured: Measured, measure: str) -> None:
    assert measured.rows()[0][measure] >= FLOORS["corpus"][measure]


def test_nothing_is_rewritten_and_nothing_conflicting_merged(measured: Measured) -> None:
    row = measured.rows()[0]
    assert row["verbatim_violations"] == 0
    assert row["false_merges"] == 0


def test_every_article_of_the_corpus_is_measured(measured: Measured) -> None:
    articles = [p for p in CORPUS.glob("*/*") if p.suffix in (".txt", ".md", ".html")]
    assert len(measured.files) == len(articles) >= 14


def test_ids_depend_on_text_and_span_alone(
    claims: dict[str, list[Claim]], tmp_path: Path
) -> None:
    path, found = next(iter(claims.items()))
    copy = tmp_path / "moved.txt"
    copy.write_bytes(Path(path).read_bytes())
    moved = {claim.id for _, again in extracted([str(copy)]) for claim in again}
    assert moved == {claim.id for claim in found}


def test_the_order_of_articles_changes_no_claim(claims: dict[str, list[Claim]]) -> None:
    backwards = {a.path: found for a, found in extracted(list(reversed(claims)))}
    assert backwards == claims


def test_claims_survive_json(claims: dict[str, list[Claim]]) -> None:
    for claim in (c for found in claims.values() for c in found):
        assert Claim.from_dict(json.loads(json.dumps(claim.to_dict()))) == claim


def test_gold_of_another_text_is_refused(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    claim = {"start": 3, "end": 90, "speakers": [], "kind": "indirect", "core": True}
    (gold / "a.json").write_text(json.dumps({"file": "a.txt", "claims": [claim]}), "utf-8")
    (tmp_path / "a.txt").write_text("पुल टूट गया।", "utf-8")

    def nothing(paths: Any) -> Iterator[tuple[Article, list[Claim]]]:
        return ((article, []) for article in read_articles(paths, on_error=fail))

    with pytest.raises(InputError, match=r"a\.txt: has 12 characters, but gold up to 90"):
        evaluate_folder(gold, tmp_path, nothing)
