"""T7: 20,000 random steps on each push, in two halves so that two cores share them."""

from __future__ import annotations

import pytest

from tests.endurance.plan import push_of
from tests.endurance.random_days import run


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_file_is_what_the_model_says(seed: int) -> None:
    outcome = run(push_of("T7") // 2, seed)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T7") // 2
