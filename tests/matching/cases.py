"""Claims for the tests of the matching room."""

from __future__ import annotations

from pathlib import Path

from claimx.facts import find_facts
from claimx.records import Claim, content_id

HERE = Path(__file__).parent.parent


def claim(
    text: str,
    *,
    article: str = "a.txt",
    speaker: str | None = None,
    denied: bool = False,
    published: str | None = None,
    source: str | None = None,
    evidence: str | None = None,
    start: int = 0,
) -> Claim:
    """A claim that fills its article from an offset on."""
    return Claim(
        id=content_id(article, text, str(start)), article=article, source=source or article,
        title=None, published=published, speaker=speaker, speaker_latin=None,
        speaker_type="unknown", speaker_role=None, mention=None, resolution="name",
        claim=text, start=start, end=start + len(text), evidence=evidence or text,
        evidence_start=start, evidence_end=start + len(evidence or text), kind="indirect",
        cue="कहना", act="say", polarity="denied" if denied else "affirmed", via=None,
        addressee=None, said_on=None, facts=find_facts(text, published=published), group=None,
        group_sources=None, relation=None, confidence=1.0,
    )  # fmt: skip
