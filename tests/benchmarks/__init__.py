"""How fast claimx is, how much it takes, and whether it survives: run by `make bench`."""

import compileall
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def make_bytecode() -> None:
    """Compile claimx as an installation does: else its start is timed with a compiler in it."""
    compileall.compile_dir(ROOT / "claimx", quiet=1)
