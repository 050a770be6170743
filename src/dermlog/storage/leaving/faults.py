"""What a failed step of an export or an import means."""

from __future__ import annotations

import errno

from dermlog.domain.file_fault import SavingFault
from dermlog.domain.leaving import LeavingFault
from dermlog.errors import DermlogError, LeavingNotDone, leaving_not_done
from dermlog.storage import driver
from dermlog.storage.database import saving_fault

_KNOWN = {
    errno.ENOSPC: LeavingFault.DISK_FULL,
    errno.EDQUOT: LeavingFault.DISK_FULL,
    errno.EFBIG: LeavingFault.DISK_FULL,
    errno.EROFS: LeavingFault.NOT_WRITABLE,
    errno.EACCES: LeavingFault.NOT_WRITABLE,
    errno.EPERM: LeavingFault.NOT_WRITABLE,
    errno.ENOENT: LeavingFault.FOLDER_MISSING,
    errno.ENOTDIR: LeavingFault.FOLDER_MISSING,
    errno.EEXIST: LeavingFault.ALREADY_THERE,
    errno.ENOTEMPTY: LeavingFault.ALREADY_THERE,
}

STEP_FAULTS: tuple[type[BaseException], ...] = (*driver.FAULTS, OSError)
"""What a step may raise when a file or a disk is at fault."""


def leaving_fault(error: BaseException, name: str) -> DermlogError:
    """The error to tell of, for the folder or file of this name."""
    if isinstance(error, LeavingNotDone):
        return error
    if isinstance(error, OSError):
        return leaving_not_done(_KNOWN.get(error.errno or 0, LeavingFault.DISK), name)
    full = saving_fault(error) is SavingFault.DISK_FULL
    return leaving_not_done(LeavingFault.DISK_FULL if full else LeavingFault.DISK, name)
