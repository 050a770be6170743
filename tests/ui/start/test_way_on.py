"""F9, F17, F18, F19: a logbook that stays shut offers what can be done, never an empty one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.file_fault import ViewingReason
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.single_instance import Bell
from dermlog.ui.start import start_dialog
from dermlog.ui.start.start_dialog import StartDialog
from dermlog.ui.start.typed_word_dialog import TypedWordDialog
from tests.makers import NOW, make_logbook

HOLD = """
import sys
from pathlib import Path
from dermlog.logbook import Logbook
with Logbook.open(Path(sys.argv[1])) as logbook:
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed logbook."""
    made = make_logbook(tmp_path)
    made.close()
    return made.path


def offered(dialog: StartDialog) -> dict[str, Button]:
    """The buttons of the notice by their words."""
    return {button.text(): button for button in dialog.notice.findChildren(Button) if not button.isHidden()}


def made(path: Path, qtbot: QtBot) -> StartDialog:
    dialog = StartDialog(path)
    qtbot.addWidget(dialog, before_close_func=lambda shown: shown.done(0))
    return dialog


def when_asked(answer: Callable[[TypedWordDialog], None]) -> None:
    """Answer the question that is about to be asked."""

    def look() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, TypedWordDialog):
            answer(asked)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_what_another_program_has_open_can_be_looked_at(path: Path, qtbot: QtBot) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        dialog = made(path, qtbot)
        assert "since" in dialog.notice.text()
        offered(dialog)["View without writing"].click()
        assert dialog.logbook is not None
        assert dialog.logbook.viewing is ViewingReason.ASKED
        dialog.logbook.close()
        holder.communicate("")


def test_what_another_window_has_open_comes_to_the_front(path: Path, qtbot: QtBot) -> None:
    with Logbook.open(path) as logbook:
        bell = Bell(logbook.path)
        code = (
            "import sys; from pathlib import Path; from PySide6.QtWidgets import QApplication; "
            "from dermlog.ui.start.start_dialog import StartDialog; app = QApplication([]); "
            "dialog = StartDialog(Path(sys.argv[1])); print(dialog.notice.text(), flush=True)"
        )
        with qtbot.waitSignal(bell.rung, timeout=20_000):
            other = subprocess.Popen(
                [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True
            )
        said = other.communicate(timeout=20)[0]
        bell.close()
    assert "in another window of dermlog, which is in front now" in said


def test_a_lock_that_another_computer_left_can_be_taken_over(path: Path, qtbot: QtBot) -> None:
    facts = {"computer": "RECEPTION-PC", "process": 4, "name": "Nurse Ana", "since": NOW.isoformat()}
    path.with_name(path.name + "-lock").write_text(json.dumps(facts), encoding="utf-8")
    dialog = made(path, qtbot)
    assert "on RECEPTION-PC by Nurse Ana since" in dialog.notice.text()
    assert set(offered(dialog)) == {"View without writing", "It is closed there: open it"}
    offered(dialog)["It is closed there: open it"].click()
    assert dialog.logbook is not None
    assert not dialog.logbook.read_only
    dialog.logbook.close()


def test_a_missing_logbook_is_looked_for_or_restored(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = made(tmp_path / "Gone.dermlog", qtbot)
    pressed: list[str] = []
    monkeypatch.setattr(dialog, "look_for_file", lambda: pressed.append("look"))
    monkeypatch.setattr(dialog, "use_backup", lambda: pressed.append("backup"))
    dialog.try_open(tmp_path / "Gone.dermlog")
    for button in offered(dialog).values():
        button.click()
    assert pressed == ["look", "backup"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("typed", "begins"), [("", False), ("yes", False), ("new", True)])
def test_an_empty_logbook_in_place_of_a_full_one_must_be_typed(
    typed: str, begins: bool, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []

    class Beginning:
        logbook = None

        def __init__(self, _parent: object) -> None:
            begun.append(True)

        def exec(self) -> None: ...

        def deleteLater(self) -> None: ...

    monkeypatch.setattr(start_dialog, "NewClinicDialog", Beginning)
    dialog = made(tmp_path / "Gone.dermlog", qtbot)

    def answer(asked: TypedWordDialog) -> None:
        asked.field.set_text(typed)
        asked._on_accept()
        if not begins:
            assert asked.field.error() == "Type NEW, or cancel."
            asked.reject()

    when_asked(answer)
    dialog._on_new()
    assert bool(begun) is begins


def test_a_first_logbook_needs_no_word(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = StartDialog(None)
    qtbot.addWidget(dialog, before_close_func=lambda shown: shown.done(0))
    assert dialog._is_new_meant()
