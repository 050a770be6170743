"""search.*: from a key press to painted results among 100,000 patients, alone and while photos are stored."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from benchmarks.crowd import name_of
from benchmarks.side_by_side import report_share
from dermlog.domain.clinic import Clinic
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView, PreparedPhoto
from dermlog.domain.staff import Role, Staff
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.ui.patients.patients_screen import PatientsScreen
from environment import BUILD, say

PATIENTS = 100_000
IN_ONE_STEP = 1000
WORDS = 60
NOBODY = 12
PHOTO_BYTES = 7_000_000
PLAIN = Qt.KeyboardModifier.NoModifier


def people() -> Path:
    """The path of a logbook with very many patients and nothing else; written once and kept."""
    path = BUILD / "bench" / f"people-{PATIENTS}.dermlog"
    if path.exists():
        return path
    say(f"Writing a logbook of {PATIENTS} patients, once ...")
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f"begun-{path.name}")
    for leftover in path.parent.glob(f"{begun.name}*"):
        leftover.unlink()
    chance = Random(PATIENTS)  # noqa: S311 - repeatable invented data
    with Logbook.create(begun, Clinic("Bench"), [Staff("Dr Bench", Role.OWNER)]) as logbook:
        for start in range(0, PATIENTS, IN_ONE_STEP):
            with logbook.in_one_step():
                for number in range(start, start + IN_ONE_STEP):
                    logbook.patients.save(_patient(number, chance))
    begun.replace(path)
    return path


def _patient(number: int, chance: Random) -> Patient:
    return Patient(
        chart_number=f"C-{number:06d}",
        family_name=name_of(chance),
        given_name=name_of(chance).removesuffix("dóttir"),
        birth_date=date(2008, 1, 1) - timedelta(days=chance.randint(0, 22_000)),
    )


def typed_texts(logbook: Logbook) -> list[str]:
    """What is typed: names, parts of names, numbers, dates, two names at once, and names that nobody has."""
    chance = Random(7)  # noqa: S311
    texts = []
    for _ in range(WORDS):
        row = chance.choice(logbook.patients.search(name_of(chance)[:4]).rows)
        family, given = row.family_name, row.given_name
        born = row.birth_date or date(1990, 1, 1)
        texts += [
            chance.choice(
                [
                    family[:5],
                    family[2:6],
                    row.chart_number[-4:],
                    f"{born:%d.%m.%Y}",
                    f"{born:%Y-%m}",
                    f"{family[:3]} {given[:3]}",
                    f"{given[:2]} {family[:2]}",
                ]
            )
        ]
    return texts + ["".join(chance.choice("qxwz§9") for _ in range(3)) for _ in range(NOBODY)]


class PaintedAfter(QObject):
    """Notes when a widget was painted last."""

    at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the paint happen, then look at the clock."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            try:
                QApplication.sendEvent(watched, event)
            finally:
                watched.installEventFilter(self)
            self.at = perf_counter()
            return True
        return False


def key_presses(screen: PatientsScreen, texts: list[str]) -> list[float]:
    """Seconds from each key press to the painted list."""
    box = screen.search_box.edit
    painted = PaintedAfter()
    viewport = screen.table.viewport()
    viewport.installEventFilter(painted)
    samples = []
    for text in texts:
        box.clear()
        QApplication.processEvents()
        for character in text:
            pressed = perf_counter()
            QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, 0, PLAIN, character))
            viewport.update()
            while painted.at < pressed:
                QApplication.processEvents()
            samples.append(painted.at - pressed)
    viewport.removeEventFilter(painted)
    return samples


@contextmanager
def storing_photos(logbook: Logbook) -> Iterator[None]:
    """Another thread stores photos of a camera's size all the while."""
    patient = logbook.patients.search("").rows[0]
    visit = Visit(patient.id, logbook.today(), logbook.me.id, logbook.now())
    logbook.visits.save(visit)
    stop = threading.Event()

    def work() -> None:
        with logbook.second_connection() as second:
            while not stop.is_set():
                content = os.urandom(PHOTO_BYTES)
                picture = PreparedPhoto(
                    content,
                    sha256(content).hexdigest(),
                    "JPEG",
                    6000,
                    4000,
                    None,
                    None,
                    content[:350_000],
                    content[:150_000],
                    content[:15_000],
                )
                photo = second.photos.add(patient.id, visit.id, picture, PhotoView.FRONT)
                second.photos.remove(photo.id)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def main() -> None:
    """Measure and print."""
    application = QApplication.instance() or QApplication([])
    # A copy: what is stored meanwhile must not grow the file that is kept.
    path = BUILD / "bench" / "people-in-use.dermlog"
    path.write_bytes(people().read_bytes())
    with Logbook.open(path) as logbook:
        texts = typed_texts(logbook)
        screen = PatientsScreen(logbook)
        screen.resize(1200, 800)
        screen.show()
        screen.search_box.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.processEvents()
        key_presses(screen, texts[:5])
        alone = key_presses(screen, texts)
        report_share("search.key_to_paint", alone, within=0.05, share=0.95)
        with storing_photos(logbook):
            busy = key_presses(screen, texts)
        report_share("search.key_to_paint_while_storing_photos", busy, within=0.05, share=0.95)
        screen.close()
    path.unlink()
    del application


if __name__ == "__main__":
    main()
