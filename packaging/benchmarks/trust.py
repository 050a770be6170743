"""trust.*: what key, history, seals and backups cost a full clinic, and what a typing hand feels of them."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from benchmarks import trust_costs
from benchmarks.crowd import logbook_of
from benchmarks.side_by_side import report_share, report_value, seconds
from dermlog.domain.draft import Draft, DraftKind
from dermlog.domain.identity import new_id
from dermlog.domain.photo import PhotoView, PreparedPhoto
from dermlog.domain.recovery import RecoveryCode
from dermlog.logbook import Logbook, backups_in, restore_backup
from dermlog.logbook.door import local_time
from dermlog.logbook.keys import Unlocked
from dermlog.storage.key_slot import clinic_key
from environment import BUILD, say

PATIENTS = 20_000
DAY_OF_PHOTOS = 40
PHOTO_BYTES = 1_000_000
ROUNDS = 5
EVERY_SECONDS = 0.03
DRAFT_EVERY_MS = 1000
CODE = RecoveryCode(bytes(range(16)))
KEY = clinic_key(CODE)


def main() -> None:
    """Measure and print."""
    # Before anything prints a page, which would make an application without widgets.
    application = QApplication([])
    folder = Path(tempfile.mkdtemp(dir=BUILD / "bench", prefix="trust-"))
    try:
        path = _locked_clinic(folder)
        lesser = Path(shutil.copy(path.parent / "plain" / "Clinic.dermlog", folder / "lesser.dermlog"))
        trust_costs.take_trust_out(lesser)
        trust_costs.measure(lesser, path, KEY)
        # The windows of the openings go now, not while the keys of a typing hand wait behind them.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        lesser.unlink()
        shutil.rmtree(path.parent / "plain")
        with Logbook.open(path, key=KEY) as logbook:
            _measure_backups(logbook)
            _measure_typing(application, logbook)
        _measure_restore(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _locked_clinic(folder: Path) -> Path:
    """The full clinic under a key: backed up without one and restored with it; `plain` is left beside it."""
    from dermlog.storage.restore import restore  # noqa: PLC0415 - a way round the door that only this needs

    plain = folder / "plain"
    plain.mkdir()
    copy = Path(shutil.copy(logbook_of(PATIENTS), plain / "Clinic.dermlog"))
    with Logbook.open(copy) as logbook:
        (one,) = logbook.backups.back_up(force=True).sets
        photos = logbook.today_board().counts.photos
    path = folder / "Clinic.dermlog"
    restore(one, path, KEY, local_time(), backup_key=None)
    # As every locked clinic has: without slots each opening would look for spare ones among the backups.
    with Logbook.open(path, key=KEY) as logbook:
        logbook.keys.set_password(logbook.me.id, "four invented words here", Unlocked(KEY, CODE, None))
    say(f"trust: {one.patients} patients, {one.entries} entries, {photos} photos")
    return path


def _measure_backups(logbook: Logbook) -> None:
    logbook.backups.back_up(force=True)
    times = [seconds(lambda: logbook.backups.back_up(force=True)) for _round in range(ROUNDS)]
    report_value("trust.records_backup", times, unit="s", goal="at most 10 s")
    newest = logbook.backups.sets()[0]
    size = logbook.path.stat().st_size / 1e6
    say(f"trust.records_size = {newest.records_bytes / 1e6:.0f} MB of {size:.0f} MB")
    proofs = [seconds(logbook.backups.drill) for _round in range(2)]
    report_value("trust.trial_restore", proofs, unit="s", goal="at most 60 s")
    _add_photos(logbook, DAY_OF_PHOTOS)
    took = seconds(lambda: logbook.backups.back_up(force=True))
    say(f"trust.day_of_photos = {took:.2f} s for {DAY_OF_PHOTOS} new photos of 1 MB with the records")


def _patient(logbook: Logbook) -> UUID:
    """A treated one of the crowd."""
    found = logbook.patients.by_chart_number("C-000400")
    if found is None:
        raise SystemExit("trust: the crowd has no patient C-000400")
    return found.id


def _add_photos(logbook: Logbook, count: int) -> None:
    import hashlib  # noqa: PLC0415 - here only

    visit = logbook.visits.of_patient(_patient(logbook))[0]
    for _number in range(count):
        content = os.urandom(PHOTO_BYTES)
        prepared = PreparedPhoto(
            original=content,
            sha256=hashlib.sha256(content).hexdigest(),
            format="JPEG",
            width=4000,
            height=6000,
            taken_at=None,
            taken_offset_minutes=None,
            preview=content[:200_000],
            print_copy=content[:90_000],
            thumbnail=content[:15_000],
        )
        logbook.photos.add(visit.patient_id, visit.id, prepared, PhotoView.OTHER)


class _Box(QLineEdit):
    """A text box that notes how long each key waited."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[float] = []
        self.waited: list[float] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key, and the time since it was sent."""
        super().keyPressEvent(event)
        self.waited.append(time.perf_counter() - self.sent[len(self.waited)])


def _typing(application: QApplication, logbook: Logbook, work: Callable[[], object]) -> list[float]:
    """How long each key waits while work goes on in a thread and a draft is saved every second."""
    box = _Box()
    box.resize(600, 40)
    box.show()
    done = threading.Event()
    patient = _patient(logbook)
    draft = Draft(
        new_id(), patient, DraftKind.FOLLOW_UP, logbook.today(), '{"note": "x"}', logbook.me.id, logbook.now()
    )
    saver = QTimer()
    saver.timeout.connect(lambda: logbook.drafts.save(draft))
    saver.start(DRAFT_EVERY_MS)

    # The first event makes the keyboard it comes from, which belongs to this thread.
    QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")

    def hand() -> None:
        while not done.wait(EVERY_SECONDS):
            box.sent.append(time.perf_counter())
            event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
            QCoreApplication.postEvent(box, event)

    def job() -> None:
        try:
            work()
        finally:
            done.set()

    threads = [threading.Thread(target=hand), threading.Thread(target=job)]
    for thread in threads:
        thread.start()
    watcher = QTimer()
    watcher.timeout.connect(lambda: application.quit() if done.is_set() else None)
    watcher.start(20)
    application.exec()
    for thread in threads:
        thread.join()
    return box.waited


def _measure_typing(application: QApplication, logbook: Logbook) -> None:
    waited = _typing(application, logbook, lambda: time.sleep(4))
    report_share("trust.key_at_rest", waited, within=0.05, share=1)
    waited = _typing(
        application, logbook, lambda: [logbook.backups.back_up(force=True) for _round in range(ROUNDS)]
    )
    report_share("trust.key_while_backing_up", waited, within=0.05, share=1)


def _measure_restore(folder: Path) -> None:
    (one, *_older) = backups_in(folder)
    target = folder / "again" / "Clinic.dermlog"
    target.parent.mkdir()
    restored = restore_backup(one, target, key=KEY, now=local_time())
    size, lacking = target.stat().st_size / 1e6, restored.missing_photos
    say(f"trust.restore = {restored.seconds:.1f} s for {size:.0f} MB, {lacking} photos missing")


if __name__ == "__main__":
    main()
