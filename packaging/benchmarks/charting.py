"""charting.*: how many actions a session of 20 points takes, and what dragging one point among 200 costs.

An action is one click, one key or one drag. A field that is typed counts as one, with the Tab that leads to
it. Counted is everything from New treatment on the patient's page to the signed session: product, lot,
expiry, points, signature. The skin, the screening questions and photos are left to other measures. The lot is
new to the clinic, but for the template: there it was used the day before, so its expiry is known; with a new
lot that journey takes one action more. Each journey drives the real window; its session must be in the file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from benchmarks.charting_drag import measure_drag
from benchmarks.charting_journeys import (
    POINTS,
    Clinic,
    from_a_template,
    new_symmetric_face,
    returning_patient,
)
from benchmarks.side_by_side import report_ratio
from dermlog.ui.kit.theme import Mode, apply
from environment import say

Journey = Callable[[Clinic], list[str]]

JOURNEYS: tuple[tuple[str, int, Journey], ...] = (
    ("charting.returning", 8, returning_patient),
    ("charting.new_face", 16, new_symmetric_face),
    ("charting.template", 5, from_a_template),
)


def main() -> None:
    """Measure and print."""
    app = QApplication([])
    apply(app, Mode.LIGHT)
    for name, goal, journey in JOURNEYS:
        with TemporaryDirectory() as folder, Clinic(Path(folder)) as clinic:
            actions = journey(clinic)
            charted = clinic.signed_points()
        if charted != POINTS:
            raise SystemExit(f"{name}: the signed session has {charted} points, not {POINTS}")
        say(f"{name} = {len(actions)} actions (goal at most {goal}), {POINTS} points: {'; '.join(actions)}")
    report_ratio("charting.drag", measure_drag(), at_most=0.5)


if __name__ == "__main__":
    main()
