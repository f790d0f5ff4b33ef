"""Fingerprints of what results depend on, so that stored ones are used only while they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from claimx import __version__

# What an article's claims depend on, and what joining them over articles depends on.
_RULES = ("records.py", "pipeline.py", "language", "attribution", "facts")
_JOINS = ("pipeline.py", "identity", "matching")


def rules_version(models: str | None = None) -> str:
    """A fingerprint of the rules and data that claims depend on, and of the models' choice."""
    return _fingerprint(_RULES, models or "bundled")


def joins_version(own: str = "") -> str:
    """A fingerprint of identity and matching.

    Args:
        own: the text of the user's decisions on names.
    """
    return _fingerprint(_JOINS, own)


@cache
def _fingerprint(parts: tuple[str, ...], extra: str) -> str:
    digest = hashlib.sha256(f"{__version__}\0{extra}".encode())
    package = resources.files("claimx")
    for name in parts:
        for path, content in sorted(_contents(package / name, name)):
            digest.update(path.encode() + b"\0" + content)
    return digest.hexdigest()[:16]


def _contents(node: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    if node.is_dir():
        for child in node.iterdir():
            yield from _contents(child, f"{path}/{child.name}")
    elif path.endswith((".py", ".toml")):
        yield path, node.read_bytes()
