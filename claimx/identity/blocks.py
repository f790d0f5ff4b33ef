"""Blocks: the keys under which names meet that may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from claimx.identity.bodies import acronym, expansions
from claimx.identity.lexicon import name_groups, word_set
from claimx.identity.mention import Mention
from claimx.identity.sounds import block, first_sound
from claimx.identity.text import key

Key = tuple[str, ...]


def blocks(mention: Mention, *, wide: bool = False) -> set[Key]:
    """The keys of one name.

    Args:
        mention: a person, an organisation or an office.
        wide: also the keys under which doubtful pairs meet: the surname alone, and a
            body without the place that says which it is.
    """
    spelt = acronym(mention)
    found: set[Key] = {("letters", spelt)} if spelt else set()
    if mention.kind != "person":
        said = mention.sayings
        unknown = "".join(mention.rest).replace(" ", "")
        heard = block(unknown) if unknown else ""
        found.add(("body", heard, *sorted(c.name for c in said)))
        if wide:
            places = ("country", "state", "city")
            kinds = sorted(c.name for c in said if c.kind not in places)
            found.add(("kind", heard, *kinds))
        if mention.kind == "organization":
            found |= {("letters", letters) for letters in expansions(mention)}
        return found
    units = mention.units
    found.add(("joined", block("".join(u.word for u in units))))
    sounds = ["" if u.initial else block(u.word) for u in units]
    if wide:
        found |= {("word", sounds[0]), ("word", sounds[-1])} - {("word", "")}
    if not mention.full:
        return found
    # Any part but the given name and the surname may be missing, the last may have been
    # added (a surname by marriage), and initials stand for any given name.
    if units[0].initial:
        found |= {("initials", sounds[-1]), ("pair", *sorted((sounds[1], sounds[-1])))}
        return found
    found.add(("initials of", sounds[-1]))
    # One of the two may be spelt with other consonants.
    found.add(("given", sounds[0], first_sound(units[-1].word)))
    found.add(("surname", first_sound(units[0].word), sounds[-1]))
    # Or be a listed spelling that sounds otherwise: उसैन, यूसेन.
    ends = first_sound(units[0].word), first_sound(units[-1].word)
    found |= {("given", name, ends[1]) for name in name_groups(units[0].word)}
    found |= {("surname", ends[0], name) for name in name_groups(units[-1].word)}
    found |= {("pair", *sorted((sounds[0], s))) for s in sounds[1:]}
    if key(units[0].word) in word_set("parts", "optional"):
        found.add(("pair", *sorted((sounds[1], sounds[-1]))))
    return found


def pairs(keys: Sequence[set[Key]]) -> list[tuple[int, int]]:
    """The pairs of names that share a block, by their numbers, each once and in order."""
    index: dict[Key, list[int]] = defaultdict(list)
    for number, found in enumerate(keys):
        for name_key in found:
            index[name_key].append(number)
    met: set[tuple[int, int]] = set()
    for name_key, members in index.items():
        if name_key[0] == "initials of":
            continue
        others = members
        if name_key[0] == "initials":
            others = [*members, *index.get(("initials of", name_key[1]), [])]
        met |= {(min(i, j), max(i, j)) for i in members for j in others if i != j}
    return sorted(met)
