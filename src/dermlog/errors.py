"""The few kinds of failure that a person is told of, each as one plain sentence with a next step."""

from __future__ import annotations

from dermlog.domain.photo import PhotoFault
from dermlog.sentences import photo_sentence


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
        super().__init__(photo_sentence(fault))
        self.fault = fault


class NotPrinted(DermlogError):
    """The page could not be made or written."""
