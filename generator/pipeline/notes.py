"""What a run notes of each region, and the `manifest.json` that holds it for the next one.

While a run is under way each of its processes keeps a log beside the documents, a line before the
files of a region are put in their place; the manifest takes the lines in, and the next start those
that a killed run has left. Nothing is read back but plain values and nouns of the model by name.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct, field

from generator import model
from generator.pipeline.files import as_bytes
from generator.problems import Origin, Problem
from generator.settings.leftovers import hold, is_left

if TYPE_CHECKING:
    from generator.model import Enclosure, Letter, RegionSummary


_LOG = ".briefs-run-"
_OWN = secrets.token_hex(4)
"""Ends the name of this process's logs: two machines may have processes of one number."""
_NOUN, _DAY = "is a", "day"
_NAMED = {"Problem": Problem, "Origin": Origin}


class Note(Struct, frozen=True):
    """One region, or the comparison, as it was last built without a fault."""

    grounds: Mapping[str, str]
    """Hash of each part that all its files are made from."""
    templates: Mapping[str, str]
    """Hash of the template of each file."""
    files: Mapping[str, str]
    """Hash of each file by its path below the output folder."""
    problems: tuple[Problem, ...] = ()
    by_docxtpl: Mapping[str, str] = field(default_factory=dict)
    summary: RegionSummary | None = None
    """None as well where no comparison was asked for."""
    rows: tuple[tuple[str | float | int | bool | None, ...], ...] = ()
    """Of the table across regions."""
    letters: Mapping[str, Letter] = field(default_factory=dict)
    """By language; no address stands in them."""
    enclosures: tuple[Enclosure, ...] = ()


def as_line(note: Note) -> str:
    """A note as JSON on one line, the same for the same note."""
    return dumped(plain(note))


def dumped(value: object) -> str:
    """A plain value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_note(found: object) -> Note | None:
    """A note as JSON held it; None for anything else."""
    try:
        made = noun(found)
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
        return None
    return made if isinstance(made, Note) else None


class Run:
    """The logs of one run, taken away at its end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = f"{_LOG}{secrets.token_hex(4)}"
        # Held for as long as the run lives: others tell by it that its logs are not left behind.
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
        self._handle = os.open(folder / self.name, flags, 0o600)
        hold(self._handle)

    def paths(self) -> list[Path]:
        """The logs of its processes."""
        return sorted(self._folder.glob(f"{self.name}.*"))

    def close(self) -> None:
        """Take the logs out; what they hold stands in the manifest."""
        os.close(self._handle)
        for path in [*self.paths(), self._folder / self.name]:
            with contextlib.suppress(OSError):
                path.unlink()


def log(folder: Path, run: str, code: str, note: Note) -> None:
    """Say what is about to be put in its place.

    Args:
        folder: The output folder.
        run: Name of the run; empty where nobody keeps a log.
        code: Of the region.
        note: Of the files as they will be.

    Raises:
        OSError: It cannot be written.
    """
    if not run:
        return
    with (folder / f"{run}.{_OWN}").open("ab") as file:
        file.write(
            f"{json.dumps([code])[:-1]},{as_line(note)}]\n".encode(errors="backslashreplace")
        )


def left_logs(folder: Path) -> list[Path]:
    """The logs of killed runs, those of one process first and the one that held the run last."""
    held = {
        path.name
        for path in folder.glob(f"{_LOG}*")
        if "." not in path.name.removeprefix(".") and not is_left(path)
    }
    left = [one for one in folder.glob(f"{_LOG}*") if f".{one.name.split('.')[1]}" not in held]
    return sorted(left, key=lambda path: (-len(path.suffixes), path.name))


def read_log(path: Path) -> Iterator[tuple[str, object]]:
    """The lines of a log: codes of regions, each with its note as JSON holds it."""
    with path.open("rb") as file:
        for line in file:
            with contextlib.suppress(ValueError):  # the last line may be half a line
                code, found = json.loads(line)
                yield str(code), found


def plain(value: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(value, Origin):
        return {_NOUN: "Origin", **value._asdict()}
    if isinstance(value, Struct):
        held = {name: plain(getattr(value, name)) for name in value.__struct_fields__}
        return {_NOUN: type(value).__name__, **held}
    if isinstance(value, date):
        return {_NOUN: _DAY, _DAY: value.isoformat()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if hasattr(value, "items"):
        return {key: plain(one) for key, one in value.items()}
    return value


def noun(found: Any) -> object:
    """A value as it was before it became JSON."""
    if isinstance(found, list):
        return tuple(map(noun, found))
    if not isinstance(found, dict):
        return found
    held: dict[str, Any] = {key: noun(one) for key, one in found.items() if key != _NOUN}
    name = found.get(_NOUN)
    if name is None:
        return held
    if name == _DAY:
        return date.fromisoformat(str(held[_DAY]))
    kind = Note if name == "Note" else _NAMED.get(str(name)) or getattr(model, str(name))
    if not issubclass(kind, Struct | Origin):
        raise TypeError(name)
    made: object = kind(**held)
    return made


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
