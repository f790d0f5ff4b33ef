"""The analysis of articles: equal to Stanza's, batch by batch, in worker processes."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings

from claimx.errors import ClaimxError, InputError, ModelError
from claimx.language import Analyzer, lay_out, models
from claimx.language.analyzer import batches
from claimx.language.layout import Analysis
from claimx.language.memory import RememberingEngine
from claimx.language.normalize import clean
from claimx.language.segments import MAX_SENTENCE_WORDS
from claimx.records import Article, Parsed, Sentence
from tests.language.cases import article, texts

CORPUS = Path(__file__).parents[2] / "corpus"


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
    def refuse(*_: object) -> None:
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
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nothing to fork from")
def test_workers_are_born_with_the_models() -> None:
    command = (
        "from claimx.language import Analyzer; from tests.language.cases import *; "
        "articles = [article('सरकार ने कहा कि बारिश होगी। ' * 300, str(n)) for n in range(2)]; "
        "print([found for _, found in Analyzer().map(articles, is_preloaded, jobs=2)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[True, True]"


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
