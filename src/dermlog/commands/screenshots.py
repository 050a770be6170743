"""dermlog screenshots LOGBOOK FOLDER: draw every screen without a display, and the report of one patient."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.commands.unlocking import key_of, locked_help
from dermlog.domain.access import AccessKind
from dermlog.domain.draft import DraftKind
from dermlog.domain.permission import Action
from dermlog.domain.staff import Role
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook, note_while_shut
from dermlog.logbook.copying import copy_closed
from dermlog.wording import _

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication, QWidget

    from dermlog.ui.lock.keeper import LockKeeper
    from dermlog.ui.main_window import MainWindow

WIDTH, HEIGHT = 1440, 900
PAGE_DPI = 96.0
QUIET_MS, LONGEST_MS = 250, 8000
"""A screen is complete when no work is under way and nothing changes; what never rests is taken as it is."""


def run(arguments: Sequence[str]) -> int:
    """Open and draw; 1 when the logbook or the folder cannot be used."""
    options = parser(
        "screenshots", _("Draw every screen and one report into a folder, without a display."), locked_help()
    )
    options.add_argument("logbook", type=Path, metavar="LOGBOOK")
    options.add_argument("folder", type=Path, metavar="FOLDER")
    chosen = options.parse_args(arguments)
    # Qt asks for its platform when it is first loaded, and nothing has loaded it yet.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        with _opened(chosen.logbook) as logbook:
            chosen.folder.mkdir(parents=True, exist_ok=True)
            _draw(logbook, chosen.folder)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    except OSError:
        complain(
            _("The pictures cannot be written to {path}. Choose another folder.").format(path=chosen.folder)
        )
        return COULD_NOT
    return DONE


@contextmanager
def _opened(path: Path) -> Iterator[Logbook]:
    """A copy of a sample, with every button alive; real records where they are, for viewing only.

    Real ones are drawn as whoever unlocked them may see them, and it is put on record.
    """
    unlocked = key_of(path)
    key = None if unlocked is None else unlocked.key
    with Logbook.open(path, key=key, viewing=True) as viewed:
        if not viewed.clinic.get().is_sample:
            who = None if unlocked is None else unlocked.staff_id
            if unlocked is not None:
                viewed.keys.admit(unlocked)
            note_while_shut(path, AccessKind.EXPORTED, who, viewed.now())
            yield viewed
            return
    with TemporaryDirectory() as folder, Logbook.open(copy_closed(path, Path(folder)), key=key) as logbook:
        yield logbook


def _draw(logbook: Logbook, folder: Path) -> None:
    from dermlog.app import make_application  # noqa: PLC0415 - a wrong call must not wait for Qt
    from dermlog.ui.kit import background, theme  # noqa: PLC0415
    from dermlog.ui.lock.protection import protect  # noqa: PLC0415
    from dermlog.ui.main_window import MainWindow  # noqa: PLC0415

    app = make_application()
    app.setCursorFlashTime(0)
    _act_as_owner(logbook)
    window = MainWindow(logbook)
    window.resize(WIDTH, HEIGHT)
    window.show()
    keeper = protect(window, logbook)
    patient_id = _busiest(logbook)
    try:
        for mode in (theme.Mode.LIGHT, theme.Mode.DARK):
            theme.apply(app, mode)
            for name, show in _places(window, logbook, patient_id):
                show()
                _save(_settled(app, window), folder / f"{name}-{mode.value}.png")
        if patient_id is not None:
            _draw_report(logbook, patient_id, folder)
        if keeper is not None:
            _draw_lock(app, window, keeper, folder)
    finally:
        window.close()
        background.shutdown()


def _act_as_owner(logbook: Logbook) -> None:
    """In a sample whoever may see everything, so that no screen is empty; never with real records."""
    if not logbook.clinic.get().is_sample:
        return
    owners = [person for person in logbook.staff.all() if person.role is Role.OWNER]
    if owners and not logbook.may(Action.SEE_ACTIVITY):
        logbook.act_as(owners[0].id)


def _draw_lock(app: QApplication, window: MainWindow, keeper: LockKeeper, folder: Path) -> None:
    """Signing in, and the cover with the way back in; the key is gone after this."""
    from PySide6.QtGui import QPainter  # noqa: PLC0415

    from dermlog.ui.kit import theme  # noqa: PLC0415
    from dermlog.ui.sign_in.lock_door import door_of  # noqa: PLC0415
    from dermlog.ui.sign_in.sign_in_dialog import SignInDialog  # noqa: PLC0415

    door = door_of(window.logbook().path)
    keeper.lock()
    for mode in (theme.Mode.LIGHT, theme.Mode.DARK):
        theme.apply(app, mode)
        start = SignInDialog(door)
        start.show()
        _save(_settled(app, start), folder / f"sign-in-{mode.value}.png")
        start.close()
        start.deleteLater()
        picture = _settled(app, window)
        if keeper.dialog is not None:
            over = _settled(app, keeper.dialog)
            painter = QPainter(picture)
            painter.drawImage(
                (picture.width() - over.width()) // 2, (picture.height() - over.height()) // 2, over
            )
            painter.end()
        _save(picture, folder / f"lock-{mode.value}.png")


def _busiest(logbook: Logbook) -> UUID | None:
    """Among the first patients by name the one with most to show: two treatments fill a report best."""
    return max(
        (row.id for row in logbook.patients.search("").rows),
        key=lambda patient_id: (
            len(logbook.sessions.of_patient(patient_id)) == 2,
            len(logbook.visits.of_patient(patient_id)),
        ),
        default=None,
    )


def _places(
    window: MainWindow, logbook: Logbook, patient_id: UUID | None
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each picture's name, and how the window gets there."""
    yield "today", window.show_today
    yield "patients", window.show_patients
    yield "clinic", window.show_clinic
    yield "lots", window.show_lots
    yield "logbook", window.show_backup
    yield "activity", window.show_activity
    if patient_id is None:
        return
    for tab in ("course", "maps", "photos", "history"):
        yield f"patient-{tab}", partial(window.show_patient, patient_id, tab)
    sessions = logbook.sessions.of_patient(patient_id)
    if sessions and not logbook.read_only:
        yield "amend", lambda: window.show_amendment(patient_id, sessions[-1].id)
    drafts = [row for row in logbook.today_board().drafts if row.draft.kind is DraftKind.TREATMENT]
    treated, draft_id = (drafts[0].patient.id, drafts[0].draft.id) if drafts else (patient_id, None)
    yield "session", lambda: _show_session(window, treated, draft_id, "map")
    yield "checks", lambda: _show_session(window, treated, draft_id, "checks")
    yield "follow-up", lambda: window.show_follow_up(patient_id)
    yield "report", lambda: window.show_report(patient_id)


