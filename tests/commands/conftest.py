"""What the tests of the commands share: a small sample logbook, written once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dermlog.demo import write_sample


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample of four patients, only the facts."""
    path = tmp_path_factory.mktemp("commands") / "Sample.dermlog"
    write_sample(path, patients=4, photos=False, today=date(2026, 4, 17))
    return path
