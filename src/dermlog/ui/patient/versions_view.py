"""VersionsView: two versions of an amended treatment side by side, with what differs marked on the map."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dermlog.amendment_words import counts_line, difference_lines, signature_text, version_title
from dermlog.domain.amendment import SiteDifference, site_differences
from dermlog.domain.face_map import FaceView
from dermlog.domain.session import InjectionSession
from dermlog.figures.face_drawing import draw_face
from dermlog.figures.map_difference import draw_difference
from dermlog.figures.pen import Pen
from dermlog.ui.kit.card import Card
from dermlog.ui.kit.combo import Combo
from dermlog.ui.kit.dialog import Dialog
from dermlog.ui.kit.label import Label
from dermlog.ui.kit.option import Option
from dermlog.ui.kit.scroll_area import ScrollArea
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
from dermlog.ui.patient.visit_sections import session_rows
from dermlog.wording import _


class VersionsView(Dialog):
    """VersionsView(facts, versions, title, parent).exec(): the last two at first, any two by choice."""

    def __init__(
        self,
        facts: PatientFacts,
        versions: tuple[InjectionSession, ...],
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, title, line=_("Every version stays as it was signed."), width=900)
        self._facts, self._versions = facts, versions
        options = [Option(place, version_title(one)) for place, one in enumerate(versions)]
        self.left = Combo(_("On the left"), options, value=len(versions) - 2)
        self.right = Combo(_("On the right"), options, value=len(versions) - 1)
        row = QHBoxLayout()
        for combo in (self.left, self.right):
            row.addWidget(combo, 1)
            combo.value_changed.connect(lambda _value: self._show())
        self.body.addLayout(row)
        self._scroll = ScrollArea()
        self.body.addWidget(self._scroll, 1)
        self._shown: QWidget | None = None
        self.add_accept(_("Close")).clicked.connect(self.accept)
        self._show()
        self.resize(px(1000), px(720))

    def chosen(self) -> tuple[InjectionSession, InjectionSession]:
        """The versions on the left and on the right."""
        left, right = self.left.value(), self.right.value()
        return (
            self._versions[left if isinstance(left, int) else 0],
            self._versions[right if isinstance(right, int) else -1],
        )

    def lines(self) -> tuple[str, ...]:
        """What differs, in words."""
        before, after = self.chosen()
        return difference_lines(before, after, self._facts.names, self._facts.products)

    def _show(self) -> None:
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        before, after = self.chosen()
        differences = site_differences(before.sites, after.sites)
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        summary = Card(_("What differs"))
        reasons = [
            _("{version}: {reason}").format(version=version_title(one), reason=one.amendment_reason)
            for one in (before, after)
            if one.amendment_reason
        ]
        summary.add(Label("\n".join((*reasons, *self.lines())) or _("Nothing."), wrap=True))
        summary.add(DifferenceLegend(differences))
        column.addWidget(summary)
        pair = QHBoxLayout()
        pair.setSpacing(16)
        pair.addWidget(self._version(before, None), 1)
        pair.addWidget(self._version(after, differences), 1)
        column.addLayout(pair)
        self._scroll.body.addWidget(self._shown)

    def _version(self, session: InjectionSession, differences: tuple[SiteDifference, ...] | None) -> QWidget:
        card = Card(version_title(session))
        signature = session.signature
        if signature is not None:
            card.add(Label(signature_text(signature, self._facts.names), role="small", wrap=True))
        sites = session.sites if differences is None else [one.site for one in differences]
        for view in views_with(sites):
            shown = [one for one in differences or () if one.site.view is view]
            words = view_title(view).text()
            if differences is not None:
                words = _("{view}: {counts}").format(view=words, counts=counts_line(shown))
            draw = partial(_draw, session, differences, view)
            card.add(DrawnMap(draw, view, words, version=session.map_version, wanted=300))
            card.add(view_title(view))
        for name, value in session_rows(self._facts, session):
            line = QHBoxLayout()
            label = Label(name, role="small")
            label.setFixedWidth(px(140))
            line.addWidget(label)
            line.addWidget(Label(value, wrap=True), 1)
            card.add_layout(line)
        card.body.addStretch(1)
        return card


def _draw(
    session: InjectionSession,
    differences: tuple[SiteDifference, ...] | None,
    view: FaceView,
    pen: Pen,
    width: float,
) -> float:
    version = session.map_version
    if differences is None:
        return draw_face(pen, session.sites, width=width, view=view, version=version, colors=face_colors())
    return draw_difference(
        pen,
        differences,
        width=width,
        view=view,
        version=version,
        face=face_colors(),
        colors=difference_colors(),
    )
