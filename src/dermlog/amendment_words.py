"""What an amendment changed, in words: each field from before to after, and what became of the points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from uuid import UUID

from dermlog.domain.amendment import (
    SiteChange,
    SiteDifference,
    field_differences,
    site_differences,
)
from dermlog.domain.product import Product
from dermlog.domain.screening import ScreeningAnswer, ScreeningOverride
from dermlog.domain.session import InjectionSession, InjectionSite, Signature
from dermlog.naming import name_of
from dermlog.sentences import screening_question
from dermlog.wording import _, date_text, month_text, ngettext, number_text, time_text, units_text

Names = Mapping[UUID, str]
Products = Mapping[UUID, Product]


def session_field_name(field: str) -> str:
    """The name of a field of a session as the screens call it."""
    return {
        "performed_on": _("Date"),
        "product_id": _("Product"),
        "lot": _("Lot"),
        "expiry": _("Expiry"),
        "vial_units": _("Units in the vial"),
        "diluent_ml": _("Diluent, mL"),
        "diluent": _("Diluent"),
        "vials": _("Vials"),
        "injector_id": _("Injected by"),
        "prescriber_id": _("Prescribed by"),
        "supervisor_id": _("Supervised by"),
        "technique": _("Technique"),
        "needle_gauge": _("Needle, G"),
        "note": _("Treatment note"),
        "anaesthesia": _("Anaesthesia"),
        "aftercare_given": _("Aftercare given"),
        "immediate_reaction": _("Immediate reaction"),
        "reason": _("Reason for the plan"),
        "vial_id": _("Opened vial"),
        "wasted_units": _("Wasted units"),
        "screening_answers": _("Screening answers"),
        "overrides": _("Reasons for going on"),
    }.get(field, field.replace("_", " "))


def session_value(field: str, value: object, names: Names, products: Products) -> str:  # noqa: PLR0911
    """One value of a session in words; what is empty is said."""
    if value is None or value in {"", ()}:
        return _("not recorded")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, UUID):
        product = products.get(value)
        return names.get(value) or ("" if product is None else product.brand) or str(value)[:8]
    if isinstance(value, Enum):
        return name_of(value)
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date):
        return month_text(value) if field == "expiry" else date_text(value)
    if isinstance(value, tuple):
        return "; ".join(_item_text(item) for item in value)
    return str(value)


def _item_text(item: object) -> str:
    if isinstance(item, ScreeningAnswer):
        words = _("{question}: {answer}").format(question=question_text(item), answer=name_of(item.answer))
        return _("{words} ({note})").format(words=words, note=item.note) if item.note else words
    if isinstance(item, ScreeningOverride):
        return item.reason
    return str(item)


def question_text(answer: ScreeningAnswer) -> str:
    """The question that an answer belongs to, in a few words."""
    return screening_question(answer.item)


def difference_lines(
    before: InjectionSession, after: InjectionSession, names: Names, products: Products
) -> tuple[str, ...]:
    """Each thing that is not the same in two versions: Lot: C4821 → C9999; 2 points added."""
    lines = [
        _("{name}: {before} → {after}").format(
            name=session_field_name(one.field),
            before=session_value(one.field, one.before, names, products),
            after=session_value(one.field, one.after, names, products),
        )
        for one in field_differences(before, after)
    ]
    return (*lines, *site_lines(site_differences(before.sites, after.sites)))


def site_lines(differences: Iterable[SiteDifference]) -> tuple[str, ...]:
    """What became of the points: each added, removed or changed one by zone, in few lines."""
    lines = []
    listed = tuple(differences)
    for change, tell in ((SiteChange.ADDED, _added), (SiteChange.REMOVED, _removed)):
        sites = Counter((one.site.zone, one.site.units) for one in listed if one.change is change)
        lines += [
            tell(count).format(count=count, zone=name_of(zone).lower(), units=units_text(units))
            for (zone, units), count in sites.items()
        ]
    for one in listed:
        if one.change is SiteChange.CHANGED and one.before is not None and one.after is not None:
            before, after = _point_texts(one.before, one.after)
            lines.append(
                _("Changed: {zone}, {before} → {after}").format(
                    zone=name_of(one.after.zone).lower(), before=before, after=after
                )
            )
    return tuple(lines)


def _added(count: int) -> str:
    return ngettext(
        "Added: {count} point, {zone}, {units}", "Added: {count} points, {zone}, {units} each", count
    )


def _removed(count: int) -> str:
    return ngettext(
        "Removed: {count} point, {zone}, {units}", "Removed: {count} points, {zone}, {units} each", count
    )


def _point_texts(before: InjectionSite, after: InjectionSite) -> tuple[str, str]:
    """What differs between two points, said of each: units, depth and note where they are not the same."""
    texts: list[tuple[str, str]] = []
    if before.units != after.units:
        texts.append((units_text(before.units), units_text(after.units)))
    if before.depth is not after.depth:
        texts.append((name_of(before.depth).lower(), name_of(after.depth).lower()))
    if before.note != after.note:
        texts.append((before.note or _("no note"), after.note or _("no note")))
    return ", ".join(one for one, _other in texts), ", ".join(other for _one, other in texts)


def counts_line(differences: Iterable[SiteDifference]) -> str:
    """2 added · 1 removed · 3 changed · 14 the same."""
    counts = Counter(one.change for one in differences)
    words = {
        SiteChange.ADDED: _("{count} added"),
        SiteChange.REMOVED: _("{count} removed"),
        SiteChange.CHANGED: _("{count} changed"),
        SiteChange.SAME: _("{count} the same"),
    }
    return " · ".join(words[change].format(count=counts[change]) for change in words)


def signature_text(signature: Signature, names: Names) -> str:
    """Dr Sato, 17 Apr 2026 10:04 (performed)."""
    return _("{name}, {day} {time} ({meaning})").format(
        name=names.get(signature.staff_id) or _("name not recorded"),
        day=date_text(signature.at.date()),
        time=time_text(signature.at),
        meaning=name_of(signature.meaning),
    )


def version_title(session: InjectionSession) -> str:
    """Version 1, as signed; Version 2, amended."""
    if session.version == 1:
        return _("Version 1, as signed")
    return _("Version {number}, amended").format(number=session.version)
