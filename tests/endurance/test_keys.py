"""T21: the keys, as often as a push asks for."""

from __future__ import annotations

from tests.endurance.keys import run
from tests.endurance.plan import push_of


def test_a_wrong_key_is_never_taken_and_never_called_damage() -> None:
    outcome = run(push_of("T21"), seed=21)
    assert outcome.bad == ()
    assert outcome.cases == push_of("T21")
