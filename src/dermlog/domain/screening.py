"""Screening: what stops or cautions an injection of a product in a patient on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from dermlog.domain.consent import Consent, ConsentKind, in_force
from dermlog.domain.patient import Allergy, Condition, Drug, Patient
from dermlog.domain.product import Product
from dermlog.domain.validity import LINE_LIMIT, check_text, refuse

ADULT_YEARS = 18


class ScreeningRule(Enum):
    """Each reason to stop or to look twice; the words are in wording.py."""

    TOXIN_ALLERGY = "toxin_allergy"
    COW_MILK_PROTEIN = "cow_milk_protein"
    HUMAN_ALBUMIN = "human_albumin"
    NEUROMUSCULAR_DISEASE = "neuromuscular_disease"
    INFECTION_AT_SITE = "infection_at_site"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    UNDER_AGE = "under_age"
    TOO_SOON = "too_soon"
    OTHER_PRODUCT_BEFORE = "other_product_before"
    NO_OFF_LABEL_CONSENT = "no_off_label_consent"
    CAUTION_CONDITION = "caution_condition"
    CAUTION_DRUG = "caution_drug"
    ALLERGIES_NOT_ASKED = "allergies_not_asked"
    CONDITIONS_NOT_ASKED = "conditions_not_asked"
    DRUGS_NOT_ASKED = "drugs_not_asked"


STOP_RULES = frozenset(
    {
        ScreeningRule.TOXIN_ALLERGY,
        ScreeningRule.COW_MILK_PROTEIN,
        ScreeningRule.HUMAN_ALBUMIN,
        ScreeningRule.NEUROMUSCULAR_DISEASE,
        ScreeningRule.INFECTION_AT_SITE,
        ScreeningRule.PREGNANCY,
        ScreeningRule.UNDER_AGE,
        ScreeningRule.NO_OFF_LABEL_CONSENT,
    }
)


@dataclass(frozen=True)
class ScreeningFinding:
    """One rule that applies; detail is what the sentence needs: days, a brand, a flag."""

    rule: ScreeningRule
    detail: object = None

    @property
    def is_stop(self) -> bool:
        """Whether going on needs a reason."""
        return self.rule in STOP_RULES


@dataclass(frozen=True)
class ScreeningOverride:
    """The reason for going on although a rule says stop; kept with the session."""

    rule: ScreeningRule
    reason: str

    def __post_init__(self) -> None:
        refuse(check_text("reason", self.reason, limit=LINE_LIMIT, required=True))


class Answer(Enum):
    """How a question of the screening list was answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ScreeningAnswer:
    """One question of the screening list as answered before a session; item is its code in the list."""

    item: str
    answer: Answer
    note: str = ""

    def __post_init__(self) -> None:
        refuse(
            check_text("item", self.item, limit=LINE_LIMIT, required=True),
            check_text("note", self.note, limit=LINE_LIMIT),
        )


@dataclass(frozen=True)
class EarlierToxin:
    """A toxin session before: when, and of which product."""

    on: date
    product: Product


def screen(
    patient: Patient,
    consents: Iterable[Consent],
    earlier: Iterable[EarlierToxin],
    product: Product | None,
    day: date,
) -> tuple[ScreeningFinding, ...]:
    """Every rule that applies, stops first. product None: only the rules that need no product."""
    findings = [*_of_patient(patient, product, day), *_of_earlier(earlier, product, day)]
    if in_force(consents, ConsentKind.OFF_LABEL_TREATMENT, day) is None:
        findings.append(ScreeningFinding(ScreeningRule.NO_OFF_LABEL_CONSENT))
    return tuple(sorted(findings, key=lambda finding: not finding.is_stop))


def _of_patient(patient: Patient, product: Product | None, day: date) -> list[ScreeningFinding]:
    rules = ScreeningRule
    findings = []
    if patient.has_allergy(Allergy.BOTULINUM_TOXIN):
        findings.append(ScreeningFinding(rules.TOXIN_ALLERGY))
    if product is not None and product.has_cow_milk_protein and patient.has_allergy(Allergy.COW_MILK_PROTEIN):
        findings.append(ScreeningFinding(rules.COW_MILK_PROTEIN, product.brand))
    if product is not None and product.has_albumin and patient.has_allergy(Allergy.HUMAN_ALBUMIN):
        findings.append(ScreeningFinding(rules.HUMAN_ALBUMIN, product.brand))
    own_rule = {
        Condition.NEUROMUSCULAR_DISEASE: rules.NEUROMUSCULAR_DISEASE,
        Condition.INFECTION_AT_SITE: rules.INFECTION_AT_SITE,
        Condition.PREGNANCY: rules.PREGNANCY,
        Condition.BREASTFEEDING: rules.BREASTFEEDING,
    }
    for flag in patient.conditions or ():
        if isinstance(flag.kind, Condition):
            rule = own_rule.get(flag.kind)
            findings.append(
                ScreeningFinding(rules.CAUTION_CONDITION, flag) if rule is None else ScreeningFinding(rule)
            )
    findings += [
        ScreeningFinding(rules.CAUTION_DRUG, flag)
        for flag in patient.drugs or ()
        if isinstance(flag.kind, Drug)
    ]
    age = patient.age_on(day)
    if age is not None and age < ADULT_YEARS:
        findings.append(ScreeningFinding(rules.UNDER_AGE, age))
    for answers, rule in (
        (patient.allergies, rules.ALLERGIES_NOT_ASKED),
        (patient.conditions, rules.CONDITIONS_NOT_ASKED),
        (patient.drugs, rules.DRUGS_NOT_ASKED),
    ):
        if answers is None:
            findings.append(ScreeningFinding(rule))
    return findings


def _of_earlier(
    earlier: Iterable[EarlierToxin], product: Product | None, day: date
) -> list[ScreeningFinding]:
    before = sorted((toxin for toxin in earlier if toxin.on <= day), key=lambda toxin: toxin.on)
    if not before:
        return []
    findings = []
    last = before[-1]
    interval = max(last.product.minimum_interval_days, product.minimum_interval_days if product else 0)
    days = (day - last.on).days
    if days < interval:
        findings.append(ScreeningFinding(ScreeningRule.TOO_SOON, days))
    if product is not None and last.product.id != product.id:
        findings.append(ScreeningFinding(ScreeningRule.OTHER_PRODUCT_BEFORE, last.product.brand))
    return findings
