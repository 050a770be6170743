"""Measures floor and product in turn, in one run, and prints each figure with its goal and quartiles.

Only ratios of pairs measured side by side travel from one computer to another. The floor's own value is
printed too, because a floor that moved means another computer or library, not another dermlog.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from environment import say

SPREAD = 0.25


@dataclass(frozen=True)
class Ratio:
    """Product over floor: median and quartiles of the pairs, and the medians of what was measured itself."""

    median: float
    quartiles: tuple[float, float]
    pairs: int
    floor: float
    product: float


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call, in seconds."""
    started = perf_counter()
    action()
    return perf_counter() - started


def side_by_side(
    floor: Callable[[], object], product: Callable[[], object], *, rounds: int = 15, limit: int = 45
) -> Ratio:
    """Time two actions in turn; more rounds, up to `limit`, as long as the pairs disagree."""
    return side_by_side_of(lambda: seconds(floor), lambda: seconds(product), rounds=rounds, limit=limit)


def side_by_side_of(
    floor: Callable[[], float], product: Callable[[], float], *, rounds: int = 15, limit: int = 45
) -> Ratio:
    """The same for callables that measure by themselves and return their figure: seconds, bytes, ..."""
    measured: list[tuple[float, float]] = []
    while True:
        measured += [(floor(), product()) for _ in range(rounds)]
        ratio = ratio_of(measured)
        lower, upper = ratio.quartiles
        if (upper - lower) / ratio.median < SPREAD or len(measured) >= limit:
            return ratio


def ratio_of(measured: Sequence[tuple[float, float]]) -> Ratio:
    """The ratio of pairs (floor, product) that were measured in turn; at least two pairs."""
    lower, middle, upper = quantiles([product / floor for floor, product in measured], n=4)
    return Ratio(
        median=middle,
        quartiles=(lower, upper),
        pairs=len(measured),
        floor=median(floor for floor, _product in measured),
        product=median(product for _floor, product in measured),
    )


def report_ratio(
    name: str, ratio: Ratio, *, at_most: float | None, unit: str = "ms", scale: float = 1000
) -> None:
    """Print a ratio and its goal, None for a figure to watch without one.

    `scale` turns what was measured into `unit` (seconds into ms by itself).
    """
    lower, upper = ratio.quartiles
    floor, product = ratio.floor * scale, ratio.product * scale
    goal = "no goal" if at_most is None else f"goal at most {at_most:.2f}"
    say(
        f"{name} = {ratio.median:.2f} ({goal}), quartiles {lower:.2f}-{upper:.2f}, "
        f"{ratio.pairs} pairs; floor {floor:.1f} {unit}, dermlog {product:.1f} {unit}"
    )


def report_share(name: str, samples: Sequence[float], *, within: float, share: float) -> None:
    """Print how many of the samples (seconds) lie within a limit, with the goal for that share (0 to 1)."""
    reached = sum(sample <= within for sample in samples) / len(samples)
    lower, middle, upper = (value * 1000 for value in quantiles(samples, n=4))
    say(
        f"{name} = {reached:.1%} within {within * 1000:.0f} ms (goal {share:.0%}), median {middle:.1f} ms, "
        f"quartiles {lower:.1f}-{upper:.1f} ms, slowest {max(samples) * 1000:.1f} ms, {len(samples)} samples"
    )


def report_value(name: str, samples: Sequence[float], *, unit: str, goal: str) -> None:
    """Print a figure that has no floor, in `unit`, with its goal in words; at least two samples."""
    lower, middle, upper = quantiles(samples, n=4)
    say(
        f"{name} = {middle:.4g} {unit} (goal {goal}), "
        f"quartiles {lower:.4g}-{upper:.4g}, {len(samples)} samples"
    )
