"""Map scale: how many centimetres of skin the width and the height of a face map stand for."""

from __future__ import annotations

from dataclasses import dataclass

from dermlog.domain.face_map import FACE_MAP_VERSION, FaceView


@dataclass(frozen=True)
class MapScale:
    """Centimetres from edge to edge of a view, measured flat on the picture."""

    width_cm: float
    height_cm: float

    def distance_cm(self, one: tuple[float, float], other: tuple[float, float]) -> float:
        """The distance of two spots given as fractions of the map."""
        across, down = (one[0] - other[0]) * self.width_cm, (one[1] - other[1]) * self.height_cm
        return float((across * across + down * down) ** 0.5)


_CM_PER_UNIT = 0.035
"""Version 1 draws a face of 382 units across the cheekbones and 535 units from hairline to chin. An adult
face of about 13.4 cm by 18.7 cm makes both 0.035 cm a unit; the side views are drawn to the same height. It
is an average face laid flat: towards the edge of a view the skin turns away and is longer than its picture,
so a spacing is a plan to look at, not a measurement of this patient."""

_SCALES = {(view, 1): MapScale(480 * _CM_PER_UNIT, 690 * _CM_PER_UNIT) for view in FaceView}


def map_scale(view: FaceView, version: int = FACE_MAP_VERSION) -> MapScale:
    """The scale of a view in a version; KeyError for a version that dermlog does not bring."""
    return _SCALES[view, version]
