"""What was just committed, and who hears it; listeners may be called from any thread that saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID


class Noun(Enum):
    """What kind of thing changed."""

    PATIENT = "patient"
    CONSENT = "consent"
    VISIT = "visit"
    SESSION = "session"
    PHOTO = "photo"
    DRAFT = "draft"
    PRODUCT = "product"
    TEMPLATE = "template"
    VIAL = "vial"
    STAFF = "staff"
    CLINIC = "clinic"


@dataclass(frozen=True)
class Change:
    """One thing that was saved or removed; patient_id is None for things of the clinic."""

    noun: Noun
    patient_id: UUID | None = None


Listener = Callable[[frozenset[Change]], None]


class Changes:
    """The list of listeners; announce is called once after each outermost commit."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Hear every announcement until the returned function is called."""
        with self._lock:
            self._listeners.append(listener)

        def unlisten() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unlisten

    def announce(self, changes: frozenset[Change]) -> None:
        """Tell every listener; an empty set is not told."""
        if not changes:
            return
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)
