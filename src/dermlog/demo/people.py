"""The invented people of the sample logbook: names in several scripts, and how each course goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random

from dermlog.domain.patient import (
    AcneTreatment,
    Allergy,
    Condition,
    Drug,
    FitzpatrickType,
    Flag,
    Patient,
    PriorTreatment,
    Sex,
    TreatmentResponse,
)


class Story(Enum):
    """How a course goes; the shapes follow the literature, the people do not exist."""

    TWO_TREATMENTS = "two_treatments"
    RESPONDER = "responder"
    NON_RESPONDER = "non_responder"
    WORSENS = "worsens"
    WEAK_EYELID = "weak_eyelid"
    WARNING_SIGN = "warning_sign"
    OVERDUE = "overdue"
    NO_FOLLOW_UP_YET = "no_follow_up_yet"
    LONG = "long"
    BY_PHONE = "by_phone"
    DRAFTS = "drafts"


@dataclass(frozen=True)
class Person:
    """One sample patient: days_ago is how long before today the first session was."""

    chart_number: str
    family_name: str
    given_name: str
    sex: Sex
    born: date
    fitzpatrick: FitzpatrickType
    story: Story
    brand: str
    days_ago: int
    allergies: tuple[Flag, ...] = ()
    conditions: tuple[Flag, ...] = ()
    drugs: tuple[Flag, ...] = ()
    teaching: bool = False


_F, _M = Sex.FEMALE, Sex.MALE
_T = FitzpatrickType
_S = Story

PEOPLE = (
    Person(
        "DL-0142",
        "Lindqvist",
        "Maya",
        _F,
        date(1997, 2, 4),
        _T.II,
        _S.TWO_TREATMENTS,
        "Botox",
        210,
        allergies=(Flag(Allergy.COW_MILK_PROTEIN),),
        teaching=True,
    ),
    Person("DL-0118", "Haddad", "Omar", _M, date(1989, 11, 30), _T.IV, _S.WARNING_SIGN, "Dysport", 3),
    Person("DL-0129", "Nguyễn", "Thị Lan", _F, date(1994, 6, 17), _T.III, _S.RESPONDER, "Nabota", 17),
    Person("DL-0131", "Okonkwo", "Ada", _F, date(1991, 3, 8), _T.VI, _S.OVERDUE, "Botox", 69),
    Person("DL-0133", "山田", "花子", _F, date(1999, 9, 21), _T.III, _S.RESPONDER, "Xeomin", 57),
    Person(
        "DL-0127",
        "Rossi",
        "Giulia",
        _F,
        date(1986, 1, 12),
        _T.II,
        _S.RESPONDER,
        "Botox",
        113,
        drugs=(Flag(Drug.ISOTRETINOIN, "stopped May 2025"),),
        teaching=True,
    ),
    Person("DL-0136", "الخطيب", "ليلى", _F, date(1996, 12, 2), _T.IV, _S.RESPONDER, "Xeomin", 15),
    Person("DL-0140", "Smith", "Jo", _M, date(2001, 7, 25), _T.II, _S.BY_PHONE, "Letybo", 29),
    Person("DL-0138", "Петров", "Иван", _M, date(1992, 4, 3), _T.II, _S.DRAFTS, "Dysport", 85),
    Person("DL-0121", "Παπαδοπούλου", "Ελένη", _F, date(1988, 8, 19), _T.III, _S.NON_RESPONDER, "Botox", 120),
    Person(
        "DL-0124",
        "כהן",
        "שרה",
        _F,
        date(1995, 5, 9),
        _T.III,
        _S.WORSENS,
        "Nabota",
        90,
        allergies=(Flag(Allergy.OTHER, "penicillin"),),
    ),
    Person("DL-0126", "ใจดี", "สมชาย", _M, date(1990, 10, 14), _T.IV, _S.WEAK_EYELID, "Botox", 58),
    Person(
        "DL-0103",
        "शर्मा",
        "देवी",
        _F,
        date(1984, 2, 29),
        _T.V,
        _S.LONG,
        "Botox",
        780,
        conditions=(Flag(Condition.PTOSIS_OR_ASYMMETRY, "left brow lower since birth"),),
    ),
    Person("DL-0143", "김", "민지", _F, date(2000, 1, 6), _T.III, _S.NO_FOLLOW_UP_YET, "Nabota", 1),
)

NAMED_PATIENTS = len(PEOPLE)

_FAMILY = (
    "Almeida",
    "Andersson",
    "Bakker",
    "Bianchi",
    "Çelik",
    "Dąbrowski",
    "Diallo",
    "Dubois",
    "Fernández",
    "Fischer",
    "García",
    "Håkansson",
    "Ivanova",
    "Jensen",
    "Kaya",
    "Kowalska",
    "Kučera",
    "Lefèvre",
    "Mensah",
    "Meyer",
    "Moreau",
    "Müller",
    "Mwangi",
    "Nagy",
    "Novák",
    "O’Brien",
    "Öztürk",
    "Papadakis",
    "Pham",
    "Popescu",
    "Rahman",
    "Ruiz",
    "Sánchez",
    "Schäfer",
    "Silva",
    "Sørensen",
    "Ståhl",
    "Suzuki",
    "Tanaka",
    "Tran",
    "Virtanen",
    "Weber",
    "Yıldız",
    "Zhang",
    "Žukauskas",
)
_GIVEN = (
    "Aïcha",
    "Alba",
    "Amira",
    "Anders",
    "Anna",
    "Beatriz",
    "Björn",
    "Camille",
    "Chiara",
    "Daniel",
    "Dimitra",
    "Elif",
    "Emil",
    "Fatima",
    "Felix",
    "Freya",
    "Gabriel",
    "Hana",
    "Ines",
    "Jakub",
    "Jan",
    "Kofi",
    "Laura",
    "Lea",
    "Léo",
    "Lucía",
    "Magdaléna",
    "Marek",
    "Mehmet",
    "Mia",
    "Mónica",
    "Nadia",
    "Noah",
    "Nuria",
    "Oskar",
    "Paula",
    "Rania",
    "Sami",
    "Sofía",
    "Theo",
    "Uma",
    "Viktor",
    "Wanjiru",
    "Yuki",
    "Zoë",
)
_USUAL_STORIES = (_S.RESPONDER,) * 6 + (_S.TWO_TREATMENTS,) * 2 + (_S.NON_RESPONDER, _S.BY_PHONE)
_BRANDS = ("Botox", "Botox", "Xeomin", "Nabota", "Dysport", "Letybo")


def person(index: int, random: Random, today: date) -> Person:
    """The named people first, then as many more as are asked for."""
    if index < NAMED_PATIENTS:
        return PEOPLE[index]
    return Person(
        chart_number=f"DL-{index + 1000:05d}",
        family_name=random.choice(_FAMILY),
        given_name=random.choice(_GIVEN),
        sex=random.choice((_F, _F, _F, _M)),
        born=today - timedelta(days=random.randint(19 * 365, 58 * 365)),
        fitzpatrick=random.choice(list(FitzpatrickType)),
        story=random.choice(_USUAL_STORIES),
        brand=random.choice(_BRANDS),
        days_ago=random.randint(130, 900),
    )


def patient_of(who: Person, random: Random) -> Patient:
    """The patient record of a person."""
    prior = [
        PriorTreatment(
            AcneTreatment.TOPICAL_RETINOID,
            "adapalene 0.1 %",
            "2023",
            TreatmentResponse.PARTIAL,
            "irritation",
        ),
        PriorTreatment(
            AcneTreatment.ORAL_ANTIBIOTIC, "doxycycline", "2024, 3 months", TreatmentResponse.RELAPSED
        ),
        PriorTreatment(AcneTreatment.BENZOYL_PEROXIDE, "5 % gel", "2022", TreatmentResponse.NONE),
    ]
    return Patient(
        chart_number=who.chart_number,
        family_name=who.family_name,
        given_name=who.given_name,
        birth_date=who.born,
        sex=who.sex,
        fitzpatrick=who.fitzpatrick,
        allergies=who.allergies,
        conditions=who.conditions,
        drugs=who.drugs,
        prior_treatments=tuple(random.sample(prior, random.randint(1, 3))),
        note="Invented patient of the sample logbook.",
    )
