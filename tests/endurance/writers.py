"""T11: four threads write through connections of their own, and edit one record against each other."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from dermlog.domain.patient import Patient
from dermlog.errors import ChangedMeanwhile, DermlogError, LogbookNotOpened
from dermlog.logbook import Logbook
from tests.endurance import Outcome
from tests.makers import make_logbook, make_patient, make_visit

WRITERS = 4
_TRIES = 200


@dataclass
class _Done:
    """What one writer was told is saved, and what it was told is not."""

    number: int
    random: Random
    visits: list[UUID] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    conflicts: int = 0
    bad: list[str] = field(default_factory=list)


def run(count: int, seed: int) -> Outcome:
    """Do so many transactions in four threads; every acknowledged one must be there, every conflict told."""
    with TemporaryDirectory(prefix="dermlog-writers-") as folder:
        logbook = make_logbook(Path(folder))
        shared = make_patient(note="0")
        logbook.patients.save(shared)
        done = [_Done(number, Random(seed + number)) for number in range(WRITERS)]  # noqa: S311 - no secret
        share = -(-count // WRITERS)
        threads = [threading.Thread(target=_write, args=(logbook, shared.id, share, mine)) for mine in done]
        for thread in threads:
            thread.start()
        bad = _second_openings(logbook.path)
        for thread in threads:
            thread.join()
        bad += [sentence for mine in done for sentence in mine.bad]
        bad += _lost(logbook, shared.id, done)
        logbook.close()
        with Logbook.open(Path(folder) / logbook.path.name) as again:
            bad += _lost(again, shared.id, done)
            bad += [f"the check found {finding}" for finding in again.check().findings]
    saved = sum(len(mine.visits) + len(mine.edits) for mine in done)
    conflicts = sum(mine.conflicts for mine in done)
    return Outcome(saved, tuple(bad), f"{conflicts} conflicting edits, all told")


def _write(logbook: Logbook, shared: UUID, share: int, mine: _Done) -> None:
    """The life of one writer: visits of a patient of its own, and edits of the patient of all."""
    try:
        with logbook.second_connection() as own:
            patient = make_patient(chart_number=f"W-{mine.number}")
            own.patients.save(patient)
            for step in range(share):
                if mine.random.random() < 0.5:
                    visit = make_visit(patient, note=f"{mine.number}/{step}")
                    own.visits.save(visit)
                    mine.visits.append(visit.id)
                else:
                    _edit(own, shared, f"{mine.number}/{step}", mine)
    except DermlogError as error:
        mine.bad.append(f"writer {mine.number}: {error}")


def _edit(own: Logbook, shared: UUID, word: str, mine: _Done) -> None:
    """Count the shared note up by one, as a form would: load, change, save what was loaded only."""
    for _try in range(_TRIES):
        loaded = own.patients.get(shared)
        counted = replace(loaded, note=str(int(loaded.note) + 1), phone=word)
        try:
            own.patients.save(counted, based_on=loaded)
        except ChangedMeanwhile as error:
            mine.conflicts += 1
            if not isinstance(error.stored, Patient) or error.stored == loaded:
                mine.bad.append(f"{word}: a conflict that does not show what the other saved")
            continue
        mine.edits.append(word)
        return
    mine.bad.append(f"{word}: no turn in {_TRIES} tries")


def _second_openings(path: Path) -> list[str]:
    """Whoever looks meanwhile is let in, and never writes."""
    bad = []
    for _try in range(5):
        try:
            with Logbook.open(path, viewing=True) as viewer:
                viewer.patients.count()
                try:
                    viewer.patients.save(make_patient())
                    bad.append("a viewer wrote")
                except DermlogError:
                    pass
        except LogbookNotOpened as error:
            bad.append(f"a viewer was shut out: {error}")
    return bad


def _lost(logbook: Logbook, shared: UUID, done: list[_Done]) -> list[str]:
    """What was acknowledged and is not there, or is there and was never acknowledged."""
    there = {
        visit.id
        for row in logbook.patients.search("", limit=50).rows
        for visit in logbook.visits.of_patient(row.id)
    }
    acknowledged = {visit for mine in done for visit in mine.visits}
    edits = Counter(word for mine in done for word in mine.edits)
    bad = [f"visit {visit} is lost" for visit in sorted(acknowledged - there)]
    bad += [f"visit {visit} was never acknowledged" for visit in sorted(there - acknowledged)]
    counted = int(logbook.patients.get(shared).note)
    if counted != edits.total():
        bad.append(f"{edits.total()} edits were acknowledged, {counted} are in the record")
    told = [line.after["phone"] for line in logbook.history.of_patient(shared) if line.after]
    missing = set(edits) - set(map(str, told))
    bad += [f"the text of edit {word} is in no version" for word in sorted(missing)]
    return bad
