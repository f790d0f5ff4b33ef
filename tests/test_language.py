"""The language room: clean text, quotations, sentences, words, and the models behind them."""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import pickle
import shutil
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimx.errors import ClaimxError, InputError, ModelError
from claimx.language import Analyzer, lay_out, models, models_in_use, resolve_models, verify
from claimx.language.analyzer import batches
from claimx.language.layout import Analysis, assemble
from claimx.language.memory import RememberingEngine
from claimx.language.normalize import clean
from claimx.language.quotes import pair_quotes
from claimx.language.segments import MAX_SENTENCE_WORDS, paragraphs, sentences
from claimx.language.spanning import best_tree
from claimx.language.tokens import Tokenizer, cut
from claimx.records import Article, Parsed, Sentence

CORPUS = Path(__file__).parent.parent / "corpus"


def article(text: str, path: str = "लेख.txt") -> Article:
    return Article(path=path, text=text, source="परीक्षा")


# Text as the web has it: Hindi words, marks of every kind, things nobody types on purpose.
WORDS = ["सरकार", "ने", "कहा", "कि", "है", "बाज़ार", "नरेन्‍द्र", "डॉ", "5.2", "COVID-19", "ड़", "ड़"]
MARKS = ["।", ".", "|", "?", "!", ",", '"', "'", "“", "”", "‘", "’", "''", "(", ")", "-", "…"]
JUNK = [
    "\u200d",
    "\u00ad",
    "\u202e",
    "\ufeff",
    "\x1b[31m",
    "\x00",
    "\u3000",
    "\ud83d",
    "😀",
    "़",
]
SPACES = [" ", "  ", "\n", "\n\n", "\t"]
texts = st.lists(st.sampled_from(WORDS + MARKS + JUNK + SPACES), max_size=60).map("".join)


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


# --- models ------------------------------------------------------------------------------


