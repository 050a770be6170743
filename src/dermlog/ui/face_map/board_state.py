"""BoardState: what the board shows and what is chosen on it - the face, the points, the selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from dermlog.domain.face_map import FaceMap, FaceView, Zone
from dermlog.domain.session import HIGHEST_UNITS_PER_SITE, InjectionSite, Technique
from dermlog.domain.validity import InvalidRecord
from dermlog.ui.face_map.history import History, Links, Sites
from dermlog.wording import _


class BoardState(QObject):
    """Sites of one session on all three views, and the pairs among them that move, change and go together.

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
        return self._history.chart.sites

    @property
    def links(self) -> Links:
        """The linked pairs: placed with mirror on, until somebody unlinks them."""
        return self._history.chart.links

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
        place = self._history.chart.places.get(site_id)
        return None if place is None else self.sites[place]

    @property
    def selected(self) -> Sites:
        """The selected points."""
        chart = self._history.chart
        places = (chart.places.get(site_id) for site_id in self._selected)
        return tuple(chart.sites[place] for place in sorted(one for one in places if one is not None))

    @property
    def touched(self) -> frozenset[UUID]:
        """Ids of the selected points and of those linked to them: what an action would change."""
        return self._history.chart.with_partners(self._selected)

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

    def select_within(self, box: tuple[float, float, float, float], *, adding: bool = False) -> None:
        """Select the points of the view inside left, top, right, bottom; adding: besides those selected."""
        left, top, right, bottom = box
        inside = {site.id for site in self.in_view() if left <= site.x <= right and top <= site.y <= bottom}
        self.select(inside | self._selected if adding else inside)

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

    # --- inside ---

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
