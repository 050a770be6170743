"""The unfinished entries of the sample: a treatment waiting for its signature, a follow-up begun by phone."""

from __future__ import annotations

import json
from decimal import Decimal
from random import Random

from dermlog.demo.maps import sample_sites
from dermlog.domain.draft import Draft, DraftKind
from dermlog.domain.identity import new_id
from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.domain.session import InjectionSite
from dermlog.logbook import Logbook


def leave_drafts(logbook: Logbook, patient: Patient, product: Product, random: Random) -> None:
    """A charted treatment with everything but the signature, and a follow-up with the first answers."""
    doctor = logbook.me
    vial = max(product.vial_units)
    content = {
        "form": 1,
        "product": str(product.id),
        "vial_units": f"{vial:f}",
        "lot": "",
        "expiry": "",
        "diluent": "preserved_saline",
        "diluent_ml": "2.5",
        "needle_gauge": "32",
        "injector": str(doctor.id),
        "on": logbook.today().isoformat(),
        "note": "Lot and expiry still to be copied from the vial.",
        "sites": [_site(site) for site in sample_sites(_five(product), random)],
    }
    _save(logbook, patient, DraftKind.TREATMENT, content)
    _save(
        logbook,
        patient,
        DraftKind.FOLLOW_UP,
        {
            "form": 1,
            "line": {"on": logbook.today().isoformat(), "mode": "phone"},
            "skin": {"oiliness_patient": "2"},
            "effects": {"warning": "no", "warning_signs": []},
            "note": "Called at noon, calls back tomorrow.",
        },
    )


def _five(product: Product) -> Decimal:
    return Decimal("5") if product.has_cow_milk_protein else Decimal("2")


def _save(logbook: Logbook, patient: Patient, kind: DraftKind, content: dict[str, object]) -> None:
    logbook.drafts.save(
        Draft(
            id=new_id(),
            patient_id=patient.id,
            kind=kind,
            on=logbook.today(),
            content=json.dumps(content, ensure_ascii=False, sort_keys=True),
            saved_by=logbook.me.id,
            saved_at=logbook.now(),
        )
    )


def _site(site: InjectionSite) -> dict[str, object]:
    return {
        "id": str(site.id),
        "view": site.view.value,
        "x": site.x,
        "y": site.y,
        "zone": site.zone.value,
        "units": f"{site.units:f}",
        "depth": site.depth.value,
        "note": "",
    }
