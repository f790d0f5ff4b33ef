"""The table for people: claims under their speakers, at any width, with or without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, TextIO

from rich.text import Text

from claimx.output.groups import (
    Disputes,
    Mark,
    SpeakerClaims,
    by_speaker,
    date_of,
    details,
    disputes,
    marks,
    summary,
)
from claimx.output.layout import cells, fit_columns, wrap
from claimx.output.safety import collapsed, one_line
from claimx.output.terminal import emit
from claimx.output.writers import Column, Options, Row, plain
from claimx.records import Claim

_DATE_CELLS: Final = 10
# Below this many cells the date moves from its own column to the line of details.
_ROOM_FOR_DATES: Final = 56
_NO_DATE: Final = "    —"
_BULLET: Final = "•"
_SEPARATOR: Final = " · "
_GAP: Final = 2


def write_claims(claims: Iterable[Claim], stream: TextIO, options: Options) -> None:
    """Write the claims grouped by speaker."""
    speakers = by_speaker(claims)
    contested = disputes(claim for speaker in speakers for claim in speaker.claims)
    emit(_table(speakers, contested, max(options.width, 20)), stream, color=options.color)


def write_rows(
    rows: Iterable[Row], columns: Sequence[Column], stream: TextIO, options: Options
) -> None:
    """Write rows in columns, or one field a line where the columns do not fit."""
    held = [
        [(one_line(plain(row.get(column.name))), row.get(column.name)) for column in columns]
        for row in rows
    ]
    if not held:
        emit([Text("Nothing found.")], stream, color=False)
        return
    texts = [[text for text, _ in row] for row in held]
    numeric = [
        all(value is None or _is_number(value) for value in values)
        for values in zip(*([value for _, value in row] for row in held), strict=True)
    ]
    headings = [one_line(column.heading) for column in columns]
    natural = [max(map(cells, column)) for column in zip(headings, *texts, strict=True)]
    room = max(options.width, 20)
    widths = fit_columns(natural, room - _GAP * (len(columns) - 1))
    lines = (
        _fields(columns, texts, room)
        if widths is None
        else _grid(headings, texts, widths, numeric)
    )
    emit(lines, stream, color=options.color)


def footing(claim: Claim, signs: Sequence[Mark], *more: str | None) -> list[Text]:
    """What stands under a claim: how and through whom, `more`, and the marks in words."""
    parts = [one_line(part) for part in (*details(claim), *more) if part]
    items = [Text.assemble((part, "quiet")) for part in parts]
    return items + [Text.assemble((f"{mark.sign} {mark.words}", mark.kind)) for mark in signs]


def flow(items: Iterable[Text], width: int) -> Iterator[Text]:
    """Set items side by side, as many as a line holds; only too long ones are broken."""
    line: Text | None = None
    for item in items:
        if line is not None:
            joined = Text.assemble(line, (_SEPARATOR, "quiet"), item)
            if cells(joined.plain) <= width:
                line = joined
                continue
            yield line
        *whole, line = folded(item, width)
        yield from whole
    if line is not None:
        yield line


def folded(text: Text, width: int) -> Iterator[Text]:
    """Break a styled text into lines of at most `width` cells."""
    edges = [edge for line in wrap(text.plain, width) for edge in line]
    # Between the edges lie, in turn, what was before a line and the line itself.
    yield from text.divide(edges)[1::2]


def _table(speakers: list[SpeakerClaims], contested: Disputes, width: int) -> Iterator[Text]:
    if not speakers:
        yield Text("No claims.")
        return
    dated = width >= _ROOM_FOR_DATES and any(
        date_of(claim) for speaker in speakers for claim in speaker.claims
    )
    for speaker in speakers:
        yield from _heading(speaker, width)
        for claim in speaker.claims:
            yield from _claim(claim, marks(claim, contested), width, dated=dated)
        yield Text()
    yield from folded(Text(summary(speakers), "quiet"), width)


def _heading(speaker: SpeakerClaims, width: int) -> Iterator[Text]:
    names = [(one_line(speaker.heading), "speaker")]
    if speaker.latin:
        names.append(("  " + one_line(speaker.latin), "strong"))
    about = [one_line(speaker.role)] if speaker.role else []
    about.append(speaker.size)
    items = [Text.assemble(*names), *(Text.assemble((part, "quiet")) for part in about)]
    yield from flow(items, width)
    yield Text("─" * width, "quiet")


def _claim(claim: Claim, signs: list[Mark], width: int, *, dated: bool) -> Iterator[Text]:
    """One row; only ASCII stands before the claim, so it lines up in every terminal."""
    gutter = Text(" ")
    if dated:
        date = one_line(date_of(claim) or "")[:_DATE_CELLS]
        date = date if date.isascii() and date else _NO_DATE
        gutter.append(f"{date:<{_DATE_CELLS}} ", "quiet")
    indent = len(gutter) + 2
    gutter.append(*((signs[0].sign, signs[0].kind) if signs else (_BULLET, "quiet")))
    gutter.append(" ")
    words = _quoted(claim)
    if any(sign.kind == "unsure" for sign in signs):
        words.stylize("unsure")
    room = width - indent
    for number, line in enumerate(folded(words, room)):
        yield Text.assemble(gutter if number == 0 else " " * indent, line)
    where = footing(claim, signs, claim.source, None if dated else date_of(claim))
    for line in flow(where, room):
        yield Text.assemble(" " * indent, line)


def _quoted(claim: Claim) -> Text:
    """The claim on one line, its facts highlighted, in quotation marks if they were said."""
    edges = {0, len(claim.claim)}
    facts = []
    for fact in claim.facts:
        start, end = fact.start - claim.start, fact.end - claim.start
        if 0 <= start < end <= len(claim.claim):
            facts.append((start, end))
            edges |= {start, end}
    text = Text()
    for start, end in pairwise(sorted(edges)):
        inside = any(first <= start and end <= last for first, last in facts)
        text.append(collapsed(claim.claim[start:end]), "fact" if inside else "")
    return Text.assemble("“", text, "”") if claim.kind == "direct" else text


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _grid(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: list[int],
    numeric: list[bool],
) -> Iterator[Text]:
    yield from _grid_row(headings, widths, numeric, "strong")
    yield Text("  ".join("─" * width for width in widths), "quiet")
    for row in rows:
        yield from _grid_row(row, widths, numeric, "")


def _grid_row(
    row: Sequence[str], widths: list[int], numeric: list[bool], style: str
) -> Iterator[Text]:
    broken = [
        [text[start:end] for start, end in wrap(text, width)]
        for text, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, broken))):
        line = []
        for pieces, width, right in zip(broken, widths, numeric, strict=True):
            piece = pieces[number] if number < len(pieces) else ""
            blank = " " * (width - cells(piece))
            line.append(blank + piece if right else piece + blank)
        yield Text((" " * _GAP).join(line).rstrip(), style)


def _fields(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int
) -> Iterator[Text]:
    """Each row as a block: its title, then ``heading: value`` lines."""
    for number, row in enumerate(rows):
        if number:
            yield Text("─" * width, "quiet")
        fields = [pair for pair in zip(columns, row, strict=True) if pair[1]]
        for column, text in sorted(fields, key=lambda pair: not pair[0].title):
            label = "" if column.title else f"{one_line(column.heading)}: "
            line = Text.assemble((label, "quiet"), (text, "strong" if column.title else ""))
            yield from folded(line, width)
