"""Decisions: who is known under which names, and who is not who.

One list is shipped with the package; a user's TOML file is laid over it:

    apart = [["रमेश कुमार", "रमेश कुमार यादव"]]

    [aliases]
    "दिमित्री पेसकोव" = ["पेसकोव", "Peskov"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from claimx.errors import InputError
from claimx.identity.blocks import Key
from claimx.identity.lexicon import names
from claimx.identity.mention import Mention, interpret
from claimx.identity.shapes import EntityKind, Shape, Signature, known_key, shape, signature
from claimx.identity.tables import index, table
from claimx.identity.text import is_devanagari, key
from claimx.records import SpeakerType


@dataclass(frozen=True, slots=True)
class Entity:
    """A speaker known by name.

    Attributes:
        name: canonical name, in Devanagari where there is one.
        latin: its Latin form.
        spellings: every name that means this speaker and nobody else, canonical first.
        short: bare names that mean this speaker unless another bearer is at hand.
        decided: the user chose the canonical name; else a spelling of the articles is shown.
    """

    name: str
    latin: str
    kind: EntityKind
    spellings: tuple[str, ...]
    short: tuple[str, ...] = ()
    decided: bool = False


@dataclass(frozen=True)
class Aliases:
    """All decisions in force; see `load_aliases`.

    Attributes:
        entities: by canonical name.
        spelled: canonical name by `key` of a spelling.
        shortened: canonical name by `key` of a bare name.
        apart: pairs of canonical names or `key` forms that are never merged.
    """

    entities: Mapping[str, Entity] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)
    shortened: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    @cached_property
    def _shapes(self) -> Mapping[EntityKind, Sequence[tuple[str, Shape]]]:
        """Of each kind of speaker the canonical names, each with one of its spellings."""
        found: dict[EntityKind, list[tuple[str, Shape]]] = {"person": [], "organization": []}
        for entity in self.entities.values():
            found[entity.kind] += [
                (entity.name, shape(spelling, entity.kind)) for spelling in entity.spellings
            ]
        return found

    @cached_property
    def surnames(self) -> Mapping[str, Sequence[str]]:
        """For a sound key of a family name, the canonical names of those who bear it."""
        found: dict[str, dict[str, None]] = {}
        for name, known in self._shapes["person"]:
            for sound in known.sounds:
                found.setdefault(sound, {})[name] = None
        return {sound: tuple(names) for sound, names in found.items()}

    @cached_property
    def outlines(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Canonical names by `outline`, and by surname alone under ``("", surname)``."""
        found: dict[tuple[str, str], set[str]] = {}
        for name, known in self._shapes["person"]:
            if known.outline:
                first, last = known.outline
                for shape_key in ((first, last), ("", last), (first or "*", last)):
                    found.setdefault(shape_key, set()).add(name)
        return {shape_key: frozenset(names) for shape_key, names in found.items()}

    @cached_property
    def bodies(self) -> Mapping[Key, Sequence[str]]:
        """Canonical names of organisations by their block keys."""
        found: dict[Key, dict[str, None]] = {}
        for name, known in self._shapes["organization"]:
            for block_key in known.bodies:
                found.setdefault(tuple(block_key), {})[name] = None
        return {block_key: tuple(names) for block_key, names in found.items()}

    @cached_property
    def signatures(self) -> Mapping[Signature, str]:
        """Canonical names of organisations by what their names say."""
        found: dict[Signature, str] = {}
        for name, known in self._shapes["organization"]:
            if known.said:
                found.setdefault(frozenset((k, n) for k, n in known.said), name)
        return found

    def find(self, text: str, mention: Mention | None = None) -> Entity | None:
        """The known speaker that a name stands for, whoever else is at hand."""
        mention = mention or interpret(text)
        for candidate in (key(text), mention.key):
            name = self.spelled.get(candidate)
            if name is not None and not _is_namesake(mention, self.entities[name]):
                return self.entities[name]
        shape = signature(mention)
        name = self.signatures.get(shape) if shape else None
        return self.entities[name] if name is not None else None

    def find_short(self, text: str, mention: Mention | None = None) -> Entity | None:
        """The known speaker that a bare name means by default."""
        mention = mention or interpret(text)
        if mention.full or mention.kind != "person":
            return None
        name = self.shortened.get(key(text)) or self.shortened.get(mention.key)
        return self.entities[name] if name is not None else None

    def names_of(self, name: str) -> tuple[str, ...]:
        """Every name that the lists give a speaker, bare ones too; empty if unknown."""
        from claimx.identity.recognition import recognize

        entity = recognize(name, interpret(name), self)
        return (*entity.spellings, entity.latin, *entity.short) if entity else ()

    def are_apart(self, one: str, other: str) -> bool:
        """Whether somebody decided that two names are two speakers."""
        return bool(self.apart) and any(
            frozenset({a, b}) in self.apart
            for a in self._identities(one)
            for b in self._identities(other)
        )

    def _identities(self, text: str) -> set[str]:
        mention = interpret(text)
        entity = self.find(text, mention)
        return {key(text), mention.key} | ({key(entity.name)} if entity else set())


