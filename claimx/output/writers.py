"""The one path from rows to text: a registry of formats and two ways in.

A format is a module with `write_claims` and `write_rows` and a line in `FORMATS`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TextIO, cast

from claimx.output.safety import json_text
from claimx.output.streams import terminal_width
from claimx.records import CLAIM_FIELDS, Claim

Row = Mapping[str, Any]

# Modules are imported when their format is asked for, so that a pipe does not pay for rich.
FORMATS: Final[Mapping[str, str]] = {
    "table": "claimx.output.table",
    "jsonl": "claimx.output.jsonl",
    "json": "claimx.output.jsonarray",
    "csv": "claimx.output.csvfile",
    "markdown": "claimx.output.markdown",
    "html": "claimx.output.html",
}
"""Name of each format and the module that writes it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a general table.

    Attributes:
        name: key in the row; the name that jsonl, json and csv carry.
        heading: what people read in table, markdown and html.
        title: what a row is about; it heads the row where a table's columns do not fit.
    """

    name: str
    heading: str = ""
    title: bool = False

    def __post_init__(self) -> None:
        if not self.heading:
            object.__setattr__(self, "heading", self.name.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Options:
    """How to write; each format reads what concerns it.

    Attributes:
        width: cells a line may take (table).
        color: whether escape sequences may be written (table).
        defuse: whether text a spreadsheet would run is defused (csv).
        terminal: whether the stream is a terminal, so nothing raw may reach it (csv).
    """

    width: int = 80
    color: bool = False
    defuse: bool = True
    terminal: bool = False


class Writer(Protocol):
    """What a format's module offers."""

    def write_claims(
        self, claims: Iterable[Claim], stream: TextIO, options: Options
    ) -> None: ...

    def write_rows(
        self, rows: Iterable[Row], columns: Sequence[Column], stream: TextIO, options: Options
    ) -> None: ...


CLAIM_COLUMNS: Final = tuple(Column(name) for name in CLAIM_FIELDS)


def write(
    rows: Iterable[Claim],
    format: str,
    stream: TextIO,
    *,
    width: int | None = None,
    color: bool = False,
    defuse: bool = True,
) -> None:
    """Write claims in one of `FORMATS`.

    jsonl, json and csv are written as the claims arrive; table, markdown and html
    group by speaker and so hold them all.

    Args:
        width: cells a line of the table may take; None for the terminal's width.
        color: allow ANSI colours in the table; without it no escape is written.
        defuse: in csv, put an apostrophe before text a spreadsheet would run.

    Raises:
        ValueError: if the format is not one of `FORMATS`.
    """
    options = _options(stream, width, color, defuse)
    _writer(format).write_claims(rows, stream, options)


def write_rows(
    rows: Iterable[Row],
    columns: Sequence[Column | str],
    format: str,
    stream: TextIO,
    *,
    width: int | None = None,
    color: bool = False,
    defuse: bool = True,
) -> None:
    """Write any rows in one of `FORMATS`; the arguments are those of `write`.

    Args:
        columns: what to write of each row, in this order; a missing key is null.
            In the table, put columns of Hindi text last: see `claimx.output.layout`.
    """
    chosen = [Column(column) if isinstance(column, str) else column for column in columns]
    options = _options(stream, width, color, defuse)
    _writer(format).write_rows(rows, chosen, stream, options)


def pick(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    """The named columns of a row, in their order."""
    return {column.name: row.get(column.name) for column in columns}


def plain(value: Any) -> str:
    """A value as people read it; not yet sanitised."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"
    if isinstance(value, Mapping):
        return json_text(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        parts = [plain(part) for part in value]
        return ", ".join(sorted(parts) if isinstance(value, (set, frozenset)) else parts)
    return str(value)


def _options(stream: TextIO, width: int | None, color: bool, defuse: bool) -> Options:
    return Options(
        width=terminal_width() if width is None else width,
        color=color,
        defuse=defuse,
        terminal=stream.isatty(),
    )


def _writer(format: str) -> Writer:
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}: choose one of {', '.join(FORMATS)}")
    return cast(Writer, importlib.import_module(FORMATS[format]))
