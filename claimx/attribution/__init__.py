"""Attributed statements of a parsed article: who said what, in pure Python."""

from claimx.attribution.engine import attribute

__all__ = ["attribute"]
