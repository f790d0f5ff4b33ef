"""What commands share: from their options to arguments, from rows to the chosen output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from claimx.errors import ClaimxError
from claimx.terminal import is_tall, is_terminal, progress

if TYPE_CHECKING:
    from claimx.records import Article, Claim
    from claimx.runs import Done
    from claimx.store import Filters


def run_options(
    paths: Sequence[str], options: dict[str, Any], report: Callable[[ClaimxError], None]
) -> dict[str, Any]:
    """The arguments of `claimx.runs`, from a command's options."""
    from claimx.articles import read_articles

    return {
        "articles": read_articles(paths, on_error=report),
        "db": store_path(options["db"]) if options["save"] else None,
        "models": options["models"],
        "jobs": options["jobs"],
        "aliases": options.get("aliases"),
        "on_error": report,
    }


def extracted(
    paths: Sequence[str], options: dict[str, Any], report: Callable[[ClaimxError], None]
) -> Iterator[tuple[Article, list[Claim]]]:
    """Articles with their claims in order."""
    from claimx.runs import results

    return progress(results(**run_options(paths, options, report)))


def progress_of(options: dict[str, Any]) -> Callable[[Iterator[Done]], Iterator[Done]]:
    """How a run shows that it goes on: not between rows that appear as they are found."""
    from claimx.output import default_format

    if options["output"] not in (None, "-") or not is_terminal(sys.stdout):
        return progress
    at_once = (options["format_"] or default_format(sys.stdout)) != "table"
    return (lambda results: results) if at_once else progress


def chosen(claims: Iterable[Claim], options: dict[str, Any]) -> Iterator[Claim]:
    """The claims that pass the filter options."""
    filters, speaker = filters_of(options), options["speaker"]
    if speaker is not None:
        from claimx.identity import matches_query
    for claim in claims:
        if not filters.accepts(claim):
            continue
        if speaker is None or (
            claim.speaker
            and matches_query(speaker, [claim.speaker, claim.speaker_latin or claim.speaker])
        ):
            yield claim


def filters_of(options: dict[str, Any]) -> Filters:
    """The filter options as the store takes them."""
    from claimx.store import Filters

    def day(name: str) -> str | None:
        return options[name].date().isoformat() if options[name] else None

    return Filters(
        speaker=options["speaker"],
        kinds=options["kinds"],
        acts=options["acts"],
        polarity=options["polarity"],
        min_confidence=options["min_confidence"],
        since=day("since"),
        until=day("until"),
        sources=options["sources"],
    )


def aliases_of(options: dict[str, Any]) -> Any:
    """The user's decisions on names, and the shipped ones."""
    from claimx.identity import load_aliases

    return load_aliases(options.get("aliases"))


def store_path(db: str | None) -> Path:
    """The store that is asked for, or the user's own."""
    from claimx.store import default_path

    return Path(db) if db else default_path()


@contextmanager
def reader(db: str | None) -> Iterator[Any]:
    """The store, opened for reading."""
    from claimx.store import StoreReader

    with StoreReader(store_path(db)) as store:
        yield store


def print_claims(
    claims: Iterable[Claim], options: dict[str, Any], *, paged: bool = False
) -> None:
    """Write claims as the output options say."""
    from claimx.output import write

    _to_stream(
        lambda stream, format_, **how: write(claims, format_, stream, **how), options, paged
    )


def print_rows(
    rows: Iterable[Any], columns: Sequence[Any], options: dict[str, Any], *, paged: bool = False
) -> None:
    """Write other rows as the output options say."""
    from claimx.output import write_rows

    _to_stream(
        lambda stream, format_, **how: write_rows(rows, columns, format_, stream, **how),
        options,
        paged,
    )


def _to_stream(write: Callable[..., None], options: dict[str, Any], paged: bool) -> None:
    """Open the output, choose the format and colour, page a long table on a terminal."""
    from io import StringIO

    from claimx.output import default_format, supports_color

    with output_stream(options["output"]) as stream:
        format_ = options["format_"] or default_format(stream)
        color = supports_color(stream)
        how = {"color": color, "defuse": not options["raw_csv"]}
        if paged and format_ == "table" and stream.isatty():
            page = StringIO()
            write(page, format_, **how)
            text = page.getvalue()
            if is_tall(text):
                click.echo_via_pager(text, color=color)
            else:
                stream.write(text)
        else:
            write(stream, format_, **how)


def output_stream(path: str | None) -> AbstractContextManager[TextIO]:
    """A file that appears when it is whole, or standard output."""
    from claimx.output import open_output

    if path in (None, "-") and sys.stdout is None:
        raise ClaimxError("standard output is closed; name a file with --output")
    return open_output(path)
