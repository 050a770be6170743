"""photos.*: importing 24-megapixel photos, durable, against read + hash + scaled decode on two threads."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import queue
import random
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops

from benchmarks.side_by_side import report_ratio, seconds, side_by_side_of
from dermlog.domain.clinic import Clinic
from dermlog.domain.patient import Patient
from dermlog.domain.photo import Photo
from dermlog.domain.staff import Role, Staff
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.logbook.door import local_time
from environment import BUILD, say

FOLDER = BUILD / "bench" / "photos"
PHOTOS = 12
SIZE = (6000, 4000)
_numbers = itertools.count()


def camera_photo() -> bytes:
    """A JPEG as a 24-megapixel camera writes it: about 7 MB, quality 93, 4:2:2, with sensor noise."""
    chance = random.Random(24)  # noqa: S311
    soft = Image.frombytes("RGB", (300, 200), chance.randbytes(300 * 200 * 3))
    picture = soft.resize(SIZE, Image.Resampling.BICUBIC)
    tile = Image.frombytes("L", (1000, 1000), chance.randbytes(1_000_000)).point(
        [v // 40 for v in range(256)]
    )
    noise = Image.new("L", SIZE)
    for left in range(0, SIZE[0], 1000):
        for top in range(0, SIZE[1], 1000):
            noise.paste(tile, (left, top))
    out = io.BytesIO()
    picture = ImageChops.add(picture, Image.merge("RGB", (noise, noise, noise)))
    picture.save(out, "JPEG", quality=93, subsampling=1)
    return out.getvalue()


def fresh_files(photo: bytes) -> list[Path]:
    """Files that differ in a comment, so that none is known to the logbook already."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    files = []
    for _ in range(PHOTOS):
        number = next(_numbers)
        path = FOLDER / f"IMG_{number:04}.jpg"
        path.write_bytes(photo[:2] + b"\xff\xfe\0\x0c" + b"%010d" % number + photo[2:])
        files.append(path)
    if hasattr(os, "sync"):
        os.sync()  # what was just written must not be paid for by the import
    return files


def floor(files: Sequence[Path]) -> None:
    """The least that any import must do: read, hash and decode at an eighth, on two threads."""
    waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for path in files:
        waiting.put(path)

    def work() -> None:
        while True:
            try:
                data = waiting.get_nowait().read_bytes()
            except queue.Empty:
                return
            hashlib.sha256(data).digest()
            with Image.open(io.BytesIO(data)) as picture:
                picture.draft("RGB", (SIZE[0] // 8, SIZE[1] // 8))
                picture.load()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class PhotoLogbook:
    """A logbook with one patient and one visit, for photos to go into."""

    def __init__(self, path: Path) -> None:
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        owner = Staff("Dr Bench", Role.OWNER)
        self._logbook = Logbook.create(path, Clinic(name="Bench"), [owner])
        self._patient = Patient("B-1", "Bench")
        self._logbook.patients.save(self._patient)
        now = local_time()
        self._visit = Visit(self._patient.id, now.date(), owner.id, now)
        self._logbook.visits.save(self._visit)

    def import_files(self, files: Sequence[Path]) -> None:
        """What the window does: start the decoders, prepare, store each photo durably."""
        with self._logbook.photos.importer() as importer:
            results = list(importer.add_files(self._patient.id, self._visit.id, files))
        if len(results) != len(files) or not all(isinstance(result, Photo) for result in results):
            raise SystemExit(f"photos: not every photo was stored: {results}")

    def close(self) -> None:
        """Close the file and remove it."""
        self._logbook.close()
        self._logbook.path.unlink()


def main() -> None:
    """Measure and print."""
    say("Making a photo of 24 megapixels ...")
    photo = camera_photo()
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    logbook = PhotoLogbook(FOLDER.parent / "photos.dermlog")
    files: list[Path] = []

    def floor_seconds() -> float:
        files[:] = fresh_files(photo)
        return seconds(lambda: floor(files)) / PHOTOS

    def import_seconds() -> float:
        return seconds(lambda: logbook.import_files(files)) / PHOTOS

    try:
        ratio = side_by_side_of(floor_seconds, import_seconds, rounds=9, limit=18)
    finally:
        logbook.close()
        shutil.rmtree(FOLDER, ignore_errors=True)
    report_ratio("photos.import", ratio, at_most=2.5)


if __name__ == "__main__":
    main()
