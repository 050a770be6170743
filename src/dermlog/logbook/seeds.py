"""What a new logbook begins with: the product catalogue, read from the resources."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from uuid import UUID

from dermlog.domain.product import Product
from dermlog.resources import resource


def first_products() -> tuple[Product, ...]:
    """The products that come with dermlog; what no source states is None."""
    entries = json.loads(resource("products.json").read_text(encoding="utf-8"))
    return tuple(
        Product(
            id=UUID(entry["id"]),
            generic=entry["generic"],
            brand=entry["brand"],
            vial_units=tuple(Decimal(units) for units in entry["vial_units"]),
            has_cow_milk_protein=entry["has_cow_milk_protein"],
            has_albumin=entry["has_albumin"],
            minimum_interval_days=entry["minimum_interval_days"],
            usual_diluent_ml=None
            if entry["usual_diluent_ml"] is None
            else Decimal(entry["usual_diluent_ml"]),
            labelled_reconstitution=entry["labelled_reconstitution"],
            hours_of_use=entry["hours_of_use"],
            label_source=entry["label_source"],
            label_date=None if entry["label_date"] is None else date.fromisoformat(entry["label_date"]),
        )
        for entry in entries
    )
