"""What worker processes are born with: the process they are forked from imports this module.

It loads the networks once, for all of them, and they share its memory.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimx.language.engine import Engine

# The folder of the models, for the process that workers are forked from.
_VARIABLE = "CLAIMX_PRELOADED_MODELS"

_loaded: dict[Path, Engine] = {}


def engine(folder: Path) -> Engine | None:
    """The networks in a folder of models, where this process was born with them."""
    return _loaded.get(folder)


@contextmanager
def announced(folder: Path) -> Iterator[None]:
    """Tell the process that starts meanwhile which models to load."""
    os.environ[_VARIABLE] = str(folder)
    try:
        yield
    finally:
        del os.environ[_VARIABLE]


def _load(folder: Path) -> None:
    # Nothing that is made here goes away again: do not look for what has.
    gc.disable()
    import torch

    from claimx.language.engine import load_engine

    torch.set_num_threads(1)  # PyTorch's helper threads do not survive a fork
    with suppress(Exception):  # a worker that loads them itself says what is wrong
        _loaded[folder] = load_engine(folder)
    gc.freeze()  # so that workers do not copy what they only look at
    gc.enable()


if _VARIABLE in os.environ:
    _load(Path(os.environ.pop(_VARIABLE)))
