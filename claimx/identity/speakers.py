"""Records of resolution: a name in an article, a speaker across articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from claimx.records import SpeakerType


@dataclass(frozen=True, slots=True)
class Name:
    """A speaker as one article has it.

    Attributes:
        text: the name, with or without titles, in either script.
        type: what the article said it is.
        role: the title in the text, or None.
        article: any string that is one for all names of an article.
    """

    text: str
    type: SpeakerType = "unknown"
    role: str | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker across articles.

    Attributes:
        name: canonical name, in Devanagari where any article has it so.
        roles: titles, most frequent first.
        spellings: names as the articles have them, most frequent first.
        count: mentions.
    """

    name: str
    latin: str
    type: SpeakerType
    roles: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class Registry:
    """The outcome of `resolve`.

    Attributes:
        speakers: most frequent first, then by name.
    """

    speakers: tuple[Speaker, ...]
    _homes: Mapping[tuple[str, str], Speaker] = field(repr=False, default_factory=dict)

    def speaker_of(self, name: Name) -> Speaker:
        """The speaker that one of the resolved names stands for.

        Raises:
            KeyError: if the name was not among those resolved.
        """
        return self._homes[name.text, name.article]
