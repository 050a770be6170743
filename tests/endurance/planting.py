"""A program that fills a locked clinic with planted texts and pictures, uses all of it, and is then killed.

Arguments: a folder, a seed, how many texts, how many pictures, and "locked" or "open". Home and temporary
folder are below the folder, so that all it ever wrote is there.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from dermlog.domain.clinic import Clinic
from dermlog.domain.photo import PhotoView
from dermlog.domain.recovery import RecoveryCode
from dermlog.logbook import Logbook, restore_backup, unlock
from tests.makers import (
    DOCTOR,
    NURSE,
    TODAY,
    StillClock,
    make_draft,
    make_patient,
    make_prepared,
    make_session,
    make_template,
    make_visit,
)

PASSWORD = "planted password kvetch 77"  # noqa: S105 - of a clinic that never was


def texts_of(seed: int, count: int) -> list[str]:
    """The planted texts; letters only, so that no form of them is spelt differently."""
    chance = Random(f"texts {seed}")  # noqa: S311 - repeatable
    return ["Zq" + "".join(chance.choices("bcdfghjkmnprstvwxz", k=14)) for _ in range(count)]


def pictures_of(seed: int, count: int) -> list[bytes]:
    """The planted pictures."""
    chance = Random(f"pictures {seed}")  # noqa: S311 - repeatable
    return [chance.randbytes(chance.randint(3_000, 60_000)) for _ in range(count)]


def code_of(seed: int) -> RecoveryCode:
    """The recovery code of the clinic."""
    return RecoveryCode(Random(f"code {seed}").randbytes(16))  # noqa: S311 - repeatable


def main(folder: str, seed: str, texts: str, pictures: str, how: str) -> None:
    """Plant, use and end without a goodbye."""
    place = Path(folder)
    clock = StillClock()
    path = place / "clinic" / "Clinic.dermlog"
    path.parent.mkdir()
    clinic, people = Clinic(name="Skin Clinic"), [DOCTOR, NURSE]
    if how == "locked":
        logbook = Logbook.create_locked(
            path, clinic, people, {DOCTOR.id: PASSWORD}, code_of(int(seed)), clock=clock
        )
    else:
        logbook = Logbook.create(path, clinic, people, clock=clock)
    words = texts_of(int(seed), int(texts))
    _plant(logbook, words, pictures_of(int(seed), int(pictures)))
    _show(logbook, words)
    stick = place / "stick"
    stick.mkdir()
    logbook.backups.back_up(force=True)
    logbook.backups.drill()
    logbook.backups.copy_everything(stick)
    clock.move(timedelta(hours=1))
    one = logbook.backups.sets()[0]
    key = logbook.backups.key
    if how == "locked":
        logbook.lock()
        logbook.unlock(unlock(path, DOCTOR.id, PASSWORD))
    logbook.close()
    restore_backup(one, path, key=key, now=clock.now)
    logbook = Logbook.open(path, key=key, clock=clock)
    patient = logbook.patients.get(logbook.patients.search("").rows[0].id)
    logbook.patients.save(replace(patient, note=words[0]))
    # The last entry still lies in the write-ahead log when the program ends.
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)


def _plant(logbook: Logbook, words: list[str], pictures: list[bytes]) -> None:
    product = logbook.products.all()[0]
    for number in range(0, len(words), 5):
        name, given, note, lot, draft = (words[number:] + words)[:5]
        patient = make_patient(family_name=name, given_name=given, note=note, chart_number=f"C-{draft}")
        logbook.patients.save(patient)
        visit = make_visit(patient, TODAY - timedelta(days=number), note=note)
        signed = logbook.sessions.sign(visit, make_session(visit, product, lot=lot))
        logbook.sessions.amend(replace(signed, lot=lot + "2"), note)
        logbook.drafts.save(make_draft(patient, content=f'{{"note": "{draft}"}}'))
        logbook.templates.save(make_template(product, name=draft))
        for picture in pictures[number : number + 5]:
            logbook.photos.add(patient.id, visit.id, make_prepared(picture), PhotoView.FRONT, f"{name}.jpg")
    logbook.rest()


def _show(logbook: Logbook, words: list[str]) -> None:
    """A window on it, with settings, a log, and an error that has a name in its words."""
    from dermlog.app import make_application, start_log
    from dermlog.ui import preferences
    from dermlog.ui.kit import crash
    from dermlog.ui.main_window import MainWindow

    application = make_application()
    start_log()
    preferences.remember_logbook(logbook.path)
    window = MainWindow(logbook)
    window.show()
    application.processEvents()
    for word in words[:25:5]:
        logbook.patients.search(word)
        logbook.report_pdf(logbook.patients.search(word).rows[0].id)
    try:
        raise ValueError(words[0])
    except ValueError as error:
        crash.write_to_log(type(error), error.__traceback__)
    preferences.remember_window(window.saveGeometry())
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(*sys.argv[1:])
