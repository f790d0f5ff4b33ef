"""Claims and other rows in every format: table, jsonl, json, csv, markdown, html."""

from typing import TYPE_CHECKING

from claimx.lazy import lazily
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
__getattr__ = lazily(
    __name__, {"article": ["ARTICLE_FORMATS", "render_article"], "record_schema": ["schema"]}
)
