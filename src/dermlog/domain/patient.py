"""Patient: a person with a chart number, and what screening needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from uuid import UUID

from dermlog.domain.identity import new_id
from dermlog.domain.validity import NAME_LIMIT, NOTE_LIMIT, Fault, Problem, check_day, check_text, refuse

CHART_NUMBER_LIMIT = 40


class Sex(Enum):
    """Sex as recorded."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class FitzpatrickType(Enum):
    """Skin type I (always burns) to VI (never burns)."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"
    VI = "VI"


class Allergy(Enum):
    """Allergies that matter before a toxin injection."""

    COW_MILK_PROTEIN = "cow_milk_protein"
    HUMAN_ALBUMIN = "human_albumin"
    BOTULINUM_TOXIN = "botulinum_toxin"
    LOCAL_ANAESTHETIC = "local_anaesthetic"
    LATEX = "latex"
    OTHER = "other"


class Condition(Enum):
    """Conditions that stop or caution a toxin injection."""

    NEUROMUSCULAR_DISEASE = "neuromuscular_disease"
    SWALLOWING_OR_BREATHING_DISORDER = "swallowing_or_breathing_disorder"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    INFECTION_AT_SITE = "infection_at_site"
    SKIN_DISEASE_AT_SITE = "skin_disease_at_site"
    BLEEDING_DISORDER = "bleeding_disorder"
    FACIAL_SURGERY = "facial_surgery"
    PTOSIS_OR_ASYMMETRY = "ptosis_or_asymmetry"
    CARDIOVASCULAR_DISEASE = "cardiovascular_disease"
    OTHER = "other"


class Drug(Enum):
    """Drugs that strengthen or oppose the toxin, or raise another risk."""

    AMINOGLYCOSIDE = "aminoglycoside"
    ANTICOAGULANT = "anticoagulant"
    MUSCLE_RELAXANT = "muscle_relaxant"
    ANTICHOLINERGIC = "anticholinergic"
    CHLOROQUINE = "chloroquine"
    CHOLINESTERASE_INHIBITOR = "cholinesterase_inhibitor"
    ISOTRETINOIN = "isotretinoin"
    OTHER = "other"


class AcneTreatment(Enum):
    """Classes of earlier acne treatment."""

    TOPICAL_RETINOID = "topical_retinoid"
    BENZOYL_PEROXIDE = "benzoyl_peroxide"
    TOPICAL_ANTIBIOTIC = "topical_antibiotic"
    ORAL_ANTIBIOTIC = "oral_antibiotic"
    HORMONAL = "hormonal"
    ISOTRETINOIN = "isotretinoin"
    LIGHT_OR_LASER = "light_or_laser"
    BOTULINUM_TOXIN = "botulinum_toxin"
    OTHER = "other"


class TreatmentResponse(Enum):
    """How an earlier treatment worked."""

    NONE = "none"
    PARTIAL = "partial"
    GOOD = "good"
    RELAPSED = "relapsed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Flag:
    """One allergy, condition or drug of a patient, with a free detail such as dose or last date."""

    kind: Allergy | Condition | Drug
    detail: str = ""

    def __post_init__(self) -> None:
        refuse(check_text("detail", self.detail))


@dataclass(frozen=True)
class PriorTreatment:
    """One acne treatment before, when it was (as told: "2024", "spring 2023"), and how it worked."""

    kind: AcneTreatment
    drug: str = ""
    period: str = ""
    response: TreatmentResponse = TreatmentResponse.UNKNOWN
    stop_reason: str = ""

    def __post_init__(self) -> None:
        refuse(
            check_text("drug", self.drug),
            check_text("period", self.period),
            check_text("stop_reason", self.stop_reason),
        )


@dataclass(frozen=True)
class Patient:
    """A person with a chart number.

    allergies, conditions and drugs: None means not asked, an empty tuple means asked and none.
    given_name may be empty (single names exist); birth_date None means not recorded.
    """

    chart_number: str
    family_name: str
    given_name: str = ""
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    fitzpatrick: FitzpatrickType | None = None
    phone: str = ""
    allergies: tuple[Flag, ...] | None = None
    conditions: tuple[Flag, ...] | None = None
    drugs: tuple[Flag, ...] | None = None
    prior_treatments: tuple[PriorTreatment, ...] = ()
    note: str = ""
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        refuse(
            check_text("chart_number", self.chart_number, limit=CHART_NUMBER_LIMIT, required=True),
            check_text("family_name", self.family_name, limit=NAME_LIMIT, required=True),
            check_text("given_name", self.given_name, limit=NAME_LIMIT),
            check_text("phone", self.phone),
            check_day("birth_date", self.birth_date),
            check_text("note", self.note, limit=NOTE_LIMIT, lines=True),
            *(
                _check_kinds(name, flags, kind)
                for name, flags, kind in (
                    ("allergies", self.allergies, Allergy),
                    ("conditions", self.conditions, Condition),
                    ("drugs", self.drugs, Drug),
                )
            ),
        )

    def age_on(self, day: date) -> int | None:
        """Completed years on a day; None when the birth date is not recorded."""
        if self.birth_date is None:
            return None
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday

    def has_allergy(self, kind: Allergy) -> bool:
        """Whether this allergy is recorded."""
        return any(flag.kind is kind for flag in self.allergies or ())


def _check_kinds(
    field_name: str, flags: tuple[Flag, ...] | None, kind: type[Allergy] | type[Condition] | type[Drug]
) -> list[Problem]:
    return [
        Problem(field_name, Fault.NOT_OFFERED, None, flag.kind)
        for flag in flags or ()
        if not isinstance(flag.kind, kind)
    ]
