"""T14: 200 pictures marked in every corner leave by photo, ZIP, folder and PDF without a mark.

There is no fourth way out: nothing in dermlog puts a picture on the clipboard.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from PIL import PngImagePlugin

from dermlog.domain.consent import ConsentKind
from dermlog.domain.photo import PhotoView, PreparedPhoto
from dermlog.logbook import Logbook
from dermlog.photos.bare_jpeg import is_bare
from dermlog.photos.prepare import Preparer
from tests.makers import TODAY, make_consent, make_logbook, make_patient, make_visit
from tests.photos import makers

pytestmark = pytest.mark.usefixtures("qapp")
COUNT = 200
KINDS = ("jpeg", "png", "tiff", "webp", "heic")


def _marked(number: int) -> bytes:
    """One picture with the mark wherever its format can carry a text; each of another size and turn."""
    chance = random.Random(number)  # noqa: S311
    kind, turn = KINDS[number % len(KINDS)], chance.randrange(1, 9)
    picture = makers.corners(160 + number, 120)
    block = makers.exif(turn, "2026:03:20 09:05:00", marked=True)
    if kind == "png":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", makers.MARK, zip=bool(number % 2))
        texts.add_itxt("XML:com.adobe.xmp", makers.xmp().decode())
        return makers.encoded(picture, "PNG", pnginfo=texts, exif=block, icc_profile=makers.marked_profile())
    if kind == "tiff":
        return makers.encoded(picture, "TIFF", exif=block, description=makers.MARK, software=makers.MARK)
    if kind == "webp":
        return makers.encoded(
            picture, "WEBP", exif=block, xmp=makers.xmp(), icc_profile=makers.marked_profile()
        )
    if kind == "heic":
        return makers.heic(
            picture, exif=block.tobytes(), xmp=makers.xmp(), icc_profile=makers.marked_profile()
        )
    plain = makers.encoded(
        picture,
        exif=block,
        comment=makers.MARK.encode(),
        icc_profile=makers.marked_profile(),
        xmp=makers.xmp(),
        progressive=bool(number % 2),
    )
    more = [makers.iptc_segment(), makers.segment(0xE2 + number % 12, makers.MARK.encode())]
    return makers.with_segments(plain, *more) + makers.MARK.encode() * (number % 4)


@pytest.fixture(scope="module")
def marked() -> Mapping[int, PreparedPhoto]:
    """All of them, ready to be stored."""
    with Preparer(children=2) as preparer:
        sources = [_marked(number) for number in range(COUNT)]
        found = {one.position: one.photo for one in preparer.prepare_many(sources)}
    assert len(found) == COUNT
    return {number: photo for number, photo in found.items() if photo is not None}


@pytest.fixture(scope="module")
def logbook(
    marked: Mapping[int, PreparedPhoto], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    """One patient with all of them, twenty at a visit."""
    made = make_logbook(tmp_path_factory.mktemp("marks"))
    patient = make_patient()
    made.patients.save(patient)
    made.consents.save(make_consent(patient, kind=ConsentKind.PHOTO_RECORD))
    views = list(PhotoView)
    for number, photo in sorted(marked.items()):
        if number % 20 == 0:
            visit = make_visit(patient, TODAY - timedelta(days=7 * (COUNT - number) // 20))
            made.visits.save(visit)
        made.photos.add(patient.id, visit.id, photo, views[number % len(views)], f"DSC_{number}.jpg")
    yield made
    made.close()


def test_every_one_of_them_was_marked_and_taken(marked: Mapping[int, PreparedPhoto]) -> None:
    assert len(marked) == COUNT
    assert all(makers.carries_mark(photo.original) for photo in marked.values())


def test_what_is_shown_and_printed_carries_none(marked: Mapping[int, PreparedPhoto]) -> None:
    for photo in marked.values():
        for copy in (photo.preview, photo.print_copy, photo.thumbnail):
            assert is_bare(copy) and not makers.carries_mark(copy)


@pytest.mark.parametrize("as_zip", [True, False])
def test_what_is_exported_carries_none(logbook: Logbook, tmp_path: Path, as_zip: bool) -> None:
    (row,) = logbook.patients.search("").rows
    target = tmp_path / "one"
    exported = logbook.leaving.export_patient(row.id, target, as_zip=as_zip)
    assert (exported.photos, exported.photos_unreadable) == (COUNT, 0)
    if as_zip:
        assert target.read_bytes().count(b"Exif") == 0
        with zipfile.ZipFile(target) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    else:
        files = {
            path.relative_to(target).as_posix(): path.read_bytes()
            for path in target.rglob("*")
            if path.is_file()
        }
    photos = {name: content for name, content in files.items() if name.startswith("photos/")}
    assert len(photos) == COUNT
    for name, content in photos.items():
        assert is_bare(content) and not makers.carries_mark(content), name
        assert re.fullmatch(r"photos/2026-\d\d-\d\d_[a-z0-9_]+_[0-9a-f-]{36}\.jpg", name)
    assert not [name for name, content in files.items() if makers.carries_mark(content)]


def test_the_printed_report_carries_none(logbook: Logbook) -> None:
    (row,) = logbook.patients.search("").rows
    pdf = logbook.report_pdf(row.id)
    assert not makers.carries_mark(pdf)
    pictures = 0
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                raw = thing.read_raw_bytes()
                pictures += raw.startswith(b"\xff\xd8")
                assert not makers.carries_mark(raw)
                if not raw.startswith(b"\xff\xd8"):
                    assert not makers.carries_mark(thing.read_bytes())
    assert pictures >= 2
