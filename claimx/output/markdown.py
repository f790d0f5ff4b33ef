"""Markdown as GitHub reads it: a table for each speaker; nothing in a claim is markup.

References:
    GitHub Flavored Markdown Spec 0.29, 2.4 backslash escapes, 4.10 tables, 6.9 autolinks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TextIO

import regex

from claimx.output.groups import by_speaker, date_of, details, disputes, marks, summary
from claimx.output.safety import one_line
from claimx.output.writers import Column, Options, Row, plain
from claimx.records import Claim

# Every character that starts markup inside a line; cells and headings never start a line,
# so what is markup only there (- + . #) can stay readable. `//` and `www.` would autolink.
_MARKUP: Final = regex.compile(r"[\\`*_{}\[\]<>|~&$#!^=@]|(?<=:)/(?=/)|(?<=\bwww)\.")
_HEADINGS: Final = ("date", "claim", "cue, source", "marks")


def escaped(text: str) -> str:
    """One line of Markdown that reads as the text itself."""
    return _MARKUP.sub(r"\\\g<0>", one_line(text))


def write_claims(claims: Iterable[Claim], stream: TextIO, options: Options) -> None:
    """Write a heading and a table for each speaker."""
    speakers = by_speaker(claims)
    contested = disputes(claim for speaker in speakers for claim in speaker.claims)
    for speaker in speakers:
        latin = f" ({escaped(speaker.latin)})" if speaker.latin else ""
        role = f"{escaped(speaker.role)} · " if speaker.role else ""
        stream.write(f"## {escaped(speaker.heading)}{latin}\n\n{role}{speaker.size}\n\n")
        _header(_HEADINGS, stream)
        for claim in speaker.claims:
            words = escaped(claim.claim)
            signs = (f"{mark.sign} {mark.words}" for mark in marks(claim, contested))
            row = (
                escaped(date_of(claim) or ""),
                f"“{words}”" if claim.kind == "direct" else words,
                " · ".join(escaped(part) for part in (*details(claim), claim.source)),
                " · ".join(signs),
            )
            _line(row, stream)
        stream.write("\n")
    stream.write(f"{summary(speakers)}\n")


def write_rows(
    rows: Iterable[Row], columns: Sequence[Column], stream: TextIO, options: Options
) -> None:
    """Write one table, its lines as the rows arrive."""
    _header([escaped(column.heading) for column in columns], stream)
    for row in rows:
        _line([escaped(plain(row.get(column.name))) for column in columns], stream)


def _header(headings: Sequence[str], stream: TextIO) -> None:
    _line(headings, stream)
    _line(["---"] * len(headings), stream)


def _line(cells: Sequence[str], stream: TextIO) -> None:
    stream.write(f"| {' | '.join(cells)} |\n")
