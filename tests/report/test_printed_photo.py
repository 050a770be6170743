"""Photos on paper: passed through as they are, once, never distorted; a damaged one leaves a note."""

import io

import pikepdf

from dermlog.report.facts import ReportPhoto
from dermlog.report.paper import Paper
from dermlog.report.printed_photo import fitted, put_photo
from tests.report.reports import START, jpeg, make_facts, make_photo, pages_of


def _pdf(*photos: ReportPhoto, times: int = 1) -> bytes:
    paper = Paper(make_facts())
    for _time in range(times):
        paper.begin("Photos")
        for place, photo in enumerate(photos):
            put_photo(paper, fitted(photo, 100, 100), 40 + 110 * place, 200)
    return paper.finish()


def test_a_jpeg_goes_into_the_file_byte_for_byte() -> None:
    with pikepdf.open(io.BytesIO(_pdf(make_photo(START, 1)))) as document:
        (picture,) = document.pages[0].Resources.XObject.values()
        assert picture.read_raw_bytes() == jpeg(1)
        assert [str(name) for name in picture.Filter] == ["/DCTDecode"]
        assert (int(picture.Width), int(picture.Height)) == (300, 400)


def test_the_same_photo_is_kept_once() -> None:
    pdf = _pdf(make_photo(START, 1), make_photo(START, 1), make_photo(START, 2), times=2)
    assert pdf.count(jpeg(1)) == 1
    assert pdf.count(jpeg(2)) == 1


def test_a_page_names_only_its_own_photos() -> None:
    paper = Paper(make_facts())
    for seed in (1, 2):
        paper.begin("Photos")
        put_photo(paper, fitted(make_photo(START, seed), 100, 100), 40, 200)
    with pikepdf.open(io.BytesIO(paper.finish())) as document:
        assert [len(page.Resources.XObject) for page in document.pages] == [1, 1]


def test_a_photo_fits_without_distortion() -> None:
    tall = fitted(make_photo(START), 100, 100)
    assert (tall.width, tall.height) == (75, 100)
    wide = fitted(make_photo(START, 0, 400, 200), 100, 100)
    assert (wide.width, wide.height) == (100, 50)


def test_a_damaged_photo_leaves_a_note() -> None:
    (page,) = pages_of(
        _pdf(ReportPhoto(START, 0, b"no picture", 300, 400), ReportPhoto(START, 0, b"", 300, 400))
    )
    assert page.count("This photo cannot be printed.") == 2
