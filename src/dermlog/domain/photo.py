"""Photo: facts about a picture; its bytes are kept apart and never change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from uuid import UUID

from dermlog.domain.identity import new_id
from dermlog.domain.validity import check_text, refuse


class PhotoView(Enum):
    """Standard views; right and left are the patient's own side turned to the camera."""

    FRONT = "front"
    RIGHT_45 = "right_45"
    LEFT_45 = "left_45"
    RIGHT_90 = "right_90"
    LEFT_90 = "left_90"
    FOREHEAD = "forehead"
    CHEEK_RIGHT = "cheek_r"
    CHEEK_LEFT = "cheek_l"
    NOSE_CHIN = "nose_chin"
    OTHER = "other"


class PhotoFault(Enum):
    """Why a picture cannot be used."""

    EMPTY = "empty"
    NOT_A_PICTURE = "not_a_picture"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_SLOW = "too_slow"
    HEIC_NOT_INSTALLED = "heic_not_installed"
    UNREADABLE = "unreadable"
    NOT_IN_BACKUP = "not_in_backup"
    NOT_MENDED = "not_mended"


@dataclass(frozen=True)
class PreparedPhoto:
    """A picture ready to be stored: the original bytes, and copies that carry nothing but the picture.

    width and height are upright, in pixels; taken_at is the camera's local time and taken_offset_minutes its
    distance from UTC, each None where the camera did not say. Longest sides: preview 1500, print_copy 945,
    thumbnail 320 pixels, all JPEG.
    """

    original: bytes
    sha256: str
    format: str
    width: int
    height: int
    taken_at: datetime | None
    taken_offset_minutes: int | None
    preview: bytes
    print_copy: bytes
    thumbnail: bytes


@dataclass(frozen=True)
class Photo:
    """Facts about a stored picture; sha256 finds its bytes."""

    patient_id: UUID
    visit_id: UUID
    view: PhotoView
    sha256: str
    format: str
    width: int
    height: int
    byte_count: int
    taken_at: datetime | None
    taken_offset_minutes: int | None
    added_at: datetime
    file_name: str = ""
    note: str = ""
    id: UUID = field(default_factory=new_id)

    def __post_init__(self) -> None:
        refuse(check_text("note", self.note), check_text("file_name", self.file_name, limit=1000))