def test_bundled_models_are_in_order() -> None:
    folder = resolve_models(None)
    verify(folder)
    rows = models_in_use(folder)
    assert {row.checksum for row in rows} == {"ok"}
    assert {"tokenize", "pos", "lemma", "depparse", "ner", "pretrain"} <= {
        row.processor for row in rows
    }
    listed = {row.file for row in rows}
    assert {str(path) for path in folder.rglob("*.pt")} <= listed


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundled models that takes their place."""
    folder = tmp_path / "models"
    shutil.copytree(models.BUNDLED, folder)
    monkeypatch.setattr(models, "BUNDLED", folder)
    models._manifest.cache_clear()
    yield folder
    models._manifest.cache_clear()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def swap(path: Path) -> None:
    path.write_bytes(pickle.dumps({"model": os.getcwd}, protocol=2))


@pytest.mark.parametrize("harm", [truncate, swap, Path.unlink])
@pytest.mark.parametrize("name", ["hi/pos/claimx.pt", "resources.json"])
def test_a_harmed_model_is_named(copied: Path, name: str, harm: Callable[[Path], None]) -> None:
    harm(copied / name)
    with pytest.raises(ModelError, match=regex.escape(str(copied / name))) as caught:
        next(Analyzer().parse([article("बारिश हुई।")]))
    assert "reinstall" in str(caught.value)


class Harm:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.mark.models
def test_a_model_runs_no_code_even_where_its_checksum_is_right(
    copied: Path, tmp_path: Path
) -> None:
    import torch

    path, sums = copied / "hi/ner/claimx.pt", copied / "checksums.toml"
    old = path.read_bytes()
    torch.save({"model": Harm(tmp_path / "harm")}, path)
    new = path.read_bytes()
    for before, after in (
        (hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest()),
        (f"{len(old)}", f"{len(new)}"),
    ):
        text = sums.read_text("utf-8")
        assert before in text
        sums.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(ModelError, match="weights"):
        Analyzer().load()
    assert not (tmp_path / "harm").exists()


@pytest.mark.models
def test_a_harmed_model_in_another_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(models.BUNDLED, folder)
    swap(folder / "hi/ner/claimx.pt")
    with pytest.raises(ModelError, match="ner"):
        Analyzer(folder).load()
    (folder / "hi/pos/claimx.pt").unlink()
    with pytest.raises(ModelError, match=r"pos.*missing"):
        Analyzer(folder).load()


@pytest.mark.parametrize(
    ("listing", "match"),
    [("{}", "no list"), ("[1", "no list"), ('{"hi": {"alias": "xx"}}', "no list"), (
        '{"hi": {"packages": {"default": {"pos": "../../../x"}}, "pos": {"../../../x": {}}}}',
        "outside",
    )],
)  # fmt: skip
def test_a_bad_list_of_models_is_refused(tmp_path: Path, listing: str, match: str) -> None:
    (tmp_path / "resources.json").write_text(listing, "utf-8")
    with pytest.raises(ModelError, match=match):
        verify(tmp_path)


def test_choice_of_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve_models("bundled") == models.BUNDLED
    (tmp_path / "resources.json").write_text("{}", "utf-8")
    assert resolve_models(str(tmp_path)) == tmp_path
    monkeypatch.setenv("CLAIMX_MODELS", str(tmp_path))
    assert resolve_models(None) == tmp_path
    assert resolve_models("bundled") == models.BUNDLED
    monkeypatch.setattr(models, "official_folder", lambda: tmp_path / "none")
    with pytest.raises(ModelError, match="claimx models fetch"):
        resolve_models("official")
    with pytest.raises(ModelError, match="no such folder"):
        resolve_models(str(tmp_path / "none"))
    with pytest.raises(ModelError, match=r"resources\.json is missing"):
        resolve_models(str(Path(__file__).parent))


@pytest.mark.models
def test_fetching_says_what_failed_and_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import stanza

    def offline(*_: Any, **__: Any) -> None:
        raise ConnectionError("Failed to resolve host")

    def download(lang: str, model_dir: str, **_: Any) -> None:
        Path(model_dir).mkdir()
        (Path(model_dir) / "resources.json").write_text("{}", "utf-8")

    target = tmp_path / "stanza"
    monkeypatch.setattr(stanza, "download", offline)
    with pytest.raises(ModelError, match=r"cannot be reached .*Failed to resolve host"):
        models.fetch_official(target)
    assert not target.exists()
    monkeypatch.setattr(stanza, "download", download)
    assert models.fetch_official(target) == target
    assert (target / "resources.json").is_file()


def test_importing_the_room_loads_no_engine() -> None:
    code = "import sys, claimx.language; print({'torch', 'stanza'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


# --- analysis ----------------------------------------------------------------------------

PROSE = [
    "जल मंत्री अरुणा देशमुख ने मंगलवार को नागपुर में कहा कि बांध का काम मार्च तक पूरा होगा। "
    "उन्होंने बताया कि अब तक 450 करोड़ रुपये खर्च हुए हैं.",
    "डॉ. मेहरा के मुताबिक, “टीका सुरक्षित है। डरने की ज़रूरत नहीं है।” अस्पताल ने पुष्टि नहीं की?!",
    "कोविड-19 पर रॉयटर्स (Reuters) की रिपोर्ट 9:30 बजे आई... केफैसले पर सवाल उठे|",
    "रूस और भारत के बीच 5.2 अरब डॉलर का समझौता हुआ",
    "",
    "।।। ??? ''",
]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    analyzer = Analyzer()
    analyzer.load()
    return analyzer


def corpus_articles() -> list[Article]:
    return [
        article(path.read_text("utf-8")[:2500], path.name)
        for path in sorted(CORPUS.glob("*/*.txt"))
    ]


@pytest.mark.models
def test_offsets_are_verbatim(analyzer: Analyzer) -> None:
    for source in [*map(article, PROSE), *corpus_articles()]:
        (parsed,) = analyzer.parse([source])
        last = 0
        for word in parsed.words():
            assert last <= word.start < word.end <= len(source.text)
            raw = source.text[word.start : word.end]
            assert clean(raw).text == word.text
            last = word.end
        for entity in parsed.entities:
            assert entity.label in ("PER", "ORG", "LOC")
            assert source.text[entity.start : entity.end].strip()


@pytest.mark.models
def test_networks_give_what_stanzas_pipeline_gives() -> None:
    from claimx.language.engine import NetworkEngine, PipelineEngine, load_engine
    from claimx.language.loading import load_pipeline

    pieces = [text for a in map(article, PROSE) for text in lay_out(a).texts()]
    pieces += [text for a in corpus_articles() for text in lay_out(a).texts()][::3]
    trees = [at % 3 != 0 for at in range(len(pieces))]
    networks = load_engine(models.BUNDLED)
    assert isinstance(networks, NetworkEngine)
    theirs = PipelineEngine(load_pipeline(models.BUNDLED)).analyse(pieces, trees)
    ours = networks.analyse(pieces, trees)
    for piece, tree, (a,), (b,) in zip(pieces, trees, ours, theirs, strict=True):
        assert tuple(a.spans) == tuple(b.spans), piece
        for name in ("upos", "feats", "entities", "heads", "deprels"):
            assert list(getattr(a, name)) == list(getattr(b, name)), (name, piece)
        if tree:  # words with letters that training never showed are left alone
            lemmas = [(x, y) for x, y in zip(a.lemmas, b.lemmas, strict=True) if x != y]
            assert all(regex.search("[A-Za-z]", x) for x, _ in lemmas), lemmas


@pytest.mark.models
def test_an_article_is_analysed_alike_in_any_company(analyzer: Analyzer) -> None:
    articles = [*map(article, PROSE), *corpus_articles()[:4]]
    together = list(analyzer.parse(articles))
    assert [p.article for p in together] == articles
    forgetful = Analyzer()
    forgetful._engine = RememberingEngine(analyzer.load().engine, limit=0)
    assert list(reversed(list(forgetful.parse(reversed(articles))))) == together
    assert [next(forgetful.parse([a])) for a in articles] == together
    assert list(analyzer.parse(articles)) == together


@pytest.mark.models
def test_trees_only_where_needed(analyzer: Analyzer) -> None:
    articles = [article(text) for text in PROSE]
    chosen = Analyzer(needs_tree=lambda sentence: "कहा" in sentence)
    chosen._engine = analyzer.load()
    full, some = list(analyzer.parse(articles)), list(chosen.parse(articles))
    seen = set()
    for a, b in zip(full, some, strict=True):
        for left, right in zip(a.sentences, b.sentences, strict=True):
            needed = any(word.text == "कहा" for word in left.words)
            seen.add(needed)
            if needed:
                assert left == right
            else:
                assert _without_tree(right) == right
                assert [w.upos for w in left.words] == [w.upos for w in right.words]
    assert seen == {True, False}


def _without_tree(sentence: Sentence) -> Sentence:
    from dataclasses import replace

    words = tuple(replace(word, head=-1, deprel="dep") for word in sentence.words)
    return replace(sentence, words=words)


@pytest.mark.models
def test_no_sentence_is_longer_than_the_parser_bears(analyzer: Analyzer) -> None:
    hostile = ["शब्द " * 1500, "।" * 3000, "क" * 9000, "अ,ब;" * 500, "a.b@" * 800, '"' * 1000]
    for text in hostile:
        (parsed,) = analyzer.parse([article(text)])
        assert max(len(sentence.words) for sentence in parsed.sentences) <= MAX_SENTENCE_WORDS


@pytest.mark.models
@settings(max_examples=25)
@given(texts)
def test_any_text_is_analysed(text: str) -> None:
    (parsed,) = _SHARED.parse([article(text)])
    letters = regex.compile(r"[\p{L}\p{N}]")
    words = "".join(word.text for word in parsed.words())
    assert letters.findall(words) == letters.findall(clean(text).text)


_SHARED = Analyzer(needs_tree=lambda sentence: len(sentence) % 2 == 0)


def test_memory_that_runs_out_halves_the_batch() -> None:
    from claimx.language.engine import _attempt

    sizes: list[int] = []

    def network(batch: Sequence[int]) -> list[int]:
        sizes.append(len(batch))
        if len(batch) > 3:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried ...")
        return [item * 2 for item in batch]

    assert _attempt(network, range(10), range(10)) == {at: at * 2 for at in range(10)}
    assert sizes == [10, 5, 2, 3, 5, 2, 3]
    with pytest.raises(MemoryError):
        _attempt(_no_memory, range(10), range(10))
    with pytest.raises(RuntimeError, match="shape"):
        _attempt(_wrong_shape, range(10), range(10))


def _no_memory(_: Sequence[int]) -> list[int]:
    raise MemoryError


def _wrong_shape(_: Sequence[int]) -> list[int]:
    raise RuntimeError("shape mismatch")


def test_a_sentence_is_analysed_once_while_it_is_remembered() -> None:
    asked: list[tuple[str, bool]] = []

    class Counting:
        def analyse(
            self, sentences: Sequence[str], trees: Sequence[bool]
        ) -> list[list[Analysis]]:
            asked.extend(zip(sentences, trees, strict=True))
            return [
                [Analysis([(0, 1)], ["X"], ["_"], [text], [0 if tree else -1], ["dep"])]
                for text, tree in zip(sentences, trees, strict=True)
            ]

    engine = RememberingEngine(Counting(), limit=3)

    def lemmas(sentences: Sequence[str], tree: bool) -> list[tuple[str, int]]:
        found = engine.analyse(sentences, [tree] * len(sentences))
        return [(part.lemmas[0], part.heads[0]) for (part,) in found]

    assert lemmas(["क", "ख", "क"], True) == [("क", 0), ("ख", 0), ("क", 0)]
    assert asked == [("क", True), ("ख", True)]
    assert lemmas(["क"], False) == [("क", -1)]
    assert asked[2:] == [("क", False)]
    assert lemmas(["क", "ग"], True) == [("क", 0), ("ग", 0)]  # ख goes
    assert asked[3:] == [("ग", True)]
    assert lemmas(["ख"], True) == [("ख", 0)]
    assert asked[4:] == [("ख", True)]


# --- one article's failure ---------------------------------------------------------------


class FakeEngine:
    """Every sentence is one word; some cannot be analysed."""

    def analyse(self, sentences: Sequence[str], trees: Sequence[bool]) -> list[list[Analysis]]:
        if any("फटा" in sentence for sentence in sentences):
            raise ValueError("टूटा")
        return [
            [Analysis([(0, len(text))], ["X"], ["_"], [text], [-1], ["root"])]
            for text in sentences
        ]


def count_words(parsed: Parsed) -> int:
    if "उठा" in parsed.article.text:
        raise KeyError("नियम")
    return sum(1 for _ in parsed.words())


def test_a_failure_takes_no_other_article_with_it() -> None:
    analyzer = Analyzer()
    analyzer._engine = FakeEngine()
    articles = [article(text, text) for text in ("एक। दो।", "फटा।", "तीन।", "उठा।", "चार।")]
    results = [result for _, result in analyzer.map(articles, count_words)]
    assert [r for r in results if isinstance(r, int)] == [2, 1, 1]
    assert isinstance(results[1], ValueError)
    assert isinstance(results[3], KeyError)
    assert results[1].__notes__ == ["in article फटा।"]
    with pytest.raises(ValueError, match="टूटा"):
        list(analyzer.parse(articles))


# --- worker processes --------------------------------------------------------------------


def describe(parsed: Parsed) -> tuple[int, str]:
    text = parsed.article.text
    if text.startswith("मारक"):
        os.kill(os.getpid(), signal.SIGKILL)
    if text.startswith("त्रुटि"):
        raise InputError(parsed.article.path, "नहीं पढ़ा गया")
    return os.getpid(), " ".join(f"{w.text}/{w.upos}/{w.ner}" for w in parsed.words())


def no_tree(sentence: str) -> bool:
    return False


def test_where_no_process_starts_this_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr("claimx.language.workers._context", refuse)
    monkeypatch.setattr("claimx.language.analyzer._cores", lambda: 4)
    monkeypatch.setattr("claimx.language.analyzer.ALONE", 20)
    monkeypatch.setattr("claimx.language.analyzer.FIRST_BATCH", 10)
    analyzer = Analyzer()
    analyzer._engine = FakeEngine()
    articles = [article("एक दो तीन। चार।", str(at)) for at in range(9)]
    results = list(analyzer.map(articles, count_words, jobs=None))
    assert [one for one, _ in results] == articles
    assert {count for _, count in results} == {2}
    with pytest.raises(ClaimxError, match="--jobs 1"):
        list(analyzer.map(articles, count_words, jobs=2))


@pytest.mark.models
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_two_jobs_and_a_killer_article(monkeypatch: pytest.MonkeyPatch) -> None:
    # Batches of a few articles, so that both workers have several.
    monkeypatch.setattr("claimx.language.analyzer.FIRST_BATCH", 600)
    monkeypatch.setattr("claimx.language.analyzer.BATCH", 600)
    monkeypatch.setattr(batches, "__defaults__", (600, 600))
    texts = [PROSE[at % 4] for at in range(24)]
    texts[9], texts[14] = "मारक शब्द।", "त्रुटि वाला शब्द।"
    articles = [article(text, f"{at}.txt") for at, text in enumerate(texts)]
    analyzer = Analyzer(needs_tree=no_tree)
    found = list(analyzer.map(iter(articles), describe, jobs=2))
    assert [a.path for a, _ in found] == [a.path for a in articles]
    results = [result for _, result in found]
    assert isinstance(results[9], InputError)
    assert "9.txt" in str(results[9])
    assert "died" in str(results[9])
    assert isinstance(results[14], InputError)
    rest = [at for at in range(24) if at not in (9, 14)]
    alone = list(Analyzer(needs_tree=no_tree).map([articles[at] for at in rest], describe))
    assert [results[at][1] for at in rest] == [result[1] for _, result in alone]
    pids = {results[at][0] for at in rest}
    assert os.getpid() not in pids
    assert len(pids) >= 2


@pytest.mark.models
def test_a_single_batch_needs_no_worker() -> None:
    analyzer = Analyzer(needs_tree=no_tree)
    ((_, (pid, _)),) = analyzer.map([article(PROSE[0])], describe, jobs=4)
    assert pid == os.getpid()


def test_missing_models_are_said_before_any_worker_starts(tmp_path: Path) -> None:
    (tmp_path / "resources.json").write_text("{}", "utf-8")
    articles = [article("क" * 9000, str(at)) for at in range(3)]
    with pytest.raises(ModelError):
        list(Analyzer(tmp_path).map(articles, describe, jobs=2))
