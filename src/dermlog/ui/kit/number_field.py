"""NumberField: a typed number with comma or point, kept exactly as it was typed."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from dermlog.ui.kit.text_field import TextField

_NUMBER = re.compile(r"[+\-−]?(\d+([.,]\d*)?|[.,]\d+)")
_GROUPED = re.compile(r"[+\-−]?\d{1,3}([ \u00a0\u2009\u202f\']\d{3})+([.,]\d+)?")


def read_number(text: str) -> Decimal | None:
    """The number in a typed text ("2,5", "2.5", "1 000", "-3"), or None when it holds none.

    A comma is always the decimal mark: "1,000" is one, never a thousand; who sees "1.000" shown back knows.
    """
    typed = text.strip()
    if _GROUPED.fullmatch(typed):
        typed = re.sub(r"[ \u00a0\u2009\u202f\']", "", typed)
    if not _NUMBER.fullmatch(typed) or len(typed) > 40:
        return None
    return Decimal(typed.replace(",", ".").replace("−", "-"))


def number_text(value: Decimal | int | None) -> str:
    """A number as it is put into the box: no exponent, no needless zeros; "" for None."""
    if value is None:
        return ""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class NumberField(TextField):
    """NumberField("Diluent", suffix="mL"): number() is None when empty or garbled, is_garbled() tells."""

    def __init__(
        self,
        label: str,
        *,
        number: Decimal | int | None = None,
        suffix: str = "",
        hint: str = "",
        placeholder: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            label,
            text=number_text(number),
            suffix=suffix,
            hint=hint,
            placeholder=placeholder,
            name=name,
            parent=parent,
        )

    def number(self) -> Decimal | None:
        """The typed number, None when the box is empty or holds something else."""
        return read_number(self.text())

    def set_number(self, value: Decimal | int | None) -> None:
        """Show a number, keeping the typed form when it already means this number."""
        if value is None or self.number() != value:
            self.set_text(number_text(value))

    def is_empty(self) -> bool:
        """Whether nothing was typed: not measured, which is not 0."""
        return not self.text().strip()

    def is_garbled(self) -> bool:
        """Whether something was typed that is not a number."""
        return not self.is_empty() and self.number() is None
