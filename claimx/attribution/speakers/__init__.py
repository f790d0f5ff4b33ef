"""Who a source is: names, titles, pronouns, documents, and sources that go unsaid."""

from claimx.attribution.speakers.named import acronyms, named
from claimx.attribution.speakers.resolution import (
    addressee,
    antecedent_in_quotation,
    of_relative,
    resolve,
)

__all__ = [
    "acronyms",
    "addressee",
    "antecedent_in_quotation",
    "named",
    "of_relative",
    "resolve",
]
