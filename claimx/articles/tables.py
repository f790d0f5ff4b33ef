"""Files of many articles: JSON, JSON Lines and CSV.

An article inside one is named ``path:N``, with N its line in JSON Lines and CSV and its
place in the list, from 1, in JSON.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, BinaryIO

from claimx.articles.decoding import decode, plain_lines, refuse_foreign, refuse_unfit
from claimx.articles.limits import MAX_CSV_FIELD, MAX_RECORD_BYTES
from claimx.articles.metadata import (
    container_names,
    known_fields,
    metadata_of,
    outlet_of,
    sound,
)
from claimx.errors import InputError
from claimx.records import Article

Result = Article | InputError
# A physical line's number, from 1, and its bytes; None where the line is too long.
Lines = Iterator[tuple[int, bytes | None]]

_NO_TEXT = "name one text, body, content or article"
_TOO_LONG = f"is longer than the {MAX_RECORD_BYTES:,} bytes of one article"


class NoArticles(InputError):
    """A well-formed file that is about something else, as a folder may hold one."""


def bounded_lines(stream: BinaryIO) -> Lines:
    """The lines of a stream; of one that is too long only the number."""
    number = 0
    while line := stream.readline(MAX_RECORD_BYTES + 1):
        number += 1
        if len(line) > MAX_RECORD_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_RECORD_BYTES)
            yield number, None
        else:
            yield number, line


def article_from(values: Mapping[str, Any], path: str, *, file: str) -> Article:
    """One record as an article.

    Raises:
        InputError: if it has no text or its text is no Hindi article.
    """
    text, html = values.get("text"), values.get("html")
    if isinstance(text, Sequence) and not isinstance(text, str):
        # Some crawlers keep a list of paragraphs.
        text = "\n".join(part for part in text if isinstance(part, str))
    metadata = metadata_of(values)
    title, source, published = metadata.title, metadata.source, metadata.published
    if isinstance(text, str) and text.strip():
        text = plain_lines(sound(text))
    elif isinstance(html, str) and html.strip():
        from claimx.articles.page import read_page

        text, page = read_page(sound(html), path)
        title, source = title or page.title, source or page.source
        published = published or page.published
    elif text is None and html is None:
        raise NoArticles(path, f"has no text field: {_NO_TEXT}")
    else:
        raise InputError(path, "has an empty text field")
    refuse_unfit(text, path)
    return Article(
        path=path,
        text=text,
        source=source or outlet_of(file),
        title=title,
        published=published,
    )


def _article(record: object, path: str, file: str) -> Result:
    try:
        if not isinstance(record, Mapping):
            return NoArticles(path, 'is no JSON object: write {"text": "...", "title": "..."}')
        return article_from(_values(record), path, file=file)
    except InputError as error:
        return error


def _values(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record's values under the names of `FIELDS`: of each the first that is there."""
    names = list(record)
    values: dict[str, Any] = {}
    for field, places in known_fields(names).items():
        candidates = (record[names[place]] for place in places)
        values[field] = next((value for value in candidates if value), None)
        if values[field] is None and field in ("text", "html"):
            values[field] = ""
    return values


