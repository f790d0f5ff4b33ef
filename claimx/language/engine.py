"""The analysis of sentences: the one place that knows Stanza's pipeline.

`load_engine` loads a Stanza resources folder. Where its networks are of the plain kind
(word vectors and a character network, as the bundled models are), `NetworkEngine` runs
them directly, with the same result and a fraction of the work; any others run in Stanza's
own pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
import torch
from stanza.models.common.doc import Document

from claimx.language.boundaries import BoundaryTagger
from claimx.language.layout import Analysis
from claimx.language.lemmas import Lemmatizer
from claimx.language.loading import load_pipeline
from claimx.language.parsing import DependencyParser
from claimx.language.segments import MAX_SENTENCE_WORDS
from claimx.language.tagging import NameTagger, PosTagger
from claimx.language.tokens import Spans, Tokenizer

# Words that one pass of a network sees: large enough for its matrix products, small
# enough for the caches and to bound memory.
PASS_WORDS = 2_000
# Stanza replaces longer tokens, so the networks never met any.
_MAX_LETTERS = 400

T = TypeVar("T")
R = TypeVar("R")


class Engine(Protocol):
    """Analyses sentences; stateless but for caches that never change a result."""

    def analyse(self, sentences: Sequence[str], trees: Sequence[bool]) -> list[list[Analysis]]:
        """Analyse sentences.

        Args:
            sentences: clean text of each sentence, without line feeds.
            trees: whether each needs a dependency tree and decoded lemmas.

        Returns:
            For each sentence its analysis, in parts where it has more than
            `MAX_SENTENCE_WORDS` words.
        """
        ...


def load_engine(folder: Path) -> Engine:
    """Load the models in a Stanza resources folder, weights only.

    Raises:
        ModelError: if a model is missing, damaged, swapped or cannot be loaded.
    """
    pipeline = load_pipeline(folder)
    if NetworkEngine.supports(pipeline.processors):
        return NetworkEngine(pipeline.processors)
    return PipelineEngine(pipeline)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Work without PyTorch's helper threads.

    These networks take many small steps; threads that meet after each gain little on an
    idle machine and lose tenfold on a busy one. Worker processes are what scales.
    """
    kept = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.inference_mode():
            yield
    finally:
        torch.set_num_threads(kept)


class NetworkEngine:
    """Runs the networks of a Stanza pipeline on sentences of many articles at once."""

    def __init__(self, processors: dict[str, Any]) -> None:
        pos, ner = processors["pos"], processors["ner"]
        lemma, parser = processors["lemma"], processors["depparse"]
        vectors = pos.pretrain.vocab
        tokenizer = processors["tokenize"]
        self._tokenize = Tokenizer(
            vectors.__contains__,
            BoundaryTagger(
                tokenizer.trainer.model, tokenizer.vocab, tokenizer.trainer.args["feat_funcs"]
            ),
        )
        self._tag = PosTagger(pos.trainer.model, pos.vocab, vectors)
        self._name = NameTagger(ner.trainer.model, ner.vocab)
        self._lemmatize = Lemmatizer(lemma.trainer, lemma.config)
        self._parse = DependencyParser(parser.trainer.model, parser.vocab, vectors)
        for processor in (tokenizer, pos, ner, lemma, parser):
            processor.trainer.model.eval()

    @staticmethod
    def supports(processors: dict[str, Any]) -> bool:
        """Are all models of the plain kind?"""
        if set(processors) != {"tokenize", "pos", "lemma", "depparse", "ner"}:
            return False
        tokenizer, pos, ner = processors["tokenize"], processors["pos"], processors["ner"]
        lemma, parser = processors["lemma"], processors["depparse"]
        try:
            return (
                BoundaryTagger.supports(tokenizer.trainer, tokenizer.config)
                and len(ner.trainers) == 1
                and PosTagger.supports(pos.trainer.model)
                and NameTagger.supports(ner.trainer.model)
                and Lemmatizer.supports(lemma.trainer, lemma.config)
                and DependencyParser.supports(parser.trainer.model, parser.config)
            )
        except (AttributeError, KeyError):  # another version of Stanza
            return False

    def analyse(self, sentences: Sequence[str], trees: Sequence[bool]) -> list[list[Analysis]]:
        """See `Engine.analyse`."""
        with _one_thread():
            spans: list[Spans] = []
            owner: list[int] = []
            words: list[list[str]] = []
            for at, parts in enumerate(self._tokenize(sentences)):
                for part in parts:
                    spans.append(part)
                    owner.append(at)
                    words.append([_seen(sentences[at][a:b]) for a, b in part])
            tags = self._run(self._tag, words, range(len(words)))
            names = self._run(self._name, words, range(len(words)))
            parsed = [at for at in range(len(words)) if trees[owner[at]]]
            lemmas = self._lemmas(words, tags, parsed)
            found = self._run(
                lambda batch: self._parse(
                    [item[0] for item in batch],
                    [item[1] for item in batch],
                    [item[2] for item in batch],
                ),
                [(words[at], tags[at][0], lemmas[at]) for at in range(len(words))],
                parsed,
                size=lambda item: len(item[0]) + 1,
            )
        result: list[list[Analysis]] = [[] for _ in sentences]
        for at, part in enumerate(spans):
            heads, relations = found.get(at) or ([-1] * len(part), ["dep"] * len(part))
            upos, feats = tags[at]
            result[owner[at]].append(
                Analysis(part, upos, feats, lemmas[at], heads, relations, names[at])
            )
        return result

    def _lemmas(
        self,
        words: Sequence[Sequence[str]],
        tags: dict[int, tuple[Sequence[str], Sequence[str]]],
        parsed: Sequence[int],
    ) -> list[list[str]]:
        self._lemmatize.learn(
            pair for at in parsed for pair in zip(words[at], tags[at][0], strict=True)
        )
        lemmas = [self._lemmatize.look_up(row, tags[at][0]) for at, row in enumerate(words)]
        for at in parsed:
            lemmas[at] = self._lemmatize.decode(words[at], tags[at][0])
        return lemmas

    def _run(
        self,
        network: Callable[[Sequence[T]], Sequence[R]],
        items: Sequence[T],
        which: Sequence[int],
        size: Callable[[T], int] = len,  # type: ignore[assignment]
    ) -> dict[int, R]:
        """Run a network over sentences of like length, `PASS_WORDS` words at a time."""
        order = sorted(which, key=lambda at: -size(items[at]))
        result: dict[int, R] = {}
        batch: list[int] = []
        room = PASS_WORDS
        for at in order:
            if batch and size(items[at]) > room:
                result.update(_attempt(network, items, batch))
                batch, room = [], PASS_WORDS
            batch.append(at)
            room -= size(items[at])
        if batch:
            result.update(_attempt(network, items, batch))
        return result


