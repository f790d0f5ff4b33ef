"""The writer's own voice: "बता दें कि", "गौरतलब है कि"."""

from __future__ import annotations

from claimx.attribution.predicates.cue import Cue
from claimx.attribution.tokens import Tokens

# Words before the formula in which an ergative makes it somebody's telling after all.
_SOURCE_REACH = 8


def is_writers(tokens: Tokens, cue: Cue) -> bool:
    """Is the cue part of a formula in which the writer addresses the reader?"""
    return any(
        _stands_at(tokens, opener, start)
        for opener in tokens.lex.writer_openers
        for start in (cue.start, cue.end - len(opener), cue.start - len(opener) + 1)
    )


def _stands_at(tokens: Tokens, opener: tuple[str, ...], start: int) -> bool:
    """Does the formula stand at ``start``, before its clause and without a source?"""
    end = start + len(opener)
    if start < 0 or tokens.folded[start:end] != opener:
        return False
    before = range(max(0, start - _SOURCE_REACH), start)
    if any(tokens.is_grammar(at, "ergative") for at in before):
        return False
    return tokens.at(end) in ("कि", "", ",", "की")
