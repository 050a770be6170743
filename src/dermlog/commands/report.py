"""dermlog report LOGBOOK --patient CHART_NUMBER --out FILE.pdf: write the progress report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.commands.unlocking import locked_help, opened
from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.wording import _


def run(arguments: Sequence[str]) -> int:
    """Open, find the patient, write the PDF, put on record that it was."""
    options = parser("report", _("Write the progress report of one patient as PDF."), locked_help())
    options.add_argument("logbook", type=Path, metavar="LOGBOOK")
    options.add_argument("--patient", required=True, metavar="CHART_NUMBER")
    options.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    chosen = options.parse_args(arguments)
    if chosen.out.is_dir() or chosen.out.suffix.lower() != ".pdf":
        # Anything else might be the logbook itself, or a photo: it would be replaced.
        options.error(_("--out must name a file that ends in .pdf"))
    try:
        logbook = opened(chosen.logbook, taking_out=True)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    try:
        return _write(logbook, chosen.patient, chosen.out)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    finally:
        logbook.close()


def _write(logbook: Logbook, chart_number: str, out: Path) -> int:
    patient = logbook.patients.by_chart_number(chart_number)
    if patient is None:
        complain(_("No patient has the chart number {number}.").format(number=chart_number))
        return COULD_NOT
    missing = logbook.report_unprintable(patient.id)
    if missing:
        complain(
            _("No font on this PC has these characters; they print as boxes: {characters}").format(
                characters=" ".join(missing)
            )
        )
    logbook.save_report(patient.id, out)
    say(_("Report written to {path}").format(path=out))
    return DONE