def _is_namesake(mention: Mention, entity: Entity) -> bool:
    """Is somebody called like a listed country or body, which is not meant?"""
    person = mention.kind == "person" and entity.kind == "organization" and not entity.decided
    return person and any(entry.part == "surname" for entry in names(mention.units[-1].word))


def _merge(base: Iterable[Entity], extra: Iterable[Entity]) -> list[Entity]:
    """Lay entities over others: a spelling belongs to whoever claims it last.

    Who claims another's canonical name takes all its names.
    """
    merged: dict[str, Entity] = {}
    owners: dict[str, str] = {}
    for entity in base:
        merged[entity.name] = entity
        owners.update({key(s): entity.name for s in (*entity.spellings, *entity.short)})
    for entity in extra:
        claimed = {key(s) for s in entity.spellings}
        for name in sorted({owners[k] for k in claimed if k in owners}):
            other = merged[name]
            own = key(entity.name) in {key(s) for s in other.spellings}
            if own or key(name) in claimed:
                entity = _over(merged.pop(name), entity)
            else:
                merged[name] = _without(other, claimed)
        merged[entity.name] = entity
        owners.update({key(s): entity.name for s in (*entity.spellings, *entity.short)})
    return list(merged.values())


def _without(entity: Entity, claimed: set[str]) -> Entity:
    return Entity(
        entity.name,
        entity.latin,
        entity.kind,
        tuple(s for s in entity.spellings if s == entity.name or key(s) not in claimed),
        tuple(s for s in entity.short if key(s) not in claimed),
    )


def _over(old: Entity, new: Entity) -> Entity:
    name = new.name if is_devanagari(new.name) else old.name
    spellings = dict.fromkeys((name, *new.spellings, *old.spellings))
    claimed = {key(s) for s in new.spellings}
    short = tuple(s for s in old.short if key(s) not in claimed)
    decided = new.decided or old.decided
    return Entity(name, new.latin or old.latin, old.kind, tuple(spellings), short, decided)


def _split(entities: Iterable[Entity], apart: Iterable[Sequence[str]]) -> list[Entity]:
    """Take a spelling from a speaker whom a decision sets apart from it."""
    merged = {entity.name: entity for entity in entities}
    owner = {key(s): e.name for e in merged.values() for s in (*e.spellings, *e.short)}
    for pair in apart:
        one, other = (key(name) for name in pair)
        name = owner.get(one)
        if name is not None and name == owner.get(other):
            merged[name] = _without(merged[name], {one if key(name) == other else other})
    return list(merged.values())


def build(entities: Iterable[Entity], apart: Iterable[Sequence[str]] = ()) -> Aliases:
    """Index entities for look-up by spelling, bare name, surname and composition."""
    by_name = {entity.name: entity for entity in entities}
    spelled: dict[str, str] = {}
    shortened: dict[str, str] = {}
    for entity in by_name.values():
        for spelling in (*entity.spellings, entity.latin):
            if not spelling:
                continue
            spelled.setdefault(known_key(spelling, entity.kind), entity.name)
        for spelling in entity.short:
            shortened.setdefault(key(spelling), entity.name)
    pairs: set[frozenset[str]] = set()
    for one, other in apart:
        forms = [{key(s), key(by_name[spelled[key(s)]].name)} if key(s) in spelled else {key(s)}
                 for s in (one, other)]  # fmt: skip
        pairs |= {frozenset({a, b}) for a in forms[0] for b in forms[1] if a != b}
    return Aliases(
        MappingProxyType(by_name),
        MappingProxyType(spelled),
        MappingProxyType(shortened),
        frozenset(pairs),
    )


