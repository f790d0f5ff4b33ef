"""The reading room: files, folders, patterns and standard input become articles.

Every byte is taken as hostile. Whatever cannot be read is handed on as an `InputError`
with its reason and the way out, in one line, and the rest goes on. What is too large is
refused by the limits in `claimx.articles.limits`, before it is read where the size is
known.

The text of an article is what all offsets point into:

* .txt, .md: the whole file, front matter included; `body_start` says where it ends
* .html: the body that trafilatura finds, a paragraph a line
* .json, .jsonl, .csv: the text field
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from claimx.articles import finding
from claimx.articles.decoding import decode, decode_leniently, refuse_foreign, refuse_unfit
from claimx.articles.finding import Folder, Found
from claimx.articles.limits import MAX_BYTES, MAX_HTML_BYTES, MAX_JSON_BYTES, MAX_RECORD_BYTES
from claimx.articles.metadata import body_start, outlet_of, text_metadata
from claimx.articles.tables import (
    NoArticles,
    Result,
    bounded_lines,
    parse_json,
    read_csv,
    read_json,
    read_json_lines,
)
from claimx.errors import InputError
from claimx.records import Article

__all__ = ["body_start", "read_articles"]

_STDIN = "-"
# Records without a text after which a file is taken to be about articles all the same.
_MANY = 100


def read_articles(
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    on_error: Callable[[InputError], None],
) -> Iterator[Article]:
    """Read articles one at a time, in the order given; folders in the order of names.

    Args:
        paths: files, folders (searched to the bottom), patterns that no shell expanded,
            ``-`` for standard input, and ``FILE:N`` for one record of a .json, .jsonl or
            .csv file. A file that is reached twice is read once.
        stdin: what ``-`` reads; the process's own standard input by default. Its format
            is told from how it begins: JSON Lines, JSON, HTML or text.
        on_error: called with each input that cannot be read.
    """
    if isinstance(paths, str):
        paths = [paths]
    seen: set[tuple[str, int | None]] | None = set() if _may_repeat(paths) else None
    for path in paths:
        for result in _results(os.fspath(path), stdin, seen):
            if isinstance(result, InputError):
                on_error(result)
            else:
                yield result


def _may_repeat(paths: Sequence[str]) -> bool:
    return len(paths) > 1 or any("**" in os.fspath(path) for path in paths)


def _results(
    path: str, stdin: BinaryIO | None, seen: set[tuple[str, int | None]] | None
) -> Iterator[Result]:
    if path == _STDIN:
        yield from _read_stdin(stdin)
        return
    for found in finding.find(path):
        if isinstance(found, InputError):
            yield found
        elif isinstance(found, Folder):
            yield from _read_folder(found.path, seen)
        elif _is_new(found, seen):
            yield from _read_file(found)


def _is_new(found: Found, seen: set[tuple[str, int | None]] | None) -> bool:
    if seen is None:
        return True
    key = (os.path.abspath(found.path), found.record)
    new = key not in seen
    seen.add(key)
    return new


def _read_folder(path: str, seen: set[tuple[str, int | None]] | None) -> Iterator[Result]:
    empty = True
    for found in finding.walk(path):
        if isinstance(found, InputError):
            empty = False
            yield found
        elif not _is_new(found, seen):
            empty = False
        else:
            for result in _unless_foreign(_read_file(found)):
                empty = False
                yield result
    if empty:
        yield InputError(
            finding.shown(path),
            "has no articles in it: .txt, .md, .html, .json, .jsonl and .csv files are read",
        )


def _unless_foreign(results: Iterator[Result]) -> Iterator[Result]:
    """A file's results, unless none of its records, up to 100, has a text.

    Settings and annotation lie beside articles as JSON and CSV.
    """
    held: list[Result] = []
    for result in results:
        held.append(result)
        if not isinstance(result, NoArticles) or len(held) == _MANY:
            yield from held
            yield from results
            return


def _read_stdin(stdin: BinaryIO | None) -> Iterator[Result]:
    if stdin is None:
        if sys.stdin is None:
            yield InputError(_STDIN, "standard input is closed")
            return
        stdin = sys.stdin.buffer
    try:
        yield from _read_unknown(stdin, _STDIN)
    except (OSError, InputError, ValueError) as error:
        yield error if isinstance(error, InputError) else InputError(_STDIN, _why(error))


def _why(error: Exception) -> str:
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _read_file(found: Found) -> Iterator[Result]:
    """The articles of one file; of a file of many records the one that was asked for."""
    name = finding.shown(found.path)
    try:
        with finding.open_regular(found.path) as stream:
            results = _read_stream(stream, found, name)
            if found.record is None:
                yield from results
                return
            wanted = f"{name}:{found.record}"
            for result in results:
                if result.path == wanted:
                    yield result
                    return
        yield InputError(wanted, "no such record in this file")
    except (OSError, InputError) as error:
        yield finding.trouble(found.path, error)


def _read_stream(stream: BinaryIO, found: Found, name: str) -> Iterator[Result]:
    size = os.fstat(stream.fileno()).st_size
    if found.suffix in finding.TEXT_SUFFIXES:
        yield _text_article(decode(_all(stream, name, MAX_BYTES, size), name), name)
    elif found.suffix in finding.HTML_SUFFIXES:
        yield _page_article(_all(stream, name, MAX_HTML_BYTES, size), name)
    elif found.suffix in finding.LINES_SUFFIXES:
        yield from read_json_lines(bounded_lines(stream), name)
    elif found.suffix in finding.CSV_SUFFIXES:
        yield from read_csv(bounded_lines(stream), name)
    elif found.suffix in finding.JSON_SUFFIXES:
        yield from _read_json(_all(stream, name, MAX_JSON_BYTES, size), name)
    else:
        yield from _read_unknown(stream, name, size)


def _all(stream: BinaryIO, name: str, limit: int, size: int = 0) -> bytes:
    """A whole file, unless its size, known or found, is above the limit.

    Raises:
        InputError: if it is too large.
    """
    parts: list[bytes] = []
    length = 0
    while size <= limit and (part := stream.read(min(limit + 1 - length, 1 << 20))):
        parts.append(part)
        length += len(part)
        size = max(size, length)
    if size > limit:
        raise InputError(
            name,
            f"is too large ({size / 1e6:,.1f} MB or more, the limit is {limit / 1e6:,.1f} MB): "
            "split it into articles, or give many articles as JSON Lines",
        )
    return b"".join(parts)


def _text_article(text: str, path: str) -> Article:
    refuse_unfit(text, path, start=body_start(text))
    metadata = text_metadata(text)
    return Article(
        path=path,
        text=text,
        source=metadata.source or outlet_of(path),
        title=metadata.title,
        published=metadata.published,
    )


def _page_article(data: bytes, path: str) -> Article:
    from claimx.articles.page import read_page

    html = decode_leniently(data, path)
    text, metadata = read_page(html, path)
    # Broken bytes among the furniture harm nobody; in the article they are an error.
    if "\ufffd" in text:
        decode(data, path)
    refuse_unfit(text, path)
    return Article(
        path=path,
        text=text,
        source=metadata.source or outlet_of(path),
        title=metadata.title,
        published=metadata.published,
    )


def _read_json(data: bytes, path: str) -> Iterator[Result]:
    text = decode(data, path)
    try:
        yield from read_json(text, path)
    except InputError:
        # JSON Lines is often saved as .json; its first line is a value by itself.
        if not _is_json_object(data.lstrip().split(b"\n", 1)[0]):
            raise
        yield from read_json_lines(bounded_lines(BytesIO(data)), path)


def _is_json_object(line: bytes) -> bool:
    if not line.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(parse_json(line.decode("utf-8-sig"), ""), dict)
    except (UnicodeDecodeError, InputError):
        return False


def _read_unknown(stream: BinaryIO, path: str, size: int = 0) -> Iterator[Result]:
    """A stream whose format nothing names: JSON Lines, JSON, HTML or text."""
    from claimx.articles.page import looks_like_html

    head = stream.readline(MAX_RECORD_BYTES + 1)
    refuse_foreign(head, path)
    if _is_json_object(head):
        lines = bounded_lines(stream)
        rest = ((number + 1, line) for number, line in lines)
        first: tuple[int, bytes | None] = (1, head)
        yield from read_json_lines(chain([first], rest), path)
        return
    data = head + _all(stream, path, max(MAX_JSON_BYTES - len(head), 0), size)
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        try:
            yield from _read_json(data, path)
            return
        except InputError:
            # A line that begins {" is meant as JSON; a text may begin with a bracket.
            if start.startswith((b'{"', b"[{")):
                raise
    if looks_like_html(start.decode("utf-8", "replace")):
        yield _page_article(_all(BytesIO(data), path, MAX_HTML_BYTES), path)
    else:
        yield _text_article(decode(_all(BytesIO(data), path, MAX_BYTES), path), path)
