"""claimx: who said what in Hindi news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimx.lazy import lazily

if TYPE_CHECKING:
    from claimx.articles import read_articles
    from claimx.pipeline import extract, join

__version__ = "0.1.0"
__all__ = ["extract", "join", "read_articles"]
__getattr__ = lazily(__name__, {"articles": ["read_articles"], "pipeline": ["extract", "join"]})
