"""What each IGA grade means, in our own words, for each of the two sets a clinic may use."""

from __future__ import annotations

from dermlog.domain.instrument import Variant
from dermlog.wording import _


def iga_meaning(variant: Variant, grade: int) -> str:
    """One line for a grade from 0 to 4."""
    if variant is Variant.IGA_LESION:
        return (
            _("no inflamed spots, hardly any comedones"),
            _("a few comedones, at most one small inflamed spot"),
            _("some comedones, a few inflamed spots, no nodule"),
            _("many comedones and inflamed spots, at most one small nodule"),
            _("comedones and inflamed spots everywhere, a few nodules"),
        )[grade]
    return (
        _("clear; only old marks or redness"),
        _("a few scattered comedones or papules"),
        _("less than half of the face"),
        _("more than half of the face, at most one nodule"),
        _("the whole face, a few nodules or cysts"),
    )[grade]
