"""Fingerprints of what results depend on, so that stored ones are used only while they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from claimx import __version__
from claimx.errors import InputError

# What an article's claims depend on, and what joining them over articles depends on.
_RULES = (
    "records.py",
    "pipeline.py",
    "months.py",
    "months.toml",
    "articles",
    "language",
    "attribution",
    "facts",
    "identity",  # Latin names
)
_JOINS = ("pipeline.py", "records.py", "output/safety.py", "identity", "matching")


def rules_version(models: str | None = None) -> str:
    """A fingerprint of the rules and data that claims depend on, and of the models.

    Args:
        models: ``bundled``, ``official`` or a Stanza resources folder.

    Raises:
        ModelError: if there are no such models.
    """
    from claimx.language.models import resolve_models

    folder = resolve_models(models)
    lists = (folder / name for name in ("resources.json", "checksums.toml"))
    return _fingerprint(
        _RULES, b"\0".join(path.read_bytes() for path in lists if path.exists())
    )


def joins_version(aliases: str | None = None) -> str:
    """A fingerprint of identity and matching.

    Args:
        aliases: the user's file of decisions on names.

    Raises:
        InputError: if the file cannot be read.
    """
    try:
        own = Path(aliases).read_bytes() if aliases else b""
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}; see --aliases"
        raise InputError(str(aliases), reason) from error
    return _fingerprint(_JOINS, own)


@cache
def _fingerprint(parts: tuple[str, ...], extra: bytes) -> str:
    digest = hashlib.sha256(__version__.encode() + b"\0" + extra)
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
