"""What is hashed into a seal: each line written down as JSON, the same whatever it says."""

from __future__ import annotations

import hashlib
import json

import pytest

from dermlog.storage.seals import payload_hash, seal_hash

SALT = bytes(range(16))


def _json(values: list[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "text",
    ["", 'a "quoted" \\ word', "line\nbreak\ttab\x00\x1f\x7f", "Ångström 注射 🙂", "\ud800", "</script>"],
)
def test_a_line_is_hashed_as_its_json(text: str) -> None:
    said = _json([text, "id", None, text])
    assert payload_hash(SALT, text, "id", None, text) == hashlib.sha256(SALT + said).digest()


def test_a_seal_is_over_the_one_before_it_and_the_lines_with_their_lengths() -> None:
    proof = bytes(32)
    change = (3, "2026-03-20", "staff", "visit", None, "added", proof)
    access = (1, "2026-03-20", None, "patient", "viewed", "")
    expected = hashlib.sha256(proof + _json(["seal", 7]))
    for part in (b"change", _json(list(change[:6])), proof, b"access", _json(list(access))):
        expected.update(len(part).to_bytes(8, "big") + part)
    assert seal_hash(proof, 7, [change], [access]) == expected.digest()
