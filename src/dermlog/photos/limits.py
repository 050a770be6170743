"""What a picture may cost: bytes, pixels, memory, seconds; and how large its copies are.

Why these figures. Phones write pictures of 12, 48, 50 and 108 megapixels, cameras up to 102; at 200
megapixels a phone only interpolates its sensor. So 120 million pixels let every real camera through and
refuse the rest. A JPEG is decoded scaled (one eighth of each side at 108 megapixels), so its pixels cost
time and little memory: about half a second. The other formats have to be decoded whole, four bytes a pixel:
480 MB at the limit, which the memory limit of the decoder holds; a picture that needs more ends with the
same sentence as one with too many pixels. The byte limit lets a 24-megapixel TIFF of 16 bits through (144
MB).
"""

from __future__ import annotations

BYTE_LIMIT = 160 * 1024 * 1024
PIXEL_LIMIT = 120_000_000
MEMORY_LIMIT = 1024**3
SECONDS_LIMIT = 20.0

PREVIEW_SIDE = 1500
PRINT_SIDE = 945
THUMBNAIL_SIDE = 320
CLEAN_SIDE = 6000

REPLY_LIMIT = 64 * 1024 * 1024
