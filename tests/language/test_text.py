"""Clean text, quotations, sentences, words and trees."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimx.language import lay_out
from claimx.language.analyzer import batches
from claimx.language.layout import Analysis, assemble
from claimx.language.normalize import clean
from claimx.language.quotes import pair_quotes
from claimx.language.segments import MAX_SENTENCE_WORDS, paragraphs, sentences
from claimx.language.spanning import best_tree
from claimx.language.tokens import Tokenizer, cut
from claimx.records import Article
from tests.language.cases import article, texts

# --- clean text --------------------------------------------------------------------------


@given(texts | st.text(max_size=60))
@example("नरेन्‍द्र मोदी")
def test_clean_text_maps_back(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.text) == len(cleaned.starts) == len(cleaned.ends)
    assert list(cleaned.starts) == sorted(cleaned.starts)
    assert all(
        0 <= a < b <= len(text) for a, b in zip(cleaned.starts, cleaned.ends, strict=True)
    )
    for at, letter in enumerate(cleaned.text):
        span = cleaned.original(at, at + 1)
        source = unicodedata.normalize("NFC", text[span.start : span.end])
        assert letter in source or letter in " ।"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("नरेन्\u200dद्र", "नरेन्द्र"),
        ("बाज\u093cार", unicodedata.normalize("NFC", "बाज\u093cार")),
        ("उसने कहा था| फिर", "उसने कहा था। फिर"),
        ("क\u00a0ख\tग", "क ख ग"),
        ("\u202eउलटा", "उलटा"),
    ],
)
def test_clean_text(raw: str, expected: str) -> None:
    assert clean(raw).text == expected


# --- quotations --------------------------------------------------------------------------


def quoted(text: str) -> list[str]:
    cleaned = clean(text).text
    return [cleaned[q.start : q.end] for q in pair_quotes(cleaned, paragraphs(cleaned))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("मंत्री बोले, “काम पूरा होगा।”", ["काम पूरा होगा।"], id="curly"),
        pytest.param('मंत्री बोले, "काम पूरा होगा।"', ["काम पूरा होगा।"], id="straight"),
        pytest.param("मंत्री बोले, ''काम पूरा होगा।''", ["काम पूरा होगा।"], id="two singles"),
        pytest.param("मंत्री बोले,’काम पूरा होगा।’", ["काम पूरा होगा।"], id="closing marks only"),
        pytest.param('मंत्री बोले, “काम पूरा होगा।"', ["काम पूरा होगा।"], id="mixed marks"),
        pytest.param("“पहला” और “दूसरा” दोनों", ["पहला", "दूसरा"], id="two pairs"),
        pytest.param("उन्होंने कहा, “मैंने ‘हां’ कहा था।”", ["मैंने ‘हां’ कहा था।", "हां"], id="nested"),
        pytest.param("O'Neil का घर", [], id="apostrophe"),
        pytest.param("मंत्री बोले, “काम चल रहा है।\nबारिश हुई।", ["काम चल रहा है।"], id="unclosed"),
        pytest.param(
            "“पहला अनुच्छेद।\n“दूसरा अनुच्छेद।” वह बोले",
            ["पहला अनुच्छेद।\n“दूसरा अनुच्छेद।"],
            id="carried over paragraphs",
        ),
    ],
)
def test_quotation_marks_pair_up(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(texts)
def test_quotations_lie_inside_the_text(text: str) -> None:
    cleaned = clean(text).text
    for quote in pair_quotes(cleaned, paragraphs(cleaned)):
        assert (
            0 <= quote.outer_start <= quote.start < quote.end <= quote.outer_end <= len(cleaned)
        )
        assert quote.depth in (0, 1)
        assert cleaned[quote.start : quote.end].strip()


# --- sentences ---------------------------------------------------------------------------


def split(text: str) -> list[str]:
    cleaned = clean(text).text
    lines = paragraphs(cleaned)
    quotes = pair_quotes(cleaned, lines)
    return [
        cleaned[s.start : s.end] for line in lines for s in sentences(cleaned, line, quotes)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("बारिश हुई। सड़क बंद है।", ["बारिश हुई।", "सड़क बंद है।"]),
        ("बारिश हुई. सड़क बंद है.", ["बारिश हुई.", "सड़क बंद है."]),
        ("बारिश हुई है|सड़क बंद है|", ["बारिश हुई है।", "सड़क बंद है।"]),
        ("बारिश कब हुई? कल!", ["बारिश कब हुई?", "कल!"]),
        ("डॉ. मेहरा आए। वह रुके।", ["डॉ. मेहरा आए।", "वह रुके।"]),
        ("वृद्धि 5.2 प्रतिशत रही।", ["वृद्धि 5.2 प्रतिशत रही।"]),
        ("उसने कहा था| कि बारिश होगी।", ["उसने कहा था। कि बारिश होगी।"]),
        ("वह बोले, “हम आएंगे।” फिर चले गए।", ["वह बोले, “हम आएंगे।”", "फिर चले गए।"]),
        ("पहली पंक्ति\nदूसरी पंक्ति", ["पहली पंक्ति", "दूसरी पंक्ति"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_sentences_end_at_their_marks(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(texts)
def test_sentences_are_in_order_and_leave_nothing_out(text: str) -> None:
    layout = lay_out(article(text))
    spans = layout.sentences
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    covered = "".join(layout.clean.text[s.start : s.end] for s in spans)
    letters = regex.compile(r"[\p{L}\p{N}]")
    assert letters.findall(covered) == letters.findall(layout.clean.text)
    for span, owner in zip(spans, layout.paragraph_of, strict=True):
        paragraph = layout.paragraphs[owner]
        assert paragraph.start <= span.start <= span.end <= paragraph.end


def test_text_without_an_end_is_cut() -> None:
    layout = lay_out(article("शब्द " * 2000))
    assert max(len(text.split()) for text in layout.texts()) <= MAX_SENTENCE_WORDS


def test_body_starts_after_front_matter() -> None:
    text = "---\ntitle: शीर्षक\n---\nबारिश हुई।"
    layout = lay_out(article(text), body=text.index("बारिश"))
    assert layout.texts() == ["बारिश हुई।"]
    assert layout.clean.original(0, 5).start == text.index("बारिश")


# --- words -------------------------------------------------------------------------------

KNOWN = frozenset(["सरकार", "ने", "कहा", "फैसले", "के", "बाज़ार", "है"])


@pytest.mark.parametrize(
    ("chunk", "last", "expected"),
    [
        ("सरकार", False, ["सरकार"]),
        ("है।", True, ["है", "।"]),
        ("है.", True, ["है", "."]),
        ("है।”", True, ["है", "।", "”"]),
        ("“सरकार", False, ["“", "सरकार"]),
        ("(बाज़ार)", False, ["(", "बाज़ार", ")"]),
        ("कहा,", False, ["कहा", ","]),
        ("भारत-रूस", False, ["भारत", "-", "रूस"]),
        ("कोविड-19", False, ["कोविड", "-", "19"]),
        ("2023", False, ["2023"]),
        ("5.2", False, ["5.2"]),
        ("-", False, ["-"]),
        # The network is asked: abbreviations, glued words, Latin, numbers with marks.
        ("डॉ.", False, None),
        ("है.", False, None),
        ("केफैसले", False, None),
        ("Reuters", False, None),
        ("9:30", False, None),
        ("क" * 61, False, None),
    ],
)
def test_sure_cuts(chunk: str, last: bool, expected: list[str] | None) -> None:
    spans = cut(chunk, last, KNOWN.__contains__)
    found = None if spans is None else [chunk[a:b] for a, b in spans]
    assert found == expected


def test_doubtful_sentences_go_to_the_network_whole() -> None:
    asked: list[str] = []

    def network(sentences: Sequence[str]) -> list[tuple[tuple[int, int], ...]]:
        asked.extend(sentences)
        return [((0, 3),) for _ in sentences]

    tokenizer = Tokenizer(KNOWN.__contains__, network)
    found = tokenizer(["सरकार ने कहा", "डॉ. मेहरा ने कहा"])
    assert asked == ["डॉ. मेहरा ने कहा"]
    assert found == [[((0, 5), (6, 8), (9, 12))], [((0, 3),)]]


def test_a_sentence_of_marks_comes_in_parts() -> None:
    tokenizer = Tokenizer(KNOWN.__contains__, lambda texts: [((0, 1),) for _ in texts])
    (parts,) = tokenizer([", " * 1000])
    assert [len(part) for part in parts] == [250, 250, 250, 250]


# --- trees -------------------------------------------------------------------------------


def is_tree(heads: Sequence[int]) -> bool:
    def reaches_root(node: int) -> bool:
        for _ in heads:
            if node == 0:
                return True
            node = heads[node]
        return False

    return all(reaches_root(node) for node in range(1, len(heads)))


@settings(max_examples=200)
@given(st.integers(2, 25), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 3.0]))
def test_best_tree_is_stanzas(size: int, seed: int, root_bonus: float) -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    scores = np.random.default_rng(seed).normal(size=(size, size))
    scores[:, 0] += root_bonus  # many words want to be the root
    np.fill_diagonal(scores, -np.inf)
    heads = best_tree(scores.astype(np.float32)).tolist()
    assert is_tree(heads)
    assert heads[1:].count(0) == 1
    log = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    theirs = chuliu_edmonds_one_root(log.astype(np.float32)).tolist()

    def worth(tree: Sequence[int]) -> float:
        return float(sum(scores[node, tree[node]] for node in range(1, size)))

    assert heads == theirs or worth(heads) == pytest.approx(worth(theirs), abs=1e-3)


# --- putting it together -----------------------------------------------------------------


def test_assembled_words_and_names_are_in_the_article() -> None:
    text = "नरेन्‍द्र ने कहा।"
    layout = lay_out(article(text))
    (clean_text,) = layout.texts()
    spans = [(m.start(), m.end()) for m in regex.finditer(r"[^ ।]+|।", clean_text)]
    count = len(spans)
    analysis = Analysis(
        spans, ["X"] * count, ["Case=Nom|Number=Sing"] + ["_"] * (count - 1),
        ["_"] * count, [-1] * count, ["dep"] * count, [(0, 1, "PER")],
    )  # fmt: skip
    parsed = assemble(layout, [[analysis]])
    words = parsed.sentences[0].words
    assert [text[w.start : w.end] for w in words] == ["नरेन्‍द्र", "ने", "कहा", "।"]
    assert words[0].text == "नरेन्द्र"
    assert words[0].feats == {"Case": "Nom", "Number": "Sing"}
    assert [w.ner for w in words] == ["PER", "", "", ""]
    assert [(e.label, text[e.start : e.end]) for e in parsed.entities] == [("PER", "नरेन्‍द्र")]


def test_batches_grow_and_keep_order() -> None:
    articles = [article("क" * 400, str(at)) for at in range(50)]
    groups = list(batches(articles, first=1000, largest=4000))
    assert [a.path for group in groups for a in group] == [a.path for a in articles]
    sizes = [sum(len(a.text) for a in group) for group in groups]
    assert sizes[:3] == [800, 2000, 4000]
    assert max(sizes) <= 4000


def test_articles_are_read_as_they_are_needed() -> None:
    read: list[int] = []

    def source() -> Iterator[Article]:
        for at in range(100):
            read.append(at)
            yield article("क" * 3000, str(at))

    next(batches(source()))
    assert len(read) == 3
