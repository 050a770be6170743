"""T19: 50 planted texts and 50 pictures on each push."""

from __future__ import annotations

import pytest

from tests.endurance.plaintext import run
from tests.endurance.plan import push_of


@pytest.mark.timeout(300)
def test_nothing_can_be_read_without_the_key() -> None:
    outcome = run(push_of("T19"), seed=19)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T19")