def _attempt(
    network: Callable[[Sequence[T]], Sequence[R]], items: Sequence[T], batch: Sequence[int]
) -> dict[int, R]:
    """Run one batch; where memory does not suffice, each half of it."""
    try:
        return dict(zip(batch, network([items[at] for at in batch]), strict=True))
    except (MemoryError, RuntimeError) as error:
        if not out_of_memory(error) or len(batch) == 1:
            raise
    middle = len(batch) // 2
    return _attempt(network, items, batch[:middle]) | _attempt(network, items, batch[middle:])


def out_of_memory(error: BaseException) -> bool:
    """Is this Python's or PyTorch's way to say that memory ran out?"""
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError)
        and any(
            words in str(error)
            for words in ("not enough memory", "can't allocate memory", "out of memory")
        )
    )


class PipelineEngine:
    """Stanza's own pipeline, for models of any kind."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def analyse(self, sentences: Sequence[str], trees: Sequence[bool]) -> list[list[Analysis]]:
        """See `Engine.analyse`."""
        if not sentences:
            return []
        with _one_thread():
            return self._analyse(sentences, trees)

    def _analyse(self, sentences: Sequence[str], trees: Sequence[bool]) -> list[list[Analysis]]:
        processors = self._pipeline.processors
        text = "\n\n".join(sentences)
        document = self._pipeline(text, processors=_present(processors, "tokenize", "mwt"))
        bases = sentence_bases(sentences)
        starts = [sentence.tokens[0].start_char for sentence in document.sentences]
        owner = np.searchsorted(bases, starts, "right") - 1
        self._pipeline(document, processors=_present(processors, "pos", "ner"))
        chosen = Document([])
        chosen.sentences = [
            sentence
            for sentence, at in zip(document.sentences, owner, strict=True)
            if trees[at] and len(sentence.words) <= MAX_SENTENCE_WORDS
        ]
        if chosen.sentences:
            chosen.num_tokens = sum(len(s.tokens) for s in chosen.sentences)
            chosen.num_words = sum(len(s.words) for s in chosen.sentences)
            self._pipeline(chosen, processors=_present(processors, "lemma", "depparse"))
        result: list[list[Analysis]] = [[] for _ in sentences]
        for sentence, at in zip(document.sentences, owner.tolist(), strict=True):
            result[at].append(from_stanza(sentence, int(bases[at])))
        return result


def _present(processors: dict[str, Any], *names: str) -> str:
    return ",".join(name for name in names if name in processors)


def sentence_bases(sentences: Sequence[str]) -> Any:
    """Where each sentence begins in the text that joins them with blank lines."""
    lengths = [len(sentence) + 2 for sentence in sentences]
    return np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)


def from_stanza(sentence: Any, base: int) -> Analysis:
    """Translate one Stanza sentence that begins ``base`` code points into its text.

    The words of a multi-word token share its place.
    """
    parents = [word.parent for word in sentence.words]
    first = {token.id[0]: at for at, token in reversed(list(enumerate(parents)))}
    entities = []
    for entity in sentence.ents:
        ids = [token.id for token in entity.tokens]
        start = first[ids[0][0]]
        stop = max(at for at, token in enumerate(parents) if token.id == ids[-1]) + 1
        entities.append((start, stop, entity.type))
    words = sentence.words
    return Analysis(
        tuple((token.start_char - base, token.end_char - base) for token in parents),
        [word.upos or "X" for word in words],
        [word.feats or "_" for word in words],
        [word.lemma or word.text for word in words],
        [-1 if word.head is None else word.head - 1 for word in words],
        [word.deprel or "dep" for word in words],
        entities,
    )


def _seen(word: str) -> str:
    """A word as the networks see it."""
    return word if len(word) <= _MAX_LETTERS else "<UNK>"
