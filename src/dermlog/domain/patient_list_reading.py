"""Reading patients from the lines of a list: each is a whole patient, or named with what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache

from dermlog.domain.patient import Patient, Sex
from dermlog.domain.patient_list import (
    DateOrder,
    LineProblem,
    ListedPatient,
    ListField,
    ListLine,
    ListMapping,
    ListReading,
    ListTable,
)
from dermlog.domain.validity import Fault, InvalidRecord, Problem

NO_NUMBER = "?"
"""Stands for the chart number of a patient whose line holds none, until one is given."""

_DAY = re.compile(r"(\d{1,4})\s*[./\-\s年]\s*(\d{1,2})\s*[./\-\s月]\s*(\d{1,4})\s*日?")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_WORDY = re.compile(r"(?:(\d{1,2})\.?\s+([^\W\d]+)\.?,?\s+(\d{4})|([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4}))")
_NOTHING = {"", "-", "–", "n/a", "na", "null", "none", "\\n", "0000-00-00", "00.00.0000", "00/00/0000", "0"}
_MONTHS = (
    ("jan", "janv", "ene", "gen", "sty", "leden"),
    ("feb", "fev", "lut"),
    ("mar", "maerz", "mrt", "maa"),
    ("apr", "avr", "abr", "kwi"),
    ("may", "mai", "mag", "maj", "mei"),
    ("jun", "juin", "giu", "cze"),
    ("jul", "juil", "lug", "lip"),
    ("aug", "aou", "ago", "sie"),
    ("sep", "set", "wrz"),
    ("oct", "okt", "ott", "out", "paz"),
    ("nov", "lis"),
    ("dec", "dez", "dic", "gru"),
)
_SEXES: tuple[tuple[Sex, str], ...] = (
    (
        Sex.FEMALE,
        "f female w weiblich frau femme féminin feminin mujer femenino femminile femenina feminino feminina "
        "donna vrouw kvinna kvinde kvinne k kobieta žena zena ж жен женский נ נקבה 女 女性 أنثى kadın v 2",
    ),
    (
        Sex.MALE,
        "m male mann männlich maennlich homme masculin h hombre masculino maschile maschio uomo man "
        "mand mężczyzna muž muz м муж мужской ז זכר 男 男性 ذكر erkek 1",
    ),
    (Sex.OTHER, "o other d divers diverse x nonbinary non-binary autre otro altro anders"),
    (Sex.UNKNOWN, "u unknown unbekannt inconnu desconocido ? 0 9"),
)


@cache
def sex_words() -> dict[str, Sex]:
    """What other systems write for a sex, in lower case."""
    return {word: sex for sex, words in _SEXES for word in words.split()}


def read_patients(table: ListTable, mapping: ListMapping, today: date) -> ListReading:
    """Every patient of a list; a line that cannot be read gives its problems and no patient."""
    patients: list[ListedPatient] = []
    problems: list[LineProblem] = []
    empty = 0
    sexes = _sexes_of(table, mapping)
    for line in table.lines[mapping.has_header :]:
        if not any(line.cell(column) for column in range(len(line.cells))):
            empty += 1
            continue
        found, wrong = _read_line(line, mapping, sexes, today)
        problems += wrong
        if found is not None:
            patients.append(found)
    return ListReading(tuple(patients), tuple(problems), empty)


def _sexes_of(table: ListTable, mapping: ListMapping) -> dict[str, Sex]:
    """Where a column knows h and m but no f, m is a woman: hombre and mujer."""
    column = mapping.column(ListField.SEX)
    words = dict(sex_words())
    if column is not None:
        seen = {line.cell(column).casefold() for line in table.lines[mapping.has_header :]}
        if {"h", "m"} <= seen and "f" not in seen:
            words["m"] = Sex.FEMALE
    return words


def _read_line(
    line: ListLine, mapping: ListMapping, sexes: dict[str, Sex], today: date
) -> tuple[ListedPatient | None, list[LineProblem]]:
    texts = {held: line.cell(column) for column, held in mapping.columns.items()}
    problems: list[LineProblem] = []

    def wrong(held: ListField, fault: Fault, limit: object = None) -> None:
        text = texts.get(held, "")
        problems.append(LineProblem(line.number, held, Problem(held.value, fault, limit, text), text))

    family, given = _names(texts)
    born, day = texts.get(ListField.BIRTH_DATE, ""), None
    if born.casefold() not in _NOTHING:
        day = read_day(born, mapping.date_order, today.year)
        if day is None:
            wrong(ListField.BIRTH_DATE, Fault.NOT_A_DATE)
        elif day > today:
            wrong(ListField.BIRTH_DATE, Fault.IN_FUTURE, today)
    said = texts.get(ListField.SEX, "").casefold()
    sex = sexes.get(said.rstrip("."), Sex.UNKNOWN if said in _NOTHING else None)
    if sex is None:
        wrong(ListField.SEX, Fault.NOT_OFFERED)
    number = texts.get(ListField.CHART_NUMBER, "")
    if not number and not mapping.number_on:
        wrong(ListField.CHART_NUMBER, Fault.MISSING)
    if problems:
        return None, problems
    try:
        patient = Patient(
            chart_number=number or NO_NUMBER,
            family_name=family,
            given_name=given,
            birth_date=day,
            sex=sex or Sex.UNKNOWN,
            phone=texts.get(ListField.PHONE, ""),
            note=texts.get(ListField.NOTE, "").replace("\r\n", "\n").replace("\r", "\n"),
        )
    except InvalidRecord as error:
        return None, [_problem(line, problem, texts) for problem in error.problems]
    return ListedPatient(line.number, patient, needs_number=not number), []


def _problem(line: ListLine, problem: Problem, texts: dict[ListField, str]) -> LineProblem:
    held = ListField(problem.field)
    if held not in texts and ListField.FULL_NAME in texts:
        held = ListField.FULL_NAME
    return LineProblem(line.number, held, problem, texts.get(held, ""))


def _names(texts: dict[ListField, str]) -> tuple[str, str]:
    """Family and given name; of a whole name, what stands before the comma or, without one, the last word."""
    family, given = texts.get(ListField.FAMILY_NAME, ""), texts.get(ListField.GIVEN_NAME, "")
    whole = texts.get(ListField.FULL_NAME, "")
    if whole and not family:
        before, comma, after = whole.partition(",")
        if comma:
            family, given = before.strip(), after.strip() or given
        else:
            first, _blank, last = whole.rpartition(" ")
            family, given = last, first.strip() or given
    return (family, given) if family else (given, "")


def read_day(text: str, order: DateOrder, last_year: int) -> date | None:
    """The day that a cell names, or None: 4.2.1997, 02/04/97, 1997-02-04, 19970204, 4 Feb 1997.

    A year of two figures is the newest such year that is not after last_year.
    """
    text = _TIME.sub("", text.strip())
    if re.fullmatch(r"\d{8}", text):
        return _date(int(text[:4]), int(text[4:6]), int(text[6:]))
    parts = _DAY.fullmatch(text)
    if parts is None:
        return _wordy_day(text)
    first, second, third = parts.groups()
    if len(first) == 4:
        return _date(int(first), int(second), int(third))
    if len(third) not in {2, 4} or len(first) > 2:
        return None
    year = int(third) if len(third) > 2 else last_year - (last_year - int(third)) % 100
    month, day = (second, first) if order is DateOrder.DAY_FIRST else (first, second)
    return _date(year, int(month), int(day))


def day_parts(text: str) -> tuple[int, int] | None:
    """The first two figures of a day whose year comes last: what tells day from month."""
    parts = _DAY.fullmatch(_TIME.sub("", text.strip()))
    if parts is None or len(parts[1]) > 2:
        return None
    return int(parts[1]), int(parts[2])


def _wordy_day(text: str) -> date | None:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    found = _WORDY.fullmatch("".join(c for c in decomposed if not unicodedata.combining(c)))
    if found is None:
        return None
    day, word, year = found.groups()[:3] if found[1] else (found[5], found[4], found[6])
    months = [
        number
        for number, beginnings in enumerate(_MONTHS, start=1)
        if any(str(word).startswith(beginning) for beginning in beginnings)
    ]
    return _date(int(year), months[0], int(day)) if months else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def faulty_lines(reading: ListReading) -> Iterator[tuple[int, list[LineProblem]]]:
    """The lines that cannot be read, each once with all its problems."""
    by_line: dict[int, list[LineProblem]] = {}
    for problem in reading.problems:
        by_line.setdefault(problem.line, []).append(problem)
    yield from by_line.items()
