"""Once a year somebody fetches the recovery sheet; whoever signs types their password once more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.logbook import Logbook
from dermlog.ui.kit import background
from dermlog.ui.sign_in.proof_dialog import ProofDialog, prove_again
from dermlog.ui.sign_in.sheet_check_dialog import SheetCheckDialog, sheet_is_due
from dermlog.ui.today.today_screen import TodayScreen
from tests.makers import DOCTOR, NURSE, StillClock, make_logbook
from tests.ui.locked_logbook import CODE, PASSWORDS, make_cheap, make_locked

SLOW = 20_000


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logbook]:
    """A locked logbook, open, with the doctor writing."""
    make_cheap(monkeypatch)
    made = make_locked(tmp_path, clock)
    yield made
    background.shutdown()
    made.close()


def test_the_sheet_is_due_once_a_year_for_owners(logbook: Logbook, clock: StillClock) -> None:
    assert sheet_is_due(logbook)
    logbook.keys.note_sheet_checked()
    assert not sheet_is_due(logbook)
    clock.move(timedelta(days=364))
    assert not sheet_is_due(logbook)
    clock.move(timedelta(days=1))
    assert sheet_is_due(logbook)
    logbook.act_as(NURSE.id)
    assert not sheet_is_due(logbook)


def test_nobody_is_asked_where_there_is_no_sheet(tmp_path: Path) -> None:
    with make_logbook(tmp_path) as logbook:
        assert not sheet_is_due(logbook)


def test_nobody_looks_for_the_sheet_of_a_sample(logbook: Logbook) -> None:
    assert sheet_is_due(logbook)
    logbook.clinic.save(replace(logbook.clinic.get(), is_sample=True))
    assert not sheet_is_due(logbook)


def test_today_asks_quietly(logbook: Logbook, qtbot: QtBot) -> None:
    screen = TodayScreen(logbook)
    qtbot.addWidget(screen)
    screen.on_shown()
    assert screen.notice.text().startswith("Is the recovery sheet still in the safe?")


@pytest.mark.parametrize("right", [True, False])
def test_one_group_proves_the_sheet(logbook: Logbook, qtbot: QtBot, right: bool) -> None:
    dialog = SheetCheckDialog(logbook)
    qtbot.addWidget(dialog, before_close_func=lambda made: made.done(0))
    dialog.setModal(False)
    dialog.show()
    group = CODE.groups[dialog.asked - 1]
    dialog.groups.fill(group if right else group[::-1] if group != group[::-1] else "ZZZZ")
    dialog.own.edit.setText(PASSWORDS[DOCTOR.id])
    dialog.prove()
    qtbot.waitUntil(lambda: not dialog.isVisible() or bool(dialog.groups.error()), timeout=SLOW)
    assert sheet_is_due(logbook) is not right
    assert bool(dialog.groups.error()) is not right


def test_nothing_is_proven_without_a_group_or_a_password(logbook: Logbook, qtbot: QtBot) -> None:
    dialog = SheetCheckDialog(logbook)
    qtbot.addWidget(dialog)
    dialog.prove()
    assert dialog.groups.error() == "Type the four letters of this group."
    dialog.groups.fill(CODE.groups[dialog.asked - 1])
    dialog.prove()
    assert dialog.own.error() == "Your password is missing. Please type it."


@pytest.mark.parametrize("signs", [True, False])
def test_a_signature_asks_for_the_password(
    logbook: Logbook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, signs: bool
) -> None:
    asked: list[str] = []

    def answer(dialog: ProofDialog) -> int:
        asked.append(dialog.own.label())
        return int(signs)

    monkeypatch.setattr(ProofDialog, "exec", answer)
    screen = TodayScreen(logbook)
    qtbot.addWidget(screen)
    assert prove_again(logbook, screen, "Sign amendment") is signs
    assert asked == ["Your own password, Dr Sato"]
