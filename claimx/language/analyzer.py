"""The one place that knows Stanza: articles in, frozen `Parsed` records out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimx.language.normalize import CleanText, clean
from claimx.language.quotes import Quote, pair_quotes
from claimx.language.segments import paragraphs, sentences
from claimx.records import Article, Entity, Parsed, Quotation, Sentence, Span, Word

PROCESSORS = "tokenize,pos,lemma,depparse,ner"


@dataclass(frozen=True, slots=True)
class Layout:
    """An article cut up by punctuation, before any model has seen it."""

    article: Article
    clean: CleanText
    paragraphs: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    sentences: tuple[Span, ...]
    paragraph_of: tuple[int, ...]


def lay_out(article: Article, body: int = 0) -> Layout:
    """Normalise, find paragraphs, quotations and sentences; all in clean offsets."""
    cleaned = clean(article.text, body)
    lines = paragraphs(cleaned.text)
    quotes = pair_quotes(cleaned.text, lines)
    spans: list[Span] = []
    owner: list[int] = []
    for index, line in enumerate(lines):
        for span in sentences(cleaned.text, line, quotes):
            spans.append(span)
            owner.append(index)
    return Layout(article, cleaned, tuple(lines), tuple(quotes), tuple(spans), tuple(owner))


class Analyzer:
    """Stanza's Hindi pipeline behind one call; models are loaded at the first use."""

    def __init__(self, model_dir: Path) -> None:
        self._model_dir = model_dir
        self._pipeline: Any = None

    def _load(self) -> Any:
        if self._pipeline is None:
            import stanza

            self._pipeline = stanza.Pipeline(
                "hi",
                dir=str(self._model_dir),
                processors=PROCESSORS,
                download_method=None,
                use_gpu=False,
                tokenize_no_ssplit=True,
                verbose=False,
            )
        return self._pipeline

    def parse(self, articles: Iterable[Article]) -> Iterator[Parsed]:
        """Analyse articles, in order."""
        for article in articles:
            layout = lay_out(article)
            yield self._parse(layout)

    def _parse(self, layout: Layout) -> Parsed:
        if not layout.sentences:
            return Parsed(layout.article, (), ())
        text = layout.clean.text
        pieces = [text[s.start : s.end] for s in layout.sentences]
        document = self._load()("\n\n".join(pieces))
        return to_parsed(layout, document, pieces)


def to_parsed(layout: Layout, document: Any, pieces: Sequence[str]) -> Parsed:
    """Translate a Stanza document of joined sentences back to the article's offsets."""
    bases, at = [], 0
    for piece in pieces:
        bases.append(at)
        at += len(piece) + 2
    result: list[Sentence] = []
    entities: list[Entity] = []
    original = layout.clean.original
    index = 0
    for parsed in document.sentences:
        first = parsed.tokens[0].start_char
        while index + 1 < len(bases) and bases[index + 1] <= first:
            index += 1
        shift = layout.sentences[index].start - bases[index]
        ner = {}
        for entity in parsed.ents:
            span = original(entity.start_char + shift, entity.end_char + shift)
            entities.append(Entity(entity.type, span.start, span.end))
            for token in entity.tokens:
                ner[token.id[0]] = entity.type
        words = []
        for word in parsed.words:
            token = word.parent
            span = original(token.start_char + shift, token.end_char + shift)
            feats = dict(pair.split("=", 1) for pair in (word.feats or "").split("|") if pair)
            words.append(
                Word(
                    text=word.text,
                    lemma=word.lemma or word.text,
                    upos=word.upos or "X",
                    head=word.head - 1,
                    deprel=word.deprel or "dep",
                    start=span.start,
                    end=span.end,
                    feats=feats,
                    ner=ner.get(word.id, ""),
                )
            )
        result.append(Sentence(tuple(words), layout.paragraph_of[index]))
    return Parsed(
        layout.article,
        tuple(original(p.start, p.end) for p in layout.paragraphs),
        tuple(result),
        tuple(entities),
        tuple(_quotation(layout.clean, quote) for quote in layout.quotes),
    )


def _quotation(cleaned: CleanText, quote: Quote) -> Quotation:
    inner = cleaned.original(quote.start, quote.end)
    outer = cleaned.original(quote.outer_start, quote.outer_end)
    return Quotation(inner, outer, quote.closed, quote.depth)
