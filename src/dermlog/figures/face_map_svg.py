"""The pictures of the face map as data: shapes to draw, zones to name, and the skin that may be injected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from dermlog.domain.face_map import FACE_MAP_VERSION, FaceMap, FaceView, Polygon, Zone
from dermlog.figures.pen import Command
from dermlog.resources import resource

STEPS_OF_A_CURVE = 8

_SVG = "{http://www.w3.org/2000/svg}"
_COMMAND = re.compile(r"([MLCZ])([^MLCZ]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")


@dataclass(frozen=True)
class Paint:
    """Fill and outline of a shape: colours "#RRGGBB" or None, width and dash in units of the picture."""

    fill: str | None = None
    fill_opacity: float = 1.0
    stroke: str | None = None
    stroke_opacity: float = 1.0
    width: float = 1.0
    dash: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Shape:
    """One path of the picture in its units, origin at the top left. role is skin, hair, lid, zone …;
    zone is set for the shape of a zone and for nothing else."""

    role: str
    commands: tuple[Command, ...]
    paint: Paint
    zone: Zone | None = None


@dataclass(frozen=True)
class FacePicture:
    """One view: its geometry in fractions, and its shapes in drawing order in a box of width × height."""

    map: FaceMap
    shapes: tuple[Shape, ...]
    width: float
    height: float


@cache
def load_face_map(view: FaceView, version: int = FACE_MAP_VERSION) -> FacePicture:
    """The picture of a view in a version; parsed once.

    Raises FileNotFoundError for a version that dermlog does not bring.
    """
    text = resource(f"face_map/{version}/{view.value}.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)  # noqa: S314 - our own file
    left, top, width, height = (float(number) for number in _NUMBER.findall(root.attrib["viewBox"]))
    paints = _paints(root.findtext(f"{_SVG}style", ""))
    shapes: list[Shape] = []
    areas: dict[str, Polygon] = {}
    for element in root.iter(f"{_SVG}path"):
        name = element.get("id", "")
        commands = _commands(element.attrib["d"], left, top)
        if name:
            areas[name] = _polygon(commands, width, height)
        role = element.attrib["class"]
        if role in paints:
            zone = Zone(name.removeprefix("zone-")) if name.startswith("zone-") else None
            shapes.append(Shape(role, commands, paints[role], zone))
    geometry = FaceMap(
        view=view,
        version=version,
        outline=areas["face"],
        zones={
            Zone(name.removeprefix("zone-")): area for name, area in areas.items() if name.startswith("zone-")
        },
        eyes=tuple(area for name, area in areas.items() if name.startswith("eye-")),
    )
    return FacePicture(geometry, tuple(shapes), width, height)


def _paints(style: str) -> dict[str, Paint]:
    """The rules of the style sheet inside the picture by role."""
    paints = {}
    for role, body in _RULE.findall(style):
        rule = dict(re.findall(r"([\w-]+):\s*([^;]+?)\s*(?:;|$)", body))
        paints[role] = Paint(
            fill=rule.get("fill"),
            fill_opacity=float(rule.get("fill-opacity", 1)),
            stroke=rule.get("stroke"),
            stroke_opacity=float(rule.get("stroke-opacity", 1)),
            width=float(rule.get("stroke-width", 1)),
            dash=tuple(float(number) for number in rule["stroke-dasharray"].split())
            if "stroke-dasharray" in rule
            else None,
        )
    return paints


def _commands(data: str, left: float, top: float) -> tuple[Command, ...]:
    """Absolute M, L, C and Z of a path, moved so that the picture begins at 0, 0."""
    commands: list[Command] = []
    for letter, rest in _COMMAND.findall(data):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        xs = [number - left for number in numbers[0::2]]
        ys = [number - top for number in numbers[1::2]]
        if letter == "Z":
            commands.append(("Z",))
        elif letter == "C":
            commands += [
                ("C", xs[i], ys[i], xs[i + 1], ys[i + 1], xs[i + 2], ys[i + 2]) for i in range(0, len(xs), 3)
            ]
        elif letter == "M":
            commands += [("M", x, y) for x, y in zip(xs, ys, strict=True)]
        else:
            commands += [("L", x, y) for x, y in zip(xs, ys, strict=True)]
    return tuple(commands)


def _polygon(commands: tuple[Command, ...], width: float, height: float) -> Polygon:
    """A closed path as corners in fractions of the picture; curves become short straight pieces."""
    corners: list[tuple[float, float]] = []
    for command in commands:
        if command[0] == "C":
            x0, y0 = corners[-1]
            _, x1, y1, x2, y2, x3, y3 = command
            for step in range(1, STEPS_OF_A_CURVE + 1):
                t = step / STEPS_OF_A_CURVE
                s = 1 - t
                a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
                corners.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
        elif command[0] != "Z":
            corners.append((command[1], command[2]))
    if corners[-1] == corners[0]:
        corners.pop()
    return tuple((x / width, y / height) for x, y in corners)
