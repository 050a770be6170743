"""Side effects as asked about at a visit; no row means not asked, severity NONE is an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum

from dermlog.domain.validity import Fault, Problem, check_day, check_text, refuse


class SideEffectTerm(Enum):
    """Reactions that are asked about by name."""

    BRUISING = "bruising"
    MUSCLE_WEAKNESS = "muscle_weakness"
    PAIN = "pain"
    REDNESS = "redness"
    SWELLING = "swelling"
    HEADACHE = "headache"
    DRY_SKIN = "dry_skin"
    INFECTION = "infection"
    OTHER = "other"


class Severity(IntEnum):
    """How bad; none was asked and denied."""

    NONE = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3


class WeaknessPlace(Enum):
    """Which muscle is weak."""

    BROW = "brow"
    EYELID = "eyelid"
    SMILE = "smile"
    LIP_OR_MOUTH = "lip_or_mouth"
    OTHER = "other"


class BodySide(Enum):
    """Which side, the patient's own."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"


class WarningSign(Enum):
    """Signs that need a doctor at once, whenever they begin."""

    SWALLOWING = "swallowing"
    SPEAKING = "speaking"
    BREATHING = "breathing"
    DOUBLE_VISION = "double_vision"
    GENERAL_WEAKNESS = "general_weakness"
    ALLERGIC_SWELLING = "allergic_swelling"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True)
class SideEffect:
    """One reaction as asked about at one visit. place and side belong to muscle weakness; label to OTHER."""

    term: SideEffectTerm
    severity: Severity
    place: WeaknessPlace | None = None
    side: BodySide | None = None
    began: date | None = None
    ended: date | None = None
    label: str = ""
    action: str = ""

    def __post_init__(self) -> None:
        present = self.severity is not Severity.NONE
        weakness = self.term is SideEffectTerm.MUSCLE_WEAKNESS
        ended_first = self.began is not None and self.ended is not None and self.ended < self.began
        refuse(
            [Problem("place", Fault.MISSING)] if present and weakness and self.place is None else [],
            [Problem("side", Fault.MISSING)] if present and weakness and self.side is None else [],
            check_text("label", self.label, required=present and self.term is SideEffectTerm.OTHER),
            check_text("action", self.action),
            check_day("began", self.began),
            check_day("ended", self.ended),
            [Problem("ended", Fault.BEFORE_START, self.began, self.ended)] if ended_first else [],
        )
