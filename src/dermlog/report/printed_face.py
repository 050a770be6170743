"""The face map on paper: the empty face stands in the file once for each view, points are drawn over it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from dermlog.domain.face_map import FaceView
from dermlog.domain.session import InjectionSite
from dermlog.figures.face_drawing import LIGHT_FACE, dot_radius, draw_dot, draw_face, face_height
from dermlog.report.canvas_pen import CanvasPen
from dermlog.report.paper import PAGE_HEIGHT, Paper
from dermlog.report.pdf_numbers import number
from dermlog.report.typesetting import Typesetter

FACE_WIDTH = 300.0
"""The empty faces are drawn at this width and scaled where they are shown."""


def put_face(
    paper: Paper,
    sites: Sequence[InjectionSite],
    x: float,
    y: float,
    *,
    width: float,
    view: FaceView,
    version: int,
) -> None:
    """Draw a view with the sites on it, its upper left corner at x, y."""
    height = face_height(width, view, version)
    name = _shared(paper, view, version)
    scale = number(width / FACE_WIDTH, 4)
    place = f"{number(x)} {number(PAGE_HEIGHT - y - height)}"
    paper.typesetter.write([f"q {scale} 0 0 {scale} {place} cm /{name} Do Q"])
    shown = [site for site in sites if site.view is view]
    radius = dot_radius(width, shown, view, version)
    with paper.pen.placed(x, y):
        for site in shown:
            draw_dot(paper.pen, site.x * width, site.y * height, radius, units=site.units, colors=LIGHT_FACE)


def _shared(paper: Paper, view: FaceView, version: int) -> str:
    """The name under which the page finds the empty face."""
    canvas: Any = paper.canvas
    document = canvas._doc
    name = f"face-{view.value}-{version}"
    if name not in paper.shared_drawings:
        paper.shared_drawings.add(name)
        box = PDFArray([0, 0, FACE_WIDTH, round(face_height(FACE_WIDTH, view, version), 2)])
        drawing, looks = _empty_face(view, version)
        entries = {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Form"),
            "BBox": box,
            "Resources": PDFDictionary({"ExtGState": looks}),
            "Filter": PDFName("FlateDecode"),
        }
        form: Any = PDFStream(PDFDictionary(entries), drawing, [])
        document.Reference(form, document.getXObjectName(name))
        document.addForm(name, form)
    if name not in canvas._formsinuse:
        canvas._formsinuse.append(name)
    return str(document.getXObjectName(name))


@lru_cache(maxsize=16)
def _empty_face(view: FaceView, version: int) -> tuple[bytes, PDFDictionary]:
    """What draws a face without points, compressed, and the opacities it names.

    Its origin is the lower left corner.
    """
    scratch = Canvas(io.BytesIO())
    typesetter = Typesetter(scratch)
    pen = CanvasPen(typesetter, 0, face_height(FACE_WIDTH, view, version))
    draw_face(pen, width=FACE_WIDTH, view=view, version=version)
    paper: Any = scratch
    looks: PDFDictionary = paper._extgstate.getState() or PDFDictionary({})
    return zlib.compress("\n".join(paper._code).encode("ascii")), looks
