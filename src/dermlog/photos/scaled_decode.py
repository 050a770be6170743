"""From the bytes of a picture to one small upright sRGB image: a single scaled decode for all copies.

Runs in the decoder process. The order matters: open, draft, load, reduce, turn upright, colours to sRGB,
and only then a fresh image that has no metadata to lose.
"""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from dataclasses import dataclass

from PIL import (
    Image,
    ImageCms,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from dermlog.photos import camera_facts
from dermlog.photos.limits import PIXEL_LIMIT
from dermlog.photos.sniffing import sniff, webp_pixels

# The plugins register themselves on import; naming them keeps Pillow from loading its forty others.
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)

_OPENERS = {
    "JPEG": ("JPEG", "MPO"),
    "PNG": ("PNG",),
    "TIFF": ("TIFF",),
    "WEBP": ("WEBP",),
    "HEIF": ("HEIF",),
}
_READY_MODES = ("L", "RGB", "CMYK", "LAB")
_GROUND = (232, 232, 232)
_STRIP_ROWS = 512
_SUB_IFDS, _NEW_SUBFILE_TYPE, _DNG_VERSION = 330, 254, 50706

Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT
# Pillow only warns up to twice its limit; ours is a limit. Other warnings (odd tags) are the camera's affair.
warnings.simplefilter("ignore")
warnings.simplefilter("error", Image.DecompressionBombWarning)


class UnusableError(Exception):
    """The picture cannot be used; the argument is the value of a PhotoFault."""


@dataclass(frozen=True)
class Decoded:
    """An upright RGB image and what the file said; width and height of the whole picture, upright."""

    image: Image.Image
    format: str
    width: int
    height: int
    taken_at: str | None
    taken_offset_minutes: int | None


def decode(data: bytes, longest: int) -> Decoded:
    """The picture upright in sRGB with its longest side at most `longest` pixels; never enlarged.

    Raises UnusableError; whatever else a broken file makes the libraries raise means that it is damaged.
    """
    kind = _kind(data)
    with Image.open(io.BytesIO(data), formats=_OPENERS[kind]) as picture:
        if kind == "TIFF":
            _refuse_raw(picture)
        taken_at, offset = camera_facts.taken(picture)
        # libheif and Pillow's TIFF reader turn the picture themselves; turning twice would undo it.
        turn = camera_facts.turn_needed(picture) if kind not in ("HEIF", "TIFF") else None
        width, height = picture.size
        if kind == "JPEG":
            picture.draft(None, _fitted(picture.size, longest))
        picture.load()
        if kind in ("HEIF", "TIFF"):
            width, height = picture.size
        image = _small(picture, longest)
        profile = picture.info.get("icc_profile")
    if turn is not None:
        image = image.transpose(turn)
        if turn not in (
            Image.Transpose.FLIP_LEFT_RIGHT,
            Image.Transpose.FLIP_TOP_BOTTOM,
            Image.Transpose.ROTATE_180,
        ):
            width, height = height, width
    return Decoded(_bare(_to_srgb(image, profile)), kind, width, height, taken_at, offset)


def resized(image: Image.Image, longest: int) -> Image.Image:
    """The image with its longest side at most `longest` pixels; itself when it is no larger."""
    size = _fitted(image.size, longest)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _kind(data: bytes) -> str:
    kind = sniff(data)
    if kind is None:
        raise UnusableError("not_a_picture")
    if kind == "WEBP" and webp_pixels(data) > PIXEL_LIMIT:
        raise UnusableError("too_many_pixels")
    if kind == "HEIF":
        try:
            import pillow_heif  # noqa: PLC0415 - optional, and for this format only
        except ImportError:
            raise UnusableError("heic_not_installed") from None
        pillow_heif.register_heif_opener()
    return kind


def _refuse_raw(picture: Image.Image) -> None:
    """Raw files of cameras are TIFF files whose first page is a stamp-sized preview: not the picture."""
    tags = getattr(picture, "tag_v2", {})
    preview_first = tags.get(_NEW_SUBFILE_TYPE, 0) == 1 and _SUB_IFDS in tags
    if preview_first or _DNG_VERSION in tags:
        raise UnusableError("not_a_picture")


def _fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    most = max(size)
    if most <= longest:
        return size
    return max(1, round(size[0] * longest / most)), max(1, round(size[1] * longest / most))


def _small(picture: Image.Image, longest: int) -> Image.Image:
    """The loaded picture, resized, in a mode that the colour step understands."""
    factor = max(1, max(picture.size) // longest)
    if picture.mode not in _READY_MODES or picture.has_transparency_data:
        picture = _plain_strips(picture, factor)
    elif factor > 1:
        picture = picture.reduce(factor)
    return resized(picture, longest)


def _plain_strips(picture: Image.Image, factor: int) -> Image.Image:
    """Palette, transparent and deep pictures made plain and reduced, strip by strip.

    Whole, a large one would need its memory three times over.
    """
    width, height = picture.size
    depth = _brightest(picture) if picture.mode == "F" else 0.0
    whole: Image.Image | None = None
    rows = max(factor, _STRIP_ROWS // factor * factor)
    for top in range(0, height, rows):
        strip = _plain(picture.crop((0, top, width, min(top + rows, height))), depth)
        if factor > 1:
            strip = strip.reduce(factor)
        if whole is None:
            whole = Image.new(strip.mode, (strip.width, -(-height // factor)))
        whole.paste(strip, (0, top // factor))
    if whole is None:
        raise UnusableError("damaged")
    return whole


def _plain(strip: Image.Image, brightest: float) -> Image.Image:
    """One strip as grey or RGB of 8 bits a channel, without transparency."""
    if strip.has_transparency_data:
        clear = strip.convert("RGBA")
        ground = Image.new("RGBA", clear.size, (*_GROUND, 255))
        return Image.alpha_composite(ground, clear).convert("RGB")
    if strip.mode.startswith("I"):
        return strip.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if strip.mode == "F":
        scale = 255.0 / brightest
        return strip.point(lambda value: value * scale).convert("L")
    return strip.convert("L" if strip.mode == "1" else "RGB")


def _brightest(picture: Image.Image) -> float:
    """The value that stands for white in a picture of floating-point values: 1, 255 or 65535."""
    highest = picture.getextrema()[1]
    if not isinstance(highest, (int, float)):
        return 255.0
    return next((white for white in (1.0, 255.0) if highest <= white), 65535.0)


def _to_srgb(image: Image.Image, profile: object) -> Image.Image:
    if image.mode == "LAB" and not profile:
        lab = ImageCms.createProfile("LAB")
        return _converted(image, lab) or image.convert("L").convert("RGB")
    if isinstance(profile, bytes) and profile:
        with suppress(OSError, ImageCms.PyCMSError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if not (image.mode == "RGB" and ImageCms.getProfileDescription(source).startswith("sRGB")):
                converted = _converted(image, source)
                if converted is not None:
                    return converted
    if image.mode == "LAB":
        return image.getchannel("L").convert("RGB")
    return image.convert("RGB")


def _converted(image: Image.Image, source: object) -> Image.Image | None:
    """The image in sRGB; None when the profile does not fit the picture, which then counts as having none."""
    try:
        return ImageCms.profileToProfile(
            image,
            source,  # type: ignore[arg-type]
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, ValueError, TypeError):
        return None


def _bare(image: Image.Image) -> Image.Image:
    """The same pixels without anything that a save could write beside them."""
    image.info.clear()
    return image
