"""Files appear whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.codes import Code
from generator.problems import InputError, Origin, problem
from generator.settings.leftovers import hold, take_out

_DRAFT = re.compile(r"\.briefs-[a-z0-9_]{8}")
MODE = 0o666
"""What others may do with a file is for the user's umask to say."""


def ready(folder: Path) -> None:
    """Make the folder, see that files can be written there, and take out drafts of killed runs."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as fault:
        raise unwritable(folder, fault) from fault
    sweep(folder)


def sweep(folder: Path) -> None:
    """Take out the drafts that killed runs have left in a folder; a running one keeps its own."""
    for path in folder.glob(".briefs-*"):
        if _DRAFT.fullmatch(path.name):
            take_out(path)


def write(path: Path, content: bytes | Iterable[bytes], mode: int = MODE) -> str:
    """The whole file or none: written beside, flushed, then renamed.

    Args:
        path: Where it is to stand.
        content: What it is to hold, at once or piece by piece.
        mode: What others may do with it, before the umask.

    Raises:
        InputError: The file cannot be written, for example because Word holds it open.
    """
    try:
        with drafted(path, content, mode) as draft:
            draft.replace(path)
    except (OSError, ValueError) as fault:
        raise unwritable(path, fault) from fault
    return path.name


@contextlib.contextmanager
def drafted(path: Path, content: bytes | Iterable[bytes], mode: int = MODE) -> Iterator[Path]:
    """The content beside its place, on the disk, ready to be renamed; gone at the end if it was not.

    Raises:
        OSError: It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft, handle = _begun(path, mode)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, no path
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(handle)
            if os.name == "posix":  # held until it has its name; Windows renames closed files only
                yield draft
        if os.name != "posix":
            yield draft
    finally:
        draft.unlink(missing_ok=True)


def _begun(path: Path, mode: int) -> tuple[Path, int]:
    """An empty draft that this run holds, and its handle."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        draft = path.with_name(f".briefs-{secrets.token_hex(4)}")
        handle = os.open(draft, flags, mode)
        if hold(handle):
            return draft, handle
        # Another run took it for one that was left.
        os.close(handle)
        draft.unlink(missing_ok=True)


def unwritable(path: Path, fault: OSError | ValueError) -> InputError:
    """What to tell a person about a place where nothing can be written."""
    detail = getattr(fault, "strerror", None) or type(fault).__name__
    return InputError([problem(Code.OUTPUT_UNWRITABLE, Origin(str(path)), detail=detail)])


def digest_of_file(path: Path) -> str:
    """The hash of a file, which is read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def as_bytes(value: object) -> bytes:
    """A value as a JSON file, the same for the same value."""
    return _encoded(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def as_lines(fields: Mapping[str, object]) -> bytes:
    """Very many values as a JSON file, likewise, one line a field: indented takes five times as long."""
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}"
        for name, value in fields.items()
    )
    return _encoded(f"{{\n{lines}\n}}\n")


def _encoded(made: str) -> bytes:
    # Half a character, as a file name in another encoding may hold, is written as JSON writes it.
    return made.encode(errors="backslashreplace")
