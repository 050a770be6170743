"""The head of the chain outside the file: on every printed page and in every backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.chain import ChainFault, ChainHead
from dermlog.domain.patient import Patient
from dermlog.logbook import Logbook
from dermlog.report.injection_record import write_injection_record
from dermlog.report.page_pictures import page_texts
from dermlog.ui.lots.call_list import call_list_document
from tests.makers import NOW, TODAY, make_logbook, make_patient, make_session, make_visit


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    """An open logbook."""
    return make_logbook(tmp_path)


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient with one treatment."""
    made = make_patient()
    logbook.patients.save(made)
    visit = make_visit(made)
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    return made


def test_every_page_bears_the_head(logbook: Logbook, patient: Patient) -> None:
    head = logbook.history.head().text
    session = logbook.sessions.of_patient(patient.id)[0]
    record = write_injection_record(logbook.injection_record(session.id))
    for pdf in (logbook.report_pdf(patient.id), record):
        pages = page_texts(pdf)
        assert pages
        for page in pages:
            said = " ".join(page.split())
            assert head.split(" · ")[0] in said and head.split(" · ")[1] in said
    document = call_list_document([], lot="C1", clinic="Clinic", day=TODAY, head=head)
    assert head in document.toPlainText()
    logbook.close()


def test_looking_does_not_change_what_is_printed(logbook: Logbook, patient: Patient) -> None:
    before = logbook.report_pdf(patient.id)
    logbook.accesses.note(AccessKind.PRINTED, patient.id, "report")
    assert logbook.report_pdf(patient.id) == before
    logbook.patients.save(replace(patient, phone="555 0101"))
    assert logbook.report_pdf(patient.id) != before
    logbook.close()


def test_a_file_saved_is_on_record(logbook: Logbook, patient: Patient, tmp_path: Path) -> None:
    logbook.save_report(patient.id, tmp_path / "report.pdf")
    (line,) = logbook.accesses.of_patient(patient.id)
    assert (line.kind, line.detail, line.at) == (AccessKind.EXPORTED, "report", NOW)
    logbook.close()


def test_a_backup_is_an_anchor(logbook: Logbook, patient: Patient) -> None:
    (made, *_others) = logbook.backups.back_up(force=True).sets
    assert ChainHead.read(made.chain_head) == logbook.history.head()
    assert logbook.history.verify().ok
    # The same number with another seal: that is what a record sealed anew looks like to a backup.
    forged = replace(made, chain_head=f"#{logbook.history.head().sequence} · 0000-0000")
    logbook.backups.sets = lambda: (forged,)  # type: ignore[method-assign]
    (found,) = logbook.history.verify().breaks
    assert found.fault is ChainFault.REWRITTEN
    logbook.close()
