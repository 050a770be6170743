"""Screening: what stops or cautions an injection of a product in a patient on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from uuid import UUID

from dermlog.domain.consent import Consent, ConsentKind, in_force
from dermlog.domain.identity import new_id
from dermlog.domain.patient import Allergy, Condition, Drug, Flag, Patient
from dermlog.domain.product import Product
from dermlog.domain.validity import LINE_LIMIT, NOTE_LIMIT, check_text, refuse

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
    CAUTION_ANSWER = "caution_answer"
    OWN_QUESTION = "own_question"
    ANSWER_UNKNOWN = "answer_unknown"
    QUESTIONS_NOT_ANSWERED = "questions_not_answered"
    VIAL_EXPIRED = "vial_expired"
    VIAL_OVER_AGE = "vial_over_age"
    LOT_OF_OTHER_PRODUCT = "lot_of_other_product"
    LOT_EXPIRY_DIFFERS = "lot_expiry_differs"


class Level(Enum):
    """What a rule does when it applies."""

    STOP = "stop"
    WARN = "warn"
    OFF = "off"


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
        ScreeningRule.VIAL_EXPIRED,
        ScreeningRule.VIAL_OVER_AGE,
        ScreeningRule.LOT_OF_OTHER_PRODUCT,
    }
)
"""The rules that say stop until a clinic decides otherwise; all others warn."""

FIXED_RULES = frozenset({ScreeningRule.VIAL_EXPIRED, ScreeningRule.VIAL_OVER_AGE, ScreeningRule.OWN_QUESTION})
"""Rules whose level is no choice: a vial beyond its use always stops, own questions have theirs."""


@dataclass(frozen=True)
class ScreeningFinding:
    """One rule that applies; detail is what the sentence needs: days, a brand, a flag, a day, a question.

    level None: the usual level of the rule.
    """

    rule: ScreeningRule
    detail: object = None
    level: Level | None = None

    @property
    def is_stop(self) -> bool:
        """Whether going on needs a reason."""
        return self.rule in STOP_RULES if self.level is None else self.level is Level.STOP

    @property
    def key(self) -> str:
        """The name of this finding among all of a session: a rule may apply more than once."""
        if isinstance(self.detail, Flag):
            return f"{self.rule.value}:{self.detail.kind}:{self.detail.detail}"
        if self.rule in {ScreeningRule.CAUTION_ANSWER, ScreeningRule.OWN_QUESTION}:
            return f"{self.rule.value}:{self.detail}"
        return str(self.rule.value)


@dataclass(frozen=True)
class ScreeningOverride:
    """The reason for going on although a rule says stop; kept with the session.

    detail is what the sentence said at that time, in words: a brand, days, a question.
    """

    rule: ScreeningRule
    reason: str
    detail: str = ""

    def __post_init__(self) -> None:
        refuse(
            check_text("reason", self.reason, limit=LINE_LIMIT, required=True),
            check_text("detail", self.detail, limit=NOTE_LIMIT),
        )


class ScreeningQuestion(Enum):
    """The questions that every clinic begins with; the words are in sentences.py."""

    TOXIN_ALLERGY = "toxin_allergy"
    COW_MILK_ALLERGY = "cow_milk_allergy"
    NEUROMUSCULAR_DISEASE = "neuromuscular_disease"
    SWALLOWING_OR_BREATHING = "swallowing_or_breathing"
    PREGNANT = "pregnant"
    INFECTION = "infection"
    MEDICINES = "medicines"
    TOXIN_ELSEWHERE = "toxin_elsewhere"


RULE_OF = MappingProxyType(
    {
        ScreeningQuestion.TOXIN_ALLERGY: ScreeningRule.TOXIN_ALLERGY,
        ScreeningQuestion.COW_MILK_ALLERGY: ScreeningRule.COW_MILK_PROTEIN,
        ScreeningQuestion.NEUROMUSCULAR_DISEASE: ScreeningRule.NEUROMUSCULAR_DISEASE,
        ScreeningQuestion.SWALLOWING_OR_BREATHING: ScreeningRule.CAUTION_ANSWER,
        ScreeningQuestion.PREGNANT: ScreeningRule.PREGNANCY,
        ScreeningQuestion.INFECTION: ScreeningRule.INFECTION_AT_SITE,
        ScreeningQuestion.MEDICINES: ScreeningRule.CAUTION_ANSWER,
        ScreeningQuestion.TOXIN_ELSEWHERE: ScreeningRule.CAUTION_ANSWER,
    }
)
"""What a yes means."""


@dataclass(frozen=True)
class OwnQuestion:
    """A question that the clinic added; level is what a yes does, OFF when it is not asked any more."""

    text: str
    level: Level = Level.WARN
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        refuse(check_text("text", self.text, limit=LINE_LIMIT, required=True))


@dataclass(frozen=True)
class ScreeningPlan:
    """What the clinic asks and what each rule does; a rule without a level has its usual one."""

    levels: Mapping[ScreeningRule, Level] = field(default_factory=dict)
    own: tuple[OwnQuestion, ...] = ()

    def level(self, rule: ScreeningRule) -> Level:
        """What a rule does."""
        usual = Level.STOP if rule in STOP_RULES else Level.WARN
        return usual if rule in FIXED_RULES else self.levels.get(rule, usual)

    @property
    def items(self) -> tuple[str, ...]:
        """The list to ask before a session: codes of our questions, then the clinic's own in its words."""
        return (
            *(one.value for one in ScreeningQuestion if self.level(RULE_OF[one]) is not Level.OFF),
            *dict.fromkeys(one.text for one in self.own if one.level is not Level.OFF),
        )


