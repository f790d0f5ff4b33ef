"""Errors that name the file and the remedy."""

from __future__ import annotations


class ClaimxError(Exception):
    """Base of every error claimx raises on purpose; its text is meant for the user."""


class InputError(ClaimxError):
    """One input could not be read; the others go on.

    Attributes:
        path: the file as the user named it, with ``:LINE`` for a record inside it.
        reason: what is wrong and what to do about it, in one line.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        return type(self), (self.path, self.reason)


class ModelError(ClaimxError):
    """A model is missing, damaged or swapped."""


class StoreError(ClaimxError):
    """The store cannot be opened, read or written."""
