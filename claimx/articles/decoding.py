"""From bytes to text: what is not UTF-8 text is named, with the way out, and refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

from claimx.articles.limits import (
    MAX_CHARACTERS,
    MAX_CONTROL,
    MAX_LINE,
    MIN_DEVANAGARI,
)
from claimx.errors import InputError

# First bytes of formats that people mistake for text files.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "is a PDF file: save its text first, as with pdftotext"),
    (b"PK\x03\x04", "is a zip archive or an office document: unpack it or save it as text"),
    (b"\x1f\x8b", "is a gzip archive, which is not opened: unpack it first"),
    (b"BZh", "is a bzip2 archive, which is not opened: unpack it first"),
    (b"\xfd7zXZ", "is an xz archive, which is not opened: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is a zstd archive, which is not opened: unpack it first"),
    (b"7z\xbc\xaf", "is a 7z archive, which is not opened: unpack it first"),
    (b"Rar!", "is a rar archive, which is not opened: unpack it first"),
    (b"\xd0\xcf\x11\xe0", "is an old office document: save it as text"),
)
# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAMPLE = 64 * 1024
# Control characters that no text has; tab, the line ends and form feed are not among them.
_CONTROL = frozenset(map(chr, (*range(0x09), *range(0x0E, 0x20), 0x7F)))
_DEVANAGARI = (("\u0900", "\u097f"), ("\ua8e0", "\ua8ff"))


def refuse_foreign(data: bytes, path: str) -> None:
    """Refuse what is not a text encoded as ASCII is extended: UTF-16, PDF, binary ...

    Args:
        data: the beginning of a file, or all of it.

    Raises:
        InputError: naming what it is and what to do.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise InputError(path, _not_utf8(name))
    for magic, reason in _MAGIC:
        if data.startswith(magic):
            raise InputError(path, reason)
    if b"\x00" in data:
        utf16 = _unmarked_utf16(data[:_SAMPLE])
        raise InputError(path, _not_utf8(utf16) if utf16 else "is a binary file, not text")


def _not_utf8(name: str) -> str:
    return f"is {name}, not UTF-8: convert it with iconv -f {name} -t UTF-8 OLD > NEW"


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 by its high bytes: 09 for Devanagari and 00 for spaces and ASCII."""
    for name, high in (("UTF-16LE", data[1::2]), ("UTF-16BE", data[0::2])):
        if high and high.count(0) + high.count(9) > 0.7 * len(high):
            sample = data[: len(data) // 2 * 2].decode(name, errors="replace")
            plain = sum(c.isprintable() or c.isspace() for c in sample)
            if plain > 0.9 * len(sample):
                return name
    return None


def decode(data: bytes, path: str) -> str:
    """UTF-8 text with the byte order mark dropped and line ends as ``\\n``.

    Raises:
        InputError: if the bytes are empty, binary or of another encoding.
    """
    if not data.strip():
        raise InputError(path, "is empty")
    refuse_foreign(data, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(path, _encoding_reason(data, error)) from None
    return plain_lines(text)


def decode_leniently(data: bytes, path: str) -> str:
    """As `decode`, with broken bytes as U+FFFD, for pages that may have them aside.

    Raises:
        InputError: if the bytes are not UTF-8 in the main.
    """
    try:
        return decode(data, path)
    except InputError:
        text = data.decode("utf-8", errors="replace")
        if "\x00" in text or not _is_damaged_utf8(text):
            raise
        return plain_lines(text)


def plain_lines(text: str) -> str:
    """Drop byte order marks at the start; make every line end ``\\n``."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


_is_letter = cache(str.isalpha)


@cache
def _is_devanagari_letter(character: str) -> bool:
    return character.isalpha() and any(low <= character <= high for low, high in _DEVANAGARI)


def _count(is_counted: Callable[[str], bool], characters: Counter[str]) -> int:
    """How many characters are of a kind."""
    return sum(count for character, count in characters.items() if is_counted(character))


def _is_damaged_utf8(text: str) -> bool:
    """Whether decoding lost little: legacy 8-bit Hindi leaves no Devanagari at all."""
    return text.count("\ufffd") * 20 < _count(_is_devanagari_letter, Counter(text))


def _encoding_reason(data: bytes, error: UnicodeDecodeError) -> str:
    if error.reason == "unexpected end of data" and len(data) - error.start < 4:
        return "ends inside a character: it was cut short, fetch it again"
    where = f"byte 0x{data[error.start]:02X} at {error.start:,}"
    if _is_damaged_utf8(data.decode("utf-8", errors="replace")):
        return (
            f"is damaged UTF-8 ({where}): drop the broken bytes with "
            "iconv -c -f UTF-8 -t UTF-8 OLD > NEW"
        )
    return (
        f"is not UTF-8 but a legacy encoding ({where}): convert it with "
        "iconv -f ENCODING -t UTF-8 OLD > NEW"
    )


def refuse_unfit(text: str, path: str, *, start: int = 0) -> None:
    """Refuse a text that is no Hindi article of a size that can be analysed.

    Args:
        text: the article as decoded.
        start: code points of front matter, which is not looked at.

    Raises:
        InputError: naming what is wrong and what to do.
    """
    body = text[start:]
    if not body.strip():
        raise InputError(path, "is empty" if not start else "has front matter but no text")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            path,
            f"has {len(text):,} characters, more than the {MAX_CHARACTERS:,} of one article: "
            "split it into articles",
        )
    longest = max(map(len, body.split("\n")))
    if longest > MAX_LINE:
        raise InputError(
            path,
            f"has a line of {longest:,} characters, more than {MAX_LINE:,}: "
            "break it into paragraphs",
        )
    characters = Counter(body)
    if _count(_CONTROL.__contains__, characters) > MAX_CONTROL * len(body):
        raise InputError(path, "is a binary file, not text: it is full of control characters")
    letters = _count(_is_letter, characters)
    hindi = _count(_is_devanagari_letter, characters)
    if hindi == 0 or hindi < MIN_DEVANAGARI * letters:
        share = f"{hindi / letters:.0%} of its {letters:,} letters" if letters else "nothing"
        raise InputError(
            path,
            f"is not Hindi: {share} in Devanagari; text in a legacy font such as Kruti Dev "
            "has to be converted to Unicode first",
        )
