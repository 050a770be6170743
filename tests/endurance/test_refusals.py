"""T3: the disk refuses 300 times on each push, in two halves so that two cores share them."""

from __future__ import annotations

import os

import pytest

from tests.endurance.plan import push_of
from tests.endurance.refusals import run


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_refusing_disk_loses_nothing_and_is_told_in_a_sentence(seed: int) -> None:
    outcome = run(push_of("T3") // 2, seed)
    assert outcome.bad == ()
    if outcome.not_run:
        assert "CI" not in os.environ or "only Linux" in outcome.not_run, outcome.not_run
        return
    assert outcome.cases == push_of("T3") // 2
