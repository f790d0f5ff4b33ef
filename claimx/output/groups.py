"""Claims gathered by speaker, and what is worth a mark: one reading for all human formats."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from claimx.records import Claim, Relation

UNNAMED: Final = "(वक्ता अज्ञात / unnamed)"

UNSURE: Final = 0.5
"""Confidence below which a claim is marked as unsure."""

Disputes = Mapping[str, frozenset[Relation]]
"""For each contested group the ways in which its claims disagree."""


@dataclass(frozen=True, slots=True)
class SpeakerClaims:
    """One speaker's claims, by date and then as the articles have them.

    Attributes:
        name: canonical name, or None for the claims nobody is named for.
        role: the title most of the claims give, as full as one of them gives it.
    """

    name: str | None
    latin: str | None
    role: str | None
    claims: tuple[Claim, ...]

    @property
    def heading(self) -> str:
        return self.name or UNNAMED

    @property
    def size(self) -> str:
        return count(len(self.claims), "claim")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to notice about a claim: a sign, its meaning in words, a kind for styles."""

    sign: str
    words: str
    kind: str


def count(number: int, noun: str) -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def by_speaker(claims: Iterable[Claim]) -> list[SpeakerClaims]:
    """Group claims by speaker: most claims first, then by name; the unnamed last."""
    gathered: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        gathered[claim.speaker].append(claim)
    speakers = [
        SpeakerClaims(
            name,
            _commonest(claim.speaker_latin for claim in found) if name else None,
            _fullest(claim.speaker_role for claim in found) if name else None,
            tuple(sorted(found, key=_reading_order)),
        )
        for name, found in gathered.items()
    ]
    return sorted(
        speakers, key=lambda one: (one.name is None, -len(one.claims), one.name or "")
    )


def summary(speakers: Iterable[SpeakerClaims]) -> str:
    """One line that says how much there is: ``15 claims · 6 speakers · 4 sources``."""
    groups = list(speakers)
    claims = [claim for group in groups for claim in group.claims]
    named = sum(group.name is not None for group in groups)
    sources = len({claim.source for claim in claims})
    return " · ".join(
        (count(len(claims), "claim"), count(named, "speaker"), count(sources, "source"))
    )


def date_of(claim: Claim) -> str | None:
    """When it was said, else when it was published."""
    return claim.said_on or claim.published


def disputes(claims: Iterable[Claim]) -> Disputes:
    """Find the groups in which a claim differs from or denies another."""
    found: dict[str, set[Relation]] = defaultdict(set)
    for claim in claims:
        if claim.group and claim.relation in ("differs", "denies"):
            found[claim.group].add(claim.relation)
    return {group: frozenset(relations) for group, relations in found.items()}


def marks(claim: Claim, contested: Disputes) -> list[Mark]:
    """What to notice about a claim, the weightiest first.

    Args:
        contested: `disputes` of all the claims shown together.
    """
    found = []
    relations = contested.get(claim.group or "", frozenset())
    if claim.polarity == "denied":
        found.append(Mark("✗", "denied", "denied"))
    if claim.relation == "denies" or "denies" in relations:
        found.append(Mark("≠", "disputed", "contested"))
    if claim.relation == "differs" or "differs" in relations:
        found.append(Mark("≠", "figures differ", "contested"))
    if claim.group_sources and claim.group_sources > 1:
        found.append(Mark("✓", f"{claim.group_sources} sources", "corroborated"))
    if claim.confidence < UNSURE:
        found.append(Mark("?", "unsure", "unsure"))
    return found


def details(claim: Claim) -> list[str]:
    """How it was said: cue with its act, mention, route; not sanitised."""
    parts = [claim.cue if claim.act == "say" else f"{claim.cue} ({claim.act})"]
    if claim.speaker is None and claim.mention:
        parts.append(f"“{claim.mention}”")
    if claim.addressee:
        parts.append(f"to {claim.addressee}")
    if claim.via:
        parts.append(f"via {claim.via}")
    return parts


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _fullest(roles: Iterable[str | None]) -> str | None:
    """The commonest title; a shorter one at its end (प्रवक्ता) speaks for it too."""
    counts = Counter(role for role in roles if role)
    votes = {
        role: sum(n for other, n in counts.items() if f" {role}".endswith(f" {other}"))
        for role in counts
    }
    return min(votes, key=lambda role: (-votes[role], role)) if votes else None


def _reading_order(claim: Claim) -> tuple[str, str, int, int, str]:
    return (date_of(claim) or "9999", claim.article, claim.start, -claim.end, claim.id)
