"""Shortened words: cut to the room, and still kept apart from what stands beside them."""

from __future__ import annotations

import pytest

from dermlog.figures.session_labels import shortened
from dermlog.wording import isolated
from tests.figures.recording_pen import RecordingPen


@pytest.mark.parametrize(
    "name", ["Botox", "Incobotulinumtoxin", "بوتوكس بوتوكس بوتوكس", "\u202eBotulinumtoxin"]
)
def test_a_shortened_name_turns_nothing_beside_it(name: str) -> None:
    words = shortened(RecordingPen(), isolated(name), 10, 60)
    assert words.count("\u2068") == words.count("\u2069")
    assert ("…" in words) is (len(isolated(name)) * 5.5 > 60)
