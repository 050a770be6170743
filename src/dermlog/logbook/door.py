"""The Logbook object: opens or makes the file, and hands out everything a clinic does with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import UUID

from dermlog.changes import Changes
from dermlog.domain.access import AccessKind
from dermlog.domain.clinic import Clinic
from dermlog.domain.course import Course, course_of
from dermlog.domain.file_fault import OpeningFault
from dermlog.domain.listing import CheckResult, TodayBoard
from dermlog.domain.permission import Action, writes
from dermlog.domain.product import Product
from dermlog.domain.schedule import FollowUpDue, next_follow_up
from dermlog.domain.screening import ScreeningAnswer, ScreeningFinding, VialFacts, screen
from dermlog.domain.staff import Staff
from dermlog.errors import DermlogError, NotRead, not_opened
from dermlog.file_sentences import viewing_sentence
from dermlog.logbook.anchors import anchors_of
from dermlog.logbook.backups import Backups
from dermlog.logbook.erasing import Erasing
from dermlog.logbook.key_ring import KeyRing
from dermlog.logbook.leaving import Leaving
from dermlog.logbook.lock_door import LockDoor
from dermlog.logbook.moving import conflict_notices
from dermlog.logbook.opening_notices import memory_notices, opening_notices
from dermlog.logbook.patient_lists import PatientLists
from dermlog.logbook.photo_book import PhotoBook
from dermlog.logbook.soundness import Soundness, room_notices
from dermlog.storage.accesses import AccessTable
from dermlog.storage.activity import ActivityTable
from dermlog.storage.clinic import ClinicTable
from dermlog.storage.clinic_rules import ClinicRuleTable
from dermlog.storage.consents import ConsentTable
from dermlog.storage.database import Clock, Database
from dermlog.storage.drafts import DraftTable
from dermlog.storage.history import HistoryTable
from dermlog.storage.opening import Opening, has_unfolded, prepare_opening
from dermlog.storage.patients import PatientTable
from dermlog.storage.products import ProductTable
from dermlog.storage.screening_rules import ScreeningRuleTable
from dermlog.storage.sessions import SessionTable
from dermlog.storage.staff import StaffTable
from dermlog.storage.templates import TemplateTable
from dermlog.storage.today import today_board
from dermlog.storage.vials import VialTable
from dermlog.storage.visits import VisitTable
from dermlog.storage.witness import Witness

if TYPE_CHECKING:
    from dermlog.report.facts import ReportFacts
    from dermlog.report.injection_record import InjectionRecord

Progress = Callable[[int, int], None]


def local_time() -> datetime:
    """The clock of this computer, with its distance from UTC."""
    return datetime.now().astimezone()


class Logbook(LockDoor):
    """One open logbook. Everything is called from the thread that opened it; another thread takes a
    second_connection() of its own.

    changes tells what was committed. read_only is True for a file opened for viewing, and read_only_reason
    says why in one sentence; saving then raises NotSaved. notices are sentences to show after opening: newest
    entries are missing, the clock is behind.
    """

    def __init__(self, database: Database, opening: Opening | None) -> None:
        """Use create() or open()."""
        self.path = database.path
        self.changes = database.changes
        self.read_only = not database.writable
        self.read_only_reason = ""
        self.viewing = None if opening is None else opening.viewing
        if opening is not None and opening.viewing is not None:
            self.read_only_reason = viewing_sentence(opening.viewing, opening.detail)
        self._database = database
        self._opening = opening
        self.notices: tuple[str, ...] = ()
        self.staff = StaffTable(database)
        self.clinic = ClinicTable(database)
        self.clinic_rules = ClinicRuleTable(database)
        self.products = ProductTable(database)
        self.patients = PatientTable(database)
        self.consents = ConsentTable(database)
        self.visits = VisitTable(database, self.staff)
        self.sessions = SessionTable(database, self.visits, self.products, self.staff)
        self.templates = TemplateTable(database)
        self.vials = VialTable(database)
        self.screening_rules = ScreeningRuleTable(database)
        self.photos = PhotoBook(database, self.second_connection)
        self.drafts = DraftTable(database, self.visits, self.photos)
        self.backups = Backups(database, self.second_connection)
        self.soundness = Soundness(database, self.second_connection)
        self.erasing = Erasing(database, self.backups, self.second_connection, lambda: self.keys)
        self.history = HistoryTable(database, lambda: anchors_of(database, self.backups.sets()))
        self.accesses = AccessTable(database)
        self.activity = ActivityTable(database)
        self.keys = KeyRing(self, database)
        self.patient_lists = PatientLists(database, self.second_connection, self.backups)
        self.leaving = Leaving(database, self.second_connection)

    @staticmethod
    def create(
        path: Path,
        clinic: Clinic,
        staff: Iterable[Staff],
        *,
        key: bytes | None = None,
        clock: Clock = local_time,
    ) -> Logbook:
        """Make a new file and open it; LogbookNotOpened when there is one already or the place is wrong.

        key: 32 random bytes, or None for a file that is not locked. The first of the staff writes.
        """
        from dermlog.storage.making import make_file  # noqa: PLC0415 - nothing heavy before it is needed

        path = Path(path)
        members = sorted(staff, key=lambda member: not member.may_sign)

        def fill(unfinished: Path) -> None:
            database = Database(unfinished, key=key, clock=clock, changes=Changes())
            try:
                Logbook(database, None)._seed(clinic, members)
            finally:
                database.close()

        make_file(path, key, fill)
        return Logbook.open(path, key=key, clock=clock)

    @staticmethod
    def open(
        path: Path,
        *,
        key: bytes | None = None,
        clock: Clock = local_time,
        viewing: bool = False,
        take_over: bool = False,
    ) -> Logbook:
        """Open a file; LogbookNotOpened with a sentence when it cannot be, and then nothing was changed.

        viewing: only look, even while another program writes. take_over: even where another computer left its
        lock behind; only after somebody was asked. The first owner writes until act_as().
        """
        path = Path(path)
        opening = prepare_opening(path, key, clock(), viewing=viewing, take_over=take_over)
        database = Database(
            path,
            key=key,
            clock=clock,
            changes=Changes(),
            writable=opening.viewing is None,
            mode=opening.mode,
            immutable=opening.immutable,
        )
        try:
            logbook = Logbook(database, opening)
            logbook._begin()
        except NotRead as error:
            database.close()
            opening.release()
            raise not_opened(OpeningFault.DAMAGED, path.name) from error
        except BaseException:
            database.close()
            opening.release()
            raise
        return logbook

    def _seed(self, clinic: Clinic, members: Iterable[Staff]) -> None:
        from dermlog.logbook.seeds import first_products  # noqa: PLC0415

        with self._database.atomic():
            for member in members:
                self.staff.save(member)
            self.clinic.save(clinic)
            for product in first_products():
                self.products.save(product)

    def _begin(self) -> None:
        """Who writes, and what has to be said at the beginning."""
        first = self.staff.first()
        if first is not None:
            self.staff.let_act(first)
        self.notices = tuple(conflict_notices(self.path))
        if self.read_only:
            return
        self.notices += tuple(opening_notices(self))
        self.notices += room_notices(self.path)
        self._database.witness = Witness(self.path)
        self.soundness.was_unclean = self._database.witness.recall() is not None
        self.accesses.take_pending()
        self.keys.tidy()

    def remember_on_this_pc(self, folder: Path) -> None:
        """Compare the file with what this PC remembers of it in a folder, which may add to the notices.

        From then on the folder learns the newest head whenever the file rests and when it is closed.
        """
        self.notices += tuple(memory_notices(self, self._database, folder))
        self._remember()

    def _remember(self) -> None:
        if self._database.memory is not None and not self.is_locked:
            with suppress(NotRead):
                head, newest = self.history.head(), self.history.newest()
                if newest is not None:
                    self._database.memory.note(head, newest[1], self.path.absolute())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Fold everything into the one file and let go of it; a second call does nothing."""
        if self._opening is not None:
            self._remember()
            self._database.rest()
        self._database.close()
        if self._opening is not None:
            if self._database.witness is not None and not has_unfolded(self.path):
                self._database.witness.leave()
            self._opening.release()
            self._opening = None

    def rest(self) -> None:
        """Fold the latest entries into the file itself; for idle moments. Not while a backup reads them."""
        if not self.backups.is_running:
            self._remember()
            self._database.rest()

    def second_connection(self) -> Logbook:
        """The same file for another thread: opened there when first used, announcing to the same listeners.

        Use it as a context manager in that thread. It writes as whoever writes now.
        """
        database = Database(
            self.path,
            key=self._database.held,
            clock=self._database.clock,
            changes=self.changes,
            writable=self._database.writable,
            mode=self._database.mode,
            immutable=self._database.immutable,
        )
        database.acting = self._database.acting
        database.role = self._database.role
        database.witness = self._database.witness
        database.memory = self._database.memory
        other = Logbook(database, None)
        other.read_only_reason = self.read_only_reason
        return other

    def now(self) -> datetime:
        """The time on the logbook's clock, aware."""
        return self._database.clock()

    def today(self) -> date:
        """The day on the logbook's clock."""
        return self.now().date()

    @property
    def me(self) -> Staff:
        """Who is writing; NotAllowed in a file without staff."""
        return self.staff.acting()

    def act_as(self, staff_id: UUID) -> None:
        """From now on this member of staff writes; NotAllowed when there is none such."""
        member = self.staff.get(staff_id)
        self.staff.let_act(member)
        if self._opening is not None and self._opening.lock is not None:
            self._opening.lock.name_holder(member.name)

    def may(self, action: Action) -> bool:
        """Whether whoever acts may do this here and now; a file open for viewing takes no writing."""
        return not self.why_not(action)

    def why_not(self, action: Action) -> str:
        """In one sentence why whoever acts may not do this; "" when they may."""
        if writes(action) and self.read_only:
            return self.read_only_reason
        try:
            self.require(action)
        except DermlogError as refused:
            return refused.sentence
        return ""

    def require(self, action: Action) -> None:
        """NotAllowed when whoever acts may not do this; for what is done outside the logbook, as a print."""
        self._database.require(action)

    def in_one_step(self) -> AbstractContextManager[object]:
        """Saves inside it become one transaction, all or nothing, and are announced once."""
        return self._database.atomic()

    def course(self, patient_id: UUID) -> Course:
        """Everything recorded about a patient in order of time."""
        return course_of(self.visits.of_patient(patient_id), self.sessions.of_patient(patient_id))

    def follow_up_due(self, patient_id: UUID) -> FollowUpDue | None:
        """The follow-up to ask for next, or None before a session and after the plan is done."""
        course = self.course(patient_id)
        if not course.sessions:
            return None
        last = course.sessions[-1]
        return next_follow_up(
            len(course.sessions),
            last.visit.on,
            self.clinic.get().follow_up_weeks,
            (entry.visit.on for entry in course.entries),
            self.today(),
        )

    def screening(
        self,
        patient_id: UUID,
        product: Product | None,
        day: date,
        answers: Iterable[ScreeningAnswer] | None = None,
        vial: VialFacts | None = None,
    ) -> tuple[ScreeningFinding, ...]:
        """What stops or cautions an injection of a product on a day by the clinic's rules, stops first."""
        return screen(
            self.patients.get(patient_id),
            self.consents.of_patient(patient_id),
            self.sessions.injected_before(patient_id),
            product,
            day,
            plan=self.screening_rules.plan(),
            answers=answers,
            vial=vial,
        )

    def today_board(self) -> TodayBoard:
        """What the start page shows."""
        return today_board(self._database, self.visits, self.drafts, self.clinic.get(), self.today())

    def progress_report(self, patient_id: UUID) -> ReportFacts:
        """Everything the printed report says about a patient, gathered and frozen."""
        from dermlog.logbook.report_facts import gather  # noqa: PLC0415

        return gather(self, patient_id)

    def injection_record(self, session_id: UUID) -> InjectionRecord:
        """Everything the clinical record of one treatment says, with all its versions, frozen."""
        self._database.require(Action.PRINT_RECORD)
        from dermlog.logbook.injection_record_facts import gather_record  # noqa: PLC0415

        return gather_record(self, session_id)

    def report_pdf(self, patient_id: UUID) -> bytes:
        """The report of a patient as a PDF; NotPrinted when it cannot be made."""
        self._database.require(Action.PRINT_REPORT)
        from dermlog.report.progress_report import write_pdf  # noqa: PLC0415

        return write_pdf(self.progress_report(patient_id))

    def save_report(self, patient_id: UUID, path: Path) -> None:
        """Write the report of a patient as a PDF file, whole or not at all; NotPrinted when it cannot be."""
        from dermlog.logbook.printed_report import write_file  # noqa: PLC0415

        write_file(self.report_pdf(patient_id), path)
        self.accesses.note(AccessKind.EXPORTED, patient_id, "report")

    def report_unprintable(self, patient_id: UUID) -> tuple[str, ...]:
        """Characters of the report that no font of this computer has."""
        from dermlog.logbook.report_facts import texts_of  # noqa: PLC0415
        from dermlog.report.typesetting import unprintable  # noqa: PLC0415

        return unprintable("\n".join(texts_of(self.progress_report(patient_id))))

    def check(
        self, progress: Progress | None = None, *, photos: Collection[str] | None = None
    ) -> CheckResult:
        """Verify the whole file: pages, references, photos against their hashes, rows against their history.

        progress(done, of) is called now and then. photos: only these are read, by SHA-256; all when None.
        """
        self._database.require(Action.CHECK_FILE)
        from dermlog.storage.checking import check_file  # noqa: PLC0415

        anchors = anchors_of(self._database, self.backups.sets()) if photos is None else ()
        found = check_file(self._database, progress, photos, anchors)
        self.accesses.note(AccessKind.CHECKED, detail=f"file {len(found.findings)}")
        return found
