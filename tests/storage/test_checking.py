"""The check finds what was changed behind the file's back, and finds nothing in a sound file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from dermlog.domain.listing import LogbookCounts
from dermlog.domain.patient import Allergy, Flag
from dermlog.domain.photo import PhotoView
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm, WarningSign
from dermlog.logbook import Logbook
from dermlog.storage import driver
from tests.makers import (
    iga,
    make_consent,
    make_draft,
    make_logbook,
    make_patient,
    make_prepared,
    make_session,
    make_visit,
    oiliness,
    sebum,
)
from tests.storage.contents import damage


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A closed logbook with a row in every table."""
    logbook = make_logbook(tmp_path)
    patient = make_patient(allergies=(Flag(Allergy.LATEX),))
    logbook.patients.save(patient)
    logbook.consents.save(make_consent(patient))
    visit = make_visit(
        patient,
        scores=(oiliness(3), iga(2), sebum("118.5")),
        side_effects=(SideEffect(SideEffectTerm.PAIN, Severity.MILD),),
        warning_signs=(WarningSign.SPEAKING,),
    )
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    logbook.visits.acknowledge(visit.id)
    draft = make_draft(patient)
    logbook.drafts.save(draft)
    logbook.photos.add(patient.id, visit.id, make_prepared(b"first"), PhotoView.FRONT)
    logbook.photos.add(patient.id, draft.id, make_prepared(b"second"), PhotoView.FRONT)
    logbook.close()
    return logbook.path


def test_a_sound_file_has_no_findings(full: Path) -> None:
    steps: list[tuple[int, int]] = []
    with Logbook.open(full) as logbook:
        result = logbook.check(lambda done, of: steps.append((done, of)))
    assert result.ok
    assert result.findings == ()
    assert result.counts == LogbookCounts(
        patients=1, sessions=1, visits=1, photos=2, bytes=full.stat().st_size
    )
    assert [done for done, _of in steps] == list(range(1, steps[-1][1] + 1))


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["UPDATE score SET value = '1' WHERE instrument = 'iga'"], "“score” differs from its history"),
        (["DELETE FROM side_effect"], "“side_effect” differs from its history"),
        (["UPDATE patient SET family_name = 'Other'"], "“patient” differs from its history"),
        (["UPDATE patient SET folded = 'x', sort_name = 'x'"], "cannot be found"),
        (["UPDATE photo SET visit_id = (SELECT id FROM visit WHERE state = 'draft')"], "“photo” differ"),
        (["DELETE FROM photo WHERE rowid = 1"], "belongs to no visit"),
        (["DELETE FROM draft"], "has lost its draft"),
        (["UPDATE visit SET state = 'recorded'"], "already recorded"),
        (["DELETE FROM visit_warning_sign", "DELETE FROM acknowledgement"], "“acknowledgement” differs"),
        (["DELETE FROM photo_thumbnail WHERE rowid = 1"], "has no thumbnail"),
        (["PRAGMA foreign_keys = OFF", "DELETE FROM consent", "DELETE FROM staff"], "not there"),
        (
            [
                "INSERT INTO patient (id, chart_number, family_name, given_name, sex, phone, "
                "allergies_asked, conditions_asked, drugs_asked, note, chart_key, sort_name, folded) "
                "VALUES ('u', '2', 'b', '', 'x', '', 0, 0, 0, '', '2', 'b ', 'b 2')",
                "UPDATE injection_session SET patient_id = 'u'",
            ],
            "another patient",
        ),
    ],
)
def test_what_was_changed_behind_its_back_is_found(full: Path, statements: list[str], words: str) -> None:
    connection = driver.connect(full, None, "rw")
    laws = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'search_%'"
    ).fetchall()
    for name, _sql in laws:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _name, sql in laws:
        connection.execute(sql)
    connection.close()
    with Logbook.open(full) as logbook:
        result = logbook.check()
    assert not result.ok
    assert any(words in finding for finding in result.findings), result.findings
    assert all(finding.endswith(".") for finding in result.findings)


def test_damaged_pages_are_found_and_the_check_goes_on(full: Path) -> None:
    content = bytearray(full.read_bytes())
    page = driver.PAGE_SIZE
    connection = driver.connect(full, None, "rw")
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'consent'").fetchone()
    connection.close()
    content[(root - 1) * page : (root - 1) * page + 200] = b"\xaa" * 200
    full.write_bytes(content)
    with Logbook.open(full) as logbook:
        result = logbook.check()
    assert not result.ok
    assert any("damaged" in finding for finding in result.findings)
    assert result.counts.patients == 1


def test_a_damaged_access_log_is_found_and_stops_no_check(full: Path) -> None:
    with closing(driver.connect(full, None, "rw")) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'access'").fetchone()
    damage(full, (page - 1) * driver.PAGE_SIZE, driver.PAGE_SIZE)
    with Logbook.open(full, viewing=True) as logbook:
        result = logbook.check()
    assert not result.ok
    assert result.findings
