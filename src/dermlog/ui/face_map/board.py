"""SiteBoard: the injection sites being charted, what is selected, and every action on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.identity import new_id
from dermlog.domain.session import InjectionSite, Technique
from dermlog.ui.face_map.board_state import BoardState
from dermlog.ui.face_map.filling import filled, points_at
from dermlog.ui.face_map.history import Chart, Links, Sites
from dermlog.ui.face_map.mirroring import (
    DIGITS,
    MIDDLE,
    OTHER_SIDE,
    across,
    is_in_middle,
    keep_to_its_side,
    pairs_across,
)
from dermlog.wording import _, ngettext

STEP = Decimal("0.5")


class SiteBoard(BoardState):
    """The board with everything that can be done on it; refused says why something was not done."""

    def set_mirror(self, mirror: bool) -> None:
        """Whether points go to both sides of the front view; points across from each other become pairs."""
        if mirror == self.mirror:
            return
        self.mirror = mirror
        if mirror:
            found = [pair for pair in pairs_across(self.sites) if not self._is_linked(pair)]
            if found:
                self._record(_("Link mirror points"), Chart(self.sites, self.links.union(found)))
        self.settings_changed.emit()
        self.selection_changed.emit()

    def moves(self, dx: float, dy: float) -> dict[UUID, tuple[float, float]]:
        """Where the selected points and those linked to them would go, as fractions of the map, by their ids.

        A linked point goes the other way across; a pair selected as a whole moves as it stands.
        """
        found: dict[UUID, tuple[float, float]] = {}
        for site in self.selected:
            partner = self.get(self._history.chart.partners.get(site.id, site.id))
            if partner is None or partner.id in self._selected:
                found[site.id] = (site.x + dx, site.y + dy)
                continue
            x = site.x + dx if is_in_middle(site.x) else keep_to_its_side(site.x, site.x + dx)
            found[site.id] = (x, site.y + dy)
            found[partner.id] = (partner.x - (x - site.x), partner.y + dy)
        return found

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
        other = (
            across(site, self.sites, self._map_of) if self.mirror and site.view is FaceView.FRONT else None
        )
        pair = frozenset[UUID]() if other is None else frozenset({site.id, other.id})
        self._add((site,) if other is None else (site, other), frozenset({pair}) if pair else frozenset())
        self.select([site.id], fresh=True)
        return True

    def move(self, dx: float, dy: float, *, merge: object = None) -> bool:
        """Move the selected points by fractions of the map: all, or none when one would leave the face."""
        moved: dict[UUID, InjectionSite] = {}
        for site_id, (x, y) in self.moves(dx, dy).items():
            site = self.get(site_id)
            there = None if site is None else self._moved(site, x, y)
            if there is None:
                self.refused.emit(_("A point cannot leave the face, so it went back to its place."))
                return False
            moved[site_id] = there
        name = ngettext("Move {count} point", "Move {count} points", len(moved)).format(count=len(moved))
        self._record_sites(name, tuple(moved.get(site.id, site) for site in self.sites), merge)
        return True

    def remove(self) -> None:
        """Take the selected points away, and those linked to them."""
        gone = self.touched
        if gone:
            name = ngettext("Remove {count} point", "Remove {count} points", len(gone)).format(
                count=len(gone)
            )
            self._record_sites(name, tuple(site for site in self.sites if site.id not in gone))

    def fill(self, zone: Zone, spacing_cm: float) -> int:
        """Fill a zone of the shown view with points of the chosen units; how many were added.

        Points that are there stay, and the new ones keep the spacing from them too. None near an eye.
        """
        spots = filled(self.face_map, zone, spacing_cm, self.sites, mirror=self.mirror)
        if not spots:
            self.refused.emit(_("There is no room for another point there at this spacing."))
            return 0
        added, pairs = points_at(self.face_map, spots, self.next_units, self.depth, mirror=self.mirror)
        self._add(added, pairs, _("Fill zone"))
        self.select(site.id for site in added)
        return len(added)

    def fill_count(self, zone: Zone, spacing_cm: float) -> int:
        """How many points fill() would add."""
        return len(filled(self.face_map, zone, spacing_cm, self.sites, mirror=self.mirror))

    def copy_across(self) -> int:
        """Copy the selected points to the other side, linked while mirroring; how many were copied."""
        copies: dict[UUID, InjectionSite] = {}
        for site in self.selected:
            copy = across(site, (*self.sites, *copies.values()), self._map_of)
            if copy is not None:
                copies[site.id] = copy
        if not copies:
            self.refused.emit(
                _("Nothing was copied: the points lie in the middle, or the other side has them.")
            )
            return 0
        pairs = frozenset(frozenset({site_id, copy.id}) for site_id, copy in copies.items())
        self._add(tuple(copies.values()), pairs if self.mirror else frozenset(), _("Copy to the other side"))
        self.show_view(OTHER_SIDE[self.view])
        self.select(copy.id for copy in copies.values())
        return len(copies)

    @property
    def can_copy_across(self) -> bool:
        """Whether the other side lacks one of the selected points."""
        return any(across(site, self.sites, self._map_of) is not None for site in self.selected)

    @property
    def can_unlink(self) -> bool:
        """Whether a selected point is linked to another."""
        return any(pair & self._selected for pair in self.links)

    def unlink(self) -> None:
        """From now on the selected points and those linked to them go their own ways."""
        kept = frozenset(pair for pair in self.links if not pair & self._selected)
        if kept != self.links:
            self._record(_("Unlink points"), Chart(self.sites, kept))
            self.selection_changed.emit()

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
        self._record(_("Set units"), Chart(sites, self.links), merge)

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

    def set_note(self, note: str) -> None:
        """The note of the selected points, not of those linked to them. InvalidRecord as of a site."""
        chosen = {site.id for site in self.selected}
        sites = tuple(replace(site, note=note) if site.id in chosen else site for site in self.sites)
        self._record_sites(_("Change note"), sites)

    def replace_all(self, sites: Iterable[InjectionSite], name: str) -> None:
        """Put other points in place of all, as one step: the same as last time, or a template."""
        after = tuple(replace(site, id=new_id(), note="") for site in sites)
        self._record(name, Chart(after, pairs_across(after) if self.mirror else frozenset()))

    def restart(self, sites: Iterable[InjectionSite], links: Links = frozenset()) -> None:
        """Begin with these points and pairs and no past, as after opening a draft."""
        self._history.restart(Chart(tuple(sites), links))
        self._selected = frozenset()
        self.sites_changed.emit()
        self.selection_changed.emit()

    # --- past and future ---

    def undo(self) -> None:
        """Take back the last action."""
        step = self._history.undo()
        if step is not None:
            self._show_step(step.after.sites, step.before.sites)

    def redo(self) -> None:
        """Make the action again that was taken back last."""
        step = self._history.redo()
        if step is not None:
            self._show_step(step.before.sites, step.after.sites)

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

    def _change(self, name: str, merge: object, change: Callable[[InjectionSite], InjectionSite]) -> None:
        touched = self.touched
        sites = tuple(change(site) if site.id in touched else site for site in self.sites)
        self._record_sites(name, sites, merge)

    def _is_linked(self, pair: frozenset[UUID]) -> bool:
        return any(pair & known for known in self.links)

    def _add(self, added: Sites, pairs: Links, name: str = "") -> None:
        count = len(added)
        words = name or ngettext("Add {count} point", "Add {count} points", count).format(count=count)
        self._record(words, Chart((*self.sites, *added), self.links | pairs))

    def _record_sites(self, name: str, sites: Sites, merge: object = None) -> None:
        self._record(name, Chart(sites, self.links), merge)

    def _record(self, name: str, after: Chart, merge: object = None) -> None:
        if not self._history.record(name, after, merge):
            return
        kept = {site.id for site in after.sites}
        let_go = self._selected - kept
        self._selected &= kept
        self.sites_changed.emit()
        if let_go:
            self.selection_changed.emit()


def _not_in(known: Sites, sites: Sites) -> Sites:
    """The sites that are not, or not exactly so, among the known ones."""
    by_id = {site.id: site for site in known}
    return tuple(site for site in sites if by_id.get(site.id) != site)
