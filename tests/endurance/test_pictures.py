"""T13: 500 hostile pictures on each push."""

from __future__ import annotations

import pytest

from tests.endurance.pictures import run
from tests.endurance.plan import push_of


@pytest.mark.timeout(300)
def test_a_hostile_picture_is_refused_in_a_sentence_and_harms_nothing() -> None:
    outcome = run(push_of("T13"), seed=13)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T13")
