"""Paper is set by Qt's fonts: every test of it runs in the one application of the tests."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """The application that fonts need."""
    return qapp
