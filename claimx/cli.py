"""The command line: options in, one call into the rooms, rows out."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from claimx import __version__
from claimx.errors import ClaimxError, InputError
from claimx.invocation import (
    aliases_of,
    chosen,
    extracted,
    filters_of,
    output_stream,
    print_claims,
    print_rows,
    progress_of,
    reader,
    run_options,
    store_path,
)
from claimx.options import (
    aliases_option,
    db_option,
    filter_options,
    jobs_option,
    models_option,
    output_options,
)
from claimx.terminal import flush_or_drop, inert, reporting

if TYPE_CHECKING:
    from claimx.records import Claim

# What ends a process besides Ctrl-C: a service manager, a terminal that closes.
_ENDING = ("SIGTERM", "SIGHUP")


class _Group(click.Group):
    """Ctrl-C ends a command without a word; its status is what shells expect."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            flush_or_drop()
            raise SystemExit(128 + signal.SIGINT) from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Who said what in Hindi news: extract, look up and compare attributed claims."""


# --- extraction ------------------------------------------------------------------------------


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH|-]...", required=True)
@output_options
@filter_options
@db_option
@models_option
@aliases_option
@click.option(
    "--save/--no-save", default=True, help="Keep the claims in the store. [default: save]"
)
@jobs_option
def extract(paths: tuple[str, ...], **options: Any) -> None:
    """Find who said what in articles: files, folders, patterns, - for standard input.

    \b
    claimx extract articles/ --format csv -o claims.csv
    curl -s https://example.org/story.html | claimx extract - | jq .speaker
    """
    from claimx.runs import joined

    with reporting() as report:
        claims = joined(**run_options(paths, options, report), progress=progress_of(options))
        print_claims(chosen(claims, options), options)


@cli.command()
@click.argument("article")
@click.option("--format", "-f", "format_", type=click.Choice(("text", "html")), default="text")
@click.option(
    "--output", "-o", metavar="FILE", help="Write to FILE instead of standard output."
)
@models_option
def show(article: str, format_: str, output: str | None, **options: Any) -> None:
    """Show an article with its claims marked in place, the speaker beside each."""
    from claimx.output import render_article, supports_color, terminal_width

    with reporting() as report:
        options |= {"save": False, "db": None, "jobs": 1}
        with output_stream(output) as stream:
            for one, claims in extracted((article,), options, report):
                text = render_article(
                    one, claims, format_, width=terminal_width(), color=supports_color(stream)
                )
                stream.write(text)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH|-]...")
@click.option(
    "--conflicts", is_flag=True, help="Only statements with differing figures or a denial."
)
@output_options
@filter_options
@db_option
@models_option
@aliases_option
@jobs_option
def compare(paths: tuple[str, ...], conflicts: bool, **options: Any) -> None:
    """The same claim across sources: who carries it, where figures differ, who denies it.

    Without PATH, over everything in the store.
    """
    from claimx.lookups import COMPARED_COLUMNS
    from claimx.matching import compare_claims

    with reporting() as report:
        if paths:
            from claimx.pipeline import join

            options["save"] = False
            found = extracted(paths, options, report)
            claims = join([c for _, listed in found for c in listed], aliases_of(options))
        else:
            from claimx.runs import grouped

            claims = grouped(store_path(options["db"]), options["aliases"])
        groups = {claim.group for claim in chosen(claims, options)}
        shown = [
            row
            for row in compare_claims(claims)
            if row["group"] in groups and (row["conflict"] or not conflicts)
        ]
        print_rows(shown, COMPARED_COLUMNS, options)


# --- look-ups ---------------------------------------------------------------------------------


@cli.command()
@click.argument("name")
@output_options
@filter_options
@db_option
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N claims.")
def who(name: str, limit: int | None, **options: Any) -> None:
    """Everything a speaker said, by any spelling in either script, from the store."""
    with reporting(), reader(options["db"]) as store:
        if not store.find(name):
            near = [f"{s.name} ({s.latin})" if s.latin else s.name for s in store.suggest(name)]
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise ClaimxError(f"nobody called {name!r} is in the store{hint}")
        found = store.who(name, filters_of(options), limit)
        print_claims(
            _some(found, f"{name!r}: no claim passes the filters"), options, paged=True
        )


@cli.command()
@click.argument("words", nargs=-1, required=True)
@output_options
@filter_options
@db_option
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N claims.")
@click.option("--by", "order", type=click.Choice(("rank", "date")), default="rank")
def search(words: tuple[str, ...], limit: int | None, order: Any, **options: Any) -> None:
    """Claims by content: whole words, begin*, "a phrase", in either script."""
    with reporting(), reader(options["db"]) as store:
        query = " ".join(words)
        found = store.search(query, filters_of(options), limit, order)
        nothing = (
            f"no claim in the store holds {query!r} and passes the filters; try {words[0]}*"
        )
        print_claims(_some(found, nothing), options, paged=True)


@cli.command()
@output_options
@filter_options
@db_option
@aliases_option
@click.option(
    "--doubtful",
    is_flag=True,
    help="Pairs of names that may be one person: decide in your --aliases file.",
)
def speakers(doubtful: bool, **options: Any) -> None:
    """The speakers in the store: spellings, roles, sources and counts."""
    from claimx.lookups import DOUBTFUL_COLUMNS, SPEAKER_COLUMNS, doubtful_rows, speaker_rows

    with reporting(), reader(options["db"]) as store:
        summaries = store.speakers(filters_of(options))
        if doubtful:
            print_rows(
                doubtful_rows(summaries, aliases_of(options)),
                DOUBTFUL_COLUMNS,
                options,
                paged=True,
            )
        else:
            print_rows(speaker_rows(summaries), SPEAKER_COLUMNS, options, paged=True)


@cli.command()
@click.argument("targets", nargs=-1, metavar="[ARTICLE]...")
@click.option("--missing", is_flag=True, help="Forget all articles whose file is gone.")
@db_option
def forget(targets: tuple[str, ...], missing: bool, db: str | None) -> None:
    """Remove articles (path, folder, URL or id) with their claims from the store."""
    from claimx.store import Store

    if not targets and not missing:
        raise click.UsageError("name an ARTICLE, or use --missing")
    with reporting() as report, Store(store_path(db)) as store:
        gone = [article.location for article in store.missing()] if missing else []
        for target in (*targets, *gone):
            removed = store.forget(target)
            if removed:
                click.echo(
                    f"forgot {removed} article{'s' * (removed != 1)}: {inert(target)}",
                    err=True,
                )
            else:
                report(
                    InputError(
                        target,
                        "is not in the store under this path, URL or id; the rows of "
                        "`claimx search` name each claim's article",
                    )
                )


# --- measures and models ----------------------------------------------------------------------


@cli.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the articles. [default: the gold folder's parent]",
)
@click.option("--by-file", is_flag=True, help="One row an article.")
@click.option(
    "--errors", is_flag=True, help="List what is missed, wrong, or has the wrong speaker."
)
@output_options
@models_option
@aliases_option
def evaluate(
    gold: Path, articles: Path | None, by_file: bool, errors: bool, **options: Any
) -> None:
    """Precision, recall and F1 against gold annotation, by overlap of the spans.

    GOLD holds .json files {"file", "claims": [{"speakers", "start", "end", "kind", "core"}]},
    and may hold groups-*.json with the gold groups of claims across articles.
    """
    from claimx.evaluation import ERROR_COLUMNS, evaluate_folder

    with reporting() as report:
        options |= {"save": False, "jobs": 1, "db": None}
        measured = evaluate_folder(
            gold,
            articles or gold.resolve().parent,
            lambda paths: extracted(paths, options, report),
            aliases_of(options),
            report,
        )
        if errors:
            print_rows(measured.error_rows(), ERROR_COLUMNS, options)
        else:
            rows = measured.rows(by_file=by_file)
            print_rows(rows, list(dict.fromkeys(key for row in rows for key in row)), options)


@cli.command()
def schema() -> None:
    """The JSON Schema of a claim record."""
    import json

    from claimx.output import schema as json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@cli.group(invoke_without_command=True)
@models_option
@output_options
@click.pass_context
def models(context: click.Context, /, models: str | None, **options: Any) -> None:
    """Which language models are in use."""
    if context.invoked_subcommand is None:
        from dataclasses import asdict, fields

        from claimx.language.models import ModelRow, models_in_use, resolve_models

        with reporting():
            rows = [asdict(row) for row in models_in_use(resolve_models(models))]
            print_rows(rows, [field.name for field in fields(ModelRow)], options)


@models.command()
def fetch() -> None:
    """Download Stanza's official Hindi models, for --models official."""
    from claimx.language.models import fetch_official

    with reporting():
        click.echo(f"fetched to {fetch_official()}", err=True)


# --- start and end ---------------------------------------------------------------------------


def _some(claims: Iterator[Claim], nothing: str) -> Iterator[Claim]:
    """The claims; where there are none, an error that says so."""
    first = next(claims, None)
    if first is None:
        raise ClaimxError(nothing)
    return chain([first], claims)


def main() -> None:
    """The entry point."""
    for descriptor in (0, 1, 2):  # closed by the caller: no file of ours may take its place
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    # PyTorch and the tables are some million objects that stay: looking through all of them
    # time and again takes a tenth of a short run.
    gc.set_threshold(50_000, 20, 50)
    cli()


def _end(number: int, frame: FrameType | None) -> None:
    """End as Ctrl-C does: what is done is kept, files half written are removed."""
    signal.signal(number, signal.SIG_DFL)  # the second one is not asked
    raise SystemExit(128 + number)


if __name__ == "__main__":
    main()
