"""Damage in many places: what lies between damaged pages is found, and no value is invented."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from dermlog.logbook import Logbook, salvage_logbook
from dermlog.storage import driver
from tests.makers import NOW, StillClock, make_logbook, make_patient
from tests.storage.contents import KEY, damage, rows_of, treat

PATIENTS = 260
KEPT = ("patient", "visit", "injection_session", "injection_site", "score")


@pytest.fixture(scope="module", params=[None, KEY], ids=["open", "locked"])
def clinic(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Logbook:
    """A closed logbook whose bigger tables have many pages, without any backup."""
    made = make_logbook(tmp_path_factory.mktemp("clinic"), clock=StillClock(), key=request.param)
    for number in range(PATIENTS):
        made.patients.save(
            make_patient(
                chart_number=f"C-{number:04d}",
                family_name=f"Patient {number}",
                note=f"A long note of {number}. " * 60,
            )
        )
    for number in range(4):
        treat(made, photos=0, name=f"Treated {number}")
    made.close()
    return made


def _roots(path: Path, key: bytes | None) -> set[int]:
    connection = driver.connect(path, key, "rw")
    try:
        return {row[0] for row in connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0")}
    finally:
        connection.close()


@pytest.mark.parametrize("seed", range(3))
def test_rows_between_damaged_pages_come_back_as_they_were(
    clinic: Logbook, tmp_path: Path, seed: int
) -> None:
    key, path = clinic.backups.key, tmp_path / clinic.path.name
    shutil.copy(clinic.path, path)
    before = rows_of(path, key)
    pages = path.stat().st_size // driver.PAGE_SIZE
    # Behind the description of the file, without which nothing of it can be read.
    others = [page for page in range(max(_roots(path, key)) + 9, pages + 1)]
    hit = Random(seed).sample(others, 6)  # noqa: S311
    for page in hit:
        damage(path, (page - 1) * driver.PAGE_SIZE, driver.PAGE_SIZE - 100)
    saved = salvage_logbook(path, key=key, now=NOW)
    assert saved.found.unreadable > 0
    saved.accept(now=NOW)
    after = rows_of(path, key)
    for table in KEPT:
        # But for the number that a patient who is built anew gets in the file.
        assert {row[1:] for row in after[table]} <= {row[1:] for row in before[table]}, table
    # Most of what was not hit is there: not only what lies before the first and after the last damage.
    assert len(after["patient"]) > PATIENTS // 2
    with Logbook.open(path, key=key, clock=StillClock()) as again:
        assert len(again.patients.search("patient").rows) > 0
