"""Two treatments on one map: what was added, removed or changed in dose, or one laid over the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.amendment_words import counts_line, site_lines
from dermlog.domain.amendment import SiteDifference, site_differences
from dermlog.domain.course import CourseEntry
from dermlog.domain.face_map import FaceView
from dermlog.domain.session import InjectionSession
from dermlog.figures.map_difference import draw_difference, draw_overlay
from dermlog.figures.pen import Pen
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.scroll_area import ScrollArea
from dermlog.ui.kit.segmented import SegmentedControl
from dermlog.ui.kit.theme import px
from dermlog.ui.patient.drawn_map import (
    DifferenceLegend,
    DrawnMap,
    difference_colors,
    face_colors,
    view_title,
    views_with,
)
from dermlog.ui.patient.patient_facts import PatientFacts
from dermlog.wording import _, date_text

WORDS_WIDTH = 300
DIFFERENCE, OVERLAY = "difference", "overlay"


class MapsCompare(QWidget):
    """MapsCompare().show_facts(facts): the last two treatments first, any two by choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: PatientFacts | None = None
        self.earlier = Combo(_("Earlier"))
        self.later = Combo(_("Later"))
        self.way = SegmentedControl(
            [Option(DIFFERENCE, _("Differences")), Option(OVERLAY, _("Overlay"))],
            name=_("How to compare"),
            allow_unset=False,
            value=DIFFERENCE,
        )
        self.counts = Label(role="strong", wrap=True)
        self.caution = Label(role="small", tone="caution", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(12)
        for combo in (self.earlier, self.later):
            combo.setMinimumWidth(px(230))
            top.addWidget(combo)
        top.addWidget(self.way, 0, Qt.AlignmentFlag.AlignBottom)
        top.addStretch(1)
        self._scroll = ScrollArea()
        self._scroll.body.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.counts)
        column.addWidget(self.caution)
        column.addWidget(self._scroll, 1)
        self._pictures: QWidget | None = None
        for signal in (self.earlier.value_changed, self.later.value_changed, self.way.value_changed):
            signal.connect(lambda _value: self.refresh())

    def show_facts(self, facts: PatientFacts) -> None:
        """Offer the treatments of a patient, keeping the two that were chosen."""
        self._facts = facts
        entries = facts.course.sessions
        options = [Option(entry.visit.id, _title(facts, entry)) for entry in entries]
        for combo in (self.earlier, self.later):
            combo.set_options(options)
        if self.earlier.value() is None and len(entries) > 1:
            self.earlier.set_value(entries[-2].visit.id)
        if self.later.value() is None and entries:
            self.later.set_value(entries[-1].visit.id)
        self.refresh()

    def differences(self) -> tuple[SiteDifference, ...]:
        """What is shown now, place by place."""
        pair = self._pair()
        if pair is None:
            return ()
        before, after = pair
        return site_differences(before.sites, after.sites, same_units=before.product_id == after.product_id)

    def refresh(self) -> None:
        """Draw what is chosen."""
        pair, facts = self._pair(), self._facts
        if self._pictures is not None:
            self._pictures.hide()
            self._pictures.deleteLater()
            self._pictures = None
        self.caution.hide()
        if facts is None or pair is None:
            self.counts.setText(_("Choose two treatments."))
            return
        before, after = pair
        differences = self.differences()
        self.counts.setText(counts_line(differences))
        if before.product_id != after.product_id:
            brands = [_brand(facts, session) for session in pair]
            self.caution.setText(
                _("Units of {first} and {second} cannot be compared: only the places are.").format(
                    first=brands[0], second=brands[1]
                )
            )
            self.caution.show()
        if before.map_version != after.map_version:
            self.counts.setText(_("These maps are of different versions and cannot be laid together."))
            return
        self._pictures = self._drawn(before, after, differences)
        self._scroll.body.insertWidget(0, self._pictures)

    def _drawn(
        self, before: InjectionSession, after: InjectionSession, differences: tuple[SiteDifference, ...]
    ) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for view in views_with((*before.sites, *after.sites)):
            cell = QVBoxLayout()
            draw = (
                partial(_draw_overlay, before, after, view)
                if self.way.value() == OVERLAY
                else partial(_draw_difference, differences, view, after.map_version)
            )
            shown = [one for one in differences if one.site.view is view]
            words = _("{view}: {counts}").format(view=view_title(view).text(), counts=counts_line(shown))
            cell.addWidget(DrawnMap(draw, view, words, version=after.map_version), 1)
            cell.addWidget(view_title(view))
            row.addLayout(cell, 1)
        row.addWidget(self._words(differences))
        return holder

    def _words(self, differences: tuple[SiteDifference, ...]) -> QWidget:
        """The same in words, beside the maps."""
        card = Card(_("What differs"))
        card.setFixedWidth(px(WORDS_WIDTH))
        if self.way.value() == OVERLAY:
            words = _("Dots: the later treatment. Dashed rings: the earlier one.")
            card.add(Label(words, role="small", wrap=True))
        else:
            card.add(DifferenceLegend(differences))
        said = "\n".join(site_lines(differences))
        card.add(Label(said or _("Every point is the same."), wrap=True))
        card.body.addStretch(1)
        return card

    def _pair(self) -> tuple[InjectionSession, InjectionSession] | None:
        sessions = [self._session(combo.value()) for combo in (self.earlier, self.later)]
        first, second = sessions
        return None if first is None or second is None else (first, second)

    def _session(self, visit_id: object) -> InjectionSession | None:
        facts = self._facts
        if facts is None:
            return None
        return next((entry.session for entry in facts.course.sessions if entry.visit.id == visit_id), None)


def _draw_difference(
    differences: tuple[SiteDifference, ...], view: FaceView, version: int, pen: Pen, width: float
) -> float:
    return draw_difference(
        pen,
        differences,
        width=width,
        view=view,
        version=version,
        face=face_colors(),
        colors=difference_colors(),
    )


def _draw_overlay(
    before: InjectionSession, after: InjectionSession, view: FaceView, pen: Pen, width: float
) -> float:
    return draw_overlay(
        pen,
        before.sites,
        after.sites,
        width=width,
        view=view,
        version=after.map_version,
        face=face_colors(),
        colors=difference_colors(),
    )


def _brand(facts: PatientFacts, session: InjectionSession) -> str:
    product = facts.products.get(session.product_id)
    return "" if product is None else product.brand


def _title(facts: PatientFacts, entry: CourseEntry) -> str:
    session = entry.session
    return _("{number} · {day} · {brand}").format(
        number=entry.number,
        day=date_text(entry.visit.on),
        brand="" if session is None else _brand(facts, session),
    )
