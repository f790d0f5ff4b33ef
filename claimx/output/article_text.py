"""An article for the terminal: brackets, or colours and underlines, around its claims."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from rich.text import Text

from claimx.output.article import pieces, superscript
from claimx.output.groups import UNNAMED, count, disputes, marks
from claimx.output.safety import one_line, visible
from claimx.output.table import flow, folded, footing
from claimx.output.terminal import CLAIM_STYLES, emit
from claimx.records import Article, Claim


def render(article: Article, claims: Sequence[Claim], *, width: int, color: bool) -> str:
    """Render head, text and the list of the claims; see `render_article`."""
    width = max(width, 20)
    stream = io.StringIO()
    emit(_lines(article, claims, width, color), stream, color=color)
    return stream.getvalue()


def _lines(
    article: Article, claims: Sequence[Claim], width: int, color: bool
) -> Iterator[Text]:
    if article.title:
        yield from folded(Text.assemble((one_line(article.title), "strong")), width)
    about = [article.source, article.published or "", count(len(claims), "claim")]
    yield from flow([Text.assemble((one_line(part), "quiet")) for part in about if part], width)
    yield Text("─" * width, "quiet")
    yield from folded(_marked(article, claims, color), width)
    if claims:
        yield Text("─" * width, "quiet")
        yield from _list(claims, width)


def _marked(article: Article, claims: Sequence[Claim], color: bool) -> Text:
    """The text; each claim as ``[[¹…¹]] «speaker»``, the brackets only without colour."""
    text = Text()
    for piece in pieces(article.text, claims):
        for number in piece.opening:
            sign = superscript(number + 1)
            text.append(sign if color else f"[[{sign}", _style(number))
        text.append(visible(piece.text), _style(piece.inside[-1]) if piece.inside else "")
        for number in piece.closing:
            sign = superscript(number + 1)
            text.append(sign if color else f"{sign}]]", _style(number))
            text.append(f" «{one_line(claims[number].speaker or '?')}»", "speaker")
    text.rstrip()
    return text


def _list(claims: Sequence[Claim], width: int) -> Iterator[Text]:
    contested = disputes(claims)
    digits = len(str(len(claims)))
    for number, claim in enumerate(claims):
        names = [(one_line(claim.speaker or UNNAMED), "speaker")]
        if claim.speaker_latin:
            names.append(("  " + one_line(claim.speaker_latin), "strong"))
        items = [Text.assemble(*names)]
        if claim.speaker_role:
            items.append(Text.assemble((one_line(claim.speaker_role), "quiet")))
        items += footing(claim, marks(claim, contested), claim.said_on)
        for row, line in enumerate(flow(items, width - digits - 2)):
            label = f"{number + 1:>{digits}}  " if row == 0 else " " * (digits + 2)
            yield Text.assemble((label, _style(number) if row == 0 else ""), line)


def _style(number: int) -> str:
    return f"claim{number % CLAIM_STYLES}"
