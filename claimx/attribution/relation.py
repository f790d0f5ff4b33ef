"""The attribution relation: a cue with its source, before the content is known."""

from __future__ import annotations

from dataclasses import dataclass

from claimx.attribution.predicates import Cue
from claimx.attribution.sources import Source


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its source, at home in a sentence; "relation" as in Pareti (2015).

    Attributes:
        sentence: index of the sentence in the article.
        source: the source phrase, or None where the sentence names none.
        continued: the cue's own clause has no subject, so an earlier one goes on.
        inherited: that earlier subject, where it stands in the same sentence.
    """

    sentence: int
    cue: Cue
    source: Source | None
    continued: bool
    inherited: Source | None = None

    @property
    def left(self) -> int:
        """Index of the first word of the attribution."""
        if self.source is None or self.cue.participle:
            return self.cue.start
        return min(self.cue.start, self.source.start)

    @property
    def right(self) -> int:
        """Index after the last word of the attribution, the source's case marker included."""
        if self.source is None or self.cue.participle:
            return self.cue.end
        return max(self.cue.end, self.source.end + (self.source.end >= self.cue.end))
