"""The matching room: groups against the corpus gold, tables of pairs, origins, rows.

``tests/data/matching/*.tsv`` are pairs of claims on topics that the corpus does not have,
with the relation a reader gives them. Each file was written before the matcher was run on
it; what the first run on it scored is noted in `FIRST_RUN`.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
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
from claimx.matching import COLUMNS, compare, compare_claims, group_claims
from claimx.matching.groups import average_link
from claimx.matching.lexicon import stem
from claimx.records import Article, Claim, Relation, content_id

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
PAIRS = HERE / "data" / "matching"

# F1 of `same`, F1 of one group or none, conflicts (another figure, sign or actor) called
# `same`: on the first run, and the floor now. All lists and the synonyms have one author, so
# a stranger's pairs will score nearer to the first runs than to the floors. The sixth and
# the seventh list are the halves of one, written before the tables were widened by whole
# fields of meaning. The seventh was not looked at in doing so: it then had 0.780, no
# conflict called `same`. Each later list was written after what the one before it showed
# had been mended.
FIRST_RUN = {
    "pairs_blind.tsv": (0.871, 0.927, 0),
    "pairs_second.tsv": (0.488, 0.738, 2),
    "pairs_third.tsv": (0.703, 0.800, 0),
    "pairs_fourth.tsv": (0.865, 0.906, 0),
    "pairs_fifth.tsv": (0.750, 0.851, 0),
    "pairs_sixth.tsv": (0.750, 0.911, 2),
    "pairs_seventh.tsv": (0.698, 0.835, 3),
    "pairs_eighth.tsv": (0.596, 0.714, 2),
    "pairs_ninth.tsv": (0.840, 0.940, 5),
    "pairs_tenth.tsv": (0.818, 0.911, 2),
    "pairs_eleventh.tsv": (0.789, 0.849, 0),
}
FLOORS = {
    "pairs_blind.tsv": (0.96, 0.96),
    "pairs_second.tsv": (0.90, 0.94),
    "pairs_third.tsv": (0.86, 0.90),
    "pairs_fourth.tsv": (0.97, 0.97),
    "pairs_fifth.tsv": (0.90, 0.94),
    "pairs_sixth.tsv": (0.94, 0.97),
    "pairs_eighth.tsv": (0.83, 0.87),
    "pairs_ninth.tsv": (0.92, 0.86),
    "pairs_seventh.tsv": (0.82, 0.90),
    "pairs_tenth.tsv": (0.87, 0.92),
    "pairs_eleventh.tsv": (0.86, 0.88),
}

Verdict = Relation | None


def claim(
    text: str,
    *,
    article: str = "a.txt",
    speaker: str | None = None,
    denied: bool = False,
    published: str | None = None,
    source: str | None = None,
    evidence: str | None = None,
    start: int = 0,
) -> Claim:
    """A claim that fills its article from an offset on."""
    return Claim(
        id=content_id(article, text, str(start)), article=article, source=source or article,
        title=None, published=published, speaker=speaker, speaker_latin=None,
        speaker_type="unknown", speaker_role=None, mention=None, resolution="name",
        claim=text, start=start, end=start + len(text), evidence=evidence or text,
        evidence_start=start, evidence_end=start + len(evidence or text), kind="indirect",
        cue="कहना", act="say", polarity="denied" if denied else "affirmed", via=None,
        addressee=None, said_on=None, facts=find_facts(text, published=published), group=None,
        group_sources=None, relation=None, confidence=1.0,
    )  # fmt: skip


def verdict(*claims: Claim) -> Verdict:
    """What two claims are to each other; None where they are in no common group."""
    first, second = group_claims(claims)
    if first.group is None or first.group != second.group:
        return None
    return second.relation if first.relation == "same" else first.relation


def pair(one: str, other: str) -> Verdict:
    return verdict(claim(one, article="a.txt"), claim(other, article="b.txt"))


# --- tables of pairs -----------------------------------------------------------------


CONFLICTS = {"figure", "negated", "actor"}


def kinds(name: str) -> list[str]:
    rows = (PAIRS / name).read_text("utf-8").splitlines()[1:]
    return [row.partition("\t")[0] for row in rows]


def read_pairs(name: str) -> list[tuple[Verdict, Claim, Claim]]:
    rows = (PAIRS / name).read_text("utf-8").splitlines()[1:]
    found: list[tuple[Verdict, Claim, Claim]] = []
    for number, row in enumerate(rows):
        _, expected, speaker, other, polarity, text, reworded = row.split("\t")
        found.append(
            (
                None if expected == "apart" else expected,  # type: ignore[arg-type]
                claim(text, article=f"{name}{number}a", speaker=speaker or None),
                claim(
                    reworded,
                    article=f"{name}{number}b",
                    speaker=other or None,
                    denied=polarity == "denied",
                ),
            )
        )
    return found


def f1(verdicts: Iterable[tuple[Verdict, Verdict]], positive: set[Verdict]) -> float:
    counts = Counter((want in positive, got in positive) for want, got in verdicts)
    right = counts[True, True]
    return 2 * right / max(1, 2 * right + counts[True, False] + counts[False, True])


@pytest.mark.parametrize("name", FLOORS)
def test_pairs(name: str) -> None:
    verdicts = [(want, verdict(one, other)) for want, one, other in read_pairs(name)]
    same, grouped = FLOORS[name]
    assert f1(verdicts, {"same"}) >= same
    assert f1(verdicts, {"same", "differs", "denies"}) >= grouped


@pytest.mark.parametrize("name", FLOORS)
def test_no_conflicting_pair_is_called_same(name: str) -> None:
    called = [
        (one.claim, other.claim)
        for kind, (_, one, other) in zip(kinds(name), read_pairs(name), strict=True)
        if kind in CONFLICTS
        if verdict(one, other) == "same"
    ]
    assert not called


def test_pairs_hold_among_each_other() -> None:
    """All pairs of all lists in one corpus: words are weighed by it, and rivals appear."""
    pairs = [each for name in FLOORS for each in read_pairs(name)]
    grouped = {c.id: c for c in group_claims([c for _, *both in pairs for c in both])}
    verdicts: list[tuple[Verdict, Verdict]] = []
    for want, one, other in pairs:
        a, b = grouped[one.id], grouped[other.id]
        together = a.group is not None and a.group == b.group
        related = b.relation if a.relation == "same" else a.relation
        verdicts.append((want, related if together else None))
    assert f1(verdicts, {"same"}) >= 0.88
    assert f1(verdicts, {"same", "differs", "denies"}) >= 0.90


# --- single rules --------------------------------------------------------------------

SINGLE: list[tuple[str, str, str, Verdict]] = [
    ("double negation", "वे लड़ने से इनकार नहीं कर रहे", "वे लड़ने से इनकार कर रहे", "denies"),
    ("idle negation", "न केवल दिल्ली बल्कि मुंबई में बारिश होगी", "दिल्ली और मुंबई में बारिश होगी", "same"),
    ("until", "जब तक मांग पूरी नहीं होती धरना चलेगा", "मांग पूरी होने तक धरना चलेगा", "same"),
    ("complement", "जांच में आरोप गलत हैं", "जांच में आरोप सही नहीं हैं", "same"),
    ("contrary", "निर्यात में बढ़ोतरी हुई है", "निर्यात में गिरावट आई है", "denies"),
    ("describes a noun", "पुलिस ने अवैध शराब जब्त की", "अवैध शराब पुलिस ने पकड़ी", "same"),
    ("rounding", "बैठक में लगभग 60 हजार लोग आए", "बैठक में 60,000 लोग आए", "same"),
    ("unit", "सड़क 2 किलोमीटर लंबी होगी", "सड़क 2000 मीटर लंबी होगी", "same"),
    ("bound", "हादसे में 12 से अधिक लोग मारे गए", "हादसे में 20 लोग मारे गए", "differs"),
    ("two counts", "हमले में 3 जवान शहीद, 5 घायल हुए", "हमले में 3 जवान शहीद, 7 घायल हुए", "differs"),
    ("swap", "सेना ने विद्रोहियों पर हमला किया", "विद्रोहियों ने सेना पर हमला किया", None),
    ("bare swap", "शिक्षक छात्रों की मदद करेंगे", "छात्र शिक्षकों की मदद करेंगे", None),
    ("seat of power", "मॉस्को बातचीत के लिए तैयार है", "रूस वार्ता के लिए तैयार है", "same"),
    ("surname", "जेलेंस्की ने और टैंक मांगे हैं", "वोलोदिमिर जेलेंस्की ने और टैंक मांगे", "same"),
    ("general word", "ईरान ने रूस को मिसाइलें दी हैं", "ईरान ने रूस को हथियार दिए हैं", "same"),
    ("other place", "पटना में बाजार बंद रहेगा", "रांची में बाजार बंद रहेगा", None),
    ("other unknown place", "अयोध्या में रोज भक्त आ रहे हैं", "प्रतिदिन श्रद्धालु झंडूपुर पहुंच रहे हैं", None),
    ("two unknown places", "झंडूपुर में बाढ़ से घर गिरे", "टिमरौली में बाढ़ से मकान ढह गए", None),
    ("other predicate", "अदालत ने सजा बरकरार रखी", "अदालत ने सजा रद्द की", None),
    ("other date", "सुनवाई 12 जनवरी को होगी", "सुनवाई 19 जनवरी को होगी", None),
    ("before, after", "मतदान से पहले रैली होगी", "मतदान के बाद रैली होगी", "denies"),
    ("above, below", "नदी निशान से ऊपर बह रही है", "नदी निशान से नीचे बह रही है", "denies"),
    ("out of control", "महंगाई काबू में है", "महंगाई बेकाबू है", "denies"),
    ("not until", "रिहाई तक धरना जारी रहेगा", "जब तक रिहाई नहीं होती, धरना नहीं रुकेगा", "same"),
    ("cause denied", "दवा न मिलने के कारण मरीज मरा", "दवा नहीं मिली, जिससे मरीज मरा", "same"),
    ("sons, daughters", "लड़कियों ने लड़कों को हराया", "लड़कों ने लड़कियों को हराया", None),
    ("sum without unit", "25 लाख तक का इलाज मुफ्त है", "50 लाख रुपये तक इलाज मुफ्त है", "differs"),
    ("derived word", "हिमालय क्षेत्र में भूकंप आया", "हिमालयी क्षेत्र में भूकंप आया", "same"),
    ("other day", "सोमवार को अदालत में सुनवाई होगी", "शुक्रवार को अदालत में सुनवाई होगी", None),
    ("sugar, not China", "चीनी के दाम बढ़ेंगे", "शक्कर के दाम बढ़ेंगे", "same"),
    ("spelling", "आंदोलन में नारिश्किन शामिल होंगे", "आंदोलन में नारीश्किन शामिल होंगे", "same"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "expected"), [row[1:] for row in SINGLE], ids=[row[0] for row in SINGLE]
)
def test_rule(one: str, other: str, expected: Verdict) -> None:
    assert pair(one, other) == expected
    assert pair(other, one) == expected


def test_denied_claim_denies() -> None:
    said = claim("रूस ने पुल पर हमला किया", article="a.txt")
    assert verdict(said, claim("पुल पर हमला करने", article="b.txt", denied=True)) == "denies"
    # The denial is in the words already: not once more.
    both = claim("रूस के पुल पर हमला करने की खबर निराधार", article="b.txt", denied=True)
    assert verdict(said, both) == "denies"


def test_dates_are_compared_as_dates() -> None:
    text = "{} को पुल का उद्घाटन हुआ"
    one = claim(text.format("बुधवार"), article="a.txt", published="2023-02-05")
    same = claim(text.format("एक फरवरी"), article="b.txt", published="2023-02-15")
    other = claim(text.format("दो फरवरी"), article="b.txt", published="2023-02-15")
    assert verdict(one, same) == "same"
    assert verdict(one, other) is None


def test_nested_claims_of_one_article_are_not_compared() -> None:
    text = "सरकार किसानों का कर्ज माफ करेगी"
    outer = claim(text, article="a.txt", start=10)
    inner = claim("किसानों का कर्ज माफ करेगी", article="a.txt", start=16)
    assert verdict(outer, inner) is None


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("मिसाइल मिसाइलें मिसाइलों", "मिसाइल"),
        ("बढ़ना बढ़ाएगी बढ़ेंगे बढ़ाया बढ़ती", "बढ"),
        ("नीति नीतियां नीतियों", "नीत"),
        ("सेना सेनाएं", "सेन"),
        ("वार्ता", "वार्त"),
        ("किया करेंगे करना", "कर"),
    ],
)
def test_stem(forms: str, expected: str) -> None:
    from claimx.facts.tokens import fold

    assert {stem(fold(form)) for form in forms.split()} == {expected}


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
    assert result.bcubed_f1 >= 0.96
    assert result.false_merges == 0
    assert result.apart_merged <= 3


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
        assert list(row) == [column.name for column in COLUMNS]
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
