"""Tests of the pen for the screen: it draws the same as the pen for paper."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageStat
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from dermlog.figures.pen import Pen
from dermlog.report.canvas_pen import CanvasPen
from dermlog.ui.kit.painter_pen import PainterPen
from tests.report.pages import HEIGHT, WIDTH, page, picture

SCALE = 2
LABELS = ("Botox · 36 U · 18 pts", "AVATAR Tó µg/cm²", "Nguyễn Thị Ánh", "wk 28")


def _draw(pen: Pen) -> None:
    pen.rect(10, 10, 80, 40, fill="#0F766E", stroke="#1B2530", width=2, radius=8)
    pen.rect(100, 10, 80, 40, fill="#F6F8F9", stroke="#B91C1C")
    pen.line(10, 60, 290, 60, color="#66757F", width=2, dash=(6, 3))
    pen.line(10, 70, 290, 70, color="#66757F", width=4, dash=(6, 4, 3))
    pen.path(
        [("M", 20, 130), ("C", 60, 60, 100, 170, 140, 110), ("L", 180, 140), ("Z",)],
        fill="#C98A00",
        fill_opacity=0.4,
        stroke="#BE3A5A",
        width=3,
        stroke_opacity=0.7,
    )
    pen.path([("M", 200, 90), ("L", 240, 130), ("L", 280, 90)], stroke="#0F766E", width=6)
    pen.dot(330, 110, 12, fill="#C98A00", stroke="#BE3A5A", width=3)
    for number, label in enumerate(LABELS):
        pen.text(20, 170 + 20 * number, label, size=11, color="#1B2530")
        pen.text(210, 170 + 20 * number, label, size=11, color="#1B2530", bold=True, align="center")
        pen.text(390, 170 + 20 * number, label, size=11, color="#1B2530", align="right")
    with pen.placed(300, 20, 0.5):
        pen.rect(0, 0, 100, 60, stroke="#0F766E", width=2)
        pen.text(50, 35, "half", size=16, color="#0F766E", align="center")


def _on_screen() -> Image.Image:
    image = QImage(WIDTH * SCALE, HEIGHT * SCALE, QImage.Format.Format_RGB888)
    image.fill("white")
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    _draw(PainterPen(painter))
    painter.end()
    return Image.frombytes("RGB", (image.width(), image.height()), bytes(image.constBits()))


def test_screen_and_paper_show_the_same(qapp: QApplication) -> None:
    on_paper = picture(page(lambda typesetter: _draw(CanvasPen(typesetter, 0, HEIGHT))), SCALE)
    difference = ImageChops.difference(on_paper, _on_screen()).convert("L")

    assert ImageStat.Stat(difference).mean[0] < 1.0
    # An edge may fall a little differently; a shape that is missing or displaced leaves a whole patch.
    assert max(difference.filter(ImageFilter.BoxBlur(4)).tobytes()) < 60


def test_text_is_as_wide_on_the_screen_as_on_paper(qapp: QApplication) -> None:
    widths: list[list[float]] = []

    def measure(pen: Pen) -> None:
        widths.append([pen.text_width(label, 11, bold) for label in LABELS for bold in (False, True)])

    page(lambda typesetter: measure(CanvasPen(typesetter, 0, HEIGHT)))
    image = QImage(10, 10, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    measure(PainterPen(painter))
    painter.end()

    assert all(abs(paper - screen) < 0.1 for paper, screen in zip(*widths, strict=True))


def test_an_open_shape_without_a_stroke_or_fill_leaves_nothing(qapp: QApplication) -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB888)
    image.fill("white")
    painter = QPainter(image)
    pen = PainterPen(painter)
    pen.rect(0, 0, 20, 20, fill="#FF0000")
    pen.path([("M", 0, 0), ("L", 20, 20)])
    pen.rect(2, 2, 10, 10)
    painter.end()

    assert set(bytes(image.constBits())[:60]) == {255, 0}
    assert image.pixelColor(5, 5).getRgb() == (255, 0, 0, 255)
