"""A program that erases a patient and dies in the middle of it; test_erasing looks at what it leaves.

Arguments: the file, the patient, and where to die as "part/parts" of the statements that an erasure runs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[2]))

from dermlog.logbook import Logbook
from tests.makers import StillClock

STATEMENTS = 120
"""About as many as an erasure of a small patient runs, with the triggers' own."""


def main(path: str, patient_id: str, where: str) -> None:
    """Erase until the statement at which to die; a later one is never reached."""
    part, parts = map(int, where.split("/"))
    logbook = Logbook.open(Path(path), clock=StillClock())
    left = [1 + part * STATEMENTS // parts]

    def count(_statement: str) -> None:
        left[0] -= 1
        if not left[0]:
            os._exit(9)

    logbook._database.connection.set_trace_callback(count)
    logbook.erasing.erase_now(UUID(patient_id))
    os._exit(9)


if __name__ == "__main__":
    main(*sys.argv[1:])
