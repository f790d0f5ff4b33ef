"""Claims and other rows in every format: table, jsonl, json, csv, markdown, html."""

from typing import TYPE_CHECKING, Any

from claimx.output.safety import one_line, visible
from claimx.output.streams import default_format, open_output, supports_color, terminal_width
from claimx.output.writers import FORMATS, Column, write, write_rows

if TYPE_CHECKING:
    from claimx.output.article import ARTICLE_FORMATS, render_article
    from claimx.output.record_schema import schema

__all__ = [
    "ARTICLE_FORMATS",
    "FORMATS",
    "Column",
    "default_format",
    "one_line",
    "open_output",
    "render_article",
    "schema",
    "supports_color",
    "terminal_width",
    "visible",
    "write",
    "write_rows",
]

# What few commands need.
_HOME = {"ARTICLE_FORMATS": "article", "render_article": "article", "schema": "record_schema"}


def __getattr__(name: str) -> Any:
    """Import on first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
