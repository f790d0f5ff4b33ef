"""Quotations without a cue: whole sentences in marks that go on with the last speaker."""

from __future__ import annotations

from claimx.attribution.confidence import of_frame
from claimx.attribution.contents import quoted
from claimx.attribution.reading import Reading
from claimx.attribution.view import View
from claimx.records import Quotation, Span, Statement

# How far back the speaker may be, in paragraphs.
_PARAGRAPH_REACH = 2
_LEAST_WORDS = 3


def loose_quotations(view: View) -> list[Quotation]:
    """Outer quotations that make up whole sentences, in text order."""
    return [quotation for quotation in view.outer if _is_loose(view, quotation)]


def _is_loose(view: View, quotation: Quotation) -> bool:
    """Does nothing but punctuation share the quotation's sentences?"""
    if not view.is_speech(quotation) or view.word_count(quotation.inner) < _LEAST_WORDS:
        return False
    index, text, end = view.sentence_at(quotation.outer.start), view.text, quotation.outer.end
    start = view.sentences[index].sentence.start
    before = text[start : quotation.outer.start].strip(" :-–—")
    if before or view.is_furniture[index]:
        return False
    last = view.sentences[view.sentence_at(end - 1)].sentence
    if text[end : last.end].strip(" ।|.,"):
        return False
    inner = text[quotation.inner.start : quotation.inner.end].rstrip()
    closes = text[end : end + 2].strip()[:1] in ("।", "|", ".")
    return inner[-1:] in "।|.?!…" or closes


def continue_quotation(reading: Reading, quotation: Quotation) -> None:
    """Give a loose quotation to who spoke last, if that was near enough."""
    if quotation.outer.start in reading.claimed or not reading.history:
        return
    view = reading.view
    index = view.sentence_at(quotation.outer.start)
    spoke, speaker = reading.history[-1]
    apart = reading.paragraph(index) - reading.paragraph(spoke)
    content = quoted(view, quotation, "quote")
    if speaker.name is None or apart > _PARAGRAPH_REACH or content is None:
        return
    reading.claimed.add(quotation.outer.start)
    last = view.sentence_at(content.span.end - 1)
    end = max(view.sentences[last].sentence.end, content.span.end)
    reading.statements.append(
        Statement(
            content=content.span,
            evidence=Span(view.sentences[index].sentence.start, end),
            kind="direct",
            cue="कहना",
            act="say",
            mention=None,
            speaker=speaker.name,
            speaker_type=speaker.type,
            role=speaker.role,
            resolution="continued",
            confidence=of_frame("continued"),
        )
    )
    reading.history.append((last, speaker))
