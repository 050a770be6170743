"""F40, F49: logs hold ids, counts and codes; nothing typed is logged, traced, or opened as an address."""

from __future__ import annotations

import ast
import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from dermlog.errors import DermlogError
from dermlog.logbook import Logbook
from dermlog.ui.kit import crash
from tests.makers import NURSE, StillClock, make_draft, make_logbook, make_patient, make_visit

SOURCE = Path(__file__).parents[1] / "src" / "dermlog"
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
MARK = "Zwetschgenbaum"


@cache
def calls() -> tuple[tuple[str, ast.Call, str, str], ...]:
    """Every call of a method in the source: where, the call, on what, and its name."""
    return tuple(_calls())


def _calls() -> Iterator[tuple[str, ast.Call, str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                on = ast.unparse(node.func.value)
                yield f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}", node, on, node.func.attr


def test_log_lines_are_fixed_words_with_codes() -> None:
    """The words are a constant; what is put into them is a number, a code, or the name of a kind of error."""
    wrong = []
    for place, call, on, name in calls():
        if on not in {"log", "logging", "logger", "_log"} or name not in LEVELS:
            continue
        words = call.args[0] if call.args else None
        constant = isinstance(words, ast.Constant) and isinstance(words.value, str)
        told = [ast.unparse(given) for given in call.args[1:]]
        # The text of an error, and a traceback, may hold what somebody typed.
        fine = all(value not in {"error", "str(error)", "repr(error)"} for value in told)
        if not (constant and fine and not call.keywords and name != "exception"):
            wrong.append(f"{place} {ast.unparse(call)}")
    assert not wrong


def test_no_statement_is_traced() -> None:
    tracing = {"set_trace_callback", "set_trace", "profile"}
    assert not [place for place, _call, _on, name in calls() if name in tracing]


def test_only_files_that_dermlog_wrote_are_opened() -> None:
    """F40: an address in a note is text; nothing but a path of this computer is handed to the system."""
    opened = [(place, call) for place, call, _on, name in calls() if name == "openUrl"]
    assert opened
    for place, call in opened:
        assert ast.unparse(call.args[0]).startswith("QUrl.fromLocalFile("), place


def test_no_label_follows_a_link() -> None:
    names = {"setOpenExternalLinks", "QTextBrowser"}
    assert not [place for place, _call, _on, name in calls() if name in names]


def test_a_day_of_work_logs_no_word_of_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    clock = StillClock()
    folder = tmp_path / MARK
    folder.mkdir()
    with make_logbook(folder, clock=clock) as logbook:
        patient = make_patient(family_name=MARK, note=MARK, phone=MARK, chart_number=MARK)
        logbook.patients.save(patient)
        logbook.visits.save(make_visit(patient, note=MARK))
        logbook.drafts.save(make_draft(patient, content=f'{{"note": "{MARK}"}}'))
        logbook.patients.search(f'{MARK}" OR (')
        logbook.act_as(NURSE.id)
        with pytest.raises(DermlogError):
            logbook.clinic.save(logbook.clinic.get())
        logbook.backups.back_up(force=True)
        clock.move(timedelta(days=-2))
        path = logbook.path
    with pytest.raises(DermlogError):
        Logbook.open(path.with_name(f"{MARK}.dermlog"))
    assert MARK not in caplog.text


def test_a_crash_is_logged_by_its_kind_and_place(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(f"cannot read {MARK}")
    except ValueError:
        kind, _error, trace = sys.exc_info()
    assert kind is not None
    crash.write_to_log(kind, trace)
    assert "unexpected ValueError at test_no_values_in_logs.py:" in caplog.text
    assert MARK not in caplog.text
