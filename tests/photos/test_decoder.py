"""The decoder process keeps to itself: few imports, limited memory, no file written."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dermlog.photos import decoder_process
from dermlog.photos.decoder_process import DecoderProcess
from tests.photos import makers


def _output(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout


def test_it_imports_no_qt_and_little_of_dermlog() -> None:
    script = (
        "import sys, dermlog.photos.decoder\n"
        "ours = ('dermlog', 'PySide6', 'sqlcipher3', 'reportlab')\n"
        "print(*sorted(name for name in sys.modules if name.split('.')[0] in ours))"
    )
    assert _output(script).split() == [
        "dermlog",
        "dermlog.photos",
        "dermlog.photos.camera_facts",
        "dermlog.photos.decoder",
        "dermlog.photos.framing",
        "dermlog.photos.limits",
        "dermlog.photos.scaled_decode",
        "dermlog.photos.sniffing",
    ]


def test_preparing_imports_no_pillow_into_the_application() -> None:
    script = "import sys, dermlog.photos.prepare, dermlog.photos.export; print('PIL' in sys.modules)"
    assert _output(script).strip() == "False"


def test_memory_is_limited_where_the_system_can() -> None:
    script = (
        "from dermlog.photos import decoder\n"
        "decoder._limit_memory()\n"
        "try: bytearray(1200 * 1024 * 1024); print('given')\n"
        "except MemoryError: print('refused')\n"
    )
    assert _output(script).strip() == ("refused" if sys.platform == "linux" else "given")


def test_it_writes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit hook ends the child at the first file that is opened for writing."""
    script = (
        "import os, sys\n"
        "sys.dont_write_bytecode = True\n"
        "def watch(event, given):\n"
        "    if event == 'open' and not isinstance(given[0], int) and given[0] != os.devnull:\n"
        "        mode, flags = given[1] or '', given[2] or 0\n"
        "        if set(mode) & set('wxa+') or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):\n"
        "            os._exit(9)\n"
        "    if event in ('os.mkdir', 'os.rename', 'tempfile.mkstemp', 'socket.connect'):\n"
        "        os._exit(9)\n"
        "sys.addaudithook(watch)\n"
        "from dermlog.photos.decoder import main\n"
        "main()\n"
    )
    monkeypatch.setattr(decoder_process, "_command", lambda: [sys.executable, "-c", script])
    decoder = DecoderProcess()
    for data in makers.marked_files().values():
        for task, copies in (("copies", 3), ("clean", 1)):
            assert len(decoder.ask(task, data)[1]) == copies
    decoder.close()


def test_a_frozen_application_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert decoder_process._command() == [sys.executable, "--photo-decoder"]


def test_the_dermlog_command_is_a_decoder_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        decoder_process,
        "_command",
        lambda: [sys.executable, "-m", "dermlog", decoder_process.FROZEN_ARGUMENT],
    )
    decoder = DecoderProcess()
    assert len(decoder.ask("copies", makers.encoded(makers.corners()))[1]) == 3
    decoder.close()


def test_an_interpreter_is_not_led_astray_by_the_current_folder() -> None:
    assert decoder_process._command()[1] == "-P"
