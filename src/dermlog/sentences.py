"""One plain sentence for each thing that is wrong or needs a look: problems of fields, screening findings."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from dermlog.domain.patient import Flag
from dermlog.domain.photo import PhotoFault
from dermlog.domain.screening import ScreeningFinding, ScreeningOverride, ScreeningQuestion, ScreeningRule
from dermlog.domain.staff import Role
from dermlog.domain.validity import Fault, Problem
from dermlog.naming import flag_text
from dermlog.wording import _, date_text, ngettext, number_text, time_text


def problem_sentence(problem: Problem, label: str) -> str:
    """What is wrong with the field called label, and what to do; plain text, for under the field."""
    return _PROBLEMS()[problem.fault].format(
        label=label, limit=_shown(problem.limit), found=_shown(problem.found)
    )


def same_name_sentence(name: str) -> str:
    """Said where a second person would be called like somebody who works here."""
    return _("“{name}” is here already. Add something that tells the two apart.").format(name=name)


def _PROBLEMS() -> dict[Fault, str]:  # built at each call so that it follows the language
    return {
        Fault.MISSING: _("{label} is missing. Please fill it in."),
        Fault.TOO_LONG: _("{label} has {found} characters; {limit} fit. Please shorten it."),
        Fault.CONTROL_CHARACTER: _(
            "{label} holds an invisible control character ({found}). Please retype that place."
        ),
        Fault.LINE_BREAK: _("{label} must be one line. Please remove the line break or tab."),
        Fault.NOT_A_NUMBER: _("{label} is not a number. Type it like 2.5."),
        Fault.NOT_A_WHOLE_NUMBER: _("{label} must be a whole number, not {found}."),
        Fault.NOT_A_DATE: _("{label} is not a date. Type it like 20 Mar 2026."),
        Fault.NOT_A_TIME: _("{label} is not a time of day. Type it like 09:30."),
        Fault.TOO_SMALL: _("{label} must be at least {limit}, not {found}."),
        Fault.TOO_LARGE: _("{label} must be at most {limit}, not {found}."),
        Fault.NOT_POSITIVE: _("{label} must be more than 0, not {found}."),
        Fault.TOO_MANY_DECIMALS: _("{label} may have at most {limit} decimals; {found} has more."),
        Fault.TOO_EARLY: _("{label} is before {limit}. Please check the year."),
        Fault.IN_FUTURE: _("{label} lies after {limit}. Please check the date."),
        Fault.BEFORE_START: _("{label} is before the beginning ({limit}). Please check both dates."),
        Fault.BEFORE_BIRTH: _("{label} is before the birth date ({limit}). Please check both dates."),
        Fault.EXPIRED: _(
            "{label}: the vial expired on {found}, before the session on {limit}. "
            "Check the vial and the date."
        ),
        Fault.BEYOND_VIAL: _(
            "{label} add up to {found} U, but only {limit} U were opened. Lower units, remove points, "
            "or enter one more vial."
        ),
        Fault.BEYOND_LEFT: _(
            "{label} add up to {found} U, but only {limit} U are left in this vial. Lower units, remove "
            "points, or choose a new vial."
        ),
        Fault.NOT_OFFERED: _("{label}: this value is not one of the choices. Please choose again."),
        Fault.OUTSIDE_MAP: _("{label} lies outside the face. Please move it onto the face."),
        Fault.DUPLICATE: _("{label} is in use already. Please check it."),
        Fault.NOT_ANSWERED: _("{label} is not answered yet. Please choose an answer."),
    }


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return _("{day}, {time}").format(day=date_text(value.date()), time=time_text(value))
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date):
        return date_text(value)
    return "" if value is None else str(value)


def screening_sentence(finding: ScreeningFinding) -> str:
    """Why to stop or look twice, in one sentence."""
    detail = finding.detail
    if isinstance(detail, str) and detail.isdecimal() and finding.rule in _COUNTED:
        detail = int(detail)
    if finding.rule is ScreeningRule.ANSWER_UNKNOWN and isinstance(detail, int):
        return ngettext(
            "{count} screening question was answered with “not known”.",
            "{count} screening questions were answered with “not known”.",
            detail,
        ).format(count=detail)
    if finding.rule is ScreeningRule.QUESTIONS_NOT_ANSWERED and isinstance(detail, int):
        return ngettext(
            "{count} screening question is not answered yet.",
            "{count} screening questions are not answered yet.",
            detail,
        ).format(count=detail)
    if finding.rule is ScreeningRule.TOO_SOON and isinstance(detail, int):
        return ngettext(
            "The last toxin session was {days} day ago. Shorter intervals are linked to antibodies.",
            "The last toxin session was {days} days ago. Shorter intervals are linked to antibodies.",
            detail,
        ).format(days=detail)
    shown = finding_detail(finding)
    rules = ScreeningRule
    return {
        rules.TOXIN_ALLERGY: _("Allergy to botulinum toxin is recorded. Do not inject."),
        rules.COW_MILK_PROTEIN: _("Allergy to cow’s-milk protein is recorded: {detail} is blocked."),
        rules.HUMAN_ALBUMIN: _("Allergy to human albumin is recorded, and {detail} contains albumin."),
        rules.NEUROMUSCULAR_DISEASE: _("A neuromuscular disease is recorded. Toxin can be dangerous."),
        rules.INFECTION_AT_SITE: _("An infection at the site is recorded. Wait until it has healed."),
        rules.PREGNANCY: _("Pregnancy is recorded. Toxin is not recommended."),
        rules.BREASTFEEDING: _("Breastfeeding is recorded. Toxin is not recommended."),
        rules.UNDER_AGE: _("The patient is {detail} years old, under 18."),
        rules.TOO_SOON: _("The last toxin session was less than 84 days ago."),
        rules.OTHER_PRODUCT_BEFORE: _(
            "Last time the product was {detail}. Units of different products cannot be compared."
        ),
        rules.NO_OFF_LABEL_CONSENT: _("No consent to off-label treatment is recorded for this day."),
        rules.CAUTION_CONDITION: _("Condition to consider: {detail}."),
        rules.CAUTION_DRUG: _("Drug to consider: {detail}."),
        rules.ALLERGIES_NOT_ASKED: _("Allergies have not been asked yet."),
        rules.CONDITIONS_NOT_ASKED: _("Conditions have not been asked yet."),
        rules.DRUGS_NOT_ASKED: _("Drugs have not been asked yet."),
        rules.CAUTION_ANSWER: _("Answered with yes: {detail}"),
        rules.OWN_QUESTION: _("Answered with yes: {detail}"),
        rules.ANSWER_UNKNOWN: _("A screening question was answered with “not known”."),
        rules.QUESTIONS_NOT_ANSWERED: _("The screening questions are not answered yet."),
        rules.VIAL_EXPIRED: _("This vial expired on {detail}. Take another vial."),
        rules.VIAL_OVER_AGE: _("This mixed vial was to be used by {detail}. Take a new vial."),
        rules.LOT_OF_OTHER_PRODUCT: _("This lot is recorded as {detail}. Check the product and the lot."),
        rules.LOT_EXPIRY_DIFFERS: _("This lot is recorded with expiry {detail}. Check the vial."),
    }[finding.rule].format(detail=shown)


_COUNTED = {
    ScreeningRule.TOO_SOON,
    ScreeningRule.ANSWER_UNKNOWN,
    ScreeningRule.QUESTIONS_NOT_ANSWERED,
}


def finding_detail(finding: ScreeningFinding) -> str:
    """What a finding is about, in words: days, a brand, a flag, a day, a question."""
    detail = finding.detail
    if isinstance(detail, Flag):
        return flag_text(detail)
    if finding.rule in {ScreeningRule.CAUTION_ANSWER, ScreeningRule.OWN_QUESTION}:
        return screening_question(str(detail or ""))
    return _shown(detail)


def override_sentence(override: ScreeningOverride, brand: str | None = None) -> str:
    """What the screening said when somebody went on; brand for sessions that kept no detail of it."""
    return screening_sentence(ScreeningFinding(override.rule, override.detail or brand))


def screening_question(item: str) -> str:
    """A question of the screening list: ours by its code, the clinic's own as it was asked."""
    questions = ScreeningQuestion
    return {
        questions.TOXIN_ALLERGY.value: _("Ever an allergic reaction to botulinum toxin?"),
        questions.COW_MILK_ALLERGY.value: _("Allergy to cow’s-milk protein?"),
        questions.NEUROMUSCULAR_DISEASE.value: _("Disease of nerves and muscles, such as myasthenia?"),
        questions.SWALLOWING_OR_BREATHING.value: _("Trouble swallowing or breathing?"),
        questions.PREGNANT.value: _("Pregnant, or possibly pregnant?"),
        questions.INFECTION.value: _("Infection or inflammation where the injection goes?"),
        questions.MEDICINES.value: _(
            "New medicines: aminoglycosides, muscle relaxants, blood thinners, chloroquine?"
        ),
        questions.TOXIN_ELSEWHERE.value: _("Botulinum toxin anywhere else in the last 3 months?"),
    }.get(item, item)


