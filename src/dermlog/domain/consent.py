"""Consent: a record with dates, never a tick; withdrawn consents stay readable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from uuid import UUID

from dermlog.domain.identity import new_id
from dermlog.domain.validity import NOTE_LIMIT, Fault, Problem, check_day, check_text, refuse


class ConsentKind(Enum):
    """What a consent is for; photos have three separate levels."""

    OFF_LABEL_TREATMENT = "off_label_treatment"
    PHOTO_RECORD = "photo_record"
    PHOTO_TEACHING = "photo_teaching"
    PHOTO_PUBLICATION = "photo_publication"
    RESEARCH = "research"


class Signer(Enum):
    """Who signed."""

    PATIENT = "patient"
    GUARDIAN = "guardian"


@dataclass(frozen=True)
class Consent:
    """One consent of one patient: what for, when given, by whom, which form, and when withdrawn."""

    patient_id: UUID
    kind: ConsentKind
    given_on: date
    signer: Signer = Signer.PATIENT
    form_version: str = ""
    note: str = ""
    withdrawn_on: date | None = None
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        before = self.withdrawn_on is not None and self.withdrawn_on < self.given_on
        refuse(
            check_day("given_on", self.given_on),
            [Problem("withdrawn_on", Fault.BEFORE_START, self.given_on)] if before else [],
            check_text("form_version", self.form_version),
            check_text("note", self.note, limit=NOTE_LIMIT, lines=True),
        )

    def holds_on(self, day: date) -> bool:
        """Whether the consent was given by that day and not yet withdrawn."""
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)


def in_force(consents: Iterable[Consent], kind: ConsentKind, day: date) -> Consent | None:
    """The latest consent of that kind that holds on a day, or None."""
    holding = [consent for consent in consents if consent.kind is kind and consent.holds_on(day)]
    return max(holding, key=lambda consent: consent.given_on, default=None)
