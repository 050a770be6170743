"""T12: 2,000 hostile texts are saved, shown, found, printed, exported and imported as they were typed."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from dermlog.domain.csv_cell import from_cell
from dermlog.domain.patient import Patient
from dermlog.domain.side_effect import Severity, SideEffect, SideEffectTerm
from dermlog.domain.validity import Fault, InvalidRecord
from dermlog.logbook import Logbook, import_export
from dermlog.report.progress_report import write_pdf
from dermlog.ui.kit.label import Label
from tests.logbook.hostile_texts import LATIN, PIECES, hostile_texts
from tests.makers import make_logbook, make_patient
from tests.report.reports import make_facts, make_visit, pages_of, scores, week

pytestmark = pytest.mark.usefixtures("qapp")
COUNT = 2000
PRINTED = 240
REFUSED = {Fault.CONTROL_CHARACTER, Fault.TOO_LONG, Fault.LINE_BREAK, Fault.MISSING}


class _Ear:
    """Hears sockets and programs being opened while it listens; Python never takes such a hook away again."""

    def __init__(self) -> None:
        self.listening = False
        self.heard: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, _arguments: tuple[object, ...]) -> None:
        if self.listening and event.startswith(
            ("socket.", "subprocess.", "os.system", "webbrowser.", "urllib.")
        ):
            self.heard.append(event)

    @contextmanager
    def listens(self) -> Iterator[list[str]]:
        """What is heard inside the block."""
        self.heard, self.listening = [], True
        try:
            yield self.heard
        finally:
            self.listening = False


EAR = _Ear()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """All of them."""
    return hostile_texts(COUNT)


@pytest.fixture(scope="module")
def typed(texts: Sequence[str]) -> dict[int, Patient]:
    """Patients with such a note, name and phone where the record takes them; else it said why."""
    patients = {}
    for number, text in enumerate(texts):
        facts: dict[str, str] = {"note": text}
        if number % 2:
            facts |= {"given_name": text, "phone": text}
        try:
            patients[number] = make_patient(chart_number=f"{number:05d}", family_name="Ng", **facts)
        except InvalidRecord as refused:
            assert {problem.fault for problem in refused.problems} <= REFUSED
    return patients


@pytest.fixture(scope="module")
def saved(typed: dict[int, Patient], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """A logbook with all of them."""
    logbook = make_logbook(tmp_path_factory.mktemp("texts"))
    with logbook.in_one_step():
        for patient in typed.values():
            logbook.patients.save(patient)
    yield logbook
    logbook.close()


def test_most_of_them_are_taken(typed: dict[int, Patient]) -> None:
    """Only what cannot be seen, or does not fit, is refused."""
    assert len(typed) > COUNT // 2


def test_they_are_read_as_they_were_typed(saved: Logbook, typed: dict[int, Patient]) -> None:
    for patient in typed.values():
        assert saved.patients.get(patient.id) == patient


def test_a_label_shows_them_as_plain_text(typed: dict[int, Patient]) -> None:
    label = Label(wrap=True)
    for patient in typed.values():
        # Qt drops a byte order mark at the beginning of a text; nothing is seen of one anyway.
        note = patient.note[:500].removeprefix("\ufeff")
        label.setText(note)
        assert label.text() == note
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()


def test_a_search_for_them_finds_or_finds_nothing(
    saved: Logbook, texts: Sequence[str], typed: dict[int, Patient]
) -> None:
    with EAR.listens() as heard:
        for number, text in enumerate(texts):
            hits = saved.patients.search(text[:200], limit=5)
            patient = typed.get(number)
            if number < len(PIECES) and patient is not None and patient.given_name.isalpha():
                found = saved.patients.search(patient.given_name, limit=2000).rows
                assert patient.id in {row.id for row in found}
            assert len(hits.rows) <= 5
    assert heard == []


def test_they_leave_and_come_back(saved: Logbook, typed: dict[int, Patient], tmp_path: Path) -> None:
    target = tmp_path / "all"
    with EAR.listens() as heard:
        exported = saved.leaving.export_everything(target, as_zip=False, reports=False)
    with (target / "csv" / "patient.csv").open(encoding="utf-8-sig", newline="") as file:
        table = {row["id"]: row for row in csv.DictReader(file)}
    assert len(table) == len(typed)
    for patient in typed.values():
        row = table[str(patient.id)]
        for name in ("note", "given_name", "phone"):
            assert from_cell(row[name]) == getattr(patient, name)
            assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    with EAR.listens() as heard_again:
        imported = import_export(target, tmp_path / "New.dermlog")
    assert imported.digest == exported.digest
    # The picture decoder is the one program that is ever started, and there are no pictures here.
    assert heard + heard_again == []
    with Logbook.open(tmp_path / "New.dermlog") as there:
        for patient in typed.values():
            assert there.patients.get(patient.id) == patient


def _effects(texts: Sequence[str]) -> tuple[SideEffect, ...]:
    """Each text as what a reaction was called; a number before it tells twins apart."""
    effects = []
    for number, text in enumerate(texts):
        try:
            effects.append(SideEffect(SideEffectTerm.OTHER, Severity.MILD, label=f"{number}q{text[:190]}"))
        except InvalidRecord as refused:
            assert {problem.fault for problem in refused.problems} <= REFUSED
    return tuple(effects)


@pytest.mark.parametrize("part", range(4))
def test_they_are_printed_as_they_were_typed(texts: Sequence[str], part: int) -> None:
    size = PRINTED // 4
    some = [*LATIN, *texts[len(PIECES) :]][part * size : (part + 1) * size]
    effects = _effects(some)
    visit = make_visit(week(2), *scores(2), side_effects=effects)
    with EAR.listens() as heard:
        pdf = write_pdf(make_facts([make_visit(week(0), *scores(3)), visit], []))
    assert heard == []
    printed = "".join("".join(page.split()) for page in pages_of(pdf))
    for effect in effects:
        if effect.label.isascii():
            assert "".join(effect.label.split()) in printed, effect.label
