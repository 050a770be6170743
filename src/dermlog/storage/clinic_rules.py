"""The clinic's house rules in the file; while nobody has chosen any, the usual ones hold."""

from __future__ import annotations

from dermlog.changes import Noun
from dermlog.domain.clinic_rule import ClinicRules
from dermlog.domain.permission import Action
from dermlog.storage.database import Database
from dermlog.storage.rows import RowMapping

_RULES = RowMapping("clinic_rule", ClinicRules, key=("only",), extra=("only",))


class ClinicRuleTable:
    """The one set of house rules of the file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self) -> ClinicRules:
        """The rules."""
        found = self._database.row(f"SELECT {_RULES.select()} FROM clinic_rule")
        return ClinicRules() if found is None else _RULES.record(found)

    def save(self, rules: ClinicRules) -> None:
        """Change the rules."""
        self._database.require(Action.EDIT_CLINIC_RULES)
        with self._database.atomic():
            self._database.write(_RULES.save_sql, _RULES.values(_RULES.row(rules, only=1)))
            self._database.changed(Noun.CLINIC)
