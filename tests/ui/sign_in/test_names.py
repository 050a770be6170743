"""Every control of the dialogs about keys has a name to be read out, and its text is never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from dermlog.logbook import Logbook, unlock_with_code
from dermlog.ui.clinic.key_dialog import KeyChangeDialog, SheetAgainDialog
from dermlog.ui.clinic.password_dialog import PasswordDialog
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.sign_in.lock_door import door_of
from dermlog.ui.sign_in.new_owner_dialog import NewOwnerDialog
from dermlog.ui.sign_in.recovery_dialog import RecoveryDialog
from dermlog.ui.sign_in.sheet_check_dialog import SheetCheckDialog
from dermlog.ui.sign_in.sheet_dialog import SheetDialog
from dermlog.ui.sign_in.sign_in_dialog import SignInDialog
from dermlog.ui.start.new_clinic_dialog import NewClinicDialog
from tests.makers import NURSE
from tests.ui.locked_logbook import CODE, make_cheap, make_locked

Maker = Callable[[Logbook], Dialog]
MAKERS: tuple[Maker, ...] = (
    lambda logbook: SignInDialog(door_of(logbook.path)),
    lambda logbook: RecoveryDialog(None, door_of(logbook.path).unlock_with_code),
    lambda logbook: NewOwnerDialog(logbook, unlock_with_code(logbook.path, CODE.text)),
    SheetCheckDialog,
    KeyChangeDialog,
    SheetAgainDialog,
    lambda logbook: PasswordDialog(logbook, NURSE),
    lambda logbook: SheetDialog(logbook, CODE),
    lambda _logbook: NewClinicDialog(),
)


@pytest.fixture
def logbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Logbook]:
    """A locked logbook, open."""
    make_cheap(monkeypatch)
    with make_locked(tmp_path) as made:
        yield made


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


@pytest.mark.parametrize("number", range(len(MAKERS)))
def test_controls_have_names_and_everything_fits(number: int, logbook: Logbook, qtbot: QtBot) -> None:
    dialog = MAKERS[number](logbook)
    qtbot.addWidget(dialog, before_close_func=lambda made: made.done(0))
    dialog.setModal(False)
    with qtbot.waitExposed(dialog):
        dialog.show()
    controls = [one for one in dialog.findChildren(QWidget) if _takes_tab(one)]
    assert controls
    names = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in controls]
    assert all(name.strip() for name in names)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))
    layout = dialog.layout()
    assert layout is not None
    assert layout.totalHeightForWidth(dialog.width()) <= dialog.height() <= 660
    assert dialog.width() <= 700
