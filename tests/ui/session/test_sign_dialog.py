"""The panel before signing: long words fit, and signing happens once."""

from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from dermlog.domain.key_fault import KeyFault
from dermlog.errors import not_unlocked
from dermlog.ui.kit import background
from dermlog.ui.session.sign_dialog import SignDialog, SigningFacts

FACTS = SigningFacts(
    patient="Lindqvist, Maya · DL-0142",
    day="17 Apr 2026",
    product="Botox 33 U in 18 points",
    lot="C4821, expires Mar 2027",
    injected_by="Dr Sato",
    signed_by="Dr Sato",
)


def test_a_name_of_200_letters_without_a_space_stays_inside(qtbot: QtBot) -> None:
    dialog = SignDialog(None, replace(FACTS, patient="W" * 200, overrides=["x" * 200]), lambda: "")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    labels = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
    widest = max(label.mapTo(dialog, label.rect().topRight()).x() for label in labels)
    assert widest <= dialog.width()
    assert dialog.width() < 700


def test_a_refusal_is_told_and_the_button_comes_back(qtbot: QtBot) -> None:
    answers = ["The disk is full.", ""]
    dialog = SignDialog(None, FACTS, lambda: answers.pop(0))
    qtbot.addWidget(dialog)
    dialog.sign.click()
    assert dialog.notice.text() == "The disk is full."
    assert dialog.sign.isEnabled()
    dialog.sign.click()
    dialog.sign.click()
    assert answers == []
    assert dialog.result() == 1


def test_where_people_have_passwords_signing_takes_one(qtbot: QtBot) -> None:
    signed: list[int] = []

    def sign() -> str:
        signed.append(1)
        return ""

    def check(password: str) -> None:
        if password != "the right one":  # noqa: S105 - a test
            raise not_unlocked(KeyFault.WRONG_PASSWORD)

    dialog = SignDialog(None, FACTS, sign, check=check)
    qtbot.addWidget(dialog)
    dialog.setModal(False)
    dialog.show()
    assert dialog.password.isVisible()
    dialog.sign.click()
    assert dialog.password.error() == "Your password is missing. Please type it to sign."
    dialog.password.edit.setText("a wrong one")
    dialog.sign.click()
    qtbot.waitUntil(lambda: (dialog.password.error() or "").startswith("That password doesn't match."))
    assert not dialog.sign.isEnabled()
    qtbot.waitUntil(dialog.sign.isEnabled)
    assert signed == []
    dialog.password.edit.setText("the right one")
    dialog.sign.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert signed == [1]
    assert dialog.password.text() == ""
    background.shutdown()


def test_who_leaves_while_the_password_is_looked_at_signs_nothing(qtbot: QtBot) -> None:
    signed: list[int] = []
    looking, go_on = threading.Event(), threading.Event()

    def sign() -> str:
        signed.append(1)
        return ""

    def check(_password: str) -> None:
        looking.set()
        go_on.wait()

    dialog = SignDialog(None, FACTS, sign, check=check)
    qtbot.addWidget(dialog)
    dialog.setModal(False)
    dialog.show()
    dialog.password.edit.setText("the right one")
    dialog.sign.click()
    looking.wait()
    dialog.reject()
    go_on.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    QApplication.processEvents()
    assert signed == []


def test_without_passwords_none_is_asked(qtbot: QtBot) -> None:
    dialog = SignDialog(None, FACTS, lambda: "")
    qtbot.addWidget(dialog)
    dialog.setModal(False)
    dialog.show()
    assert not dialog.password.isVisible()
