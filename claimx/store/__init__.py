"""The store: SQLite, one transaction an article, look-ups by any spelling and by words."""

from claimx.store.entries import (
    Match,
    SpeakerSummary,
    StoredArticle,
    StoredSpeaker,
    location,
)
from claimx.store.filters import Filters
from claimx.store.reader import StoreReader
from claimx.store.schema import default_path
from claimx.store.store import Mention, Store

__all__ = [
    "Filters",
    "Match",
    "Mention",
    "SpeakerSummary",
    "Store",
    "StoreReader",
    "StoredArticle",
    "StoredSpeaker",
    "default_path",
    "location",
]
