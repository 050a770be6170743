"""The recovery sheet: one page with the letters, their QR code, and how to restore."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from dermlog.backup_sentences import restore_steps
from dermlog.domain.recovery import RecoveryCode
from dermlog.report import recovery_sheet, single_page
from dermlog.report.page_pictures import draw_page, page_sizes, page_texts
from dermlog.report.recovery_sheet import SheetFacts, write_recovery_sheet

CODE = RecoveryCode(bytes(range(16)))


def facts(**changes: Any) -> SheetFacts:
    values: dict[str, Any] = {
        "clinic": "Harbour Skin Clinic",
        "file_name": "Clinic.dermlog",
        "made_on": date(2026, 4, 17),
        "groups": CODE.groups,
    }
    return SheetFacts(**(values | changes))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).split())


def test_it_says_what_it_is_and_holds_every_group() -> None:
    pdf = write_recovery_sheet(facts())
    assert len(page_sizes(pdf)) == 1
    text = words(pdf)
    for said in ("Harbour Skin Clinic", "Clinic.dermlog", "17 Apr 2026", "Keep this sheet in the safe"):
        assert said in text
    joined = text.replace(" ", "")
    assert all(group in joined for group in CODE.groups)


def test_it_tells_how_to_restore_on_a_new_pc() -> None:
    text = words(write_recovery_sheet(facts()))
    for step in restore_steps(locked=True):
        assert step in text


def test_the_same_facts_give_the_same_bytes() -> None:
    assert write_recovery_sheet(facts()) == write_recovery_sheet(facts())


@pytest.mark.parametrize("name", ["<b>Dr & Co</b>", "Клиника кожи", "عيادة الجلد", "X" * 200, ""])
def test_any_name_of_a_clinic_is_printed_as_typed_on_one_page(name: str) -> None:
    pdf = write_recovery_sheet(facts(clinic=name))
    assert len(page_sizes(pdf)) == 1
    if name.isascii():
        assert name in words(pdf).replace(" ", "") or name in words(pdf)


def test_the_square_holds_the_code_as_a_camera_reads_it() -> None:
    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(CODE.text)
    code.make()
    count = code.getModuleCount()
    dots = 288.0
    picture = draw_page(write_recovery_sheet(facts()), 0, dots)
    step = recovery_sheet._QR / (count + 2 * recovery_sheet._QUIET) * dots / 72

    def dark(x: float, y: float) -> bool:
        at = int(y) * picture.stride + int(x) * 4
        return sum(picture.pixels[at : at + 3]) < 200

    left = single_page.LEFT * dots / 72 + recovery_sheet._QUIET * step
    # The corner of the square is the first dark point below the boxes in its column.
    column = left + step / 2
    below = next(y for y in range(int(300 * dots / 72), picture.height) if dark(column, y))
    for row in range(count):
        for place in range(count):
            found = dark(left + (place + 0.5) * step, below + (row + 0.5) * step)
            assert found == bool(code.isDark(row, place)), (row, place)


def test_the_facts_do_not_show_the_code_by_accident() -> None:
    assert CODE.groups[0] not in repr(facts())
