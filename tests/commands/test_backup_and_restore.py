"""dermlog backup and dermlog restore: there and back, locked and not, and every refusal in a sentence."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from dermlog.__main__ import main
from dermlog.domain.clinic import Clinic
from dermlog.domain.recovery import RecoveryCode
from dermlog.logbook import Logbook, unlock_with_code
from tests.makers import DOCTOR, NURSE, make_patient


def test_there_and_back(written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logbook = Path(shutil.copy(written, tmp_path / "Clinic.dermlog"))
    stick = tmp_path / "stick"
    stick.mkdir()
    assert main(["backup", str(logbook), "--to", str(stick)]) == 0
    assert "Written and read back: " in capsys.readouterr().out
    assert not (tmp_path / "Clinic backups").exists()
    new = tmp_path / "new" / "Clinic.dermlog"
    new.parent.mkdir()
    assert main(["restore", str(stick), "--to", str(new)]) == 0
    said = capsys.readouterr().out
    assert "from Clinic.dermlog" in said
    assert "Restored and proven: " in said
    with Logbook.open(new) as again:
        assert again.check().ok
        assert len(again.patients.search("").rows) == 4
    assert main(["restore", str(stick), "--to", str(new)]) == 0
    assert "is set aside as “Clinic (set aside " in capsys.readouterr().out


def test_everything_in_one_file(written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logbook = Path(shutil.copy(written, tmp_path / "Clinic.dermlog"))
    stick = tmp_path / "stick"
    stick.mkdir()
    assert main(["backup", str(logbook), "--everything", "--to", str(stick)]) == 0
    copy = Path(capsys.readouterr().out.strip().removeprefix("Written and read back: "))
    with Logbook.open(copy) as again:
        assert again.check().ok
    assert main(["backup", str(logbook), "--everything"]) == 2


def test_a_locked_logbook_goes_and_comes_with_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, path = RecoveryCode.new(), tmp_path / "Clinic.dermlog"
    words = {DOCTOR.id: "a long pass phrase"}
    with Logbook.create_locked(path, Clinic(name="Skin"), [DOCTOR, NURSE], words, code) as made:
        made.patients.save(make_patient(family_name="Okafor"))
    monkeypatch.setattr("sys.stdin", io.StringIO(code.text + "\n"))
    assert main(["backup", str(path), "--to", str(tmp_path)]) == 0
    path.unlink()
    path.with_name(path.name + "-keys").unlink()
    monkeypatch.setattr("sys.stdin", io.StringIO(RecoveryCode.new().text + "\n"))
    assert main(["restore", str(tmp_path), "--to", str(path)]) == 1
    assert not path.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO(code.text + "\n"))
    capsys.readouterr()
    assert main(["restore", str(tmp_path), "--to", str(path)]) == 0
    assert "Restored and proven" in capsys.readouterr().out
    key = unlock_with_code(path, code.text).key
    with Logbook.open(path, key=key) as again:
        assert len(again.patients.search("okafor").rows) == 1


def test_refusals_are_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", str(tmp_path), "--to", str(tmp_path / "Clinic.dermlog")]) == 1
    assert "There is no backup in " in capsys.readouterr().err
    assert main(["backup", str(tmp_path / "None.dermlog")]) == 1
    assert "is not there" in capsys.readouterr().err
