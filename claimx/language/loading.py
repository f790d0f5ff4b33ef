"""Stanza's pipeline from a folder of models, without what only training needs.

Stanza's own start takes twice as long: it builds an optimizer for every network, and
PyTorch reads the vocabularies with an unpickler written in Python.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import stanza
from stanza.models.common import utils as stanza_utils
from torch import _weights_only_unpickler as torch_unpickler

from claimx.errors import ModelError
from claimx.language.models import LANGUAGE, damaged, is_bundled, verify

REQUIRED = ("tokenize", "pos")


def load_pipeline(folder: Path) -> Any:
    """Verify the models in a Stanza resources folder and load them, weights only.

    Raises:
        ModelError: if a model is missing, damaged, swapped or cannot be loaded.
    """
    verify(folder)
    with ExitStack() as stack:
        stack.enter_context(_without_optimizers())
        if is_bundled(folder):
            stack.enter_context(_unpickling_in_c())
        try:
            pipeline = stanza.Pipeline(
                LANGUAGE,
                dir=str(folder),
                download_method=None,
                use_gpu=False,
                tokenize_no_ssplit=True,
                verbose=False,
            )
        except MemoryError:
            raise
        except Exception as error:  # whatever a damaged file makes of Stanza and PyTorch
            raise ModelError(
                damaged(folder) or f"{folder}: the models cannot be loaded: {error}"
            ) from error
    missing = [name for name in REQUIRED if name not in pipeline.processors]
    if missing:
        raise ModelError(f"{folder}: no {LANGUAGE} models for {', '.join(missing)}")
    return pipeline


@contextmanager
def _without_optimizers() -> Iterator[None]:
    """Load networks without the optimizers that training needs.

    Stanza builds one for every network it loads, and PyTorch imports its compiler for the
    first: over a second before the first word is read.
    """
    names = ("get_optimizer", "get_split_optimizer")
    kept = {name: getattr(stanza_utils, name) for name in names}
    try:
        for name in names:
            setattr(stanza_utils, name, lambda *_, **__: {})
        yield
    finally:
        for name, function in kept.items():
            setattr(stanza_utils, name, function)


class _WeightsOnlyUnpickler(pickle.Unpickler):
    """Python's fast unpickler with PyTorch's list of what ``weights_only`` allows."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return torch_unpickler._get_allowed_globals()[f"{module}.{name}"]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of weights") from None


@contextmanager
def _unpickling_in_c() -> Iterator[None]:
    """Let ``torch.load(weights_only=True)`` read vocabularies in C: a second less.

    For the bundled files only, which are what their checksums say; others are left to
    PyTorch's own unpickler, which looks at each step of a hostile file.
    """
    kept = torch_unpickler.Unpickler
    try:
        setattr(torch_unpickler, "Unpickler", _WeightsOnlyUnpickler)  # noqa: B010
        yield
    finally:
        setattr(torch_unpickler, "Unpickler", kept)  # noqa: B010
