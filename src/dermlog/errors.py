"""The few kinds of failure that a person is told of, each as one plain sentence with a next step."""

from __future__ import annotations

from dermlog.domain.photo import PhotoFault
from dermlog.wording import _


class DermlogError(Exception):
    """Something could not be done; the text is for the user and holds no patient data."""

    @property
    def sentence(self) -> str:
        """What to show."""
        return str(self)


class LogbookNotOpened(DermlogError):
    """The file is missing, empty, foreign, newer, damaged, or in a place where it must not live."""


class NotSaved(DermlogError):
    """Writing failed and nothing was changed: full disk, read-only file, locked file, disk fault."""


class NotAllowed(DermlogError):
    """The step is refused as the record stands: signed, already recorded, changed by somebody else."""


class UnusablePhoto(DermlogError):
    """A picture cannot be used; fault says why."""

    def __init__(self, fault: PhotoFault) -> None:
        super().__init__(_photo_sentence(fault))
        self.fault = fault


class NotPrinted(DermlogError):
    """The page could not be made or written."""


def _photo_sentence(fault: PhotoFault) -> str:
    """What is wrong with a picture, and what to do about it."""
    sentences = {
        PhotoFault.EMPTY: _("This file is empty. Copy it from the camera again."),
        PhotoFault.NOT_A_PICTURE: _(
            "This file is not a picture that dermlog can read. Choose a JPEG, PNG, TIFF, WebP or HEIC picture."
        ),
        PhotoFault.DAMAGED: _("This picture is damaged. Copy it from the camera again or take a new one."),
        PhotoFault.TOO_MANY_PIXELS: _(
            "This picture is too large: more than 120 megapixels. Set the camera to a smaller size and try again."
        ),
        PhotoFault.TOO_MANY_BYTES: _(
            "This file is too large: more than 160 MB. Save it as a JPEG picture and add that."
        ),
        PhotoFault.TOO_SLOW: _(
            "This picture took too long to open, so it was left out. Save it as a JPEG picture and add that."
        ),
        PhotoFault.HEIC_NOT_INSTALLED: _(
            "This computer cannot open HEIC pictures. Set the phone to the most compatible format, "
            "or share the picture as JPEG."
        ),
        PhotoFault.UNREADABLE: _("This file could not be read. Check that it still exists and try again."),
    }
    return sentences[fault]
