"""SessionEntry: everything typed and charted on the session screen, exactly as it stands, right or wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal, InvalidOperation
from uuid import UUID

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.session import InjectionSite, Technique
from dermlog.domain.validity import InvalidRecord
from dermlog.ui.face_map.history import Links

FORM = 1


@dataclass(frozen=True)
class SessionEntry:
    """Raw texts of the fields. Choices are kept by their value, ids as text; "" is not chosen.

    reasons: what was typed for each screening finding that says stop; answers: those to the screening list.
    vial is the opened vial of an earlier session. skin and effects belong to their fields.
    """

    product: str = ""
    vial_units: str = ""
    lot: str = ""
    expiry: str = ""
    diluent: str = "saline"
    diluent_ml: str = ""
    vials: str = "1"
    technique: str = Technique.INTRADERMAL.value
    needle_gauge: str = ""
    injector: str = ""
    on: str = ""
    note: str = ""
    vial: str = ""
    mixed_at: str = ""
    wasted: str = ""
    reason: str = ""
    anaesthesia: str = ""
    prescriber: str = ""
    supervisor: str = ""
    aftercare: str = ""
    immediate_reaction: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    next_units: str = "2"
    mirror: bool = False
    view: str = FaceView.FRONT.value
    page: str = "map"
    sites: tuple[InjectionSite, ...] = ()
    links: Links = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)
    skin: Mapping[str, object] = field(default_factory=dict)
    effects: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> str:
        """The entry as text for a draft; the same entry gives the same text."""
        content = {one.name: getattr(self, one.name) for one in fields(self)}
        content["sites"] = [_site_to_json(site) for site in self.sites]
        content["links"] = sorted(sorted(str(one) for one in pair) for pair in self.links)
        content["form"] = FORM
        return json.dumps(content, ensure_ascii=False, sort_keys=True)


def entry_from_json(text: str) -> tuple[SessionEntry, bool]:
    """The entry of a draft, and whether all of it could be read; parts that cannot be read are left out."""
    try:
        content = json.loads(text)
    except ValueError:
        return SessionEntry(), False
    if not isinstance(content, dict):
        return SessionEntry(), False
    whole = content.get("form") == FORM
    known: dict[str, object] = {}
    for name, default in asdict(SessionEntry()).items():
        value = content.get(name, default)
        if name == "sites":
            sites = [_site_from_json(site) for site in value] if isinstance(value, list) else []
            whole = whole and None not in sites
            known[name] = tuple(site for site in sites if site is not None)
        elif name == "links":
            pairs = _links_from_json(value)
            whole = whole and pairs is not None
            known[name] = frozenset() if pairs is None else pairs
        elif isinstance(value, type(default)):
            known[name] = value
        else:
            whole = False
    return SessionEntry(**known), whole  # type: ignore[arg-type]


def _site_to_json(site: InjectionSite) -> dict[str, object]:
    return {
        "id": str(site.id),
        "view": site.view.value,
        "x": site.x,
        "y": site.y,
        "zone": site.zone.value,
        "units": str(site.units),
        "depth": site.depth.value,
        "note": site.note,
    }


def _site_from_json(content: object) -> InjectionSite | None:
    if not isinstance(content, dict):
        return None
    try:
        return InjectionSite(
            view=FaceView(content["view"]),
            x=float(content["x"]),
            y=float(content["y"]),
            zone=Zone(content["zone"]),
            units=Decimal(content["units"]),
            depth=Technique(content["depth"]),
            note=str(content["note"]),
            id=UUID(content["id"]),
        )
    except (KeyError, TypeError, ValueError, InvalidOperation, InvalidRecord):
        return None


def _links_from_json(content: object) -> Links | None:
    """The linked pairs, or None when they cannot be read; drafts of before links have none."""
    if isinstance(content, frozenset):
        return content
    try:
        pairs = [frozenset(UUID(one) for one in pair) for pair in content]  # type: ignore[attr-defined]
    except (TypeError, ValueError, AttributeError):
        return None
    return frozenset(pairs) if all(len(pair) == 2 for pair in pairs) else None
