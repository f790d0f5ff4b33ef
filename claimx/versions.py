"""Fingerprints of what results depend on, so that stored ones are used only while they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from claimx import __version__

# What an article's claims depend on, and what joining them over articles depends on.
_RULES = (
    "records.py",
    "pipeline.py",
    "months.py",
    "months.toml",
    "language",
    "attribution",
    "facts",
)
_JOINS = ("pipeline.py", "records.py", "output/safety.py", "identity", "matching")


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
    package = Path(__file__).parent
    for name in parts:
        for path in sorted(_files(package / name)):
            label = path.relative_to(package).as_posix()
            digest.update(label.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for ending in ("py", "toml"):
        yield from path.rglob(f"*.{ending}")
