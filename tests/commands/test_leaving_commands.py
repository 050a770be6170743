"""dermlog export and dermlog import as a person calls them."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from dermlog.__main__ import main
from dermlog.commands import COULD_NOT, DONE
from dermlog.logbook import Logbook, is_locked, people_of, unlock, unlock_with_code

Said = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("qapp")


def call(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def sample(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample: the access log of it grows."""
    copy = tmp_path_factory.mktemp("copy") / "Sample.dermlog"
    shutil.copyfile(written, copy)
    return copy


def test_everything_goes_out_and_comes_back(
    sample: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, new = tmp_path / "all.zip", tmp_path / "New.dermlog"
    assert call("export", sample, "--to", target, "--no-reports") == DONE
    assert capsys.readouterr().out == f"4 patients written to {target}\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("quiet blue heron 42\n"))
    assert call("import", target, "--to", new) == DONE
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"4 patients imported into {new}"
    code = out[-1].removeprefix("Recovery code: ")
    assert is_locked(new)
    (person,) = [one for one in people_of(new) if one.has_password]
    key = unlock(new, person.staff_id, "quiet blue heron 42").key
    assert key == unlock_with_code(new, code).key
    with Logbook.open(sample) as here, Logbook.open(new, key=key) as there:
        assert here.leaving.digest() == there.leaving.digest()


def test_one_patient_goes_out_with_a_report(sample: Path, tmp_path: Path, capsys: Said) -> None:
    with Logbook.open(sample) as logbook:
        number = logbook.patients.search("").rows[0].chart_number
    target = tmp_path / "one.zip"
    assert call("export", sample, "--to", target, "--patient", number) == DONE
    with zipfile.ZipFile(target) as archive:
        assert [name for name in archive.namelist() if name.startswith("reports/")]
    assert call("export", sample, "--to", tmp_path / "two", "--patient", "nobody") == COULD_NOT
    assert "nobody" in capsys.readouterr().err
    assert not (tmp_path / "two").exists()


def test_an_import_without_a_lock_is_asked_for(sample: Path, tmp_path: Path) -> None:
    assert call("export", sample, "--to", tmp_path / "all", "--no-reports", "--clean-photos") == DONE
    assert call("import", tmp_path / "all", "--to", tmp_path / "New.dermlog", "--unlocked") == DONE
    assert not is_locked(tmp_path / "New.dermlog")


def test_what_cannot_be_done_is_said_in_a_sentence(sample: Path, tmp_path: Path, capsys: Said) -> None:
    assert call("import", sample, "--to", tmp_path / "New.dermlog", "--unlocked") == COULD_NOT
    assert capsys.readouterr().err.startswith("Not a valid export: “Sample.dermlog”")
    assert call("export", tmp_path / "gone.dermlog", "--to", tmp_path / "x") == COULD_NOT
    assert call("export", sample, "--to", tmp_path / "nowhere" / "x") == COULD_NOT
    assert "cannot be reached" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_password_that_will_not_do_leaves_nothing(
    sample: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("export", sample, "--to", tmp_path / "all.zip", "--no-reports") == DONE
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert call("import", tmp_path / "all.zip", "--to", tmp_path / "New.dermlog") == COULD_NOT
    assert capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]
