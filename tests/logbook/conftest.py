"""A clinic that leaves, written once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dermlog.logbook import Logbook
from tests.logbook.leaving_scene import write_clinic


@pytest.fixture(scope="module")
def leaving_clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """A logbook with something of everything; tests that change it make their own."""
    logbook = write_clinic(tmp_path_factory.mktemp("clinic"))
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def whole_export(leaving_clinic: Logbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything of that clinic as a folder."""
    target = tmp_path_factory.mktemp("export") / "everything"
    leaving_clinic.leaving.export_everything(target, as_zip=False, reports=False)
    return target
