"""What differs between versions and maps: points are matched by place, doses only of one product."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from random import Random

from dermlog.domain.amendment import (
    SAME_PLACE,
    SiteChange,
    field_differences,
    is_same_content,
    site_differences,
)
from dermlog.domain.face_map import FaceView
from dermlog.domain.identity import new_id
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSession, InjectionSite, Technique
from tests.makers import make_patient, make_session, make_site, make_visit

BOTOX = Product("onabotulinumtoxinA", "Botox", (Decimal(50),))


def changes(before: tuple[InjectionSite, ...], after: tuple[InjectionSite, ...]) -> Counter[SiteChange]:
    """How many places of each kind."""
    return Counter(one.change for one in site_differences(before, after))


def session() -> InjectionSession:
    """A session with two points."""
    return make_session(make_visit(make_patient()), BOTOX)


def test_points_are_added_removed_changed_or_the_same() -> None:
    same, dose, gone, new = (make_site(x=x) for x in (0.2, 0.4, 0.6, 0.8))
    found = site_differences((same, dose, gone), (same, replace(dose, units=Decimal(3)), new))
    assert [(one.change, one.site.x) for one in found] == [
        (SiteChange.SAME, 0.2),
        (SiteChange.CHANGED, 0.4),
        (SiteChange.REMOVED, 0.6),
        (SiteChange.ADDED, 0.8),
    ]


def test_a_point_on_another_view_is_another_place() -> None:
    front = make_site()
    assert changes((front,), (replace(front, view=FaceView.LEFT),)) == {
        SiteChange.REMOVED: 1,
        SiteChange.ADDED: 1,
    }


def test_the_nearest_points_are_joined_and_each_once() -> None:
    first, second = make_site(x=0.5), make_site(x=0.5 + SAME_PLACE * 0.9)
    assert changes((first,), (second, first)) == {SiteChange.SAME: 1, SiteChange.ADDED: 1}
    far = replace(first, x=0.5 + SAME_PLACE * 1.1)
    assert changes((first,), (far,)) == {SiteChange.REMOVED: 1, SiteChange.ADDED: 1}


def test_depth_and_note_of_a_point_count() -> None:
    site = make_site()
    deeper = replace(site, depth=Technique.INTRAMUSCULAR)
    assert changes((site,), (deeper,)) == {SiteChange.CHANGED: 1}
    assert changes((site,), (replace(site, note="sore"),)) == {SiteChange.CHANGED: 1}


def test_doses_of_different_products_are_not_compared() -> None:
    site = make_site("2")
    found = site_differences((site,), (replace(site, units=Decimal(5)),), same_units=False)
    assert [one.change for one in found] == [SiteChange.SAME]


def test_every_point_appears_exactly_once_whatever_the_maps() -> None:
    random = Random(7)  # noqa: S311 - a game of dice
    for _round in range(60):
        before, after = (
            tuple(
                make_site(x=round(random.random(), 2), y=round(random.random() / 5, 2))
                for _ in range(random.randrange(12))
            )
            for _ in range(2)
        )
        found = site_differences(before, after)
        assert Counter(one.before.id for one in found if one.before) == Counter(one.id for one in before)
        assert Counter(one.after.id for one in found if one.after) == Counter(one.id for one in after)
        there, back = changes(before, after), changes(after, before)
        assert there[SiteChange.ADDED] == back[SiteChange.REMOVED]
        assert there[SiteChange.SAME] == back[SiteChange.SAME]


def test_fields_are_told_from_before_to_after() -> None:
    before = session()
    after = replace(
        before, id=new_id(), version=2, amendment_reason="typo", lot="C1", wasted_units=Decimal(3)
    )
    found = [(one.field, one.before, one.after) for one in field_differences(before, after)]
    assert found == [("lot", "C4821", "C1"), ("wasted_units", None, Decimal(3))]


def test_an_amendment_that_changes_nothing_is_known() -> None:
    before = session()
    copied = tuple(replace(site, id=new_id()) for site in before.sites)
    assert is_same_content(before, replace(before, sites=copied))
    nudged = (replace(copied[0], x=copied[0].x + 0.004), *copied[1:])
    assert not is_same_content(before, replace(before, sites=nudged))
    assert not is_same_content(before, replace(before, lot="C1"))
    assert not is_same_content(before, replace(before, sites=copied[:1]))
