"""What the tests of the face map share: a board on the real maps, a shown map, and a hand."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.face_map import FaceMap, FaceView
from dermlog.figures.face_map_svg import load_face_map
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.face_map_view import FaceMapView


def map_of(view: FaceView) -> FaceMap:
    """The geometry of a view."""
    return load_face_map(view).map


@pytest.fixture
def board(qapp: object) -> SiteBoard:
    """An empty board."""
    return SiteBoard(map_of)


@pytest.fixture
def shown(board: SiteBoard, qtbot: QtBot) -> FaceMapView:
    """A map on the screen, with the keyboard on it."""
    view = FaceMapView(board, load_face_map)
    qtbot.addWidget(view)
    view.resize(560, 660)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    return view
