"""Screening: what stops an injection, what cautions, and what was not asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dermlog.domain.consent import Consent, ConsentKind
from dermlog.domain.patient import Allergy, Condition, Drug, Flag, Patient
from dermlog.domain.product import Product
from dermlog.domain.screening import (
    STOP_RULES,
    Answer,
    EarlierToxin,
    Level,
    OwnQuestion,
    ScreeningAnswer,
    ScreeningFinding,
    ScreeningPlan,
    ScreeningQuestion,
    ScreeningRule,
    VialFacts,
    screen,
)
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


def screened(
    product: Product | None = PLAIN,
    *,
    plan: ScreeningPlan | None = None,
    answers: list[ScreeningAnswer] | None = None,
    vial: VialFacts | None = None,
    person: Patient | None = None,
) -> list[ScreeningFinding]:
    someone = person or patient()
    consent = Consent(someone.id, ConsentKind.OFF_LABEL_TREATMENT, DAY)
    return list(screen(someone, [consent], (), product, DAY, plan=plan, answers=answers, vial=vial))


def all_no(plan: ScreeningPlan | None = None) -> list[ScreeningAnswer]:
    return [ScreeningAnswer(item, Answer.NO) for item in (plan or ScreeningPlan()).items]


def test_open_questions_are_said_and_a_full_list_of_no_is_quiet() -> None:
    (finding,) = screened(answers=[])
    assert finding == ScreeningFinding(
        ScreeningRule.QUESTIONS_NOT_ANSWERED, len(ScreeningQuestion), Level.WARN
    )
    assert screened(answers=all_no()) == []


@pytest.mark.parametrize(
    ("question", "product", "rule", "stops"),
    [
        (ScreeningQuestion.TOXIN_ALLERGY, PLAIN, ScreeningRule.TOXIN_ALLERGY, True),
        (ScreeningQuestion.COW_MILK_ALLERGY, MILKY, ScreeningRule.COW_MILK_PROTEIN, True),
        (ScreeningQuestion.NEUROMUSCULAR_DISEASE, PLAIN, ScreeningRule.NEUROMUSCULAR_DISEASE, True),
        (ScreeningQuestion.PREGNANT, PLAIN, ScreeningRule.PREGNANCY, True),
        (ScreeningQuestion.INFECTION, PLAIN, ScreeningRule.INFECTION_AT_SITE, True),
        (ScreeningQuestion.MEDICINES, PLAIN, ScreeningRule.CAUTION_ANSWER, False),
        (ScreeningQuestion.TOXIN_ELSEWHERE, PLAIN, ScreeningRule.CAUTION_ANSWER, False),
    ],
)
def test_a_yes_speaks(
    question: ScreeningQuestion, product: Product, rule: ScreeningRule, stops: bool
) -> None:
    answers = [replace(one, answer=Answer.YES) if one.item == question.value else one for one in all_no()]
    (finding,) = screened(product, answers=answers)
    assert (finding.rule, finding.is_stop) == (rule, stops)


def test_cow_milk_allergy_does_not_concern_a_product_without_the_protein() -> None:
    answers = [ScreeningAnswer(one.item, Answer.YES) if "milk" in one.item else one for one in all_no()]
    assert screened(PLAIN, answers=answers) == []


def test_what_the_record_and_an_answer_both_say_is_said_once() -> None:
    pregnant = patient(conditions=(Flag(Condition.PREGNANCY),))
    answers = [ScreeningAnswer(one.item, Answer.YES) if one.item == "pregnant" else one for one in all_no()]
    assert [one.rule for one in screened(answers=answers, person=pregnant)] == [ScreeningRule.PREGNANCY]


def test_not_known_is_not_no() -> None:
    answers = [replace(one, answer=Answer.UNKNOWN) for one in all_no()]
    (finding,) = screened(answers=answers)
    assert (finding.rule, finding.detail) == (ScreeningRule.ANSWER_UNKNOWN, len(ScreeningQuestion))


def test_the_clinic_decides_what_a_rule_does() -> None:
    person = patient(conditions=(Flag(Condition.PREGNANCY), Flag(Condition.BREASTFEEDING)))
    plan = ScreeningPlan({ScreeningRule.PREGNANCY: Level.WARN, ScreeningRule.BREASTFEEDING: Level.STOP})
    found = screened(plan=plan, person=person)
    assert [(one.rule, one.is_stop) for one in found] == [
        (ScreeningRule.BREASTFEEDING, True),
        (ScreeningRule.PREGNANCY, False),
    ]
    off = ScreeningPlan({ScreeningRule.PREGNANCY: Level.OFF, ScreeningRule.BREASTFEEDING: Level.OFF})
    assert screened(plan=off, person=person) == []
    assert "pregnant" not in off.items, "a question without a consequence is not asked"


def test_a_vial_beyond_its_use_always_stops() -> None:
    plan = ScreeningPlan({ScreeningRule.VIAL_EXPIRED: Level.OFF, ScreeningRule.VIAL_OVER_AGE: Level.WARN})
    moment = datetime(2026, 4, 17, 10, tzinfo=UTC)
    facts = VialFacts(DAY - timedelta(days=1), moment - timedelta(hours=1), moment)
    assert [(one.rule, one.is_stop) for one in screened(plan=plan, vial=facts)] == [
        (ScreeningRule.VIAL_EXPIRED, True),
        (ScreeningRule.VIAL_OVER_AGE, True),
    ]
    assert screened(vial=VialFacts(DAY, moment, moment)) == [], "the last day and the last minute count"


def test_a_lot_of_another_product_stops_and_another_expiry_warns() -> None:
    found = screened(vial=VialFacts(lot_brand="Dysport"))
    assert [(one.rule, one.detail, one.is_stop) for one in found] == [
        (ScreeningRule.LOT_OF_OTHER_PRODUCT, "Dysport", True)
    ]
    (finding,) = screened(vial=VialFacts(lot_expiry=DAY))
    assert (finding.rule, finding.is_stop) == (ScreeningRule.LOT_EXPIRY_DIFFERS, False)


def test_a_question_of_the_clinic_has_its_own_level() -> None:
    plan = ScreeningPlan(
        own=(
            OwnQuestion("Flying today?", Level.STOP),
            OwnQuestion("Sauna?"),
            OwnQuestion("Old one?", Level.OFF),
        )
    )
    assert plan.items[-2:] == ("Flying today?", "Sauna?")
    answers = [
        replace(one, answer=Answer.YES) if one.item in {"Flying today?", "Sauna?"} else one
        for one in all_no(plan)
    ]
    found = screened(plan=plan, answers=answers)
    assert [(one.detail, one.is_stop) for one in found] == [("Flying today?", True), ("Sauna?", False)]
    assert len({one.key for one in found}) == 2, "each has a reason of its own"


def test_flags_of_one_rule_have_reasons_of_their_own() -> None:
    person = patient(drugs=(Flag(Drug.AMINOGLYCOSIDE), Flag(Drug.ANTICOAGULANT)))
    plan = ScreeningPlan({ScreeningRule.CAUTION_DRUG: Level.STOP})
    found = screened(plan=plan, person=person)
    assert len({one.key for one in found}) == 2
    assert all(one.is_stop for one in found)
