"""Filled spots lie in their zone, keep their spacing, stay away from eyes, and are alike on both sides."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dermlog.domain.face_map import FaceView, Zone, contains
from dermlog.domain.map_scale import map_scale
from dermlog.domain.zone_filling import NO_GO_CM, fill_zone, opposite_zone
from dermlog.figures.face_map_svg import load_face_map

SPOT = st.tuples(st.floats(0, 1), st.floats(0, 1))


@settings(max_examples=80, deadline=None)
@given(
    view=st.sampled_from(FaceView),
    zone=st.sampled_from(Zone),
    spacing=st.floats(0.4, 5),
    taken=st.lists(SPOT, max_size=6),
)
def test_spots_lie_in_their_zone_and_keep_the_spacing(
    view: FaceView, zone: Zone, spacing: float, taken: list[tuple[float, float]]
) -> None:
    face, scale = load_face_map(view).map, map_scale(view)
    spots = fill_zone(face, zone, spacing, taken)
    for spot in spots:
        assert face.zone_at(*spot) is zone
        assert contains(face.zones[zone], *spot)
        assert face.is_on_face(*spot)
        for eye in face.eyes:
            assert all(scale.distance_cm(spot, corner) >= NO_GO_CM - 1e-9 for corner in eye)
        assert all(scale.distance_cm(spot, other) >= spacing - 1e-9 for other in taken)
    for one, other in combinations(spots, 2):
        assert scale.distance_cm(one, other) >= spacing - 1e-9


@pytest.mark.parametrize("zone", list(load_face_map(FaceView.FRONT).map.zones))
def test_every_zone_of_the_front_has_room_for_a_spot(zone: Zone) -> None:
    assert fill_zone(load_face_map(FaceView.FRONT).map, zone, 1.0)


@pytest.mark.parametrize("spacing", [0.7, 1.0, 1.3, 2.0])
@pytest.mark.parametrize("zone", [Zone.FOREHEAD, Zone.CHIN, Zone.NOSE, Zone.LIP])
def test_a_zone_across_the_middle_is_filled_alike_on_both_sides(zone: Zone, spacing: float) -> None:
    spots = set(fill_zone(load_face_map(FaceView.FRONT).map, zone, spacing))
    assert {(round(1 - x, 5), y) for x, y in spots} == spots


def test_half_the_spacing_gives_many_more_spots() -> None:
    face = load_face_map(FaceView.FRONT).map
    assert len(fill_zone(face, Zone.FOREHEAD, 0.75)) > 3 * len(fill_zone(face, Zone.FOREHEAD, 1.5))


def test_a_filled_zone_has_no_room_left() -> None:
    face = load_face_map(FaceView.FRONT).map
    spots = fill_zone(face, Zone.FOREHEAD, 1.5)
    assert fill_zone(face, Zone.FOREHEAD, 1.5, spots) == ()


def test_a_zone_that_the_view_does_not_show_stays_empty() -> None:
    assert fill_zone(load_face_map(FaceView.RIGHT).map, Zone.CHEEK_LEFT, 1) == ()
    assert fill_zone(load_face_map(FaceView.FRONT).map, Zone.ELSEWHERE, 1) == ()


@pytest.mark.parametrize("spacing", [0, -1, 0.1, 100, float("nan")])
def test_an_impossible_spacing_is_refused(spacing: float) -> None:
    with pytest.raises(ValueError, match="spacing"):
        fill_zone(load_face_map(FaceView.FRONT).map, Zone.FOREHEAD, spacing)


@pytest.mark.parametrize("zone", list(Zone))
def test_the_opposite_of_the_opposite_is_the_zone_itself(zone: Zone) -> None:
    assert opposite_zone(opposite_zone(zone)) is zone


def test_the_scale_makes_an_adult_face() -> None:
    front = load_face_map(FaceView.FRONT).map
    scale = map_scale(FaceView.FRONT)
    across = [x for x, _y in front.outline]
    down = [y for _x, y in front.outline]
    assert 12.5 < (max(across) - min(across)) * scale.width_cm < 14.5
    assert 17.5 < (max(down) - min(down)) * scale.height_cm < 20
