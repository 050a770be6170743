"""What the clinic asks before the needle and what each rule does, in the file."""

from __future__ import annotations

from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.permission import Action
from dermlog.domain.screening import FIXED_RULES, Level, OwnQuestion, ScreeningPlan, ScreeningRule
from dermlog.storage.database import Database
from dermlog.storage.rows import RowMapping

_QUESTIONS = RowMapping("screening_question", OwnQuestion)


class ScreeningRuleTable:
    """The screening plan of the clinic: only what differs from the usual is a row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self) -> ScreeningPlan:
        """The plan as it stands; a rule that this version does not know is left out."""
        known = {rule.value for rule in ScreeningRule}
        levels = {
            ScreeningRule(rule): Level(level)
            for rule, level in self._database.rows("SELECT rule, level FROM screening_rule")
            if rule in known
        }
        own = self._database.rows(f"SELECT {_QUESTIONS.select()} FROM screening_question ORDER BY rowid")
        return ScreeningPlan(levels, tuple(map(_QUESTIONS.record, own)))

    def set_level(self, rule: ScreeningRule, level: Level) -> None:
        """Decide what a rule does; ValueError for a rule whose level is no choice."""
        self._database.require(Action.EDIT_SCREENING)
        if rule in FIXED_RULES:
            raise ValueError(rule)
        database = self._database
        with database.atomic():
            database.write(
                "INSERT INTO screening_rule (rule, level) VALUES (?, ?) "
                "ON CONFLICT (rule) DO UPDATE SET level = excluded.level",
                (rule.value, level.value),
            )
            database.changed(Noun.CLINIC)

    def save_question(self, question: OwnQuestion) -> None:
        """Add or change a question of the clinic; answers given before keep their words."""
        self._database.require(Action.EDIT_SCREENING)
        database = self._database
        with database.atomic():
            database.write(_QUESTIONS.save_sql, _QUESTIONS.values(_QUESTIONS.row(question)))
            database.changed(Noun.CLINIC)

    def remove_question(self, question_id: UUID) -> None:
        """Ask it no more."""
        self._database.require(Action.EDIT_SCREENING)
        database = self._database
        with database.atomic():
            database.write("DELETE FROM screening_question WHERE id = ?", (str(question_id),))
            database.changed(Noun.CLINIC)
