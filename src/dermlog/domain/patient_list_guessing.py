"""Guessing what the columns of a list mean: from their names in many languages, and from what they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from dermlog.domain.patient_list import DateOrder, ListField, ListMapping, ListTable
from dermlog.domain.patient_list_reading import day_parts, read_day, sex_words

_LOOKED_AT = 500
LAST_YEAR = 2099
"""Which century a year of two figures belongs to does not matter for guessing."""

_NAMES: tuple[tuple[ListField, str], ...] = (
    (
        ListField.CHART_NUMBER,
        "chart number|chart no|chart|chart id|patient number|patient no|patient id|patientid|mrn|"
        "medical record number|file number|file no|record number|id|no|number|"
        "patientennummer|patientennr|patienten nr|patnr|pat nr|patienten id|nummer|nr|"
        "numero de dossier|no dossier|n dossier|dossier|numero patient|ipp|"
        "numero de historia|n historia|no historia|nhc|historia|historia clinica|numero|"
        "numero cartella|cartella|id paziente|codice paziente|numero do processo|processo|prontuario|"
        "patientnummer|dossiernummer|journalnummer|journalnr|numer karty|nr karty|numer pacjenta|"
        "cislo karty|номер карты|номер|код|מספר תיק|מספר מטופל|病历号|病歴番号|カルテ番号|患者番号|رقم الملف",
    ),
    (
        ListField.FAMILY_NAME,
        "family name|last name|lastname|surname|familyname|name last|nachname|familienname|zuname|"
        "nom|nom de famille|apellido|apellidos|primer apellido|cognome|apelido|sobrenome|achternaam|"
        "efternamn|efternavn|etternavn|nazwisko|prijmeni|фамилия|прізвище|שם משפחה|姓|اسم العائلة|soyadi|"
        "soyad",
    ),
    (
        ListField.GIVEN_NAME,
        "given name|first name|firstname|givenname|forename|forenames|name first|vorname|rufname|"
        "prenom|nombre|nombres|nome|voornaam|fornamn|fornavn|imie|jmeno|имя|ім'я|שם פרטי|名|الاسم الاول|"
        "adi|ad",
    ),
    (
        ListField.FULL_NAME,
        "name|full name|fullname|patient|patient name|patientenname|nom complet|nom et prenom|"
        "nombre completo|nombre y apellidos|apellidos y nombre|nome completo|cognome e nome|naam|namn|navn|"
        "imie i nazwisko|nazwisko i imie|фио|שם|שם מלא|姓名|氏名|الاسم",
    ),
    (
        ListField.BIRTH_DATE,
        "birth date|birthdate|date of birth|dob|birthday|born|geburtsdatum|geburtstag|geb|geb datum|gebdat|"
        "date de naissance|naissance|ne le|ddn|fecha de nacimiento|fecha nacimiento|nacimiento|f nac|"
        "data di nascita|nascita|data de nascimento|nascimento|geboortedatum|fodelsedatum|fodselsdato|"
        "fodselsdag|data urodzenia|datum narozeni|дата рождения|תאריך לידה|出生日期|生年月日|"
        "تاريخ الميلاد|dogum tarihi",
    ),
    (
        ListField.SEX,
        "sex|gender|geschlecht|sexe|sexo|sesso|genero|genere|geslacht|kon|kjonn|plec|pohlavi|пол|מין|性别|性別|"
        "الجنس|cinsiyet",
    ),
    (
        ListField.PHONE,
        "phone|telephone|tel|tel no|phone number|mobile|mobile phone|cell|cell phone|telefon|telefonnummer|"
        "handy|mobil|mobiltelefon|portable|telephone portable|telefono|movil|telemovel|celular|cellulare|"
        "telefoon|telefoonnummer|komorka|телефон|טלפון|נייד|电话|電話|电话号码|الهاتف",
    ),
    (
        ListField.NOTE,
        "note|notes|comment|comments|remark|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar|remarque|"
        "remarques|commentaire|nota|notas|observaciones|osservazioni|observacoes|opmerking|opmerkingen|"
        "anteckning|uwagi|poznamka|примечание|הערות|备注|備考|ملاحظات",
    ),
)


def _folded(text: str) -> str:
    """A column's name without case, marks and what stands between words."""
    text = unicodedata.normalize("NFKD", text).casefold().replace("ø", "o").replace("ł", "l")
    plain = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


