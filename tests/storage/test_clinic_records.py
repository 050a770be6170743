"""What belongs to the clinic in the file: letterhead, staff with their roles, products, and consents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dermlog.changes import Change, Noun
from dermlog.domain.clinic import Clinic
from dermlog.domain.consent import ConsentKind, Signer
from dermlog.domain.identity import new_id
from dermlog.domain.product import Product
from dermlog.domain.staff import Role, Staff
from dermlog.errors import NotAllowed
from dermlog.logbook import Logbook
from tests.makers import DOCTOR, NURSE, make_consent, make_patient


def test_the_clinic_is_kept_and_its_change_is_news(logbook: Logbook) -> None:
    heard: list[frozenset[Change]] = []
    logbook.changes.listen(heard.append)
    clinic = Clinic("Haut & Co. <b>", "Street 1", "555", "Dr Sato", (1, 3, 104))
    logbook.clinic.save(clinic)
    assert logbook.clinic.get() == clinic
    assert heard == [frozenset({Change(Noun.CLINIC)})]


def test_staff_leave_and_stay_named(logbook: Logbook) -> None:
    logbook.staff.save(replace(NURSE, active=False))
    assert logbook.staff.all() == (DOCTOR,)
    assert logbook.staff.all(include_inactive=True) == (DOCTOR, replace(NURSE, active=False))
    assert logbook.staff.get(NURSE.id).name == "Ana Ruiz"


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.ASSISTANT}, {"role": Role.VIEWER}])
def test_somebody_can_always_sign(logbook: Logbook, change: dict[str, object]) -> None:
    with pytest.raises(NotAllowed, match="Somebody must be able to sign"):
        logbook.staff.save(replace(DOCTOR, **change))  # type: ignore[arg-type]
    assert logbook.me == DOCTOR
    logbook.staff.save(Staff("Dr Berg", Role.CLINICIAN))
    logbook.staff.save(replace(DOCTOR, **change))  # type: ignore[arg-type]


def test_whoever_leaves_while_writing_may_only_look(logbook: Logbook) -> None:
    logbook.staff.save(Staff("Dr Berg", Role.CLINICIAN))
    logbook.staff.save(replace(DOCTOR, active=False))
    with pytest.raises(NotAllowed, match="only look"):
        logbook.patients.save(make_patient())


def test_acting_as_nobody_is_refused(logbook: Logbook) -> None:
    with pytest.raises(NotAllowed):
        logbook.act_as(new_id())
    assert logbook.me == DOCTOR


def test_products_are_kept_and_retired(logbook: Logbook) -> None:
    product = Product(
        generic="newtoxinA",
        brand="Néw",
        vial_units=(Decimal("50"), Decimal("125.5")),
        has_cow_milk_protein=False,
        has_albumin=None,
        usual_diluent_ml=Decimal("0.63"),
        hours_of_use=None,
        label_date=date(2025, 1, 31),
    )
    logbook.products.save(product)
    assert logbook.products.get(product.id) == product
    assert logbook.products.all()[-1] == product
    logbook.products.save(replace(product, retired=True))
    assert product.id not in {kept.id for kept in logbook.products.all()}
    assert logbook.products.all(include_retired=True)[-1] == replace(product, retired=True)
    with pytest.raises(NotAllowed):
        logbook.products.get(new_id())


def test_the_catalogue_says_only_what_is_known(logbook: Logbook) -> None:
    products = {product.brand: product for product in logbook.products.all()}
    assert products["Dysport"].has_cow_milk_protein is True
    assert products["Azzalure"].has_cow_milk_protein is True
    assert products["Daxxify"].has_albumin is False
    assert products["Xeomin"].hours_of_use is None
    assert all(product.minimum_interval_days >= 84 for product in products.values())
    assert all(product.label_source for product in products.values())
    assert len({product.id for product in products.values()}) == len(products) >= 10


def test_consents_are_kept_with_their_withdrawal(logbook: Logbook) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    photo = make_consent(
        patient,
        kind=ConsentKind.PHOTO_TEACHING,
        given_on=date(2026, 1, 2),
        signer=Signer.GUARDIAN,
        form_version="v3",
        note="only lectures",
    )
    treatment = make_consent(patient, given_on=date(2026, 1, 1))
    logbook.consents.save(photo)
    logbook.consents.save(treatment)
    withdrawn = replace(photo, withdrawn_on=date(2026, 2, 1))
    logbook.consents.save(withdrawn)
    assert logbook.consents.of_patient(patient.id) == (treatment, withdrawn)
