"""Rows that look-ups print: the speakers of a store, statements compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from claimx.output import Column

if TYPE_CHECKING:
    from claimx.identity import Aliases
    from claimx.store import SpeakerSummary

# Columns of Hindi text come last: see `claimx.output.write_rows`.
SPEAKER_COLUMNS = (
    Column("claims"),
    Column("articles"),
    Column("type"),
    Column("speaker_latin", "latin"),
    Column("speaker", title=True),
    Column("roles"),
    Column("spellings"),
    Column("sources"),
)
COMPARED_COLUMNS = (
    Column("conflict"),
    Column("independent_sources", "origins"),
    Column("claims"),
    Column("statement", title=True),
    Column("speakers"),
    Column("sources"),
    Column("figures"),
    Column("denied_by", "denied by"),
    Column("group"),
)
DOUBTFUL_COLUMNS = (
    Column("score"),
    Column("reason"),
    Column("one"),
    Column("other"),
)


def speaker_rows(summaries: Iterable[SpeakerSummary]) -> Iterator[dict[str, Any]]:
    """One row a speaker; spellings, roles and outlets with the most frequent first."""
    for summary in summaries:
        yield {
            "claims": summary.claims,
            "articles": summary.articles,
            "type": summary.type,
            "speaker_latin": summary.latin,
            "speaker": summary.name,
            "roles": [role for role, _ in summary.roles],
            "spellings": [spelling for spelling, _ in summary.spellings],
            "sources": [source for source, _ in summary.sources],
        }


def doubtful_rows(
    summaries: Iterable[SpeakerSummary], aliases: Aliases
) -> Iterator[dict[str, Any]]:
    """Pairs of speakers that may be one, the likeliest first."""
    from claimx.identity import Speaker, doubtful_pairs

    known = [
        Speaker(
            s.name,
            s.latin or "",
            s.type,
            tuple(role for role, _ in s.roles),
            tuple(spelling for spelling, _ in s.spellings),
            s.claims,
        )
        for s in summaries
    ]
    for pair in doubtful_pairs(known, aliases):
        yield {"score": pair.score, "reason": pair.reason, "one": pair.one, "other": pair.other}
