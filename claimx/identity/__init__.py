"""Identity: one canonical speaker across spellings, titles and scripts.

The names below load on first use, so that a look-up imports no comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimx.lazy import lazily

if TYPE_CHECKING:
    from claimx.identity.aliases import Aliases, load_aliases
    from claimx.identity.compare import compare_names, normalize_name, same_name
    from claimx.identity.doubtful import DoubtfulPair, doubtful_pairs
    from claimx.identity.latin import latin_name
    from claimx.identity.lookup import (
        lookup_keys,
        match_score,
        matches_query,
        query_keys,
        suggest,
    )
    from claimx.identity.match import Match
    from claimx.identity.resolution import canonicalize, resolve
    from claimx.identity.speakers import Name, Registry, Speaker

__all__ = [
    "Aliases",
    "DoubtfulPair",
    "Match",
    "Name",
    "Registry",
    "Speaker",
    "canonicalize",
    "compare_names",
    "doubtful_pairs",
    "latin_name",
    "load_aliases",
    "lookup_keys",
    "match_score",
    "matches_query",
    "normalize_name",
    "query_keys",
    "resolve",
    "same_name",
    "suggest",
]
__getattr__ = lazily(
    __name__,
    {
        "aliases": ("Aliases", "load_aliases"),
        "compare": ("compare_names", "normalize_name", "same_name"),
        "doubtful": ("DoubtfulPair", "doubtful_pairs"),
        "latin": ("latin_name",),
        "lookup": ("lookup_keys", "match_score", "matches_query", "query_keys", "suggest"),
        "match": ("Match",),
        "resolution": ("canonicalize", "resolve"),
        "speakers": ("Name", "Registry", "Speaker"),
    },
)
