"""Shapes: what the indexes of known speakers keep of each spelling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from claimx.identity.blocks import Key, blocks
from claimx.identity.mention import Mention, interpret
from claimx.identity.sounds import block, first_sound
from claimx.identity.tables import index
from claimx.identity.text import key

EntityKind = Literal["person", "organization"]
Signature = frozenset[tuple[str, str]]


class Shape(NamedTuple):
    """One spelling of a known speaker.

    Attributes:
        key: its `key`.
        outline: see `outline`; empty but for people's full names.
        sounds: the sound keys of a full name's given name and surname, initials left out.
        bodies: an organisation's block keys, if its name has several words.
        said: an organisation's `signature`, sorted; empty where there is none.
    """

    key: str
    outline: Sequence[str] = ()
    sounds: Sequence[str] = ()
    bodies: Sequence[Sequence[str]] = ()
    said: Sequence[Sequence[str]] = ()


def shape(spelling: str, kind: EntityKind) -> Shape:
    """The shape of a spelling, ready-made where the lists that come with us have it."""
    made = index()
    row = made["shapes"][kind].get(spelling) if made else None
    if row is None:
        return make_shape(spelling, kind)
    if isinstance(row, str):
        spelt, *heard = row.split(" ")
        return Shape(spelt, [s.strip("-") for s in heard[:2]], heard[2:])
    return Shape(*row)


def known_key(spelling: str, kind: EntityKind) -> str:
    """The `key` of a spelling, ready-made where the lists that come with us have it."""
    made = index()
    row = made["shapes"][kind].get(spelling) if made else None
    if isinstance(row, str):
        return row.split(" ", 1)[0]
    return key(spelling) if row is None else str(row[0])


def packed(made: Shape) -> Any:
    """A shape as the index has it: people's are strings, which load faster than lists."""
    if made.bodies or made.said:
        return list(made)
    return " ".join((made.key, *(sound or "-" for sound in made.outline), *made.sounds))


def make_shape(spelling: str, kind: EntityKind) -> Shape:
    """The shape of a spelling, worked out."""
    mention = interpret(spelling, kind)
    if kind == "person":
        if not mention.full:
            return Shape(key(spelling))
        ends = (mention.units[0], mention.units[-1])
        heard = [block(unit.word) for unit in ends if not unit.initial]
        return Shape(key(spelling), outline(mention), heard)
    bodies: list[Key] = []
    if len(mention.parts) > 1:
        bodies = sorted(found for found in blocks(mention) if found[0] == "body")
    return Shape(key(spelling), (), (), bodies, sorted(signature(mention) or ()))


def outline(mention: Mention) -> tuple[str, str]:
    """The first sounds of a full name's given name and surname; an initial has none."""
    ends = (mention.units[0], mention.units[-1])
    first, last = ("" if unit.initial else first_sound(unit.word) for unit in ends)
    return first, last


def signature(mention: Mention) -> Signature | None:
    """What an organisation's name says, word order and grammar aside.

    None for other kinds, and where a word is unknown.
    """
    if mention.kind == "person" or not mention.parts:
        return None
    if any(concept is None for _, concept in mention.parts):
        return None
    said = frozenset((concept.kind, concept.name) for concept in mention.sayings)
    return said if len(said) > 1 else None
