"""Templates in the file: kept whole, one name each, with a history, and no trace left in sessions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dermlog.changes import Change, Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.session_template import SessionTemplate, sites_of_template
from dermlog.domain.validity import Fault, InvalidRecord
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from tests.makers import make_site, make_template


@pytest.fixture
def template(logbook: Logbook) -> SessionTemplate:
    """A saved template."""
    made = make_template(logbook.products.all()[0])
    logbook.templates.save(made)
    return made


def lines_of(logbook: Logbook, table: str) -> list[str]:
    """What the history says of a table."""
    return [
        kind
        for (kind,) in logbook._database.rows(
            'SELECT kind FROM change WHERE "table" = ? ORDER BY sequence', (table,)
        )
    ]


def test_a_template_comes_back_as_it_was_saved(logbook: Logbook, template: SessionTemplate) -> None:
    assert logbook.templates.all() == (template,)
    assert logbook.templates.get(template.id).total_units == Decimal("3.5")
    assert logbook.templates.named("  oily  FOREHEAD ") == template


def test_templates_are_listed_by_name(logbook: Logbook, template: SessionTemplate) -> None:
    logbook.templates.save(make_template(logbook.products.all()[1], name="another", diluent_ml=None))
    assert [one.name for one in logbook.templates.all()] == ["another", "Oily forehead"]
    assert logbook.templates.all()[0].diluent_ml is None


def test_renaming_and_overwriting_keep_what_was_before_in_the_history(
    logbook: Logbook, template: SessionTemplate
) -> None:
    logbook.templates.save(replace(template, name="Forehead"))
    logbook.templates.save(replace(template, name="Forehead", sites=(make_site("4"),)))
    (now,) = logbook.templates.all()
    assert (now.id, now.name, now.total_units) == (template.id, "Forehead", Decimal(4))
    assert lines_of(logbook, "session_template") == ["added", "changed"]
    assert sorted(lines_of(logbook, "template_site")) == ["added"] * 3 + ["removed"] * 2
    assert logbook.check().findings == ()


def test_a_removed_template_is_gone_but_its_history_stays(
    logbook: Logbook, template: SessionTemplate
) -> None:
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    logbook.templates.remove(template.id)
    assert logbook.templates.all() == ()
    assert lines_of(logbook, "session_template") == ["added", "removed"]
    assert heard == [frozenset({Change(Noun.TEMPLATE)})]
    with pytest.raises(NotAllowed):
        logbook.templates.get(template.id)


def test_two_templates_cannot_have_one_name(logbook: Logbook, template: SessionTemplate) -> None:
    with pytest.raises(NotAllowed) as refused:
        logbook.templates.save(make_template(logbook.products.all()[0], name="OILY forehead"))
    assert refused.value.refusal is Refusal.NAME_TAKEN
    assert logbook.templates.all() == (template,)


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"name": "  "}, "name", Fault.MISSING),
        ({"name": "n" * 61}, "name", Fault.TOO_LONG),
        ({"sites": ()}, "sites", Fault.MISSING),
        ({"diluent_ml": Decimal(0)}, "diluent_ml", Fault.NOT_POSITIVE),
    ],
)
def test_a_template_that_cannot_be_says_why(
    logbook: Logbook, changes: dict[str, object], field: str, fault: Fault
) -> None:
    with pytest.raises(InvalidRecord) as invalid:
        make_template(logbook.products.all()[0], **changes)
    assert [(problem.field, problem.fault) for problem in invalid.value.problems] == [(field, fault)]


def test_points_of_a_session_go_in_without_their_notes_and_ids() -> None:
    site = make_site(note="vein of this patient")
    (kept,) = sites_of_template([site])
    assert kept.note == ""
    assert kept.id != site.id
    assert (kept.x, kept.y, kept.units) == (site.x, site.y, site.units)
