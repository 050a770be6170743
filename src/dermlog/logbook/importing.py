"""Importing an export into a new, empty logbook: proven as a whole before it has a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from dermlog.changes import Changes
from dermlog.domain.clinic import Clinic
from dermlog.domain.leaving import ExportFacts, Imported, LeavingFault, PhotoChoice
from dermlog.domain.photo import PhotoFault, PreparedPhoto
from dermlog.domain.recovery import RecoveryCode
from dermlog.domain.staff import Role, Staff
from dermlog.errors import DermlogError, LeavingNotDone, UnusablePhoto, leaving_not_done
from dermlog.leaving_sentences import import_reason
from dermlog.logbook.door import Logbook, local_time
from dermlog.logbook.key_ring import lay_first_slots, take_slots_away
from dermlog.photos.limits import BYTE_LIMIT
from dermlog.storage.database import Clock, Database
from dermlog.storage.leaving.document import Document, Picture, read_document, read_lines
from dermlog.storage.leaving.faults import STEP_FAULTS
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.loading import Loaded, load
from dermlog.storage.leaving.nouns import LOGS
from dermlog.storage.leaving.snapshot import snapshot
from dermlog.storage.leaving.unpacking import PackageReader
from dermlog.storage.making import check_place, make_file

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def look_at(source: Path, *, cancelled: Cancelled) -> ExportFacts:
    """Read what a folder or ZIP says of itself; LeavingNotDone when it is no export of dermlog."""
    try:
        with PackageReader(source, cancelled) as package:
            document = read_document(package)
            try:
                return _facts(document)
            except (ValueError, TypeError, LookupError) as error:
                raise package.refuse() from error
    except OSError as error:
        raise _not_read(source) from error


def bring_in(
    source: Path,
    path: Path,
    *,
    passwords: Mapping[UUID, str] | None,
    code: RecoveryCode | None,
    clock: Clock | None,
    progress: Progress,
    cancelled: Cancelled,
) -> Imported:
    """What import_export() promises."""
    path = Path(path)
    try:
        with PackageReader(Path(source), cancelled) as package:
            document = read_document(package)
            check_place(path)
            pictures = {picture.file for picture in document.pictures}
            for name in package.names:
                if name not in pictures:  # those are proven when they are read
                    package.prove(name)
            return _Import(package, document, path, clock or local_time, progress).run(passwords, code)
    except OSError as error:
        raise _not_read(Path(source)) from error


class _Import:
    """One import under way."""

    def __init__(
        self, package: PackageReader, document: Document, path: Path, clock: Clock, progress: Progress
    ) -> None:
        self._package = package
        self._document = document
        self._path = path
        self._clock = clock
        self._progress = progress
        self._loaded = Loaded(0, 0)
        self._digest = ""

    def run(self, passwords: Mapping[UUID, str] | None, code: RecoveryCode | None) -> Imported:
        """Make the file, with its key first where it has one."""
        key = None
        if passwords is not None and code is not None:
            try:
                facts = _facts(self._document)
            except (ValueError, TypeError, LookupError) as error:
                raise self._package.refuse() from error
            key = lay_first_slots(
                self._path, facts.clinic.name, facts.owners, passwords, code, now=self._clock()
            )
        try:
            self._make(key)
        except BaseException:
            if key is not None:
                take_slots_away(self._path)
            raise
        return Imported(
            logbook=self._path,
            patients=len(self._document.records["patient"]),
            photos=self._loaded.photos,
            digest=self._digest,
            missing_photos=self._loaded.missing_photos,
            with_history=self._document.history,
        )

    def _make(self, key: bytes | None) -> None:
        def fill(unfinished: Path) -> None:
            try:
                self._loaded = load(
                    unfinished,
                    key,
                    self._document,
                    now=self._clock(),
                    reason=import_reason(),
                    logs=self._logs(),
                    pictures=self._pictures(),
                )
            except STEP_FAULTS as error:
                if "constraint" in str(error).lower() or "parent" in str(error).lower():
                    raise self._package.refuse() from error
                raise
            self._prove(unfinished, key)

        make_file(self._path, key, fill)

    def _logs(self) -> Iterator[tuple[Noun, Iterator[tuple[str | int | float | bytes | None, ...]]]]:
        if self._document.history:
            for noun in LOGS:
                yield noun, read_lines(self._package, noun)

    def _pictures(self) -> Iterator[tuple[Picture, PreparedPhoto | None]]:
        """Each picture, made ready as if it came from a camera: an export is a stranger's file."""
        from dermlog.photos.prepare import Preparer  # noqa: PLC0415

        pictures = self._document.pictures
        names = {picture.file for picture in pictures}
        if len(names) != len(pictures) or len({picture.sha256 for picture in pictures}) != len(pictures):
            raise self._package.refuse()
        with Preparer(children=1) as preparer:
            for number, picture in enumerate(pictures, start=1):
                content = self._package.read(picture.file, BYTE_LIMIT)
                yield picture, self._prepared(preparer.prepare, picture, content)
                self._progress(number, len(pictures) + 1)

    def _prepared(
        self, prepare: Callable[[bytes], PreparedPhoto], picture: Picture, content: bytes
    ) -> PreparedPhoto | None:
        if self._package.sum(picture.file) != picture.file_sha256:
            raise self._package.refuse()
        if self._document.photos is PhotoChoice.AS_THEY_CAME and picture.sha256 != picture.file_sha256:
            raise self._package.refuse()
        try:
            return prepare(content)
        except UnusablePhoto as error:
            if error.fault is PhotoFault.HEIC_NOT_INSTALLED:
                raise
            return None

    def _prove(self, unfinished: Path, key: bytes | None) -> None:
        """Every record can be built, and the digest is the one that the export tells."""
        database = Database(unfinished, key=key, clock=self._clock, changes=Changes(), writable=False)
        try:
            copy = Logbook(database, None)
            try:
                read_every_record(copy, self._document)
            except (ValueError, TypeError, LookupError, DermlogError) as error:
                raise self._package.refuse() from error
            with snapshot(database) as moment:
                self._digest = moment.digest()
        finally:
            database.close()
        promised = self._document.digest
        if promised is not None and not self._loaded.missing_photos and promised != self._digest:
            raise self._package.refuse(LeavingFault.INCOMPLETE)
        self._progress(1, 1)


