"""Pictures made by code for the tests of photos: every format and orientation, and what is wrong."""

from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

RED, GREEN, BLUE, YELLOW = (220, 30, 40), (30, 160, 60), (40, 60, 200), (230, 200, 40)
CORNERS = (RED, GREEN, BLUE, YELLOW)
MARK = "LEAKMARK7QX"
"""A text that is hidden in every corner of a file and must not be found in any copy."""

_STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def corners(width: int = 640, height: int = 480) -> Image.Image:
    """Red, green, blue and yellow quarters: top left, top right, bottom left, bottom right."""
    picture = Image.new("RGB", (width, height))
    for index, colour in enumerate(CORNERS):
        left, top = (index % 2) * width // 2, (index // 2) * height // 2
        picture.paste(colour, (left, top, left + width // 2, top + height // 2))
    return picture


def corner_colours(data: bytes) -> list[tuple[int, int, int]]:
    """The colours in the middle of the four quarters, in the order of CORNERS."""
    with Image.open(io.BytesIO(data)) as picture:
        shown = picture.convert("RGB")
    found = []
    for x, y in ((1, 1), (3, 1), (1, 3), (3, 3)):
        pixel = shown.getpixel((shown.width * x // 4, shown.height * y // 4))
        assert isinstance(pixel, tuple)
        found.append((int(pixel[0]), int(pixel[1]), int(pixel[2])))
    return found


def is_near(found: tuple[int, int, int], wanted: tuple[int, int, int], most: int = 24) -> bool:
    """Whether two colours look alike."""
    return all(abs(a - b) <= most for a, b in zip(found, wanted, strict=True))


def is_upright(data: bytes, most: int = 24) -> bool:
    """Whether the four corners are where `corners` put them."""
    return all(is_near(a, b, most) for a, b in zip(corner_colours(data), CORNERS, strict=True))


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.size


def stored(picture: Image.Image, orientation: int) -> Image.Image:
    """The pixels as a camera with this EXIF orientation would store them."""
    turn = _STORED_AS[orientation]
    return picture if turn is None else picture.transpose(turn)


def exif(
    orientation: object = None, taken: object = None, offset: object = None, *, marked: bool = False
) -> Image.Exif:
    """An EXIF block; marked adds MARK to every text and a place to the GPS block."""
    block = Image.Exif()
    if orientation is not None:
        block[0x0112] = orientation
    details = block.get_ifd(0x8769)
    if taken is not None:
        details[0x9003] = taken
    if offset is not None:
        details[0x9011] = offset
    if marked:
        for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
            block[tag] = MARK
        details[0x9286] = b"ASCII\0\0\0" + MARK.encode()
        details[0x927C] = MARK.encode() * 20
        details[0xA431] = MARK
        place = block.get_ifd(0x8825)
        place[1], place[2] = "N", (59.0, 19.0, 33.0)
        place[0x1B] = MARK.encode()
    return block


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The picture as a file; JPEG at quality 92 unless told."""
    out = io.BytesIO()
    if kind == "JPEG":
        options = {"quality": 92, **options}
    picture.save(out, kind, **options)
    return out.getvalue()


def heic(picture: Image.Image, **options: object) -> bytes:
    """The picture as a phone would store it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(picture).save(out, quality=90, **options)
    return out.getvalue()


def mpo(picture: Image.Image, **options: object) -> bytes:
    """A JPEG with a second picture behind it, as two-lens cameras and newer phones write."""
    second = Image.new("RGB", (320, 240), (128, 128, 128))
    return encoded(picture, "MPO", save_all=True, append_images=[second], **options)


def segment(mark: int, payload: bytes) -> bytes:
    """One JPEG segment."""
    return struct.pack(">BBH", 0xFF, mark, len(payload) + 2) + payload


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    """The JPEG with more segments after its start."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def claiming(jpeg: bytes, width: int, height: int) -> bytes:
    """The JPEG with another size in its frame header."""
    at = jpeg.index(b"\xff\xc0")
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def marked_profile() -> bytes:
    """An sRGB profile that is described by MARK."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    known = "sRGB built-in".encode("utf-16-be")
    assert known in profile
    return profile.replace(known, MARK.ljust(13).encode("utf-16-be"))


def swapped_profile() -> bytes:
    """A profile in which red means green and green means red: nobody can ignore it unnoticed."""
    swaps = (
        (
            b"rXYZ",
            b"....",
        ),
        (b"gXYZ", b"rXYZ"),
        (b"....", b"gXYZ"),
    )
    profile = marked_profile()
    for old, new in swaps:
        profile = profile.replace(old, new)
    return profile


def iptc_segment() -> bytes:
    """A Photoshop block with MARK as its caption."""
    record = b"\x1c\x02\x78" + struct.pack(">H", len(MARK)) + MARK.encode()
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    return segment(0xED, b"Photoshop 3.0\0" + block)


def xmp() -> bytes:
    """An XMP packet with MARK in it."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="{MARK}"/>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def marked_files() -> dict[str, bytes]:
    """One file of each kind with MARK in every place where a file can carry a text."""
    picture = corners()
    block = exif(1, "2026:03:20 09:05:00", marked=True)
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", MARK)
    texts.add_text("Description", MARK, zip=False)
    texts.add_itxt("XML:com.adobe.xmp", xmp().decode())
    plain = encoded(
        picture, exif=block, comment=MARK.encode(), icc_profile=marked_profile(), xmp=xmp(), dpi=(300, 300)
    )
    return {
        "jpeg": with_segments(plain, iptc_segment(), segment(0xE2, MARK.encode())) + MARK.encode() * 3,
        "mpo": mpo(picture, exif=block, comment=MARK.encode()),
        "png": encoded(picture, "PNG", pnginfo=texts, exif=block, icc_profile=marked_profile()),
        "tiff": encoded(picture, "TIFF", exif=block, description=MARK, software=MARK),
        "webp": encoded(picture, "WEBP", exif=block, xmp=xmp(), icc_profile=marked_profile(), quality=90),
        "heic": heic(picture, exif=block.tobytes(), xmp=xmp(), icc_profile=marked_profile()),
    }


def carries_mark(data: bytes) -> bool:
    """Whether MARK can be found, as bytes or as two-byte text."""
    return any(MARK.encode(coding) in data for coding in ("ascii", "utf-16-be", "utf-16-le"))


def png_of_one_bit(width: int, height: int) -> bytes:
    """A black PNG that is tiny as a file and as large as wanted once it is opened."""
    rows = zlib.compressobj(1)
    row = b"\0" + bytes((width + 7) // 8)
    packed = b"".join(rows.compress(row) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def tiff_of_16_bits(picture: Image.Image, extra: dict[int, tuple[int, int]] | None = None) -> bytes:
    """An uncompressed RGB TIFF of 16 bits a channel, as Pillow cannot write; extra: tag to (type, value)."""
    pixels = b"".join(struct.pack("<H", value * 257) for value in picture.convert("RGB").tobytes())
    tags = {
        256: (4, picture.width),
        257: (4, picture.height),
        258: (3, 8),
        259: (3, 1),
        262: (3, 2),
        273: (4, 16),
        277: (3, 3),
        278: (4, picture.height),
        279: (4, len(pixels)),
        **(extra or {}),
    }
    body = b"II*\0" + struct.pack("<I", 16 + len(pixels)) + struct.pack("<HHH", 16, 16, 16) + b"\0\0" + pixels
    entries = b""
    for tag, (kind, value) in sorted(tags.items()):
        count = 3 if tag == 258 else 1
        entries += struct.pack("<HHII" if kind == 4 or tag == 258 else "<HHIHxx", tag, kind, count, value)
    return body + struct.pack("<H", len(tags)) + entries + bytes(4)
