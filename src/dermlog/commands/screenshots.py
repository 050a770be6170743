"""dermlog screenshots LOGBOOK FOLDER: draw every screen without a display, and the report of one patient."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copy2
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.wording import _

if TYPE_CHECKING:
    from dermlog.ui.main_window import MainWindow

LARGEST_COPY = 500_000_000
WIDTH, HEIGHT = 1440, 900
# Long enough for pictures that are read, and for the report that is written, in the background.
SETTLE_SECONDS = 0.6
REPORT_SECONDS = 6.0


def run(arguments: Sequence[str]) -> int:
    """Draw a copy, so that nothing changes; 1 when the logbook or the folder cannot be used."""
    options = parser("screenshots", _("Draw every screen and one report into a folder, without a display."))
    options.add_argument("logbook", type=Path, metavar="LOGBOOK")
    options.add_argument("folder", type=Path, metavar="FOLDER")
    chosen = options.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        with TemporaryDirectory() as folder, _copy(chosen.logbook, Path(folder)) as logbook:
            return _draw(logbook, chosen.folder)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT


def _copy(path: Path, folder: Path) -> Logbook:
    """The logbook opened from a copy: for writing, so that the screens look as they do in use.

    One that somebody has open, or that is too large to copy, is opened for viewing where it lies.
    """
    original = Logbook.open(path, viewing=True)
    if path.stat().st_size > LARGEST_COPY or path.with_name(path.name + "-wal").exists():
        return original
    original.close()
    try:
        return Logbook.open(Path(copy2(path, folder / path.name)))
    except OSError:
        return Logbook.open(path, viewing=True)


def _draw(logbook: Logbook, folder: Path) -> int:
    from dermlog.app import make_application  # noqa: PLC0415 - Qt asks for its platform when it is loaded
    from dermlog.ui.kit import background  # noqa: PLC0415
    from dermlog.ui.main_window import MainWindow  # noqa: PLC0415

    app = make_application()
    window = MainWindow(logbook)
    window.resize(WIDTH, HEIGHT)
    window.show()
    patient_id = _busiest(logbook)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, show in _places(window, logbook, patient_id):
            show()
            until = time.monotonic() + (REPORT_SECONDS if name == "report" else SETTLE_SECONDS)
            while time.monotonic() < until:
                app.processEvents()
                time.sleep(0.01)
            path = folder / f"{name}.png"
            if not window.grab().save(str(path)):
                raise OSError(path)
            say(str(path))
    except OSError:
        complain(_("The pictures cannot be written to {path}. Choose another folder.").format(path=folder))
        return COULD_NOT
    finally:
        window.close()
        background.shutdown()
    if patient_id is not None:
        path = folder / "report.pdf"
        logbook.save_report(patient_id, path)
        say(str(path))
    return DONE


def _busiest(logbook: Logbook) -> UUID | None:
    """The patient with most to show, among the first by name."""
    rows = logbook.patients.search("").rows
    return max(
        (row.id for row in rows),
        key=lambda patient_id: (
            len(logbook.sessions.of_patient(patient_id)) == 2,
            len(logbook.visits.of_patient(patient_id)),
        ),
        default=None,
    )


def _places(
    window: MainWindow, logbook: Logbook, patient_id: UUID | None
) -> list[tuple[str, Callable[[], object]]]:
    """Each picture's name, and how the window gets there."""
    places: list[tuple[str, Callable[[], object]]] = [
        ("today", window.show_today),
        ("patients", window.show_patients),
        ("clinic", window.show_clinic),
    ]
    if patient_id is None:
        return places
    places += [
        ("course", lambda: window.show_patient(patient_id, "course")),
        ("maps", lambda: window.show_patient(patient_id, "maps")),
        ("photos", lambda: window.show_patient(patient_id, "photos")),
        ("history", lambda: window.show_patient(patient_id, "history")),
        ("follow_up", lambda: window.show_follow_up(patient_id)),
    ]
    treatment = next(
        (row for row in logbook.today_board().drafts if row.draft.kind.value == "treatment"), None
    )
    if treatment is not None:
        places.append(("treatment", lambda: window.show_session(treatment.patient.id, treatment.draft.id)))
    else:
        places.append(("treatment", lambda: window.show_session(patient_id)))
    places.append(("report", lambda: window.show_report(patient_id)))
    return places
