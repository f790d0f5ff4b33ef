"""Claims and other rows in every format: table, jsonl, json, csv, markdown, html."""

from claimx.output.article import ARTICLE_FORMATS, render_article
from claimx.output.record_schema import schema
from claimx.output.safety import one_line, visible
from claimx.output.streams import default_format, open_output, supports_color, terminal_width
from claimx.output.writers import FORMATS, Column, write, write_rows

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
