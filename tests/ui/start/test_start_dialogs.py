"""Choosing a logbook: why one stays shut, a new clinic that overwrites nothing, and the sample."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from dermlog.ui.kit import background
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.start.file_place import as_logbook, typed_place, usual_folder
from dermlog.ui.start.sample_dialog import SampleDialog
from dermlog.ui.start.start_dialog import StartDialog
from tests.makers import make_logbook


@pytest.fixture(autouse=True)
def work_ends() -> Iterator[None]:
    """No work outlives its test."""
    yield
    background.shutdown()


def shown(dialog: Dialog, qtbot: QtBot) -> None:
    """Show without waiting for it to be closed."""
    qtbot.addWidget(dialog, before_close_func=lambda made: made.done(0))
    dialog.setModal(False)
    with qtbot.waitExposed(dialog):
        dialog.show()


# -- opening -----------------------------------------------------------------------------------------------


def _missing(folder: Path) -> Path:
    return folder / "Gone.dermlog"


def _text(folder: Path) -> Path:
    path = folder / "Letter.dermlog"
    path.write_text("dear colleague, " * 5000)
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [(_missing, "“Gone.dermlog” is not there."), (_text, "“Letter.dermlog” is not a dermlog file.")],
)
def test_a_file_that_stays_shut_says_why(
    make: Callable[[Path], Path], said: str, tmp_path: Path, qtbot: QtBot
) -> None:
    path = make(tmp_path)
    before = {one: one.read_bytes() for one in tmp_path.iterdir()}
    dialog = StartDialog(path)
    shown(dialog, qtbot)
    assert dialog.notice.text().startswith(said)
    assert dialog.logbook is None
    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_one_that_another_program_has_open_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    made = make_logbook(tmp_path)
    made.close()
    hold = "import sys, pathlib; from dermlog.logbook import Logbook; "
    hold += "book = Logbook.open(pathlib.Path(sys.argv[1])); print('open', flush=True); input(); book.close()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(made.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        dialog = StartDialog(made.path)
        shown(dialog, qtbot)
        assert "is open already" in dialog.notice.text()
        assert dialog.isVisible()
        holder.communicate("\n")
    dialog.try_open(made.path)
    assert dialog.logbook is not None
    assert not dialog.isVisible()
    dialog.logbook.close()


def test_a_good_file_opens_without_a_question(tmp_path: Path, qtbot: QtBot) -> None:
    path = make_logbook(tmp_path)
    path.close()
    dialog = StartDialog(path.path)
    qtbot.addWidget(dialog)
    assert dialog.exec()
    assert dialog.logbook is not None
    dialog.logbook.close()


def test_nothing_is_made_without_asking(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = StartDialog(None)
    shown(dialog, qtbot)
    assert dialog.notice.text() == ""
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.logbook is None
    assert list(tmp_path.iterdir()) == []


def test_a_dropped_file_is_opened(tmp_path: Path, qtbot: QtBot) -> None:
    made = make_logbook(tmp_path)
    made.close()
    dialog = StartDialog(None)
    shown(dialog, qtbot)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(made.path))])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(event)
    assert dialog.logbook is not None
    dialog.logbook.close()


def test_choosing_a_file_opens_it(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_logbook(tmp_path)
    made.close()
    dialog = StartDialog(None)
    shown(dialog, qtbot)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest, **_more: ("", ""))
    dialog._open.click()
    assert dialog.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest, **_more: (str(made.path), ""))
    dialog._open.click()
    assert dialog.logbook is not None
    dialog.logbook.close()


# -- places -----------------------------------------------------------------------------------------


def test_places_get_the_ending_and_keep_their_points(tmp_path: Path) -> None:
    assert as_logbook(tmp_path / "Dr. Sato") == tmp_path / "Dr. Sato.dermlog"
    assert as_logbook(tmp_path / "Clinic.DERMLOG") == tmp_path / "Clinic.DERMLOG"
    assert as_logbook(tmp_path) == tmp_path / "Clinic.dermlog"
    assert as_logbook(tmp_path / ("x" * 300)).name == "x" * 300 + ".dermlog"
    assert typed_place("~/Mine") == Path.home() / "Mine.dermlog"
    assert typed_place("Mine") == usual_folder() / "Mine.dermlog"
    assert typed_place("~nobody/Mine").name == "Mine.dermlog"


def test_the_usual_folder_is_there(home_of_its_own: Path) -> None:
    assert usual_folder().is_dir()


# -- the sample --------------------------------------------------------------------------------------------


@pytest.fixture
def sample(qtbot: QtBot) -> SampleDialog:
    """The dialog of the sample, shown."""
    dialog = SampleDialog()
    shown(dialog, qtbot)
    return dialog


def _written_slowly(path: Path, *, progress: Callable[[int, int], None]) -> None:
    """Stands for the real work: a file, told of step by step, and nothing left when it is stopped."""
    path.write_text("sample")
    try:
        for step in range(1, 400):
            time.sleep(0.005)
            progress(step, 400)
    except BaseException:
        path.unlink()
        raise


def test_the_sample_is_made_behind_the_window(
    sample: SampleDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(path: Path, *, progress: Callable[[int, int], None]) -> None:
        progress(1, 2)
        path.write_text("sample")
        progress(2, 2)

    monkeypatch.setattr("dermlog.demo.write_sample", work)
    with qtbot.waitSignal(sample.accepted):
        sample.make(tmp_path / "Sample.dermlog")
    assert sample.written == tmp_path / "Sample.dermlog"


def test_esc_stops_the_work_and_leaves_no_file(
    sample: SampleDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dermlog.demo.write_sample", _written_slowly)
    sample.make(tmp_path / "Sample.dermlog")
    qtbot.waitUntil((tmp_path / "Sample.dermlog").exists)
    QTest.keyClick(sample, Qt.Key.Key_Escape)
    assert not sample.isVisible()
    background.shutdown()
    assert list(tmp_path.iterdir()) == []
    assert sample.written is None


def test_a_place_that_is_taken_is_said_and_can_be_changed(
    sample: SampleDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    taken = tmp_path / "Sample.dermlog"
    taken.write_text("mine")
    sample.make(taken)
    qtbot.waitUntil(lambda: bool(sample.notice.text()))
    assert sample.notice.text().startswith("“Sample.dermlog” exists already.")
    assert taken.read_text() == "mine"
    assert sample._make.isEnabled()
