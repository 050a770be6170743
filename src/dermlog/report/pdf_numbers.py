"""Numbers and colours as a PDF page writes them: short, and the same on every system."""

from __future__ import annotations

from functools import lru_cache


def number(value: float, digits: int = 2) -> str:
    """A number with at most so many decimals, without idle zeros."""
    # Thousands of them stand on a page, nearly all with two decimals.
    text = f"{value:.2f}" if digits == 2 else f"{value:.{digits}f}"
    if text[-1] == "0" and "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@lru_cache(maxsize=256)
def color_operands(color: str) -> str:
    """ "#rrggbb" as red, green and blue from 0 to 1. Raises ValueError for anything else."""
    if len(color) != 7 or color[0] != "#":
        raise ValueError(f"a colour is #rrggbb, not {color!r}")
    return " ".join(number(int(color[place : place + 2], 16) / 255, 3) for place in (1, 3, 5))
