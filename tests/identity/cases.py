"""The pairs of names in ``tests/data/identity``."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "identity"


def read_pairs(name: str) -> list[tuple[bool, str, str]]:
    rows = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    fields = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return [(verdict == "same", one, other) for verdict, one, other in fields]


PAIRS = read_pairs("pairs")


EVERY_PAIR = [*PAIRS, *read_pairs("former"), *read_pairs("unseen")]


NAMES = sorted({name for _, one, other in EVERY_PAIR for name in (one, other)})
