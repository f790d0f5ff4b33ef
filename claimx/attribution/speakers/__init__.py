"""Who a source is: names, titles, pronouns, documents, and sources that go unsaid."""

from claimx.attribution.speakers.named import acronyms, named, named_source
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
    "named_source",
    "of_relative",
    "resolve",
]
