"""Screen: what fills the window beside the rail, and the wishes it may have about other screens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dermlog.ui.kit.theme import dress

ROOMY, TIGHT = (28, 20, 28, 22), (22, 18, 22, 18)
NARROW = 1150


class Screen(QWidget):
    """Base of every screen; `page` is its vertical layout with the margins of the pictures.

    Override title(), may_leave(), on_shown(), on_person_changed(). Wishes are fulfilled by the main window
    and carry ids: patient_requested(patient), patient_tab_requested(patient, tab), edit_requested(patient),
    session_requested(patient, draft or None), follow_up_requested(patient, draft or visit or None),
    report_requested(patient), record_requested(patient, session), amendment_requested(patient, session),
    patients_requested(query), new_patient_requested(), clinic_requested(), lots_requested(),
    activity_requested(), today_requested(), restore_requested(backup), erasing_requested(patient),
    export_requested(patient, None for everything),
    list_import_requested(); close_requested() goes back. News: title_changed(words), badge_changed(count).
    The main window calls, before on_shown(): show_query(query) or new_patient() of the patients screen,
    show_patient(patient, tab), show_session(patient, draft), show_follow_up(patient, draft_id=…) or
    show_follow_up(patient, visit_id=…), show_report(patient), show_record(patient, session) or
    show_amendment(patient, session).
    """

    patient_requested = Signal(object)
    patient_tab_requested = Signal(object, str)
    session_requested = Signal(object, object)
    follow_up_requested = Signal(object, object)
    report_requested = Signal(object)
    record_requested = Signal(object, object)
    amendment_requested = Signal(object, object)
    edit_requested = Signal(object)
    patients_requested = Signal(str)
    new_patient_requested = Signal()
    clinic_requested = Signal()
    lots_requested = Signal()
    activity_requested = Signal()
    today_requested = Signal()
    restore_requested = Signal(object)
    erasing_requested = Signal(object)
    export_requested = Signal(object)
    list_import_requested = Signal()
    close_requested = Signal()
    title_changed = Signal(str)
    badge_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(*ROOMY)
        self.page.setSpacing(16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives the margins to the content."""
        super().resizeEvent(event)
        self.page.setContentsMargins(*(ROOMY if self.width() >= NARROW else TIGHT))

    def showEvent(self, event: QShowEvent) -> None:
        """A screen that stands alone, as in a test, brings the style sheet itself."""
        dress(self)
        super().showEvent(event)

    def title(self) -> str:
        """What the window's title bar says."""
        return ""

    def may_leave(self) -> bool:
        """Save a draft of what is under way; False when that failed and was said, and the screen stays."""
        return True

    def on_shown(self) -> None:
        """Came to the front: refresh if stale, put the focus where work begins."""

    def on_person_changed(self) -> None:
        """Somebody else is writing now; what that person may do may differ."""
