"""T8: restore round trips, as often as a push asks for."""

from __future__ import annotations

import pytest

from tests.endurance.plan import push_of
from tests.endurance.round_trips import run

PARTS = 2


@pytest.mark.parametrize("part", range(PARTS))
def test_everything_comes_back(part: int) -> None:
    outcome = run(push_of("T8") // PARTS, seed=800 + part)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T8") // PARTS
