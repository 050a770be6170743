"""The file is renamed, deleted or exchanged while it is open: a save says so instead of vanishing with it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from dermlog.domain.file_fault import SavingFault
from dermlog.errors import NotSaved
from dermlog.logbook import Logbook
from tests.makers import make_patient


def moved(old: Path, new: Path) -> bool:
    """Move a file over another; Windows itself lets nobody do that to an open one."""
    if sys.platform == "win32":
        with pytest.raises(PermissionError):
            old.replace(new)
        return False
    old.replace(new)
    return True


def refused(logbook: Logbook) -> None:
    with pytest.raises(NotSaved, match="not in its place") as caught:
        logbook.patients.save(make_patient())
    assert caught.value.fault is SavingFault.GONE
    assert "NOT saved" in caught.value.sentence


def test_a_renamed_file(logbook: Logbook) -> None:
    away = logbook.path.with_name("Away.dermlog")
    if not moved(logbook.path, away):
        return
    refused(logbook)
    # Put back, it is the same file, and the same save works.
    assert moved(away, logbook.path)
    logbook.patients.save(make_patient())
    assert logbook.patients.count() == 1


def test_a_deleted_file(logbook: Logbook, tmp_path: Path) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    if not moved(logbook.path, tmp_path / "bin"):
        return
    (tmp_path / "bin").unlink()
    refused(logbook)
    # Looking goes on, and the list of patients opened last is not worth an error.
    logbook.patients.note_opened(patient.id)
    assert logbook.patients.get(patient.id) == patient


def test_another_file_in_its_place(logbook: Logbook) -> None:
    copy = logbook.path.with_name("Copy.dermlog")
    logbook.rest()
    shutil.copy(logbook.path, copy)
    if moved(copy, logbook.path):
        refused(logbook)
