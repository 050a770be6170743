"""Typed texts beside other words keep their direction of writing to themselves."""

from __future__ import annotations

from decimal import Decimal
from unicodedata import bidirectional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.course_words import session_label, session_sentence
from dermlog.domain.product import Product
from dermlog.wording import isolated
from tests.makers import make_patient, make_session, make_visit

OPEN, CLOSE = "\u2068", "\u2069"
TURNERS = st.text(st.sampled_from("aכ7 ,\u202e\u202c\u2066\u2067\u2068\u2069"), max_size=12)


@pytest.mark.parametrize("name", ["", "Lindqvist, Maya", "Nguyễn", "山田", "Παπαδοπούλου", "<b>", "7"])
def test_a_name_that_turns_nothing_stays_as_it_is(name: str) -> None:
    assert isolated(name) == name


@pytest.mark.parametrize("name", ["כהן, יעל", "الخطيب", "כהן 7", "\u202eDoe"])
def test_a_name_that_could_turn_its_neighbours_is_kept_apart(name: str) -> None:
    assert isolated(name) == f"{OPEN}{name}{CLOSE}"


@given(TURNERS)
def test_nothing_gets_out_of_an_isolated_text(text: str) -> None:
    depth, shown = 0, isolated(text)
    for place, character in enumerate(shown):
        depth += bidirectional(character) in {"LRI", "RLI", "FSI"}
        depth -= bidirectional(character) == "PDI"
        assert depth > 0 or shown == text or place == len(shown) - 1
    assert depth == 0
    assert [c for c in shown if c not in OPEN + CLOSE] == [c for c in text if c not in OPEN + CLOSE]


def test_a_brand_in_another_script_leaves_its_units_in_place() -> None:
    product = Product("toxin", "بوتوكس", (Decimal(50),))
    session = make_session(make_visit(make_patient()), product)
    assert session_label(session, product)[0] == f"{OPEN}بوتوكس{CLOSE}"
    assert f"{OPEN}بوتوكس{CLOSE} 3.5 U at 2 points" in session_sentence(1, session, product)
