"""History: every state of the chart as a step that can be taken back and made again, without a limit.

Sites are frozen, so a step keeps the states before and after and undo is the exact inverse by construction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from dermlog.domain.session import InjectionSite

Sites = tuple[InjectionSite, ...]
Links = frozenset[frozenset[UUID]]
"""Pairs of points, by their ids, that are moved, changed and removed together."""


@dataclass(frozen=True)
class Chart:
    """The points of a session and which of them are linked; links of points that are gone are left out."""

    sites: Sites = ()
    links: Links = frozenset()

    def __post_init__(self) -> None:
        known = {site.id for site in self.sites}
        if any(not pair <= known for pair in self.links):
            object.__setattr__(self, "links", frozenset(pair for pair in self.links if pair <= known))

    def with_sites(self, sites: Sites) -> Chart:
        """Other points, the same links."""
        return replace(self, sites=sites)

    @cached_property
    def places(self) -> Mapping[UUID, int]:
        """Where each point stands in sites, by its id."""
        return {site.id: place for place, site in enumerate(self.sites)}

    @cached_property
    def partners(self) -> Mapping[UUID, UUID]:
        """The linked points by the id of the other one."""
        pairs = [tuple(pair) for pair in self.links]
        return {one: other for pair in pairs for one, other in (pair, pair[::-1])}

    def with_partners(self, ids: frozenset[UUID]) -> frozenset[UUID]:
        """The points and those linked to them."""
        return ids.union(*(pair for pair in self.links if pair & ids))


@dataclass(frozen=True)
class Step:
    """One action of a person: what it is called, and the chart before and after it."""

    name: str
    before: Chart
    after: Chart
    merge: object = None


class History:
    """The chart as it stands, the steps that led here, and the steps taken back."""

    def __init__(self) -> None:
        self.chart = Chart()
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def restart(self, chart: Chart) -> None:
        """Begin anew with this chart, as after loading a draft."""
        self.chart = chart
        self._done.clear()
        self._undone.clear()

    def record(self, name: str, after: Chart, merge: object = None) -> bool:
        """Go to a new state; False when nothing differs.

        Steps in a row with the same merge (not None) become one, as the keys of one number do.
        """
        if after == self.chart:
            return False
        step = Step(name, self.chart, after, merge)
        if merge is not None and self._done and self._done[-1].merge == merge and not self._undone:
            step = Step(name, self._done.pop().before, after, merge)
        if step.before != step.after:
            self._done.append(step)
        self._undone.clear()
        self.chart = after
        return True

    def undo(self) -> Step | None:
        """Take back the newest step and return it, or None when there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self.chart = step.before
        return step

    def redo(self) -> Step | None:
        """Make the step again that was taken back last and return it, or None."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self.chart = step.after
        return step

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to make again."""
        return bool(self._undone)

    @property
    def undo_name(self) -> str:
        """What would be taken back; "" for nothing."""
        return self._done[-1].name if self._done else ""
