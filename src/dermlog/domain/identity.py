"""Identity: every record carries a UUID made with it, so no record waits for the file to name it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from uuid import UUID

__all__ = ["UUID", "identities_from", "new_id"]

_48_BITS = (1 << 48) - 1
_VERSION_7 = 7 << 76
_VARIANT = 2 << 62

_source: ContextVar[Random | None] = ContextVar("identity_source", default=None)


def new_id() -> UUID:
    """A fresh identity: the millisecond it was made in, then 74 random bits (UUID version 7).

    In order of time, because what is written together then lies together in the file: a session of 12 points
    touches half as many pages as with identities that are random from their first bit.
    """
    source = _source.get()
    if source is not None:
        return UUID(int=source.getrandbits(128), version=4)
    moment = (time.time_ns() // 1_000_000) & _48_BITS
    return UUID(int=moment << 80 | _VERSION_7 | secrets.randbits(12) << 64 | _VARIANT | secrets.randbits(62))


@contextmanager
def identities_from(source: Random) -> Iterator[None]:
    """Draw new identities from a seeded source, so that the same seed writes the same logbook."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
