"""Passing files of ours: which a run still holds, and which a killed one has left.

A run locks what it works on; the system takes the lock away with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl


_LONGEST_S = 86_400
"""Age from which a file counts as left behind where the system cannot say."""
_PATIENCE_S = 5
"""How long to wait for another run; it holds a folder for milliseconds."""


def hold(handle: int) -> bool:
    """Lock a new file for as long as it is open; false where another run has just taken it out.

    Between its making and its lock a file looks like one that was left.
    """
    return _locked(handle, or_no_locks=True) and os.fstat(handle).st_nlink > 0


def is_left(path: Path) -> bool:
    """Whether no run holds a file any more.

    Args:
        path: A file that its maker locks; false for what is gone or is no plain file.
    """
    return _left(path)


def take_out(path: Path) -> None:
    """Delete a file that no run holds any more, before another can hold it."""
    with contextlib.suppress(OSError):
        _left(path, path.unlink)


def _left(path: Path, then: Callable[[], None] = lambda: None) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return False
        if sys.platform == "win32":
            then()
            return True  # one that is open cannot be deleted there anyway
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        # Of the open file: its maker may have put it into its place meanwhile.
        is_free = _locked(handle) or time.time() - os.fstat(handle).st_mtime > _LONGEST_S
        if is_free:
            then()
        return is_free
    finally:
        os.close(handle)


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


def _locked(handle: int, *, or_no_locks: bool = False) -> bool:
    """Whether the lock could be had; `or_no_locks` is the answer of drives that have none."""
    if sys.platform == "win32":
        return or_no_locks
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return or_no_locks
    return True
