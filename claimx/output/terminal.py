"""Putting styled lines on a stream: rich's colours on a terminal, bare text elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TextIO

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

# The sixteen colours every terminal has, so the user's own palette decides the shades.
_THEME: Final = Theme(
    {
        "speaker": Style(bold=True, color="cyan"),
        "quiet": Style(dim=True),
        "strong": Style(bold=True),
        "fact": Style(color="yellow"),
        "contested": Style(color="magenta"),
        "denied": Style(color="red"),
        "corroborated": Style(color="green"),
        "unsure": Style(dim=True),
        "claim0": Style(color="green", underline=True),
        "claim1": Style(color="yellow", underline=True),
        "claim2": Style(color="cyan", underline=True),
        "claim3": Style(color="magenta", underline=True),
        "claim4": Style(color="blue", underline=True),
    },
    inherit=False,
)
CLAIM_STYLES: Final = 5


def emit(lines: Iterable[Text], stream: TextIO, *, color: bool) -> None:
    """Write finished lines as they are: no markup, no wrapping, no emoji codes.

    Args:
        color: whether escape sequences may be written at all.
    """
    if not color:
        stream.writelines(line.plain.rstrip() + "\n" for line in lines)
        return
    console = Console(file=stream, theme=_THEME, color_system="standard", force_terminal=True)
    stream.writelines("".join(map(_painted, line.render(console, end="\n"))) for line in lines)


def _painted(segment: Segment) -> str:
    """One run of equal style; rich's printing does the same at twice the time."""
    if segment.style is None:
        return segment.text
    return segment.style.render(segment.text, color_system=ColorSystem.STANDARD)
