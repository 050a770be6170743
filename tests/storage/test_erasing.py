"""T20: erased is gone - from the file's bytes, its index, its history, its drafts - and stays gone."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from dermlog.domain.consent import ConsentKind
from dermlog.domain.erasure import Erasure
from dermlog.domain.patient import AcneTreatment, Allergy, Flag, Patient, PriorTreatment
from dermlog.domain.photo import PhotoView
from dermlog.domain.screening import Answer, ScreeningAnswer, ScreeningOverride, ScreeningRule
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm, WarningSign
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook, restore_backup, undo_restore
from dermlog.storage.erasing import ErasureTable, erase_again, erasures_of
from tests.makers import (
    StillClock,
    make_consent,
    make_draft,
    make_logbook,
    make_patient,
    make_prepared,
    make_session,
    make_site,
    make_visit,
)

ERASURES = 20
KILLS = 8
CHILD = Path(__file__).with_name("erasing_child.py")


def marker(number: int) -> str:
    """A name of two rare characters that nothing else in the file holds, whole or in triples."""
    return chr(0x2A000 + 2 * number) + chr(0x2A001 + 2 * number)


def picture_of(number: int) -> bytes:
    """The bytes of a patient's picture; the marker is in every copy made of it."""
    return f"picture {marker(number)} ".encode() * 300


def fill_patient(logbook: Logbook, number: int) -> Patient:
    """A patient with something of everything, each with her marker in it."""
    word = marker(number)
    patient = make_patient(
        chart_number=f"N-{word}",
        family_name=f"{word} {word}",
        given_name=word,
        phone=word,
        note=word,
        allergies=(Flag(Allergy.OTHER, word),),
        prior_treatments=(PriorTreatment(AcneTreatment.OTHER, drug=word),),
    )
    logbook.patients.save(patient)
    logbook.patients.save(replace(patient, given_name=f"{word} again"))
    logbook.patients.note_opened(patient.id)
    logbook.consents.save(make_consent(patient, kind=ConsentKind.PHOTO_RECORD, note=word))
    visit = make_visit(
        patient,
        note=word,
        warning_signs=(WarningSign.SWALLOWING,),
        side_effects=(SideEffect(SideEffectTerm.OTHER, Severity.MILD, label=word),),
    )
    product = logbook.products.all()[0]
    session = make_session(
        visit,
        product,
        note=word,
        sites=(make_site(note=word),),
        overrides=(ScreeningOverride(ScreeningRule.UNDER_AGE, word),),
        screening_answers=(ScreeningAnswer("own", Answer.YES, word),),
    )
    signed = logbook.sessions.sign(visit, session)
    logbook.visits.acknowledge(visit.id, word)
    logbook.sessions.amend(replace(signed, note=f"{word} amended"), f"because of {word}")
    kept = logbook.photos.add(
        patient.id, visit.id, make_prepared(picture_of(number)), PhotoView.FRONT, f"{word}.jpg"
    )
    gone = make_prepared(f"removed {word} ".encode() * 300)
    logbook.photos.remove(logbook.photos.add(patient.id, visit.id, gone, PhotoView.FRONT).id)
    assert kept.note == ""
    logbook.drafts.save(make_draft(patient, content=f'{{"note": "{word}"}}'))
    logbook.erasing.restrict(patient.id, word)
    return patient


def hits(logbook: Logbook, number: int) -> list[str]:
    """Where a character of a patient's marker still is, in any file beside the logbook."""
    signs = [sign.encode() for sign in marker(number)]
    return [
        path.name
        for path in sorted(logbook.path.parent.iterdir())
        if path.is_file() and any(sign in path.read_bytes() for sign in signs)
    ]


