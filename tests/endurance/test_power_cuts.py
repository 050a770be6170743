"""T2: 1,000 power cuts on each push, in two halves so that two cores share them."""

from __future__ import annotations

import os

import pytest

from tests.endurance.plan import push_of
from tests.endurance.power_cuts import run


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_acknowledged_is_lost_and_nothing_is_torn_after_a_power_cut(seed: int) -> None:
    outcome = run(push_of("T2") // 2, seed)
    assert outcome.bad == ()
    if outcome.not_run:
        # Elsewhere it cannot be run at all; packaging/test.py provides a compiler on the Linux it knows.
        assert "CI" not in os.environ or "only Linux" in outcome.not_run, outcome.not_run
        return
    assert outcome.cases == push_of("T2") // 2
