"""What a reader will take, so that no input can exhaust memory or time.

A newspaper article has 500 to 20,000 characters, a day's live blog up to 100,000, and
its longest paragraph 5,000; the limits leave room above that.
"""

from __future__ import annotations

#: Bytes of a text file: the largest article in the widest UTF-8 characters.
MAX_BYTES = 4 * 1024 * 1024
#: Bytes of an HTML page: saved pages carry scripts and pictures inside.
MAX_HTML_BYTES = 16 * 1024 * 1024
#: Elements of an HTML page; extraction takes up to 0.25 ms for each.
MAX_HTML_ELEMENTS = 25_000
#: Elements up to which the fallback extractors run: their time is quadratic (1 s for these).
MAX_FALLBACK_ELEMENTS = 4_000
#: Attributes of one element: building a tree is quadratic in them.
MAX_HTML_ATTRIBUTES = 1_000
#: Inline elements in one paragraph: taking them out is quadratic (0.1 s for these).
MAX_HTML_INLINE = 1_000
#: Bytes of a JSON file, which is parsed whole; JSON Lines has no limit but its lines'.
MAX_JSON_BYTES = 64 * 1024 * 1024
#: Bytes of one line of JSON Lines or CSV: an article with every character as \\uXXXX.
MAX_RECORD_BYTES = 8 * 1024 * 1024
#: Code points of one CSV field. The csv module's own default: raising it is a global switch.
MAX_CSV_FIELD = 131_072
#: Code points of one article's text.
MAX_CHARACTERS = 1_000_000
#: Code points of one line, which is a paragraph, of an article's text.
MAX_LINE = 100_000
#: Lines of front matter.
MAX_FRONT_MATTER_LINES = 100
#: Code points of a title or an outlet's name; the rest is cut.
MAX_FIELD = 500
#: Smallest share of an article's letters that are Devanagari. Portals mix in English
#: names and tweets, but Hindi stays the larger part.
MIN_DEVANAGARI = 0.3
#: Largest share of control characters in text; terminal logs and binaries have more.
MAX_CONTROL = 0.01
