"""Lists as other systems write them, and fifty that are none or mean harm: read, or refused in a sentence."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dermlog.domain.patient_list import ListFault, ListMapping, ListReading
from dermlog.errors import ListNotRead
from dermlog.logbook import Logbook
from dermlog.logbook.list_file import guess_encoding, guess_separator, read_list
from tests.makers import make_logbook

HEADER = "Chart number;Family name;Given name;Date of birth"
LINE = "1;Müller;Änne;04.02.1997"
PLAIN = f"{HEADER}\r\n{LINE}\r\n"


def listed(folder: Path, content: bytes) -> Path:
    """A file with this content."""
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("latin-1", "cp1252"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str, found: str) -> None:
    table = read_list(listed(tmp_path, PLAIN.encode(encoding)))
    assert table.encoding == found
    assert table.lines[1].cells == ("1", "Müller", "Änne", "04.02.1997")


def test_another_encoding_can_be_chosen(tmp_path: Path) -> None:
    path = listed(tmp_path, "n;Имя\n1;Ольга\n".encode("cp1251"))
    assert read_list(path).lines[1].cells[1] != "Ольга"
    assert read_list(path, encoding="cp1251").lines[1].cells[1] == "Ольга"
    assert read_list(path, encoding="cp1251", separator=",").lines[1].cells == ("1;Ольга",)


def test_an_encoding_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListNotRead) as refused:
        read_list(listed(tmp_path, PLAIN.encode("cp1252")), encoding="utf-8-sig")
    assert refused.value.fault is ListFault.WRONG_ENCODING


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(tmp_path: Path, separator: str) -> None:
    text = "\n".join(
        separator.join(cells) for cells in (("a", "b", "c"), ('"x, y; z"', "1", "2"), ("p", "q", "r"))
    )
    table = read_list(listed(tmp_path, text.encode()))
    assert table.separator == separator
    assert {len(line.cells) for line in table.lines} == {3}


def test_a_first_line_may_say_the_separator(tmp_path: Path) -> None:
    table = read_list(listed(tmp_path, b"sep=;\r\na,b;c\r\n1,2;3\r\n"))
    assert [(line.number, line.cells) for line in table.lines] == [(2, ("a,b", "c")), (3, ("1,2", "3"))]


def test_lines_are_counted_as_in_the_file(tmp_path: Path) -> None:
    table = read_list(listed(tmp_path, b'a,b\n"one\ntwo\nthree",x\n\nlast,y\n'))
    assert [line.number for line in table.lines] == [1, 2, 6]


def test_one_column_has_no_separator() -> None:
    assert guess_separator("Berg\nAhl\n") == ","
    assert guess_encoding(b"abc") == "utf-8-sig"


_CHANCE = random.Random(50)  # noqa: S311
HOSTILE: list[bytes] = [
    *(
        b"",
        b"\n\n\n",
        b" \t\r\n",
        b"\xef\xbb\xbf",
        b"\x00" * 100,
        b"\xff\xfe",
        b"\xff\xfe\x00",
        b",,,,\n,,,,\n",
    ),
    *(b"PK\x03\x04" + _CHANCE.randbytes(3000), b"%PDF-1.7\n" + _CHANCE.randbytes(3000)),
    *(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + _CHANCE.randbytes(3000),
        b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 900,
    ),
    *(b"SQLite format 3\x00" + b"\x00" * 900, b"\xff\xd8\xff\xe0" + _CHANCE.randbytes(3000)),
    *(_CHANCE.randbytes(2000), _CHANCE.randbytes(20), b"\x7fELF" + _CHANCE.randbytes(2000)),
    *(b'a,b\n"never closed, and on\nand on\n' * 3, b'"' * 5000, b'""""""\n"a"b"c",d\n', b"'" * 3000),
    *(b"a," * 100_000 + b"\n", b"x" * 2_000_000, b'a,b\n"' + b"x" * 1_500_000 + b'",1\n', b"\n" * 500_000),
    *(b"\r" * 5000, b"a\rb\rc\rd\r", b"a,b\r\n1,2\n3,4\r5,6\n\r7,8", b"\x1a\x1a\x1a"),
    *(b"=cmd|' /C calc'!A0,b\n1,2\n", b"a,b\n=HYPERLINK(1),@SUM(1)\n", b"a,b\n'=1+1,'+2\n"),
    *("n;a\n1;\ud800x\n".encode("utf-8", "surrogatepass"), "n;a\n1;\u202eevil\u202c\n".encode()),
    *("n;a\n1;\u0000zero\n".encode(), "n;a\n1;bell\u0007\n".encode(), "n;a\n1;\ufffe\uffff\n".encode()),
    *("n;a\n1;" + "\u0301" * 500 + "\n").encode().split(b"@"),
    *(b"n;a\n1;<img src=x onerror=1>\n", b"n;a\n1;'); DROP TABLE patient; --\n"),
    *(
        b"n;a\n1;../../../etc/passwd\n",
        b"n;a\n1;%s%s%n{0}{name}\n",
        b"n;a\n1;\\N\n",
        b"sep=\n1;2\n",
        b"sep=xyz\n",
    ),
    *(b"n;a\n1;a\n1;a\n1;a\n", b"Family name;Family name;Family name\na;b;c\n", b"\xc0\xaf;\xc0\x80\n1;2\n"),
    *(b"\xed\xa0\x80;a\n1;2\n", b"n;a\n" + b"1;x\n" * 100_001, PLAIN.encode("utf-7"), PLAIN.encode("cp037")),
    *(
        PLAIN.encode("utf-16")[:-1],
        PLAIN.encode("utf-16-le")[1:],
        b"\xff\xfe\x00\x00" + b"\x00\x00\x11\x00" * 9,
    ),
]


@pytest.fixture(scope="module")
def logbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """One logbook that every hostile list is shown to."""
    made = make_logbook(tmp_path_factory.mktemp("clinic"))
    yield made
    made.close()


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_list_is_read_or_refused_and_harms_nothing(
    logbook: Logbook, tmp_path: Path, number: int
) -> None:
    lists = logbook.patient_lists
    path = listed(tmp_path, HOSTILE[number])
    reading: ListReading | None = None
    try:
        table = lists.read(path)
        guessed = lists.guess(table)
        small = ListMapping(dict(list(guessed.columns.items())[:8]), guessed.date_order, number_on=True)
        reading = lists.reading(table, small)
        lists.compare(reading)
    except ListNotRead as error:
        assert error.fault is not None
        assert error.sentence.endswith(".")
        assert "list.csv" in error.sentence
    assert logbook.patients.count() == 0
    if reading is not None and reading.patients:
        done = lists.add(reading.patients[:5], source="list.csv") if _are_apart(reading) else None
        assert done is None or logbook.patients.count() == done.added
        if done is not None:
            lists.take_back(done)
    assert logbook.check().ok


def _are_apart(reading: ListReading) -> bool:
    numbers = [one.patient.chart_number for one in reading.patients[:5] if not one.needs_number]
    return len(set(numbers)) == len(numbers)


def test_there_are_at_least_fifty() -> None:
    assert len(HOSTILE) >= 50


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (lambda path: path, ListFault.UNREADABLE),
        (lambda path: (path.mkdir(), path)[1], ListFault.UNREADABLE),
        (lambda path: (path.write_bytes(b""), path)[1], ListFault.EMPTY),
        (lambda path: (path.write_bytes(b"\n\n,\n"), path)[1], ListFault.NO_LINES),
        (lambda path: (path.write_bytes(b"a;b\n" * 100_001), path)[1], ListFault.TOO_MANY_LINES),
        (lambda path: (path.write_bytes(b"\x00\x01\x02" * 99), path)[1], ListFault.NOT_TEXT),
    ],
)
def test_what_is_no_list_is_said(tmp_path: Path, make: Callable[[Path], Path], fault: ListFault) -> None:
    with pytest.raises(ListNotRead) as refused:
        read_list(make(tmp_path / "list.csv"))
    assert refused.value.fault is fault
