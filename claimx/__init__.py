"""claimx: who said what in Hindi news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimx.articles import read_articles
    from claimx.pipeline import extract, join

__version__ = "0.1.0"
__all__ = ["extract", "join", "read_articles"]


def __getattr__(name: str) -> Any:
    """Import on first use: the package by itself loads nothing (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    room = "claimx.articles" if name == "read_articles" else "claimx.pipeline"
    return getattr(import_module(room), name)
