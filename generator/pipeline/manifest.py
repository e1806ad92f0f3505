"""`manifest.json`: what a run wrote, and a line on each region for the next one.

The lines of thousands of regions are kept small and read when a region is asked for. They stand at
the end of the file, so that what it says of files is read without them.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from generator.pipeline.files import as_bytes
from generator.pipeline.notes import Note, as_note, dumped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "manifest.json"
SCHEMA = "briefs-manifest/1"
_BUILT = b' "built": {\n'
_LINE = re.compile(rb'  ("[^"\\]*"): (\{.*\}),?\n')
_QUICK = 1
"""How hard to compress; more takes longer than it is worth."""


class Notes(Mapping[str, Note]):
    """What runs have noted of each region; one that is no note any more is not there."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}
        self._last: tuple[bytes, Note | None] = b"", None

    def take(self, code: str, line: str | bytes) -> None:
        """Keep what was noted of a region, as JSON on one line."""
        text = line if isinstance(line, bytes) else line.encode(errors="backslashreplace")
        self._held[code] = zlib.compress(text, _QUICK)

    def drop(self, code: str) -> None:
        """Forget a region."""
        self._held.pop(code, None)

    def line(self, code: str) -> str:
        """What was noted, as JSON on one line."""
        return zlib.decompress(self._held[code]).decode()

    def raw(self, code: str) -> Any:
        """What was noted, as JSON holds it; None where nothing was."""
        return json.loads(self.line(code)) if code in self._held else None

    def join(self, others: Notes) -> None:
        """Take in what others hold."""
        self._held |= others._held

    def copy(self) -> Self:
        """The notes as they are now."""
        made = type(self)()
        made.join(self)
        return made

    def __getitem__(self, code: str) -> Note:
        held = self._held[code]
        if self._last[0] is not held:
            self._last = held, as_note(self.raw(code))
        if self._last[1] is None:
            raise KeyError(code)
        return self._last[1]

    def __contains__(self, code: object) -> bool:
        return code in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def added_to(self, manifest: bytes) -> Iterator[bytes]:
        """A manifest with a line for each region at its end, piece by piece."""
        if not self._held:
            yield manifest
            return
        yield manifest.removesuffix(b"\n}\n")
        sign = b",\n" + _BUILT
        for code in sorted(self._held):
            yield sign + f"  {json.dumps(code)}: ".encode() + zlib.decompress(self._held[code])
            sign = b",\n"
        yield b"\n }\n}\n"


def as_manifest(said: Mapping[str, object], notes: Notes) -> Iterator[bytes]:
    """A manifest as it is written, piece by piece: it may be long."""
    return notes.added_to(as_bytes(said))


def read_manifest(path: Path, notes: Notes | None = None) -> Mapping[str, object]:
    """What a manifest says besides its notes; nothing where there is none.

    Args:
        path: Where it stands.
        notes: Takes in what it notes of regions.
    """
    try:
        if not path.is_file():
            return {}
        found = _as_written(path, notes) or _as_changed(path, notes)
    except (OSError, ValueError, RecursionError):
        return {}
    is_ours = isinstance(found, dict) and found.get("schema") == SCHEMA
    return found if is_ours else {}


def _as_written(path: Path, notes: Notes | None) -> Any:
    """The same, of one that has its notes where they are written; nothing for another."""
    taken, line = Notes(), b""
    with path.open("rb") as file:
        head = bytearray()
        for line in file:
            if line == _BUILT:
                break
            head += line
        if line != _BUILT:
            return None
        for line in file if notes is not None else ():
            one = _LINE.fullmatch(line)
            if one is None:
                break
            taken.take(json.loads(one[1]), one[2])
        if notes is not None and (line != b" }\n" or file.read() != b"}\n"):
            return None
    found = json.loads(bytes(head).removesuffix(b",\n") + b"\n}")
    if notes is not None:
        notes.join(taken)
    return found


def _as_changed(path: Path, notes: Notes | None) -> Any:
    """The same, of one that was written otherwise."""
    found = json.loads(path.read_bytes())
    held = found.pop("built", None) if isinstance(found, dict) else None
    if notes is not None and isinstance(held, dict):
        for code, one in held.items():
            notes.take(code, dumped(one))
    return found
