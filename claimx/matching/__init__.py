"""The same statement across sources: groups, differing figures, denials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimx.lazy import lazily

if TYPE_CHECKING:
    from claimx.matching.groups import group_claims
    from claimx.matching.table import GroupRow, compare, compare_claims

__all__ = ["GroupRow", "compare", "compare_claims", "group_claims"]
__getattr__ = lazily(
    __name__,
    {"groups": ["group_claims"], "table": ["GroupRow", "compare", "compare_claims"]},
)
