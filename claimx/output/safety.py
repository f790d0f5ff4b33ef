"""The one gate between text from the web and a terminal, a page or a spreadsheet.

What is hostile is one character class, `UNSAFE`; the human formats show or drop
its members (`visible`) and the JSON formats escape the very same ones
(`json_text`), so no format can forget one.

References:
    Unicode Technical Report 36, "Unicode Security Considerations".
    Boucher & Anderson (2021), "Trojan Source: Invisible Vulnerabilities" (bidi controls).
    OWASP, "CSV Injection".
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from claimx.records import Claim, KeptClaim

if TYPE_CHECKING:
    import regex

# Scripts whose spelling uses U+200C and U+200D (क्‍ष, नरेन्‍द्र; Urdu and Persian too): a
# joiner after one of their letters is orthography, anywhere else it is a hiding place.
_JOINING_SCRIPTS: Final = "".join(
    rf"\p{{Script={name}}}"
    for name in (
        "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh", "Arab",
    )
)  # fmt: skip

# Directional embeddings, overrides and isolates: they reorder what stands around them.
_BIDI: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

UNSAFE: Final = rf"""
      [\p{{Cc}}\p{{Zl}}\p{{Zp}}\p{{Cs}}{_BIDI}\ufff9-\ufffb]  # controls, separators, surrogates
    | [\p{{Default_Ignorable_Code_Point}}--[\u200c\u200d]]    # whatever takes no room
    | (?<![{_JOINING_SCRIPTS}])[\u200c\u200d]                 # a joiner with nothing to join
    """
"""Characters that no format passes on raw (line feed and tab aside, where they are layout)."""

# Texts of letters, digits and marks that are surely safe, joiners as Hindi spells included,
# up to a first other character: one pass settles nearly every row, and spares most runs the
# import of `regex`.
_PLAIN: Final = "\x20-\x7e\u0900-\u097f‘’“”–—…₹"
_JOINED: Final = "(?<=[\u0900-\u0950\u0955-\u0963\u0966-\u097f])[\u200c\u200d]"
_SAFE: Final = re.compile(f"[{_PLAIN}]*+(?:{_JOINED}[{_PLAIN}]*+)*+")
_SAFE_LINES: Final = re.compile(f"[\n{_PLAIN}]*+(?:{_JOINED}[\n{_PLAIN}]*+)*+")

# The longest run of marks in Hindi spelling is four (virama, matra, nukta, candrabindu); a
# tower of hundreds draws over its neighbours.
_MARK_TOWER: Final = r"(\p{M}{8})\p{M}+"
_MARKS: Final = re.compile(r"[^\w\s]{9}")

_SPACES: Final = re.compile(r"\s+")

# What a spreadsheet may take for a formula, after any apostrophes we would add ourselves and
# any blanks it would skip; the full-width forms count in East Asian locales.
_FORMULA: Final = r"'*(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])"
_DEFUSED: Final = r"'+(?:[\s\p{C}]*[=+\-@＝＋－＠]|[\t\r\n])"


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern over Unicode properties, which Python's own ``re`` does not know."""
    import regex

    return regex.compile(pattern, regex.VERSION1 | regex.VERBOSE)


def _shown(character: str) -> str:
    """The harmless stand-in for one unsafe character."""
    code = ord(character)
    if character == "\n":
        return character
    if character in "\t\u2028\u2029":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)  # the Control Pictures block: ␛ for ESC
    if code == 0x7F:
        return "␡"
    if code < 0xA0 or character in _BIDI:
        return f"⟨U+{code:04X}⟩"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return ""


def unsafe(text: str) -> str | None:
    """The first character that no format passes on raw, or None."""
    found = None if _SAFE.fullmatch(text) else _compiled(UNSAFE).search(text)
    return found[0] if found else None


def visible(text: str) -> str:
    r"""Make text inert: nothing left in it moves a cursor, hides, or reorders.

    Control characters and bidi controls are shown (␛, ⟨U+202E⟩), zero-width
    characters dropped, lone surrogates replaced; joiners inside Indic words stay.
    Line feeds stay, tabs become spaces.

    >>> visible("\x1b[31mलाल")
    '␛[31mलाल'
    """
    if not _SAFE_LINES.fullmatch(text):
        text = text.replace("\r\n", "\n")
        text = _compiled(UNSAFE).sub(lambda match: _shown(match[0]), text)
    if _MARKS.search(text):
        text = _compiled(_MARK_TOWER).sub(r"\1", text)
    return text


def collapsed(text: str) -> str:
    """`visible`, with every run of white space, line feeds included, made one space."""
    return _SPACES.sub(" ", visible(text))


def one_line(text: str) -> str:
    """`collapsed`, without blanks at the ends."""
    return collapsed(text).strip(" ")


# `json.dumps` would make a new one for every value.
_JSON: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def json_text(value: Any) -> str:
    """Encode as JSON: UTF-8 as it is, but every `UNSAFE` character escaped.

    The text parses back exactly, lone surrogates included (a high surrogate next
    to a low one is the one thing JSON cannot tell from the character they encode).

    Raises:
        ValueError: if a number is not finite.
    """
    encoded = _JSON.encode(value)
    if _SAFE.fullmatch(encoded):
        return encoded
    return _compiled(UNSAFE).sub(lambda match: json.dumps(match[0])[1:-1], encoded)


def claim_text(claim: Claim) -> str:
    """A claim's record as `json_text`, by its kept text where it has one."""
    if isinstance(claim, KeptClaim) and _SAFE.fullmatch(claim.record):
        return claim.record
    return json_text(claim.to_dict())


def defuse(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    `undefuse` is the exact inverse: text that already looks defused gets one
    apostrophe more.
    """
    return f"'{text}" if _compiled(_FORMULA).match(text) else text


def undefuse(text: str) -> str:
    """The inverse of `defuse`."""
    return text[1:] if _compiled(_DEFUSED).match(text) else text
