"""HTML pages: trafilatura finds the article among the furniture.

Barbaresi, A. (2021), "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction", ACL-IJCNLP 2021 (demonstrations).

Two of its options are not used, for reasons measured on Hindi pages: its de-duplication
compares tokens that are ``isalnum()``, which most Hindi words are not; its extensive
search for dates answers with the copyright line's year. Its metadata patterns need
quadratic time on hostile JSON-LD, so they see a small extract of the page, made here.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from html import escape
from typing import Any

import regex

from claimx.articles.decoding import plain_lines
from claimx.articles.limits import (
    MAX_FALLBACK_ELEMENTS,
    MAX_FIELD,
    MAX_HTML_ATTRIBUTES,
    MAX_HTML_ELEMENTS,
    MAX_HTML_INLINE,
)
from claimx.articles.metadata import Metadata, iso_date, metadata_of, sound
from claimx.errors import InputError

_PAGE = regex.compile(r"(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b")
_SNIFFED = 1000
# How many of each kind of element the extract for metadata holds.
_MAX_EACH = 200
# Longer elements of a date's class hold more than the date.
_MAX_BYLINE = 150
_MAX_JSON_LD = 256 * 1024
_JSON_LD = './/script[@type="application/ld+json"]'
# Teasers of other stories have dates too: what stands in these is not looked at.
_ASIDE = "ancestor-or-self::nav or ancestor-or-self::aside or ancestor-or-self::footer"
# Where a page shows its date to readers; the article's own place comes first.
_DATE_PLACES = [
    f"{place}[not({_ASIDE})][not(self::script or self::style)][self::time or {words}]"
    for words in [
        " or ".join(
            f"contains(concat(@class, ' ', @id, ' ', @itemprop), '{word}')"
            for word in ("date", "time", "publish", "posted", "byline", "meta")
        )
    ]
    for place in (".//article//*", ".//main//*", ".//body//*")
]

# Elements that begin a text of their own, and br, which is kept as a line end.
_BLOCK_NAMES = """
html head body header footer main nav aside section article div p br hr pre blockquote
ul ol li dl dt dd table caption thead tbody tfoot tr td th figure figcaption form
fieldset details summary address center h1 h2 h3 h4 h5 h6 svg math select
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_TEXTLESS = frozenset(("head", "svg", "math", "select"))

