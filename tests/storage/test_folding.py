"""Folding: what must count as the same when somebody searches."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.storage.folding import fold, folded_date, folded_patient, fragments


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Müller", "muller"),
        ("GROẞ", "gross"),
        ("Weiß", "weiss"),
        ("Łukasz Wójcik", "lukasz wojcik"),
        ("Søren Ærø", "soren aero"),
        ("Đặng Thị Hằng", "dang thi hang"),
        ("İpek Işık", "ipek isik"),
        ("Ïñtërnâtiônàl", "internationalization"[:13]),
        ("O’Brien", "o'brien"),
        ("Ｙａｍａｄａ", "yamada"),
        ("מֹשֶׁה", "משה"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("فاطمة", "فاطمه"),
        ("Παπαδόπουλος", "παπαδοπουλοσ"),
        ("Семён", "семен"),
        ("C–4821", "c-4821"),
        ("A/12.7", "a-12-7"),
        ("١٢٣", "123"),
        ("Lindqvist, Maya", "lindqvist maya"),
        ("zero\u200dwidth", "zerowidth"),
        ("tab\tand\nline", "tab and line"),
    ],
)
def test_forms_that_people_type_for_one_another(stored: str, typed: str) -> None:
    assert fold(stored) == fold(typed) == typed


def test_vowel_signs_that_make_another_word_stay() -> None:
    assert fold("कि") != fold("क")


@pytest.mark.parametrize(
    "typed",
    [
        "1997-02-04",
        "1997/2/4",
        "04.02.1997",
        "4.2.1997",
        "02/04/1997",
        "2/4/1997",
        "4 feb 1997",
        "Feb 4, 1997",
        "4. Feb. 1997",
        "february 1997",
        "19970204",
        "04021997",
        "1997-02",
        "02.1997",
    ],
)
def test_a_birth_date_is_found_in_every_usual_form(typed: str) -> None:
    stored = folded_date(date(1997, 2, 4))
    assert all(piece in stored for piece in fragments(typed))


def test_what_is_searched_holds_names_chart_number_and_birth_date() -> None:
    folded = folded_patient("Lindqvist", "Maya", "C-48/21", date(1997, 2, 4))
    assert folded.startswith("lindqvist maya c-48-21 1997-02-04 ")
    assert folded_patient("Madonna", "", "7", None) == "madonna 7  "


def test_pieces_are_distinct_and_the_longest_comes_first() -> None:
    assert fragments("ma  lind ma 04.") == ("lind", "ma", "04")
    assert fragments("  - . / ") == ()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == " ".join(once.split())


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lt"]), max_size=12))
def test_case_never_counts(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower())