class Answer(Enum):
    """How a question of the screening list was answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ScreeningAnswer:
    """One question of the screening list as answered before a session.

    item is the code of a ScreeningQuestion, or the clinic's own question word for word as it was asked.
    """

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


@dataclass(frozen=True)
class VialFacts:
    """The vial at hand: its last day, until when it may be used once mixed, and what its lot was before.

    moment is when it is used. lot_brand and lot_expiry: what an earlier vial of that lot says otherwise.
    """

    expiry: date | None = None
    use_by: datetime | None = None
    moment: datetime | None = None
    lot_brand: str = ""
    lot_expiry: date | None = None


def screen(
    patient: Patient,
    consents: Iterable[Consent],
    earlier: Iterable[EarlierToxin],
    product: Product | None,
    day: date,
    *,
    plan: ScreeningPlan | None = None,
    answers: Iterable[ScreeningAnswer] | None = None,
    vial: VialFacts | None = None,
) -> tuple[ScreeningFinding, ...]:
    """Every rule that applies, stops first. product None: only the rules that need no product.

    answers None: the questions are not looked at. Rules that the clinic switched off are left out.
    """
    plan = plan or ScreeningPlan()
    findings = [*_of_patient(patient, product, day), *_of_earlier(earlier, product, day)]
    if in_force(consents, ConsentKind.OFF_LABEL_TREATMENT, day) is None:
        findings.append(ScreeningFinding(ScreeningRule.NO_OFF_LABEL_CONSENT))
    if answers is not None:
        findings += _of_answers(tuple(answers), plan, product)
    if vial is not None:
        findings += _of_vial(vial, day)
    unique = {finding.key: finding for finding in reversed(findings)}
    levelled = [
        replace(finding, level=plan.level(finding.rule)) if finding.level is None else finding
        for finding in reversed(unique.values())
    ]
    kept = [finding for finding in levelled if finding.level is not Level.OFF]
    return tuple(sorted(kept, key=lambda finding: not finding.is_stop))


def _of_answers(
    answers: tuple[ScreeningAnswer, ...], plan: ScreeningPlan, product: Product | None
) -> list[ScreeningFinding]:
    given = {answer.item: answer.answer for answer in answers}
    ours = {question.value: question for question in ScreeningQuestion}
    own = {question.text: question for question in plan.own}
    findings = []
    for item in plan.items:
        if given.get(item) is not Answer.YES:
            continue
        if item not in ours:
            findings.append(ScreeningFinding(ScreeningRule.OWN_QUESTION, item, own[item].level))
            continue
        rule = RULE_OF[ours[item]]
        if rule is ScreeningRule.CAUTION_ANSWER:
            findings.append(ScreeningFinding(rule, item))
        elif rule is not ScreeningRule.COW_MILK_PROTEIN:
            findings.append(ScreeningFinding(rule))
        elif product is not None and product.has_cow_milk_protein:
            findings.append(ScreeningFinding(rule, product.brand))
    unknown = sum(given.get(item) is Answer.UNKNOWN for item in plan.items)
    if unknown:
        findings.append(ScreeningFinding(ScreeningRule.ANSWER_UNKNOWN, unknown))
    open_ones = sum(item not in given for item in plan.items)
    if open_ones:
        findings.append(ScreeningFinding(ScreeningRule.QUESTIONS_NOT_ANSWERED, open_ones))
    return findings


def _of_vial(vial: VialFacts, day: date) -> list[ScreeningFinding]:
    findings = []
    if vial.expiry is not None and vial.expiry < day:
        findings.append(ScreeningFinding(ScreeningRule.VIAL_EXPIRED, vial.expiry))
    if vial.use_by is not None and vial.moment is not None and vial.moment > vial.use_by:
        findings.append(ScreeningFinding(ScreeningRule.VIAL_OVER_AGE, vial.use_by))
    if vial.lot_brand:
        findings.append(ScreeningFinding(ScreeningRule.LOT_OF_OTHER_PRODUCT, vial.lot_brand))
    if vial.lot_expiry is not None:
        findings.append(ScreeningFinding(ScreeningRule.LOT_EXPIRY_DIFFERS, vial.lot_expiry))
    return findings


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
