"""One warm pair of decoder processes for the tests of photos."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dermlog.photos.prepare import Preparer


@pytest.fixture(scope="module")
def preparer() -> Iterator[Preparer]:
    """A preparer with one child, shared by the tests of a file."""
    with Preparer(children=1) as made:
        yield made
