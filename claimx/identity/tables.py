"""The package's language tables: read once, on first use."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"
# What `claimx.identity.index` makes of the tables, so that a short run need not.
INDEX = _FOLDER / "index.json"
# Tables that the index holds as they are. A look-up needs none of them, so not the index.
INDEXED = ("titles", "words", "places")


def digest() -> str:
    """A fingerprint of all tables."""
    found = sha256()
    for path in sorted(_FOLDER.glob("*.toml")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


@cache
def index() -> Mapping[str, Any]:
    """The ready-made index; empty where it is missing or made from other tables."""
    try:
        found: dict[str, Any] = json.loads(INDEX.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found if found["digest"] == digest() else {}


@cache
def table(name: str) -> dict[str, Any]:
    """The parsed ``data/NAME.toml``."""
    if name in INDEXED and index():
        found: dict[str, Any] = index()["tables"][name]
        return found
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
