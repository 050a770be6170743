"""SiteBoard: the injection sites being charted, what is selected, and every action on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from dermlog.domain.face_map import FaceMap, FaceView, Zone
from dermlog.domain.identity import new_id
from dermlog.domain.session import HIGHEST_UNITS_PER_SITE, InjectionSite, Technique
from dermlog.domain.validity import InvalidRecord
from dermlog.ui.face_map.history import History, Sites
from dermlog.ui.face_map.mirroring import (
    DIGITS,
    MIDDLE,
    is_in_middle,
    keep_to_its_side,
    opposite,
    partner_of,
    with_partners,
)
from dermlog.wording import _, ngettext

STEP = Decimal("0.5")


class SiteBoard(QObject):
    """Sites of one session on all three views.

    sites_changed, selection_changed and settings_changed (view, units of the next point, mirror, depth) say
    what to draw anew; refused(str) carries the sentence why an action was not done. sites_changed comes
    before selection_changed when one action does both.
    """

    sites_changed = Signal()
    selection_changed = Signal()
    settings_changed = Signal()
    refused = Signal(str)

    def __init__(self, map_of: Callable[[FaceView], FaceMap], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map_of = map_of
        self._history = History()
        self._selected: frozenset[UUID] = frozenset()
        self._fresh = False
        self.view = FaceView.FRONT
        self.next_units = Decimal(2)
        self.mirror = False
        self.depth = Technique.INTRADERMAL

    @property
    def sites(self) -> Sites:
        """All points of all views."""
        return self._history.sites

    @property
    def face_map(self) -> FaceMap:
        """The geometry of the view that is shown."""
        return self._map_of(self.view)

    def in_view(self, view: FaceView | None = None) -> Sites:
        """The points of one view, the shown one by default, from top to bottom as they are walked."""
        shown = view or self.view
        return tuple(
            sorted(
                (site for site in self.sites if site.view is shown),
                key=lambda site: (round(site.y, 2), site.x),
            )
        )

    def get(self, site_id: UUID) -> InjectionSite | None:
        """A point by its id."""
        return next((site for site in self.sites if site.id == site_id), None)

    @property
    def selected(self) -> Sites:
        """The selected points."""
        return tuple(site for site in self.sites if site.id in self._selected)

    @property
    def touched(self) -> frozenset[UUID]:
        """Ids of the selected points and, while mirroring, of their partners: what an action would change."""
        return with_partners(self._selected, self.sites) if self.mirror else self._selected

    # --- settings ---

    def show_view(self, view: FaceView) -> None:
        """Turn the face; the selection of another view is let go."""
        if view is self.view:
            return
        self.view = view
        self.select(site.id for site in self.selected if site.view is view)
        self.settings_changed.emit()

    def set_next_units(self, units: Decimal) -> bool:
        """Units of the points to come; refuses what is no dose."""
        if not self._is_dose(units):
            return False
        if units != self.next_units:
            self.next_units = units
            self.settings_changed.emit()
        return True

    def set_mirror(self, mirror: bool) -> None:
        """Whether both sides of the front view are treated alike."""
        if mirror != self.mirror:
            self.mirror = mirror
            self.settings_changed.emit()
            self.selection_changed.emit()

    def set_depth_of_next(self, depth: Technique) -> None:
        """Depth of the points to come; a mixed technique keeps the last one."""
        if depth is not Technique.MIXED and depth is not self.depth:
            self.depth = depth
            self.settings_changed.emit()

    # --- selection ---

    def select(self, ids: Iterable[UUID], *, fresh: bool = False) -> None:
        """Select exactly these points."""
        chosen = frozenset(ids)
        self._fresh = fresh
        if chosen != self._selected:
            self._selected = chosen
            self.selection_changed.emit()

    def toggle(self, site_id: UUID) -> None:
        """Add a point to the selection or take it out."""
        self.select(self._selected ^ {site_id})

    def select_all(self) -> None:
        """Select every point of the shown view."""
        self.select(site.id for site in self.in_view())

    def walk(self, step: int) -> bool:
        """Select the next (1) or the previous (-1) point of the view; False past the last."""
        order = [site.id for site in self.in_view()]
        chosen = [index for index, site_id in enumerate(order) if site_id in self._selected]
        if chosen:
            index = chosen[-1] + step if step > 0 else chosen[0] + step
        else:
            index = 0 if step > 0 else len(order) - 1
        if not 0 <= index < len(order):
            return False
        self.select([order[index]])
        return True

    # --- actions; each is one step of undo ---

    def place(self, x: float, y: float) -> bool:
        """A new point with the chosen units, and its partner while mirroring."""
        if self.mirror and self.view is FaceView.FRONT and is_in_middle(x):
            x = MIDDLE
        zone = self._zone(x, y)
        if zone is None:
            self.refused.emit(_("That is not on the face. Choose a spot on the skin."))
            return False
        site = InjectionSite(self.view, round(x, DIGITS), round(y, DIGITS), zone, self.next_units, self.depth)
        added = [site]
        if self.mirror and self.view is FaceView.FRONT and not is_in_middle(x):
            other = opposite(site.x)
            other_zone = self._zone(other, site.y)
            if other_zone is not None and partner_of(site, self.sites) is None:
                added.append(replace(site, id=new_id(), x=other, zone=other_zone))
        name = ngettext("Add {count} point", "Add {count} points", len(added)).format(count=len(added))
        self._record(name, (*self.sites, *added))
        self.select([site.id], fresh=True)
        return True

    def move(self, dx: float, dy: float, *, merge: object = None) -> bool:
        """Move the selected points by fractions of the map: all, or none when one would leave the face."""
        moved: dict[UUID, InjectionSite] = {}
        for site in self.selected:
            partner = partner_of(site, self.sites) if self.mirror else None
            x, y = site.x + dx, site.y + dy
            spots = [(site, x, y)]
            if partner is not None:
                x = keep_to_its_side(site.x, x)
                spots = [(site, x, y), (partner, opposite(x), y)]
            for one, to_x, to_y in spots:
                if one is not site and one.id in self._selected:
                    continue
                there = self._moved(one, to_x, to_y)
                if there is None:
                    self.refused.emit(_("A point cannot leave the face, so it went back to its place."))
                    return False
                moved[one.id] = there
        name = ngettext("Move {count} point", "Move {count} points", len(moved)).format(count=len(moved))
        self._record(name, tuple(moved.get(site.id, site) for site in self.sites), merge)
        return True

    def remove(self) -> None:
        """Take the selected points away, their partners too while mirroring."""
        gone = self.touched
        if gone:
            name = ngettext("Remove {count} point", "Remove {count} points", len(gone)).format(
                count=len(gone)
            )
            self._record(name, tuple(site for site in self.sites if site.id not in gone))

    def set_units(self, units: Decimal, *, merge: object = None) -> bool:
        """Units of the selected points, and of those to come when none is selected or it is just placed."""
        if not self._is_dose(units):
            return False
        if not self._selected or self._fresh:
            self.set_next_units(units)
        self._change(_("Set units"), merge, lambda site: replace(site, units=units))
        return True

    def set_back(self, sites: Sites, next_units: Decimal, *, merge: object) -> None:
        """Undo what the steps of one merge did, as if they had never been."""
        self.set_next_units(next_units)
        self._record(_("Set units"), sites, merge)

    def step_units(self, steps: int) -> None:
        """Half a unit more or less for the selected points, else for the points to come."""
        if not self._selected:
            self.set_next_units(self.next_units + steps * STEP)
        elif all(self._is_dose(site.units + steps * STEP) for site in self.selected):
            self._change(_("Change units"), None, lambda site: replace(site, units=site.units + steps * STEP))
            if self._fresh:
                self.set_next_units(self.next_units + steps * STEP)

    def set_depth(self, depth: Technique) -> None:
        """Depth of the selected points."""
        self._change(_("Change depth"), None, lambda site: replace(site, depth=depth))

    def replace_all(self, sites: Iterable[InjectionSite], name: str) -> None:
        """Put other points in place of all, as one step: the same as last time."""
        self._record(name, tuple(replace(site, id=new_id(), note="") for site in sites))

    def restart(self, sites: Iterable[InjectionSite]) -> None:
        """Begin with these points and no past, as after opening a draft."""
        self._history.restart(tuple(sites))
        self._selected = frozenset()
        self.sites_changed.emit()
        self.selection_changed.emit()

    # --- past and future ---

    def undo(self) -> None:
        """Take back the last action."""
        step = self._history.undo()
        if step is not None:
            self._show_step(step.after, step.before)

    def redo(self) -> None:
        """Make the action again that was taken back last."""
        step = self._history.redo()
        if step is not None:
            self._show_step(step.before, step.after)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is something to make again."""
        return self._history.can_redo

    @property
    def undo_name(self) -> str:
        """What undo would take back."""
        return self._history.undo_name

    # --- inside ---

    def _show_step(self, before: Sites, after: Sites) -> None:
        changed = _not_in(before, after)
        seen = changed or _not_in(after, before)
        if seen and all(site.view is not self.view for site in seen):
            self.view = seen[0].view
            self.settings_changed.emit()
        self.sites_changed.emit()
        self._selected = frozenset()
        self.select(site.id for site in changed if site.view is self.view)
        self.selection_changed.emit()

    def _zone(self, x: float, y: float) -> Zone | None:
        return self.face_map.zone_at(x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None

    def _moved(self, site: InjectionSite, x: float, y: float) -> InjectionSite | None:
        zone = self._zone(x, y)
        return None if zone is None else replace(site, x=round(x, DIGITS), y=round(y, DIGITS), zone=zone)

    def _is_dose(self, units: Decimal) -> bool:
        try:
            InjectionSite(FaceView.FRONT, 0.5, 0.5, Zone.ELSEWHERE, units)
        except InvalidRecord:
            self.refused.emit(
                _("Units of one point must be above 0 and at most {limit}.").format(
                    limit=HIGHEST_UNITS_PER_SITE
                )
            )
            return False
        return True

    def _change(self, name: str, merge: object, change: Callable[[InjectionSite], InjectionSite]) -> None:
        touched = self.touched
        self._record(name, tuple(change(site) if site.id in touched else site for site in self.sites), merge)

    def _record(self, name: str, after: Sites, merge: object = None) -> None:
        if not self._history.record(name, after, merge):
            return
        kept = {site.id for site in after}
        let_go = self._selected - kept
        self._selected &= kept
        self.sites_changed.emit()
        if let_go:
            self.selection_changed.emit()


def _not_in(known: Sites, sites: Sites) -> Sites:
    """The sites that are not, or not exactly so, among the known ones."""
    by_id = {site.id: site for site in known}
    return tuple(site for site in sites if by_id.get(site.id) != site)
