"""T7: random steps of a clinic beside a model in memory; after each restart the file is what the model says.

Steps: everything a clinic records, looks at, corrects, amends, makes void and erases, and resting, locking,
closing, crashing, backing up and restoring. The chain of seals is verified after every restart as well.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from dermlog.domain.backup import BackupSet
from dermlog.domain.instrument import Score
from dermlog.domain.patient import Patient
from dermlog.domain.photo import PhotoView
from dermlog.domain.recovery import RecoveryCode
from dermlog.errors import DermlogError, NotAllowed
from dermlog.logbook import Logbook, Unlocked, restore_backup
from tests.endurance import Outcome
from tests.endurance.model import Model
from tests.endurance.scene import KEY, NAME, quick_place
from tests.makers import (
    DOCTOR,
    TODAY,
    StillClock,
    iga,
    make_draft,
    make_logbook,
    make_patient,
    make_prepared,
    make_session,
    make_site,
    make_visit,
    oiliness,
    sebum,
)

_STEPS_OF_ONE_CLINIC = 500
_WORDS = ("", "a", "Äé ß", "<b>&'\"%", "x\ny", "漢م", "=1+1", "\u202eabc")
_NAMES = ("Lind", "Äé ß", "<b>&'\"%", "漢م", "=1+1")
_SCORES = (oiliness(4), iga(1), sebum("7.5"))


def run(count: int, seed: int) -> Outcome:
    """So many steps, in clinics of some hundred steps each."""
    bad: list[str] = []
    steps: Counter[str] = Counter()
    clinics = 0
    while sum(steps.values()) < count:
        wanted = min(_STEPS_OF_ONE_CLINIC, count - sum(steps.values()))
        with tempfile.TemporaryDirectory(
            prefix="dermlog-days-", dir=quick_place(), ignore_cleanup_errors=True
        ) as name:
            days = _Days(Path(name), Random(f"{seed} {clinics}"))  # noqa: S311 - repeatable days
            for number in range(wanted):
                step = days.choose()
                steps[step.__name__] += 1
                try:
                    step()
                except Exception as error:
                    days.bad.append(f"{type(error).__name__}: {error}")
                if days.bad:
                    bad += [f"clinic {clinics}, step {number} ({step.__name__}): {what}" for what in days.bad]
                    break
            days.end()
            bad += [f"clinic {clinics}, at the end: {what}" for what in days.bad if not bad]
        clinics += 1
    restarts = sum(steps[name] for name in ("close", "crash", "lock", "restore"))
    worst = f"{clinics} clinics, {restarts} restarts, {steps['back_up']} backups, {steps['erase']} erasures"
    return Outcome(sum(steps.values()), tuple(bad), worst)


class _Days:
    def __init__(self, folder: Path, chance: Random) -> None:
        self.folder = folder
        self.chance = chance
        self.clock = StillClock()
        self.logbook = make_logbook(folder, clock=self.clock, key=KEY)
        self.model = Model()
        self.backups: list[tuple[BackupSet, Model]] = []
        self.bad: list[str] = []
        self.add()

    def choose(self) -> Callable[[], None]:
        """The next step; what is quick comes often, what is slow seldom."""
        steps = (
            (self.look, 60),
            (self.add, 3),
            (self.correct, 6),
            (self.record, 8),
            (self.correct_visit, 6),
            (self.sign, 5),
            (self.amend, 3),
            (self.void, 1),
            (self.draft, 6),
            (self.go_on, 8),
            (self.record_draft, 2),
            (self.discard, 2),
            (self.photo, 3),
            (self.remove_photo, 1),
            (self.rest, 1),
            (self.close, 0.6),
            (self.crash, 0.6),
            (self.lock, 0.4),
            (self.erase, 0.8),
            (self.back_up, 0.5),
            (self.restore, 0.3),
        )
        return self.chance.choices([step for step, _weight in steps], [weight for _step, weight in steps])[0]

    def end(self) -> None:
        """Close, open once more, and hold everything against the model."""
        if not self.bad:
            self.close()
            self.bad += self.logbook.check().findings
        self.logbook.close()

    def look(self) -> None:
        patient = self._patient()
        if self.logbook.patients.get(patient.id) != patient:
            self.bad.append("a patient differs")
        if self.model.visits:
            visit = self.chance.choice(list(self.model.visits.values()))
            if self.logbook.visits.get(visit.id) != visit:
                self.bad.append("a visit differs")

    def add(self) -> None:
        self._save(make_patient(family_name=self.chance.choice(_NAMES), note=self._words()))

    def correct(self) -> None:
        self._save(replace(self._patient(), note=self._words(), given_name=self.chance.choice("abc")))

    def record(self) -> None:
        visit = make_visit(self._patient(), self._day(), scores=self._scores(), note=self._words())
        self.logbook.visits.save(visit)
        self.model.visits[visit.id] = visit

    def correct_visit(self) -> None:
        if self.model.visits:
            old = self.chance.choice(list(self.model.visits.values()))
            visit = replace(old, note=self._words(), scores=self._scores())
            self.logbook.visits.save(visit)
            self.model.visits[visit.id] = visit

    def sign(self) -> None:
        visit = make_visit(self._patient(), self._day())
        sites = tuple(make_site(str(1 + n), x=n / 7) for n in range(self.chance.randint(1, 12)) if n < 7)
        session = make_session(visit, self.logbook.products.all()[0], sites=sites)
        self.model.sessions[session.id] = self.logbook.sessions.sign(visit, session)
        self.model.visits[visit.id] = visit

    def amend(self) -> None:
        if self.model.sessions:
            old = self.chance.choice(list(self.model.sessions.values()))
            new = self.logbook.sessions.amend(
                replace(old, lot=f"C{self.chance.randrange(9999)}"), "wrong lot"
            )
            del self.model.sessions[old.id]
            self.model.sessions[new.id] = new

    def void(self) -> None:
        if self.model.sessions:
            old = self.chance.choice(list(self.model.sessions.values()))
            self.logbook.sessions.void(old.id, "entered twice")
            del self.model.sessions[old.id]
            left = {visit.id: visit for visit in self.logbook.visits.of_patient(old.patient_id)}
            # The visit of a void treatment stays only while something else was recorded with it.
            if old.visit_id not in left:
                del self.model.visits[old.visit_id]

    def draft(self) -> None:
        draft = make_draft(self._patient(), content=self._words())
        self.logbook.drafts.save(draft)
        self.model.drafts[draft.id] = draft

    def go_on(self) -> None:
        if self.model.drafts:
            draft = replace(self.chance.choice(list(self.model.drafts.values())), content=self._words())
            self.logbook.drafts.save(draft)
            self.model.drafts[draft.id] = draft

    def record_draft(self) -> None:
        if self.model.drafts:
            draft = self.chance.choice(list(self.model.drafts.values()))
            visit = make_visit(self.model.patients[draft.patient_id], id=draft.id, note=self._words())
            self.logbook.visits.save(visit)
            del self.model.drafts[draft.id]
            self.model.visits[visit.id] = visit

    def discard(self) -> None:
        if self.model.drafts:
            draft = self.chance.choice(list(self.model.drafts.values()))
            self.logbook.drafts.discard(draft.id)
            del self.model.drafts[draft.id]

    def photo(self) -> None:
        if self.model.visits:
            visit = self.chance.choice(list(self.model.visits.values()))
            content = self.chance.randbytes(self.chance.randint(10, 9000))
            photo = self.logbook.photos.add(
                visit.patient_id, visit.id, make_prepared(content), PhotoView.FRONT
            )
            self.model.photos[photo.id] = photo
            self.model.pictures[photo.id] = content

    def remove_photo(self) -> None:
        if self.model.photos:
            photo_id = self.chance.choice(list(self.model.photos))
            try:
                self.logbook.photos.remove(photo_id)
            except NotAllowed:  # it is of a signed session
                return
            del self.model.photos[photo_id]

    def rest(self) -> None:
        self.logbook.rest()

    def close(self) -> None:
        self.logbook.close()
        self._open()

    def crash(self) -> None:
        """The power of the program, not of the disk: the files as they are at this moment, elsewhere."""
        saved = self.folder / "saved"
        saved.mkdir()
        for file in self.folder.glob(f"{NAME}*"):
            if not file.name.endswith("-lock"):
                shutil.copy(file, saved)
        self.logbook._database.let_go()
        self.logbook.close()
        for file in self.folder.glob(f"{NAME}*"):
            file.unlink()
        for file in saved.iterdir():
            file.rename(self.folder / file.name)
        saved.rmdir()
        self._open()

    def lock(self) -> None:
        self.logbook.lock()
        try:
            self.logbook.patients.get(self._patient().id)
            self.bad.append("it was read while locked")
        except DermlogError:
            pass
        self.logbook.unlock(Unlocked(KEY, RecoveryCode.new(), DOCTOR.id))
        self.bad += self.model.differences(self.logbook)

    def erase(self) -> None:
        if len(self.model.patients) > 1:
            patient = self._patient()
            self.logbook.erasing.erase_now(patient.id)
            self.model.erase(patient.id)

    def back_up(self) -> None:
        self.clock.move(timedelta(minutes=31))
        (one,) = self.logbook.backups.back_up(force=True).sets
        self.backups.append((one, self.model.copy()))

    def restore(self) -> None:
        there = {one.folder for one in self.logbook.backups.sets()}
        self.backups = [(one, model) for one, model in self.backups if one.folder in there]
        if self.backups:
            one, model = self.chance.choice(self.backups)
            erased = self.model.erased
            self.logbook.close()
            self.clock.move(timedelta(minutes=1))
            restore_backup(one, self.folder / NAME, key=KEY, now=self.clock.now)
            self.model = model.copy()
            # What was erased since is erased in every restored copy too.
            for patient_id in erased:
                self.model.erase(patient_id)
            for aside in self.folder.glob("*(set aside*"):
                aside.unlink()
            self._open()
            if not self.model.patients:
                self.add()

    def _open(self) -> None:
        self.logbook = Logbook.open(self.folder / NAME, key=KEY, clock=self.clock)
        self.bad += [f"it says: {notice}" for notice in self.logbook.notices]
        self.bad += self.model.differences(self.logbook)
        for one in self.logbook.history.verify().breaks:
            self.bad.append(f"the chain of seals is broken: {one}")

    def _save(self, patient: Patient) -> None:
        self.logbook.patients.save(patient)
        self.model.patients[patient.id] = patient

    def _patient(self) -> Patient:
        return self.chance.choice(list(self.model.patients.values()))

    def _words(self) -> str:
        return self.chance.choice(_WORDS) + str(self.chance.randrange(1000))

    def _day(self) -> date:
        return TODAY - timedelta(days=self.chance.randint(0, 400))

    def _scores(self) -> tuple[Score, ...]:
        return tuple(self.chance.sample(_SCORES, self.chance.randint(0, 3)))
