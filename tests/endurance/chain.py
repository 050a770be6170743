"""T16: tampering with the record in every way there is: each is found, and the entry named.

Changes, deletions, swaps, insertions and cuts are given away by the file itself; a tail sealed anew, a cut
with its seals, and a whole file rolled back by the heads that are kept outside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from dermlog.chain_sentences import chain_sentence
from dermlog.changes import Changes
from dermlog.domain.access import AccessKind
from dermlog.domain.chain import Anchor, AnchorSource, ChainBreak, ChainLog
from dermlog.storage import chain
from dermlog.storage.database import Database
from tests.endurance import Outcome
from tests.makers import StillClock, make_consent, make_logbook, make_patient, make_session, make_visit
from tests.storage import tamper

_PATIENTS = 8


def run(count: int, seed: int) -> Outcome:
    """So many tamperings, of every kind in turn."""
    chance = Random(seed)  # noqa: S311 - repeatable tampering
    bad: list[str] = []
    named = 0
    with TemporaryDirectory() as folder:
        path, anchors, older = _written(Path(folder))
        sound = path.read_bytes()
        ways = [*tamper.BY_ITSELF, *tamper.AGAINST_ANCHORS, None]
        for number in range(count):
            way = ways[number % len(ways)]
            if way is None:
                content, entry = chance.choice(older)
                path.write_bytes(content)
            else:
                path.write_bytes(sound)
                with tamper.bare(path) as connection:
                    entry = way(connection, chance)
            outside = anchors if way is None or way in tamper.AGAINST_ANCHORS else ()
            found = _breaks(path, outside)
            log = ChainLog.ACCESSES if way is not None and "access" in way.__name__ else ChainLog.CHANGES
            if any(one.first <= entry <= one.last for one in found if one.log is log):
                named += bool(chain_sentence(found[0]))
            else:
                what = "rolled back" if way is None else way.__name__
                bad.append(
                    f"tampering {number} ({what}, entry {entry}): {'misnamed' if found else 'unnoticed'}"
                )
    return Outcome(count, tuple(bad), f"{named} of {count} found with the entry named")


def _breaks(path: Path, anchors: tuple[Anchor, ...]) -> tuple[ChainBreak, ...]:
    database = Database(path, key=None, clock=StillClock(), changes=Changes(), writable=False)
    try:
        return chain.verify(database, anchors=anchors).breaks
    finally:
        database.close()


def _written(folder: Path) -> tuple[Path, tuple[Anchor, ...], list[tuple[bytes, int]]]:
    """A closed file, the heads it had on the way, and itself at each with the first entry it lacks."""
    clock = StillClock()
    anchors: list[Anchor] = []
    older: list[tuple[bytes, int]] = []
    with make_logbook(folder, clock=clock) as logbook:
        for turn in range(_PATIENTS):
            clock.move(timedelta(minutes=30))
            patient = make_patient()
            logbook.patients.save(patient)
            logbook.accesses.note_viewed(patient.id)
            logbook.consents.save(make_consent(patient))
            visit = make_visit(patient)
            logbook.sessions.sign(visit, make_session(visit, logbook.products.all()[0]))
            logbook.patients.save(replace(patient, note=f"note {turn}"))
            logbook.accesses.note(AccessKind.PRINTED, patient.id, "report")
            head = logbook.history.head()
            anchors.append(Anchor(AnchorSource.BACKUP, head, clock()))
            logbook.rest()
            older.append((logbook.path.read_bytes(), head.sequence + 1))
    return logbook.path, tuple(anchors), older[:-1]
