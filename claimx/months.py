"""The names of the months, for those who read datelines and those who read dates."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def month_names() -> dict[str, list[str]]:
    """Spellings of each month, in lower case, by its number."""
    # importlib.resources would take longer to import than this file to read.
    raw = Path(__file__).with_name("months.toml").read_text("utf-8")
    months: dict[str, list[str]] = tomllib.loads(raw)["months"]
    return months
