"""News as a signal: in the window's thread, for the right patient, only while somebody listens."""

import threading
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dermlog.changes import Change, Changes, Noun
from dermlog.ui.logbook_signals import LogbookSignals, RefreshOnNews

MINE, OTHER = UUID(int=1), UUID(int=2)


def _news(noun: Noun, patient: UUID | None = None) -> frozenset[Change]:
    return frozenset({Change(noun, patient)})


def test_news_from_another_thread_arrives_in_the_window(qtbot: QtBot) -> None:
    changes, owner = Changes(), QObject()
    heard: list[bool] = []
    LogbookSignals(changes, owner).changed.connect(lambda _news: heard.append(QThread.isMainThread()))
    worker = threading.Thread(target=changes.announce, args=(_news(Noun.PHOTO),))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [True]


def test_own_news_is_heard_at_once(qtbot: QtBot) -> None:
    changes, owner = Changes(), QObject()
    heard: list[object] = []
    LogbookSignals(changes, owner).changed.connect(heard.append)
    changes.announce(_news(Noun.VISIT, MINE))
    assert heard == [_news(Noun.VISIT, MINE)]


def test_a_destroyed_listener_does_no_harm(qtbot: QtBot) -> None:
    changes, owner = Changes(), QObject()
    LogbookSignals(changes, owner)
    shiboken6.delete(owner)
    changes.announce(_news(Noun.VISIT))
    assert not changes._listeners


def _screen(qtbot: QtBot, changes: Changes) -> tuple[QWidget, list[int], RefreshOnNews]:
    screen = QWidget()
    qtbot.addWidget(screen)
    refreshed: list[int] = []
    news = RefreshOnNews(screen, changes, {Noun.VISIT}, lambda: refreshed.append(1), patient=lambda: MINE)
    return screen, refreshed, news


def test_a_visible_screen_refreshes_for_its_patient_only(qtbot: QtBot) -> None:
    changes = Changes()
    screen, refreshed, _keeper = _screen(qtbot, changes)
    screen.show()
    changes.announce(_news(Noun.VISIT, OTHER))
    changes.announce(_news(Noun.PHOTO, MINE))
    assert not refreshed
    changes.announce(_news(Noun.VISIT, MINE))
    assert len(refreshed) == 1


def test_a_hidden_screen_catches_up_once(qtbot: QtBot) -> None:
    changes = Changes()
    screen, refreshed, news = _screen(qtbot, changes)
    changes.announce(_news(Noun.VISIT, MINE))
    changes.announce(_news(Noun.VISIT, MINE))
    assert news.is_stale()
    assert not refreshed
    screen.show()
    assert len(refreshed) == 1
    screen.hide()
    screen.show()
    assert len(refreshed) == 1
