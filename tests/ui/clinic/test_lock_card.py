"""The clinic's part of the lock: passwords, leavers, minutes, the sheet once more, another key (F33)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dermlog.domain.access import AccessKind
from dermlog.domain.staff import Role, Staff
from dermlog.errors import NotUnlocked
from dermlog.logbook import Logbook, people_of, unlock, unlock_with_code
from dermlog.ui.clinic.clinic_screen import ClinicScreen
from dermlog.ui.clinic.key_dialog import KeyChangeDialog, SheetAgainDialog
from dermlog.ui.clinic.lock_card import LockCard
from dermlog.ui.clinic.password_dialog import PasswordDialog
from dermlog.ui.clinic.staff_form import StaffForm
from dermlog.ui.kit import background
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.sign_in.proof_dialog import ProofDialog
from dermlog.ui.sign_in.sheet_dialog import SheetDialog
from tests.makers import DOCTOR, NURSE, make_logbook
from tests.ui.locked_logbook import CODE, PASSWORDS, make_cheap, make_locked

SLOW = 20_000
NEW = "eleven quiet otters"


@pytest.fixture
def logbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logbook]:
    """A locked logbook, open, with the doctor writing."""
    make_cheap(monkeypatch)
    made = make_locked(tmp_path)
    yield made
    background.shutdown()
    made.close()


@pytest.fixture
def card(logbook: Logbook, qtbot: QtBot) -> LockCard:
    """The card, shown."""
    made = LockCard(logbook)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(dialog: Dialog, qtbot: QtBot) -> None:
    """Show without waiting for it to be closed."""
    qtbot.addWidget(dialog, before_close_func=lambda made: made.done(0))
    dialog.setModal(False)
    with qtbot.waitExposed(dialog):
        dialog.show()


def prove(dialog: ProofDialog, qtbot: QtBot, password: str = PASSWORDS[DOCTOR.id]) -> None:
    """Type one's own password and wait for the end."""
    dialog.own.edit.setText(password)
    dialog.prove()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=SLOW)


def details(card: LockCard) -> list[str]:
    return [card._person_cell(person).detail for person in card.table.rows()]


def test_it_says_who_has_a_password(card: LockCard, logbook: Logbook) -> None:
    assert details(card) == ["has a password", "has a password"]
    logbook.staff.save(Staff("Dr Nakamura", Role.CLINICIAN))
    card.refresh()
    assert details(card).count("no password, cannot sign in") == 1


def test_an_owner_gives_somebody_a_password(logbook: Logbook, qtbot: QtBot) -> None:
    dialog = PasswordDialog(logbook, NURSE)
    shown(dialog, qtbot)
    dialog.fields.first.edit.setText(NEW)
    dialog.fields.again.edit.setText(NEW)
    prove(dialog, qtbot)
    assert unlock(logbook.path, NURSE.id, NEW).staff_id == NURSE.id
    with pytest.raises(NotUnlocked):
        unlock(logbook.path, NURSE.id, PASSWORDS[NURSE.id])
    newest = logbook.accesses.page(limit=1)[0]
    assert (newest.kind, newest.detail) == (AccessKind.PASSWORD_SET, str(NURSE.id))
    assert dialog.fields.first.text() == dialog.own.text() == ""


def test_a_wrong_own_password_sets_nothing(logbook: Logbook, qtbot: QtBot) -> None:
    dialog = PasswordDialog(logbook, NURSE)
    shown(dialog, qtbot)
    dialog.fields.first.edit.setText(NEW)
    dialog.fields.again.edit.setText(NEW)
    dialog.own.edit.setText("not the right one")
    dialog.prove()
    qtbot.waitUntil(lambda: bool(dialog.own.error()), timeout=SLOW)
    assert (dialog.own.error() or "").startswith("That password doesn't match.")
    assert dialog.fields.first.text() == NEW
    assert unlock(logbook.path, NURSE.id, PASSWORDS[NURSE.id])


def test_an_assistant_changes_their_own_and_no_other(logbook: Logbook, qtbot: QtBot) -> None:
    logbook.act_as(NURSE.id)
    card = LockCard(logbook)
    qtbot.addWidget(card)
    assert [card._verb_cell(person).text for person in (DOCTOR, NURSE)] == ["", "Change…"]
    assert not card.minutes.isEnabled()
    assert not card.print_button.isEnabled()
    assert not card.change_button.isEnabled()
    card.set_password(DOCTOR)  # opens nothing: a dialog would wait here for ever


def test_a_leaver_loses_the_password_at_once(logbook: Logbook, qtbot: QtBot) -> None:
    form = StaffForm(logbook, None, NURSE)
    shown(form, qtbot)
    form.active.set_value(False)
    form._on_save()
    assert [person.name for person in people_of(logbook.path)] == [DOCTOR.name]
    assert logbook.accesses.page(limit=1)[0].kind is AccessKind.PASSWORD_REMOVED


def test_the_minutes_are_kept(card: LockCard, logbook: Logbook) -> None:
    assert card.minutes.value() == 10
    card.minutes.value_changed.emit(3)
    assert logbook.clinic_rules.get().idle_lock_minutes == 3


def test_the_sheet_once_more_is_the_same(logbook: Logbook, qtbot: QtBot) -> None:
    dialog = SheetAgainDialog(logbook)
    shown(dialog, qtbot)
    prove(dialog, qtbot)
    assert dialog.code == CODE


def test_another_key_takes_another_sheet(logbook: Logbook, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = KeyChangeDialog(logbook)
    shown(dialog, qtbot)
    assert not dialog.holds_key()
    prove(dialog, qtbot)
    code = dialog.code
    assert code is not None
    assert code != CODE
    logbook.patients.count()  # the connection goes on with the new key
    with pytest.raises(NotUnlocked):
        unlock_with_code(logbook.path, CODE.text)
    assert unlock_with_code(logbook.path, code.text)
    assert unlock(logbook.path, DOCTOR.id, PASSWORDS[DOCTOR.id])
    card = LockCard(logbook)
    qtbot.addWidget(card)
    assert "must set a new password: the key was changed" in details(card)
    assert logbook.accesses.newest(AccessKind.KEY_CHANGED) is not None
    sheet = SheetDialog(logbook, code)
    shown(sheet, qtbot)
    sheet.sheet.save_to(tmp_path / "sheet.pdf")
    assert not sheet.done_button.isEnabled()
    sheet.sheet.groups.fill("".join(code.groups[number - 1] for number in sheet.sheet.asked))
    sheet.done_button.click()
    assert not sheet.isVisible()
    assert logbook.keys.sheet_checked_on == logbook.today()


def test_the_key_is_not_changed_half_by_leaving(logbook: Logbook, qtbot: QtBot) -> None:
    dialog = KeyChangeDialog(logbook)
    shown(dialog, qtbot)
    dialog._changing = True
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.holds_key()
    dialog._changing = False
    dialog.reject()
    assert not dialog.isVisible()


def test_a_logbook_that_is_not_encrypted_says_only_that(tmp_path: Path, qtbot: QtBot) -> None:
    with make_logbook(tmp_path) as logbook:
        screen = ClinicScreen(logbook)
        qtbot.addWidget(screen)
        with qtbot.waitExposed(screen):
            screen.show()
        assert screen.lock.line.text().startswith("This logbook is not encrypted.")
        hidden: list[QWidget] = [screen.lock.table, screen.lock.minutes, screen.lock.change_button]
        assert not [one for one in hidden if one.isVisible()]
