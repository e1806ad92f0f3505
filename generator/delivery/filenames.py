"""What documents are called as attachments: names for people, which every system can save."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Item

_NOT_IN_NAMES = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+'
)
_LONGEST = 100
"""Characters before the ending."""


def attached_names(items: Sequence[Item]) -> list[str]:
    """The file names of the documents of one message, no two alike.

    Args:
        items: Their names may hold whatever a workbook calls a region.
    """
    found: list[str] = []
    for item in items:
        stem, _, ending = _NOT_IN_NAMES.sub(" ", item.enclosure.file).rpartition(".")
        stem = " ".join(stem.split())[:_LONGEST].strip(" .") or item.enclosure.document
        name, number = f"{stem}.{ending}", 2
        while name.casefold() in map(str.casefold, found):
            name, number = f"{stem} ({number}).{ending}", number + 1
        found.append(name)
    return found
