"""T1: 200 kills on each push; packaging/endure.py does the many of a release."""

from __future__ import annotations

import pytest

from tests.endurance.kills import run
from tests.endurance.plan import push_of


@pytest.mark.timeout(300)
def test_nothing_acknowledged_is_lost_and_nothing_is_half_after_a_kill() -> None:
    outcome = run(push_of("T1"), seed=7)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T1")