def parse_json(text: str, path: str) -> Any:
    """A JSON value.

    Raises:
        InputError: if the text is no JSON, or nested too deep to be parsed.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in text.strip() else ""
        reason = f"is malformed JSON: {line}column {error.colno}: {error.msg}"
        raise InputError(path, reason) from None
    except ValueError:
        raise InputError(path, "is malformed JSON: a number is too long") from None
    except RecursionError:
        raise InputError(path, "is JSON nested too deep to be an article") from None


def read_json(text: str, path: str) -> Iterator[Result]:
    """The articles of a JSON file: one object, a list of them, or {"articles": [...]}."""
    value = parse_json(text, path)
    if isinstance(value, Mapping) and not known_fields(list(value)).keys() & {"text", "html"}:
        lists = (value[name] for name in container_names() if name in value)
        value = next((found for found in lists if isinstance(found, list)), value)
    if not isinstance(value, list):
        yield _article(value, path, path)
    elif not value:
        yield InputError(path, "is an empty list")
    else:
        for number, record in enumerate(value, 1):
            yield _article(record, f"{path}:{number}", path)


def read_json_lines(lines: Lines, path: str) -> Iterator[Result]:
    """The articles of JSON Lines (jsonlines.org), one at a time; blank lines are skipped.

    Raises:
        InputError: if the first line is of no text file, or there is none.
    """
    empty = True
    for number, line in lines:
        name = f"{path}:{number}"
        if line is None:
            yield InputError(name, _TOO_LONG)
        elif line.strip():
            if empty:
                refuse_foreign(line, path)
            try:
                yield _article(parse_json(decode(line, name), name), name, path)
            except InputError as error:
                yield error
        else:
            continue
        empty = False
    if empty:
        raise InputError(path, "is empty")


# -- CSV -------------------------------------------------------------------------------


class _Rows:
    """Decoded lines for the csv module, which has to go on after a broken one."""

    def __init__(self, lines: Lines, path: str) -> None:
        self._lines = lines
        self._path = path
        self._pending: list[str] = []
        self.number = 0
        self.error: InputError | None = None

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> str:
        if not self._pending:
            self.number, line = next(self._lines)
            name = f"{self._path}:{self.number}"
            text = "\n"
            if line is None:
                self.error = InputError(name, _TOO_LONG)
            elif not line.strip():
                text = plain_lines(line.decode("ascii"))
            else:
                try:
                    text = decode(line, name)
                except InputError as error:
                    self.error = error
            # A lone carriage return was a line end too; the csv module wants them apart.
            self._pending = [part + "\n" for part in text.removesuffix("\n").split("\n")]
            self._pending.reverse()
        return self._pending.pop()


def read_csv(lines: Lines, path: str) -> Iterator[Result]:
    """The articles of a CSV file, a row at a time.

    The delimiter is the one under which most columns have a known name.

    Raises:
        InputError: if there is no text column or no row.
    """
    blank: tuple[int, bytes | None] = (1, b"")
    number, header = next((line for line in lines if line[1] is None or line[1].strip()), blank)
    if header is None:
        raise InputError(f"{path}:{number}", _TOO_LONG)
    first = decode(header, path)
    delimiter, columns = _columns(first, path)
    rows = _Rows(chain([(number, header)], lines), path)
    reader = csv.reader(rows, delimiter=delimiter)
    in_header = empty = True
    while True:
        name = f"{path}:{max(rows.number + 1, number)}"
        rows.error = None
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            empty = False
            yield InputError(name, _csv_reason(error))
            continue
        if rows.error:
            empty = False
            yield rows.error
        if rows.error or in_header or not any(row):
            in_header = False
            continue
        empty = False
        values = {
            field: next((row[at] for at in places if at < len(row) and row[at].strip()), "")
            for field, places in columns.items()
        }
        try:
            yield article_from(values, name, file=path)
        except InputError as problem:
            yield problem
    if empty:
        raise InputError(path, "has a header but no rows")


def _columns(header: str, path: str) -> tuple[str, dict[str, list[int]]]:
    best: tuple[str, dict[str, list[int]]] | None = None
    names: list[str] = []
    for delimiter in ",\t;|":
        try:
            names = next(csv.reader([header.rstrip("\n")], delimiter=delimiter), [])
        except csv.Error as error:
            raise InputError(path, _csv_reason(error)) from None
        columns = known_fields(names)
        if columns.keys() & {"text", "html"} and (best is None or len(columns) > len(best[1])):
            best = delimiter, columns
    if best is None:
        raise NoArticles(path, f"has no text column in its first line: {_NO_TEXT}")
    return best


def _csv_reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return (
            f"has a field of more than {MAX_CSV_FIELD:,} characters: close its quotation "
            "mark, or give the article as .txt or JSON Lines"
        )
    return f"is malformed CSV: {error}"
