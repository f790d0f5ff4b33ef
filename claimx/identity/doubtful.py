"""Doubtful pairs: speakers kept apart that may be one, for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claimx.identity.aliases import Aliases, shipped
from claimx.identity.blocks import blocks, pairs
from claimx.identity.compare import compare_mentions
from claimx.identity.mention import interpret
from claimx.identity.speakers import Speaker

# A bare name with more possible bearers than this is a question with no likely answer.
_MOST_BEARERS = 4


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """Two speakers that may be one.

    Attributes:
        one: canonical name of the more frequent.
        other: of the other.
        score: 0 to 1, how likely they are one.
        reason: what speaks for it, in a few words.
    """

    one: str
    other: str
    score: float
    reason: str


def doubtful_pairs(
    speakers: Iterable[Speaker], aliases: Aliases | None = None
) -> list[DoubtfulPair]:
    """The near pairs among canonical speakers, likeliest first.

    Pairs that ``apart`` decides, and known speakers among themselves, are not doubtful.
    Nor are groups and bare titles: the local officials of two articles are nobody twice.

    Args:
        speakers: as `Registry.speakers` or a store has them.
        aliases: decisions in force; the shipped ones by default.
    """
    in_force = aliases if aliases is not None else shipped()
    ordered = sorted(speakers, key=lambda s: (-s.count, s.name))
    read = [(s, interpret(s.name, s.type)) for s in ordered if s.type != "group"]
    named = [(s, mention) for s, mention in read if mention.kind != "office"]
    rows, mentions = [s for s, _ in named], [mention for _, mention in named]
    found: list[DoubtfulPair] = []
    bare: dict[str, int] = {}
    for i, j in pairs([blocks(m, wide=True) for m in mentions]):
        match = compare_mentions(mentions[i], mentions[j], in_force)
        if match.verdict == "different":
            continue
        for number in (i, j):
            if not mentions[number].full:
                bare[rows[number].name] = bare.get(rows[number].name, 0) + 1
        found.append(DoubtfulPair(rows[i].name, rows[j].name, match.score, match.reason))
    crowded = {name for name, count in bare.items() if count > _MOST_BEARERS}
    return sorted(
        (pair for pair in found if not {pair.one, pair.other} & crowded),
        key=lambda pair: (-pair.score, pair.one, pair.other),
    )
