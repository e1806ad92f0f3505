"""Files appear whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from generator.problems import InputError, Origin, problem


def ready(folder: Path) -> None:
    """Make the folder and see that files can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise InputError([problem("RN-107", Origin(str(folder)), detail=detail)]) from fault


def write(path: Path, content: bytes, mode: int = 0o644) -> str:
    """The whole file or none: written beside, flushed, then renamed.

    Raises:
        InputError: The file cannot be written, for example because Word holds it open.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".briefs-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).chmod(mode)
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise InputError([problem("RN-107", Origin(str(path)), detail=detail)]) from fault
    return path.name


def remove(path: Path) -> None:
    """Take a file away.

    Raises:
        InputError: It cannot be, for example because a program on Windows holds it open.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise InputError([problem("RN-107", Origin(str(path)), detail=detail)]) from fault


def as_bytes(value: object) -> bytes:
    """A value as a JSON file, the same for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
