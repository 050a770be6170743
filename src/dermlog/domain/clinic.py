"""Clinic: the letterhead of the printed page and the follow-up plan."""

from __future__ import annotations

from dataclasses import dataclass

from dermlog.domain.validity import LINE_LIMIT, Fault, Problem, check_text, refuse

USUAL_FOLLOW_UP_WEEKS = (2, 4, 8, 12, 16)


@dataclass(frozen=True)
class Clinic:
    """What the clinic prints on paper, and the weeks after a session at which it wants to see the patient.

    shares_vials: what is left of a vial may go to the next patient, which the labels do not provide for.
    """

    name: str = ""
    address: str = ""
    phone: str = ""
    doctor: str = ""
    follow_up_weeks: tuple[int, ...] = USUAL_FOLLOW_UP_WEEKS
    is_sample: bool = False
    shares_vials: bool = False

    def __post_init__(self) -> None:
        weeks = self.follow_up_weeks
        wrong = not weeks or list(weeks) != sorted(set(weeks)) or weeks[0] < 1 or weeks[-1] > 104
        refuse(
            *(
                check_text(field, getattr(self, field), limit=LINE_LIMIT)
                for field in ("name", "address", "phone", "doctor")
            ),
            [Problem("follow_up_weeks", Fault.NOT_OFFERED)] if wrong else [],
        )
