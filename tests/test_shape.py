"""The shape of the program: who may import whom, and the few habits that every file keeps."""

import ast
import enum
import importlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
FOLDERS = ("src", "tests", "packaging")
LONGEST_FILE = 400
CLOSED_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "logic", "core"}
SPEAKING_ROOMS = {
    *("ui", "report", "commands", "app.py", "__main__.py"),
    *("wording.py", "errors.py", "naming.py", "sentences.py", "file_sentences.py", "course_words.py"),
    *(
        "amendment_words.py",
        "backup_sentences.py",
        "leaving_sentences.py",
        "key_sentences.py",
        "erasing_sentences.py",
        "list_sentences.py",
        "chain_sentences.py",
        "history_words.py",
        "history_values.py",
        "activity_words.py",
    ),
}
# In halves, so that this file does not find itself.
UNFINISHED = re.compile("|".join(a + b for a, b in (("TO", "DO"), ("FIX", "ME"), ("NotImpl", "emented"))))
# A system that cannot do the thing at all is the one reason to stand aside.
UNTESTED = re.compile(
    r"pytest\.(skip|mark\.skip(?!if\((os\.name|sys\.platform))|mark\.xfail|xfail|import" + "orskip)"
)


def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _nodes(*folders: str) -> Iterator[tuple[str, ast.AST]]:
    """Each piece of syntax of each file, with the place to name when it is wrong."""
    for path in _files(*folders):
        name = _name(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield f"{name}:{getattr(node, 'lineno', 1)}", node


def _room(place: str) -> str:
    return place.removeprefix("src/dermlog/").split("/")[0].split(":")[0]


def _room_file(place: str) -> str:
    return place.rsplit("/", maxsplit=1)[-1]


def test_the_rooms_keep_their_contracts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))
    # The linter sets up logging for itself and switches off every logger that stands: ours must go on.
    monkeypatch.setattr("logging.config.dictConfig", lambda _config: None)
    kept = lint_imports(config_filename=os.fspath(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0
    assert kept, capsys.readouterr().out


def test_each_file_says_first_what_it_is_for() -> None:
    silent = [
        _name(path)
        for path in _files(*FOLDERS)
        if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""')) and path.stat().st_size
    ]
    assert not silent


def test_no_file_is_empty_but_has_a_reason() -> None:
    assert not [_name(path) for path in _files("src") if not path.stat().st_size]


def test_files_stay_small() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _files(*FOLDERS)}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_FILE}


def test_no_drawer_for_odds_and_ends_is_opened() -> None:
    names = {_name(path): set(path.relative_to(ROOT).with_suffix("").parts) for path in _files("src")}
    assert not [name for name, parts in names.items() if parts & CLOSED_DRAWERS]


def test_nothing_is_left_unfinished() -> None:
    assert not [
        _name(path) for path in _files(*FOLDERS) if UNFINISHED.search(path.read_text(encoding="utf-8"))
    ]


def test_no_test_stands_aside() -> None:
    assert not [_name(path) for path in _files("tests") if UNTESTED.search(path.read_text(encoding="utf-8"))]


def test_nothing_is_imported_by_star() -> None:
    assert not [
        place
        for place, node in _nodes(*FOLDERS)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    imported = [
        (place, name)
        for place, node in _nodes("src/dermlog/domain")
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    ]
    assert not [
        (place, name)
        for place, name in imported
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("dermlog.domain")
    ]


def test_the_domain_has_no_clock() -> None:
    clocks = {"now", "today", "utcnow", "time_ns", "monotonic"}
    # An identity begins with the moment it was made in, and nobody reads it from there.
    assert not [
        place
        for place, node in _nodes("src/dermlog/domain")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in clocks
        if _room_file(place).split(":")[0] != "identity.py"
    ]


def test_only_the_rooms_that_speak_to_people_translate() -> None:
    translating = [
        place
        for place, node in _nodes("src/dermlog")
        if isinstance(node, ast.ImportFrom)
        and node.module in ("dermlog.wording", "gettext")
        and any(alias.name in ("_", "gettext", "ngettext") for alias in node.names)
    ]
    assert not [place for place in translating if _room(place) not in SPEAKING_ROOMS]


def test_messages_are_whole_sentences_that_a_translator_can_find() -> None:
    """`_(f"{n} visits")` and `_(name)` reach no catalogue."""
    hidden = []
    for place, node in _nodes("src/dermlog"):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            spoken = {"_": node.args[:1], "ngettext": node.args[:2]}.get(node.func.id, [])
            if any(not (isinstance(arg, ast.Constant) and isinstance(arg.value, str)) for arg in spoken):
                hidden.append(place)
    assert not hidden


def test_no_text_is_read_as_markup_on_paper() -> None:
    """reportlab's Paragraph takes `<b>` in a name for an order; typesetting prints what was typed."""
    reading = {"Paragraph", "XPreformatted"}
    named = [
        (place, name)
        for place, node in _nodes("src/dermlog")
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else [])
        + ([node.attr] if isinstance(node, ast.Attribute) else [])
    ]
    assert not [(place, name) for place, name in named if name in reading]


def test_pikepdf_is_known_to_report_alone() -> None:
    """A contract can protect only what is imported somewhere, and pikepdf need not be."""
    assert not [
        place
        for place, node in _nodes("src/dermlog")
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (getattr(node, "module", None) or "", *(alias.name for alias in node.names))
        if name.split(".")[0] == "pikepdf" and _room(place) != "report"
    ]


def test_on_paper_only_typesetting_knows_qt_and_it_knows_no_widget() -> None:
    """The contract of the rooms cannot name files by their beginning; this can."""
    qt = [
        (place, node.module)
        for place, node in _nodes("src/dermlog/report")
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6")
    ]
    assert not [place for place, _module in qt if not _room_file(place).startswith("typesetting")]
    assert {module for _place, module in qt} <= {"PySide6.QtCore", "PySide6.QtGui"}


def _qt_classes(tree: ast.Module) -> dict[str, object]:
    return {
        alias.asname or alias.name: getattr(importlib.import_module(node.module), alias.name, None)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("PySide6.")
        for alias in node.names
    }


def test_qt_enums_are_written_in_full() -> None:
    """`Qt.AlignLeft` is looked up at run time in every enum of Qt, and no type checker knows it."""
    short = []
    for path in _files("src/dermlog/ui", "tests"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = _qt_classes(tree)
        short += [
            f"{_name(path)}:{node.lineno} {node.value.id}.{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and isinstance(getattr(classes.get(node.value.id), node.attr, None), enum.Enum)
        ]
    assert not short


def test_no_window_turns_the_event_loop_by_hand() -> None:
    assert not [
        place
        for place, node in _nodes("src/dermlog/ui")
        if isinstance(node, ast.Attribute) and node.attr == "processEvents"
    ]


def test_pinned_requirements_name_no_address_and_no_machine() -> None:
    pinned = [(path.name, path.read_text(encoding="utf-8")) for path in (ROOT / "requirements").glob("*.txt")]
    assert {name for name, _text in pinned} == {"run.txt", "dev.txt"}
    assert not [name for name, text in pinned if re.search(r"://|^-|(?<![\w#]) /\w", text, re.MULTILINE)]
    unhashed = re.compile(r"^[a-z0-9-]+==[^\n]*[^\\\n]$", re.MULTILINE)
    assert not [name for name, text in pinned if unhashed.search(text)]
