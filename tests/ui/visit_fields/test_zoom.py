"""Zoom: what lies under the pointer stays there, and the picture cannot be lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from dermlog.ui.visit_fields.zoom import HIGHEST, Zoom

STAGE = QRectF(0, 0, 800, 600)
PICTURE = QSizeF(1200, 1500)


def _fraction(zoom: Zoom, at: QPointF) -> tuple[float, float]:
    place = zoom.place(STAGE, PICTURE)
    return (at.x() - place.x()) / place.width(), (at.y() - place.y()) / place.height()


def test_the_whole_picture_at_first() -> None:
    place = Zoom().place(STAGE, PICTURE)
    assert place.height() == pytest.approx(600)
    assert place.center() == STAGE.center()


@given(st.floats(0, 1), st.floats(0, 1), st.lists(st.floats(1.1, 3), min_size=1, max_size=4))
def test_the_point_under_the_pointer_stays(x: float, y: float, ratios: list[float]) -> None:
    zoom = Zoom()
    whole = zoom.place(STAGE, PICTURE)
    at = QPointF(whole.x() + x * whole.width(), whole.y() + y * whole.height())
    before = _fraction(zoom, at)
    for ratio in ratios:
        zoom.by(ratio, at, STAGE, PICTURE)
    assert _fraction(zoom, at) == pytest.approx(before, abs=1e-6)


@given(st.lists(st.tuples(st.floats(0.2, 5), st.floats(-2000, 2000), st.floats(-2000, 2000)), max_size=20))
def test_the_picture_never_leaves_the_stage(steps: list[tuple[float, float, float]]) -> None:
    zoom = Zoom()
    for ratio, x, y in steps:
        zoom.by(ratio, QPointF(abs(x) % 800, abs(y) % 600), STAGE, PICTURE)
        zoom.move(QPointF(x, y), STAGE, PICTURE)
        assert 1.0 <= zoom.factor <= HIGHEST
        assert zoom.place(STAGE, PICTURE).contains(STAGE.center())


def test_two_stages_of_one_size_show_the_same_part() -> None:
    zoom = Zoom()
    right = STAGE.translated(803, 0)
    zoom.by(2, QPointF(300, 100), STAGE, PICTURE)
    assert zoom.place(right, PICTURE) == zoom.place(STAGE, PICTURE).translated(803, 0)


def test_an_empty_picture_has_no_place() -> None:
    assert Zoom().place(STAGE, QSizeF()).isEmpty()
