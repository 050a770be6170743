"""T4: damaged clinic files, as often as a push asks for."""

from __future__ import annotations

import pytest

from tests.endurance.damaged_files import run
from tests.endurance.plan import push_of

PARTS = 5


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_wrong_is_taken_for_true(part: int) -> None:
    outcome = run(push_of("T4") // PARTS, seed=400 + part)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T4") // PARTS
