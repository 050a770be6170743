"""Identity: every record carries a UUID made with it, so no record waits for the file to name it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from uuid import UUID, uuid4

__all__ = ["UUID", "identities_from", "new_id"]

_source: ContextVar[Random | None] = ContextVar("identity_source", default=None)


def new_id() -> UUID:
    """A fresh random identity."""
    source = _source.get()
    return uuid4() if source is None else UUID(int=source.getrandbits(128), version=4)


@contextmanager
def identities_from(source: Random) -> Iterator[None]:
    """Draw new identities from a seeded source, so that the same seed writes the same logbook."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
