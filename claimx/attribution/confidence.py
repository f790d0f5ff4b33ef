"""How sure a statement is, by its construction; the figures are in ``confidence.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from claimx.attribution.contents import Content
from claimx.attribution.predicates import Cue
from claimx.attribution.reading import Speaker


@cache
def _measured() -> Mapping[str, Mapping[str, float]]:
    text = resources.files(__package__).joinpath("confidence.toml").read_text("utf-8")
    return tomllib.loads(text)


def of_frame(frame: str) -> float:
    """The confidence (0 to 1) of a construction, for named speakers outside quotations."""
    return _measured()["frames"][frame]


def confidence(cue: Cue, content: Content, speaker: Speaker, *, nested: bool) -> float:
    """The confidence (0 to 1) of a statement.

    Args:
        nested: inside what somebody else is reported to say.
    """
    value, ceilings = of_frame(content.frame), _measured()["ceilings"]
    low_phrase = cue.nominal is not None and cue.nominal.low_gen and content.frame == "nominal"
    if cue.low or low_phrase:
        value = min(value, ceilings["low"])
    if speaker.name is None:
        value = min(value, ceilings["unnamed"])
    if nested:
        value *= _measured()["factors"]["nested"]
    return round(value, 3)
