"""The board: actions on points, mirroring, refusals, and undo as the exact inverse."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.session import Dilution, InjectionSite, Technique, total, totals_by_zone
from dermlog.ui.face_map.board import SiteBoard
from dermlog.ui.face_map.mirroring import opposite
from tests.ui.face_map.conftest import map_of

FOREHEAD, CHEEK, CHIN = (0.5, 0.22), (0.25, 0.56), (0.5, 0.85)


def spots(board: SiteBoard) -> list[tuple[float, float]]:
    return [(site.x, site.y) for site in board.sites]


def test_a_placed_point_has_the_chosen_units_and_the_zone_of_its_place(board: SiteBoard) -> None:
    board.set_next_units(Decimal("1.5"))
    assert board.place(*CHEEK)
    (site,) = board.sites
    assert (site.zone, site.units, site.view) == (Zone.CHEEK_RIGHT, Decimal("1.5"), FaceView.FRONT)
    assert site.depth is Technique.INTRADERMAL
    assert board.selected == (site,)


def test_a_spot_beside_the_face_is_refused_with_a_sentence(board: SiteBoard) -> None:
    said: list[str] = []
    board.refused.connect(said.append)
    assert not board.place(0.02, 0.02)
    assert not board.place(-0.5, 3.0)
    assert board.sites == ()
    assert len(said) == 2
    assert "not on the face" in said[0]


def test_an_eye_is_no_place_to_inject(board: SiteBoard) -> None:
    eye = board.face_map.eyes[0]
    x = sum(corner[0] for corner in eye) / len(eye)
    y = sum(corner[1] for corner in eye) / len(eye)
    assert not board.place(x, y)


def test_a_mirrored_point_is_placed_moved_and_removed_on_both_sides(board: SiteBoard) -> None:
    board.set_mirror(True)
    board.place(*CHEEK)
    assert [site.zone for site in board.sites] == [Zone.CHEEK_RIGHT, Zone.CHEEK_LEFT]
    assert board.sites[1].x == pytest.approx(0.75)
    assert board.move(0.03, 0.01)
    assert spots(board) == [(0.28, 0.57), (0.72, 0.57)]
    board.set_units(Decimal(3))
    assert {site.units for site in board.sites} == {Decimal(3)}
    board.remove()
    assert board.sites == ()
    for _again in range(4):
        board.undo()
    assert not board.can_undo
    assert board.sites == ()


def test_mirroring_near_the_middle_places_one_point_in_the_middle(board: SiteBoard) -> None:
    board.set_mirror(True)
    board.place(0.505, 0.22)
    assert spots(board) == [(0.5, 0.22)]


def test_a_mirrored_pair_never_crosses_the_middle(board: SiteBoard) -> None:
    board.set_mirror(True)
    board.place(0.45, 0.22)
    assert board.move(0.2, 0)
    left, right = board.sites
    assert left.x < 0.5 < right.x
    assert left.x == pytest.approx(1 - right.x)


def test_a_pair_stays_linked_with_mirror_off_until_it_is_unlinked(board: SiteBoard) -> None:
    board.set_mirror(True)
    board.place(*CHEEK)
    board.set_mirror(False)
    board.move(0.02, 0)
    assert spots(board) == [(0.27, 0.56), (0.73, 0.56)]
    assert board.can_unlink
    board.unlink()
    assert board.links == frozenset()
    board.move(0.02, 0)
    board.set_units(Decimal(4))
    assert spots(board) == [(0.29, 0.56), (0.73, 0.56)]
    assert [site.units for site in board.sites] == [Decimal(4), Decimal(2)]
    for _again in range(3):
        board.undo()
    assert board.links == {frozenset(site.id for site in board.sites)}


def test_turning_mirror_on_links_what_lies_across(board: SiteBoard) -> None:
    board.place(*CHEEK)
    board.place(1 - CHEEK[0], CHEEK[1])
    board.place(*CHIN)
    assert board.links == frozenset()
    board.set_mirror(True)
    assert board.links == {frozenset(site.id for site in board.sites[:2])}
    board.undo()
    assert board.links == frozenset()


def test_a_pair_selected_as_a_whole_moves_as_it_stands(board: SiteBoard) -> None:
    board.set_mirror(True)
    board.place(*CHEEK)
    board.select_all()
    assert board.move(0.02, 0.01)
    assert spots(board) == [(0.27, 0.57), (0.77, 0.57)]
    assert len(board.links) == 1


def test_an_opened_draft_keeps_its_pairs(board: SiteBoard) -> None:
    board.set_mirror(True)
    board.place(*CHEEK)
    other = SiteBoard(map_of)
    other.restart(board.sites, board.links)
    other.select([other.sites[0].id])
    other.remove()
    assert other.sites == ()


@pytest.mark.parametrize("mirror", [False, True])
def test_a_filled_zone_is_one_step_with_the_chosen_units(board: SiteBoard, mirror: bool) -> None:
    board.set_mirror(mirror)
    board.set_next_units(Decimal("1.5"))
    expected = board.fill_count(Zone.CHEEK_RIGHT, 1.5)
    assert board.fill(Zone.CHEEK_RIGHT, 1.5) == expected == len(board.sites) == len(board.selected)
    zones = {Zone.CHEEK_RIGHT, Zone.CHEEK_LEFT} if mirror else {Zone.CHEEK_RIGHT}
    assert {site.zone for site in board.sites} == zones
    assert len(board.links) == (expected // 2 if mirror else 0)
    assert {site.units for site in board.sites} == {Decimal("1.5")}
    board.undo()
    assert board.sites == ()
    assert not board.can_undo


def test_filling_again_finds_no_room_and_says_so(board: SiteBoard) -> None:
    said: list[str] = []
    board.refused.connect(said.append)
    board.fill(Zone.FOREHEAD, 1.5)
    before = board.sites
    assert board.fill(Zone.FOREHEAD, 1.5) == 0
    assert board.sites == before
    assert "no room" in said[0]


def test_a_selection_is_copied_to_the_other_side_once(board: SiteBoard) -> None:
    board.place(*CHEEK)
    board.place(0.3, 0.6)
    board.place(*CHIN)
    board.select_all()
    assert board.copy_across() == 2
    assert spots(board)[3:] == [(0.75, 0.56), (0.7, 0.6)]
    assert [site.zone for site in board.selected] == [Zone.CHEEK_LEFT, Zone.CHEEK_LEFT]
    before = board.sites
    assert board.copy_across() == 0
    assert board.sites == before


def test_points_of_a_side_view_are_copied_to_the_other_side_view(board: SiteBoard) -> None:
    board.show_view(FaceView.RIGHT)
    board.place(*map_of(FaceView.RIGHT).centres[Zone.CHEEK_RIGHT])
    assert board.copy_across() == 1
    assert board.view is FaceView.LEFT
    assert board.selected[0].zone is Zone.CHEEK_LEFT


def test_a_frame_selects_the_points_inside_it(board: SiteBoard) -> None:
    for spot in (FOREHEAD, CHEEK, CHIN):
        board.place(*spot)
    board.select_within((0.1, 0.5, 0.4, 0.7))
    assert [site.zone for site in board.selected] == [Zone.CHEEK_RIGHT]
    board.select_within((0.4, 0.8, 0.6, 0.9), adding=True)
    assert [site.zone for site in board.selected] == [Zone.CHEEK_RIGHT, Zone.CHIN]


def test_a_note_belongs_to_the_selected_point_alone(board: SiteBoard) -> None:
    board.set_mirror(True)
    board.place(*CHEEK)
    board.set_note("vein")
    assert [site.note for site in board.sites] == ["vein", ""]


def test_mirroring_is_of_the_front_view_only(board: SiteBoard) -> None:
    board.set_mirror(True)
    board.show_view(FaceView.RIGHT)
    centre = map_of(FaceView.RIGHT).centres[Zone.CHEEK_RIGHT]
    board.place(*centre)
    assert len(board.sites) == 1
    assert board.sites[0].zone is Zone.CHEEK_RIGHT


def test_a_move_off_the_face_moves_nothing(board: SiteBoard) -> None:
    said: list[str] = []
    board.refused.connect(said.append)
    board.place(*FOREHEAD)
    board.place(*CHIN)
    board.select_all()
    before = board.sites
    assert not board.move(0, 0.5)
    assert board.sites == before
    assert "back to its place" in said[0]


@pytest.mark.parametrize("units", ["0", "-1", "100.5", "1000", "0.0001"])
def test_units_that_are_no_dose_are_refused(board: SiteBoard, units: str) -> None:
    said: list[str] = []
    board.refused.connect(said.append)
    board.place(*FOREHEAD)
    assert not board.set_units(Decimal(units))
    assert board.sites[0].units == Decimal(2)
    assert said


def test_the_keys_of_one_number_are_one_step_of_undo(board: SiteBoard) -> None:
    board.place(*FOREHEAD)
    board.set_units(Decimal(1), merge=("units", 1))
    board.set_units(Decimal("1.5"), merge=("units", 1))
    board.set_units(Decimal(4), merge=("units", 2))
    board.undo()
    assert board.sites[0].units == Decimal("1.5")
    board.undo()
    assert board.sites[0].units == Decimal(2)


def test_units_of_a_point_just_placed_go_on_to_the_next_one_but_not_those_of_an_older_point(
    board: SiteBoard,
) -> None:
    board.place(*FOREHEAD)
    board.set_units(Decimal("1.5"))
    assert board.next_units == Decimal("1.5")
    board.place(*CHIN)
    board.select([board.sites[0].id])
    board.set_units(Decimal(4))
    assert board.next_units == Decimal("1.5")


def test_taking_over_other_points_is_one_step_and_gives_them_new_ids(board: SiteBoard) -> None:
    board.place(*CHIN)
    mine = board.sites
    last = tuple(InjectionSite(FaceView.FRONT, x / 10, 0.22, Zone.FOREHEAD, Decimal(2)) for x in range(3, 8))
    board.replace_all(last, "Same as last time")
    assert spots(board) == [(site.x, site.y) for site in last]
    assert not {site.id for site in board.sites} & {site.id for site in last}
    board.undo()
    assert board.sites == mine


def test_undo_turns_the_face_to_where_it_happened(board: SiteBoard) -> None:
    board.place(*FOREHEAD)
    board.show_view(FaceView.LEFT)
    board.undo()
    assert board.view is FaceView.FRONT
    board.redo()
    assert board.selected == board.sites


def test_walking_goes_through_the_points_of_the_view_and_ends(board: SiteBoard) -> None:
    for spot in (CHIN, FOREHEAD, CHEEK):
        board.place(*spot)
    board.select([])
    seen = []
    while board.walk(1):
        seen.append(board.selected[0].zone)
    assert seen == [Zone.FOREHEAD, Zone.CHEEK_RIGHT, Zone.CHIN]
    assert board.walk(-1)
    assert board.selected[0].zone is Zone.CHEEK_RIGHT


FRACTION = st.floats(-0.1, 1.1, allow_nan=False)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("place"), FRACTION, FRACTION),
        st.tuples(st.just("move"), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3)),
        st.tuples(st.just("select"), st.integers(0, 60), st.just(0)),
        st.tuples(st.just("remove"), st.just(0), st.just(0)),
        st.tuples(st.just("units"), st.sampled_from([1, 2, 40, 200, -1]), st.just(0)),
        st.tuples(st.just("step"), st.sampled_from([-1, 1]), st.just(0)),
        st.tuples(st.just("mirror"), st.just(0), st.just(0)),
        st.tuples(st.just("view"), st.integers(0, 2), st.just(0)),
        st.tuples(st.just("all"), st.just(0), st.just(0)),
        st.tuples(st.just("fill"), st.sampled_from(range(len(Zone))), st.sampled_from([1.0, 1.7, 3.0])),
        st.tuples(st.just("copy"), st.just(0), st.just(0)),
        st.tuples(st.just("unlink"), st.just(0), st.just(0)),
        st.tuples(st.just("undo"), st.just(0), st.just(0)),
        st.tuples(st.just("redo"), st.just(0), st.just(0)),
    ),
    max_size=40,
)


def act(board: SiteBoard, name: str, a: float, b: float) -> None:
    if name == "place":
        board.place(a, b)
    elif name == "move":
        board.move(a, b)
    elif name == "select" and board.in_view():
        board.select([board.in_view()[int(a) % len(board.in_view())].id])
    elif name == "remove":
        board.remove()
    elif name == "units":
        board.set_units(Decimal(int(a)))
    elif name == "step":
        board.step_units(int(a))
    elif name == "mirror":
        board.set_mirror(not board.mirror)
    elif name == "view":
        board.show_view(list(FaceView)[int(a)])
    elif name == "all":
        board.select_all()
    else:
        act_on_more(board, name, a, b)


def act_on_more(board: SiteBoard, name: str, a: float, b: float) -> None:
    if name == "fill":
        board.fill(list(Zone)[int(a)], b)
    elif name == "copy":
        board.copy_across()
    elif name == "unlink":
        board.unlink()
    elif name == "undo":
        board.undo()
    elif name == "redo":
        board.redo()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_undo_is_the_exact_inverse_of_any_actions(
    qapp: object, actions: list[tuple[str, float, float]]
) -> None:
    board = SiteBoard(map_of)
    states = [(board.sites, board.links)]
    for name, a, b in actions:
        act(board, name, a, b)
        if (board.sites, board.links) != states[-1]:
            states.append((board.sites, board.links))
        assert frozenset[UUID]().union(*board.links) <= {site.id for site in board.sites}
        assert all(map_of(site.view).zone_at(site.x, site.y) is site.zone for site in board.sites)
        assert {site.id for site in board.selected} <= {site.id for site in board.sites}
    final = (board.sites, board.links)
    while board.can_redo:
        board.redo()
    steps = []
    while board.can_undo:
        steps.append((board.sites, board.links))
        board.undo()
    assert (board.sites, board.links) == ((), frozenset())
    for expected in reversed(steps):
        board.redo()
        assert (board.sites, board.links) == expected
    assert final in states


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_copying_to_the_other_side_and_back_changes_nothing_more(
    qapp: object, actions: list[tuple[str, float, float]]
) -> None:
    board = SiteBoard(map_of)
    for name, a, b in actions:
        act(board, name, a, b)
    board.select_all()
    board.copy_across()
    before = board.sites
    board.copy_across()
    assert board.sites == before
    for site in board.sites:
        assert opposite(opposite(site.x)) == site.x


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_the_zones_add_up_to_the_total(qapp: object, actions: list[tuple[str, float, float]]) -> None:
    board = SiteBoard(map_of)
    for name, a, b in actions:
        act(board, name, a, b)
    dilution = Dilution(Decimal(100), Decimal("2.5"))
    rows, whole = totals_by_zone(board.sites, dilution), total(None, board.sites, dilution)
    assert sum(row.points for row in rows) == whole.points == len(board.sites)
    assert sum((row.units for row in rows), Decimal(0)) == whole.units
    assert sum((row.ml or Decimal(0) for row in rows), Decimal(0)) == whole.ml
