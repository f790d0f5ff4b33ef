"""One JSON array, written element by element, so it never is in memory whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from claimx.output.safety import json_text
from claimx.output.writers import Column, Options, Row, pick
from claimx.records import Claim


def write_claims(claims: Iterable[Claim], stream: TextIO, options: Options) -> None:
    """Write the claims as an array, one element a line."""
    _write((claim.to_dict() for claim in claims), stream)


def write_rows(
    rows: Iterable[Row], columns: Sequence[Column], stream: TextIO, options: Options
) -> None:
    """Write the columns of the rows as an array, one element a line."""
    _write((pick(row, columns) for row in rows), stream)


def _write(records: Iterable[Row], stream: TextIO) -> None:
    before = "[\n"
    for record in records:
        stream.write(before + json_text(record))
        before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")
