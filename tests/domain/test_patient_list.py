"""Reading patients from a list: columns guessed in many languages, days, sexes, names, and what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from dermlog.domain.patient import Sex
from dermlog.domain.patient_list import (
    DateOrder,
    ListField,
    ListLine,
    ListMapping,
    ListTable,
    plain_cell,
)
from dermlog.domain.patient_list_guessing import guess_date_order, guess_mapping
from dermlog.domain.patient_list_reading import faulty_lines, read_day, read_patients, sex_words
from dermlog.domain.validity import Fault

TODAY = date(2026, 4, 17)
F = ListField


def table(*rows: str, separator: str = ";") -> ListTable:
    """A table of lines as somebody would type them."""
    lines = tuple(ListLine(at, tuple(row.split(separator))) for at, row in enumerate(rows, start=1))
    return ListTable(lines, "utf-8", separator)


@pytest.mark.parametrize(
    "header",
    [
        "Chart No.;Last name;First name;Date of birth;Gender;Phone;Notes",
        "Patientennummer;Nachname;Vorname;Geburtsdatum;Geschlecht;Telefon;Bemerkung",
        "N° dossier;Nom;Prénom;Date de naissance;Sexe;Téléphone;Remarques",
        "Nº historia;Apellidos;Nombre;Fecha de nacimiento;Sexo;Teléfono;Observaciones",
        "Cartella;Cognome;Nome;Data di nascita;Sesso;Cellulare;Note",
        "Prontuário;Sobrenome;Nome;Data de nascimento;Sexo;Celular;Observações",
        "Patiëntnummer;Achternaam;Voornaam;Geboortedatum;Geslacht;Telefoon;Opmerking",
        "Journalnr;Efternamn;Förnamn;Födelsedatum;Kön;Mobil;Anteckning",
        "Nr karty;Nazwisko;Imię;Data urodzenia;Płeć;Telefon;Uwagi",
        "Номер карты;Фамилия;Имя;Дата рождения;Пол;Телефон;Примечание",
        "מספר תיק;שם משפחה;שם פרטי;תאריך לידה;מין;טלפון;הערות",
        "病历号;姓;名;出生日期;性别;电话;备注",
        "رقم الملف;اسم العائلة;الاسم الأول;تاريخ الميلاد;الجنس;الهاتف;ملاحظات",
        "PATIENT_ID;LAST_NAME;FIRST_NAME;DOB;SEX;PHONE_NUMBER;COMMENT",
    ],
)
def test_columns_are_known_by_their_names(header: str) -> None:
    mapping = guess_mapping(table(header, "1;A;B;01.02.1990;m;1;x"))
    assert mapping.has_header
    assert [mapping.columns.get(at) for at in range(7)] == [
        *(F.CHART_NUMBER, F.FAMILY_NAME, F.GIVEN_NAME, F.BIRTH_DATE, F.SEX, F.PHONE, F.NOTE)
    ]
    assert not mapping.number_on


def test_a_name_beside_another_is_the_one_that_lacks() -> None:
    assert guess_mapping(table("Nachname;Name;Geb", "A;B;1.1.1990")).columns[1] is F.GIVEN_NAME
    assert guess_mapping(table("Name;Vorname", "A;B")).columns[0] is F.FAMILY_NAME
    assert guess_mapping(table("Name;Geburtsdatum", "A;1.1.1990")).columns[0] is F.FULL_NAME


def test_a_list_without_names_of_columns_is_guessed_by_what_it_holds() -> None:
    mapping = guess_mapping(table("K-1;Berg;Ada;04.02.1997;f", "K-2;Ahl;Jon;31.12.1980;m"))
    assert not mapping.has_header
    assert mapping.columns == {
        **{0: F.CHART_NUMBER, 1: F.FAMILY_NAME, 2: F.GIVEN_NAME, 3: F.BIRTH_DATE, 4: F.SEX}
    }


@pytest.mark.parametrize(
    ("texts", "order", "sure"),
    [
        (("04/02/1997", "13/02/1997"), DateOrder.DAY_FIRST, True),
        (("04/02/1997", "02/13/1997"), DateOrder.MONTH_FIRST, True),
        (("04/02/1997", "03/03/1990"), DateOrder.DAY_FIRST, False),
        (("1997-02-13",), DateOrder.DAY_FIRST, False),
        ((), DateOrder.DAY_FIRST, False),
    ],
)
def test_the_dates_themselves_tell_day_from_month(
    texts: tuple[str, ...], order: DateOrder, sure: bool
) -> None:
    assert guess_date_order(texts) == (order, sure)


@pytest.mark.parametrize(
    "text",
    [
        *("04.02.1997", "4.2.1997", "4/2/97", "04-02-1997", "1997-02-04", "1997/2/4", "19970204"),
        *("1997-02-04 00:00:00", "1997-02-04T00:00:00Z", "04.02.1997 00:00", "4 Feb 1997", "4. Februar 1997"),
        *("Feb 4, 1997", "4 février 1997", "4 febbraio 1997", "1997年2月4日", " 04 . 02 . 1997 "),
    ],
)
def test_a_day_is_read_in_the_forms_of_other_systems(text: str) -> None:
    assert read_day(text, DateOrder.DAY_FIRST, 2026) == date(1997, 2, 4)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31.02.1997", "4.2.197", "13.13.1997", "1.2.3.4", "99999999", "35465", "4.2."],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text, DateOrder.DAY_FIRST, 2026) is None


def test_two_figures_are_a_year_that_is_over() -> None:
    assert read_day("1.1.26", DateOrder.DAY_FIRST, 2026) == date(2026, 1, 1)
    assert read_day("1.1.27", DateOrder.DAY_FIRST, 2026) == date(1927, 1, 1)
    assert read_day("2/13/97", DateOrder.MONTH_FIRST, 2026) == date(1997, 2, 13)


def test_hombre_and_mujer_are_told_from_homme_and_man() -> None:
    mapping = ListMapping({0: F.CHART_NUMBER, 1: F.FAMILY_NAME, 2: F.SEX})
    spanish = read_patients(table("n;a;s", "1;A;H", "2;B;M"), mapping, TODAY)
    assert [one.patient.sex for one in spanish.patients] == [Sex.MALE, Sex.FEMALE]
    french = read_patients(table("n;a;s", "1;A;H", "2;B;F"), mapping, TODAY)
    assert [one.patient.sex for one in french.patients] == [Sex.MALE, Sex.FEMALE]
    german = read_patients(table("n;a;s", "1;A;m", "2;B;w", "3;C;d", "4;D;"), mapping, TODAY)
    assert [one.patient.sex for one in german.patients] == [Sex.MALE, Sex.FEMALE, Sex.OTHER, Sex.UNKNOWN]
    assert {"female", "male"} <= set(sex_words())


@pytest.mark.parametrize(
    ("whole", "family", "given"),
    [
        ("Lindqvist, Maya", "Lindqvist", "Maya"),
        ("Maya Lindqvist", "Lindqvist", "Maya"),
        ("Maya de Lind", "Lind", "Maya de"),
        ("Suharto", "Suharto", ""),
        ("Müller-Lüdenscheidt, Hans Peter", "Müller-Lüdenscheidt", "Hans Peter"),
    ],
)
def test_a_whole_name_is_taken_apart(whole: str, family: str, given: str) -> None:
    mapping = ListMapping({0: F.CHART_NUMBER, 1: F.FULL_NAME})
    (one,) = read_patients(table("n;name", f"1;{whole}"), mapping, TODAY).patients
    assert (one.patient.family_name, one.patient.given_name) == (family, given)


def test_each_line_that_cannot_be_read_is_named_with_field_and_reason() -> None:
    mapping = ListMapping({0: F.CHART_NUMBER, 1: F.FAMILY_NAME, 2: F.BIRTH_DATE, 3: F.SEX, 4: F.PHONE})
    reading = read_patients(
        table(
            "n;a;b;s;p",
            "1;Good;1.1.1990;f;",
            "2;;1.1.1990;f;",
            "3;Far;31.2.1990;f;",
            "4;Young;1.1.2030;f;",
            "5;Odd;1.1.1990;purple;",
            ";Numberless;1.1.1990;f;",
            ";;;;",
            f"7;{'x' * 300};1.1.1990;f;",
            "8;Bell\x07;1.1.1990;f;",
            "9;Old;1.1.1800;f;",
        ),
        mapping,
        TODAY,
    )
    assert [one.line for one in reading.patients] == [2]
    assert reading.empty == 1
    assert [(wrong.line, wrong.field, wrong.problem.fault) for wrong in reading.problems] == [
        (3, F.FAMILY_NAME, Fault.MISSING),
        (4, F.BIRTH_DATE, Fault.NOT_A_DATE),
        (5, F.BIRTH_DATE, Fault.IN_FUTURE),
        (6, F.SEX, Fault.NOT_OFFERED),
        (7, F.CHART_NUMBER, Fault.MISSING),
        (9, F.FAMILY_NAME, Fault.TOO_LONG),
        (10, F.FAMILY_NAME, Fault.CONTROL_CHARACTER),
        (11, F.BIRTH_DATE, Fault.TOO_EARLY),
    ]
    assert len(list(faulty_lines(reading))) == 8


def test_dates_that_mean_nothing_are_no_dates_and_no_mistakes() -> None:
    mapping = ListMapping({0: F.CHART_NUMBER, 1: F.FAMILY_NAME, 2: F.BIRTH_DATE})
    reading = read_patients(table("n;a;b", "1;A;", "2;B;00.00.0000", "3;C;NULL", "4;D;-"), mapping, TODAY)
    assert [one.patient.birth_date for one in reading.patients] == [None] * 4


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("'=1+1", "=1+1"),
        ("'+49 30", "+49 30"),
        ("'-5", "-5"),
        ("'@x", "@x"),
        ("'t Hooft", "'t Hooft"),
        ("O'Neil", "O'Neil"),
        ("  x\u00a0", "x"),
        ("'", "'"),
    ],
)
def test_the_apostrophe_before_a_formula_is_taken_off_and_no_other(cell: str, plain: str) -> None:
    assert plain_cell(cell) == plain


def test_a_note_keeps_its_lines() -> None:
    mapping = ListMapping({0: F.CHART_NUMBER, 1: F.FAMILY_NAME, 2: F.NOTE})
    lines = (ListLine(1, ("n", "a", "x")), ListLine(2, ("1", "A", "one\r\ntwo")))
    (one,) = read_patients(ListTable(lines, "utf-8", ";"), mapping, TODAY).patients
    assert one.patient.note == "one\ntwo"
