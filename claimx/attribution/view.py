"""An article under attribution: sentences as tokens, and where its quotations are."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

import regex

from claimx.attribution.furniture import furniture
from claimx.attribution.predicates import Cue, find_cues
from claimx.attribution.prefilter import may_attribute
from claimx.attribution.tokens import Tokens
from claimx.records import Parsed, Quotation, Span

_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_STRIP_LEFT = " \t\n।|॥,;:-–—.!?…)]”’\"'»"


class View:
    """Random access to a parsed article."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self._speech: dict[Quotation, bool] = {}  # asked for every word
        self.text = parsed.article.text
        self.sentences = tuple(
            Tokens(s, tree=may_attribute(self.text[s.start : s.end])) for s in parsed.sentences
        )
        page = furniture(self.text, parsed.paragraphs)
        self.is_furniture = tuple(s.paragraph in page for s in parsed.sentences)
        self._sentence_starts = [s.start for s in parsed.sentences]
        self.quotations = tuple(
            q if q.closed else self._shortened(q) for q in parsed.quotations
        )
        self.outer = tuple(q for q in self.quotations if q.depth == 0)
        self._outer_starts = [q.outer.start for q in self.outer]
        self._outer_ends = [q.outer.end for q in self.outer]
        self._by_start = {q.outer.start: q for q in self.quotations}
        # Of those that end at an offset the one that starts last.
        self._last_start = {
            q.outer.end: q.outer.start
            for q in sorted(self.quotations, key=lambda q: q.outer.start)
        }

    @cached_property
    def quote_of(self) -> tuple[tuple[int, ...], ...]:
        """For every word of every sentence, the index of its outer quotation or -1."""
        return tuple(
            tuple(self.quote_index(word.start) for word in tokens.words)
            for tokens in self.sentences
        )

    def quote_index(self, offset: int) -> int:
        """Index in `outer` of the speech-like quotation around an offset, or -1."""
        index = bisect_right(self._outer_starts, offset) - 1
        if (
            index >= 0
            and offset in self.outer[index].outer
            and self.is_speech(self.outer[index])
        ):
            return index
        return -1

    def is_speech(self, quotation: Quotation) -> bool:
        """Long enough to be something said rather than a name or a scare quote."""
        if quotation not in self._speech:
            words = self.word_count(quotation.inner)
            inner = self.text[quotation.inner.start : quotation.inner.end].rstrip()
            self._speech[quotation] = words >= 5 or (words >= 2 and inner[-1:] in "।|.?!,")
        return self._speech[quotation]

    def word_count(self, span: Span) -> int:
        return len(_WORDS.findall(self.text[span.start : span.end]))

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation whose opening mark stands at an offset."""
        return self._by_start.get(offset)

    def quotation_before(self, offset: int) -> Quotation | None:
        """The last outer quotation that ends at an offset or before it."""
        index = bisect_right(self._outer_ends, offset) - 1
        return self.outer[index] if index >= 0 else None

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds an offset or is the last before it."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def _shortened(self, quotation: Quotation) -> Quotation:
        """An unclosed quotation ends before the next attribution (annotation rule 3)."""
        first = self.sentence_at(quotation.inner.start)
        if self._is_stray(quotation, self.sentences[first]):
            at = quotation.inner.start
            return Quotation(Span(at, at), Span(quotation.outer.start, at), False, 1)
        for tokens in self.sentences[first + 1 :]:
            start = tokens.sentence.start
            if start >= quotation.inner.end:
                break
            if tokens.tree and any(_takes_clause(tokens, cue) for cue in find_cues(tokens)):
                return Quotation(
                    Span(quotation.inner.start, start),
                    Span(quotation.outer.start, start),
                    False,
                    quotation.depth,
                )
        return quotation

    def _is_stray(self, quotation: Quotation, tokens: Tokens) -> bool:
        """ "… है। ’’ उन्होंने कहा कि": a closing mark without an opening one."""
        if self.text[quotation.outer.start] not in "”’»" or not tokens.tree:
            return False
        if quotation.outer.start > tokens.words[0].start:
            return False
        return any(_takes_clause(tokens, cue) for cue in find_cues(tokens))

    def trim(self, start: int, end: int) -> Span | None:
        """A content span without the punctuation and marks around it."""
        text = self.text
        while start < end and text[start] in _STRIP_LEFT and text[start] not in "\"'":
            start += 1
        while start < end and end > start and text[end - 1] in " \t\n।|॥,;:-–—.":
            end -= 1
        start, end = self._unquote(start, end)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end) if self.word_count(Span(start, end)) else None

    def _unquote(self, start: int, end: int) -> tuple[int, int]:
        """Drop a mark at an edge whose partner lies outside."""
        marks = "\"'“”„‘’«»`"
        for _ in range(3):
            if start < end and self.text[start] in marks:
                quotation = self._by_start.get(start)
                if quotation is None or quotation.outer.end > end:
                    start += 1
                    continue
            if end > start and self.text[end - 1] in marks:
                if self._last_start.get(end, -1) < start:
                    end -= 1
                    while end > start and self.text[end - 1] in " ।|.,":
                        end -= 1
                    continue
            break
        return start, end


def _takes_clause(tokens: Tokens, cue: Cue) -> bool:
    if cue.frame == "copular":
        return True
    return cue.frame in ("verb", "nominal") and tokens.at(cue.end) in ("कि", ",", ":")
