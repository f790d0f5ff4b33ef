"""Which claims: the filters all look-ups share, and the words of a search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import NamedTuple

from claimx.records import Act, Claim, Kind, Polarity
from claimx.store.words import Spelling, split_words

# A search has at most so many words; the rest of a longer one is not looked at.
MAX_WORDS = 100
# Ways to write out a phrase whose words each have several Devanagari spellings.
_MAX_PHRASES = 64

_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a claim must be like; every field left empty lets all through.

    Attributes:
        speaker: a name, looked up like the argument of ``who``.
        sources: outlets, letter case aside.
        since: ISO date; the day the claim was made, else the day its article was
            published, is not earlier. A claim without any date does not pass.
        until: the same, not later.
        articles: locations of articles, see `claimx.store.location`.
    """

    speaker: str | None = None
    kinds: Sequence[Kind] = ()
    acts: Sequence[Act] = ()
    polarity: Polarity | None = None
    min_confidence: float = 0.0
    since: str | None = None
    until: str | None = None
    sources: Sequence[str] = ()
    articles: Sequence[str] = ()

    def accepts(self, claim: Claim) -> bool:
        """The same test on a claim at hand; ``speaker`` and ``articles`` are left out."""
        return (
            (not self.kinds or claim.kind in self.kinds)
            and (not self.acts or claim.act in self.acts)
            and (self.polarity is None or claim.polarity == self.polarity)
            and (not self.min_confidence or claim.confidence >= self.min_confidence)
            and (not self.sources or _lower(claim.source) in map(_lower, self.sources))
            and ((self.since is None and self.until is None) or self._in_time(claim))
        )

    def _in_time(self, claim: Claim) -> bool:
        day = claim.said_on or claim.published
        if day is None:
            return False
        after = self.since is None or day >= self.since[: len(day)]
        return after and (self.until is None or day <= self.until)

    def where(self) -> tuple[str, list[object]]:
        """The SQL condition over claims c and articles a, and its parameters."""
        terms: list[str] = []
        values: list[object] = []

        def among(column: str, wanted: Sequence[str]) -> None:
            if wanted:
                terms.append(f"{column} IN ({', '.join('?' * len(wanted))})")
                values.extend(wanted)

        among("c.kind", self.kinds)
        among("c.act", self.acts)
        among("lower(a.source)", [_lower(source) for source in self.sources])
        among("a.location", self.articles)
        for condition, value in (
            ("c.polarity = ?", self.polarity),
            ("c.confidence >= ?", self.min_confidence or None),
            # A date may be a month or a year only: compare what it has.
            (f"{DAY} >= substr(?, 1, length({DAY}))", self.since),
            (f"{DAY} <= ?", self.until),
        ):
            if value is not None:
                terms.append(condition)
                values.append(value)
        return " AND ".join(terms) or "1", values


DAY = "coalesce(c.said_on, a.published)"


def _lower(text: str) -> str:
    """Lower case as SQLite's lower() has it: ASCII only."""
    return "".join(char.lower() if char.isascii() else char for char in text)


class Term(NamedTuple):
    """Words that must stand next to each other; the last may be only the beginning."""

    words: tuple[str, ...]
    prefix: bool = False


def parse_query(query: str) -> list[Term]:
    """Read ``word "a phrase" begin*``. Whatever a user types is a query; none is an error."""
    terms: list[Term] = []
    parts = query.translate(_QUOTES).split('"')
    for at, part in enumerate(parts):
        phrase = at % 2 == 1 and at + 1 < len(parts)
        for piece in [part] if phrase else part.split():
            words = split_words(piece)[:MAX_WORDS]
            if words:
                terms.append(Term(tuple(words), piece.endswith("*")))
    return terms[:MAX_WORDS]


def match_expression(
    terms: Sequence[Term], spellings: Callable[[Spelling], Sequence[Spelling]]
) -> str:
    """The FTS5 expression for a query: every term, in any order.

    Args:
        spellings: what else in the index a typed word (or beginning) may stand for.
    """
    return " AND ".join(f"({' OR '.join(_phrases(term, spellings))})" for term in terms)


def _phrases(term: Term, spellings: Callable[[Spelling], Sequence[Spelling]]) -> Iterator[str]:
    *firsts, last = term.words
    typed = [*map(Spelling, firsts), Spelling(last, term.prefix)]
    choices = [dict.fromkeys([word, *spellings(word)]) for word in typed]
    for phrase in islice(product(*choices), _MAX_PHRASES if firsts else None):
        # Words hold no quotation marks, but an expression must never depend on that.
        words = " ".join(word for word, _ in phrase).replace('"', '""')
        yield f'"{words}"' + ("*" if phrase[-1].begins else "")
