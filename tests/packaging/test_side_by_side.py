"""Measuring in pairs: the figures are those of the pairs, and noise asks for more rounds."""

from itertools import count, cycle

import pytest

from benchmarks.side_by_side import ratio_of, report_ratio, report_share, side_by_side_of


def test_the_ratio_is_that_of_pairs_and_not_of_medians() -> None:
    ratio = ratio_of([(1, 2), (2, 2), (10, 40)])
    assert ratio.median == 2
    assert (ratio.floor, ratio.product, ratio.pairs) == (2, 2, 3)


def test_agreeing_pairs_need_one_set_of_rounds() -> None:
    assert side_by_side_of(lambda: 2.0, lambda: 3.0, rounds=5, limit=50).pairs == 5


def test_disagreeing_pairs_are_measured_up_to_the_limit() -> None:
    wild = cycle((1.0, 9.0))
    assert side_by_side_of(lambda: 1.0, lambda: next(wild), rounds=5, limit=20).pairs == 20


def test_floor_and_product_take_turns() -> None:
    order = count()
    floors: list[float] = []
    products: list[float] = []

    def floor() -> float:
        floors.append(next(order))
        return 1.0

    def product() -> float:
        products.append(next(order))
        return 1.0

    side_by_side_of(floor, product, rounds=3)
    assert floors == [0, 2, 4]
    assert products == [1, 3, 5]


def test_a_figure_is_one_line_with_goal_and_quartiles(capsys: pytest.CaptureFixture[str]) -> None:
    report_ratio("start.first_paint", ratio_of([(0.2, 0.25)] * 7), at_most=1.4)
    report_share("search.painted", [0.010] * 19 + [0.060], within=0.050, share=0.95)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("start.first_paint = 1.25 (goal at most 1.40), quartiles 1.25-1.25, 7 pairs;")
    assert first.endswith("floor 200.0 ms, dermlog 250.0 ms")
    assert second.startswith("search.painted = 95.0% within 50 ms (goal 95%), median 10.0 ms")
