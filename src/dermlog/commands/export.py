"""dermlog export LOGBOOK --to FOLDER-OR-ZIP [--patient CHART_NUMBER]: take records out in open formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dermlog.commands import COULD_NOT, DONE
from dermlog.commands.terminal import complain, parser, say
from dermlog.commands.unlocking import locked_help, opened
from dermlog.domain.leaving import Exported, PhotoChoice
from dermlog.errors import DermlogError
from dermlog.leaving_sentences import left_out_sentences
from dermlog.logbook import Logbook
from dermlog.wording import _, ngettext


def run(arguments: Sequence[str]) -> int:
    """Write everything, or one patient; a name that ends in .zip is a ZIP, any other a folder."""
    options = parser(
        "export", _("Take all records, or those of one patient, out in open formats."), locked_help()
    )
    options.add_argument("logbook", type=Path, metavar="LOGBOOK")
    options.add_argument("--to", type=Path, required=True, metavar="FOLDER-OR-FILE.zip")
    options.add_argument("--patient", metavar="CHART_NUMBER")
    options.add_argument(
        "--clean-photos", action="store_true", help=_("photos as new copies without place and camera")
    )
    options.add_argument("--no-reports", action="store_true", help=_("without the printed reports"))
    chosen = options.parse_args(arguments)
    try:
        # Not for viewing only: the access log has to tell of it. In a file that cannot be written it cannot.
        logbook = opened(chosen.logbook, viewing=False)
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    try:
        exported = _export(
            logbook, chosen.to, chosen.patient, cleaned=chosen.clean_photos, reports=not chosen.no_reports
        )
    except DermlogError as error:
        complain(error.sentence)
        return COULD_NOT
    finally:
        logbook.close()
    if exported is None:
        complain(_("No patient has the chart number {number}.").format(number=chosen.patient))
        return COULD_NOT
    say(
        ngettext("{n} patient written to {path}", "{n} patients written to {path}", exported.patients).format(
            n=exported.patients, path=exported.path
        )
    )
    for sentence in left_out_sentences(exported):
        say(sentence)
    return DONE


def _export(
    logbook: Logbook, target: Path, chart_number: str | None, *, cleaned: bool, reports: bool
) -> Exported | None:
    as_zip = target.suffix.lower() == ".zip"
    if chart_number is None:
        photos = PhotoChoice.CLEANED if cleaned else PhotoChoice.AS_THEY_CAME
        return logbook.leaving.export_everything(target, as_zip=as_zip, photos=photos, reports=reports)
    patient = logbook.patients.by_chart_number(chart_number)
    if patient is None:
        return None
    return logbook.leaving.export_patient(patient.id, target, as_zip=as_zip, reports=reports)
