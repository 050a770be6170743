"""T13: mutated, cut, spliced, lying pictures: each is prepared or refused in a sentence, in time.

Nothing may stop the program, take longer than the limit, or let a decoder have more memory than its limit.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from random import Random

from dermlog.errors import UnusablePhoto
from dermlog.photos.bare_jpeg import is_bare
from dermlog.photos.limits import MEMORY_LIMIT, SECONDS_LIMIT
from dermlog.photos.prepare import Preparer
from tests.endurance import Outcome
from tests.photos import makers

_Mutation = Callable[[bytes, Random, list[bytes]], bytes]


def run(count: int, seed: int) -> Outcome:
    """So many hostile pictures."""
    chance = Random(seed)  # noqa: S311 - repeatable pictures
    seeds = _seeds()
    bad: list[str] = []
    slowest = 0.0
    refused = 0
    with Preparer(children=1) as preparer:
        for number in range(count):
            mutation = chance.choice(_MUTATIONS)
            data = mutation(chance.choice(seeds), chance, seeds)
            began = time.monotonic()
            what = ""
            try:
                photo = preparer.prepare(data)
                copies = (photo.preview, photo.print_copy, photo.thumbnail)
                if not all(copy is None or is_bare(copy) for copy in copies):
                    what = "a copy carries more than the picture"
            except UnusablePhoto as error:
                refused += 1
                if len(error.sentence) < 20:
                    what = f"no sentence: {error.sentence}"
            except Exception as error:
                what = f"{type(error).__name__}: {error}"
            took = time.monotonic() - began
            slowest = max(slowest, took)
            if took > SECONDS_LIMIT + 2:
                what = f"{took:.1f} s"
            if what:
                bad.append(f"picture {number} ({mutation.__name__.strip('_')}, {len(data)} bytes): {what}")
    memory = _most_memory()
    if memory > MEMORY_LIMIT:
        bad.append(f"a decoder had {memory / 1e6:.0f} MB of memory")
    worst = f"{refused} refused in a sentence, slowest {slowest:.2f} s, most memory {memory / 1e6:.0f} MB"
    return Outcome(count, tuple(bad), worst)


def _seeds() -> list[bytes]:
    picture = makers.corners(240, 160)
    return [
        makers.encoded(picture),
        makers.encoded(picture, progressive=True),
        makers.encoded(picture, "PNG"),
        makers.encoded(picture, "TIFF", compression="tiff_lzw"),
        makers.encoded(picture, "WEBP", quality=90),
        makers.heic(picture),
        makers.mpo(picture),
        makers.tiff_of_16_bits(picture),
        *makers.marked_files().values(),
    ]


def _flip_bits(data: bytes, chance: Random, _seeds: list[bytes]) -> bytes:
    changed = bytearray(data)
    for _flip in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _flip_in_the_head(data: bytes, chance: Random, _seeds: list[bytes]) -> bytes:
    changed = bytearray(data)
    for _flip in range(chance.randint(1, 12)):
        changed[chance.randrange(4, min(400, len(changed)))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
    return bytes(changed)


def _overwrite(data: bytes, chance: Random, _seeds: list[bytes]) -> bytes:
    start = chance.randrange(len(data))
    count = chance.randint(1, 2000)
    filling = chance.choice((bytes(count), b"\xff" * count, chance.randbytes(count)))
    return data[:start] + filling + data[start + count :]


def _cut(data: bytes, chance: Random, _seeds: list[bytes]) -> bytes:
    return data[: chance.randrange(1, len(data))]


def _remove(data: bytes, chance: Random, _seeds: list[bytes]) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 300) :]


def _repeat(data: bytes, chance: Random, _seeds: list[bytes]) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start : start + 500] * chance.randint(2, 200) + data[start:]


def _splice(data: bytes, chance: Random, seeds: list[bytes]) -> bytes:
    return data[: chance.randrange(len(data))] + chance.choice(seeds)[chance.randrange(100) :]


def _lie_about_size(data: bytes, chance: Random, seeds: list[bytes]) -> bytes:
    width, height = chance.choice(
        ((65_000, 65_000), (65_535, 1), (1, 65_535), (12_000, 9_999), (0, 9), (9, 9))
    )
    if chance.random() < 0.1:
        return makers.png_of_one_bit(20_000, 10_000)
    return makers.claiming(seeds[0], width, height)


def _two_in_one(data: bytes, chance: Random, seeds: list[bytes]) -> bytes:
    tails = (b"PK\x03\x04" + bytes(60), b"<script>alert(1)</script>", b"%PDF-1.7\n", chance.choice(seeds))
    other = chance.choice(tails)
    return data + other if chance.random() < 0.7 else other + data


def _broken_exif(data: bytes, chance: Random, seeds: list[bytes]) -> bytes:
    block = b"Exif\0\0" + chance.choice((b"II*\0", b"MM\0*")) + chance.randbytes(chance.randint(0, 300))
    return makers.with_segments(seeds[0], makers.segment(0xE1, block))


_MUTATIONS: tuple[_Mutation, ...] = (
    _flip_bits,
    _flip_in_the_head,
    _overwrite,
    _cut,
    _remove,
    _repeat,
    _splice,
    _lie_about_size,
    _two_in_one,
    _broken_exif,
)


def _most_memory() -> int:
    """The most bytes that any child that has ended held; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024)
