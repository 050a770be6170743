"""Each fact of an export is looked at before anything is imported: one wrong one, and nothing is."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dermlog.domain.leaving import LeavingFault, PhotoChoice
from dermlog.errors import LeavingNotDone
from dermlog.logbook import Logbook, import_export
from tests.logbook.leaving_scene import changed_folder, document_of, write_document

Change = Callable[[dict[str, Any]], None]


def _set(*place: str, value: object) -> Change:
    def change(document: dict[str, Any]) -> None:
        part: Any = document
        for name in place[:-1]:
            part = part[int(name)] if isinstance(part, list) else part[name]
        part[place[-1]] = value

    return change


def _drop_a_noun(document: dict[str, Any]) -> None:
    del document["records"]["visit"]


CHANGES: dict[str, tuple[Change, LeavingFault]] = {
    "newer": (_set("version", value=99), LeavingFault.NEWER),
    "noun missing": (_drop_a_noun, LeavingFault.NOT_VALID),
    "pictures no list": (_set("pictures", value={}), LeavingFault.NOT_VALID),
    "left out no table": (_set("left_out", value=[]), LeavingFault.NOT_VALID),
    "records no list": (_set("records", "patient", value={}), LeavingFault.NOT_VALID),
    "history neither yes nor no": (_set("history", value=1), LeavingFault.NOT_VALID),
    "scope of no kind": (_set("scope", value="some"), LeavingFault.NOT_VALID),
    "name too long": (_set("made_by", value="x" * 401), LeavingFault.NOT_VALID),
    "fewer than none left out": (_set("left_out", "photos", value=-1), LeavingFault.NOT_VALID),
    "role of no kind": (_set("records", "staff", "0", "role", value="emperor"), LeavingFault.NOT_VALID),
    "other name than digested": (
        _set("records", "patient", "0", "family_name", value="Somebody"),
        LeavingFault.INCOMPLETE,
    ),
}


@pytest.fixture(scope="module")
def sound(leaving_clinic: Logbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything but the pictures, which take their time."""
    target = tmp_path_factory.mktemp("values") / "everything"
    leaving_clinic.leaving.export_everything(
        target, as_zip=False, reports=False, photos=PhotoChoice.NONE, plain_file=False
    )
    return target


def _refused(source: Path, target: Path) -> LeavingFault | None:
    with pytest.raises(LeavingNotDone) as caught:
        import_export(source, target)
    assert not target.exists()
    return caught.value.fault


@pytest.mark.parametrize("name", CHANGES)
def test_a_wrong_fact_is_refused(sound: Path, tmp_path: Path, name: str) -> None:
    change, fault = CHANGES[name]
    with changed_folder(sound, tmp_path / "copy") as folder:
        document = document_of(folder)
        change(document)
        write_document(folder, document)
    assert _refused(tmp_path / "copy", tmp_path / "New.dermlog") is fault


def test_a_line_of_the_history_about_a_table_of_no_kind_is_refused(sound: Path, tmp_path: Path) -> None:
    with changed_folder(sound, tmp_path / "copy") as folder:
        part = folder / "history" / "change-0001.jsonl"
        first, *others = part.read_text(encoding="utf-8").splitlines()
        line = json.dumps(json.loads(first) | {"table": "weather"})
        part.write_text("\n".join([line, *others]) + "\n", encoding="utf-8")
    assert _refused(tmp_path / "copy", tmp_path / "New.dermlog") is LeavingFault.NOT_VALID


def test_a_history_that_is_gone_is_noticed(sound: Path, tmp_path: Path) -> None:
    with changed_folder(sound, tmp_path / "copy") as folder:
        for part in (folder / "history").glob("change-*.jsonl"):
            part.unlink()
    assert _refused(tmp_path / "copy", tmp_path / "New.dermlog") is LeavingFault.INCOMPLETE
