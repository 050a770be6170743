"""Pictures on their way out: a copy for giving away that carries only the picture."""

from __future__ import annotations

from dermlog.photos.prepare import clean


def clean_copy(original: bytes) -> bytes:
    """The picture as a new JPEG: upright, sRGB, longest side at most 6000 pixels, and nothing beside the
    pixels.

    No place, camera, date, description, profile, comment or hidden tail: the bytes are read again before
    they are handed out, and a copy that carries anything else is refused. Raises UnusablePhoto. Call from a
    worker thread.
    """
    return clean(original)
