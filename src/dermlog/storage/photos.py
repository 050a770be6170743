"""Photos in the file: facts in one table, bytes in their own, found by SHA-256 and never changed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.permission import Action
from dermlog.domain.photo import Photo, PhotoFault, PhotoView, PreparedPhoto
from dermlog.errors import NotRead, UnusablePhoto, not_allowed
from dermlog.storage.database import Database
from dermlog.storage.restrictions import refuse_hidden
from dermlog.storage.rows import RowMapping, Value

_PHOTOS = RowMapping("photo", Photo)


class PhotoTable:
    """Photos of the logbook's patients."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_patient(self, patient_id: UUID) -> tuple[Photo, ...]:
        """Photos of a patient, drafts' too, by the day of their visit, then in the order they were added."""
        refuse_hidden(self._database, patient_id)
        return self._select("p.patient_id = ?", (str(patient_id),))

    def of_visit(self, visit_id: UUID) -> tuple[Photo, ...]:
        """Photos of one visit or draft, in the order they were added."""
        found = self._select("p.visit_id = ?", (str(visit_id),))
        for photo in found[:1]:
            refuse_hidden(self._database, photo.patient_id)
        return found

    def get(self, photo_id: UUID) -> Photo:
        """The facts of one photo; NotAllowed when there is none, or its patient is hidden."""
        found = self._select("p.id = ?", (str(photo_id),))
        if not found:
            raise not_allowed(Refusal.NOT_THERE)
        refuse_hidden(self._database, found[0].patient_id)
        return found[0]

    def thumbnail(self, photo_id: UUID) -> bytes:
        """JPEG of at most 320 pixels; UnusablePhoto when damaged."""
        return self._bytes("photo_thumbnail", "jpeg", "jpeg_sha256", photo_id)

    def preview(self, photo_id: UUID) -> bytes:
        """JPEG of at most 1500 pixels; UnusablePhoto when damaged."""
        return self._bytes("photo_image", "preview", "preview_sha256", photo_id)

    def print_copy(self, photo_id: UUID) -> bytes:
        """JPEG of at most 945 pixels, for paper; UnusablePhoto when damaged."""
        return self._bytes("photo_image", "print_copy", "print_copy_sha256", photo_id)

    def original(self, photo_id: UUID) -> bytes:
        """The very bytes that came in; UnusablePhoto when damaged."""
        return self._bytes("photo_image", "original", "sha256", photo_id)

    def add(
        self,
        patient_id: UUID,
        visit_id: UUID,
        prepared: PreparedPhoto,
        view: PhotoView,
        file_name: str = "",
    ) -> Photo:
        """Store a prepared picture; NotAllowed when this visit has it already or is another patient's."""
        self._database.require(Action.ADD_PHOTO)
        database = self._database
        photo = Photo(
            patient_id=patient_id,
            visit_id=visit_id,
            view=view,
            sha256=prepared.sha256,
            format=prepared.format,
            width=prepared.width,
            height=prepared.height,
            byte_count=len(prepared.original),
            taken_at=prepared.taken_at,
            taken_offset_minutes=prepared.taken_offset_minutes,
            added_at=database.clock(),
            file_name=file_name,
        )
        with database.atomic():
            owner = database.value("SELECT patient_id FROM visit WHERE id = ?", (str(visit_id),))
            if owner is None:
                raise not_allowed(Refusal.NOT_THERE)
            if owner != str(patient_id):
                raise not_allowed(Refusal.OTHER_PATIENT)
            if database.value(
                "SELECT 1 FROM photo WHERE visit_id = ? AND sha256 = ?", (str(visit_id), photo.sha256)
            ):
                raise not_allowed(Refusal.SAME_PICTURE)
            if not database.value("SELECT 1 FROM photo_image WHERE sha256 = ?", (photo.sha256,)):
                database.write(
                    "INSERT INTO photo_image (sha256, print_copy_sha256, preview_sha256, print_copy, "
                    "preview, original) VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        photo.sha256,
                        _sha256(prepared.print_copy),
                        _sha256(prepared.preview),
                        prepared.print_copy,
                        prepared.preview,
                        prepared.original,
                    ),
                )
                database.write(
                    "INSERT INTO photo_thumbnail (sha256, jpeg_sha256, jpeg) VALUES (?, ?, ?)",
                    (photo.sha256, _sha256(prepared.thumbnail), prepared.thumbnail),
                )
            database.write(_PHOTOS.insert_sql, _PHOTOS.values(_PHOTOS.row(photo)))
            database.changed(Noun.PHOTO, patient_id)
        return photo

    def save(self, photo: Photo) -> None:
        """Change the view or the note of a photo; everything else stays as it came in."""
        self._database.require(Action.CHANGE_PHOTO)
        database = self._database
        with database.atomic():
            touched = database.write(
                'UPDATE photo SET "view" = ?, note = ? WHERE id = ?',
                (photo.view.value, photo.note, str(photo.id)),
            )
            if not touched:
                raise not_allowed(Refusal.NOT_THERE)
            database.changed(Noun.PHOTO, photo.patient_id)

    def move(self, visit_id: UUID, to_patient: UUID, to_visit: UUID) -> None:
        """Hang the photos of a visit on another patient's, inside a step; both histories tell of it."""
        database = self._database
        for photo in self.of_visit(visit_id):
            there = replace(photo, patient_id=to_patient, visit_id=to_visit)
            database.write("DELETE FROM photo WHERE id = ?", (str(photo.id),))
            database.write(_PHOTOS.insert_sql, _PHOTOS.values(_PHOTOS.row(there)))
            database.changed(Noun.PHOTO, photo.patient_id)
            database.changed(Noun.PHOTO, to_patient)

    def remove(self, photo_id: UUID) -> None:
        """Take a photo out of its visit.

        The bytes go too when it belonged to an unfinished visit; those of a recorded visit stay in the
        file, where the history still names them: nothing clinical is destroyed.
        """
        self._database.require(Action.REMOVE_PHOTO)
        database = self._database
        with database.atomic():
            photo = self.get(photo_id)
            recorded = database.value(
                "SELECT state = 'recorded' FROM visit WHERE id = ?", (str(photo.visit_id),)
            )
            database.write("DELETE FROM photo WHERE id = ?", (str(photo_id),))
            if recorded:
                database.write("INSERT OR IGNORE INTO kept_image (sha256) VALUES (?)", (photo.sha256,))
            elif not self._is_wanted(photo.sha256):
                database.write("DELETE FROM photo_thumbnail WHERE sha256 = ?", (photo.sha256,))
                database.write("DELETE FROM photo_image WHERE sha256 = ?", (photo.sha256,))
            database.changed(Noun.PHOTO, photo.patient_id)

    def _is_wanted(self, sha256: str) -> bool:
        """Whether a photo shows these bytes, or a recorded visit once did."""
        return bool(
            self._database.value(
                "SELECT EXISTS (SELECT 1 FROM photo WHERE sha256 = ?) "
                "OR EXISTS (SELECT 1 FROM kept_image WHERE sha256 = ?)",
                (sha256, sha256),
            )
        )

    def _bytes(self, table: str, column: str, proof: str, photo_id: UUID) -> bytes:
        """Bytes that their SHA-256 proves: a plain file does not notice a damaged picture by itself.

        NotAllowed when the patient is hidden.
        """
        try:
            found = self._database.row(
                f"SELECT i.{column}, i.{proof}, p.patient_id FROM photo p "
                f"JOIN {table} i ON i.sha256 = p.sha256 WHERE p.id = ?",
                (str(photo_id),),
            )
        except NotRead as error:
            raise UnusablePhoto(PhotoFault.DAMAGED) from error
        if found is not None:
            refuse_hidden(self._database, UUID(found[2]))
        if found is None or _sha256(found[0]) != found[1]:
            raise UnusablePhoto(PhotoFault.DAMAGED)
        return bytes(found[0])

    def _select(self, condition: str, values: tuple[Value, ...]) -> tuple[Photo, ...]:
        return tuple(
            map(
                _PHOTOS.record,
                self._database.rows(
                    f"SELECT {_PHOTOS.select('p')} FROM photo p JOIN visit v ON v.id = p.visit_id "
                    f'WHERE {condition} ORDER BY v."on", v.entered_at, v.id, p.rowid',
                    values,
                ),
            )
        )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
