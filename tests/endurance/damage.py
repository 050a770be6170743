"""What can happen to the bytes of a file: a flipped bit, a lost sector, swapped, missing and older pages."""

from __future__ import annotations

import random
from collections.abc import Callable

from dermlog.storage.driver import PAGE_SIZE

Mutation = Callable[[bytearray, bytes, random.Random], str]
"""Changes the bytes in place; the bytes of the same file some time before; says what was done."""


def flip(content: bytearray, _older: bytes, chance: random.Random) -> str:
    """One bit."""
    at, bit = chance.randrange(len(content)), chance.randrange(8)
    content[at] ^= 1 << bit
    return f"bit {bit} of byte {at}"


def overwrite(content: bytearray, _older: bytes, chance: random.Random) -> str:
    """16 to 4,096 bytes of noise."""
    size = min(chance.randint(16, 4096), len(content))
    at = chance.randrange(len(content) - size + 1)
    content[at : at + size] = chance.randbytes(size)
    return f"{size} bytes of noise at {at}"


def zero(content: bytearray, _older: bytes, chance: random.Random) -> str:
    """Some sectors of nothing."""
    count = chance.randint(1, 16)
    at = chance.randrange(max(1, len(content) // 512)) * 512
    size = min(count * 512, len(content) - at)
    content[at : at + size] = bytes(size)
    return f"{size} bytes of nothing at {at}"


def swap(content: bytearray, _older: bytes, chance: random.Random) -> str:
    """Two pages in each other's place."""
    one, other = chance.sample(range(len(content) // PAGE_SIZE), 2)
    first, second = _page(one), _page(other)
    content[first], content[second] = content[second], content[first]
    return f"pages {one} and {other} swapped"


def cut(content: bytearray, _older: bytes, chance: random.Random) -> str:
    """The end is missing, at a page or anywhere."""
    keep = chance.randrange(len(content))
    if chance.random() < 0.5:
        keep = keep // PAGE_SIZE * PAGE_SIZE
    del content[keep:]
    return f"cut at {keep}"


def stale(content: bytearray, older: bytes, chance: random.Random) -> str:
    """A page as it was some time before: valid in itself, and wrong."""
    pages = [
        number
        for number in range(1, min(len(content), len(older)) // PAGE_SIZE)
        if content[_page(number)] != older[_page(number)]
    ]
    number = chance.choice(pages)
    content[_page(number)] = older[_page(number)]
    return f"page {number} as it was before"


FILE_DAMAGE: tuple[Mutation, ...] = (flip, overwrite, zero, swap, cut, stale)


def _page(number: int) -> slice:
    return slice(number * PAGE_SIZE, (number + 1) * PAGE_SIZE)
