"""The report as it will be printed, and the way to a file: whole, or a sentence and nothing left behind."""

import errno
import io
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dermlog.errors import NotPrinted
from dermlog.logbook import Logbook
from dermlog.logbook.printed_report import print_report, write_file
from tests.makers import make_logbook, make_patient
from tests.report.reports import facts_of_the_pictures

pytestmark = pytest.mark.usefixtures("qapp")
PDF = b"%PDF-1.7 some bytes"


def test_a_printed_report_knows_its_pages() -> None:
    report = print_report(facts_of_the_pictures())
    assert len(report.pages) == len(report.texts) == 3
    assert report.unprintable == ()
    assert report.picture(0, 36).width == 298


def test_characters_without_a_font_are_told() -> None:
    facts = facts_of_the_pictures()
    odd = replace(facts, patient=replace(facts.patient, family_name="A\U0010fffd"))
    assert print_report(odd).unprintable == ("\U0010fffd",)


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "Report.pdf"
    write_file(PDF, path)
    write_file(PDF + b"!", path)
    assert path.read_bytes() == PDF + b"!"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["Bericht für Ärztin.pdf", "报告.pdf", "x" * 200 + ".pdf", "no suffix"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    write_file(PDF, tmp_path / name)
    assert (tmp_path / name).read_bytes() == PDF


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotPrinted, match="its folder does not exist"):
        write_file(PDF, tmp_path / "none" / "Report.pdf")


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "Report.pdf").mkdir()
    with pytest.raises(NotPrinted, match=r"“Report\.pdf” could not be written"):
        write_file(PDF, tmp_path / "Report.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["Report.pdf"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "Close it in other programs"),
        (errno.EROFS, "choose another folder"),
        (errno.EIO, "the disk or drive had an error"),
    ],
)
def test_what_went_wrong_is_said_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    path = tmp_path / "Report.pdf"
    path.write_bytes(b"yesterday's")

    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotPrinted, match=words):
        write_file(PDF, path)
    assert path.read_bytes() == b"yesterday's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_as_open_to_others_as_its_folder_wants(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    write_file(PDF, tmp_path / "Report.pdf")
    if sys.platform != "win32":
        modes = {stat.S_IMODE(path.stat().st_mode) for path in (plain, tmp_path / "Report.pdf")}
        assert len(modes) == 1


@pytest.fixture
def logbook(tmp_path: Path) -> Logbook:
    """A logbook with one patient without visits."""
    made = make_logbook(tmp_path)
    made.patients.save(make_patient(chart_number="DL-1"))
    return made


def test_the_logbook_writes_the_report_of_a_patient(logbook: Logbook, tmp_path: Path) -> None:
    patient = logbook.patients.by_chart_number("DL-1")
    assert patient is not None
    path = tmp_path / "out.pdf"
    logbook.save_report(patient.id, path)
    assert path.read_bytes() == logbook.report_pdf(patient.id)
    with pytest.raises(NotPrinted, match="folder does not exist"):
        logbook.save_report(patient.id, tmp_path / "none" / "out.pdf")
    logbook.close()


def test_a_pdf_is_a_pdf() -> None:
    assert io.BytesIO(print_report(facts_of_the_pictures()).pdf).read(5) == b"%PDF-"
