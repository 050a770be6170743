"""Sentences under the fields of product and vial: each names its field and shows how to type it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from dermlog.domain.validity import Fault, Problem
from dermlog.ui.session.product_fields import ProductFields
from tests.makers import TODAY


def test_a_wrong_expiry_and_a_wrong_day_say_how_to_type_them(qtbot: QtBot) -> None:
    fields = ProductFields(TODAY)
    qtbot.addWidget(fields)
    fields.show_problems([Problem("expiry", Fault.NOT_A_DATE), Problem("on", Fault.NOT_A_DATE)])
    assert fields.expiry.error() == ("Expiry is not a date. Type it like Mar 2027 or 15 Mar 2027.")
    assert fields.day.error() == "The date of the treatment is not a date. Type it like 20 Mar 2026."
