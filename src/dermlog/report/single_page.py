"""One page of paper of our own for the safe: its size, its colours, and the PDF around what is drawn."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT = 51.0, 544.28
WIDTH = RIGHT - LEFT
INK, MUTED, LINE, ACCENT = "#1B2530", "#66757F", "#C9D1D6", "#0F766E"


def single_page(title: str, clinic: str, draw: Callable[[Canvas], None]) -> bytes:
    """The PDF of one page (points, A4) that draw() fills; the same drawing gives the same bytes."""
    target = io.BytesIO()
    canvas = Canvas(
        target,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        lang="en",
    )
    canvas.setTitle(title)
    canvas.setAuthor(clinic)
    canvas.setCreator("dermlog")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return target.getvalue()
