"""Session templates of the clinic in the file; the history keeps what a template was before."""

from __future__ import annotations

from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.permission import Action
from dermlog.domain.session import InjectionSite
from dermlog.domain.session_template import SessionTemplate, same_name
from dermlog.errors import not_allowed
from dermlog.storage.children import save_children
from dermlog.storage.database import Database
from dermlog.storage.rows import RowMapping

_TEMPLATES = RowMapping("session_template", SessionTemplate, omit=("sites",))
_SITES = RowMapping("template_site", InjectionSite, omit=("note",), extra=("template_id", "position"))


class TemplateTable:
    """Templates by name; no two have the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[SessionTemplate, ...]:
        """All templates by name."""
        database = self._database
        sites: dict[str, list[InjectionSite]] = {}
        for template_id, *columns in database.rows(
            f"SELECT template_id, {_SITES.select()} FROM template_site ORDER BY template_id, position"
        ):
            sites.setdefault(template_id, []).append(_SITES.record(columns))
        place = _TEMPLATES.fields.index("id")
        found = (
            _TEMPLATES.record(row, sites=tuple(sites.get(row[place], ())))
            for row in database.rows(f"SELECT {_TEMPLATES.select()} FROM session_template")
        )
        return tuple(sorted(found, key=lambda template: template.name.casefold()))

    def get(self, template_id: UUID) -> SessionTemplate:
        """One template; NotAllowed when there is none."""
        found = next((template for template in self.all() if template.id == template_id), None)
        if found is None:
            raise not_allowed(Refusal.NOT_THERE)
        return found

    def named(self, name: str) -> SessionTemplate | None:
        """The template of a name, or None."""
        return next((template for template in self.all() if same_name(template.name, name)), None)

    def save(self, template: SessionTemplate) -> None:
        """Add, rename or overwrite a template; NotAllowed when another one has its name."""
        self._database.require(Action.EDIT_TEMPLATES)
        database, template_id = self._database, str(template.id)
        with database.atomic():
            other = self.named(template.name)
            if other is not None and other.id != template.id:
                raise not_allowed(Refusal.NAME_TAKEN)
            database.write(_TEMPLATES.save_sql, _TEMPLATES.values(_TEMPLATES.row(template)))
            rows = [
                _SITES.row(site, template_id=template_id, position=position)
                for position, site in enumerate(template.sites)
            ]
            save_children(database, "template_site", ("id",), ("template_id", template_id), rows)
            database.changed(Noun.TEMPLATE)

    def remove(self, template_id: UUID) -> None:
        """Take a template away; sessions begun from it are not touched."""
        self._database.require(Action.EDIT_TEMPLATES)
        database = self._database
        with database.atomic():
            database.write("DELETE FROM template_site WHERE template_id = ?", (str(template_id),))
            database.write("DELETE FROM session_template WHERE id = ?", (str(template_id),))
            database.changed(Noun.TEMPLATE)
