"""What people are told about a list of patients: why it cannot be read, and what is wrong with a line."""

from __future__ import annotations

from dermlog.domain.listing import PatientRow
from dermlog.domain.patient_list import LineProblem, ListFault, ListField, Match, MatchKind
from dermlog.sentences import problem_sentence
from dermlog.wording import _, date_text, isolated


def list_sentence(fault: ListFault, name: str = "") -> str:
    """Why a file is no list of patients; name is its file name."""
    sentences = {
        ListFault.UNREADABLE: _("“{name}” cannot be read. Check that it is there and not open elsewhere."),
        ListFault.EMPTY: _("“{name}” is empty. Choose another file."),
        ListFault.NOT_TEXT: _(
            "“{name}” is not a text file. Save the list as CSV in the other program, then choose that file."
        ),
        ListFault.WRONG_ENCODING: _("“{name}” cannot be read this way. Choose another encoding."),
        ListFault.TOO_LARGE: _("“{name}” is too large for a list of patients. Split it into smaller files."),
        ListFault.TOO_MANY_LINES: _("“{name}” has more than 100,000 lines. Split it into smaller files."),
        ListFault.NO_LINES: _("“{name}” holds no lines. Choose another file."),
        ListFault.CHANGED_MEANWHILE: _(
            "Some of these patients have entries by now. Nobody was taken out again."
        ),
        ListFault.STOPPED: _("Stopped. Nobody was added."),
    }
    return sentences[fault].format(name=name)


def field_word(held: ListField) -> str:
    """The name of a field."""
    return {
        ListField.CHART_NUMBER: _("Chart number"),
        ListField.FAMILY_NAME: _("Family name"),
        ListField.GIVEN_NAME: _("Given name"),
        ListField.FULL_NAME: _("Whole name"),
        ListField.BIRTH_DATE: _("Birth date"),
        ListField.SEX: _("Sex"),
        ListField.PHONE: _("Phone"),
        ListField.NOTE: _("Note"),
    }[held]


def line_sentence(problem: LineProblem) -> str:
    """What is wrong in a line, with what stands there."""
    sentence = problem_sentence(problem.problem, field_word(problem.field))
    if not problem.text:
        return sentence
    shown = problem.text if len(problem.text) <= _SHOWN else problem.text[:_SHOWN] + "…"
    return _("{sentence} In the list: {text}").format(sentence=sentence, text=isolated(shown))


_SHOWN = 60


def match_sentence(match: Match) -> str:
    """Who a patient of the list may be already."""
    sentences = {
        MatchKind.SAME_NUMBER: _("This chart number belongs to {known}."),
        MatchKind.SAME_PERSON: _("Probably the same person as {known}."),
        MatchKind.SAME_NUMBER_IN_LIST: _("The same chart number stands in line {line}."),
        MatchKind.SAME_PERSON_IN_LIST: _("Probably the same person as in line {line}."),
    }
    return sentences[match.kind].format(known=_known(match.known), line=match.known_line)


def _known(row: PatientRow | None) -> str:
    if row is None:
        return _("another patient")
    name = ", ".join(part for part in (row.family_name, row.given_name) if part)
    if row.birth_date is None:
        return _("{name}, chart no. {number}").format(name=isolated(name), number=row.chart_number)
    return _("{name}, chart no. {number}, born {day}").format(
        name=isolated(name), number=row.chart_number, day=date_text(row.birth_date)
    )