# Without a handler of its own, a library's warnings about a page would reach stderr.
for _name in ("trafilatura", "htmldate", "justext", "readability"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def looks_like_html(text: str) -> bool:
    """Whether a text of unknown format begins as a page does."""
    return bool(_PAGE.match(text[:_SNIFFED].lstrip().lower()))


class _Size:
    """Counts what a page holds while it is parsed without a tree, in linear time."""

    def __init__(self) -> None:
        self.elements = 0
        self.attributes = 0
        self.inline = 0.0
        self._inline_in_block = [0.0]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self.attributes = max(self.attributes, len(attributes))
        if tag in _BLOCKS:
            self._inline_in_block.append(float("-inf") if tag in _TEXTLESS else 0.0)
        else:
            self._inline_in_block[-1] += 1
            self.inline = max(self.inline, self._inline_in_block[-1])

    def end(self, tag: str) -> None:
        if tag in _BLOCKS and len(self._inline_in_block) > 1:
            self._inline_in_block.pop()

    def close(self) -> None:
        pass


def _refuse_oversized(html: str, path: str) -> int:
    """The number of elements of a page that is fit for a tree."""
    from lxml import etree

    size = _Size()
    target: Any = size
    parser = etree.HTMLParser(encoding="utf-8", target=target)
    parser.feed(html.encode("utf-8", "replace"))
    parser.close()
    for count, limit, name in (
        (size.elements, MAX_HTML_ELEMENTS, "HTML elements"),
        (size.inline, MAX_HTML_INLINE, "inline HTML elements in one paragraph"),
        (size.attributes, MAX_HTML_ATTRIBUTES, "attributes in one HTML element"),
    ):
        if count > limit:
            reason = f"has {count:,.0f} {name}, more than {limit:,}: save its text as .txt"
            raise InputError(path, reason)
    return size.elements


def read_page(html: str, path: str) -> tuple[str, Metadata]:
    """The article's text, a paragraph a line, and what the page says of it.

    Raises:
        InputError: if the page holds no article, or is too large to search.
    """
    from trafilatura import bare_extraction, load_html

    # Hostile markup makes the libraries raise many kinds of errors; whatever they
    # raise, it is this page that cannot be read, and the next one goes on.
    text, metadata = "", Metadata()
    try:
        elements = _refuse_oversized(html, path)
        tree = load_html(html)
        if tree is not None:
            metadata = _metadata(tree)
            found: Any = bare_extraction(
                tree,
                fast=elements > MAX_FALLBACK_ELEMENTS,
                include_comments=False,
                include_tables=False,
                deduplicate=False,
            )
            text = plain_lines(sound(found.text or "")) if found is not None else ""
    except InputError:
        raise
    except Exception as error:
        raise InputError(
            path, f"has HTML that cannot be read ({type(error).__name__})"
        ) from error
    if not text.strip():
        raise InputError(path, "has no article text in its HTML: save the text as .txt")
    return text, metadata


def _metadata(tree: Any) -> Metadata:
    from trafilatura import extract_metadata

    try:
        extract = _extract(tree)
        found: Any = extract_metadata(
            extract,
            # Dates are bounded by the page, not by the day it is read on.
            date_config={
                "original_date": True, "extensive_search": False, "max_date": "2100-01-01",
            },
        )  # fmt: skip
        return metadata_of(
            {
                "title": found.title,
                "source": found.sitename or found.hostname,
                "published": found.date or _visible_date(tree),
            }
        )
    except Exception:
        return Metadata()


def _extract(tree: Any) -> str:
    """A small page with only what metadata is read from, every part bounded."""
    parts = ["<html><head>"]
    for element in _some(tree, ".//meta[@content]"):
        parts.append(_tag("meta", element, ("name", "property", "itemprop", "content")))
    for element in _some(tree, ".//link[@rel='canonical']"):
        parts.append(_tag("link", element, ("rel", "href")))
    for element in _some(tree, ".//title"):
        parts.append(f"<title>{escape(_text(element))}</title>")
    parts.extend(_json_ld(tree))
    parts.append("</head><body>")
    for element in _some(tree, ".//h1"):
        parts.append(f"<h1>{escape(_text(element))}</h1>")
    parts.append("</body></html>")
    return "".join(parts)


def _some(tree: Any, path: str) -> list[Any]:
    return list(tree.xpath(f"({path})[position() <= {_MAX_EACH}]"))


def _text(element: Any) -> str:
    """An element's text on one line; no more than is needed of a long one."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece[:MAX_FIELD])
        length += len(pieces[-1])
        if length > MAX_FIELD:
            break
    return " ".join("".join(pieces).split())[:MAX_FIELD]


def _tag(name: str, element: Any, attributes: tuple[str, ...]) -> str:
    kept = [
        f'{key}="{escape(element.get(key)[:MAX_FIELD])}"'
        for key in attributes
        if element.get(key)
    ]
    return f"<{name} {' '.join(kept)}>"


def _json_ld(tree: Any) -> list[str]:
    """The page's JSON-LD, where it is JSON: the patterns that mend broken JSON are slow."""
    scripts = []
    for element in _some(tree, _JSON_LD):
        source = element.text or ""
        if len(source) > _MAX_JSON_LD:
            continue
        try:
            value = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        # "</" would end the script early.
        plain = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
        scripts.append(f'<script type="application/ld+json">{plain}</script>')
    return scripts


def _visible_date(tree: Any) -> str | None:
    """The first date shown with the article, for pages whose head states none."""
    for place in _DATE_PLACES:
        for element in _some(tree, place):
            text = _text(element)
            date = iso_date(element.get("datetime"))
            if date or (len(text) <= _MAX_BYLINE and (date := iso_date(text))):
                return date
    return None
