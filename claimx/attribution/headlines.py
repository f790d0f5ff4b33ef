"""Headlines: "X: S" and "S: X" in a line of its own, without a full stop."""

from __future__ import annotations

from claimx.attribution.confidence import of_frame
from claimx.attribution.names import Described, describe
from claimx.attribution.reading import Reading
from claimx.attribution.sources import Source, phrase
from claimx.attribution.speakers import named
from claimx.attribution.tokens import Tokens
from claimx.records import Span, Statement

# A headline has at most so many words, a source in one so many, what it says at least so many.
_HEADLINE_WORDS, _SOURCE_WORDS, _CONTENT_WORDS = 30, 5, 3


def headline(reading: Reading, index: int) -> Statement | None:
    """What a sentence without a cue attributes by its colon.

    Args:
        index: the sentence in the article.
    """
    tokens, text = reading.view.sentences[index], reading.view.text
    colon = _colon(tokens)
    if colon < 1:
        return None
    length = len(tokens)
    for start, end, first, last in (
        (0, colon, colon + 1, length),
        (colon + 1, length, 0, colon),
    ):
        if end - start > _SOURCE_WORDS or last - first < _CONTENT_WORDS:
            continue
        source = phrase(tokens, end - 1, "nominative")
        described = describe(tokens, text, source)
        if source.start != start or not _is_somebody(tokens, source, described):
            continue
        content = reading.view.trim(tokens.words[first].start, tokens.words[last - 1].end)
        if content is None:
            return None
        speaker = named(reading, index, source, described)
        return Statement(
            content=content,
            evidence=Span(tokens.sentence.start, tokens.sentence.end),
            kind="indirect",
            cue="कहना",
            act="say",
            mention=speaker.mention,
            speaker=speaker.name,
            speaker_type=speaker.type,
            role=speaker.role,
            resolution=speaker.resolution,
            confidence=of_frame("headline"),
        )
    return None


def _colon(tokens: Tokens) -> int:
    """Index of the colon in what may be a headline, or -1."""
    if len(tokens) > _HEADLINE_WORDS or tokens.at(len(tokens) - 1) in ("।", ".", ":"):
        return -1
    return next((at for at in range(len(tokens)) if tokens.at(at) == ":"), -1)


def _is_somebody(tokens: Tokens, source: Source, described: Described) -> bool:
    """A name or a title, so that the colon attributes rather than announces a topic."""
    if tokens.is_grammar(source.head, "headline_labels"):
        return False  # "X News: S"
    known = tokens.words[source.head].ner in ("PER", "ORG") or described.title
    return bool(described.name and (known or (described.named and described.role)))
