"""The form of a patient: what is kept exactly, what is refused with a sentence, and what is asked first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dermlog.domain.consent import Consent, ConsentKind
from dermlog.domain.patient import AcneTreatment, Allergy, FitzpatrickType, Flag, Patient, PriorTreatment, Sex
from dermlog.logbook import Logbook
from dermlog.ui.kit.button import Button
from dermlog.ui.kit.text_field import TextField
from dermlog.ui.patients.consent_fields import _ConsentRow
from dermlog.ui.patients.flag_fields import FlagFields, Known
from dermlog.ui.patients.patient_form import PatientForm
from dermlog.ui.patients.prior_treatment_fields import _TreatmentRow
from tests.makers import TODAY, make_consent, make_patient
from tests.ui.patients.conftest import OpenForm

CONTROL = Qt.KeyboardModifier.ControlModifier
ARABIC = "\u0627\u0644\u062e\u0637\u064a\u0628"


def type_into(field: TextField, text: str) -> None:
    """Replace what stands in a box, as a hand does."""
    field.edit.clear()
    QTest.keyClicks(field.edit, text)


def save(form: PatientForm) -> None:
    QTest.keyClick(form.focusWidget() or form, Qt.Key.Key_S, CONTROL)


def only_patient(logbook: Logbook) -> Patient:
    (row,) = logbook.patients.search("").rows
    return logbook.patients.get(row.id)


def fill(form: PatientForm, number: str = "C-1", family: str = "Lindqvist", given: str = "Maya") -> None:
    form.chart_number.set_text(number)
    form.family_name.set_text(family)
    form.given_name.set_text(given)


def button(form: PatientForm, words: str) -> Button:
    QApplication.processEvents()  # a button just added is not shown yet
    return next(one for one in form.findChildren(Button) if one.text() == words and one.isVisible())


def answer(fields: FlagFields, known: Known) -> None:
    """Press the answer, as a mouse or a key does."""
    fields._answer.set_value(known)
    fields._answer.value_changed.emit(known)


def test_a_whole_patient_is_saved_as_typed(logbook: Logbook, open_form: OpenForm) -> None:
    form = open_form()
    fill(form)
    type_into(form.birth_date, "4.2.1997")
    form.sex.set_value(Sex.FEMALE)
    form.fitzpatrick.set_value(FitzpatrickType.II)
    type_into(form.phone, "+49 30 5550142")
    answer(form.allergies, Known.SOME)
    form.allergies._chips.chips()[0].click()
    type_into(form.allergies._fields[Allergy.COW_MILK_PROTEIN], "hives as a child")
    answer(form.conditions, Known.NONE)
    form.note.edit.setPlainText("two\nlines")
    save(form)
    assert not form.isVisible()
    patient = only_patient(logbook)
    assert patient.birth_date == date(1997, 2, 4)
    assert patient.sex is Sex.FEMALE
    assert patient.fitzpatrick is FitzpatrickType.II
    assert patient.phone == "+49 30 5550142"
    assert patient.allergies == (Flag(Allergy.COW_MILK_PROTEIN, "hives as a child"),)
    assert patient.conditions == ()
    assert patient.drugs is None
    assert patient.note == "two\nlines"
    assert form.chosen_id == patient.id


@pytest.mark.parametrize(
    "name",
    [
        "Ö",
        "x" * 200,
        ARABIC,
        "\u0e43\u0e08\u0e14\u0e35",
        "<b>Bold</b> & Sons",
        "O'Hara; DROP TABLE patient",
        "{name} %s \\n",
        "\U0001f469\u200d\u2695\ufe0f",
    ],
)
def test_odd_names_are_kept_exactly(logbook: Logbook, open_form: OpenForm, name: str) -> None:
    form = open_form()
    fill(form, family=name, given=name)
    save(form)
    patient = only_patient(logbook)
    assert (patient.family_name, patient.given_name) == (name, name)
    again = open_form(patient)
    assert again.family_name.text() == name
    save(again)
    assert only_patient(logbook) == patient


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Family name is missing. Please fill it in."),
        ("   ", "Family name is missing. Please fill it in."),
        ("x" * 201, "Family name has 201 characters; 200 fit. Please shorten it."),
        ("Bell\x07", "Family name holds an invisible control character (U+0007). Please retype that place."),
    ],
)
def test_names_that_cannot_stay_are_said_under_the_field(
    logbook: Logbook, open_form: OpenForm, name: str, said: str
) -> None:
    form = open_form()
    fill(form, family=name)
    save(form)
    assert form.isVisible()
    assert form.family_name.error() == said
    assert form.family_name.text() == name
    assert form.given_name.text() == "Maya"
    assert logbook.patients.count() == 0
    type_into(form.family_name, "Berg")
    save(form)
    assert only_patient(logbook).family_name == "Berg"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.2.1990", "Birth date is not a date. Type it like 20 Mar 2026."),
        ("last spring", "Birth date is not a date. Type it like 20 Mar 2026."),
        ("1 Jan 1850", "Birth date is before 1 Jan 1900. Please check the year."),
        ("18 Apr 2026", "Birth date lies after 17 Apr 2026. Please check the date."),
    ],
)
def test_a_wrong_birth_date_is_marked_and_kept(
    logbook: Logbook, open_form: OpenForm, typed: str, said: str, qtbot: QtBot
) -> None:
    form = open_form()
    fill(form)
    type_into(form.birth_date, typed)
    save(form)
    assert form.birth_date.error() == said
    assert form.birth_date.text() == typed
    qtbot.waitUntil(form.birth_date.edit.hasFocus)
    assert logbook.patients.count() == 0


def test_the_next_chart_number_is_proposed(logbook: Logbook, open_form: OpenForm, qtbot: QtBot) -> None:
    assert open_form().chart_number.text() == ""
    logbook.patients.save(make_patient(chart_number="DL-0099"))
    form = open_form()
    assert form.chart_number.text() == "DL-0100"
    qtbot.waitUntil(form.family_name.edit.hasFocus)
    assert not form.holds_unsaved()


def test_what_was_typed_into_the_search_is_taken_over(logbook: Logbook, open_form: OpenForm) -> None:
    logbook.patients.save(make_patient(chart_number="DL-0099"))
    named = open_form(typed="Berg, Lea")
    assert (named.family_name.text(), named.given_name.text()) == ("Berg", "Lea")
    assert named.chart_number.text() == "DL-0100"
    assert open_form(typed="X-77").chart_number.text() == "X-77"
    born = open_form(typed="4.2.1997")
    assert born.birth_date.date() == date(1997, 2, 4)


def test_a_chart_number_in_use_names_its_owner(logbook: Logbook, open_form: OpenForm) -> None:
    logbook.patients.save(make_patient(chart_number="DL-0142", family_name="Haddad", given_name="Omar"))
    form = open_form()
    fill(form, number="dl-0142")
    save(form)
    assert form.notice.text() == (
        "Chart number DL-0142 belongs to Haddad, Omar. Type another one. Nothing is lost."
    )
    assert form.chart_number.error() is not None
    assert form.family_name.text() == "Lindqvist"
    type_into(form.chart_number, "DL-0143")
    save(form)
    assert logbook.patients.count() == 2


def test_somebody_alike_is_shown_and_does_not_block(
    logbook: Logbook, open_form: OpenForm, qtbot: QtBot
) -> None:
    known = make_patient(chart_number="C-1", family_name="Lindqvist", given_name="Maya")
    logbook.patients.save(known)
    form = open_form()
    fill(form, number="C-2", family="LINDQVIST", given="Mäya")
    save(form)
    assert form.notice.text() == "A patient like this exists: Lindqvist, Maya, 4 Feb 1997, chart no. C-1."
    assert logbook.patients.count() == 1
    anyway = button(form, "Save anyway")
    qtbot.waitUntil(anyway.hasFocus)
    QTest.keyClick(anyway, Qt.Key.Key_Space)
    assert logbook.patients.count() == 2


def test_the_one_who_exists_can_be_opened_instead(logbook: Logbook, open_form: OpenForm) -> None:
    known = make_patient(chart_number="C-1")
    logbook.patients.save(known)
    form = open_form()
    fill(form, number="C-2")
    save(form)
    button(form, "Open that patient").click()
    assert form.chosen_id == known.id
    assert logbook.patients.count() == 1


def test_nobody_is_asked_again_about_a_namesake(logbook: Logbook, open_form: OpenForm) -> None:
    for number in ("C-1", "C-2"):
        logbook.patients.save(make_patient(chart_number=number))
    patient = logbook.patients.by_chart_number("C-1")
    assert patient is not None
    form = open_form(patient)
    type_into(form.phone, "555 0199")
    save(form)
    assert not form.isVisible()
    assert logbook.patients.get(patient.id).phone == "555 0199"


def test_esc_asks_once_something_was_typed(logbook: Logbook, open_form: OpenForm, qtbot: QtBot) -> None:
    form = open_form()
    type_into(form.family_name, "Berg")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.notice.text() == "What you typed here is not saved yet."
    keep = button(form, "Keep editing")
    qtbot.waitUntil(keep.hasFocus)
    QTest.keyClick(keep, Qt.Key.Key_Space)
    assert form.notice.text() == ""
    assert form.family_name.text() == "Berg"
    QTest.keyClick(form, Qt.Key.Key_Escape)
    button(form, "Leave without saving").click()
    assert not form.isVisible()
    assert form.chosen_id is None
    assert logbook.patients.count() == 0


def test_esc_leaves_an_untouched_form(open_form: OpenForm) -> None:
    form = open_form()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_not_asked_stays_apart_from_none_known(logbook: Logbook, open_form: OpenForm) -> None:
    form = open_form()
    fill(form)
    answer(form.drugs, Known.NONE)
    save(form)
    patient = only_patient(logbook)
    assert (patient.allergies, patient.drugs) == (None, ())
    again = open_form(patient)
    QTest.keyClick(again.drugs._answer, Qt.Key.Key_Backspace)
    save(again)
    assert only_patient(logbook).drugs is None


def test_yes_without_saying_which_is_not_taken_for_not_asked(logbook: Logbook, open_form: OpenForm) -> None:
    form = open_form()
    fill(form)
    answer(form.allergies, Known.SOME)
    save(form)
    assert form.isVisible()
    assert form.allergies.is_marked()
    form.allergies._chips.chips()[-1].click()
    assert not form.allergies.is_marked()
    save(form)
    assert only_patient(logbook).allergies == (Flag(Allergy.OTHER),)


def test_two_of_one_kind_share_their_line(logbook: Logbook, open_form: OpenForm) -> None:
    both = (Flag(Allergy.OTHER, "penicillin"), Flag(Allergy.OTHER, "nickel"))
    patient = make_patient(allergies=both)
    logbook.patients.save(patient)
    form = open_form(patient)
    type_into(form.phone, "1")
    save(form)
    assert only_patient(logbook).allergies == (Flag(Allergy.OTHER, "penicillin; nickel"),)


def test_a_consent_is_given_and_withdrawn(logbook: Logbook, open_form: OpenForm) -> None:
    form = open_form()
    fill(form)
    button(form, "Add consent").click()
    (row,) = form.findChildren(_ConsentRow)
    row.kind.box.setCurrentIndex(list(ConsentKind).index(ConsentKind.PHOTO_TEACHING))
    row.kind.box.activated.emit(row.kind.box.currentIndex())
    type_into(row.form, "2026-1")
    save(form)
    patient = only_patient(logbook)
    (consent,) = logbook.consents.of_patient(patient.id)
    assert consent == Consent(
        patient.id, ConsentKind.PHOTO_TEACHING, TODAY, form_version="2026-1", id=consent.id
    )
    again = open_form(patient)
    (row,) = again.findChildren(_ConsentRow)
    type_into(row.withdrawn, "today")
    save(again)
    (consent,) = logbook.consents.of_patient(patient.id)
    assert consent.withdrawn_on == TODAY


def test_an_untouched_new_consent_is_left_out(logbook: Logbook, open_form: OpenForm) -> None:
    form = open_form()
    fill(form)
    button(form, "Add consent").click()
    save(form)
    assert logbook.consents.of_patient(only_patient(logbook).id) == ()


@pytest.mark.parametrize(
    ("given", "withdrawn", "said"),
    [
        ("", "", "Given on is missing. Please fill it in."),
        ("soon", "", "Given on is not a date. Type it like 20 Mar 2026."),
        ("18 Apr 2026", "", "Given on lies after 17 Apr 2026. Please check the date."),
        ("2 Apr 2026", "1 Apr 2026", "Withdrawn on is before the beginning (2 Apr 2026)."),
        ("2 Apr 2026", "18 Apr 2026", "Withdrawn on lies after 17 Apr 2026."),
    ],
)
def test_wrong_days_of_a_consent_are_said(
    logbook: Logbook, open_form: OpenForm, given: str, withdrawn: str, said: str
) -> None:
    patient = make_patient()
    logbook.patients.save(patient)
    consent = make_consent(patient, given_on=TODAY - timedelta(days=30))
    logbook.consents.save(consent)
    form = open_form(patient)
    (row,) = form.findChildren(_ConsentRow)
    type_into(row.given, given)
    type_into(row.withdrawn, withdrawn)
    save(form)
    errors = (row.given.error() or "") + (row.withdrawn.error() or "")
    assert errors.startswith(said)
    assert logbook.consents.of_patient(patient.id) == (consent,)


def test_the_first_mark_is_brought_into_view(logbook: Logbook, open_form: OpenForm, qtbot: QtBot) -> None:
    patient = make_patient(prior_treatments=(PriorTreatment(AcneTreatment.HORMONAL),) * 8)
    logbook.patients.save(patient)
    logbook.consents.save(make_consent(patient))
    form = open_form(patient)
    form.resize(900, 500)
    (row,) = form.findChildren(_ConsentRow)
    type_into(row.given, "never")
    form.family_name.focus()
    save(form)
    qtbot.waitUntil(row.given.edit.hasFocus)
    view = form._inside.viewport()
    place = QRect(row.given.mapTo(form, QPoint(0, 0)), row.given.size())
    seen = QRect(view.mapTo(form, QPoint(0, 0)), view.size())
    assert seen.contains(place)


def test_a_treatment_without_its_kind_is_asked_for(logbook: Logbook, open_form: OpenForm) -> None:
    form = open_form()
    fill(form)
    button(form, "Add earlier treatment").click()
    (row,) = form.findChildren(_TreatmentRow)
    type_into(row.drug, "something blue")
    save(form)
    assert row.kind.error() == "Treatment is not answered yet. Please choose an answer."
    row.kind.set_value(AcneTreatment.OTHER)
    save(form)
    assert only_patient(logbook).prior_treatments == (PriorTreatment(AcneTreatment.OTHER, "something blue"),)


def test_a_note_of_the_limit_fits_and_one_more_is_said(logbook: Logbook, open_form: OpenForm) -> None:
    form = open_form()
    fill(form)
    form.note.edit.setPlainText("x" * 20_001)
    save(form)
    assert form.note.error() == "Note has 20001 characters; 20000 fit. Please shorten it."
    form.note.edit.setPlainText("x" * 20_000)
    save(form)
    assert len(only_patient(logbook).note) == 20_000


def test_a_logbook_for_viewing_says_why_nothing_is_saved(logbook: Logbook, qtbot: QtBot) -> None:
    with Logbook.open(logbook.path, viewing=True) as viewed:
        form = PatientForm(viewed, None)
        qtbot.addWidget(form, before_close_func=lambda made: made.done(0))
        form.setModal(False)
        form.show()
        fill(form)
        form._on_save()
        assert form.notice.text()
        assert form.family_name.text() == "Lindqvist"
    assert logbook.patients.count() == 0
