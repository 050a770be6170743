"""T15: 200 hostile exports are refused in one sentence; nothing is written, here or elsewhere."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from dermlog.domain.leaving import LeavingFault, PhotoChoice
from dermlog.errors import LeavingNotDone
from dermlog.logbook import Logbook, import_export
from tests.logbook.hostile_exports import ATTACKS, Attack, missing_part, wrong_picture

EACH = 15
REFUSALS = {LeavingFault.NOT_VALID, LeavingFault.INCOMPLETE, LeavingFault.NEWER}


@pytest.fixture(scope="module")
def without_pictures(leaving_clinic: Logbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything but the pictures, which take their time."""
    target = tmp_path_factory.mktemp("bare") / "everything"
    leaving_clinic.leaving.export_everything(
        target, as_zip=False, reports=False, photos=PhotoChoice.NONE, plain_file=False
    )
    return target


def _everything(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_hostile_export_is_refused_and_nothing_is_written(
    whole_export: Path, without_pictures: Path, tmp_path: Path, attack: Attack
) -> None:
    sound = whole_export if attack in (missing_part, wrong_picture) else without_pictures
    for seed in range(EACH):
        work, place = tmp_path / f"work{seed}", tmp_path / f"place{seed}"
        work.mkdir()
        place.mkdir()
        source = attack(sound, work, random.Random(seed))  # noqa: S311
        before = _everything(tmp_path)
        with pytest.raises(LeavingNotDone) as caught:
            import_export(source, place / "New.dermlog")
        assert caught.value.fault in REFUSALS, (seed, caught.value.fault)
        assert _everything(tmp_path) == before, seed
        assert "Nothing was imported" in caught.value.sentence or caught.value.fault is LeavingFault.NEWER
        shutil.rmtree(work)


def test_there_are_two_hundred_of_them() -> None:
    assert EACH * len(ATTACKS) >= 200


def test_the_sound_ones_are_taken(whole_export: Path, without_pictures: Path, tmp_path: Path) -> None:
    """Otherwise all of this would prove nothing."""
    for number, sound in enumerate((whole_export, without_pictures)):
        assert import_export(sound, tmp_path / f"New{number}.dermlog").patients == 2
