"""The face map on paper: the empty face is in the file once, every map shows it with its own points."""

import io

import pikepdf

from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView
from dermlog.report.paper import Paper
from dermlog.report.printed_face import put_face
from tests.report.pages import picture
from tests.report.reports import make_facts, make_sites, pages_of


def _pdf(*views: FaceView, points: int = 3) -> bytes:
    paper = Paper(make_facts())
    paper.begin("Maps")
    for place, view in enumerate(views):
        sites = make_sites(points, "2.5", FaceView.FRONT)
        put_face(paper, sites, 40 + 60 * place, 150, width=400, view=view, version=FACE_MAP_VERSION)
    return paper.finish()


def test_one_view_is_drawn_once_however_often_it_is_shown() -> None:
    with pikepdf.open(io.BytesIO(_pdf(FaceView.FRONT, FaceView.FRONT, FaceView.LEFT))) as document:
        drawings = [
            stream for stream in document.pages[0].Resources.XObject.values() if stream.Subtype == "/Form"
        ]
        assert len(drawings) == 2
        assert all("/ExtGState" in drawing.Resources for drawing in drawings)


def test_only_the_sites_of_a_view_are_on_it() -> None:
    (front,) = pages_of(_pdf(FaceView.FRONT))
    (left,) = pages_of(_pdf(FaceView.LEFT))
    assert front.count("2.5") == 3
    assert "2.5" not in left


def test_the_face_can_be_seen() -> None:
    image = picture(_pdf(FaceView.FRONT, points=0))
    face = image.crop((40, 150, 440, 600))
    colours = face.getcolors(100_000) or []
    assert len(colours) > 50
