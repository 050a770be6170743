"""T6: salvages of damaged files, as often as a push asks for."""

from __future__ import annotations

import pytest

from tests.endurance.plan import push_of
from tests.endurance.salvaging import run


@pytest.mark.timeout(300)
def test_what_can_be_read_is_saved() -> None:
    outcome = run(push_of("T6"), seed=600)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T6")