def _show_session(window: MainWindow, patient_id: UUID, draft_id: UUID | None, page: str) -> None:
    """A treatment on one of its pages: a draft would come back on the page where it was left."""
    from dermlog.ui.session.session_screen import SessionScreen  # noqa: PLC0415

    window.show_session(patient_id, draft_id)
    front = window.screen_shown()
    if isinstance(front, SessionScreen):
        front.show_page(page)


def _settled(app: QApplication, window: QWidget) -> QImage:
    """The window once nothing in it changes any more: pictures are read and drawn in the background."""
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415

    from dermlog.ui.kit import background  # noqa: PLC0415

    picture = window.grab().toImage()
    for _turn in range(LONGEST_MS // QUIET_MS):
        loop = QEventLoop(app)
        QTimer.singleShot(QUIET_MS, loop.quit)
        loop.exec()
        before, picture = picture, window.grab().toImage()
        if before == picture and not background.is_busy():
            break
    return picture


def _save(picture: QImage, path: Path) -> None:
    if not picture.save(str(path)):
        raise OSError(path)
    say(str(path))


def _draw_report(logbook: Logbook, patient_id: UUID, folder: Path) -> None:
    """The report as a PDF, and its pages as pictures."""
    from PySide6.QtGui import QImage  # noqa: PLC0415

    from dermlog.logbook.printed_report import print_report, write_file  # noqa: PLC0415

    report = print_report(logbook.progress_report(patient_id))
    path = folder / "report.pdf"
    write_file(report.pdf, path)
    say(str(path))
    for number in range(len(report.pages)):
        drawn = report.picture(number, PAGE_DPI)
        picture = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
        _save(picture, folder / f"report-page-{number + 1}.png")
