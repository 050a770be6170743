"""T5: damage to what lies beside a clinic file, as often as a push asks for."""

from __future__ import annotations

import pytest

from tests.endurance.plan import push_of
from tests.endurance.side_files import run

PARTS = 5


@pytest.mark.parametrize("part", range(PARTS))
def test_it_is_said_mended_or_refused(part: int) -> None:
    outcome = run(push_of("T5") // PARTS, seed=500 + part)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T5") // PARTS
