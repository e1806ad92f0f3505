"""The zip under a package, written so that its bytes repeat on any day and any system."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from generator.opc.refusal import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold: the bytes depend on the content alone."""


def pack(parts: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """A package of parts in the order in which they come.

    Args:
        parts: Names, and the pieces of each part one after the other.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, pieces in parts:
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            with target.open(info, "w") as out:
                for piece in pieces:
                    out.write(piece)
    return buffer.getvalue()


def pack_in_order(parts: Mapping[str, bytes]) -> bytes:
    """A package whose parts stand by name, what they are before all of them."""
    names = sorted(parts, key=lambda name: (name != TYPES, name))
    return pack((name, (parts[name],)) for name in names)
