"""Sentences analysed before: agency copy that several outlets print, page furniture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimx.language.layout import Analysis

if TYPE_CHECKING:
    from claimx.language.engine import Engine

# Sentences kept, about 5 KB each (memory is flat once they are met), and the length in code
# points up to which they are.
_MAX_SENTENCES = 2_500
_MAX_LENGTH = 2_000


class RememberingEngine:
    """An engine that analyses no sentence twice while it remembers it.

    The analysis of a sentence depends on its text alone, so this changes no result.

    Args:
        engine: analyses what is not remembered.
        limit: sentences kept; those unused for longest go first.
    """

    def __init__(self, engine: Engine, limit: int = _MAX_SENTENCES) -> None:
        self.engine = engine
        self._limit = limit
        self._known: dict[tuple[str, bool], list[Analysis]] = {}

    def analyse(self, sentences: Sequence[str], trees: Sequence[bool]) -> list[list[Analysis]]:
        """See `Engine.analyse`."""
        keys = list(zip(sentences, trees, strict=True))
        fresh = [key for key in dict.fromkeys(keys) if key not in self._known]
        answers = self.engine.analyse([text for text, _ in fresh], [tree for _, tree in fresh])
        now = dict(zip(fresh, answers, strict=True))
        for key in keys:
            if key not in now:
                now[key] = self._known.pop(key)  # and back to the end below
        self._known |= {key: found for key, found in now.items() if len(key[0]) <= _MAX_LENGTH}
        for key in list(self._known)[: max(0, len(self._known) - self._limit)]:
            del self._known[key]
        return [now[key] for key in keys]
