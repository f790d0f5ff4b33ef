"""Title, outlet and date of an article, from what stands around its text.

The outlet is the first of: front matter, page metadata or record field; the host of the
article's own address; the name of the folder, where it names anything; the file's name.
"""

from __future__ import annotations

import datetime
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from claimx.articles.limits import MAX_FIELD, MAX_FRONT_MATTER_LINES
from claimx.months import month_names

FIELDS = ("text", "html", "title", "source", "published", "url")

_SPACES = re.compile(r"\s+")
_SURROGATES = re.compile(r"[\uD800-\uDFFF]")
_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
# 12 सितंबर 2023; 12th Sep., 2023; सितंबर 12, 2023. Whether the word is a month's is asked
# of a table: `re` does not know a matra for a part of a word.
_WORDED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s,-]{0,3}(?P<month>[^\s\d.,()-]{2,20})"
    r"\.?[\s,-]{0,3}(?P<year>\d{4})(?!\d)"
    r"|(?P<first>[^\s\d.,()-]{2,20})\.?\s{0,3}(?P<second>\d{1,2})(?:st|nd|rd|th)?"
    r"[\s,]{1,3}(?P<last>\d{4})(?!\d)",
    re.IGNORECASE,
)
_MAX_DATE_TEXT = 200

# A headline ends without these; a question or an exclamation may be one.
_NOT_HEADLINE = tuple("।॥|.:;,-–—)]")
_MAX_HEADLINE = 150
_MIN_HEADLINE_WORDS = 3
_MAX_DATE_LINE = 80
# A name of digits, dates and marks, or a hash, tells a reader nothing.
_NAMELESS = re.compile(r"[\W\d_]*|(?:[\W\d_]*[0-9a-f]{8,})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text."""

    title: str | None = None
    source: str | None = None
    published: str | None = None


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, list[str]]]:
    # importlib.resources would take longer to import than this file to read.
    file = Path(__file__).with_name("fields.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _field_ranks() -> dict[str, tuple[str, int]]:
    """Each known column or key with the field it stands for and its rank there."""
    fields = _data()["fields"]
    return {name: (field, rank) for field in FIELDS for rank, name in enumerate(fields[field])}


def container_names() -> list[str]:
    """The keys under which a JSON object may keep its list of articles."""
    return _data()["containers"]["names"]


def _key(name: str) -> str:
    return _SPACES.sub("_", name.strip().lower().replace("-", " "))


def known_fields(names: Sequence[object]) -> dict[str, list[int]]:
    """The positions in ``names`` that hold each field of `FIELDS`, the best name first."""
    ranks = _field_ranks()
    found: dict[str, list[tuple[int, int]]] = {}
    for position, name in enumerate(names):
        known = ranks.get(_key(name)) if isinstance(name, str) else None
        if known:
            found.setdefault(known[0], []).append((known[1], position))
    return {field: [at for _, at in sorted(places)] for field, places in found.items()}


def sound(text: str) -> str:
    """Text that can be stored and printed: no lone surrogates (JSON can spell them)."""
    return _SURROGATES.sub("\ufffd", text)


def one_line(value: object) -> str | None:
    """A metadata value as one line of text, or None where there is none."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    line = _SPACES.sub(" ", sound(str(value)[: 4 * MAX_FIELD])).strip(" \ufeff")
    return line[:MAX_FIELD] or None


def metadata_of(values: Mapping[str, Any]) -> Metadata:
    """Metadata from fields named as in `FIELDS`."""
    return Metadata(
        title=one_line(values.get("title")),
        source=one_line(values.get("source")) or host(one_line(values.get("url"))),
        published=iso_date(one_line(values.get("published"))),
    )


# -- Dates -----------------------------------------------------------------------------


def iso_date(text: str | None) -> str | None:
    """The first full date in a short text as ``YYYY-MM-DD``, as written there.

    ISO 8601, day-first numbers as written in India, and worded dates in Hindi and
    English, in either digits. A month or a year alone, and relative dates, give None.
    """
    if not text:
        return None
    text = text[:_MAX_DATE_TEXT].translate(_DIGITS)
    for pattern, order in ((_YEAR_FIRST, (1, 3, 4)), (_DAY_FIRST, (4, 3, 1))):
        if match := pattern.search(text):
            year, month, day = (int(match.group(group)) for group in order)
            # The American order is taken where it is the only possible one.
            return _date(year, month, day) or _date(year, day, month)
    for match in _WORDED.finditer(text):
        if found := _worded_date(match):
            return found
    if match := _COMPACT.search(text):
        return _date(*(int(group) for group in match.groups()))
    return None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The number of each month by its names, in NFC."""
    return {
        unicodedata.normalize("NFC", name): int(number)
        for number, names in month_names().items()
        for name in names
    }


def _worded_date(match: re.Match[str]) -> str | None:
    """A date whose month is a word, if it is the word of a month."""
    parts = match.groupdict()
    name = unicodedata.normalize("NFC", (parts["month"] or parts["first"]).lower())
    month = _months().get(name)
    day = parts["day"] or parts["second"]
    return _date(int(parts["year"] or parts["last"]), month, int(day)) if month else None


# -- Plain text ------------------------------------------------------------------------


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """The ``key: value`` block between two ``---`` lines at the start of a text.

    It is read as plain lines, never as YAML: nested values are passed over.

    Returns:
        The fields of `FIELDS` found, and the offset in code points of the line after
        the block; ``({}, 0)`` where the text has no such block.
    """
    if not text.startswith("---"):
        return {}, 0
    values: dict[str, str] = {}
    known = False
    start = 0
    for number in range(MAX_FRONT_MATTER_LINES):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        start = end + 1 if end >= 0 else len(text)
        if number == 0:
            if line.rstrip() != "---":
                return {}, 0
        elif line.rstrip() in ("---", "..."):
            return (values, start) if known else ({}, 0)
        elif line.strip() and not line.startswith((" ", "\t", "#", "- ")):
            key, colon, value = line.partition(":")
            if not colon:
                return {}, 0
            field = _field_ranks().get(_key(key), ("", 0))[0]
            known = known or bool(field) or _key(key) in _data()["front_matter"]["other"]
            if field and field not in values and (value := _unquoted(value)):
                values[field] = value
        if end < 0:
            break
    return {}, 0


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    return value


def body_start(text: str) -> int:
    """Where the article's words begin: the code-point offset after any front matter."""
    return front_matter(text)[1]


def text_metadata(text: str) -> Metadata:
    """Title, outlet and date of a plain text: its front matter, else its first lines."""
    values, start = front_matter(text)
    given = metadata_of(values)
    head = _first_lines(text, start, count=3)
    return Metadata(
        title=given.title or _headline(head),
        source=given.source,
        published=given.published or _date_line(head),
    )


def _first_lines(text: str, start: int, *, count: int) -> list[str]:
    """The first lines that are not blank, each cut at twice a headline's length."""
    lines: list[str] = []
    while len(lines) < count and start < len(text):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        if line := text[start : min(end, start + 2 * _MAX_HEADLINE)].strip():
            lines.append(line)
        start = end + 1
    return lines


def _headline(head: Sequence[str]) -> str | None:
    """The first line where it reads like a headline and text follows it."""
    lines = [line.lstrip("#").strip() for line in head]
    if lines and len(lines[0].split()) < _MIN_HEADLINE_WORDS:
        # The name of a section above the headline.
        del lines[0]
    if len(lines) < 2 or lines[0].endswith(_NOT_HEADLINE):
        return None
    words = len(lines[0].split())
    fits = words >= _MIN_HEADLINE_WORDS and len(lines[0]) <= _MAX_HEADLINE
    return one_line(lines[0]) if fits else None


def _date_line(head: Sequence[str]) -> str | None:
    """The date of a line such as "6 फरवरी 2023, सोमवार" under the headline."""
    for line in head[1:]:
        is_label = len(line) <= _MAX_DATE_LINE and not line.endswith(("।", ".", "|"))
        if is_label and (date := iso_date(line)):
            return date
    return None


# -- Outlets ---------------------------------------------------------------------------


def host(url: str | None) -> str | None:
    """The host of a web address without ``www.``, or None."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.").removeprefix("m.") or None if name else None


def is_documentation(path: str) -> bool:
    """Whether a file tells about its folder, as README does, and is no article."""
    return _key(PurePath(path).stem) in _data()["files"]["documentation"]


def outlet_of(path: str) -> str:
    """The outlet by the file's place: its folder's name, else its own name.

    Folders that say what is in them (``articles``), and names of digits or hashes
    (``2023-09``), are passed over.
    """
    if path == "-":
        return "stdin"
    file = PurePath(path)
    folder = file.parent.name
    generic = _NAMELESS.fullmatch(folder) or _key(folder) in _data()["folders"]["generic"]
    return file.stem or path if generic else folder
