"""What the tests of the session screen share: a logbook with a patient, and the screen with a filled form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dermlog.domain.patient import Patient
from dermlog.domain.product import Product
from dermlog.logbook import Logbook
from dermlog.ui.session.session_screen import SessionScreen
from tests.makers import StillClock, make_consent, make_logbook, make_patient


@pytest.fixture
def clock() -> StillClock:
    """The clinic's clock."""
    return StillClock()


@pytest.fixture
def logbook(tmp_path: Path, clock: StillClock) -> Iterator[Logbook]:
    """An open logbook with a doctor writing."""
    made = make_logbook(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def patient(logbook: Logbook) -> Patient:
    """A patient who may be treated."""
    made = make_patient(chart_number="DL-0142", allergies=(), conditions=(), drugs=())
    logbook.patients.save(made)
    logbook.consents.save(make_consent(made))
    return made


@pytest.fixture
def botox(logbook: Logbook) -> Product:
    """A product from the catalogue."""
    return next(product for product in logbook.products.all() if product.brand.startswith("Botox"))


@pytest.fixture
def screen(logbook: Logbook, patient: Patient, qtbot: QtBot) -> SessionScreen:
    """A new treatment of the patient, shown."""
    return shown(logbook, patient, qtbot)


def shown(logbook: Logbook, patient: Patient, qtbot: QtBot) -> SessionScreen:
    """A screen with a new treatment."""
    made = SessionScreen(logbook)
    qtbot.addWidget(made)
    made.resize(1250, 860)
    with qtbot.waitExposed(made):
        made.show()
    made.show_session(patient.id)
    made.on_shown()
    return made


def choose_product(screen: SessionScreen, product: Product, units: str) -> None:
    """Choose a product and its vial as a person does with the list."""
    box = screen.fields.product.box
    wanted = f"{product.brand} {units} U"
    index = next(row for row in range(box.count()) if box.itemText(row) == wanted)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def fill_vial(screen: SessionScreen, product: Product, units: str = "100") -> None:
    """Product, lot, expiry and diluent, typed."""
    choose_product(screen, product, units)
    fields = screen.fields
    for box, text in ((fields.lot, "C4821"), (fields.expiry, "2027-03"), (fields.diluent_ml, "2,5")):
        box.edit.clear()
        type_into(box.edit, text)


def type_into(edit: object, text: str) -> None:
    """Type into a line as keys."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    QTest.keyClicks(edit, text)
