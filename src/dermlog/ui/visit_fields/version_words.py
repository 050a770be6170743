"""What a patient's record or a visit says, line by line, for laying two versions side by side."""

from __future__ import annotations

from collections.abc import Iterable

from dermlog.course_words import line_name
from dermlog.domain.patient import Flag, Patient, PriorTreatment
from dermlog.domain.visit import Visit
from dermlog.naming import flag_text, name_of, reaction_name, side_effect_text
from dermlog.wording import _, date_text, number_text

Lines = dict[str, str]


def lines_of(record: Patient | Visit) -> Lines:
    """Each fact in words under its name; "" where nothing is recorded."""
    return _of_patient(record) if isinstance(record, Patient) else _of_visit(record)


def differences(saved: Patient | Visit, mine: Patient | Visit) -> tuple[tuple[str, str, str], ...]:
    """Where two versions differ: the name of the fact, what is saved, and what was typed."""
    there, here = lines_of(saved), lines_of(mine)
    return tuple(
        (name, there.get(name, ""), here.get(name, ""))
        for name in {**there, **here}
        if there.get(name, "") != here.get(name, "")
    )


def _of_patient(patient: Patient) -> Lines:
    return {
        _("Chart number"): patient.chart_number,
        _("Family name"): patient.family_name,
        _("Given name"): patient.given_name,
        _("Born"): "" if patient.birth_date is None else date_text(patient.birth_date),
        _("Sex"): name_of(patient.sex),
        _("Skin type"): "" if patient.fitzpatrick is None else str(patient.fitzpatrick.value),
        _("Phone"): patient.phone,
        _("Allergies"): _flags(patient.allergies),
        _("Conditions"): _flags(patient.conditions),
        _("Drugs"): _flags(patient.drugs),
        _("Treatments before"): "\n".join(map(_treatment, patient.prior_treatments)),
        _("Note"): patient.note,
    }


def _of_visit(visit: Visit) -> Lines:
    lines = {_("Date"): date_text(visit.on), _("Note"): visit.note}
    for score in visit.scores:
        zone = "" if score.zone is None else f", {name_of(score.zone)}"
        lines[f"{line_name(score.series)}{zone}"] = number_text(score.value)
    for effect in visit.side_effects:
        asked = reaction_name(effect.term, effect.place, effect.label)
        lines.setdefault(asked, "")
        lines[asked] = "\n".join(part for part in (lines[asked], side_effect_text(effect)) if part)
    if visit.warning_signs is not None:
        lines[_("Warning signs")] = _list(map(name_of, visit.warning_signs))
    return lines


def _flags(flags: tuple[Flag, ...] | None) -> str:
    return _("not asked") if flags is None else _list(map(flag_text, flags))


def _list(words: Iterable[str]) -> str:
    return "\n".join(words) or _("none")


def _treatment(treatment: PriorTreatment) -> str:
    parts = (
        name_of(treatment.kind),
        treatment.drug,
        treatment.period,
        name_of(treatment.response),
        treatment.stop_reason,
    )
    return ", ".join(part for part in parts if part)
