"""The garbage collector, kept from what holds no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection of cycles meanwhile: readings and edges have none, and are many.

    The collector would look through all of them each time that there are some more, which
    is a sixth of the time to group ten thousand claims.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                # All go to the oldest generation, unseen; what the caller froze stays frozen.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
