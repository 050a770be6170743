"""What became of a signed treatment, as sections for reading: amended, declared void, moved."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dermlog.amendment_words import difference_lines, signature_text, version_title
from dermlog.domain.session import InjectionSession
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.wording import _, date_text, time_text


@dataclass(frozen=True)
class Section:
    """A title with rows of label and value; a row without a label goes over the whole width."""

    title: str
    rows: tuple[tuple[str, str], ...]


def void_sections(facts: PatientFacts, session: InjectionSession) -> list[Section]:
    """That a treatment is void or was moved, by whom and why; nothing for one that stands where it was."""
    voiding, number = session.voiding, facts.moved.get(session.id)
    if voiding is None:
        if number is None:
            return []
        words = _("This treatment was signed for the patient with chart no. {number} and moved here.")
        return [Section(_("Moved here"), (("", words.format(number=number)),))]
    when = _("{name}, {day} {time}").format(
        name=facts.name(voiding.staff_id),
        day=date_text(voiding.at.date()),
        time=time_text(voiding.at),
    )
    rows = [(_("By"), when), (_("Reason"), voiding.reason)]
    if number is not None:
        rows.append((_("Moved to"), _("chart no. {number}").format(number=number)))
    return [Section(_("Void: this treatment does not count"), tuple(rows))]


def amendment_sections(facts: PatientFacts, session: InjectionSession) -> list[Section]:
    """Each amendment, the newest first: who, when, why, and what it changed."""
    versions = facts.versions.get(session.visit_id, ())
    sections = []
    for before, after in reversed(tuple(pairwise(versions))):
        signature = after.signature
        rows = [
            (_("By"), "" if signature is None else signature_text(signature, facts.names)),
            (_("Reason"), after.amendment_reason),
            *(("", line) for line in difference_lines(before, after, facts.names, facts.products)),
        ]
        sections.append(Section(version_title(after), tuple(rows)))
    return sections
