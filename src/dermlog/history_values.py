"""The stored values of history rows as people read them: names for ids, words for codes, dates by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from dermlog.domain.consent import ConsentKind, Signer
from dermlog.domain.face_map import Zone
from dermlog.domain.instrument import Instrument, Rater, Variant
from dermlog.domain.patient import AcneTreatment, Allergy, Condition, Drug, Sex, TreatmentResponse
from dermlog.domain.photo import PhotoView
from dermlog.domain.session import Diluent, Technique
from dermlog.domain.side_effect import BodySide, Severity, SideEffectTerm, WarningSign, WeaknessPlace
from dermlog.domain.visit import VisitMode
from dermlog.naming import name_of, reaction_text
from dermlog.wording import _, date_text, time_text

NOT_TOLD = frozenset(
    {
        *("id", "patient_id", "visit_id", "session_id", "position", "repeat", "entered_at", "recorded_by"),
        *("sha256", "byte_count", "added_at", "map_version", "format", "width", "height"),
        *("chart_key", "sort_name", "folded", "number", "taken_offset_minutes"),
    }
)
"""Columns that say nothing to a person."""

_ENUMS: Mapping[tuple[str, str], type[Enum]] = {
    ("patient", "sex"): Sex,
    ("prior_treatment", "kind"): AcneTreatment,
    ("prior_treatment", "response"): TreatmentResponse,
    ("consent", "kind"): ConsentKind,
    ("consent", "signer"): Signer,
    ("visit", "mode"): VisitMode,
    ("visit_warning_sign", "sign"): WarningSign,
    ("score", "instrument"): Instrument,
    ("score", "rater"): Rater,
    ("score", "variant"): Variant,
    ("score", "zone"): Zone,
    ("side_effect", "term"): SideEffectTerm,
    ("side_effect", "place"): WeaknessPlace,
    ("side_effect", "side"): BodySide,
    ("side_effect", "severity"): Severity,
    ("injection_session", "diluent"): Diluent,
    ("injection_session", "technique"): Technique,
    ("photo", "view"): PhotoView,
}
_FLAG_LISTS: Mapping[str, type[Enum]] = {"allergies": Allergy, "conditions": Condition, "drugs": Drug}
_DAYS = frozenset(
    {"birth_date", "given_on", "withdrawn_on", "on", "began", "ended", "performed_on", "expiry"}
)
_ANSWERS = frozenset({"allergies_asked", "conditions_asked", "drugs_asked", "warning_signs_asked"})

_PEOPLE = frozenset({"staff_id", "signed_by", "injector_id", "prescriber_id", "supervisor_id"})
_MOMENTS = frozenset({"signed_at", "at", "taken_at"})
_YES_OR_NO = frozenset({"aftercare_given", "is_sample", "shares_vials", "active", "retired", "shared"})

Columns = Mapping[str, object]


def column_name(name: str) -> str:
    """What a column is called on the forms."""
    return {
        "chart_number": _("chart number"),
        "family_name": _("family name"),
        "given_name": _("given name"),
        "birth_date": _("birth date"),
        "sex": _("sex"),
        "fitzpatrick": _("Fitzpatrick type"),
        "phone": _("phone"),
        "allergies_asked": _("allergies"),
        "conditions_asked": _("conditions"),
        "drugs_asked": _("drugs"),
        "note": _("note"),
        "detail": _("detail"),
        "drug": _("drug"),
        "period": _("when"),
        "response": _("response"),
        "stop_reason": _("why it was stopped"),
        "kind": _("kind"),
        "given_on": _("given on"),
        "signer": _("signed by"),
        "form_version": _("form"),
        "withdrawn_on": _("withdrawn on"),
        "on": _("date"),
        "mode": _("seen"),
        "warning_signs_asked": _("warning signs"),
        "value": _("value"),
        "severity": _("severity"),
        "began": _("began"),
        "ended": _("ended"),
        "action": _("what was done"),
        "view": _("view"),
        "taken_at": _("taken"),
        "product_id": _("product"),
        "performed_on": _("date of the treatment"),
        "vial_units": _("units in the vial"),
        "diluent_ml": _("diluent in mL"),
        "injector_id": _("injected by"),
        "prescriber_id": _("prescribed by"),
        "supervisor_id": _("supervised by"),
        "signed_by": _("signed by"),
        "signed_at": _("signed at"),
        "signed_as": _("signed as"),
        "staff_id": _("by"),
        "amendment_reason": _("reason of the amendment"),
        "aftercare_given": _("aftercare given"),
        "wasted_units": _("units thrown away"),
        "needle_gauge": _("needle gauge"),
        "expiry": _("expiry"),
    }.get(name, name.replace("_", " "))


class RowWords:
    """Words for rows; names resolves staff, brands products, days visits and sessions."""

    def __init__(
        self, names: Mapping[UUID, str], brands: Mapping[UUID, str], days: Mapping[str, date]
    ) -> None:
        self._tellers: dict[str, Callable[[str], str]] = {
            "product_id": self._brand,
            **dict.fromkeys(_DAYS, _day),
            **dict.fromkeys(_MOMENTS, _moment),
            **dict.fromkeys(_PEOPLE, self._name),
            **dict.fromkeys(_YES_OR_NO, _yes_or_no),
        }
        self._names = names
        self._brands = brands
        self._days = days

    def value(self, table: str, column: str, stored: object) -> str:
        """One stored value."""
        if column in _ANSWERS:
            return _("asked") if stored else _("not asked")
        if stored is None or stored == "":
            return _("empty")
        kind = _ENUMS.get((table, column))
        if kind is not None:
            return _member_name(kind, stored)
        tell = self._tellers.get(column)
        return (tell(str(stored)) if tell is not None else "") or str(stored)

    def owner(self, table: str, columns: Columns) -> str:
        """What a changed row is about: Oiliness, clinician; Bruising; Consent."""
        if table == "score":
            return self._score_name(columns)
        if table == "side_effect":
            return _reaction(columns, severity=False)
        if table == "patient_flag":
            return self._flag(columns)
        if table in {"consent", "prior_treatment"}:
            return self.value(table, "kind", columns.get("kind"))
        return ""

    def row(self, table: str, columns: Columns) -> str:
        """A whole added or removed row in a few words, "" where the headline says it."""
        tellers: dict[str, Callable[[Columns], str]] = {
            "score": self._score,
            "side_effect": lambda row: _reaction(row, severity=True),
            "patient_flag": self._flag,
            "visit_warning_sign": lambda row: self.value(table, "sign", row.get("sign")),
            "photo": lambda row: self.value(table, "view", row.get("view")),
            "prior_treatment": lambda row: self.value(table, "kind", row.get("kind")),
            "consent": self._consent,
            "injection_session": self._session,
            "screening_override": lambda row: str(row.get("reason", "")),
            "acknowledgement": lambda row: str(row.get("note", "")),
            "visit": lambda row: str(row.get("note", "")),
        }
        tell = tellers.get(table)
        return "" if tell is None else tell(columns)

    def _score(self, columns: Columns) -> str:
        return _("{name} {value}").format(name=self._score_name(columns), value=columns.get("value"))

    def _consent(self, columns: Columns) -> str:
        return _("{kind}, {day}").format(
            kind=self.value("consent", "kind", columns.get("kind")),
            day=self.value("consent", "given_on", columns.get("given_on")),
        )

    def _session(self, columns: Columns) -> str:
        return _("{product}, lot {lot}").format(
            product=self._brand(columns.get("product_id")), lot=columns.get("lot")
        )

    def _score_name(self, columns: Columns) -> str:
        parts = [self.value("score", "instrument", columns.get("instrument"))]
        if (
            columns.get("rater") == Rater.PATIENT.value
            and columns.get("instrument") == Instrument.OILINESS.value
        ):
            parts.append(_("own rating"))
        if columns.get("zone"):
            parts.append(self.value("score", "zone", columns.get("zone")).lower())
        return ", ".join(parts)

    def _flag(self, columns: Columns) -> str:
        kind = _FLAG_LISTS.get(str(columns.get("list")))
        name = str(columns.get("kind")) if kind is None else _member_name(kind, columns.get("kind"))
        detail = columns.get("detail")
        return _("{kind}: {detail}").format(kind=name, detail=detail) if detail else name

    def _name(self, staff_id: object) -> str:
        try:
            return self._names.get(UUID(str(staff_id)), "")
        except ValueError:
            return ""

    def _brand(self, product_id: object) -> str:
        try:
            return self._brands.get(UUID(str(product_id)), "")
        except ValueError:
            return ""


def _member_name(kind: type[Enum], stored: object) -> str:
    try:
        return name_of(kind(stored))
    except ValueError:
        return str(stored)


def _day(stored: str) -> str:
    try:
        return date_text(date.fromisoformat(stored[:10]))
    except ValueError:
        return stored


def _yes_or_no(stored: str) -> str:
    return _("no") if stored == "0" else _("yes")


def _moment(stored: str) -> str:
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return stored
    return _("{day}, {time}").format(day=date_text(moment.date()), time=time_text(moment))


def _reaction(columns: Columns, *, severity: bool) -> str:
    try:
        return reaction_text(
            SideEffectTerm(columns.get("term")),
            WeaknessPlace(columns.get("place")) if columns.get("place") else None,
            BodySide(columns.get("side")) if columns.get("side") else None,
            str(columns.get("label") or ""),
            Severity(int(str(columns.get("severity")))) if severity else None,
        )
    except ValueError:
        return str(columns.get("term"))
