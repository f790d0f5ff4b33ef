"""Find the source of a cue: the noun phrase that is said to say it."""

from claimx.attribution.sources.agents import issuer
from claimx.attribution.sources.phrase import Source, phrase
from claimx.attribution.sources.search import Search, earlier_ergative, find_source
from claimx.attribution.sources.subjects import subject_of_clause

__all__ = [
    "Search",
    "Source",
    "earlier_ergative",
    "find_source",
    "issuer",
    "phrase",
    "subject_of_clause",
]
