"""An article as a page: its claims marked, the speaker beside each, a list below."""

from __future__ import annotations

import html
from collections.abc import Sequence

from claimx.output.article import pieces
from claimx.output.groups import UNNAMED, count, disputes
from claimx.output.html import PAGE_END, escaped, how, page_start
from claimx.output.safety import visible
from claimx.records import Article, Claim


def render(article: Article, claims: Sequence[Claim], *, width: int, color: bool) -> str:
    """Render the whole page; see `render_article`. Width and colour do not apply."""
    about = [escaped(article.source), escaped(article.published or "")]
    about.append(count(len(claims), "claim"))
    title = article.title or article.path
    return "".join(
        (
            page_start(title),
            f'<h1 dir="auto">{escaped(title)}</h1>\n',
            f'<p class="about">{" · ".join(part for part in about if part)}</p>\n',
            f'<article dir="auto">{_marked(article.text, claims)}</article>\n',
            _list(claims),
            PAGE_END,
        )
    )


def _marked(text: str, claims: Sequence[Claim]) -> str:
    """The text; a claim that crosses another is marked in parts, one for each piece."""
    parts = []
    for piece in pieces(text, claims):
        for number in piece.opening:
            parts.append(f'<sup id="t{number + 1}">{number + 1}</sup>')
        marks = "".join(
            f'<mark title="{number + 1}: {escaped(claims[number].speaker or UNNAMED)}">'
            for number in piece.inside
        )
        parts.append(
            f"{marks}{html.escape(visible(piece.text))}{'</mark>' * len(piece.inside)}"
        )
        for number in piece.closing:
            name = escaped(claims[number].speaker or UNNAMED)
            parts.append(
                f'<sup><a href="#c{number + 1}">{number + 1}</a></sup> '
                f'<span class="who">«<bdi>{name}</bdi>»</span>'
            )
    return "".join(parts)


def _list(claims: Sequence[Claim]) -> str:
    contested = disputes(claims)
    items = []
    for number, claim in enumerate(claims, start=1):
        names = [claim.speaker or UNNAMED, claim.speaker_latin, claim.speaker_role]
        who = " · ".join(f"<bdi>{escaped(name)}</bdi>" for name in names if name)
        items.append(
            f'<li id="c{number}"><a href="#t{number}">{who}</a> '
            f'<span class="how">{how(claim, contested)}</span></li>\n'
        )
    return f"<ol>\n{''.join(items)}</ol>\n" if items else ""
