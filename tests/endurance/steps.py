"""What a clinic does in one step, each told once it is saved; the names are those of the plan's workflows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from dermlog.domain.photo import PhotoView
from dermlog.domain.recovery import RecoveryCode
from dermlog.logbook import Logbook, Unlocked, import_export, restore_backup
from dermlog.storage.backup_files import sync, sync_folder
from tests.endurance.scene import KEY, Scene
from tests.makers import (
    DOCTOR,
    TODAY,
    make_draft,
    make_patient,
    make_prepared,
    make_session,
    make_site,
    make_visit,
)

OLD_FILE = Path(__file__).parents[1] / "old_files" / "format_1.dermlog"
OLD_COPY = "Old.dermlog"
IMPORTED = "Imported.dermlog"

Step = Callable[[Scene], None]


def save_patient(scene: Scene) -> None:
    """A new patient, then a correction."""
    patient = make_patient(family_name="New")
    scene.logbook.patients.save(patient)
    scene.tell(f"patient {patient.id} New")
    scene.logbook.patients.save(replace(patient, family_name="Corrected"))
    scene.tell(f"patient {patient.id} Corrected")


def save_visit(scene: Scene) -> None:
    """A follow-up, then corrections of it."""
    visit = make_visit(scene.patient, TODAY - timedelta(days=scene.chance.randint(0, 300)))
    scene.logbook.visits.save(visit)
    scene.tell(f"visit {visit.id} 0")
    for number in (1, 2):
        scene.logbook.visits.save(replace(visit, note=str(number)))
        scene.tell(f"visit {visit.id} {number}")


def save_draft(scene: Scene) -> None:
    """A draft that grows as somebody types, and sometimes is recorded."""
    draft = make_draft(scene.patient, content="0")
    scene.logbook.drafts.save(draft)
    scene.tell(f"draft {draft.id} 0")
    for number in range(1, 4):
        scene.logbook.drafts.save(replace(draft, content=str(number)))
        scene.tell(f"draft {draft.id} {number}")
    if scene.chance.random() < 0.5:
        scene.tell(f"may-end {draft.id}")
        scene.logbook.visits.save(make_visit(scene.patient, id=draft.id, note="0"))
        scene.tell(f"visit {draft.id} 0")


def add_photo(scene: Scene) -> None:
    """Photos of very different sizes with a visit."""
    visit = make_visit(scene.patient, TODAY - timedelta(days=scene.chance.randint(0, 300)))
    scene.logbook.visits.save(visit)
    for _number in range(3):
        content = scene.chance.randbytes(scene.chance.randint(200, 200_000))
        photo = scene.logbook.photos.add(visit.patient_id, visit.id, make_prepared(content), PhotoView.FRONT)
        scene.tell(f"photo {photo.id} {sha256(content).hexdigest()}")


def sign(scene: Scene) -> None:
    """A session of 12 points and a photo in one step."""
    visit = make_visit(scene.patient, TODAY - timedelta(days=scene.chance.randint(0, 300)))
    session = make_session(
        visit, scene.logbook.products.all()[0], sites=tuple(make_site() for _ in range(12))
    )
    content = scene.chance.randbytes(scene.chance.randint(200, 100_000))
    with scene.logbook.in_one_step():
        scene.logbook.sessions.sign(visit, session)
        scene.logbook.photos.add(visit.patient_id, visit.id, make_prepared(content), PhotoView.FRONT)
    scene.tell(f"session {session.id}")


def amend(scene: Scene) -> None:
    """A signed session, amended; every other one is then void."""
    visit = make_visit(scene.patient, TODAY - timedelta(days=scene.chance.randint(0, 300)))
    session = make_session(
        visit, scene.logbook.products.all()[0], sites=tuple(make_site() for _ in range(12))
    )
    signed = scene.logbook.sessions.sign(visit, session)
    scene.tell(f"session {signed.id}")
    scene.tell(f"may-end {signed.id}")
    amended = scene.logbook.sessions.amend(replace(signed, lot="C4822"), "wrong lot")
    scene.tell(f"session {amended.id}")
    if scene.chance.random() < 0.5:
        scene.tell(f"may-end {amended.id}")
        scene.logbook.sessions.void(amended.id, "entered twice")


def rest(scene: Scene) -> None:
    """Save, and fold the write-ahead log in as in an idle moment."""
    save_visit(scene)
    scene.logbook.rest()


def open_and_close(scene: Scene) -> None:
    """Save, and close the logbook."""
    save_visit(scene)
    scene.close()


def back_up(scene: Scene) -> None:
    """A session with a photo, then a backup half an hour later."""
    _beyond_the_newest_backup(scene)
    sign(scene)
    (one,) = scene.logbook.backups.back_up().sets
    scene.tell(f"backup {one.folder.name}")


def restore(scene: Scene) -> None:
    """The newest backup takes the place of the logbook, which it equals."""
    back_up(scene)
    one = scene.logbook.backups.sets()[0]
    scene.close()
    restore_backup(one, scene.path, key=scene.key, now=scene.clock.now)


def copy_everything(scene: Scene) -> None:
    """The whole logbook as one file on a stick."""
    stick = scene.folder / "stick"
    stick.mkdir(exist_ok=True)
    save_visit(scene)
    whole = scene.logbook.backups.copy_everything(stick)
    with suppress(OSError):  # the disk refuses this test, not the program
        whole.unlink()


def migrate(scene: Scene) -> None:
    """A file of the first format is brought up to date."""
    scene.close()
    old = scene.folder / OLD_COPY
    part = old.with_suffix(".part")
    try:
        part.write_bytes(OLD_FILE.read_bytes())
        sync(part)
        part.replace(old)
    except OSError:  # the disk refuses this test, not the program
        return
    sync_folder(scene.folder)
    with Logbook.open(old, clock=scene.clock) as logbook:
        scene.tell(f"migrated {len(logbook.visits.of_patient(logbook.patients.search('').rows[0].id))}")


def lock(scene: Scene) -> None:
    """Save, take the key away, give it back, save."""
    save_visit(scene)
    scene.logbook.lock()
    scene.logbook.unlock(Unlocked(KEY, RecoveryCode.new(), DOCTOR.id))
    save_draft(scene)


def erase(scene: Scene) -> None:
    """A patient with a visit comes and is lawfully erased."""
    patient = make_patient(family_name="Zerased")
    scene.logbook.patients.save(patient)
    scene.logbook.visits.save(make_visit(patient))
    save_visit(scene)
    scene.logbook.erasing.erase_now(patient.id)
    scene.tell(f"erased {patient.id}")


def leave_and_come_back(scene: Scene) -> None:
    """Everything is exported and made into a logbook again."""
    save_visit(scene)
    visits = len(scene.logbook.visits.of_patient(scene.patient.id))
    target, again = scene.folder / "export", scene.folder / IMPORTED
    try:
        rmtree(target, ignore_errors=True)
        again.unlink(missing_ok=True)
    except OSError:  # the disk refuses this test, not the program
        return
    if target.exists():
        return
    scene.logbook.leaving.export_everything(target, as_zip=False, reports=False, plain_file=False)
    import_export(target, again, clock=scene.clock)
    scene.tell(f"imported {visits}")


def _beyond_the_newest_backup(scene: Scene) -> None:
    newest = [one.made_at for one in scene.logbook.backups.sets()]
    scene.clock.now = max([*newest, scene.clock.now]) + timedelta(minutes=31)


STEPS: dict[str, Step] = {
    "save a patient": save_patient,
    "save a visit": save_visit,
    "save a draft": save_draft,
    "add photos": add_photo,
    "sign": sign,
    "amend and void": amend,
    "rest": rest,
    "close": open_and_close,
    "back up": back_up,
    "restore": restore,
    "copy everything": copy_everything,
    "migrate": migrate,
    "lock": lock,
    "erase": erase,
    "export and import": leave_and_come_back,
}
