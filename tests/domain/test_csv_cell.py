"""T12: no cell is a formula, and every text comes back as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dermlog.domain.csv_cell import from_cell, to_cell


@pytest.mark.parametrize("text", ["=1+1", "+49 30 1", "-5", "@SUM(A1)", "\tx", "\r", "\nx", "'=1", "''=1"])
def test_a_formula_is_marked_and_comes_back(text: str) -> None:
    assert to_cell(text) == f"'{text}"
    assert from_cell(to_cell(text)) == text


@pytest.mark.parametrize("text", ["", "Ng", "'t Hooft", "d'Arc", "''", " =1"])
def test_other_texts_stay(text: str) -> None:
    assert to_cell(text) == text
    assert from_cell(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\na 1"), max_size=8) | st.text())
def test_each_undoes_the_other(text: str) -> None:
    assert from_cell(to_cell(text)) == text
    assert not to_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
