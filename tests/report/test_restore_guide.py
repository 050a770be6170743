"""The page that tells how to restore: every step is on it, and the same facts give the same bytes."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from dermlog.backup_sentences import restore_hints, restore_steps
from dermlog.report.restore_guide import GuideFacts, write_restore_guide


@pytest.mark.parametrize("locked", [False, True])
def test_every_step_is_on_one_page(locked: bool) -> None:
    places = tuple(f"/media/drive {number}/backups" for number in range(3))
    facts = GuideFacts("Skin <b>Clinic</b>", "Clinic.dermlog", date(2026, 4, 17), locked, places)
    pdf = write_restore_guide(facts)
    assert pdf == write_restore_guide(facts)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
    document = pypdfium2.PdfDocument(pdf)
    words = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    for text in ("Skin <b>Clinic</b>", *restore_steps(locked=locked), *restore_hints(), *places):
        assert "".join(text.split()) in words
