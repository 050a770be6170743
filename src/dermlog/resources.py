"""The files that come with dermlog (icons, face maps, style sheet), found in a wheel and in a checkout."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def _folder() -> Traversable:
    # A wheel carries the folder inside the package; in a checkout it lies beside src/, where an
    # editable install does not look.
    packed = files("dermlog") / "resources"
    return packed if packed.is_dir() else Path(__file__).parents[2] / "resources"


def resource(name: str) -> Traversable:
    """The file or folder `name`, written with forward slashes: `resource("icons/photo.svg").read_bytes()`.

    Raises FileNotFoundError when dermlog brings no such thing.
    """
    found = _folder().joinpath(*name.split("/"))
    if not (found.is_file() or found.is_dir()):
        raise FileNotFoundError(f"dermlog has no resource {name!r}")
    return found
