"""From what the user named to regular files: folders and patterns, and what is refused."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from claimx.articles.metadata import is_documentation
from claimx.errors import InputError

TEXT_SUFFIXES = frozenset((".txt", ".text", ".md", ".markdown"))
HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
JSON_SUFFIXES = frozenset((".json",))
LINES_SUFFIXES = frozenset((".jsonl", ".ndjson"))
CSV_SUFFIXES = frozenset((".csv", ".tsv"))
RECORD_SUFFIXES = JSON_SUFFIXES | LINES_SUFFIXES | CSV_SUFFIXES
SUFFIXES = TEXT_SUFFIXES | HTML_SUFFIXES | RECORD_SUFFIXES
ARCHIVE_SUFFIXES = frozenset(
    (".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".lz4", ".warc")
)

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_PATTERN = re.compile(r"[*?\[]")
_RECORD = re.compile(r"(.+):([1-9][0-9]{0,17})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file to read.

    Attributes:
        path: as given, or as given for its folder with the way from there.
        named: named by the user, not found in a folder: read whatever its suffix.
        record: the one record wanted of it, by line or place; None for all.
    """

    path: str
    named: bool = True
    record: int | None = None

    @property
    def suffix(self) -> str:
        return PurePath(self.path).suffix.lower()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to walk."""

    path: str


def shown(path: str) -> str:
    """A path that can be printed: bytes that are not UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def find(path: str) -> Iterator[Found | Folder | InputError]:
    """What one argument stands for: a file, a folder, a pattern's matches, a record."""
    if not path or "\0" in path:
        yield InputError(path.replace("\0", "\ufffd"), "is not a file name")
        return
    if _URL.match(path):
        yield InputError(
            shown(path),
            "web addresses are not opened: save the page, as with curl -o page.html URL",
        )
        return
    try:
        yield _classify(path, named=True)
    except FileNotFoundError:
        if _PATTERN.search(path):
            yield from _matches(path)
        elif (match := _RECORD.fullmatch(path)) and _holds_records(match[1]):
            yield Found(match[1], record=int(match[2]))
        elif os.path.islink(path):
            yield InputError(shown(path), "is a link to a file that is missing")
        else:
            yield InputError(shown(path), "no such file: check the name and the folder")
    except (OSError, InputError) as error:
        yield trouble(path, error)


def _holds_records(path: str) -> bool:
    return PurePath(path).suffix.lower() in RECORD_SUFFIXES and os.path.isfile(path)


def trouble(path: str, error: OSError | InputError) -> InputError:
    """An error of the operating system, in words."""
    if isinstance(error, InputError):
        return error
    if isinstance(error, PermissionError):
        reason = "cannot be read: permission denied, see its owner and mode with ls -l"
    elif isinstance(error, FileNotFoundError):
        reason = "is gone: it was there when the folder was listed"
    elif error.errno == errno.ELOOP:
        reason = "is a symlink loop, which is not followed"
    else:
        reason = f"cannot be read: {error.strerror or type(error).__name__}"
    return InputError(shown(path), reason)


def _special(mode: int) -> str | None:
    """What a file is that is no regular one, or None."""
    for test, name in (
        (stat.S_ISFIFO, "a FIFO: send its text to standard input and give - instead"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    ):
        if test(mode):
            return name
    return None if stat.S_ISREG(mode) else "no regular file"


def _classify(path: str, *, named: bool) -> Found | Folder:
    """A file or folder by its status alone: nothing is opened.

    Raises:
        OSError: if the status cannot be read.
        InputError: if it is a special file.
    """
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        return Folder(path)
    if what := _special(mode):
        raise InputError(shown(path), f"is not opened, it is {what}")
    return Found(path, named=named)


def _matches(pattern: str) -> Iterator[Found | Folder | InputError]:
    """The files and folders of a pattern the shell left as it was, sorted.

    pathlib's ``**`` does not follow links, so a loop cannot catch it.
    """
    anchor = PurePath(pattern).anchor
    wanted = PurePath(pattern).relative_to(anchor) if anchor else PurePath(pattern)
    # As in a shell, * does not stand for a hidden name.
    hidden = any(part.startswith(".") and part != ".." for part in wanted.parts)
    try:
        paths = sorted(
            match
            for match in Path(anchor).glob(str(wanted))
            if hidden or not any(_is_hidden(part) for part in match.parts)
        )
    except (OSError, ValueError, NotImplementedError, RecursionError):
        paths = []
    if not paths:
        yield InputError(shown(pattern), "no file matches this pattern")
    for path in map(str, paths):
        try:
            yield _classify(path, named=True)
        except (OSError, InputError) as error:
            yield trouble(path, error)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") and name not in (".", "..")


def walk(folder: str) -> Iterator[Found | InputError]:
    """The files under a folder that may hold articles, in the order of their names.

    Hidden ones and those of other formats are passed over; archives, special files and
    whatever cannot be read are reported. Every folder is entered once, so a symlink loop
    ends where it closes.
    """
    entered: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            found = _classify(path, named=False)
            if isinstance(found, Folder):
                status = os.stat(path)
                key = (status.st_dev, status.st_ino)
                if key not in entered:
                    entered.add(key)
                    waiting.extend(os.path.join(path, name) for name in _names(path))
                elif _closes_loop(path):
                    yield InputError(shown(path), "is a symlink loop, which is not followed")
            elif found.suffix in SUFFIXES:
                if not is_documentation(path):
                    yield found
            elif found.suffix in ARCHIVE_SUFFIXES:
                yield InputError(shown(path), "archives are not opened: unpack it first")
        except (OSError, InputError) as error:
            yield trouble(path, error)


def _names(folder: str) -> list[str]:
    """The visible names in a folder, last one first, as a stack wants them."""
    with os.scandir(folder) as entries:
        return sorted((e.name for e in entries if not _is_hidden(e.name)), reverse=True)


def _closes_loop(path: str) -> bool:
    """Whether a link leads back to a folder that it is in."""
    target = os.path.realpath(path)
    parent = os.path.realpath(os.path.dirname(path))
    return parent == target or parent.startswith(os.path.join(target, ""))


def open_regular(path: str) -> BinaryIO:
    """Open a file for reading, and nothing that has taken its place since it was seen.

    Raises:
        OSError: if it cannot be opened.
        InputError: if it is a special file by now.
    """
    # O_NONBLOCK: a FIFO put in the file's place would otherwise block for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        if what := _special(os.fstat(descriptor).st_mode):
            raise InputError(shown(path), f"is not opened, it is {what}")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise
