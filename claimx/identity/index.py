"""The index: what the tables come to, made ahead so that a short run starts at once.

``python -m claimx.identity.index`` writes ``data/index.json`` anew after a change of a
table or of how names are read. Without it, or with one of other tables, all is worked
out again on first use, to the same outcome.
"""

from __future__ import annotations

import json
from typing import Any

from claimx.identity.aliases import listed_entities
from claimx.identity.lexicon import list_concepts, list_names
from claimx.identity.mention import list_bare_names, list_bodies
from claimx.identity.shapes import make_shape, packed
from claimx.identity.tables import INDEX, INDEXED, digest, table


def make_index() -> str:
    """The index as JSON; nothing may have read an older one before in this process."""
    entries: dict[tuple[str, str, str], int] = {}
    names = {
        spelling: " ".join(
            str(2 * entries.setdefault((e.latin, e.part, e.origin), len(entries)) + e.main)
            for e in found
        )
        for spelling, found in list_names().items()
    }
    entities = listed_entities()
    shapes: dict[str, dict[str, Any]] = {"person": {}, "organization": {}}
    for entity in entities:
        for spelling in (*entity.spellings, entity.latin):
            shapes[entity.kind][spelling] = packed(make_shape(spelling, entity.kind))
    parts = {
        "digest": digest(),
        "tables": {name: table(name) for name in INDEXED},
        "entries": ["/".join(entry) for entry in entries],
        "names": names,
        "concepts": [
            "/".join((" ".join(phrase), c.kind, c.name, "adjective" * c.adjective))
            for phrase, c in list_concepts().items()
        ],
        "bare": sorted(list_bare_names()),
        "bodies": list_bodies(),
        "entities": [[e.name, e.latin, e.kind, e.spellings, e.short] for e in entities],
        "shapes": shapes,
    }
    # One line a part: whoever compares two versions sees which has changed.
    rows = (
        f"{json.dumps(name)}:{json.dumps(part, ensure_ascii=False, separators=(',', ':'))}"
        for name, part in parts.items()
    )
    return "{" + ",\n".join(rows) + "}\n"


if __name__ == "__main__":
    INDEX.unlink(missing_ok=True)
    INDEX.write_text(make_index(), encoding="utf-8")
