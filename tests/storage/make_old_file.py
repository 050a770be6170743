"""Writes the file of a format that later versions must still open; run once before its release.

python -m tests.storage.make_old_file tests/old_files/format_1.dermlog
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from dermlog.domain.clinic import Clinic
from dermlog.domain.consent import ConsentKind
from dermlog.domain.patient import AcneTreatment, Allergy, Flag, PriorTreatment
from dermlog.domain.photo import PhotoView
from dermlog.domain.screening import (
    Answer,
    Level,
    OwnQuestion,
    ScreeningAnswer,
    ScreeningOverride,
    ScreeningRule,
)
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm, WarningSign
from dermlog.domain.staff import Role, Staff
from dermlog.logbook import Logbook
from tests.makers import (
    DOCTOR,
    NURSE,
    StillClock,
    make_consent,
    make_draft,
    make_patient,
    make_prepared,
    make_session,
    make_site,
    make_template,
    make_vial,
    make_visit,
    oiliness,
    sebum,
)

REVIEWER = Staff("Dr Lind", Role.CLINICIAN, id=UUID(int=3))


def write_file(path: Path) -> None:
    """A small logbook with at least one row of everything."""
    with Logbook.create(path, Clinic(name="Old clinic"), [DOCTOR, NURSE], clock=StillClock()) as logbook:
        patient = make_patient(
            allergies=(Flag(Allergy.LATEX, "gloves"),),
            conditions=(),
            prior_treatments=(PriorTreatment(AcneTreatment.ISOTRETINOIN, "isotretinoin", "2024"),),
        )
        logbook.patients.save(patient)
        logbook.consents.save(make_consent(patient))
        logbook.consents.save(
            make_consent(patient, kind=ConsentKind.PHOTO_RECORD, withdrawn_on=date(2026, 4, 17))
        )
        vial = make_vial(logbook.products.all()[0])
        logbook.vials.save(vial)
        first = make_visit(patient, date(2026, 3, 20), scores=(oiliness(4), sebum("118.5")))
        signed = logbook.sessions.sign(
            first,
            make_session(
                first,
                logbook.products.all()[0],
                sites=(make_site(), make_site("1.5"), make_site("0.25")),
                vial_id=vial.id,
                screening_answers=(ScreeningAnswer("pregnant", Answer.NO, "test"),),
                overrides=(ScreeningOverride(ScreeningRule.NO_OFF_LABEL_CONSENT, "signed on paper"),),
            ),
        )
        amended = logbook.sessions.amend(replace(signed, lot="C4822"), "wrong lot")
        twice = make_visit(patient, date(2026, 3, 21))
        logbook.sessions.sign(twice, make_session(twice, logbook.products.all()[0], id=UUID(int=40)))
        logbook.sessions.void(UUID(int=40), "entered twice")
        logbook.staff.save(REVIEWER)
        logbook.act_as(REVIEWER.id)
        logbook.sessions.review(amended.id)
        logbook.act_as(DOCTOR.id)
        second = make_visit(
            patient,
            side_effects=(SideEffect(SideEffectTerm.PAIN, Severity.MILD),),
            warning_signs=(WarningSign.SPEAKING,),
        )
        logbook.visits.save(second)
        logbook.visits.acknowledge(second.id, "called")
        logbook.photos.add(patient.id, second.id, make_prepared(), PhotoView.FRONT, "IMG.JPG")
        logbook.drafts.save(make_draft(patient))
        logbook.screening_rules.set_level(ScreeningRule.BREASTFEEDING, Level.STOP)
        logbook.screening_rules.save_question(OwnQuestion("Flight today?"))
        logbook.templates.save(make_template(logbook.products.all()[0]))


if __name__ == "__main__":
    write_file(Path(sys.argv[1]))
