"""The safety card and the screening rules: switched on knowingly, kept at once, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.screening import FIXED_RULES, Level, ScreeningRule
from dermlog.logbook import Logbook
from dermlog.ui.clinic import safety_card
from dermlog.ui.clinic.rules_dialog import RulesDialog
from dermlog.ui.clinic.safety_card import SafetyCard
from tests.makers import make_logbook


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook with a doctor writing."""
    made = make_logbook(tmp_path)
    yield made
    made.close()


@pytest.fixture
def card(logbook: Logbook, qtbot: QtBot) -> SafetyCard:
    """The card."""
    made = SafetyCard(logbook)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(logbook: Logbook, qtbot: QtBot) -> RulesDialog:
    """The rules."""
    made = RulesDialog(logbook)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("agreed", [True, False])
def test_sharing_is_switched_on_only_by_a_yes_to_the_label_sentence(
    card: SafetyCard, logbook: Logbook, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, line: str, _yes: str) -> bool:
        asked.append(line)
        return agreed

    monkeypatch.setattr(safety_card, "ask", ask)
    assert card.sharing.value() is False
    card.sharing.set_value(True)
    card.sharing.value_changed.emit(True)
    assert "one vial, one patient, one session" in asked[0]
    assert logbook.clinic.get().shares_vials is agreed
    assert card.sharing.value() is agreed


def test_sharing_is_switched_off_without_a_question(
    card: SafetyCard, logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safety_card, "ask", lambda *_args: True)
    card.sharing.value_changed.emit(True)
    monkeypatch.setattr(safety_card, "ask", lambda *_args: pytest.fail("asked"))
    card.sharing.value_changed.emit(False)
    assert not logbook.clinic.get().shares_vials
    assert logbook.clinic.get().name == "Skin Clinic", "the letterhead stays"


def test_every_rule_that_is_a_choice_is_a_row(dialog: RulesDialog) -> None:
    assert dialog.levels.keys() == set(ScreeningRule) - FIXED_RULES


def test_a_level_is_kept_at_once(dialog: RulesDialog, logbook: Logbook) -> None:
    dialog.levels[ScreeningRule.BREASTFEEDING].value_changed.emit(Level.STOP)
    assert logbook.screening_rules.plan().level(ScreeningRule.BREASTFEEDING) is Level.STOP


def test_a_question_of_the_clinic_is_added_once_and_levelled(dialog: RulesDialog, logbook: Logbook) -> None:
    dialog.question.set_text("  Flying   today? ")
    dialog.add_question.click()
    (question,) = logbook.screening_rules.plan().own
    assert (question.text, question.level) == ("Flying today?", Level.WARN)
    assert dialog.question.text() == ""
    dialog.question.set_text("Flying today?")
    dialog.add_question.click()
    assert dialog.question.error()
    assert len(logbook.screening_rules.plan().own) == 1
    dialog.own["Flying today?"].value_changed.emit(Level.OFF)
    assert logbook.screening_rules.plan().own[0].level is Level.OFF


def test_an_empty_question_is_named(dialog: RulesDialog, logbook: Logbook) -> None:
    dialog.add_question.click()
    assert dialog.question.error()
    assert logbook.screening_rules.plan().own == ()
