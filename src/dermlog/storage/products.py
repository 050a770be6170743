"""The product catalogue in the file."""

from __future__ import annotations

from uuid import UUID

from dermlog.changes import Noun
from dermlog.domain.file_fault import Refusal
from dermlog.domain.permission import Action
from dermlog.domain.product import Product
from dermlog.errors import not_allowed
from dermlog.storage.database import Database
from dermlog.storage.rows import RowMapping

_PRODUCTS = RowMapping("product", Product)


class ProductTable:
    """Products of the clinic; one that is no longer used is retired, never deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, include_retired: bool = False) -> tuple[Product, ...]:
        """Products in the order they were added."""
        condition = "1" if include_retired else "retired = 0"
        return tuple(
            map(
                _PRODUCTS.record,
                self._database.rows(
                    f"SELECT {_PRODUCTS.select()} FROM product WHERE {condition} ORDER BY rowid"
                ),
            )
        )

    def get(self, product_id: UUID) -> Product:
        """One product; NotAllowed when there is none."""
        found = self._database.row(
            f"SELECT {_PRODUCTS.select()} FROM product WHERE id = ?",
            (str(product_id),),
        )
        if found is None:
            raise not_allowed(Refusal.NOT_THERE)
        return _PRODUCTS.record(found)

    def save(self, product: Product) -> None:
        """Add or change a product."""
        self._database.require(Action.EDIT_PRODUCTS)
        with self._database.atomic():
            self._database.write(_PRODUCTS.save_sql, _PRODUCTS.values(_PRODUCTS.row(product)))
            self._database.changed(Noun.PRODUCT)
