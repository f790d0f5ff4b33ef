"""Options that several commands share, as decorators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", "jsonl", "json", "csv", "markdown", "html")
KINDS = ("direct", "indirect", "mixed")
ACTS = (
    "say",
    "claim",
    "warn",
    "accuse",
    "deny",
    "believe",
    "estimate",
    "report",
    "announce",
    "ask",
)


def output_options(command: F) -> F:
    """``--format``, ``--output`` and ``--raw-csv``: how rows are written."""
    for option in reversed(
        (
            click.option(
                "--format",
                "-f",
                "format_",
                type=click.Choice(FORMATS),
                help="Default: table on a terminal, jsonl in a pipe.",
            ),
            click.option(
                "--output",
                "-o",
                metavar="FILE",
                help="Write to FILE instead of standard output.",
            ),
            click.option(
                "--raw-csv",
                is_flag=True,
                help="In csv, leave text that a spreadsheet would run (=, +, -, @) as it is.",
            ),
        )
    ):
        command = option(command)
    return command


def filter_options(command: F) -> F:
    """Which claims: the same flags for every command that prints claims."""
    for option in reversed(
        (
            click.option(
                "--speaker", metavar="NAME", help="Only this speaker, in either script."
            ),
            click.option(
                "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Repeatable."
            ),
            click.option(
                "--act", "acts", multiple=True, type=click.Choice(ACTS), help="Repeatable."
            ),
            click.option("--polarity", type=click.Choice(("affirmed", "denied"))),
            click.option(
                "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="0..1"
            ),
            click.option(
                "--since",
                metavar="DATE",
                type=click.DateTime(["%Y-%m-%d"]),
                help="Said or published on this day or later.",
            ),
            click.option(
                "--until",
                metavar="DATE",
                type=click.DateTime(["%Y-%m-%d"]),
                help="Said or published on this day or earlier.",
            ),
            click.option(
                "--source", "sources", multiple=True, metavar="OUTLET", help="Repeatable."
            ),
        )
    ):
        command = option(command)
    return command


def db_option(command: F) -> F:
    """``--db``: which store."""
    return click.option(
        "--db",
        envvar="CLAIMX_DB",
        metavar="FILE",
        help="The store; by default in your data folder. [env: CLAIMX_DB]",
    )(command)


def models_option(command: F) -> F:
    """``--models``: which language models."""
    return click.option(
        "--models",
        envvar="CLAIMX_MODELS",
        metavar="bundled|official|FOLDER",
        help="Which models. [env: CLAIMX_MODELS]",
    )(command)


def aliases_option(command: F) -> F:
    """``--aliases``: the user's own decisions on names."""
    return click.option(
        "--aliases",
        envvar="CLAIMX_ALIASES",
        metavar="FILE",
        help="Your decisions on names: TOML with `aliases` and `apart`. [env: CLAIMX_ALIASES]",
    )(command)


def jobs_option(command: F) -> F:
    """``--jobs``: how many processes work."""
    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(1, 64),
        help="Worker processes; 1 works in this one. [default: two for many articles]",
    )(command)
