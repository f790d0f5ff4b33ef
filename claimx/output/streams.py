"""Where output goes: standard output or a file, and what it can show."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from typing import Final, TextIO, cast

from claimx.errors import ClaimxError

# Lines longer than this are hard to follow with the eye, however wide the screen.
_READABLE: Final = 120

# What the operating system says when a place for output is full or broken.
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def default_format(stream: TextIO) -> str:
    """``table`` on a terminal, ``jsonl`` in a pipe or file."""
    return "table" if stream.isatty() else "jsonl"


def supports_color(stream: TextIO) -> bool:
    """Whether to colour: a terminal that is not dumb, and no NO_COLOR (no-color.org)."""
    return (
        stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def terminal_width() -> int:
    """Cells to use for a line: COLUMNS, or the terminal's, else 80; 120 at most."""
    from shutil import get_terminal_size  # with what compresses files: not for a pipe

    return min(get_terminal_size((80, 24)).columns, _READABLE)


@contextlib.contextmanager
def open_output(path: str | None) -> Iterator[TextIO]:
    """Open the place results go to, as UTF-8 whatever the locale.

    A regular file appears complete or not at all: it is written beside its
    place and moved there at the end, so a fault leaves an older one untouched.

    Args:
        path: a file, or None or ``-`` for standard output.

    Raises:
        ClaimxError: if the file cannot be written, at once rather than after the work.
    """
    target = None if path == "-" else path
    try:
        with _standard_output() if target is None else _file(target) as stream:
            yield stream
    except OSError as error:
        if error.errno in _FULL:
            raise _unwritable(target or "standard output", error) from error
        raise


@contextlib.contextmanager
def _standard_output() -> Iterator[TextIO]:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    yield sys.stdout
    sys.stdout.flush()


@contextlib.contextmanager
def _file(path: str) -> Iterator[TextIO]:
    place = os.path.realpath(path)
    try:
        old = os.stat(place)
    except FileNotFoundError:
        old = None
    except OSError as error:
        raise _unwritable(path, error) from error
    if old is not None and not stat.S_ISREG(old.st_mode):
        with _open(place, path) as stream:  # a device or FIFO: nothing to replace
            yield stream
        return
    if old is not None:
        _open(place, path, "a").close()  # a read-only file is not to be replaced
    folder, name = os.path.split(place)
    scratch = os.path.join(folder, f".{name[:60]}.{os.urandom(4).hex()}")
    try:
        with _open(scratch, path, "x") as stream:
            yield stream
        if old is not None:
            os.chmod(scratch, stat.S_IMODE(old.st_mode))
        os.replace(scratch, place)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(scratch)
        raise


def _open(place: str, path: str, mode: str = "w") -> TextIO:
    """Open for writing text; `path` is what the user called it."""
    try:
        return cast(TextIO, open(place, mode, encoding="utf-8", newline=""))
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> ClaimxError:
    reason = (error.strerror or str(error)).lower()
    return ClaimxError(
        f"{path}: cannot be written ({reason}); name another place for the output"
    )
