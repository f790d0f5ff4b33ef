"""Hindi text in, words with parts of speech, dependencies and names out."""

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
