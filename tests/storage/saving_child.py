"""A program that signs sessions with photos as fast as it can and tells each one; test_killed kills it.

Arguments: the file, the patient, the key in hex or nothing. It writes "ready", then the id of each session.
"""

from __future__ import annotations

import os
import random
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[2]))

from dermlog.domain.photo import PhotoView
from dermlog.logbook import Logbook
from tests.makers import TODAY, StillClock, make_prepared, make_session, make_site, make_visit


def main(path: str, patient_id: str, key: str) -> None:
    """Save until killed."""
    chance = random.Random(os.urandom(8))  # noqa: S311
    logbook = Logbook.open(Path(path), key=bytes.fromhex(key) or None, clock=StillClock())
    patient = logbook.patients.get(UUID(patient_id))
    product = logbook.products.all()[0]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in count():
        visit = make_visit(patient, TODAY - timedelta(days=number % 300))
        session = make_session(visit, product, sites=tuple(make_site() for _ in range(12)))
        picture = make_prepared(chance.randbytes(chance.randint(200, 400_000)))
        with logbook._database.atomic():
            logbook.sessions.sign(visit, session)
            logbook.photos.add(patient.id, visit.id, picture, PhotoView.FRONT)
        os.write(1, f"{session.id}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
