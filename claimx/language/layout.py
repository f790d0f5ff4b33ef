"""Lay an article out by its punctuation, and put a model's analysis back onto it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claimx.language.normalize import CleanText, clean
from claimx.language.quotes import Quote, pair_quotes
from claimx.language.segments import paragraphs, sentences
from claimx.records import Article, Entity, Parsed, Quotation, Sentence, Span, Word


@dataclass(frozen=True, slots=True)
class Layout:
    """An article cut up by punctuation, before any model has seen it.

    Attributes:
        paragraphs, quotes, sentences: in code points of ``clean.text``.
        paragraph_of: for each sentence, the index of its paragraph.
    """

    article: Article
    clean: CleanText
    paragraphs: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    sentences: tuple[Span, ...]
    paragraph_of: tuple[int, ...]

    def texts(self) -> list[str]:
        """The clean text of every sentence."""
        text = self.clean.text
        return [text[span.start : span.end] for span in self.sentences]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the models say about one sentence; all sequences have one item a word.

    Attributes:
        spans: each word's code points in the sentence's clean text.
        feats: Universal Dependencies features, ``Case=Nom|Number=Sing`` or ``_``.
        heads: index of the governor among these words; -1 for the root and for
            words of a sentence that was not parsed.
        entities: first word, word after the last, and label.
    """

    spans: Sequence[tuple[int, int]]
    upos: Sequence[str]
    feats: Sequence[str]
    lemmas: Sequence[str]
    heads: Sequence[int]
    deprels: Sequence[str]
    entities: Sequence[tuple[int, int, str]] = ()


def lay_out(article: Article, body: int = 0) -> Layout:
    """Normalise, find paragraphs, quotations and sentences; all in clean offsets.

    Args:
        article: the article as read.
        body: code points at its start that are no prose (front matter).
    """
    cleaned = clean(article.text, body)
    lines = paragraphs(cleaned.text)
    quotes = pair_quotes(cleaned.text, lines)
    spans: list[Span] = []
    owner: list[int] = []
    starts = [line.start for line in lines]
    closing: list[list[Quote]] = [[] for _ in lines]  # by the paragraph they close in
    for quote in quotes:
        closing[bisect_right(starts, quote.end) - 1].append(quote)
    for index, line in enumerate(lines):
        for span in sentences(cleaned.text, line, closing[index]):
            spans.append(span)
            owner.append(index)
    return Layout(article, cleaned, tuple(lines), tuple(quotes), tuple(spans), tuple(owner))


def assemble(layout: Layout, analyses: Sequence[Sequence[Analysis]]) -> Parsed:
    """Join a layout and the analyses of its sentences into the record the rules read.

    Args:
        layout: the article's layout.
        analyses: for each of its sentences the analysis, in parts where it was too long.
    """
    original = layout.clean.original
    result: list[Sentence] = []
    entities: list[Entity] = []
    for span, paragraph, parts in zip(
        layout.sentences, layout.paragraph_of, analyses, strict=True
    ):
        for part in parts:
            if not part.spans:
                continue
            places = [original(span.start + a, span.start + b) for a, b in part.spans]
            labels = [""] * len(places)
            for first, stop, label in part.entities:
                entities.append(Entity(label, places[first].start, places[stop - 1].end))
                labels[first:stop] = [label] * (stop - first)
            result.append(
                Sentence(tuple(_words(layout, span, part, places, labels)), paragraph)
            )
    return Parsed(
        layout.article,
        tuple(original(p.start, p.end) for p in layout.paragraphs),
        tuple(result),
        tuple(entities),
        tuple(_quotation(layout.clean, quote) for quote in layout.quotes),
    )


def _words(
    layout: Layout,
    sentence: Span,
    part: Analysis,
    places: Sequence[Span],
    labels: Sequence[str],
) -> Iterator[Word]:
    text, base = layout.clean.text, sentence.start
    for index, (start, end) in enumerate(part.spans):
        yield Word(
            text=text[base + start : base + end],
            lemma=part.lemmas[index],
            upos=part.upos[index],
            head=part.heads[index],
            deprel=part.deprels[index],
            start=places[index].start,
            end=places[index].end,
            feats=_features(part.feats[index]),
            ner=labels[index],
        )


@lru_cache(maxsize=4096)
def _features(feats: str) -> Mapping[str, str]:
    return dict(pair.split("=", 1) for pair in feats.split("|") if "=" in pair)


def _quotation(cleaned: CleanText, quote: Quote) -> Quotation:
    inner = cleaned.original(quote.start, quote.end)
    outer = cleaned.original(quote.outer_start, quote.outer_end)
    return Quotation(inner, outer, quote.closed, quote.depth)
