"""CSV as RFC 4180 has it, for spreadsheets; `read_claims` is the way back.

Null is the empty field. Lists and objects are JSON. Text that a spreadsheet would
run as a formula is defused (`claimx.output.safety.defuse`) unless asked not to be.
UTF-8 has no lone surrogates: they become U+FFFD, here only. On a terminal, text is
shown as in the table, since CSV has no way to escape a control character.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TextIO

import regex

from claimx.output.record_schema import schema
from claimx.output.safety import defuse, json_text, undefuse, visible
from claimx.output.writers import CLAIM_COLUMNS, Column, Options, Row
from claimx.records import Claim

_SURROGATE: Final = regex.compile(r"\p{Cs}")


def write_claims(claims: Iterable[Claim], stream: TextIO, options: Options) -> None:
    """Write a header of the record's fields, then a line a claim as they arrive."""
    write_rows((claim.to_dict() for claim in claims), CLAIM_COLUMNS, stream, options)


def write_rows(
    rows: Iterable[Row], columns: Sequence[Column], stream: TextIO, options: Options
) -> None:
    """Write a header of the columns' names, then the rows as they arrive."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_field(column.name, options) for column in columns])
    for row in rows:
        writer.writerow([_field(row.get(column.name), options) for column in columns])


def read_claims(stream: TextIO, *, defused: bool = True) -> Iterator[Claim]:
    """Read back what `write_claims` wrote.

    Args:
        stream: opened with ``newline=""`` and ``encoding="utf-8"``.
        defused: whether it was written with ``defuse``, the default.

    Raises:
        KeyError: if a column of the record is missing.
    """
    kinds = {name: _types(about) for name, about in schema()["properties"].items()}
    for row in csv.DictReader(stream):
        yield Claim.from_dict(
            {name: _value(row[name], types, defused) for name, types in kinds.items()}
        )


def _field(value: Any, options: Options) -> str | int | float | None:
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value  # a number the tool computed is no text from outside
    text = value if isinstance(value, str) else json_text(value)
    text = _SURROGATE.sub("\ufffd", visible(text) if options.terminal else text)
    return defuse(text) if options.defuse else text


def _types(about: Mapping[str, Any]) -> frozenset[str]:
    types = about["type"]
    return frozenset([types] if isinstance(types, str) else types)


def _value(text: str, types: frozenset[str], defused: bool) -> Any:
    if not text and "null" in types:
        return None
    if "string" in types:
        return undefuse(text) if defused else text
    return json.loads(text)
