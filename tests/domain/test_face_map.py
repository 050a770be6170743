"""Geometry of the face map: inside, outside, the gaps between zones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.domain.face_map import FaceMap, FaceView, Zone, contains, distance

FACE = FaceMap(
    FaceView.FRONT,
    1,
    outline=((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)),
    zones={
        Zone.FOREHEAD: ((0.2, 0.2), (0.8, 0.2), (0.8, 0.4), (0.2, 0.4)),
        Zone.NOSE: ((0.4, 0.41), (0.6, 0.41), (0.6, 0.6), (0.4, 0.6)),
    },
)
INDENTED = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 0.5), (0.0, 1.0))
FRACTIONS = st.floats(0, 1)


@pytest.mark.parametrize(
    ("x", "y", "zone"),
    [
        (0.5, 0.3, Zone.FOREHEAD),
        (0.5, 0.5, Zone.NOSE),
        (0.5, 0.403, Zone.FOREHEAD),
        (0.5, 0.408, Zone.NOSE),
        (0.5, 0.8, Zone.ELSEWHERE),
        (0.62, 0.5, Zone.ELSEWHERE),
        (0.611, 0.5, Zone.NOSE),
        (0.05, 0.5, None),
        (0.5, 0.95, None),
    ],
)
def test_a_point_has_the_zone_that_a_reader_expects(x: float, y: float, zone: Zone | None) -> None:
    assert FACE.zone_at(x, y) is zone


def test_the_middle_of_a_zone_lies_in_it() -> None:
    for zone, (x, y) in FACE.centres.items():
        assert FACE.zone_at(x, y) is zone


@pytest.mark.parametrize(
    ("x", "y", "inside"), [(0.5, 0.4, True), (0.5, 0.6, False), (0.1, 0.85, True), (0.5, 1.1, False)]
)
def test_an_indented_border_is_followed(x: float, y: float, inside: bool) -> None:
    assert contains(INDENTED, x, y) is inside


@pytest.mark.parametrize(
    ("x", "y", "far"), [(0.5, 0.3, 0.1), (0.9, 0.3, 0.1), (0.2, 0.2, 0.0), (0.0, 0.0, 0.08**0.5)]
)
def test_the_distance_from_a_border(x: float, y: float, far: float) -> None:
    assert distance(FACE.zones[Zone.FOREHEAD], x, y) == pytest.approx(far)


@given(FRACTIONS, FRACTIONS)
def test_a_point_is_on_the_face_just_when_it_has_a_zone(x: float, y: float) -> None:
    assert (FACE.zone_at(x, y) is not None) == FACE.is_on_face(x, y)


@given(FRACTIONS, FRACTIONS, st.integers(1, 4))
def test_the_corner_that_a_border_begins_with_does_not_matter(x: float, y: float, turn: int) -> None:
    turned = INDENTED[turn:] + INDENTED[:turn]
    assert distance(turned, x, y) == pytest.approx(distance(INDENTED, x, y))
    if distance(INDENTED, x, y) > 1e-9:
        assert contains(turned, x, y) == contains(INDENTED, x, y)