def test_twenty_erasures_leave_nothing_and_break_nothing(tmp_path: Path) -> None:
    clock = StillClock()
    logbook = make_logbook(tmp_path, clock=clock)
    patients = [fill_patient(logbook, number) for number in range(ERASURES + 3)]
    logbook.rest()
    assert all(hits(logbook, number) for number in range(len(patients)))
    order = list(range(ERASURES))
    Random(20).shuffle(order)  # noqa: S311
    for done, number in enumerate(order, start=1):
        clock.move(timedelta(minutes=1))
        logbook.erasing.erase_now(patients[number].id)
        assert hits(logbook, number) == []
        assert len(logbook.erasing.erased()) == done
        with pytest.raises(NotAllowed):
            logbook.patients.get(patients[number].id)
        lines = logbook.history.of_patient(patients[number].id)
        assert {(line.reason, line.row_id, line.before, line.after) for line in lines} == {
            ("", "", None, None)
        }
    checked = logbook.check()
    assert checked.ok, checked.findings
    verified = logbook.history.verify()
    assert verified.ok, verified.breaks
    assert logbook.patients.count() == 3
    for number in range(ERASURES, ERASURES + 3):
        kept = patients[number]
        assert [hit.id for hit in logbook.patients.search(marker(number)).rows] == [kept.id]
        assert logbook.history.of_patient(kept.id)
        assert logbook.photos.original(logbook.photos.of_patient(kept.id)[0].id) == picture_of(number)
    logbook.close()
    assert [hits(logbook, number) for number in order] == [[]] * ERASURES


