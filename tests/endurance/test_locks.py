"""T18: the lock, in as many states as a push asks for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.endurance.locks import NAME, only_ground, plain_on_disk, run, spoken
from tests.endurance.plan import push_of


def test_any_state_can_be_locked_and_found_again(qapp: QApplication) -> None:
    outcome = run(push_of("T18"), seed=18)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T18")


def test_what_shows_is_heard_and_lies_on_disk_is_found(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 300)
    column = QVBoxLayout(window)
    column.addWidget(QLabel(f"Patient {NAME}"))
    window.show()
    assert not only_ground(window)
    assert NAME in spoken(window)
    (tmp_path / "left.txt").write_text(f"Patient {NAME}", encoding="utf-16-le")
    assert plain_on_disk(tmp_path) == ["left.txt"]
