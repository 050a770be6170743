"""The proposed name: no sign that a file system refuses, no name of a patient."""

from datetime import date

import pytest

from dermlog.ui.report.file_name import proposed_name

DAY = date(2026, 10, 2)


@pytest.mark.parametrize(
    ("chart_number", "name"),
    [
        ("DL-0142", "Report DL-0142 2026-10-02.pdf"),
        ('a/b\\c:d*e?f"g<h>i|j', "Report a-b-c-d-e-f-g-h-i-j 2026-10-02.pdf"),
        ("../../etc", "Report etc 2026-10-02.pdf"),
        ("Ä 12", "Report Ä-12 2026-10-02.pdf"),
        ("...", "Report 2026-10-02.pdf"),
        ("x" * 200, f"Report {'x' * 60} 2026-10-02.pdf"),
    ],
)
def test_a_name_is_safe_everywhere(chart_number: str, name: str) -> None:
    assert proposed_name(chart_number, DAY) == name
