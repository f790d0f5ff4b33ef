"""One article with its claims marked in place."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol, cast

from claimx.errors import ClaimxError
from claimx.records import Article, Claim

ARTICLE_FORMATS: Final[Mapping[str, str]] = {
    "text": "claimx.output.article_text",
    "html": "claimx.output.article_html",
}
"""Name of each way to show an article and the module that does it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article in which the set of claims does not change.

    Attributes:
        text: the article's own characters, not sanitised.
        opening: numbers of the claims that start here, the outermost first.
        inside: numbers of the claims it belongs to, the outermost first.
        closing: numbers of the claims that end with it, the innermost first.
    """

    text: str
    opening: tuple[int, ...]
    inside: tuple[int, ...]
    closing: tuple[int, ...]


class ArticleRenderer(Protocol):
    """What a module of `ARTICLE_FORMATS` offers."""

    def render(
        self, article: Article, claims: Sequence[Claim], *, width: int, color: bool
    ) -> str: ...


def render_article(
    article: Article,
    claims: Iterable[Claim],
    format: str = "text",
    *,
    width: int = 80,
    color: bool = False,
) -> str:
    """Render an article with its claims numbered in text order, the speaker beside each.

    Args:
        claims: the article's; they may nest and overlap.
        format: one of `ARTICLE_FORMATS`.
        width: cells a line may take (text).
        color: mark by colour and underline instead of brackets (text).

    Raises:
        ClaimxError: if a claim is not ``text[start:end]`` of this article.
        ValueError: if the format is unknown.
    """
    if format not in ARTICLE_FORMATS:
        raise ValueError(f"unknown format {format!r}: choose {' or '.join(ARTICLE_FORMATS)}")
    ordered = sorted(claims, key=lambda claim: (claim.start, -claim.end, claim.id))
    for claim in ordered:
        if article.text[claim.start : claim.end] != claim.claim or not claim.claim:
            raise ClaimxError(
                f"{article.path}: claim {claim.id} is not in this text, which has changed "
                "since; extract it again"
            )
    module = cast(ArticleRenderer, importlib.import_module(ARTICLE_FORMATS[format]))
    return module.render(article, ordered, width=width, color=color)


def pieces(text: str, claims: Sequence[Claim]) -> Iterator[Piece]:
    """Cut the text wherever a claim starts or ends.

    Args:
        claims: in text order, outer ones before inner ones; claim ``n`` is ``claims[n]``.
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number, claim in enumerate(claims):
        opening.setdefault(claim.start, []).append(number)
        closing.setdefault(claim.end, []).insert(0, number)
    cuts = sorted({0, len(text), *opening, *closing})
    inside: list[int] = []
    for start, end in pairwise(cuts):
        started = opening.get(start, [])
        inside = [number for number in inside if claims[number].end > start] + started
        yield Piece(text[start:end], tuple(started), tuple(inside), tuple(closing.get(end, [])))


def superscript(number: int) -> str:
    """The number in superscript digits, as it stands at a claim's edges."""
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
