"""Reading: from what was typed on the session screen to a session to sign, or every problem at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from dermlog.domain.screening import ScreeningFinding, ScreeningOverride
from dermlog.domain.session import HIGHEST_DILUENT_ML, Diluent, Dilution, InjectionSession, Technique
from dermlog.domain.validity import Fault, InvalidRecord, Problem
from dermlog.ui.kit.date_text import read_date
from dermlog.ui.kit.number_field import read_number
from dermlog.ui.session.entry import SessionEntry
from dermlog.ui.session.expiry_text import read_expiry

T = TypeVar("T")
STAND_IN_UNITS = Decimal(10_000)
LONGEST_QUOTED = 40


@dataclass(frozen=True)
class Reading:
    """Whose session it is, when it is written, and what screening says about it."""

    patient_id: UUID
    visit_id: UUID
    today: date
    birth_date: date | None = None
    findings: tuple[ScreeningFinding, ...] = ()


def read_day(entry: SessionEntry, today: date) -> date | None:
    """The day of the session, or None while the field holds no date."""
    return read_date(entry.on, today)


def read_dilution(entry: SessionEntry) -> Dilution | None:
    """Vial and diluent, or None while either is missing or impossible."""
    units, ml = read_number(entry.vial_units), read_number(entry.diluent_ml)
    if units is None or ml is None or units <= 0 or not 0 < ml <= HIGHEST_DILUENT_ML:
        return None
    return Dilution(units, ml)


def read_vials(entry: SessionEntry) -> int | None:
    """The number of vials opened, or None while the field holds no whole number."""
    number = read_number(entry.vials)
    return int(number) if number is not None and number == number.to_integral_value() else None


def read_session(entry: SessionEntry, about: Reading) -> InjectionSession:
    """The session as typed. Raises InvalidRecord with the problems of all fields, in the order of the screen.

    A field that cannot be read gets a harmless stand-in, so that the others are still checked.
    """
    problems: list[Problem] = []

    def needed(name: str, value: T | None, typed: str, fault: Fault, stand_in: T) -> T:
        if value is None:
            given = typed.strip()
            problems.append(Problem(name, fault if given else Fault.MISSING, None, given[:LONGEST_QUOTED]))
            return stand_in
        return value

    on = needed("on", read_day(entry, about.today), entry.on, Fault.NOT_A_DATE, about.today)
    problems += _of_day(on, about)
    expiry = needed(
        "expiry", read_expiry(entry.expiry, about.today), entry.expiry, Fault.NOT_A_DATE, date.max
    )
    vial_units = needed(
        "product", read_number(entry.vial_units), entry.vial_units, Fault.NOT_A_NUMBER, STAND_IN_UNITS
    )
    diluent_ml = needed(
        "diluent_ml", read_number(entry.diluent_ml), entry.diluent_ml, Fault.NOT_A_NUMBER, Decimal(1)
    )
    vials = needed("vials", read_vials(entry), entry.vials, Fault.NOT_A_WHOLE_NUMBER, 1)
    injector = needed("injector", _id(entry.injector), entry.injector, Fault.MISSING, about.visit_id)
    overrides = _overrides(entry, about.findings, problems)
    try:
        session = InjectionSession(
            patient_id=about.patient_id,
            visit_id=about.visit_id,
            performed_on=on,
            product_id=_id(entry.product) or about.visit_id,
            lot=entry.lot.strip(),
            expiry=expiry,
            vial_units=vial_units,
            diluent_ml=diluent_ml,
            injector_id=injector,
            sites=entry.sites,
            diluent=Diluent(entry.diluent),
            technique=Technique(entry.technique),
            needle_gauge=int(entry.needle_gauge) if entry.needle_gauge else None,
            vials=vials,
            note=entry.note,
            overrides=overrides,
        )
    except InvalidRecord as invalid:
        known = {problem.field for problem in problems}
        found = [problem for problem in invalid.problems if problem.field not in known]
        # An impossible number of vials makes every total look too large: one mistake, one sentence.
        if any(problem.field == "vials" for problem in found):
            found = [problem for problem in found if problem.fault is not Fault.BEYOND_VIAL]
        # So does an impossible day every expiry.
        if "on" in known:
            found = [problem for problem in found if problem.field != "expiry"]
        problems += found
    if problems:
        raise InvalidRecord(tuple(problems))
    return session


def _of_day(on: date, about: Reading) -> list[Problem]:
    if on > about.today:
        return [Problem("on", Fault.IN_FUTURE, about.today, on)]
    if about.birth_date is not None and on < about.birth_date:
        return [Problem("on", Fault.BEFORE_BIRTH, about.birth_date, on)]
    return []


def _overrides(
    entry: SessionEntry, findings: Iterable[ScreeningFinding], problems: list[Problem]
) -> tuple[ScreeningOverride, ...]:
    """The reason for each rule that says stop; a missing one is a problem named reason_<rule>."""
    made = []
    for finding in findings:
        if not finding.is_stop:
            continue
        name = f"reason_{finding.rule.value}"
        try:
            made.append(ScreeningOverride(finding.rule, entry.reasons.get(finding.rule.value, "").strip()))
        except InvalidRecord as invalid:
            problems += [
                Problem(name, problem.fault, problem.limit, problem.found) for problem in invalid.problems
            ]
    return tuple(made)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
