"""How many pixels a picture has, by what it says at its beginning; nothing is unpacked."""

from __future__ import annotations

import struct

_NO_SIZE = {0xC4, 0xC8, 0xCC}
"""Markers between the frames of a JPEG that are none (ITU-T T.81, table B.1)."""
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""


def pixels(content: bytes) -> tuple[str, int, int] | None:
    """What kind of picture some bytes are, and its width and height; None for no known kind.

    Args:
        content: A PNG, JPEG, GIF or BMP file.
    """
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
            return ("png", *struct.unpack(">II", content[16:24]))
        if content.startswith((b"GIF87a", b"GIF89a")):
            return ("gif", *struct.unpack("<HH", content[6:10]))
        if content.startswith(b"BM"):
            width, height = struct.unpack("<ii", content[18:26])
            return "bmp", abs(width), abs(height)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
    except (struct.error, IndexError):
        return None
    return None


def _jpeg(content: bytes) -> tuple[str, int, int] | None:
    """The size in the first frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return "jpeg", width, height
        at += 2 + max(length, 2)
    return None
