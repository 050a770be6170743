"""The clinical record of a treatment: nothing that it must hold is left out, what nobody recorded is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.patient import Patient
from dermlog.domain.screening import Answer, ScreeningAnswer, ScreeningOverride, ScreeningRule
from dermlog.domain.session import InjectionSession, Technique
from dermlog.domain.vial import Vial
from dermlog.logbook import Logbook
from dermlog.logbook.printed_report import print_report
from dermlog.report.injection_record import write_injection_record
from dermlog.report.injection_record_maps import side_text
from tests.makers import (
    DOCTOR,
    NOW,
    StillClock,
    make_consent,
    make_logbook,
    make_patient,
    make_session,
    make_site,
    make_visit,
)

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook with a doctor."""
    made = make_logbook(tmp_path, clock=StillClock())
    yield made
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient with a consent."""
    made = make_patient(chart_number="DL-0142")
    logbook.patients.save(made)
    logbook.consents.save(make_consent(made, form_version="form 3"))
    return made


def sign(logbook: Logbook, patient: Patient, **changes: object) -> InjectionSession:
    """A signed session of today."""
    visit = make_visit(patient)
    return logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0], **changes))


def full(logbook: Logbook, patient: Patient) -> InjectionSession:
    """A session with every field filled in."""
    product = logbook.products.all()[0]
    vial = Vial(
        product.id,
        "C4821",
        NOW.date() + timedelta(days=300),
        product.vial_units[0],
        Decimal("2.5"),
        mixed_at=NOW,
        use_by=NOW + timedelta(hours=24),
    )
    logbook.vials.save(vial)
    return sign(
        logbook,
        patient,
        vial_id=vial.id,
        expiry=vial.expiry,
        sites=(
            make_site("2.5", note="old scar"),
            make_site("0.25", x=0.7, y=0.55, zone=Zone.CHEEK_LEFT, depth=Technique.INTRAMUSCULAR),
            make_site("1", view=FaceView.LEFT, zone=Zone.JAW_LEFT),
        ),
        needle_gauge=32,
        wasted_units=Decimal("46.25"),
        anaesthesia="ice packs",
        prescriber_id=DOCTOR.id,
        supervisor_id=DOCTOR.id,
        aftercare_given=True,
        immediate_reaction="slight redness",
        reason="more oil on the forehead",
        note="tolerated well",
        screening_answers=(ScreeningAnswer("pregnant", Answer.NO, "test today"),),
        overrides=(ScreeningOverride(ScreeningRule.TOO_SOON, "patient leaves the country"),),
    )


def text_of(logbook: Logbook, session: InjectionSession) -> str:
    """Everything printed, on one line."""
    return " ".join(" ".join(print_report(logbook.injection_record(session.id)).texts).split())


def test_everything_that_the_record_must_hold_is_printed(logbook: Logbook, patient: Patient) -> None:
    printed = text_of(logbook, full(logbook, patient))
    for fact in (
        "Maya Lindqvist",
        "DL-0142",
        "born 4 Feb 1997",
        "off-label use",
        "form 3",
        "Botox",
        "C4821",
        "46.25 U",
        "2.5 mL saline in each vial",
        "17 Apr 2026 10:04",
        "18 Apr 2026 10:04",
        "32 G",
        "ice packs",
        "slight redness",
        "more oil on the forehead",
        "tolerated well",
        "old scar",
        "intramuscular",
        "0.25 0.013",
        "test today",
        "patient leaves the country",
        "Dr Sato, 17 Apr 2026 10:04 (performed)",
        "Page 1 of",
    ):
        assert fact in printed, fact
    assert "All 3 3.75" in printed


def test_what_nobody_recorded_is_said_so(logbook: Logbook, patient: Patient) -> None:
    printed = text_of(logbook, sign(logbook, patient))
    for name in ("Needle", "Anaesthesia", "Prescribed by", "Supervised by", "Aftercare given", "Wasted"):
        assert f"{name} not recorded" in printed, name
    assert "No answers are recorded." in printed and "No stop was overridden." in printed
    assert "Wasted 0" not in printed


def test_an_amended_record_keeps_both_versions(logbook: Logbook, patient: Patient) -> None:
    first = sign(logbook, patient)
    amended = logbook.sessions.amend(
        replace(first, lot="C9999", sites=(*first.sites, make_site("3", x=0.3))), "wrong vial read"
    )
    printed = text_of(logbook, amended)
    for fact in (
        "Amended 1 time",
        "Version 1, as signed",
        "Version 2, amended",
        "Reason: wrong vial read",
        "Lot: C4821 → C9999",
        "Added: 1 point, forehead, 3 U",
    ):
        assert fact in printed, fact
    assert text_of(logbook, first) == printed


def test_a_void_or_moved_record_says_so_first(logbook: Logbook, patient: Patient) -> None:
    other = make_patient(chart_number="DL-0150")
    logbook.patients.save(other)
    wrong = sign(logbook, patient)
    there = logbook.sessions.move(wrong.id, other.id, "wrong chart open")
    assert "VOID since 17 Apr 2026 10:04, by Dr Sato: wrong chart open" in text_of(logbook, wrong)
    assert "Moved to the patient with chart no. DL-0150." in text_of(logbook, wrong)
    assert "Moved here from the patient with chart no. DL-0142." in text_of(logbook, there)


def test_the_same_facts_give_the_same_bytes(logbook: Logbook, patient: Patient) -> None:
    record = logbook.injection_record(full(logbook, patient).id)
    assert write_injection_record(record) == write_injection_record(record)


def test_sixty_points_and_long_texts_run_over_pages(logbook: Logbook, patient: Patient) -> None:
    sites = tuple(make_site("0.5", x=0.3 + 0.006 * number, y=0.2) for number in range(60))
    session = sign(logbook, patient, sites=sites, note="word " * 3000)
    report = print_report(logbook.injection_record(session.id))
    assert len(report.pages) >= 4
    assert "60 Forehead" in " ".join(" ".join(report.texts).split())


def test_the_side_is_the_patients_own() -> None:
    assert side_text(make_site(x=0.3)) == "right"
    assert side_text(make_site(x=0.7)) == "left"
    assert side_text(make_site(x=0.5)) == "middle"
    assert side_text(make_site(x=0.9, zone=Zone.CHEEK_RIGHT)) == "right"
    assert side_text(make_site(x=0.2, view=FaceView.LEFT)) == "left"
