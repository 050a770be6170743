"""The face map: every view has its zones, both halves agree, and no needle goes into an eye."""

from __future__ import annotations

import pytest

from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView, Zone, contains
from dermlog.figures.face_drawing import draw_face
from dermlog.figures.face_map_svg import load_face_map
from tests.figures.recording_pen import RecordingPen

FRONT_ZONES = set(Zone) - {Zone.ELSEWHERE}
RIGHT_ZONES = FRONT_ZONES - {Zone.TEMPLE_LEFT, Zone.CHEEK_LEFT, Zone.JAW_LEFT}
LEFT_ZONES = FRONT_ZONES - {Zone.TEMPLE_RIGHT, Zone.CHEEK_RIGHT, Zone.JAW_RIGHT}
OPPOSITE = {
    Zone.TEMPLE_RIGHT: Zone.TEMPLE_LEFT,
    Zone.CHEEK_RIGHT: Zone.CHEEK_LEFT,
    Zone.JAW_RIGHT: Zone.JAW_LEFT,
}


@pytest.mark.parametrize(
    ("view", "zones"),
    [(FaceView.FRONT, FRONT_ZONES), (FaceView.RIGHT, RIGHT_ZONES), (FaceView.LEFT, LEFT_ZONES)],
)
def test_each_view_has_the_zones_of_its_side(view: FaceView, zones: set[Zone]) -> None:
    picture = load_face_map(view)
    assert set(picture.map.zones) == zones
    assert {shape.zone for shape in picture.shapes if shape.zone} == zones


@pytest.mark.parametrize("view", list(FaceView))
def test_the_middle_of_each_zone_is_named_after_it_and_may_be_injected(view: FaceView) -> None:
    geometry = load_face_map(view).map
    for zone, (x, y) in geometry.centres.items():
        assert geometry.zone_at(x, y) is zone
        assert geometry.is_on_face(x, y)


@pytest.mark.parametrize("view", list(FaceView))
def test_zones_lie_on_the_face_and_do_not_overlap(view: FaceView) -> None:
    geometry = load_face_map(view).map
    for zone, polygon in geometry.zones.items():
        for x, y in polygon:
            assert geometry.is_on_face(x, y), (zone, x, y)
            others = [other for other, area in geometry.zones.items() if other is not zone]
            assert not [other for other in others if contains(geometry.zones[other], x, y)]


def test_the_patients_right_is_on_the_left_of_the_picture() -> None:
    centres = load_face_map(FaceView.FRONT).map.centres
    for right, left in OPPOSITE.items():
        assert centres[right][0] < 0.5 < centres[left][0]
        assert centres[right][0] == pytest.approx(1 - centres[left][0], abs=1e-3)


def test_the_profiles_are_mirror_images() -> None:
    right, left = load_face_map(FaceView.RIGHT).map, load_face_map(FaceView.LEFT).map
    for zone, polygon in right.zones.items():
        mirrored = left.zones[OPPOSITE.get(zone, zone)]
        assert [1 - x for x, _y in polygon] == pytest.approx([x for x, _y in mirrored], abs=1e-3)
        assert [y for _x, y in polygon] == pytest.approx([y for _x, y in mirrored], abs=1e-3)


def test_no_needle_goes_into_an_eye_or_beside_the_face() -> None:
    geometry = load_face_map(FaceView.FRONT).map
    assert len(geometry.eyes) == 2
    for x, y in [((224 - 60) / 480, (368 - 60) / 690), ((376 - 60) / 480, (368 - 60) / 690)]:
        assert not geometry.is_on_face(x, y)
        assert geometry.zone_at(x, y) is None
    assert geometry.zone_at(0.01, 0.5) is None
    assert geometry.zone_at(0.5, 0.05) is None, "hair"
    assert geometry.zone_at(0.5, 0.75) is Zone.ELSEWHERE, "the lips themselves"


def test_a_picture_is_read_once() -> None:
    assert load_face_map(FaceView.FRONT) is load_face_map(FaceView.FRONT)


def test_a_version_that_does_not_exist_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        load_face_map(FaceView.FRONT, FACE_MAP_VERSION + 1)


@pytest.mark.parametrize("view", list(FaceView))
def test_shapes_stay_in_their_box_and_carry_colours(view: FaceView) -> None:
    picture = load_face_map(view)
    for shape in picture.shapes:
        numbers = [number for command in shape.commands for number in command[1:]]
        assert all(-5 <= number <= picture.height + 5 for number in numbers)
        assert shape.paint.fill or shape.paint.stroke


def test_a_picture_without_points_is_drawn_whole() -> None:
    pen = RecordingPen()
    draw_face(pen, width=240)
    assert len(pen.paths) == len(load_face_map(FaceView.FRONT).shapes)
    assert not pen.dots
