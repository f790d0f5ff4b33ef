"""What a reader of an article remembers: who was met, who spoke, what was said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from claimx.attribution.people import People
from claimx.attribution.relation import Attribution
from claimx.attribution.view import View
from claimx.records import Resolution, Span, SpeakerType, Statement

# Statements that may still be going on where a cue stands.
_RECENT = 6


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source phrase turned out to be.

    Attributes:
        mention: the source phrase in the article, in code points, or None.
        first_person: मैं, हम: the speaker of the quotation around it.
        pronoun: the mention is a pronoun, whether or not it could be resolved.
        honoured: spoken of as उन्होंने, not as उसने.
    """

    name: str | None
    type: SpeakerType
    role: str | None
    resolution: Resolution
    mention: Span | None
    first_person: bool = False
    pronoun: bool = False
    honoured: bool = True


NOBODY = Speaker(None, "unknown", None, "unresolved", None)


@dataclass(slots=True)
class Reading:
    """The state of one pass over one article; all that changes during attribution.

    Attributes:
        acronyms: short forms of organisations to their long forms.
        claimed: opening offsets (code points) of quotations that have a speaker.
        history: (sentence, speaker) of every outer statement, in text order.
        companies: the companies that the article names, or None until they are asked for.
    """

    view: View
    people: People
    acronyms: Mapping[str, str]
    claimed: set[int] = field(default_factory=set)
    statements: list[Statement] = field(default_factory=list)
    history: list[tuple[int, Speaker]] = field(default_factory=list)
    companies: tuple[str, ...] | None = None

    def is_reported(self, offset: int) -> bool:
        """Is the code point inside what somebody is already reported to say?"""
        return any(offset in statement.content for statement in self.statements)

    def is_within_content(self, attribution: Attribution) -> bool:
        """Is the cue part of what somebody is already reported to say in other words?"""
        return self.outer_layer(attribution) is not None

    def outer_layer(self, attribution: Attribution) -> Statement | None:
        """The latest indirect statement that the cue is part of."""
        tokens = self.view.sentences[attribution.sentence]
        start = tokens.words[attribution.cue.start].start
        for statement in reversed(self.statements[-_RECENT:]):
            if start in statement.content and statement.kind != "direct":
                return statement
        return None

    def speaking(self, sentence: int) -> str | None:
        """Who made the last statement before a sentence, in its paragraph or the one before."""
        if not self.history:
            return None
        spoke, speaker = self.history[-1]
        near = self.paragraph(sentence) - self.paragraph(spoke) <= 1
        return speaker.name if near else None

    def paragraph(self, sentence: int) -> int:
        """Index of a sentence's paragraph."""
        return self.view.sentences[sentence].sentence.paragraph
