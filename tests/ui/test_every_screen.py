"""A walk through every screen of a sample logbook: names, tab order, plain text, both looks, small window."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dermlog.demo import write_sample
from dermlog.logbook import Logbook
from dermlog.ui.kit import background, theme
from dermlog.ui.kit.tokens import DARK
from dermlog.ui.main_window import MainWindow
from dermlog.ui.places import SCREENS

TABS = ("maps", "photos", "history")
PLACES = [*SCREENS, *TABS]
MOST_STEPS = 300


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """A small sample logbook."""
    path = tmp_path_factory.mktemp("sample") / "Sample.dermlog"
    write_sample(path, patients=4)
    with Logbook.open(path) as logbook:
        yield logbook


@pytest.fixture(scope="module")
def window(qapp: QApplication, sample: Logbook) -> Iterator[MainWindow]:
    """The real window with the real screens, as on a small laptop."""
    theme.apply(qapp, theme.Mode.LIGHT)
    made = MainWindow(sample)
    made.resize(1280, 720)
    made.show()
    yield made
    made.close()
    background.shutdown()
    shiboken6.delete(made)


def _busiest(logbook: Logbook) -> UUID:
    rows = logbook.patients.search("").rows
    return max(rows, key=lambda row: len(logbook.visits.of_patient(row.id))).id


def _go(window: MainWindow, logbook: Logbook, place: str, qtbot: QtBot) -> QWidget:
    if place in {"today", "patients", "clinic", "lots", "backup", "activity"}:
        getattr(window, f"show_{place}")()
    elif place in TABS:
        window.show_patient(_busiest(logbook), place)
    elif place == "amend":
        patient = _busiest(logbook)
        window.show_amendment(patient, logbook.sessions.of_patient(patient)[-1].id)
    else:
        getattr(window, f"show_{place}")(_busiest(logbook))
    front = window.screen_shown()
    assert front is not None
    qtbot.waitUntil(front.isVisible)
    qtbot.wait(50)
    return front


def _takes_tab(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
    )


def _said(widget: QWidget) -> str:
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


def _who(widget: QWidget) -> str:
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name(place: str, window: MainWindow, sample: Logbook, qtbot: QtBot) -> None:
    screen = _go(window, sample, place, qtbot)
    controls = [widget for widget in screen.findChildren(QWidget) if _takes_tab(widget)]
    assert controls
    assert not [_who(widget) for widget in controls if not _said(widget).strip()]


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_every_control(place: str, window: MainWindow, sample: Logbook, qtbot: QtBot) -> None:
    screen = _go(window, sample, place, qtbot)
    wanted = {widget for widget in window.findChildren(QWidget) if _takes_tab(widget)}
    window.rail().entry("today").setFocus(Qt.FocusReason.TabFocusReason)
    reached: set[QWidget] = set()
    for _step in range(MOST_STEPS):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is window.rail().entry("today"):
            break
    else:
        pytest.fail("Tab never comes back to the rail")
    # A page may unfold or hide something on the way: only what is still there must have been reached.
    missed = [_who(widget) for widget in wanted - reached if _takes_tab(widget)]
    assert not missed
    assert screen.isVisible()


@pytest.mark.parametrize("place", PLACES)
def test_no_label_reads_markup(place: str, window: MainWindow, sample: Logbook, qtbot: QtBot) -> None:
    screen = _go(window, sample, place, qtbot)
    labels = screen.findChildren(QLabel)
    assert labels
    assert not [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText]


@pytest.mark.parametrize("place", PLACES)
def test_every_screen_fits_a_small_window(
    place: str, window: MainWindow, sample: Logbook, qtbot: QtBot
) -> None:
    screen = _go(window, sample, place, qtbot)
    least = screen.minimumSizeHint()
    assert (window.width(), window.height()) == (1280, 720)
    assert least.width() <= screen.width()
    assert least.height() <= screen.height()


@pytest.mark.parametrize("place", PLACES)
def test_every_screen_paints_in_the_dark(
    place: str, window: MainWindow, sample: Logbook, qtbot: QtBot, qapp: QApplication
) -> None:
    _go(window, sample, place, qtbot)
    theme.apply(qapp, theme.Mode.DARK)
    picture = window.grab().toImage()
    theme.apply(qapp, theme.Mode.LIGHT)
    corner = picture.pixelColor(picture.width() - 4, picture.height() - 4)
    assert corner.name().upper() == DARK.ground


@pytest.mark.parametrize("place", PLACES)
def test_esc_goes_back_and_loses_nothing(
    place: str, window: MainWindow, sample: Logbook, qtbot: QtBot
) -> None:
    _go(window, sample, place, qtbot)
    drafts = {draft.draft.id for draft in sample.today_board().drafts}
    focused = QApplication.focusWidget() or window
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    front = window.screen_shown()
    assert front is not None
    assert drafts <= {draft.draft.id for draft in sample.today_board().drafts}
