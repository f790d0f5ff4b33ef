"""JSON Lines, the reference form: one object a line, UTF-8, written as rows arrive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from claimx.output.safety import claim_text, json_text
from claimx.output.writers import Column, Options, Row, pick
from claimx.records import Claim


def write_claims(claims: Iterable[Claim], stream: TextIO, options: Options) -> None:
    """Write each claim as one line."""
    stream.writelines(claim_text(claim) + "\n" for claim in claims)


def write_rows(
    rows: Iterable[Row], columns: Sequence[Column], stream: TextIO, options: Options
) -> None:
    """Write the columns of each row as one line."""
    stream.writelines(json_text(pick(row, columns)) + "\n" for row in rows)
