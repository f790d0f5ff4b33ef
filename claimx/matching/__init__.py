"""The same statement across sources: groups, differing figures, denials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimx.matching.groups import group_claims
    from claimx.matching.table import GroupRow, compare, compare_claims

__all__ = ["GroupRow", "compare", "compare_claims", "group_claims"]

_HOME = {"group_claims": "claimx.matching.groups"}


def __getattr__(name: str) -> Any:
    """Import on first use: the package by itself loads nothing (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME.get(name, "claimx.matching.table")), name)
