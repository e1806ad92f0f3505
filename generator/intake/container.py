"""What a workbook file is, before anything in it is read: refused when it is not, or is a trap."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.parsers import expat

from lxml import etree

from generator.problems import Origin, Problem, WorkbookError, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0"
_MAX_UNPACKED = 400 * 2**20
_MAX_RATIO, _RATIO_FROM = 200, 8 * 2**20
"""A part that unpacks to more than this many times its size is no sheet anybody typed."""


@contextmanager
def faults_named(origin: Origin) -> Iterator[None]:
    """Whatever a damaged package makes its readers raise, as one problem with a way out."""
    try:
        yield
    except (
        etree.XMLSyntaxError, expat.ExpatError, zipfile.BadZipFile, EOFError, LookupError,
        NotImplementedError, OSError, OverflowError, RuntimeError, StopIteration, UnicodeError,
        ValueError, zlib.error,
    ) as fault:  # fmt: skip
        raise WorkbookError([problem("IN-103", origin, detail=type(fault).__name__)]) from fault


def check_container(path: Path, origin: Origin) -> None:
    """Say what the file is before it is opened."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as fault:
        raise WorkbookError([problem("RN-101", Origin(str(path)))]) from fault
    if head.startswith(_OLE):
        raise WorkbookError([problem("IN-101", origin)])
    if not head:
        raise WorkbookError([problem("IN-108", origin)])
    if not zipfile.is_zipfile(path):
        code = "IN-103" if head.startswith(b"PK") else "IN-102"
        raise WorkbookError([problem(code, origin, detail="cut short")])


def check_parts(package: zipfile.ZipFile, origin: Origin) -> None:
    """Refuse what would inflate without end, before inflating; zipfile holds parts to their word."""
    parts = package.infolist()
    if sum(part.file_size for part in parts) > _MAX_UNPACKED or any(
        part.file_size > _RATIO_FROM and part.file_size > _MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    ):
        raise WorkbookError([problem("IN-109", origin)])
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise WorkbookError([problem("IN-102", origin)])
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with package.open(part) as stream:
                head = stream.read(4096)
            if b"<!DOCTYPE" in head or b"<!\0D\0O\0C\0T" in head or b"\0<\0!\0D\0O" in head:
                raise WorkbookError([problem("IN-113", origin, place=part.filename)])


def parts_beside(names: Iterable[str], origin: Origin) -> Iterator[Problem]:
    """What a workbook holds that is not read as it may be meant: links to other files, macros."""
    lowered = [name.lower() for name in names]
    links = sum(name.startswith("xl/externallinks/") and name.endswith(".xml") for name in lowered)
    if links:
        yield problem("IN-135", origin, "warning", count=links)
    if any(name.endswith("vbaproject.bin") for name in lowered):
        yield problem("IN-136", origin, "warning")


def part_name(part: str) -> str:
    """A part name without leading slash and without steps up."""
    kept: list[str] = []
    for piece in part.split("/"):
        if piece == "..":
            kept = kept[:-1]
        elif piece not in {"", "."}:
            kept.append(piece)
    return "/".join(kept)
