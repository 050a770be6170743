"""report.*: how long the report of 4 pages with 8 photos takes, and its size, against a canvas with 8 JPEGs.

The floor writes the same JPEGs, passed through as they are, on four otherwise empty pages. The photos are
drawn ones with the noise of a sensor added, so that their print copies weigh what those of a camera weigh.
"""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.side_by_side import ratio_of, report_ratio, side_by_side
from environment import BUILD, say

if TYPE_CHECKING:
    from dermlog.logbook import Logbook

PHOTOS, PAGES = 8, 4
LONGEST_SIDE = 945
LOGBOOK = BUILD / "bench" / "report.dermlog"


def _facts() -> object:
    """The report of a sample patient with two treatments, with a pair of photos in each of four views."""
    from dermlog.domain.photo import PhotoView  # noqa: PLC0415 - after Qt knows its platform
    from dermlog.report.facts import PhotoPair  # noqa: PLC0415

    with _sample() as logbook:
        rows = logbook.patients.search("").rows
        chosen = next(row for row in rows if len(logbook.sessions.of_patient(row.id)) == 2)
        facts = logbook.progress_report(chosen.id)
        drawn = [
            photo for pair in facts.photo_pairs for photo in (pair.before, pair.now) if photo is not None
        ]
        photos = [
            replace(drawn[number % len(drawn)], jpeg=_noisy(drawn[number % len(drawn)].jpeg, 18 + number / 8))
            for number in range(PHOTOS)
        ]
    views = (PhotoView.FRONT, PhotoView.RIGHT_45, PhotoView.LEFT_45, PhotoView.FOREHEAD)
    pairs = tuple(
        PhotoPair(view, photos[2 * number], photos[2 * number + 1]) for number, view in enumerate(views)
    )
    return replace(facts, photo_pairs=pairs)


def _sample() -> Logbook:
    """A sample logbook of one patient, written anew when there is none that this version can read."""
    from dermlog.demo import write_sample  # noqa: PLC0415 - after Qt knows its platform
    from dermlog.errors import LogbookNotOpened  # noqa: PLC0415
    from dermlog.logbook import Logbook  # noqa: PLC0415

    LOGBOOK.parent.mkdir(parents=True, exist_ok=True)
    try:
        return Logbook.open(LOGBOOK, viewing=True)
    except LogbookNotOpened:
        say("Writing a sample logbook ...")
    for leftover in LOGBOOK.parent.glob(f"{LOGBOOK.name}*"):
        leftover.unlink()
    write_sample(LOGBOOK, patients=1)
    return Logbook.open(LOGBOOK, viewing=True)


def _noisy(jpeg: bytes, spread: float) -> bytes:
    """The same picture with the grain of a sensor."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(jpeg)) as picture:
        picture.load()
        grain = Image.effect_noise(picture.size, spread).convert("L")
        mixed = Image.blend(picture.convert("RGB"), Image.merge("RGB", (grain, grain, grain)), 0.12)
    target = io.BytesIO()
    mixed.save(target, "JPEG", quality=85)
    return target.getvalue()


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from reportlab import rl_config  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    from dermlog.report.facts import ReportFacts  # noqa: PLC0415
    from dermlog.report.page_pictures import page_sizes  # noqa: PLC0415
    from dermlog.report.progress_report import write_pdf  # noqa: PLC0415

    rl_config.useA85 = 0
    facts = _facts()
    if not isinstance(facts, ReportFacts):
        raise SystemExit("report: the sample logbook has no patient to report on")
    jpegs = [
        photo.jpeg for pair in facts.photo_pairs for photo in (pair.before, pair.now) if photo is not None
    ]
    folder = BUILD / "bench" / "report-photos"
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for number, jpeg in enumerate(jpegs):
        path = Path(folder) / f"{number}.jpg"
        path.write_bytes(jpeg)
        names.append(str(path))

    def floor() -> bytes:
        target = io.BytesIO()
        canvas = Canvas(target, pageCompression=1, invariant=1)
        for page in range(PAGES):
            for place in range(PHOTOS // PAGES):
                canvas.drawImage(names[page * PHOTOS // PAGES + place], 40 + 240 * place, 400, 227, 303)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    def product() -> bytes:
        return write_pdf(facts)

    floor()
    pages = len(page_sizes(product()))
    if pages != PAGES:
        say(f"report: the sample's report has {pages} pages, not {PAGES}")
    report_ratio("report.time", side_by_side(floor, product), at_most=10)
    sizes = ratio_of([(float(sum(map(len, jpegs))), float(len(product())))] * 2)
    report_ratio("report.size", sizes, at_most=1.1, unit="kB", scale=0.001)


if __name__ == "__main__":
    main()
