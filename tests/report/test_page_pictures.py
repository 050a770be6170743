"""Pages as pictures: the size asked for, the content of the very document."""

import pytest
from PySide6.QtWidgets import QApplication

from dermlog.report.page_pictures import draw_page, page_sizes, page_texts
from dermlog.report.progress_report import write_pdf
from tests.report.reports import facts_of_the_pictures


@pytest.fixture(scope="module")
def pdf(qapp: QApplication) -> bytes:
    """A report."""
    return write_pdf(facts_of_the_pictures())


def test_every_page_has_a_size_and_a_text(pdf: bytes) -> None:
    sizes, texts = page_sizes(pdf), page_texts(pdf)
    assert len(sizes) == len(texts) == 3
    assert {(round(size.width), round(size.height)) for size in sizes} == {(595, 842)}
    assert "Your treatment progress" in texts[0]


@pytest.mark.parametrize(("dpi", "size"), [(36, (298, 421)), (72, (596, 842)), (144, (1191, 1684))])
def test_a_page_is_drawn_as_large_as_asked(pdf: bytes, dpi: float, size: tuple[int, int]) -> None:
    drawn = draw_page(pdf, 1, dpi)
    assert (drawn.number, drawn.width, drawn.height) == (1, *size)
    assert len(drawn.pixels) == drawn.stride * drawn.height
    assert drawn.stride >= drawn.width * 4


def test_pages_differ_and_stay_the_same(pdf: bytes) -> None:
    assert draw_page(pdf, 0, 36) == draw_page(pdf, 0, 36)
    assert draw_page(pdf, 0, 36).pixels != draw_page(pdf, 1, 36).pixels


def test_a_page_that_is_not_there_is_refused(pdf: bytes) -> None:
    with pytest.raises(IndexError):
        draw_page(pdf, 9, 36)
