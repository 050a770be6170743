"""A full clinic in small for backups, and every row of a file for comparing two."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from dermlog.domain.photo import PhotoView
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.storage import driver
from tests.makers import make_draft, make_patient, make_prepared, make_session, make_visit

KEY = bytes(range(32))


def treat(logbook: Logbook, photos: int = 3, name: str = "Lindqvist") -> Visit:
    """One more patient with a signed session and photos."""
    patient = make_patient(family_name=name)
    logbook.patients.save(patient)
    visit = make_visit(patient, logbook.today(), entered_at=logbook.now())
    logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
    for number in range(photos):
        content = f"{patient.id} {number} ".encode() * 2000
        logbook.photos.add(patient.id, visit.id, make_prepared(content), PhotoView.FRONT)
    return visit


def draft_for(logbook: Logbook) -> None:
    """One more patient with a draft."""
    patient = make_patient(family_name="Drafted")
    logbook.patients.save(patient)
    logbook.drafts.save(make_draft(patient))


def follow_up(logbook: Logbook, visit: Visit, days: int = 28) -> Visit:
    """Another visit of the same patient, some days before."""
    later = Visit(
        visit.patient_id,
        visit.on - timedelta(days=days),
        recorded_by=visit.recorded_by,
        entered_at=logbook.now(),
        scores=visit.scores,
    )
    logbook.visits.save(later)
    return later


def rows_of(path: Path, key: bytes | None) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of our own, in order of its key, the search index by what it finds.

    Not who writes now, nor the access log and its seals: that a backup was made is noted after it was made.
    """
    with closing(driver.connect(path, key, "rw")) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                "AND name NOT LIKE 'patient_search_%' "
                "AND name NOT IN ('access', 'seal', 'writing') ORDER BY name"
            )
        ]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}  # noqa: S608


def damage(path: Path, at: int = -1, count: int = 64) -> None:
    """Overwrite some bytes in the middle of a file, or where told."""
    content = bytearray(path.read_bytes())
    start = len(content) // 2 if at < 0 else at
    for index in range(start, min(start + count, len(content))):
        content[index] ^= 0x5A
    path.write_bytes(content)
