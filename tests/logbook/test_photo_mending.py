"""F7: a damaged photo gets its picture back from a backup, proved, or a sentence says why not."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dermlog.changes import Change, Noun
from dermlog.domain.access import AccessKind
from dermlog.domain.photo import Photo, PhotoFault, PhotoView
from dermlog.domain.staff import Role, Staff
from dermlog.errors import DermlogError, UnusablePhoto
from dermlog.logbook import Logbook, restore_photo
from dermlog.storage.driver import PAGE_SIZE
from tests.makers import StillClock, make_logbook, make_prepared
from tests.storage.contents import KEY, damage, treat

LARGE = 300_000


class Clinic:
    """A closed logbook with a large photo in its backup, and which pages of the file hold it."""

    def __init__(self, folder: Path, key: bytes | None) -> None:
        self.key = key
        folder.mkdir()
        self.content = random.Random(7).randbytes(LARGE)  # noqa: S311 - any bytes will do
        with make_logbook(folder, clock=StillClock(), key=key) as logbook:
            self.path = logbook.path
            visit = treat(logbook, photos=1)
            before = self._pages(logbook)
            prepared = make_prepared(self.content)
            self.photo: Photo = logbook.photos.add(visit.patient_id, visit.id, prepared, PhotoView.FRONT)
            self.middle = (before + self._pages(logbook)) // 2
            self.backups = logbook.backups.back_up().sets[0].folder.parent

    def _pages(self, logbook: Logbook) -> int:
        logbook.rest()
        return self.path.stat().st_size // PAGE_SIZE

    def open(self) -> Logbook:
        """The logbook, open."""
        return Logbook.open(self.path, key=self.key, clock=StillClock())

    def damage(self) -> None:
        """Overwrite a few bytes in the middle of the photo."""
        damage(self.path, self.middle * PAGE_SIZE + 5000, 64)


@pytest.fixture(params=[None, KEY], ids=["open", "locked"])
def clinic(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clinic]:
    """The clinic."""
    yield Clinic(tmp_path / "clinic", request.param)


def is_damaged(logbook: Logbook, photo: Photo) -> bool:
    """Whether some of the three pictures cannot be shown."""
    for read in (logbook.photos.original, logbook.photos.preview, logbook.photos.print_copy):
        try:
            read(photo.id)
        except UnusablePhoto:
            return True
    return False


def test_a_damaged_photo_comes_back_from_the_backup(clinic: Clinic) -> None:
    clinic.damage()
    with clinic.open() as logbook:
        assert is_damaged(logbook, clinic.photo)
        heard: list[frozenset[Change]] = []
        logbook.changes.listen(heard.append)
        restore_photo(logbook, clinic.photo.id)
        assert not is_damaged(logbook, clinic.photo)
        assert logbook.photos.original(clinic.photo.id) == clinic.content
        assert logbook.photos.thumbnail(clinic.photo.id)
        assert logbook.check().ok
        assert logbook.history.verify().ok
        newest = logbook.accesses.page()[0]
        assert newest.kind is AccessKind.CHECKED
        noted = logbook.accesses.newest(AccessKind.PHOTO_RESTORED)
        assert noted is not None and noted.patient_id == clinic.photo.patient_id
        assert any(Change(Noun.PHOTO, clinic.photo.patient_id) in news for news in heard)


def test_a_wrong_thumbnail_comes_back_from_the_records_of_the_backup(clinic: Clinic) -> None:
    with clinic.open() as logbook:
        database = logbook._database
        with database.atomic():
            database.write("UPDATE photo_thumbnail SET jpeg = x'00' WHERE sha256 = ?", (clinic.photo.sha256,))
        with pytest.raises(UnusablePhoto):
            logbook.photos.thumbnail(clinic.photo.id)
        restore_photo(logbook, clinic.photo.id)
        assert logbook.photos.thumbnail(clinic.photo.id)
        assert logbook.check().ok


def test_a_sound_photo_stays_as_it_is_and_nothing_is_noted(clinic: Clinic) -> None:
    shutil.rmtree(clinic.backups)
    with clinic.open() as logbook:
        restore_photo(logbook, clinic.photo.id)
        assert logbook.accesses.newest(AccessKind.PHOTO_RESTORED) is None


def test_without_a_sound_copy_a_sentence_says_so(clinic: Clinic) -> None:
    clinic.damage()
    (pack,) = (clinic.backups / "photos").glob("*.dermlog-photos")
    damage(pack, pack.stat().st_size * 3 // 4)
    with clinic.open() as logbook:
        with pytest.raises(UnusablePhoto) as refused:
            restore_photo(logbook, clinic.photo.id)
        assert refused.value.fault is PhotoFault.NOT_IN_BACKUP
        assert "No backup within reach has this photo" in refused.value.sentence
        assert is_damaged(logbook, clinic.photo)


def test_whoever_may_only_look_changes_nothing(clinic: Clinic) -> None:
    clinic.damage()
    with clinic.open() as logbook:
        viewer = Staff("Vi", Role.VIEWER)
        logbook.staff.save(viewer)
        logbook.act_as(viewer.id)
        with pytest.raises(DermlogError):
            restore_photo(logbook, clinic.photo.id)
        assert is_damaged(logbook, clinic.photo)
