"""Which picture format some bytes are, by their first bytes and never by a file name."""

from __future__ import annotations

import struct

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_HEIF_BRANDS = _HEIC_BRANDS | {b"mif1", b"mif2", b"msf1"}


def sniff(data: bytes) -> str | None:
    """ "JPEG", "PNG", "TIFF", "WEBP" or "HEIF"; None for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and _is_heif(data):
        return "HEIF"
    return None


def _is_heif(data: bytes) -> bool:
    """True for pictures of the HEIF family that hold HEVC; AVIF and films use the same container."""
    end = min(struct.unpack(">I", data[:4])[0], 256)
    compatible = {data[at : at + 4] for at in range(16, end, 4)}
    major = data[8:12]
    if major in _HEIC_BRANDS:
        return True
    return major in _HEIF_BRANDS and not compatible & {b"avif", b"avis"}


def webp_pixels(data: bytes) -> int:
    """Pixels of a WebP picture by its header, 0 when it does not say.

    Asked before the library opens it, because that sets aside the whole canvas, twice.
    """
    kind = data[12:16]
    if kind == b"VP8X":
        wide, high = data[24:27], data[27:30]
        return (int.from_bytes(wide, "little") + 1) * (int.from_bytes(high, "little") + 1)
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        wide, high = data[26:28], data[28:30]
        return (int.from_bytes(wide, "little") & 0x3FFF) * (int.from_bytes(high, "little") & 0x3FFF)
    return 0
