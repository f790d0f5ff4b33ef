"""Hindi text in, words with parts of speech, dependencies and names out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimx.lazy import lazily

if TYPE_CHECKING:
    from claimx.language.analyzer import Analyzer
    from claimx.language.layout import Layout, lay_out
    from claimx.language.models import fetch_official, models_in_use, resolve_models, verify

__all__ = [
    "Analyzer",
    "Layout",
    "fetch_official",
    "lay_out",
    "models_in_use",
    "resolve_models",
    "verify",
]
__getattr__ = lazily(
    __name__,
    {
        "analyzer": ["Analyzer"],
        "layout": ["Layout", "lay_out"],
        "models": ["fetch_official", "models_in_use", "resolve_models", "verify"],
    },
)
