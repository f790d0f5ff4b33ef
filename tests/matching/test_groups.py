"""Groups of claims, their origins, and the rows of `claimx compare`."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from claimx.agreement import Agreement, Place, agreement, grouping_row, read_gold_groups
from claimx.articles import read_articles
from claimx.errors import InputError
from claimx.facts import find_facts
from claimx.lookups import COMPARED_COLUMNS
from claimx.matching import compare, compare_claims, group_claims
from claimx.matching.groups import average_link
from claimx.records import Article, Claim, Relation, content_id
from tests.matching.cases import HERE, claim

CORPUS = HERE.parent / "corpus"


# --- groups --------------------------------------------------------------------------


def gold_claims() -> list[Claim]:
    """The claims of the corpus gold, as a perfect extractor would give them."""
    found: dict[str, Claim] = {}
    for path in sorted((CORPUS / "gold").glob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        if "groups" in raw:
            continue
        (article,) = read_articles([str(CORPUS / raw["file"])], on_error=_fail)
        for gold in raw["claims"]:
            each = _gold_claim(article, gold["start"], gold["end"], gold["speakers"])
            found.setdefault(each.id, each)
    return list(found.values())


def _fail(error: InputError) -> None:
    raise error


DENIAL = regex.compile("इनकार|इंकार|खंडन|खारिज|नकार")


SENTENCE_END = regex.compile(r"[।|\n.]")


def _gold_claim(article: Article, start: int, end: int, speakers: list[str]) -> Claim:
    """A gold span with its sentence; denied where the words beside it deny."""
    text = article.text
    first = max(text.rfind(mark, 0, start) for mark in "।|\n") + 1
    last = min((at for mark in "।|\n" if (at := text.find(mark, end)) >= 0), default=len(text))
    after = SENTENCE_END.split(text[end : end + 60])[0]
    before = SENTENCE_END.split(text[max(0, start - 40) : start])[-1]
    denied = DENIAL.search(after) or DENIAL.search(before) or "निराधार" in before
    return replace(
        claim(
            text[start:end], article=article.path, source=article.source, denied=bool(denied)
        ),
        id=content_id(article.id, str(start), str(end)),
        title=article.title,
        published=article.published,
        speaker=speakers[0] if speakers else None,
        start=start,
        end=end,
        evidence=text[first:last],
        evidence_start=first,
        evidence_end=last,
        facts=find_facts(text, start=start, end=end, published=article.published),
    )


@pytest.fixture(scope="module")
def grouped_gold() -> list[Claim]:
    return group_claims(gold_claims())


def place_of(each: Claim) -> Place:
    return str(Path(each.article).relative_to(CORPUS)), each.start, each.end


def measured(claims: Iterable[Claim]) -> Agreement:
    gold = read_gold_groups(CORPUS / "gold")
    by_place = {place_of(each): (each.group, each.relation) for each in claims}
    return agreement({place: by_place[place] for place in gold.claims}, gold)


def test_corpus_groups(grouped_gold: list[Claim]) -> None:
    result = measured(grouped_gold)
    assert result.f1 >= 0.92
    assert result.bcubed_f1 >= 0.955
    assert result.false_merges == 0
    assert result.apart_merged == 0


def test_order_of_input_does_not_matter(grouped_gold: list[Claim]) -> None:
    shuffled = gold_claims()
    random.Random(7).shuffle(shuffled)
    again = group_claims(shuffled)
    assert [each.id for each in again] == [each.id for each in shuffled]
    assert {each.id: each for each in again} == {each.id: each for each in grouped_gold}


def test_first_claim_of_a_group_is_same(grouped_gold: list[Claim]) -> None:
    groups: dict[str, list[Claim]] = {}
    for each in grouped_gold:
        if each.group is None:
            assert (each.group_sources, each.relation) == (None, None)
        else:
            groups.setdefault(each.group, []).append(each)
    for members in groups.values():
        assert len(members) > 1
        first = min(members, key=lambda c: (c.published or "9999", c.article, c.start))
        assert first.relation == "same"
        assert len({each.group_sources for each in members}) == 1


def test_two_other_figures_are_not_the_same() -> None:
    """The first claim gives no figure: the two that do still conflict."""
    texts = ["बाढ़ में कई गांव डूब गए", "बाढ़ में 40 गांव डूब गए", "बाढ़ में 65 गांव डूब गए"]
    claims = [
        claim(text, article=f"{n}.txt", published=f"2023-01-0{n + 1}")
        for n, text in enumerate(texts)
    ]
    assert [each.relation for each in group_claims(claims)] == ["same", "same", "differs"]


def test_claims_of_a_text_in_two_places_stay_apart() -> None:
    one = claim("पुल अगले महीने खुलेगा", speaker="मोहन बंसल")
    other = replace(one, article="copy.txt", source="another outlet")
    assert one.id == other.id
    found = group_claims([other, one])
    assert [(c.article, c.source) for c in found] == [
        (other.article, other.source),
        (one.article, one.source),
    ]
    assert found[0].group == found[1].group is not None
    (row,) = compare(found)
    assert set(row.sources) == {one.source, other.source}


def test_old_groups_are_forgotten() -> None:
    old = replace(claim("बारिश होगी"), group="x", group_sources=3, relation="differs")
    assert group_claims([old]) == [replace(old, group=None, group_sources=None, relation=None)]
    assert group_claims([]) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.floats(0.5, 1.0)).filter(
            lambda edge: edge[0] != edge[1]
        ),
        max_size=30,
    )
)
def test_clusters_do_not_overlap_and_are_linked(edges: list[tuple[int, int, float]]) -> None:
    unique = {(min(i, j), max(i, j)): score for i, j, score in edges}
    found = average_link([(i, j, score) for (i, j), score in unique.items()])
    members = [node for cluster in found for node in cluster]
    assert len(members) == len(set(members))
    for cluster in found:
        assert len(cluster) > 1
        for node in cluster:
            assert any((min(node, o), max(node, o)) in unique for o in cluster if o != node)


def test_a_chain_is_not_a_group() -> None:
    chain = [(n, n + 1, 0.7) for n in range(9)]
    assert max(len(cluster) for cluster in average_link(chain)) == 2


# --- origins -------------------------------------------------------------------------

STATEMENT = "सरकार अगले साल पांच नए अस्पताल खोलेगी"


def origins(*claims: Claim) -> int | None:
    found = group_claims(claims)
    assert all(each.group for each in found)
    return found[0].group_sources


@pytest.mark.parametrize(
    ("sources", "evidences", "expected"),
    [
        (("क", "ख"), ("मंत्री ने कहा कि {}", "पटना में मंत्री बोले, {}"), 2),
        (("क", "क"), ("मंत्री ने कहा कि {}", "पटना में मंत्री बोले, {}"), 1),
        (("पीटीआई", "भाषा"), ("मंत्री ने कहा कि {}", "पटना में मंत्री बोले, {}"), 1),
        (("पीटीआई/भाषा", "ख"), ("मंत्री ने कहा कि {}", "पटना, 3 मई (भाषा) मंत्री बोले, {}"), 1),
        (("क", "ख"), ("रांची (एएनआई): मंत्री ने कहा {}", "{}, मंत्री बोले (एएनआई)"), 1),
        (("रायटर", "एएफपी"), ("मंत्री ने कहा कि {}", "पटना में मंत्री बोले, {}"), 2),
        # An ordinary वार्ता is no agency.
        (("क", "ख"), ("वार्ता के बाद मंत्री ने कहा कि {}", "मंत्री वार्ता में बोले, {}"), 2),
        # The same sentence word for word is a reprint.
        (("क", "ख"), ("पटना में मंत्री ने सोमवार को कहा कि {}",) * 2, 1),
    ],
)  # fmt: skip
def test_origins(sources: tuple[str, str], evidences: tuple[str, str], expected: int) -> None:
    reworded = (STATEMENT, "अगले वर्ष सरकार पांच नए हॉस्पिटल खोलेगी")
    texts = (STATEMENT, STATEMENT) if evidences[0] == evidences[1] else reworded
    claims = [
        claim(text, article=f"{n}.txt", source=source, evidence=evidence.format(text))
        for n, (text, source, evidence) in enumerate(
            zip(texts, sources, evidences, strict=True)
        )
    ]
    assert origins(*claims) == expected


def test_credit_anywhere_in_the_article_counts() -> None:
    other = claim(
        "बारिश होगी", article="0.txt", source="क", evidence="पटना (भाषा) बारिश होगी", start=500
    )
    claims = group_claims([
        claim(STATEMENT, article="0.txt", source="क"),
        claim(STATEMENT, article="1.txt", source="पीटीआई"),
        other,
    ])  # fmt: skip
    assert claims[0].group_sources == 1


# --- rows ----------------------------------------------------------------------------


def test_compare_shows_both_figures_and_who_denies() -> None:
    told = [
        ("पुल हादसे में 12 लोगों की मौत हुई", "क", "राम"),
        ("पुल दुर्घटना में 15 लोग मारे गए", "ख", "श्याम"),
        ("पुल हादसे में 12 लोगों की जान गई", "ग", None),
        ("पुल हादसे में 12 लोगों की मौत की खबर झूठी है", "घ", "मोहन"),
    ]
    rows = compare(
        claim(text, article=f"{n}", source=source, speaker=name, published=f"2023-01-0{n}")
        for n, (text, source, name) in enumerate(told, 1)
    )
    (row,) = rows
    assert row.statement == "पुल हादसे में 12 लोगों की मौत हुई"
    assert row.speakers == ("राम", "श्याम", None)
    assert row.sources == ("क", "ख", "ग", "घ")
    assert row.denied_by == ("मोहन",)
    assert row.conflict == "denies, differs"
    ((first, second),) = row.figures
    assert "12" in first.text
    assert first.sources == ("क", "ग", "घ")
    assert "15" in second.text
    assert second.sources == ("ख",)


def test_compare_leaves_out_what_one_source_alone_says_twice() -> None:
    twice = [claim(STATEMENT, article=f"{n}", source="क", start=n) for n in range(2)]
    assert compare(twice) == []
    assert compare([]) == []


def test_rows_have_the_columns(grouped_gold: list[Claim]) -> None:
    rows = compare_claims(grouped_gold)
    assert len(rows) > 30
    for row in rows:
        assert list(row) == [column.name for column in COMPARED_COLUMNS]
    assert {row["conflict"] for row in rows} >= {"", "differs", "denies"}


# --- agreement -----------------------------------------------------------------------


def test_agreement_counts(tmp_path: Path) -> None:
    spans = [{"file": "a.txt", "start": n * 10, "end": n * 10 + 5} for n in range(5)]
    core = [span | {"core": n != 4} for n, span in enumerate(spans)]
    (tmp_path / "a.json").write_text(json.dumps({"file": "a.txt", "claims": core}), "utf-8")
    members = [
        span | {"relation": relation}
        for span, relation in zip(spans, ("same", "same", "denies"), strict=False)
    ]
    groups = {"groups": [{"claims": members}], "apart": [[spans[0], spans[3]]]}
    (tmp_path / "groups-a.json").write_text(json.dumps(groups), "utf-8")
    gold = read_gold_groups(tmp_path)
    places = [("a.txt", n * 10, n * 10 + 5) for n in range(4)]
    assert list(gold.claims) == places
    one: tuple[str | None, Relation | None] = ("g", "same")
    alone: tuple[str | None, Relation | None] = (None, None)
    result = agreement(dict(zip(places, (one, alone, one, one), strict=True)), gold)
    # Of three pairs made one is right; of three wanted one is there.
    assert (result.precision, result.recall) == pytest.approx((1 / 3, 1 / 3))
    # B-cubed by hand: groups {0, 2, 3} {1} against {0, 1, 2} {3}.
    assert result.bcubed_precision == pytest.approx((2 / 3 + 1 + 2 / 3 + 1 / 3) / 4)
    assert result.bcubed_recall == pytest.approx((2 / 3 + 1 / 3 + 2 / 3 + 1) / 4)
    assert (result.false_merges, result.apart_merged) == (1, 1)
    perfect = agreement(
        {p: ("g", gold.relation[p]) if p in gold.group else alone for p in places}, gold
    )
    assert (perfect.f1, perfect.bcubed_f1, perfect.false_merges) == (1.0, 1.0, 0)


def test_row_of_extracted_claims(grouped_gold: list[Claim], tmp_path: Path) -> None:
    row = grouping_row(CORPUS / "gold", CORPUS, grouped_gold)
    assert row is not None
    assert row["group_f1"] == round(measured(grouped_gold).f1, 3)
    assert row["false_merges"] == 0
    assert grouping_row(tmp_path, CORPUS, grouped_gold) is None


def test_broken_gold_is_named(tmp_path: Path) -> None:
    (tmp_path / "groups-x.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"groups-x\.json"):
        read_gold_groups(tmp_path)


# --- import --------------------------------------------------------------------------


def test_import_is_light() -> None:
    code = (
        "import sys, claimx.matching\n"
        "heavy = {'rapidfuzz', 'numpy', 'torch', 'rich', 'click'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_copies_of_a_short_claim_are_one_group() -> None:
    copies = [claim("सेना तैयार है", article=f"{number}.txt") for number in range(60)]
    grouped = group_claims([*copies, claim("बाजार बंद है", article="x.txt")])
    assert len({c.group for c in grouped[:60]}) == 1
    assert {c.relation for c in grouped[:60]} == {"same"}
    assert grouped[60].group is None