def listed_entities() -> list[Entity]:
    """The speakers of the lists that come with the package."""
    people, places = table("people"), table("places")
    entities = [
        Entity(spellings[0], latin, "person", (*spellings, latin),
               tuple(people["short"].get(latin, ())))
        for latin, spellings in people["people"].items()
    ]  # fmt: skip
    groups = [table("organizations")["organizations"], places["countries"], places["states"]]
    for group in groups:
        entities += [
            Entity(spellings[0], latin, "organization", (*spellings, latin))
            for latin, spellings in group.items()
        ]
    return entities


def _shipped_entities() -> list[Entity]:
    made = index()
    if not made:
        return listed_entities()
    return [
        Entity(name, latin, kind, tuple(spellings), tuple(short))
        for name, latin, kind, spellings, short in made["entities"]
    ]


@cache
def shipped() -> Aliases:
    """The decisions that come with the package."""
    return build(_shipped_entities())


def load_aliases(path: Path | str | None = None) -> Aliases:
    """The shipped decisions with a user's file laid over them.

    Args:
        path: a TOML file with ``apart`` (pairs of names) and ``[aliases]`` (a canonical
            name and its spellings); None for the shipped ones alone.

    Raises:
        InputError: if the file is missing, not TOML, or not of that form; the message
            names the key and the remedy.
    """
    if path is None:
        return shipped()
    path = Path(path)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        hint = 'names in Devanagari go in quotation marks: "मोदी" = ["Modi"]'
        raise InputError(str(path), f"is not TOML: {error}; {hint}") from error
    own, apart = _read(raw, str(path))
    return build(_split(_merge(_shipped_entities(), own), apart), apart)


def _read(raw: dict[str, Any], path: str) -> tuple[list[Entity], list[tuple[str, str]]]:
    unknown = sorted(set(raw) - {"aliases", "apart"})
    if unknown:
        raise InputError(
            path,
            f'{unknown[0]!r} is not known here; a file has apart = [["name", "name"]] '
            "at the top and then an [aliases] table",
        )
    aliases = raw.get("aliases", {})
    if not isinstance(aliases, dict):
        raise InputError(path, "aliases must be a table: write [aliases] on a line of its own")
    apart = list(_pairs(raw.get("apart", []), path))
    # TOML gives a key written below [aliases] to that table; what it means is plain.
    inside = aliases.get("apart")
    if isinstance(inside, list) and any(isinstance(pair, list) for pair in inside):
        apart += _pairs(inside, path)
        aliases = {k: v for k, v in aliases.items() if k != "apart"}
    owner: dict[str, str] = {}
    entities = []
    for name, spellings in aliases.items():
        if isinstance(spellings, str):
            spellings = [spellings]
        where = f'aliases."{name}"'
        listed = isinstance(spellings, list) and all(isinstance(s, str) for s in spellings)
        if not listed or not key(name) or not all(key(s) for s in spellings):
            raise InputError(
                path, f'{where} must be a list of names: "{name}" = ["spelling", ...]'
            )
        for spelling in (name, *spellings):
            other = owner.setdefault(key(spelling), name)
            if other != name:
                raise InputError(
                    path,
                    f'{where} has {spelling!r}, which aliases."{other}" has too; '
                    "leave it in one of them",
                )
        entities.append(_own_entity(name, spellings))
    for one, other in apart:
        if owner.get(key(one), one) == owner.get(key(other), other) and one != other:
            raise InputError(
                path,
                f"apart has {one!r} and {other!r}, which aliases joins; drop one of the two",
            )
    return entities, apart


def _own_entity(name: str, spellings: list[str]) -> Entity:
    latin = next((s for s in (name, *spellings) if not is_devanagari(s)), "")
    known = shipped().find(name)
    kind: EntityKind = "organization"
    if (known.kind if known else interpret(name).kind) == "person":
        kind = "person"
    return Entity(name, latin, kind, (name, *spellings), decided=True)


def _pairs(value: object, path: str) -> Iterable[tuple[str, str]]:
    remedy = 'apart must be a list of pairs: apart = [["name", "other name"]]'
    if not isinstance(value, list):
        raise InputError(path, remedy)
    for pair in value:
        if not (isinstance(pair, list) and len(pair) == 2):
            raise InputError(path, f"{remedy}; found {pair!r}")
        one, other = pair
        if not (isinstance(one, str) and isinstance(other, str) and key(one) and key(other)):
            raise InputError(path, f"{remedy}; found {pair!r}")
        if key(one) == key(other):
            raise InputError(path, f"apart has {one!r} twice in one pair; name two speakers")
        yield one, other


def type_of(entity: Entity) -> SpeakerType:
    """The record's speaker type for a known speaker."""
    return "person" if entity.kind == "person" else "organization"
