"""Adding lists of patients: duplicates are found, all are added or nobody, and can be taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dermlog.domain.access import AccessKind
from dermlog.domain.backup import BackupFault
from dermlog.domain.patient_list import ListAdded, ListComparison, ListFault, ListReading, MatchKind
from dermlog.domain.validity import InvalidRecord
from dermlog.errors import BackupNotDone, ListNotRead, NotAllowed, backup_not_done
from dermlog.list_sentences import match_sentence
from dermlog.logbook import Logbook
from tests.makers import NURSE, make_logbook, make_patient, make_visit


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """Maya and Jon are there already."""
    made = make_logbook(tmp_path)
    made.patients.save(make_patient(chart_number="DL-0041"))
    made.patients.save(make_patient(chart_number="DL-0042", family_name="Åhl", given_name="Jon"))
    yield made
    made.close()


def reading_of(logbook: Logbook, folder: Path, *lines: str) -> ListReading:
    """What a list with these lines gives."""
    path = folder / "old system.csv"
    path.write_text("\n".join(("Chart number;Family name;Given name;Date of birth", *lines)), "utf-8")
    table = logbook.patient_lists.read(path)
    return logbook.patient_lists.reading(table, logbook.patient_lists.guess(table))


def compared(logbook: Logbook, folder: Path, *lines: str) -> ListComparison:
    """A list held against the logbook."""
    return logbook.patient_lists.compare(reading_of(logbook, folder, *lines))


def test_whoever_may_be_there_already_is_named(logbook: Logbook, tmp_path: Path) -> None:
    found = compared(
        logbook,
        tmp_path,
        "dl-0041;Somebody;Else;1.1.1990",
        "X1;LINDQVIST;Máya;4.2.1997",
        "X2;Lindqvist;Maya;5.2.1997",
        "X3;Jon;Ahl;",
        "X4;New;Person;1.1.1990",
        "X4;Other;Person;1.1.1991",
        "X5;New;Person;1.1.1990",
    )
    assert [one.line for one in found.new] == [4, 6]
    assert [(match.listed.line, match.kind, match.may_be_added) for match in found.matches] == [
        (2, MatchKind.SAME_NUMBER, False),
        (3, MatchKind.SAME_PERSON, True),
        (5, MatchKind.SAME_PERSON, True),
        (7, MatchKind.SAME_NUMBER_IN_LIST, False),
        (8, MatchKind.SAME_PERSON_IN_LIST, True),
    ]
    said = [match_sentence(match) for match in found.matches]
    assert "Lindqvist" in said[0]
    assert "DL-0041" in said[0]
    assert said[3] == "The same chart number stands in line 6."
    assert said[4] == "Probably the same person as in line 6."


def test_a_hidden_patient_is_not_named(logbook: Logbook, tmp_path: Path) -> None:
    maya = logbook.patients.by_chart_number("DL-0041")
    assert maya is not None
    logbook.erasing.restrict(maya.id, "asked")
    logbook._database.role = next(member.role for member in logbook.staff.all() if member.id == NURSE.id)
    with pytest.raises(NotAllowed):
        compared(logbook, tmp_path, "DL-0041;A;B;1.1.1990")


def test_all_are_added_in_one_step_and_found(logbook: Logbook, tmp_path: Path) -> None:
    reading = reading_of(logbook, tmp_path, *(f"X{n};Fam{n};Giv{n};1.1.19{n:02}" for n in range(10, 90)))
    done = logbook.patient_lists.add(reading.patients, source="old.csv", skipped=3)
    assert (done.added, done.skipped) == (80, 3)
    assert logbook.patients.count() == 82
    (hit,) = logbook.patients.search("fam33").rows
    assert logbook.patients.get(hit.id).birth_date == date(1933, 1, 1)
    lines = logbook.history.of_patient(hit.id)
    assert [(line.kind.value, line.reason) for line in lines] == [("added", "old.csv")]
    assert logbook.accesses.page(limit=1)[0].kind is AccessKind.IMPORTED
    assert logbook.check().ok
    assert logbook.history.verify().ok


def test_without_chart_numbers_the_next_free_ones_are_given(logbook: Logbook, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("Family name;Given name;Chart number\nBerg;Ada;\nCole;Bo;DL-0043\nDahl;Cy;\n", "utf-8")
    table = logbook.patient_lists.read(path)
    guessed = logbook.patient_lists.guess(table)
    mapping = type(guessed)(guessed.columns, guessed.date_order, guessed.has_header, number_on=True)
    reading = logbook.patient_lists.reading(table, mapping)
    assert [one.needs_number for one in reading.patients] == [True, False, True]
    logbook.patient_lists.add(reading.patients, source=path.name)
    numbers = {row.family_name: row.chart_number for row in logbook.patients.search("").rows}
    assert numbers["Berg"] == "DL-0044"
    assert numbers["Cole"] == "DL-0043"
    assert numbers["Dahl"] == "DL-0045"


def test_a_number_given_away_meanwhile_adds_nobody(logbook: Logbook, tmp_path: Path) -> None:
    reading = reading_of(logbook, tmp_path, *(f"X{n};Fam;Giv{n};1.1.1990" for n in range(700)))
    logbook.patients.save(make_patient(chart_number="x650"))
    with pytest.raises(InvalidRecord):
        logbook.patient_lists.add(reading.patients, source="old.csv")
    assert logbook.patients.count() == 3


def test_stopped_in_the_middle_adds_nobody(logbook: Logbook, tmp_path: Path) -> None:
    reading = reading_of(logbook, tmp_path, *(f"X{n};Fam;Giv{n};1.1.1990" for n in range(1200)))
    seen: list[tuple[int, int]] = []
    with pytest.raises(ListNotRead) as stopped:
        logbook.patient_lists.add(
            reading.patients,
            source="old.csv",
            progress=lambda done, of: seen.append((done, of)),
            cancelled=lambda: len(seen) == 2,
        )
    assert stopped.value.fault is ListFault.STOPPED
    assert seen == [(500, 1200), (1000, 1200)]
    assert logbook.patients.count() == 2


def test_a_backup_without_the_list_is_made_before(logbook: Logbook, tmp_path: Path) -> None:
    reading = reading_of(logbook, tmp_path, "X1;Berg;Ada;1.1.1990")
    logbook.patient_lists.add(reading.patients, source="old.csv")
    (before,) = logbook.backups.sets()
    assert logbook.backups.compare(before).other_changes == 1
    assert [line.kind for line in logbook.accesses.page()] == [AccessKind.IMPORTED, AccessKind.BACKED_UP]


@pytest.mark.parametrize("fault", [BackupFault.DISK_FULL, BackupFault.STOPPED])
def test_without_that_backup_nobody_is_added(
    logbook: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BackupFault
) -> None:
    def fails(*_all: object, **_how: object) -> None:
        raise backup_not_done(fault, "E:")

    monkeypatch.setattr("dermlog.storage.backup.back_up", fails)
    reading = reading_of(logbook, tmp_path, "X1;Berg;Ada;1.1.1990")
    with pytest.raises(ListNotRead if fault is BackupFault.STOPPED else BackupNotDone):
        logbook.patient_lists.add(reading.patients, source="old.csv")
    assert logbook.patients.count() == 2


def test_an_import_is_taken_back_while_nothing_else_is_recorded(logbook: Logbook, tmp_path: Path) -> None:
    reading = reading_of(logbook, tmp_path, "X1;Berg;Ada;1.1.1990", "X2;Cole;Bo;1.1.1991")
    done = logbook.patient_lists.add(reading.patients, source="old.csv")
    logbook.patients.note_opened(done.ids[0])
    assert logbook.patient_lists.take_back(done) == 2
    assert logbook.patients.count() == 2
    assert logbook.check().ok
    again = logbook.patient_lists.add(reading.patients, source="old.csv")
    logbook.visits.save(make_visit(logbook.patients.get(again.ids[1])))
    with pytest.raises(ListNotRead) as refused:
        logbook.patient_lists.take_back(again)
    assert refused.value.fault is ListFault.CHANGED_MEANWHILE
    assert logbook.patients.count() == 4


def test_an_assistant_imports_nothing(logbook: Logbook, tmp_path: Path) -> None:
    reading = reading_of(logbook, tmp_path, "X1;Berg;Ada;1.1.1990")
    logbook.act_as(NURSE.id)
    with pytest.raises(NotAllowed):
        logbook.patient_lists.add(reading.patients, source="old.csv")
    with pytest.raises(NotAllowed):
        logbook.patient_lists.take_back(ListAdded(()))
    assert logbook.patients.count() == 2
