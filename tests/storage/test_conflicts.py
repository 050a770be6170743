"""F16: conflicted copies of synchronising programs are known by their names and never merged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dermlog.logbook import Logbook
from dermlog.storage.conflicts import copies_beside, copy_of
from tests.makers import make_logbook


@pytest.mark.parametrize(
    "name",
    [
        "Clinic (conflicted copy 2026-03-04).dermlog",
        "Clinic (Ana's conflicted copy 2026-03-04).dermlog",
        "Clinic (RECEPTION's conflicted copy 2026-03-04 (1)).dermlog",
        "Clinic (Case Conflict).dermlog",
        "Clinic.sync-conflict-20260304-101112-ABCDEFG.dermlog",
        "Clinic_conflict-20260304-101112.dermlog",
        "Clinic (SFConflict ana@clinic.org 2026-03-04-10-11-12).dermlog",
        "Clinic (# Edit conflict 2026-03-04 vRtLbfKa #).dermlog",
        "Clinic [Conflict].dermlog",
    ],
)
def test_a_name_that_only_a_program_gives_is_enough(name: str, tmp_path: Path) -> None:
    assert copy_of(tmp_path / name) == "Clinic.dermlog"


@pytest.mark.parametrize(
    "name", ["Clinic-RECEPTION-PC.dermlog", "Clinic-PC2.dermlog", "Clinic (1).dermlog", "Clinic 2.dermlog"]
)
def test_a_name_that_people_give_too_counts_beside_the_first_file_only(name: str, tmp_path: Path) -> None:
    assert copy_of(tmp_path / name) == ""
    (tmp_path / "Clinic.dermlog").touch()
    assert copy_of(tmp_path / name) == "Clinic.dermlog"


@pytest.mark.parametrize(
    "name",
    [
        "Clinic.dermlog",
        "Clinic Mitte.dermlog",
        "Clinic-north.dermlog",
        "Clinic (moved 2026-03-04 1512).dermlog",
        "Clinic (set aside 2026-03-04 1512).dermlog",
        "Clinic copy 2026-03-04 1512.dermlog",
        "Conflict.dermlog",
    ],
)
def test_other_names_are_no_copies(name: str, tmp_path: Path) -> None:
    (tmp_path / "Clinic.dermlog").touch()
    assert copy_of(tmp_path / name) == ""


def test_copies_are_found_beside_the_file(tmp_path: Path) -> None:
    for name in ("Clinic.dermlog", "Clinic-PC2.dermlog", "Clinic (conflicted copy).dermlog", "Other.dermlog"):
        (tmp_path / name).touch()
    assert copies_beside(tmp_path / "Clinic.dermlog") == (
        "Clinic (conflicted copy).dermlog",
        "Clinic-PC2.dermlog",
    )
    assert copies_beside(tmp_path / "nowhere" / "Clinic.dermlog") == ()


def test_opening_either_says_so_and_changes_neither(tmp_path: Path) -> None:
    made = make_logbook(tmp_path)
    made.close()
    other = tmp_path / "Clinic (conflicted copy 2026-03-04).dermlog"
    shutil.copy2(made.path, other)
    with Logbook.open(made.path) as logbook:
        (notice,) = logbook.notices
        assert "Clinic (conflicted copy 2026-03-04).dermlog" in notice
        assert "never merges" in notice
    with Logbook.open(other) as logbook:
        (notice,) = logbook.notices
        assert "of “Clinic.dermlog”" in notice
    assert other.read_bytes() == made.path.read_bytes()