def read_every_record(logbook: Logbook, document: Document) -> None:
    """Build every record as the screens would; raises what a wrong one raises."""
    logbook.clinic.get()
    logbook.clinic_rules.get()
    logbook.products.all(include_retired=True)
    logbook.screening_rules.plan()
    logbook.templates.all()
    logbook.drafts.all()
    if not any(person.role is Role.OWNER for person in logbook.staff.all()):
        raise LookupError("nobody may do everything")
    for row in document.records["vial"]:
        logbook.vials.get(UUID(str(row["id"])))
    for row in document.records["visit"]:
        logbook.visits.get(UUID(str(row["id"])))
    for row in document.records["injection_session"]:
        logbook.sessions.get(UUID(str(row["id"])))
    for row in document.records["patient"]:
        patient = UUID(str(row["id"]))
        logbook.patients.get(patient)
        logbook.consents.of_patient(patient)
        logbook.photos.of_patient(patient)
        logbook.visits.acknowledgements(patient)


def _facts(document: Document) -> ExportFacts:
    clinics = document.records["clinic"]
    weeks = clinics[0]["follow_up_weeks"] if clinics else None
    facts = {name: value for name, value in (clinics[0] if clinics else {}).items() if name != "only"}
    if isinstance(weeks, list):
        facts["follow_up_weeks"] = tuple(int(week) for week in weeks)  # type: ignore[assignment]
    staff = [
        Staff(str(row["name"]), Role(row["role"]), bool(row["active"]), UUID(str(row["id"])))
        for row in document.records["staff"]
    ]
    return ExportFacts(
        clinic=Clinic(**facts),  # type: ignore[arg-type]
        made_at=datetime.fromisoformat(document.made_at),
        whole=document.scope == "everything",
        patients=len(document.records["patient"]),
        photos=len(document.pictures),
        owners=tuple(person for person in staff if person.active and person.role is Role.OWNER),
    )


def _not_read(source: Path) -> LeavingNotDone:
    return leaving_not_done(LeavingFault.NOT_THERE, source.name)
