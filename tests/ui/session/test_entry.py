"""The draft of the screen: whatever stands there comes back exactly, and damage is said."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.session import InjectionSite, Technique
from dermlog.ui.session.entry import SessionEntry, entry_from_json

SITE = st.builds(
    InjectionSite,
    view=st.sampled_from(FaceView),
    x=st.floats(0, 1),
    y=st.floats(0, 1),
    zone=st.sampled_from(Zone),
    units=st.decimals("0.001", 100, places=3),
    depth=st.sampled_from([depth for depth in Technique if depth is not Technique.MIXED]),
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ENTRY = st.builds(
    SessionEntry,
    product=TEXT,
    lot=TEXT,
    expiry=TEXT,
    diluent_ml=TEXT,
    vials=TEXT,
    on=TEXT,
    note=TEXT,
    mirror=st.booleans(),
    sites=st.lists(SITE, max_size=6).map(tuple),
    reasons=st.dictionaries(TEXT, TEXT, max_size=3),
    skin=st.dictionaries(TEXT, TEXT, max_size=3),
)


@settings(max_examples=80, deadline=None)
@given(entry=ENTRY)
def test_an_entry_comes_back_exactly(entry: SessionEntry) -> None:
    back, whole = entry_from_json(entry.to_json())
    assert whole
    assert back == entry


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"text"'])
def test_a_text_that_is_no_draft_gives_an_empty_form_and_says_so(content: str) -> None:
    assert entry_from_json(content) == (SessionEntry(), False)


def test_a_damaged_part_is_left_out_and_said() -> None:
    good = InjectionSite(FaceView.FRONT, 0.5, 0.2, Zone.FOREHEAD, Decimal(2))
    content = json.loads(SessionEntry(lot="C4821", sites=(good, good)).to_json())
    content["sites"][0]["units"] = "many"
    content["vials"] = 3
    back, whole = entry_from_json(json.dumps(content))
    assert not whole
    assert back.lot == "C4821"
    assert back.sites == (good,)
    assert back.vials == "1"