_FIELD_OF = {_folded(name): held for held, names in _NAMES for name in names.split("|")}


def guess_mapping(table: ListTable) -> ListMapping:
    """The likely meaning of the columns; each field once, the first column that fits."""
    first = table.lines[0].cells if table.lines else ()
    columns: dict[int, ListField] = {}
    for column, name in enumerate(first):
        held = _FIELD_OF.get(_folded(name))
        if held is not None and held not in columns.values():
            columns[column] = held
    has_header = bool(columns)
    if not has_header:
        columns = _by_content(table)
    named = set(columns.values())
    if ListField.FAMILY_NAME in named:
        # Beside a family name, a column called "name" holds the given one.
        for column, one in tuple(columns.items()):
            if one is ListField.FULL_NAME:
                del columns[column]
                if ListField.GIVEN_NAME not in named:
                    columns[column] = ListField.GIVEN_NAME
    elif ListField.GIVEN_NAME in named and ListField.FULL_NAME in named:
        # "Name" beside "Vorname" is the family name.
        for column, one in tuple(columns.items()):
            if one is ListField.FULL_NAME:
                columns[column] = ListField.FAMILY_NAME
    born = next((column for column, one in columns.items() if one is ListField.BIRTH_DATE), None)
    cells = () if born is None else (line.cell(born) for line in table.lines[has_header:])
    return ListMapping(
        columns,
        guess_date_order(cells)[0],
        has_header,
        number_on=ListField.CHART_NUMBER not in columns.values(),
    )


def guess_date_order(texts: Iterable[str]) -> tuple[DateOrder, bool]:
    """Whether day or month comes first, and whether the dates really tell."""
    firsts, seconds = 0, 0
    for text in texts:
        parts = day_parts(text)
        if parts is not None:
            firsts += parts[0] > 12
            seconds += parts[1] > 12
    if firsts == seconds:
        return DateOrder.DAY_FIRST, False
    return (DateOrder.MONTH_FIRST if seconds > firsts else DateOrder.DAY_FIRST), True


def _by_content(table: ListTable) -> dict[int, ListField]:
    """For a list without names of columns: dates, sexes, numbers, and then names, in this order."""
    columns: dict[int, ListField] = {}
    texts: list[int] = []
    sample = table.lines[:_LOOKED_AT]
    for column in range(min(table.width, 50)):
        cells = [cell for cell in (line.cell(column) for line in sample) if cell]
        if not cells:
            continue
        held = _kind_of(cells)
        if held is None:
            texts.append(column)
        elif held not in columns.values():
            columns[column] = held
    names = (ListField.FAMILY_NAME, ListField.GIVEN_NAME) if len(texts) > 1 else (ListField.FULL_NAME,)
    columns.update(zip(texts, names, strict=False))
    return columns


def _kind_of(cells: list[str]) -> ListField | None:
    def most(fits: Iterable[bool]) -> bool:
        return sum(fits) * 10 >= len(cells) * 9

    if any(most(read_day(cell, order, LAST_YEAR) is not None for cell in cells) for order in DateOrder):
        return ListField.BIRTH_DATE
    if most(cell.casefold() in sex_words() for cell in cells):
        return ListField.SEX
    if most(bool(re.fullmatch(r"\+?[\d ()/.\-]{7,}", cell)) for cell in cells):
        return ListField.PHONE
    if most(any(c.isdigit() for c in cell) for cell in cells) and len(set(cells)) == len(cells):
        return ListField.CHART_NUMBER
    return None
