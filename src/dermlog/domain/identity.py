"""Identity: every record carries a UUID made with it, so no record waits for the file to name it."""

from __future__ import annotations

from uuid import UUID, uuid4

__all__ = ["UUID", "new_id"]


def new_id() -> UUID:
    """A fresh random identity."""
    return uuid4()
