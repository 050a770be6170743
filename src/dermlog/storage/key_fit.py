"""Whether a key is the one of a file, told by the proofs on its pages: so a wrong key is never called damage.

The driver says the same words for a wrong key and for a damaged first page. Each page of a locked file ends
with an HMAC-SHA512 under a key derived from the file's key and its first 16 bytes; checking a few of them
ourselves tells the two apart, needs no connection and leaves nothing beside the file.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

from dermlog.storage.driver import PAGE_SIZE

SALT_BYTES = 16
_PROOF_BYTES = 64
_MASK = 0x3A
_TRIED_PAGES = 48


def salt_of(path: Path) -> str:
    """The first 16 bytes of a file in hex; "" when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(SALT_BYTES).hex()
    except OSError:
        return ""


def fits(path: Path, key: bytes, salt: str = "") -> bool:
    """Whether any of some pages of a locked file is proved by this key.

    salt: what the first 16 bytes were known to be, tried too when they are others now. OSError when the file
    cannot be read.
    """
    return fitting_salt(path, key, salt) is not None


def fitting_salt(path: Path, key: bytes, salt: str = "") -> str | None:
    """The first 16 bytes, in hex, with which a page is proved by this key; None when there is none."""
    for tried in dict.fromkeys((salt_of(path), salt)):
        if len(tried) == 2 * SALT_BYTES and _proves(path, key, bytes.fromhex(tried)):
            return tried
    return None


def _proves(path: Path, key: bytes, salt: bytes) -> bool:
    masked = bytes(byte ^ _MASK for byte in salt)
    proving = hashlib.pbkdf2_hmac("sha512", key, masked, 2, len(key))
    return any(
        hmac.compare_digest(hmac.digest(proving, content + number.to_bytes(4, "little"), "sha512"), proof)
        for number, content, proof in _pages(path)
    )


def _pages(path: Path) -> Iterator[tuple[int, bytes, bytes]]:
    """Some pages spread over the file, the first one first: number, what is proved, and the proof."""
    with path.open("rb") as file:
        count = path.stat().st_size // PAGE_SIZE
        step = max(1, count // _TRIED_PAGES)
        for index in range(0, count, step):
            file.seek(index * PAGE_SIZE)
            page = file.read(PAGE_SIZE)
            if len(page) == PAGE_SIZE:
                yield index + 1, page[SALT_BYTES if index == 0 else 0 : -_PROOF_BYTES], page[-_PROOF_BYTES:]
