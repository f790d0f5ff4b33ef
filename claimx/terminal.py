"""What a person at a terminal sees of a run: progress, errors, a quiet end."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO, TypeVar

import click

from claimx.errors import ClaimxError

T = TypeVar("T")

# Progress is worth its line from this many articles on.
_PROGRESS_FROM = 5
# Wipes the line that counts.
_WIPE = "\r" + " " * 24 + "\r"


@contextmanager
def reporting() -> Iterator[Callable[[ClaimxError], None]]:
    """Errors become one line each on standard error, and exit status 1 at the end."""
    failed = False

    def report(error: ClaimxError) -> None:
        nonlocal failed
        failed = True
        wipe = _WIPE if is_terminal(sys.stderr) else ""
        with suppress(OSError):  # nobody can be told, and the rest is done all the same
            click.echo(f"{wipe}claimx: {inert(str(error))}", err=True)

    try:
        yield report
    except BrokenPipeError:
        flush_or_drop()  # the reader has left: nothing more to say
        return
    except ClaimxError as error:
        report(error)
    except MemoryError:
        report(
            ClaimxError("out of memory; what was saved is kept: run again, with fewer --jobs")
        )
    if failed:
        flush_or_drop()
        raise SystemExit(1)


def flush_or_drop() -> None:
    """Leave nothing in the buffers that Python complains about at its exit (status 120)."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()  # None: closed by the caller


def progress(results: Iterator[T]) -> Iterator[T]:
    """A line that counts on a terminal, once there are more than a few articles."""
    if not is_terminal(sys.stderr):
        yield from results
        return
    count = 0
    for count, result in enumerate(results, 1):
        if count > _PROGRESS_FROM:
            click.echo(f"\r{count} articles", nl=False, err=True)
        yield result
    if count > _PROGRESS_FROM:
        click.echo(_WIPE, nl=False, err=True)


def is_tall(text: str) -> bool:
    from shutil import get_terminal_size

    return text.count("\n") >= get_terminal_size().lines


def inert(text: str) -> str:
    from claimx.output import one_line

    return one_line(text)
