"""Dose by zone: only units of one product add up, and a zone without a dose stays without a number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.identity import new_id
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession
from dermlog.figures.dose_heat import DARKEST, PALEST, cumulative_units, draw_heat, middle, share_of
from dermlog.figures.face_map_svg import load_face_map
from tests.figures.recording_pen import RecordingPen
from tests.makers import make_patient, make_session, make_site, make_visit

BOTOX = Product("onabotulinumtoxinA", "Botox", (Decimal(50),))


def session(*sites: tuple[str, Zone]) -> InjectionSession:
    """A session with these doses."""
    points = tuple(make_site(units, zone=zone) for units, zone in sites)
    return make_session(make_visit(make_patient()), BOTOX, sites=points)


def test_units_add_up_by_zone() -> None:
    first = session(("2", Zone.FOREHEAD), ("1.5", Zone.CHIN))
    second = session(("0.25", Zone.FOREHEAD))
    units = cumulative_units([first, second])
    assert units == {Zone.FOREHEAD: Decimal("2.25"), Zone.CHIN: Decimal("1.5")}
    assert sum(units.values()) == first.total_units + second.total_units


def test_units_of_two_products_are_refused() -> None:
    first = session(("2", Zone.FOREHEAD))
    with pytest.raises(ValueError, match="different products"):
        cumulative_units([first, replace(first, product_id=new_id())])


def test_each_zone_with_a_dose_has_its_number_inside_and_the_others_none() -> None:
    pen, empty = RecordingPen(), RecordingPen()
    draw_heat(pen, {Zone.FOREHEAD: Decimal("42.5"), Zone.CHIN: Decimal(3)}, width=400)
    draw_heat(empty, {}, width=400)
    assert {text.text for text in pen.texts} == {"42.5", "3"} and empty.texts == []
    assert len(pen.paths) - len(empty.paths) == 2
    geometry = load_face_map(FaceView.FRONT).map
    for zone in (Zone.FOREHEAD, Zone.CHIN, Zone.CHEEK_LEFT):
        assert geometry.zone_at(*middle(geometry.zones[zone])) is zone


def test_more_units_are_more_opaque() -> None:
    assert share_of(Decimal(10), Decimal(10)) == DARKEST
    assert PALEST < share_of(Decimal(1), Decimal(10)) < share_of(Decimal(5), Decimal(10)) < DARKEST
