"""Key slots: the secret of the recovery code, wrapped once for each member of staff under their password.

The clinic's key is HKDF-SHA256(secret, "dermlog clinic key v1"), so that the recovery sheet alone opens the
file. A slot is AES-256-GCM over the secret under Argon2id(password); file, person and version are bound in,
so that a slot fits nobody and nothing else, and a wrong password is proved wrong rather than guessed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from uuid import UUID

from dermlog.domain.password import password_bytes
from dermlog.domain.recovery import RecoveryCode

VERSION = 1
KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_MOST_MEMORY_KIB = 262_144
_MOST_TIME = 10
_MOST_LANES = 16


@dataclass(frozen=True)
class Cost:
    """What one guess of a password costs: passes, memory in KiB, lanes."""

    time: int = 3
    memory_kib: int = 65_536
    lanes: int = 4

    def __post_init__(self) -> None:
        # A damaged or planted slot must not be able to take the memory of the whole computer.
        if not (
            1 <= self.time <= _MOST_TIME
            and 1 <= self.lanes <= _MOST_LANES
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
        ):
            raise ValueError("not a cost of a key slot")


USUAL_COST = Cost()
"""About 0.4 s on an office PC, and above the floor that OWASP sets."""


@dataclass(frozen=True)
class Wrapping:
    """What a password became: it opens and closes the slot of one person without the password itself."""

    key: bytes = field(repr=False)
    salt: bytes
    cost: Cost


@dataclass(frozen=True)
class Slot:
    """The wrapped secret of one person; sealed holds nonce, ciphertext and tag."""

    staff_id: UUID
    name: str
    salt: bytes
    cost: Cost
    sealed: bytes


def clinic_key(code: RecoveryCode) -> bytes:
    """The 32 bytes that the file is encrypted with."""
    return _derive(code.secret, b"dermlog clinic key v1")


def key_mark(key: bytes) -> str:
    """What may stand in the open beside the file to recognise a key by; tells nothing about it."""
    return _derive(key, b"dermlog key mark v1")[:16].hex()


def wrapping(password: str, salt: bytes | None = None, cost: Cost | None = None) -> Wrapping:
    """Turn a password into what opens a slot; slow on purpose. Without a salt: for a new slot."""
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - a start without passwords needs none

    salt = os.urandom(_SALT_BYTES) if salt is None else salt
    cost = USUAL_COST if cost is None else cost
    key = hash_secret_raw(
        password_bytes(password), salt, cost.time, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID
    )
    return Wrapping(key, salt, cost)


def make_slot(file_id: UUID, staff_id: UUID, name: str, code: RecoveryCode, wrap: Wrapping) -> Slot:
    """The secret, wrapped for one person of one file."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(wrap.key).encrypt(nonce, code.secret, _bound(file_id, staff_id))
    return Slot(staff_id, name, wrap.salt, wrap.cost, nonce + sealed)


def open_slot(slot: Slot, file_id: UUID, wrap: Wrapping) -> RecoveryCode | None:
    """The secret, or None when the password is not the one of this slot."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    nonce, sealed = slot.sealed[:_NONCE_BYTES], slot.sealed[_NONCE_BYTES:]
    try:
        secret = AESGCM(wrap.key).decrypt(nonce, sealed, _bound(file_id, slot.staff_id))
        return RecoveryCode(secret)
    except (InvalidTag, ValueError):
        return None


def _bound(file_id: UUID, staff_id: UUID) -> bytes:
    return b"dermlog key slot" + bytes([VERSION]) + file_id.bytes + staff_id.bytes


def _derive(secret: bytes, purpose: bytes) -> bytes:
    """HKDF with SHA-256 (RFC 5869), no salt, one block."""
    extracted = hmac.digest(bytes(32), secret, hashlib.sha256)
    return hmac.digest(extracted, purpose + b"\x01", hashlib.sha256)