def rule_name(rule: ScreeningRule) -> str:
    """What a rule is about, in a few words, for the list of rules."""
    rules = ScreeningRule
    return {
        rules.TOXIN_ALLERGY: _("Allergy to botulinum toxin"),
        rules.COW_MILK_PROTEIN: _("Cow’s-milk allergy, product contains it"),
        rules.HUMAN_ALBUMIN: _("Albumin allergy, product contains it"),
        rules.NEUROMUSCULAR_DISEASE: _("Neuromuscular disease"),
        rules.INFECTION_AT_SITE: _("Infection at the site"),
        rules.PREGNANCY: _("Pregnancy"),
        rules.BREASTFEEDING: _("Breastfeeding"),
        rules.UNDER_AGE: _("Under 18"),
        rules.TOO_SOON: _("Sooner than the minimum interval"),
        rules.OTHER_PRODUCT_BEFORE: _("Another product last time"),
        rules.NO_OFF_LABEL_CONSENT: _("No consent to off-label treatment"),
        rules.CAUTION_CONDITION: _("Another condition to consider"),
        rules.CAUTION_DRUG: _("A drug to consider"),
        rules.ALLERGIES_NOT_ASKED: _("Allergies never asked"),
        rules.CONDITIONS_NOT_ASKED: _("Conditions never asked"),
        rules.DRUGS_NOT_ASKED: _("Drugs never asked"),
        rules.CAUTION_ANSWER: _("Yes to another screening question"),
        rules.OWN_QUESTION: _("Yes to a question of the clinic"),
        rules.ANSWER_UNKNOWN: _("A screening answer is not known"),
        rules.QUESTIONS_NOT_ANSWERED: _("Screening questions not answered"),
        rules.VIAL_EXPIRED: _("Vial expired"),
        rules.VIAL_OVER_AGE: _("Vial beyond its hours of use"),
        rules.LOT_OF_OTHER_PRODUCT: _("Lot known from another product"),
        rules.LOT_EXPIRY_DIFFERS: _("Lot known with another expiry"),
    }[rule]


