"""Facts in a claim: quantities, money, dates and names with normalised values."""

from claimx.facts.comparison import agree
from claimx.facts.finder import find_facts, find_said_on

__all__ = ["agree", "find_facts", "find_said_on"]
