"""One export under way: gathers the records, writes each file, reads all of it back, gives it its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from dermlog import __version__
from dermlog.domain.access import AccessKind
from dermlog.domain.consent import ConsentKind, in_force
from dermlog.domain.leaving import Exported, LeavingFault, PhotoChoice
from dermlog.domain.staff import Role
from dermlog.domain.visit import VisitState
from dermlog.errors import LeavingNotDone, UnusablePhoto, leaving_not_done
from dermlog.leaving_sentences import readme_text
from dermlog.photos.export import clean_copy
from dermlog.photos.sniffing import sniff
from dermlog.storage.leaving.digest import digest_of_records, digest_with_pictures
from dermlog.storage.leaving.document import (
    DOCUMENT,
    LEFT_OUT,
    Document,
    Picture,
    csv_bytes,
    document_bytes,
    line_parts,
    read_document,
)
from dermlog.storage.leaving.faults import STEP_FAULTS, leaving_fault
from dermlog.storage.leaving.field_guide import field_guide
from dermlog.storage.leaving.fields import Noun
from dermlog.storage.leaving.nouns import BY_NAME, LOGS, RECORDS
from dermlog.storage.leaving.package import PackageWriter
from dermlog.storage.leaving.plain_file import write_plain_file
from dermlog.storage.leaving.rows import Records
from dermlog.storage.leaving.snapshot import Snapshot, snapshot
from dermlog.storage.leaving.unpacking import PackageReader

if TYPE_CHECKING:
    from dermlog.logbook.door import Logbook

PLAIN_FILE = "records.sqlite"
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "WEBP": "webp", "HEIF": "heic"}


class ExportRun:
    """ExportRun(logbook, target, …): one_patient() or everything(), once, in the logbook's thread."""

    def __init__(
        self,
        logbook: Logbook,
        target: Path,
        *,
        as_zip: bool,
        photos: PhotoChoice,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._logbook = logbook
        self._target = target
        self._as_zip = as_zip
        self._photos = photos
        self._progress = progress
        self._cancelled = cancelled
        self._done, self._steps = 0, 1
        self._left_out = dict.fromkeys(LEFT_OUT, 0)

    def one_patient(self, patient_id: UUID, *, reports: bool) -> Exported:
        """Export one patient; LeavingNotDone RESTRICTED where the law wants silence."""
        with self._faults(), snapshot(self._logbook._database) as moment:
            if str(patient_id) in moment.restricted():
                raise leaving_not_done(LeavingFault.RESTRICTED)
            records = moment.records(patient_id)
            if not records["patient"]:
                raise leaving_not_done(LeavingFault.NOT_THERE)
            self._add_owners(records, moment)
            return self._write(moment, records, patient_id, reports=reports, plain=False, history=False)

    def everything(self, *, reports: bool, plain_file: bool, with_restricted: bool) -> Exported:
        """Export everybody, or everybody but the restricted."""
        with self._faults(), snapshot(self._logbook._database) as moment:
            restricted = () if with_restricted else moment.restricted()
            self._left_out["patients_restricted"] = len(restricted)
            records = moment.records(None, restricted)
            return self._write(
                moment, records, None, reports=reports, plain=plain_file, history=not restricted
            )

    def _write(
        self,
        moment: Snapshot,
        records: Records,
        patient_id: UUID | None,
        *,
        reports: bool,
        plain: bool,
        history: bool,
    ) -> Exported:
        printed = _with_recorded_visits(records) if reports else ()
        logs = LOGS if history else ()
        self._steps = len(records["photo"]) + len(printed) + len(RECORDS) + len(logs) + 2
        when = self._logbook.now()
        writer = PackageWriter(self._target, as_zip=self._as_zip, made_at=when, stopped=self._cancelled)
        with writer:
            pictures = self._write_pictures(writer, moment, records)
            if history and self._photos is PhotoChoice.AS_THEY_CAME:
                pictures += self._write_kept(writer, moment, pictures)
            for patient in printed:
                writer.add(f"reports/{patient}.pdf", self._logbook.report_pdf(UUID(patient)))
                self._step()
            digest = digest_of_records(records)
            whole = history and self._photos is PhotoChoice.AS_THEY_CAME
            shown = {row["sha256"] for row in records["photo"]}
            document = Document(
                made_by=__version__,
                made_at=when.isoformat(),
                scope="everything" if patient_id is None else "patient",
                photos=self._photos,
                history=history,
                records_digest=digest,
                digest=digest_with_pictures(
                    digest, (one.file_sha256 for one in pictures if one.sha256 in shown)
                )
                if whole
                else None,
                left_out=self._left_out,
                pictures=tuple(pictures),
                records=records,
            )
            self._write_tables(writer, moment, document, logs, plain=plain)
            exported = Exported(
                path=self._target,
                patients=len(records["patient"]),
                photos=len(pictures),
                files=len(writer.sums) + 3,
                digest=document.digest or digest,
                **self._left_out,
            )
            clinic = str(records["clinic"][0]["name"]) if records["clinic"] else ""
            readme = readme_text(exported, self._photos, clinic, when, whole=patient_id is None)
            writer.add("README.txt", readme.encode())
            writer.add("FIELDS.md", field_guide().encode())
            writer.close()
            self._prove(writer)
            self._note(moment, patient_id, exported)
            writer.give_name()
        self._progress(self._steps, self._steps)
        return exported

    def _write_pictures(self, writer: PackageWriter, moment: Snapshot, records: Records) -> list[Picture]:
        """The picture of each photo once; those left out are counted."""
        pictures: dict[str, Picture] = {}
        days = {row["id"]: row["on"] for row in records["visit"]}
        allowed: dict[str, bool] = {}
        for row in records["photo"]:
            self._step()
            sha256, patient = str(row["sha256"]), str(row["patient_id"])
            if self._photos is PhotoChoice.NONE or sha256 in pictures:
                continue
            if self._photos is PhotoChoice.CLEANED:
                if patient not in allowed:
                    allowed[patient] = self._may_show(UUID(patient))
                if not allowed[patient]:
                    self._left_out["photos_withheld"] += 1
                    continue
            writer.check()
            content = self._picture(moment, sha256)
            if content is None:
                self._left_out["photos_unreadable"] += 1
                continue
            cleaned = self._photos is PhotoChoice.CLEANED
            ending = "jpg" if cleaned else _ENDINGS.get(str(row["format"]), "bin")
            name = f"photos/{days[row['visit_id']]}_{row['view']}_{row['id']}.{ending}"
            writer.add(name, content)
            pictures[sha256] = Picture(sha256, name, writer.sums[name])
        return list(pictures.values())

    def _picture(self, moment: Snapshot, sha256: str) -> bytes | None:
        """A picture as it may go out; None when it is damaged or cannot be made clean."""
        original = moment.picture(sha256)
        if original is None or self._photos is PhotoChoice.AS_THEY_CAME:
            return original
        try:
            return clean_copy(original)
        except UnusablePhoto:
            return None

    def _write_kept(self, writer: PackageWriter, moment: Snapshot, pictures: list[Picture]) -> list[Picture]:
        """Photos that were taken out of recorded visits: the history names them."""
        known = {picture.sha256 for picture in pictures}
        found = []
        for row in moment.rows(BY_NAME["kept_image"]):
            sha256 = str(row["sha256"])
            content = None if sha256 in known else moment.picture(sha256)
            if content is not None:
                name = f"photos/removed_{sha256}.{_ENDINGS.get(sniff(content) or '', 'bin')}"
                writer.add(name, content)
                found.append(Picture(sha256, name, writer.sums[name]))
        return found

    def _may_show(self, patient_id: UUID) -> bool:
        """Whether the patient's consent to photos holds today."""
        consents = self._logbook.consents.of_patient(patient_id)
        return in_force(consents, ConsentKind.PHOTO_RECORD, self._logbook.today()) is not None

    def _write_tables(
        self,
        writer: PackageWriter,
        moment: Snapshot,
        document: Document,
        logs: tuple[Noun, ...],
        *,
        plain: bool,
    ) -> None:
        writer.add(DOCUMENT, document_bytes(document))
        files = {picture.sha256: picture.file for picture in document.pictures}
        for noun in RECORDS:
            more = files if noun.name == "photo" else None
            writer.add(f"csv/{noun.name}.csv", csv_bytes(noun, document.records[noun.name], more))
            self._step()
        for noun in logs:
            for name, content in line_parts(noun, moment.rows(noun)):
                writer.add(name, content)
            self._step()
        if plain:
            with writer.adding_file(PLAIN_FILE) as path:
                tables = [(noun, document.records[noun.name]) for noun in RECORDS]
                write_plain_file(
                    path, [*tables, *((noun, moment.rows(noun)) for noun in logs)], document.pictures
                )

    def _prove(self, writer: PackageWriter) -> None:
        """Read everything back from the disk."""
        self._step()
        try:
            with PackageReader(writer.unfinished, self._cancelled) as package:
                for name in package.names:
                    package.prove(name)
                sound = package.names == tuple(sorted(writer.sums))
                read_document(package)
        except LeavingNotDone as error:
            if error.fault is LeavingFault.STOPPED:
                raise
            raise leaving_not_done(LeavingFault.NOT_PROVEN) from error
        if not sound:
            raise leaving_not_done(LeavingFault.NOT_PROVEN)

    def _note(self, moment: Snapshot, patient_id: UUID | None, exported: Exported) -> None:
        """The access log tells who took out what; nothing is named before that is written."""
        moment.end()
        detail = f"{exported.patients} patients, {exported.photos} photos, photos {self._photos.value}"
        self._logbook.accesses.note(AccessKind.EXPORTED, patient_id, detail)

    def _add_owners(self, records: Records, moment: Snapshot) -> None:
        """An export that is imported again needs somebody who may do everything."""
        known = {row["id"] for row in records["staff"]}
        records["staff"] += [
            row
            for row in moment.rows(BY_NAME["staff"])
            if row["active"] and row["role"] == Role.OWNER.value and row["id"] not in known
        ]

    def _step(self) -> None:
        self._done += 1
        self._progress(min(self._done, self._steps), self._steps)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except STEP_FAULTS as error:
            raise leaving_fault(error, self._target.parent.name) from error


def _with_recorded_visits(records: Records) -> tuple[str, ...]:
    """The patients with something to report, in their order."""
    recorded = {row["patient_id"] for row in records["visit"] if row["state"] == VisitState.RECORDED.value}
    return tuple(str(row["id"]) for row in records["patient"] if row["id"] in recorded)
