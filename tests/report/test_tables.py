"""Tables over pages: headings again on each page, long cells split, nothing lost."""

import re

from dermlog.report.paper import Paper
from dermlog.report.tables import Cell, Column, Row, draw_table
from tests.report.reports import make_facts, pages_of

COLUMNS = (Column("Day", 80), Column("Words"), Column("Units", 50, end=True))


def _pages(*rows: Row) -> list[str]:
    paper = Paper(make_facts())
    paper.begin("Table")
    draw_table(paper, COLUMNS, rows)
    return pages_of(paper.finish())


def _row(day: str, words: str = "some", remark: str = "") -> Row:
    return Row((Cell(day), Cell(words, detail="small"), Cell("2.5")), remark)


def test_a_short_table_stands_on_one_page() -> None:
    (page,) = _pages(_row("one"), _row("two", remark="a remark"))
    for words in ("Day", "Words", "Units", "one", "two", "a remark", "small", "2.5"):
        assert words in page


def test_the_headings_come_again_on_each_page() -> None:
    pages = _pages(*(_row(f"row{number:03}") for number in range(90)))
    assert len(pages) == 4
    assert all("Day" in page and "Units" in page for page in pages)
    found = [row for page in pages for row in re.findall(r"row\d{3}", page)]
    assert found == [f"row{number:03}" for number in range(90)]


def test_a_row_is_not_torn_apart_when_it_fits_a_page() -> None:
    rows = [_row(f"row{number:03}") for number in range(24)]
    tall = _row("tall", " ".join(f"w{number}" for number in range(400)))
    pages = _pages(*rows, tall)
    assert [page for page in pages if "w399" in page] == [page for page in pages if "w0 " in page]


def test_a_cell_longer_than_a_page_goes_on_without_loss() -> None:
    words = [f"w{number}." for number in range(6000)]
    pages = _pages(_row("long", " ".join(words)))
    assert len(pages) > 2
    assert all("Day" in page for page in pages)
    assert re.findall(r"w\d+\.", " ".join(pages)) == words


def test_a_remark_longer_than_a_page_goes_on_without_loss() -> None:
    words = [f"w{number}." for number in range(6000)]
    pages = _pages(_row("long", remark="Note: " + " ".join(words)), _row("after"))
    assert re.findall(r"w\d+\.", " ".join(pages)) == words
    assert "after" in pages[-1]
