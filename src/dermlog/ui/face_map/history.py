"""History: every state of the sites as a step that can be taken back and made again, without a limit.

Sites are frozen, so a step keeps the states before and after and undo is the exact inverse by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

from dermlog.domain.session import InjectionSite

Sites = tuple[InjectionSite, ...]


@dataclass(frozen=True)
class Step:
    """One action of a person: what it is called, and the sites before and after it."""

    name: str
    before: Sites
    after: Sites
    merge: object = None


class History:
    """The sites as they stand, the steps that led here, and the steps taken back."""

    def __init__(self) -> None:
        self.sites: Sites = ()
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def restart(self, sites: Sites) -> None:
        """Begin anew with these sites, as after loading a draft."""
        self.sites = sites
        self._done.clear()
        self._undone.clear()

    def record(self, name: str, after: Sites, merge: object = None) -> bool:
        """Go to a new state; False when nothing differs.

        Steps in a row with the same merge (not None) become one, as the keys of one number do.
        """
        if after == self.sites:
            return False
        step = Step(name, self.sites, after, merge)
        if merge is not None and self._done and self._done[-1].merge == merge and not self._undone:
            step = Step(name, self._done.pop().before, after, merge)
        if step.before != step.after:
            self._done.append(step)
        self._undone.clear()
        self.sites = after
        return True

    def undo(self) -> Step | None:
        """Take back the newest step and return it, or None when there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self.sites = step.before
        return step

    def redo(self) -> Step | None:
        """Make the step again that was taken back last and return it, or None."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self.sites = step.after
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
