"""Identity: one canonical speaker across spellings, titles and scripts."""

from __future__ import annotations

from claimx.identity.aliases import Aliases, load_aliases
from claimx.identity.compare import compare_names, normalize_name, same_name
from claimx.identity.doubtful import DoubtfulPair, doubtful_pairs
from claimx.identity.latin import latin_name
from claimx.identity.lookup import lookup_keys, match_score, matches_query, query_keys, suggest
from claimx.identity.match import Match
from claimx.identity.resolve import Name, Registry, Speaker, canonicalize, resolve

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
