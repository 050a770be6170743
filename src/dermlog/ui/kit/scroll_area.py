"""ScrollArea: a frameless vertical scroller on the ground of whatever it lies on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget


class ScrollArea(QScrollArea):
    """ScrollArea(): fill `body` (a vertical layout), or pass content=widget; follows the focus."""

    def __init__(self, content: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inside = content if content is not None else QWidget()
        self._inside = inside
        inside.setProperty("role", "scrolled")
        self.body = QVBoxLayout()
        if content is None:
            self.body.setContentsMargins(0, 0, 0, 0)
            self.body.setSpacing(12)
            inside.setLayout(self.body)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        inside.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget under the others."""
        self.body.addWidget(widget, stretch)

    def sizeHint(self) -> QSize:
        """As large as the content would like."""
        return self._inside.sizeHint() + QSize(12, 2)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content needs, as low as may be."""
        return QSize(self._inside.minimumSizeHint().width() + 12, 80)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wanted size follows the content."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._inside.isAncestorOf(new):
            self.ensureWidgetVisible(new, 8, 24)
