"""A clinic to chart in, a hand that counts what it does in the real window, and the three journeys."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from dermlog.demo.maps import sample_sites
from dermlog.domain.clinic import Clinic as Letterhead
from dermlog.domain.consent import Consent, ConsentKind
from dermlog.domain.face_map import FaceView, Zone
from dermlog.domain.patient import Patient
from dermlog.domain.session import InjectionSession, InjectionSite
from dermlog.domain.session_template import SessionTemplate
from dermlog.domain.staff import Role, Staff
from dermlog.domain.visit import Visit
from dermlog.logbook import Logbook
from dermlog.ui.face_map.face_map_view import FaceMapView
from dermlog.ui.main_window import MainWindow
from dermlog.ui.patient.patient_screen import PatientScreen
from dermlog.ui.session.session_screen import SessionScreen

POINTS = 20
LOT, USED_LOT = "C4821", "B1100"
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


class Clinic:
    """A logbook with one patient who may be treated, and its window on the patient's page."""

    def __init__(self, folder: Path) -> None:
        today = date.today()  # noqa: DTZ011 - a day of the clinic
        self.logbook = Logbook.create(
            folder / "Clinic.dermlog", Letterhead(name="Skin Clinic"), [Staff("Dr Sato", Role.OWNER)]
        )
        self.today = today
        self.patient = Patient(
            chart_number="DL-0142",
            family_name="Lindqvist",
            given_name="Maya",
            birth_date=today - timedelta(days=29 * 365),
            allergies=(),
            conditions=(),
            drugs=(),
        )
        self.logbook.patients.save(self.patient)
        self.logbook.consents.save(
            Consent(self.patient.id, ConsentKind.OFF_LABEL_TREATMENT, today - timedelta(days=400))
        )
        self.botox = next(product for product in self.logbook.products.all() if product.brand == "Botox")
        self._before = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()
        self.logbook.close()

    def sites(self) -> tuple[InjectionSite, ...]:
        """A map of 20 points: the sample's 18, and two more on the chin."""
        more = tuple(InjectionSite(FaceView.FRONT, x, 0.84, Zone.CHIN, Decimal(2)) for x in (0.46, 0.54))
        return (*sample_sites(Decimal(2), _Still()), *more)

    def treat(self, patient: Patient, days_ago: int) -> None:
        """A signed session of 20 points some time ago, of USED_LOT."""
        on = self.today - timedelta(days=days_ago)
        visit = Visit(
            patient_id=patient.id, on=on, recorded_by=self.logbook.me.id, entered_at=self.logbook.now()
        )
        self.logbook.sessions.sign(
            visit,
            InjectionSession(
                patient_id=patient.id,
                visit_id=visit.id,
                performed_on=on,
                product_id=self.botox.id,
                lot=USED_LOT,
                expiry=self.today + timedelta(days=200),
                vial_units=Decimal(100),
                diluent_ml=Decimal("2.5"),
                injector_id=self.logbook.me.id,
                sites=self.sites(),
            ),
        )

    def keep_template(self) -> None:
        """A template of 20 points."""
        self.logbook.templates.save(
            SessionTemplate("Oily skin", self.botox.id, Decimal(100), self.sites(), Decimal("2.5"))
        )

    def open(self) -> Hand:
        """The window on the patient's page; from here every action counts."""
        self._before = len(self.logbook.sessions.of_patient(self.patient.id))
        self.window = MainWindow(self.logbook)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.show_patient(self.patient.id)
        QApplication.processEvents()
        return Hand(self.window)

    def signed_points(self) -> int:
        """Points of the session that was signed since open(); 0 when none was."""
        sessions = self.logbook.sessions.of_patient(self.patient.id)
        return len(sessions[-1].sites) if len(sessions) == self._before + 1 else 0


class _Still(Random):
    """Chance without chance: points lie exactly across from each other."""

    def uniform(self, a: float, b: float) -> float:
        """Always the middle."""
        return (a + b) / 2


