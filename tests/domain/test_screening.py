"""Screening: what stops an injection, what cautions, and what was not asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dermlog.domain.consent import Consent, ConsentKind
from dermlog.domain.patient import Allergy, Condition, Drug, Flag, Patient
from dermlog.domain.product import Product
from dermlog.domain.screening import STOP_RULES, EarlierToxin, ScreeningRule, screen
from dermlog.domain.validity import InvalidRecord

DAY = date(2026, 4, 17)
PLAIN = Product("plaintoxin", "Plain", (Decimal(100),), has_cow_milk_protein=False, has_albumin=False)
MILKY = Product("milkytoxin", "Milky", (Decimal(300),), has_cow_milk_protein=True, has_albumin=True)
UNKNOWN = Product("newtoxin", "Unknown", (Decimal(50),))


def patient(**changes: Any) -> Patient:
    facts: dict[str, Any] = {"birth_date": date(1990, 1, 1), "allergies": (), "conditions": (), "drugs": ()}
    return Patient("1", "Name", **(facts | changes))


def rules(person: Patient, product: Product | None = PLAIN, *earlier: EarlierToxin) -> list[ScreeningRule]:
    consent = Consent(person.id, ConsentKind.OFF_LABEL_TREATMENT, DAY)
    return [finding.rule for finding in screen(person, [consent], earlier, product, DAY)]


def test_a_well_person_with_consent_has_no_finding() -> None:
    assert rules(patient()) == []


@pytest.mark.parametrize(
    ("changes", "product", "rule", "stops"),
    [
        ({"allergies": (Flag(Allergy.BOTULINUM_TOXIN),)}, PLAIN, ScreeningRule.TOXIN_ALLERGY, True),
        ({"allergies": (Flag(Allergy.COW_MILK_PROTEIN),)}, MILKY, ScreeningRule.COW_MILK_PROTEIN, True),
        ({"allergies": (Flag(Allergy.HUMAN_ALBUMIN),)}, MILKY, ScreeningRule.HUMAN_ALBUMIN, True),
        (
            {"conditions": (Flag(Condition.NEUROMUSCULAR_DISEASE),)},
            PLAIN,
            ScreeningRule.NEUROMUSCULAR_DISEASE,
            True,
        ),
        ({"conditions": (Flag(Condition.PREGNANCY),)}, PLAIN, ScreeningRule.PREGNANCY, True),
        ({"conditions": (Flag(Condition.INFECTION_AT_SITE),)}, PLAIN, ScreeningRule.INFECTION_AT_SITE, True),
        ({"conditions": (Flag(Condition.BREASTFEEDING),)}, PLAIN, ScreeningRule.BREASTFEEDING, False),
        ({"conditions": (Flag(Condition.FACIAL_SURGERY),)}, PLAIN, ScreeningRule.CAUTION_CONDITION, False),
        ({"drugs": (Flag(Drug.AMINOGLYCOSIDE),)}, PLAIN, ScreeningRule.CAUTION_DRUG, False),
        ({"birth_date": date(2008, 4, 18)}, PLAIN, ScreeningRule.UNDER_AGE, True),
        ({"allergies": None}, PLAIN, ScreeningRule.ALLERGIES_NOT_ASKED, False),
        ({"conditions": None}, PLAIN, ScreeningRule.CONDITIONS_NOT_ASKED, False),
        ({"drugs": None}, PLAIN, ScreeningRule.DRUGS_NOT_ASKED, False),
    ],
)
def test_each_reason_is_found(
    changes: dict[str, Any], product: Product, rule: ScreeningRule, stops: bool
) -> None:
    assert rules(patient(**changes), product) == [rule]
    assert (rule in STOP_RULES) is stops


@pytest.mark.parametrize("product", [PLAIN, UNKNOWN, None])
def test_an_allergy_concerns_only_a_product_known_to_hold_the_protein(product: Product | None) -> None:
    allergic = patient(allergies=(Flag(Allergy.COW_MILK_PROTEIN), Flag(Allergy.HUMAN_ALBUMIN)))
    assert rules(allergic, product) == []


def test_eighteen_on_the_day_is_of_age_and_an_unknown_age_is_not_under() -> None:
    assert rules(patient(birth_date=date(2008, 4, 17))) == []
    assert rules(patient(birth_date=None)) == []


def test_consent_must_hold_on_the_day() -> None:
    person = patient()
    given = Consent(person.id, ConsentKind.OFF_LABEL_TREATMENT, DAY - timedelta(days=1))
    for consents, stopped in (
        ([given], False),
        ([], True),
        ([replace(given, withdrawn_on=DAY)], True),
        ([replace(given, withdrawn_on=DAY + timedelta(days=1))], False),
        ([replace(given, given_on=DAY + timedelta(days=1))], True),
        ([replace(given, kind=ConsentKind.PHOTO_RECORD)], True),
    ):
        found = [finding.rule for finding in screen(person, consents, [], PLAIN, DAY)]
        assert (ScreeningRule.NO_OFF_LABEL_CONSENT in found) is stopped


@pytest.mark.parametrize(("days", "soon"), [(0, True), (83, True), (84, False), (400, False)])
def test_less_than_the_interval_since_the_last_toxin(days: int, soon: bool) -> None:
    earlier = EarlierToxin(DAY - timedelta(days=days), PLAIN)
    assert (ScreeningRule.TOO_SOON in rules(patient(), PLAIN, earlier)) is soon


def test_the_longer_interval_of_two_products_counts() -> None:
    slow = replace(PLAIN, minimum_interval_days=120)
    earlier = EarlierToxin(DAY - timedelta(days=100), slow)
    assert ScreeningRule.TOO_SOON in rules(patient(), PLAIN, earlier)
    earlier = EarlierToxin(DAY - timedelta(days=100), PLAIN)
    assert ScreeningRule.TOO_SOON in rules(patient(), slow, earlier)


def test_another_product_before_is_said_and_the_future_is_not() -> None:
    before, later = (
        EarlierToxin(DAY - timedelta(days=200), MILKY),
        EarlierToxin(DAY + timedelta(days=1), MILKY),
    )
    assert rules(patient(), PLAIN, before) == [ScreeningRule.OTHER_PRODUCT_BEFORE]
    assert rules(patient(), PLAIN, later) == []
    newest = EarlierToxin(DAY - timedelta(days=100), PLAIN)
    assert rules(patient(), PLAIN, newest, before) == []


def test_stops_come_first() -> None:
    person = patient(allergies=None, conditions=(Flag(Condition.BREASTFEEDING), Flag(Condition.PREGNANCY)))
    findings = screen(person, [], [], PLAIN, DAY)
    stops = [finding.is_stop for finding in findings]
    assert stops == sorted(stops, reverse=True)
    assert stops.count(True) == 2


def test_a_flag_stands_only_in_its_own_list() -> None:
    with pytest.raises(InvalidRecord):
        patient(allergies=(Flag(Drug.ISOTRETINOIN),))
