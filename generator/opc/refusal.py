"""What a file must be to be read as an Office package; refused when it lies, before it inflates."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Container, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
_MAX_RATIO, _RATIO_FROM = 200, 2**23
"""A part of over 8 MB that unpacks to more than this many times its size is nothing anybody typed."""
_WHOLE_FROM = 2**22
_HEAD = 4096
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_ENCRYPTED = 0x1
DAMAGE = (
    etree.XMLSyntaxError, expat.ExpatError, zipfile.BadZipFile, EOFError, LookupError,
    NotImplementedError, OSError, OverflowError, RuntimeError, StopIteration, UnicodeError,
    ValueError, zlib.error,
)  # fmt: skip
"""What a damaged package makes its readers raise."""


class Lie(StrEnum):
    """What is wrong with a file that calls itself a package."""

    MISSING = "missing"
    EMPTY = "empty"
    COMPOUND = "compound"
    """A file of the older kind, or one with a password."""
    OTHER = "other"
    """No zip, or a zip of another kind."""
    CUT_SHORT = "cut_short"
    TWICE = "twice"
    """Two parts of one name: which is meant, nobody can say."""
    CLIMBS = "climbs"
    """A part whose name leads out of the package."""
    ENCRYPTED = "encrypted"
    INFLATES = "inflates"
    DOCTYPE = "doctype"


class PackageError(Exception):
    """A file that is refused as a package.

    Args:
        lie: What is wrong.
        part: The part concerned; empty for the whole file.
    """

    def __init__(self, lie: Lie, part: str = "") -> None:
        super().__init__(lie, part)
        self.lie, self.part = lie, part


class Bounds(NamedTuple):
    """What the files of a room may come to."""

    unpacked: int
    """Bytes of all parts together."""
    parts: int = 10_000
    ratio: int = 0
    """How many times their packed size all parts of over 4 MB together may come to; 0 for any."""
    may_climb: bool = False
    """Whether a part that nothing leads to may have a name that leads out; none is ever unpacked."""


@contextmanager
def opened(source: Path | bytes, bounds: Bounds) -> Iterator[zipfile.ZipFile]:
    """A package, open for reading, of which nothing has been inflated but the heads of its parts.

    Args:
        source: The file, or its bytes.
        bounds: How large it may be.

    Raises:
        PackageError: It is no package, or one that lies.
        OSError, zipfile.BadZipFile: It is damaged; see `DAMAGE` for what reading on may raise.
    """
    _refuse_others(source)
    with zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source)) as package:
        _refuse_parts(package, bounds)
        yield package


def read(source: Path | bytes, bounds: Bounds) -> dict[str, bytes]:
    """All parts of a package by name, in their order.

    Raises:
        PackageError: As in `opened`.
        OSError, zipfile.BadZipFile, zlib.error: It is damaged.
    """
    with opened(source, bounds) as package:
        return {one.filename: package.read(one) for one in _files(package)}


def _refuse_others(source: Path | bytes) -> None:
    if isinstance(source, Path):
        if not source.is_file():  # a pipe would never end
            raise PackageError(Lie.MISSING)
        try:
            with source.open("rb") as file:
                head = file.read(len(_OLE))
        except OSError as fault:
            raise PackageError(Lie.MISSING) from fault
    else:
        head = source[: len(_OLE)]
    if not head:
        raise PackageError(Lie.EMPTY)
    if head == _OLE:
        raise PackageError(Lie.COMPOUND)
    if not zipfile.is_zipfile(source if isinstance(source, Path) else io.BytesIO(source)):
        raise PackageError(Lie.CUT_SHORT if head.startswith(_ZIP) else Lie.OTHER)


def _refuse_parts(package: zipfile.ZipFile, bounds: Bounds) -> None:
    parts = _files(package)
    unpacked, packed = (
        sum(getattr(one, size) for one in parts) for size in ("file_size", "compress_size")
    )
    inflates = bounds.ratio and unpacked > _WHOLE_FROM and unpacked > bounds.ratio * packed
    if len(parts) > bounds.parts or unpacked > bounds.unpacked or inflates:
        raise PackageError(Lie.INFLATES)
    names: set[str] = set()
    for one in parts:
        if (lie := _lie_of(one, names)) and not (lie is Lie.CLIMBS and bounds.may_climb):
            raise PackageError(lie, one.filename)
        names.add(one.filename.lower())
    if not {TYPES.lower(), "_rels/.rels"} <= names:
        raise PackageError(Lie.OTHER)
    for one in parts:
        if one.filename.lower().endswith((".xml", ".rels", ".vml")):
            with package.open(one) as stream:
                head = stream.read(_HEAD)
            if any(mark in head for mark in _DOCTYPES):
                raise PackageError(Lie.DOCTYPE, one.filename)


def _lie_of(part: zipfile.ZipInfo, names: Container[str]) -> Lie | None:
    """What is wrong with a part by what the zip says of it, beside parts of these names."""
    # zipfile holds a part to what it says of its size.
    if part.file_size > _RATIO_FROM and part.file_size > _MAX_RATIO * max(part.compress_size, 1):
        return Lie.INFLATES
    if part.filename.lower() in names:
        return Lie.TWICE
    if ".." in part.filename.replace("\\", "/").split("/"):
        return Lie.CLIMBS
    return Lie.ENCRYPTED if part.flag_bits & _ENCRYPTED else None


def _files(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [one for one in package.infolist() if not one.is_dir()]
