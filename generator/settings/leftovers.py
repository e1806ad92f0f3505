"""Passing files of ours: which a run still holds, and which a killed one has left.

A run locks what it works on; the system takes the lock away with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl


_LONGEST_S = 86_400
"""Age from which a file counts as left behind where the system cannot say."""
_PATIENCE_S = 5
"""How long to wait for another run; it holds a folder for milliseconds."""


def hold(handle: int) -> None:
    """Lock an open file for as long as it is open."""
    _locked(handle)


def is_left(path: Path) -> bool:
    """Whether no run holds a file any more.

    Args:
        path: A file that its maker locks; false for what is gone or is no plain file.
    """
    try:
        if path.is_symlink() or not path.is_file():
            return False
        if sys.platform == "win32":
            return True  # one that is open cannot be deleted there anyway
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        is_free = _locked(handle)
    finally:
        os.close(handle)
    return is_free or time.time() - path.stat().st_mtime > _LONGEST_S


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs from a folder's list of files while it is read and written anew."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + _PATIENCE_S
        while not _locked(handle) and time.monotonic() < until:
            time.sleep(0.01)
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    """Whether the lock could be had; some network drives have none."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
