"""Backups as the logbook offers them: where they go, how safe one is, making, proving and comparing them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from dermlog.backup_sentences import restore_page
from dermlog.domain.access import AccessKind
from dermlog.domain.backup import (
    DRILL_EVERY,
    BackupComparison,
    BackupDone,
    BackupFault,
    BackupPlace,
    BackupSet,
    BackupState,
    Light,
    light_for,
)
from dermlog.domain.permission import Action
from dermlog.errors import BackupNotDone, DermlogError, backup_not_done
from dermlog.storage.database import Database

if TYPE_CHECKING:
    from dermlog.domain.erasure import Erasure
    from dermlog.logbook.door import Logbook
    from dermlog.storage.backup import Source
    from dermlog.storage.backup_files import Watch

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

PROVE_AGAIN = timedelta(days=1)
"""An unchanged logbook is not backed up again, but its newest backup is read back this often."""


def _silent(_done: int, _of: int) -> None:
    """Nobody looks at the progress."""


def _never() -> bool:
    return False


class Backups:
    """The backups of one open logbook.

    May be used from any thread: each piece of work opens connections of its own. is_running is True while the
    file is being read for long, and folding it would wait for that.
    """

    def __init__(self, database: Database, second_connection: Callable[[], Logbook]) -> None:
        self._database = database
        self._second_connection = second_connection
        self._work = threading.Lock()

    @property
    def is_running(self) -> bool:
        """Whether a backup, a copy or a trial is under way."""
        return self._work.locked()

    def wait(self) -> None:
        """Return when no work is under way any more."""
        with self._work:
            return

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """While the key is changed no backup reads the file; one under way is waited for."""
        with self._work:
            yield

    def places(self) -> tuple[BackupPlace, ...]:
        """Where backups go; at first the folder of the logbook alone."""
        from dermlog.storage.backup_place import PlaceList  # noqa: PLC0415 - the first paint needs none of it

        return PlaceList(self._database.path).all(self._now())

    def add_place(self, folder: Path) -> None:
        """Back up to this folder too; BackupNotDone when it cannot be written."""
        from dermlog.storage.backup_files import fault_of  # noqa: PLC0415
        from dermlog.storage.backup_place import PlaceList  # noqa: PLC0415
        from dermlog.storage.opening import may_write  # noqa: PLC0415

        self._database.require(Action.CHOOSE_BACKUP_PLACES)
        if not folder.is_dir():
            raise backup_not_done(BackupFault.PLACE_MISSING, folder.name)
        if not may_write(folder):
            raise backup_not_done(BackupFault.PLACE_READ_ONLY, folder.name)
        try:
            PlaceList(self._database.path).add(folder, self._now())
        except OSError as error:
            raise fault_of(error) from error

    def drop_place(self, folder: Path) -> None:
        """No more backups to this folder; what is there stays. BackupNotDone for the last place."""
        from dermlog.storage.backup_files import fault_of  # noqa: PLC0415
        from dermlog.storage.backup_place import PlaceList  # noqa: PLC0415

        self._database.require(Action.CHOOSE_BACKUP_PLACES)
        if [place.folder for place in self.places()] == [folder.absolute()]:
            raise backup_not_done(BackupFault.NO_PLACE)
        try:
            PlaceList(self._database.path).drop(folder, self._now())
        except OSError as error:
            raise fault_of(error) from error

    def sets(self) -> tuple[BackupSet, ...]:
        """The backups of this logbook in all places that can be reached, newest first."""
        found = [one for root in self._roots() for one in _sets_in(root)]
        return tuple(sorted(found, key=lambda one: one.made_at, reverse=True))

    def state(self) -> BackupState:
        """The status light and what it rests on."""
        places = self.places()
        if self._is_sample():
            return BackupState(Light.SAMPLE, None, None, places)
        sets = self.sets()
        proven = _newest(sets, lambda one: one.proven_at)
        drilled = _newest(sets, lambda one: one.drilled_at)
        light = light_for(None if proven is None else proven.proven_at, self._now())
        return BackupState(light, proven, drilled, places)

    def is_wanted(self) -> bool:
        """Whether something changed since the newest backup of a reachable place, or its proof is old."""
        if self._is_sample() or not self._database.writable:
            return False
        state = self._live_state()
        return any(self._wants(root, state) for root in self._roots())

    def drill_is_due(self) -> bool:
        """Whether no backup has been restored on trial for a month, though there is one."""
        state = self.state()
        if state.light is Light.SAMPLE or state.proven is None:
            return False
        last = None if state.drilled is None else state.drilled.drilled_at
        return last is None or self._now() - last >= DRILL_EVERY

    def back_up(
        self,
        *,
        force: bool = False,
        only: Path | None = None,
        progress: Progress = _silent,
        cancelled: Cancelled = _never,
    ) -> BackupDone:
        """Back up to every place that can be reached; a place that fails does not stop the others.

        Places whose newest backup is of this very state are only read back, unless forced. only: one folder
        instead of the places, once. BackupNotDone when no place could be used, or somebody asked to stop.
        """
        from dermlog.storage import backup  # noqa: PLC0415
        from dermlog.storage.backup_files import Watch  # noqa: PLC0415
        from dermlog.storage.backup_place import PlaceList, backup_root, packs_folder  # noqa: PLC0415
        from dermlog.storage.photo_pack_care import tend_packs  # noqa: PLC0415

        self._database.require(Action.BACK_UP)
        with self._working(), self._noting_failure():
            now, watch = self._now(), Watch(progress, cancelled)
            source = self._source()
            state = self._live_state()
            sets: list[BackupSet] = []
            faults: list[tuple[Path, BackupFault]] = []
            new_photos, shrunk, made_any = 0, False, False
            places = self.places() if only is None else (BackupPlace(only, only.is_dir(), now),)
            for place in places:
                try:
                    root = backup_root(place.folder, source.path, self._logbook_id())
                    newest = next(iter(_sets_in(root)), None)
                    if not force and newest is not None and self._is_of(newest, state) and place.present:
                        sets.append(self._prove_again(newest, watch))
                        continue
                    made, added = backup.back_up(source, place.folder, now, watch=watch)
                    sets.append(made)
                    made_any = True
                    new_photos += added
                    shrunk = backup.thin_out(made.folder.parent, now)[0] or shrunk
                    tend_packs(packs_folder(made), source.key, now, watch)
                except BackupNotDone as error:
                    if error.fault is BackupFault.STOPPED or error.fault is None:
                        raise
                    faults.append((place.folder, error.fault))
            # Where the folder of the logbook is full or closed, the backup itself was made elsewhere.
            with suppress(OSError):
                PlaceList(source.path).note_absent(now)
            if not sets:
                folder, fault = faults[0] if faults else (source.path, BackupFault.NO_PLACE)
                raise backup_not_done(fault, folder.name)
            if made_any:
                self._note(
                    AccessKind.BACKED_UP, f"{len(sets)} of {len(sets) + len(faults)} {sets[0].sequence}"
                )
            return BackupDone(tuple(sets), tuple(faults), new_photos, shrunk)

    def at_lock(self, *, progress: Progress = _silent, cancelled: Cancelled = _never) -> BackupDone | None:
        """Back up before the key is taken away or the day ends, where that is wanted; None where it is not.

        Call it off the window's thread and before lock(). BackupNotDone as back_up().
        """
        return self.back_up(progress=progress, cancelled=cancelled) if self.is_wanted() else None

    def asks_at_close(self) -> bool:
        """Whether nothing proves that the records would survive this PC: somebody should be asked then."""
        return self._database.writable and self.state().light is Light.DANGER

    def whole_copy_is_due(self) -> bool:
        """Whether a place with room enough has had no copy of everything in one file for a week."""
        from dermlog.storage.backup_weekly import is_due  # noqa: PLC0415

        if self._is_sample() or not self._database.writable:
            return False
        return any(is_due(root, self._database.path, self._now()) for root in self._roots())

    def copy_weekly(self, *, progress: Progress = _silent, cancelled: Cancelled = _never) -> tuple[Path, ...]:
        """Copy everything into one file in each place where that is due; a copy of long ago goes."""
        from dermlog.storage.backup_files import Watch  # noqa: PLC0415
        from dermlog.storage.backup_weekly import copy_weekly, is_due  # noqa: PLC0415

        with self._working():
            source, now = self._source(), self._now()
            made = tuple(
                copy_weekly(source, root, now, watch=Watch(progress, cancelled))
                for root in self._roots()
                if root.is_dir() and is_due(root, source.path, now)
            )
        for _path in made:
            self._note(AccessKind.COPIED, "weekly")
        return made

    def read_back(
        self, one: BackupSet, *, progress: Progress = _silent, cancelled: Cancelled = _never
    ) -> BackupSet:
        """Read a backup whole, with every photo; gives it with its new proof. BackupNotDone when damaged."""
        from dermlog.storage import backup  # noqa: PLC0415
        from dermlog.storage.backup_files import Watch  # noqa: PLC0415

        with self._working():
            return backup.read_back(
                one, self._database.key, self._now(), photos=True, watch=Watch(progress, cancelled)
            )

    def drill(
        self, one: BackupSet | None = None, *, progress: Progress = _silent, cancelled: Cancelled = _never
    ) -> BackupSet:
        """Restore a backup beside the logbook, open it, check it, print a page from it, take it away again.

        one: the newest proven when None. Gives the set with its new proof; BackupNotDone when it fails.
        """
        from dermlog.logbook.restore_drill import restore_on_trial  # noqa: PLC0415
        from dermlog.storage.backup_files import Watch  # noqa: PLC0415
        from dermlog.storage.backup_manifest import withdraw_proof  # noqa: PLC0415

        chosen = one if one is not None else _newest(self.sets(), lambda known: known.proven_at)
        if chosen is None:
            raise backup_not_done(BackupFault.NO_PLACE)
        with self._working():
            try:
                drilled = restore_on_trial(self._database, chosen, Watch(progress, cancelled))
            except BackupNotDone as error:
                if error.fault is BackupFault.BACKUP_DAMAGED:
                    withdraw_proof(chosen)
                if error.fault is not None:
                    self._note(AccessKind.RESTORE_TRIED, error.fault.value)
                raise
            self._note(AccessKind.RESTORE_TRIED, f"proven {chosen.sequence} in {drilled.drill_seconds} s")
            return drilled

    def compare(self, one: BackupSet) -> BackupComparison:
        """Which entries a backup lacks; BackupNotDone when it cannot be read."""
        from dermlog.storage.backup_compare import compare  # noqa: PLC0415

        return compare(one, self._database.path, self._database.key, self._database.key)

    def copy_everything(
        self, folder: Path, *, progress: Progress = _silent, cancelled: Cancelled = _never
    ) -> Path:
        """The whole logbook as one proven file in a folder, for a stick; BackupNotDone when it fails."""
        from dermlog.storage.backup_files import Watch  # noqa: PLC0415
        from dermlog.storage.backup_whole import copy_whole  # noqa: PLC0415

        self._database.require(Action.COPY_TO_STICK)
        with self._working():
            copied = copy_whole(self._source(), folder, self._now(), watch=Watch(progress, cancelled))
        self._note(AccessKind.COPIED, "whole")
        return copied

    @property
    def key(self) -> bytes | None:
        """The key under which these backups are made, for a restore after the logbook is closed."""
        return self._database.key

    @property
    def database_of_this_thread(self) -> Database:
        """The connection that these backups belong to."""
        return self._database

    def _note(self, kind: AccessKind, detail: str) -> None:
        """Tell the access log; a note that cannot be written never undoes what it tells of."""
        with suppress(DermlogError), self._second_connection() as other:
            other.accesses.note(kind, detail=detail)

    @contextmanager
    def _noting_failure(self) -> Iterator[None]:
        try:
            yield
        except BackupNotDone as error:
            if error.fault is not None and error.fault is not BackupFault.STOPPED:
                self._note(AccessKind.BACKUP_FAILED, error.fault.value)
            raise

    def _now(self) -> datetime:
        return self._database.clock()

    def _is_sample(self) -> bool:
        with self._second_connection() as other:
            return other.clinic.get().is_sample

    def _source(self) -> Source:
        from dermlog.storage.backup import Source  # noqa: PLC0415

        with self._second_connection() as other:
            clinic, head = other.clinic.get(), other.history.head()
        guide = restore_page(clinic.name, locked=self._database.key is not None)
        return Source(self._database.path, self._database.key, head.text, guide)

    def _live_state(self) -> str:
        from dermlog.storage.backup import live_facts  # noqa: PLC0415

        return live_facts(self._database.path, self._database.key).state

    def _logbook_id(self) -> str:
        from dermlog.storage.backup import live_facts  # noqa: PLC0415

        return live_facts(self._database.path, self._database.key).logbook_id

    def note_erased(self, erasures: Iterable[Erasure]) -> None:
        """Note erasures beside the backups of every place within reach, so that each restore repeats them."""
        from dermlog.storage.erasing_list import add_to_list  # noqa: PLC0415

        known = tuple(erasures)
        for root in self._roots():
            if root.is_dir():
                add_to_list(root, known)

    def _roots(self) -> tuple[Path, ...]:
        from dermlog.storage.backup_place import backup_root  # noqa: PLC0415

        present = [place.folder for place in self.places() if place.present]
        try:
            name = self._logbook_id()
        except BackupNotDone:
            # A damaged file cannot say which it is: the folder of its name is the best guess there is.
            return tuple(folder / f"{self._database.path.stem} backups" for folder in present)
        return tuple(backup_root(folder, self._database.path, name) for folder in present)

    def _wants(self, root: Path, state: str) -> bool:
        newest = next(iter(_sets_in(root)), None)
        if newest is None or not self._is_of(newest, state) or newest.proven_at is None:
            return True
        return self._now() - newest.proven_at >= PROVE_AGAIN

    def _is_of(self, one: BackupSet, state: str) -> bool:
        """Whether a set holds this state, and opens with the passwords of today."""
        from dermlog.storage.backup import KEYS  # noqa: PLC0415
        from dermlog.storage.key_file import same_slots  # noqa: PLC0415

        return one.state == state and same_slots(one.folder / KEYS, self._database.path)

    def _prove_again(self, newest: BackupSet, watch: Watch) -> BackupSet:
        from dermlog.storage import backup  # noqa: PLC0415
        from dermlog.storage.backup_place import packs_folder  # noqa: PLC0415
        from dermlog.storage.photo_pack_care import tend_packs  # noqa: PLC0415

        if newest.proven_at is not None and self._now() - newest.proven_at < PROVE_AGAIN:
            return newest
        tend_packs(packs_folder(newest), self._database.key, self._now(), watch)
        return backup.read_back(newest, self._database.key, self._now(), watch=watch)

    @contextmanager
    def _working(self) -> Iterator[None]:
        """One piece of work at a time: a second one waits for the first."""
        with self._work:
            yield


def _sets_in(root: Path) -> Sequence[BackupSet]:
    from dermlog.storage.backup_place import sets_in  # noqa: PLC0415

    return sets_in(root)


def _newest(sets: Sequence[BackupSet], when: Callable[[BackupSet], datetime | None]) -> BackupSet | None:
    known = [one for one in sets if when(one) is not None]
    return max(known, key=lambda one: when(one) or one.made_at, default=None)