def test_a_locked_logbook_holds_nothing_in_its_rows_either(tmp_path: Path) -> None:
    key = bytes(range(32))
    logbook = make_logbook(tmp_path, key=key)
    patient = fill_patient(logbook, 1)
    logbook.erasing.erase_now(patient.id)
    database = logbook._database
    for (table,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        if table == "search_piece":
            continue
        content = repr(database.rows(f'SELECT * FROM "{table}"'))  # noqa: S608
        assert marker(1) not in content, table
        assert not any(repr(sign.encode())[2:-1] in content for sign in marker(1)), table
    assert database.rows("SELECT term FROM search_piece") == []
    logbook.close()


def test_what_stays_says_that_when_and_by_whom(logbook: Logbook) -> None:
    patient = fill_patient(logbook, 1)
    lines = logbook._database.value("SELECT count(*) FROM change WHERE patient_id = ?", (str(patient.id),))
    done = logbook.erasing.erase_now(patient.id)
    assert logbook.erasing.erased() == (Erasure(patient.id, logbook.now(), logbook.me.id),)
    assert done.photos == 2
    assert done.rows > 15
    now = logbook._database.rows(
        "SELECT reason, row_id, staff_id FROM change WHERE patient_id = ?", (str(patient.id),)
    )
    assert len(now) > lines
    assert {line[:2] for line in now} == {("", "")}
    assert {line[2] for line in now} == {str(logbook.me.id)}


def test_a_picture_that_somebody_else_has_too_stays(logbook: Logbook) -> None:
    erased, kept = fill_patient(logbook, 1), fill_patient(logbook, 2)
    visit = logbook.visits.of_patient(kept.id)[0]
    photo = logbook.photos.add(kept.id, visit.id, make_prepared(picture_of(1)), PhotoView.LEFT_90)
    assert logbook.erasing.plan(erased.id).shared_photos == 1
    assert logbook.erasing.erase_now(erased.id).photos == 1
    assert logbook.photos.original(photo.id) == picture_of(1)
    assert logbook.check().ok


def test_a_treatment_charted_for_the_wrong_person_stays_void(logbook: Logbook) -> None:
    wrong, right = make_patient(family_name="Wrong"), make_patient(family_name="Right")
    logbook.patients.save(wrong)
    logbook.patients.save(right)
    visit = make_visit(wrong)
    signed = logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    logbook.sessions.move(signed.id, right.id, "wrong chart")
    logbook.erasing.erase_now(right.id)
    assert logbook.sessions.of_patient(wrong.id) == ()
    assert [session.id for session in logbook.sessions.void_of_patient(wrong.id)] == [signed.id]
    assert logbook.check().ok
    assert logbook.history.verify().ok


def test_every_table_that_names_a_patient_is_emptied(logbook: Logbook) -> None:
    patient = fill_patient(logbook, 1)
    stays = {"change", "access", "erasure", "writing"}
    logbook.erasing.erase_now(patient.id)
    database = logbook._database
    for (table,) in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        if table in stays or "patient_id" not in database.columns(table):
            continue
        found = database.value(f'SELECT count(*) FROM "{table}" WHERE patient_id = ?', (str(patient.id),))  # noqa: S608
        assert found == 0, table


def test_an_older_backup_brings_nobody_back(tmp_path: Path) -> None:
    logbook = make_logbook(tmp_path)
    patients = [fill_patient(logbook, number) for number in range(3)]
    older = logbook.backups.back_up(force=True).sets[0]
    logbook.erasing.erase(patients[0].id, chart_number=patients[0].chart_number, no_duty=True)
    logbook.erasing.erase(patients[1].id, chart_number=patients[1].chart_number, no_duty=True)
    now = logbook.now()
    logbook.close()
    restored = restore_backup(older, tmp_path / "Elsewhere.dermlog", key=None, now=now)
    with Logbook.open(restored.logbook, clock=StillClock()) as again:
        assert again.patients.count() == 1
        assert {one.patient_id for one in again.erasing.erased()} == {patients[0].id, patients[1].id}
        assert hits(again, 2)
        assert again.check().ok
        assert again.history.verify().ok
    assert restored.logbook.name not in {*hits(again, 0), *hits(again, 1)}


def test_undoing_a_restore_brings_nobody_back(tmp_path: Path) -> None:
    logbook = make_logbook(tmp_path)
    patient = fill_patient(logbook, 1)
    older = logbook.backups.back_up(force=True).sets[0]
    now, path = logbook.now(), logbook.path
    logbook.close()
    restored = restore_backup(older, path, key=None, now=now)
    with Logbook.open(path, clock=StillClock()) as again:
        again.erasing.erase_now(patient.id)
    assert undo_restore(restored, now=now) is not None
    with Logbook.open(path, clock=StillClock()) as before:
        assert before.patients.count() == 0
        assert before.history.verify().ok


def test_the_list_beside_the_backups_names_nobody(tmp_path: Path) -> None:
    logbook = make_logbook(tmp_path)
    patient = fill_patient(logbook, 1)
    logbook.erasing.erase(patient.id, chart_number=patient.chart_number, no_duty=True)
    logbook.close()
    lists = list(tmp_path.rglob("erased.json"))
    assert lists
    for path in lists:
        text = path.read_text(encoding="utf-8")
        assert str(patient.id) in text
        assert not any(sign in text for sign in marker(1))


def test_a_file_made_from_an_older_state_erases_again(tmp_path: Path) -> None:
    logbook = make_logbook(tmp_path)
    patient, other = fill_patient(logbook, 1), make_patient()
    done = Erasure(patient.id, logbook.now(), None)
    logbook.close()
    clock = StillClock()
    assert erase_again(logbook.path, None, clock, [done, Erasure(other.id, clock())]) == 1
    assert erase_again(logbook.path, None, clock, [done]) == 0
    assert {one.patient_id for one in erasures_of(logbook.path, None)} == {patient.id, other.id}
    with Logbook.open(logbook.path, clock=clock) as again:
        assert again.patients.count() == 0
        assert again.history.verify().ok
    assert hits(again, 1) == []


@pytest.mark.parametrize("part", range(KILLS))
def test_killed_while_erasing_it_is_whole_or_not_at_all(tmp_path: Path, part: int) -> None:
    logbook = make_logbook(tmp_path)
    patient = fill_patient(logbook, 1)
    logbook.close()
    child = [sys.executable, str(CHILD), str(logbook.path), str(patient.id), f"{part}/{KILLS - 1}"]
    assert subprocess.run(child, check=False, timeout=60).returncode == 9
    with Logbook.open(logbook.path, clock=StillClock()) as again:
        assert again.check().ok
        assert again.history.verify().ok
        whole = bool(again.patients.count())
        assert bool(ErasureTable(again._database).all()) is not whole
        if whole:
            assert again.patients.get(patient.id).chart_number == patient.chart_number
            assert len(again.photos.of_patient(patient.id)) == 1
            again.erasing.erase_now(patient.id)
        again.rest()
    assert hits(again, 1) == []
