"""A value of an export is taken only when it is exactly of its kind."""

from __future__ import annotations

import math

import pytest

from dermlog.storage.leaving.kinds import Kind, WrongValue, shown, stored

GOOD = [
    (Kind.ID, "00000000-0000-0000-0000-000000000001"),
    (Kind.TEXT, "<b>Ł\u202e\u0301"),
    (Kind.WHOLE, -300),
    (Kind.DECIMAL, "2.50"),
    (Kind.FRACTION, 0.25),
    (Kind.YES_NO, True),
    (Kind.DATE, "2028-02-29"),
    (Kind.MOMENT, "2026-03-20T10:04:00+00:00"),
    (Kind.MOMENT, "2026-03-20T10:04:00.000001+13:45"),
    (Kind.LOCAL_MOMENT, "2026-03-20T10:04:00"),
    (Kind.NUMBERS, ["50", "100.5"]),
    (Kind.WHOLES, [2, 4]),
    (Kind.HEX, "00ff"),
    (Kind.ROW, '{"id": 1, "note": null}'),
]


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_a_good_value_goes_both_ways(kind: Kind, value: object) -> None:
    assert shown(kind, stored(kind, value)) == value


BAD = [
    (Kind.ID, "1"),
    (Kind.ID, "{00000000-0000-0000-0000-000000000001}"),
    (Kind.ID, 1),
    (Kind.TEXT, None),
    (Kind.TEXT, "a\0b"),
    (Kind.TEXT, "\ud800"),
    (Kind.TEXT, ["a"]),
    (Kind.WHOLE, True),
    (Kind.WHOLE, 1.0),
    (Kind.WHOLE, 2**63),
    (Kind.DECIMAL, 2.5),
    (Kind.DECIMAL, "1e5"),
    (Kind.DECIMAL, "NaN"),
    (Kind.DECIMAL, "Infinity"),
    (Kind.DECIMAL, "1_0"),
    (Kind.DECIMAL, "9" * 41),
    (Kind.FRACTION, 1.01),
    (Kind.FRACTION, math.nan),
    (Kind.FRACTION, "0.5"),
    (Kind.YES_NO, 1),
    (Kind.YES_NO, "true"),
    (Kind.DATE, "2026-02-29"),
    (Kind.DATE, "20260220"),
    (Kind.DATE, "2026-02-20T00:00:00"),
    (Kind.MOMENT, "2026-03-20T10:04:00"),
    (Kind.MOMENT, "2026-03-20"),
    (Kind.LOCAL_MOMENT, "2026-03-20T10:04:00+00:00"),
    (Kind.NUMBERS, "50"),
    (Kind.NUMBERS, [50]),
    (Kind.NUMBERS, ["1"] * 1001),
    (Kind.WHOLES, [True]),
    (Kind.HEX, "0"),
    (Kind.HEX, "XX"),
    (Kind.ROW, "[]"),
    (Kind.ROW, '{"a": {}}'),
]


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_bad_value_is_refused(kind: Kind, value: object) -> None:
    with pytest.raises(WrongValue):
        stored(kind, value)
