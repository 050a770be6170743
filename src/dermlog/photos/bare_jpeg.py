"""Whether a JPEG carries the picture and nothing else, by reading its bytes again."""

from __future__ import annotations

import re

# What a picture needs: tables (DQT, DHT, DRI) and one frame (baseline, extended, progressive).
_TABLES = {0xDB, 0xC4, 0xDD}
_FRAMES = {0xC0, 0xC1, 0xC2}
_JFIF, _SCAN = 0xE0, 0xDA
_END = b"\xd9"
_JFIF_LENGTH = 16
# Inside a scan, 0xFF is followed by 0 (a byte of the picture) or by a restart mark.
_MARK_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7]")


def is_bare(data: bytes) -> bool:
    """True when every segment is needed to show the picture and nothing follows its end.

    So no EXIF, GPS, XMP, IPTC, ICC, comment, thumbnail or hidden tail. A plain JFIF mark (version and
    density, 16 bytes) is allowed. Whatever is not understood counts as no.
    """
    if not data.startswith(b"\xff\xd8"):
        return False
    at, frames, scans = 2, 0, 0
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in (_END, b""):
        mark, segment = data[at + 1], data[at + 2 : at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")]
        if not _needed(mark, segment, first=at == 2):
            return False
        at += 2 + len(segment)
        frames += mark in _FRAMES
        if mark == _SCAN:
            scans += 1
            after = _MARK_AFTER_SCAN.search(data, at)
            at = after.start() if after else len(data)
    return data[at:] == b"\xff" + _END and frames == 1 and scans > 0


def _needed(mark: int, segment: bytes, *, first: bool) -> bool:
    """Whether one segment (its two length bytes included) is needed to show the picture, and whole."""
    if len(segment) < 2 or len(segment) != int.from_bytes(segment[:2], "big"):
        return False
    if mark == _JFIF:
        return first and len(segment) == _JFIF_LENGTH and segment[2:7] == b"JFIF\0"
    return mark == _SCAN or mark in _TABLES or mark in _FRAMES
