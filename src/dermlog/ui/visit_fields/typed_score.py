"""One score as typed: the box's text becomes a Score, a problem with the field's name, or nothing."""

from __future__ import annotations

from decimal import Decimal

from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import Instrument, Rater, Score, Variant
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.ui.kit.number_field import NumberField, read_number


class ScoreReader:
    """Collects scores and problems of several boxes; an empty box is no score and no problem."""

    def __init__(self) -> None:
        self.scores: list[Score] = []
        self.problems: list[Problem] = []

    def grade(self, instrument: Instrument, rater: Rater, variant: Variant, chosen: object) -> None:
        """A chosen grade, None when nothing was chosen."""
        if isinstance(chosen, int):
            self.scores.append(Score(instrument, Decimal(chosen), rater, variant))

    def number(
        self,
        field: NumberField,
        name: str,
        instrument: Instrument,
        rater: Rater,
        variant: Variant = Variant.STANDARD,
        *,
        zone: Zone | None = None,
        device: str = "",
    ) -> None:
        """A typed number; name is the field's name in problems."""
        if field.is_empty():
            return
        value = read_number(field.text())
        if value is None:
            self.problems.append(Problem(name, Fault.NOT_A_NUMBER, None, field.text()[:40]))
            return
        try:
            self.scores.append(Score(instrument, value, rater, variant, zone, device))
        except InvalidRecord as error:
            self.problems.extend(error.problems)

    def result(self) -> tuple[Score, ...]:
        """All scores; raises InvalidRecord when anything was wrong."""
        if self.problems:
            raise InvalidRecord(tuple(dict.fromkeys(self.problems)))
        return tuple(self.scores)
