"""One JSON array, written element by element, so it never is in memory whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from claimx.output.safety import claim_text, json_text
from claimx.output.writers import Column, Options, Row, pick
from claimx.records import Claim


def write_claims(claims: Iterable[Claim], stream: TextIO, options: Options) -> None:
    """Write the claims as an array, one element a line."""
    _write(map(claim_text, claims), stream)


def write_rows(
    rows: Iterable[Row], columns: Sequence[Column], stream: TextIO, options: Options
) -> None:
    """Write the columns of the rows as an array, one element a line."""
    _write((json_text(pick(row, columns)) for row in rows), stream)


def _write(elements: Iterable[str], stream: TextIO) -> None:
    before = "[\n"
    for element in elements:
        stream.write(before + element)
        before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")
