"""The sample logbook: repeatable, whole, and with the courses that it promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dermlog.demo import write_sample
from dermlog.demo.people import NAMED_PATIENTS, PEOPLE, Story
from dermlog.domain.course import Course
from dermlog.domain.draft import DraftKind
from dermlog.domain.instrument import Instrument, Rater, Series
from dermlog.domain.schedule import DueStatus
from dermlog.domain.side_effect import SideEffectTerm, WeaknessPlace
from dermlog.errors import LogbookNotOpened
from dermlog.logbook import Logbook

DAY = date(2026, 4, 17)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample with three more than the named, only the facts."""
    made = tmp_path_factory.mktemp("demo") / "Sample.dermlog"
    write_sample(made, patients=NAMED_PATIENTS + 3, photos=False, today=DAY)
    return made


@pytest.fixture
def sample(path: Path) -> Iterator[Logbook]:
    """The sample, opened for viewing."""
    with Logbook.open(path, viewing=True) as logbook:
        yield logbook


def everything(logbook: Logbook) -> list[object]:
    """All records of a logbook, in one order."""
    rows = logbook.patients.search("", 500).rows
    found: list[object] = [logbook.clinic.get(), logbook.staff.all(), logbook.products.all(), rows]
    for row in rows:
        found += [
            logbook.patients.get(row.id),
            logbook.consents.of_patient(row.id),
            logbook.visits.of_patient(row.id),
            logbook.sessions.of_patient(row.id),
            logbook.photos.of_patient(row.id),
            logbook.drafts.of_patient(row.id),
            logbook.visits.acknowledgements(row.id),
            logbook.history.of_patient(row.id),
        ]
    return found


def course_of(logbook: Logbook, story: Story) -> Course:
    """The course of the first person with that story."""
    who = next(person for person in PEOPLE if person.story is story)
    patient = logbook.patients.by_chart_number(who.chart_number)
    assert patient is not None
    return logbook.course(patient.id)


def oiliness(course: Course) -> list[int]:
    series = next(
        one
        for one in course.all_series
        if one.instrument is Instrument.OILINESS and one.rater is Rater.CLINICIAN
    )
    assert isinstance(series, Series)
    return [int(point.value) for point in course.points(series)]


def test_the_sample_is_in_order(sample: Logbook) -> None:
    result = sample.check()
    assert result.findings == ()
    assert result.ok
    assert result.counts.patients == NAMED_PATIENTS + 3
    assert sample.clinic.get().is_sample


def test_the_same_seed_and_day_give_the_same_logbook(sample: Logbook, tmp_path: Path) -> None:
    again = tmp_path / "Again.dermlog"
    write_sample(again, patients=NAMED_PATIENTS + 3, photos=False, today=DAY)
    with Logbook.open(again, viewing=True) as other:
        assert everything(other) == everything(sample)


def test_another_seed_gives_another_logbook(sample: Logbook, tmp_path: Path) -> None:
    other = tmp_path / "Other.dermlog"
    write_sample(other, patients=2, photos=False, today=DAY, seed=2)
    with Logbook.open(other, viewing=True) as logbook:
        named = logbook.patients.by_chart_number("DL-0142")
        same = sample.patients.by_chart_number("DL-0142")
        assert named is not None
        assert same is not None
        assert logbook.visits.of_patient(named.id) != sample.visits.of_patient(same.id)


def test_photos_are_drawn_with_the_day_of_their_visit(tmp_path: Path) -> None:
    path = tmp_path / "One.dermlog"
    write_sample(path, patients=1, today=DAY)
    with Logbook.open(path, viewing=True) as logbook:
        (row,) = logbook.patients.search("").rows
        photos = logbook.photos.of_patient(row.id)
        days = {visit.id: visit.on for visit in logbook.visits.of_patient(row.id)}
        assert {photo.visit_id for photo in photos} == set(days)
        assert [photo.taken_at.date() for photo in photos if photo.taken_at is not None] == [
            days[photo.visit_id] for photo in photos
        ]


def test_the_promised_courses_are_there(sample: Logbook) -> None:
    responder = oiliness(course_of(sample, Story.LONG))
    assert min(responder[1:3]) < responder[0]
    flat = oiliness(course_of(sample, Story.NON_RESPONDER))
    assert abs(flat[-1] - flat[0]) <= 1
    worse = oiliness(course_of(sample, Story.WORSENS))
    assert worse[-1] > worse[0]
    (eyelid,) = (
        episode
        for episode in course_of(sample, Story.WEAK_EYELID).episodes
        if episode.term is SideEffectTerm.MUSCLE_WEAKNESS
    )
    assert eyelid.place is WeaknessPlace.EYELID
    assert len(course_of(sample, Story.LONG).sessions) >= 4


def test_today_has_something_of_everything(path: Path) -> None:
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    with Logbook.open(path, viewing=True, clock=lambda: noon) as logbook:
        board = logbook.today_board()
    assert [row.patient.chart_number for row in board.needs_doctor] == ["DL-0118"]
    assert DueStatus.LATE in {row.due.status(DAY) for row in board.follow_ups}
    assert {row.draft.kind for row in board.drafts} == set(DraftKind)


def test_names_come_in_several_scripts(sample: Logbook) -> None:
    names = "".join(row.family_name for row in sample.patients.search("").rows)
    scripts = {"latin": "a", "han": "山", "cyrillic": "П", "arabic": "ا", "hebrew": "כ", "thai": "ใ"}
    assert not [script for script, letter in scripts.items() if letter not in names]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "Mine.dermlog"
    path.write_text("mine")
    with pytest.raises(LogbookNotOpened):
        write_sample(path, photos=False)
    assert path.read_text() == "mine"


def test_work_that_fails_leaves_no_half_sample(tmp_path: Path) -> None:
    def fail(done: int, _total: int) -> None:
        if done == 2:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_sample(tmp_path / "Half.dermlog", patients=3, photos=False, progress=fail)
    assert list(tmp_path.iterdir()) == []