def photo_sentence(fault: PhotoFault) -> str:
    """Why a picture cannot be used, and what to do."""
    return {
        PhotoFault.EMPTY: _("This file is empty. Copy the photo from the camera again."),
        PhotoFault.NOT_A_PICTURE: _(
            "This is not a photo that dermlog can read. Use JPEG, PNG, TIFF, WebP or HEIC."
        ),
        PhotoFault.DAMAGED: _("This photo is damaged or incomplete. Copy it from the camera again."),
        PhotoFault.TOO_MANY_PIXELS: _("This picture has too many pixels. Save it smaller and add it again."),
        PhotoFault.TOO_MANY_BYTES: _("This file is too large. Save it smaller and add it again."),
        PhotoFault.TOO_SLOW: _("This picture took too long to read. Save it again as JPEG and add that."),
        PhotoFault.HEIC_NOT_INSTALLED: _(
            "HEIC photos need an add-on that is not installed. Set the phone to “most compatible”, "
            "or save the photo as JPEG."
        ),
        PhotoFault.UNREADABLE: _("The file could not be read. Check the card or folder and try again."),
        PhotoFault.NOT_IN_BACKUP: _(
            "No backup within reach has this photo. Connect the drive with the backups and try again."
        ),
        PhotoFault.NOT_MENDED: _(
            "This photo cannot be put back by itself: more of the file is damaged. Open “Logbook” and press "
            "“Check everything now”; from there a backup brings it back."
        ),
    }[fault]


def role_sentence(role: Role) -> str:
    """What somebody of this role does in the logbook, for whoever chooses it."""
    sentences = {
        Role.OWNER: _("Does everything, also staff, keys, exports of everything and erasure."),
        Role.CLINICIAN: _("Treats and signs, amends, acknowledges warning signs, keeps products and rules."),
        Role.ASSISTANT: _("Records patients, follow-ups and photos, and charts treatments for signing."),
        Role.VIEWER: _("Looks and prints; changes nothing."),
    }
    return sentences[role]
