"""Every test of the kit runs in the light look, at the usual text size."""

import pytest
from PySide6.QtWidgets import QApplication

from dermlog.ui.kit import theme


@pytest.fixture(autouse=True)
def light_look(qapp: QApplication) -> None:
    """Apply the light look when another test left a different one."""
    if theme.mode() is not theme.Mode.LIGHT or theme.px(100) != 100:
        theme.apply(qapp, theme.Mode.LIGHT)
