"""Recognition: the listed speaker that a name is a spelling of, by list or by sound."""

from __future__ import annotations

from claimx.identity.aliases import Aliases, Entity
from claimx.identity.blocks import blocks
from claimx.identity.bodies import compare_bodies
from claimx.identity.lexicon import word_set
from claimx.identity.mention import Mention, interpret
from claimx.identity.people import match_known
from claimx.identity.shapes import outline
from claimx.identity.sounds import block, first_sound
from claimx.identity.text import key


def recognize(text: str, mention: Mention, aliases: Aliases) -> Entity | None:
    """The one listed speaker that a name means whoever else is at hand.

    Args:
        text: the name as the article has it.
        mention: the same, taken apart.
        aliases: decisions in force.
    """
    entity = aliases.find(text, mention)
    if entity is not None or (mention.kind == "person" and not mention.full):
        return entity
    if mention.kind != "person":
        return _body(text, mention, aliases)
    # Listed names that begin alike, given name and surname, and share a whole part.
    first, last = outline(mention)
    begins = {first, "*"}
    if key(mention.units[0].word) in word_set("parts", "optional"):
        begins.add(first_sound(mention.units[1].word))
    alike = {n for b in begins for n in aliases.outlines.get((b, last), ())}
    alike |= aliases.outlines.get((last, first), frozenset())
    words = [u.word for u in mention.units if not u.initial]
    near = {name for word in words for name in aliases.surnames.get(block(word), ())}
    found = []
    for name in sorted(alike & near):
        candidate = aliases.entities[name]
        if aliases.are_apart(text, name):
            continue
        if match_known(mention, candidate).verdict == "same":
            found.append(candidate)
    return found[0] if len(found) == 1 else None


def _body(text: str, mention: Mention, aliases: Aliases) -> Entity | None:
    near = {name for k in blocks(mention) for name in aliases.bodies.get(k, ())}
    found = []
    for name in sorted(near):
        spelled = (interpret(s, "organization") for s in aliases.entities[name].spellings)
        alike = any(compare_bodies(mention, s).verdict == "same" for s in spelled)
        if alike and not aliases.are_apart(text, name):
            found.append(aliases.entities[name])
    return found[0] if len(found) == 1 else None