class Hand:
    """Clicks, keys and drags in the window, each written down as one action."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.actions: list[str] = []

    @property
    def patient_page(self) -> PatientScreen:
        """The patient's page, which must be shown."""
        shown = self._window.screen_shown()
        assert isinstance(shown, PatientScreen)  # noqa: S101 - a journey that went astray measures nothing
        return shown

    @property
    def treatment(self) -> SessionScreen:
        """The treatment, which must be shown."""
        shown = self._window.screen_shown()
        assert isinstance(shown, SessionScreen)  # noqa: S101
        return shown

    @property
    def face(self) -> FaceMapView:
        """The map of the treatment."""
        return self.treatment.map_panel.map

    def click(self, widget: QWidget, what: str) -> None:
        """One click in the middle of a widget that can be seen."""
        if not widget.isVisible() or not widget.isEnabled():
            raise SystemExit(f"{what}: nobody could click it")
        self._note(what)
        QTest.mouseClick(widget, LEFT, PLAIN, widget.rect().center())
        QApplication.processEvents()

    def key(self, key: Qt.Key, what: str) -> None:
        """One key, to whatever has the keyboard."""
        self._note(what)
        QTest.keyClick(_focused(), key)
        QApplication.processEvents()

    def type(self, field: QWidget, text: str, what: str) -> None:
        """A field typed as one action; the keyboard must be in it, or one Tab away."""
        if _focused() is not field and not field.isAncestorOf(_focused()):
            QTest.keyClick(_focused(), Qt.Key.Key_Tab)
            QApplication.processEvents()
        if _focused() is not field and not field.isAncestorOf(_focused()):
            raise SystemExit(f"{what}: the keyboard is not there")
        self._note(what)
        box = _focused()
        if isinstance(box, QLineEdit):
            box.selectAll()
        QTest.keyClicks(box, text)
        QApplication.processEvents()

    def click_map(self, x: float, y: float, what: str) -> None:
        """One click on the face, in fractions of it."""
        self._note(what)
        QTest.mouseClick(self.face.viewport(), LEFT, PLAIN, self.face.pixel(x, y))
        QApplication.processEvents()

    def drag_map(self, start: tuple[float, float], end: tuple[float, float], what: str) -> None:
        """One drag on the face."""
        self._note(what)
        view = self.face.viewport()
        begin, finish = self.face.pixel(*start), self.face.pixel(*end)
        QTest.mousePress(view, LEFT, PLAIN, begin)
        for step in range(1, 9):
            move(view, begin + (finish - begin) * step / 8)
        QTest.mouseRelease(view, LEFT, PLAIN, finish)
        QApplication.processEvents()

    def sign(self) -> None:
        """The button, then the one in the panel that says what is signed."""
        screen = self.treatment
        self.click(screen.sign_button, "Sign treatment")
        dialog = screen.signing.dialog
        if dialog is None:
            raise SystemExit(f"not signed: {screen.notice.text()}")
        self.click(dialog.sign, "Sign in the panel")

    def _note(self, what: str) -> None:
        self.actions.append(what)


def move(widget: QWidget, at: QPoint) -> None:
    """The mouse is moved with its button held."""
    here = QPointF(at)
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, here, widget.mapToGlobal(here), Qt.MouseButton.NoButton, LEFT, PLAIN
    )
    QApplication.sendEvent(widget, event)


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    if focused is None:
        raise SystemExit("nothing has the keyboard")
    return focused


def returning_patient(clinic: Clinic) -> list[str]:
    """The same as last time, two points adjusted."""
    clinic.treat(clinic.patient, 120)
    hand = clinic.open()
    hand.click(hand.patient_page.treatment_button, "New treatment")
    screen = hand.treatment
    hand.click(screen.map_panel.same_as_last, "Same as last time")
    hand.type(screen.fields.lot, LOT, "lot typed")
    hand.type(screen.fields.expiry, _expiry(clinic), "expiry typed")
    first, second = screen.board.sites[-2:]
    hand.drag_map((first.x, first.y), (first.x - 0.02, first.y + 0.02), "drag a point")
    hand.drag_map((second.x, second.y), (second.x + 0.02, second.y + 0.02), "drag a point")
    hand.sign()
    return hand.actions


def new_symmetric_face(clinic: Clinic) -> list[str]:
    """A first session: the forehead filled, points on the cheeks mirrored."""
    hand = clinic.open()
    hand.click(hand.patient_page.treatment_button, "New treatment")
    screen = hand.treatment
    hand.type(screen.fields.product, "Botox", "product typed")
    hand.type(screen.fields.lot, LOT, "lot typed")
    hand.type(screen.fields.expiry, _expiry(clinic), "expiry typed")
    hand.click(screen.map_panel.mirror, "Mirror on")
    hand.click(screen.map_panel.fill, "Fill zone")
    bar = screen.map_panel.fill_bar
    hand.type(bar.spacing, "1.5", "spacing typed")
    hand.click_map(0.5, 0.25, "click the forehead")
    hand.key(Qt.Key.Key_Escape, "Esc")
    for x, y in ((0.2, 0.56), (0.27, 0.6), (0.2, 0.65), (0.42, 0.86)):
        hand.click_map(x, y, "click a point, two are placed")
    hand.sign()
    return hand.actions


def from_a_template(clinic: Clinic) -> list[str]:
    """A template of the clinic, with a lot that the clinic has used before."""
    clinic.keep_template()
    other = Patient(chart_number="DL-0143", family_name="Berg", given_name="Ida")
    clinic.logbook.patients.save(other)
    clinic.treat(other, 1)
    hand = clinic.open()
    hand.click(hand.patient_page.treatment_button, "New treatment")
    screen = hand.treatment
    hand.click(_button_named(screen.map_panel.overlay.begin, "Begin from Oily skin"), "the template's name")
    hand.type(screen.fields.lot, USED_LOT, "lot typed, its expiry is known from the day before")
    hand.sign()
    return hand.actions


def _button_named(parent: QWidget, name: str) -> QWidget:
    return next(child for child in parent.findChildren(QWidget) if child.accessibleName() == name)


def _expiry(clinic: Clinic) -> str:
    return f"{clinic.today.year + 1}-03"
