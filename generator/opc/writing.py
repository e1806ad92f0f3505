"""The zip under a package, written so that its bytes repeat on any day and any system."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

from generator.opc.refusal import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_VERSION, _DEFLATED, _UTF8 = 20, 8, 0x800
_TIME, _DATE = 0, 0x21
"""Midnight of 1 January 1980, the earliest a zip can hold: the bytes depend on the content alone."""
_OWNER_ONLY = 0o600 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s2B5HLLL5H2L")
_END = struct.Struct("<4s4H2LH")
_LARGEST = 0xFFFFFFFF
"""What a zip of the plain kind can hold; no package of this program comes near it."""


class Packed(NamedTuple):
    """One part as it lies in a zip: ready to be put into any number of packages."""

    name: bytes
    head: bytes
    """Its local header."""
    data: bytes
    """Its content, deflated."""
    directory: bytes
    """Its entry in the directory, without the place."""


def packed(name: str, content: bytes | Iterable[bytes]) -> Packed:
    """A part deflated once, for all packages that hold it as it is.

    Args:
        name: The part.
        content: All of it, or its pieces one after the other.

    Raises:
        OverflowError: It is larger than four gigabytes.
    """
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    checksum, size, pieces = 0, 0, []
    for piece in (content,) if isinstance(content, bytes) else content:
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        pieces.append(packer.compress(piece))
    pieces.append(packer.flush())
    data = b"".join(pieces)
    if max(size, len(data)) > _LARGEST:
        raise OverflowError(name)
    encoded = name.encode()
    flags = 0 if name.isascii() else _UTF8
    common = (_DEFLATED, _TIME, _DATE, checksum, len(data), size, len(encoded), 0)
    head = _LOCAL.pack(b"PK\3\4", _VERSION, flags, *common)
    entry = _CENTRAL.pack(b"PK\1\2", _VERSION, 0, _VERSION, flags, *common, 0, 0, 0, _OWNER_ONLY, 0)
    return Packed(encoded, head, data, entry[:-4])


def joined(parts: Iterable[Packed]) -> bytes:
    """A package of parts that are deflated already, in the order in which they come."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for name, head, data, entry in parts:
        pieces += (head, name, data)
        directory += (entry, place.to_bytes(4, "little"), name)
        place += len(head) + len(name) + len(data)
    count, size = len(directory) // 3, sum(map(len, directory))
    end = _END.pack(b"PK\5\6", 0, 0, count, count, size, place, 0)
    return b"".join((*pieces, *directory, end))


def pack(parts: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """A package of parts in the order in which they come.

    Args:
        parts: Names, and the pieces of each part one after the other.
    """
    return joined(packed(name, pieces) for name, pieces in parts)


def pack_in_order(parts: Mapping[str, bytes]) -> bytes:
    """A package whose parts stand by name, what they are before all of them."""
    return joined(packed(name, parts[name]) for name in in_order(parts))


def in_order(names: Iterable[str]) -> list[str]:
    """Names of parts as a package holds them: what they are first, then by name."""
    return sorted(names, key=lambda name: (name != TYPES, name))
