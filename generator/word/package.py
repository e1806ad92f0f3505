"""The zip package of a Word file: refused when it lies, written so that bytes repeat."""

from __future__ import annotations

import itertools
import posixpath
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from generator.codes import Code
from generator.opc import (
    Bounds,
    PackageError,
    opened,
    pack_in_order,
    parse,
    read,
    relations_name,
    serialized,
)
from generator.problems import Origin, TemplateError, problem
from generator.word.tags import BODY, WP, W

if TYPE_CHECKING:
    import zipfile

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
"""How every part of a package begins."""
BOUNDS = Bounds(unpacked=100 * 2**20)
"""What a Word file may come to."""
BODY_RELATIONS = relations_name(BODY)
_OF_TEMPLATES = Bounds(unpacked=40 * 2**20, parts=2_000, ratio=100)
"""What a template may; the XML of the shipped ones unpacks to 12 times its size."""
_CELL_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark",
)  # fmt: skip
"""Children of w:tcPr in schema order (ECMA-376 part 1, 17.4.66)."""


@contextmanager
def opened_template(source: Path | bytes, origin: Origin) -> Iterator[zipfile.ZipFile]:
    """The package of a template, refused where it lies, before anything is inflated.

    Args:
        source: The file, or what was read of it.
        origin: The template, for messages.

    Raises:
        TemplateError: The file is not there, no plain .docx, too large, or carries macros.
    """
    try:
        with opened(source, _OF_TEMPLATES) as package:
            names = [name.lower() for name in package.namelist()]
            if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
                raise TemplateError([problem(Code.TEMPLATE_UNUSABLE, origin, cause="macros")])
            yield package
    except PackageError as fault:
        lie = problem(Code.TEMPLATE_UNUSABLE, origin, cause=fault.lie, place=fault.part)
        raise TemplateError([lie]) from fault


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a document that this program made, or LibreOffice of it."""
    return read(content, BOUNDS)


def body_of(content: bytes) -> etree._Element:
    """The document part of a package.

    Raises:
        lxml.etree.XMLSyntaxError: It is not XML.
    """
    return parse(parts_of(content)[BODY])


def with_body(content: bytes, root: etree._Element) -> bytes:
    """The package with another document part."""
    return pack_in_order(parts_of(content) | {BODY: etree.tostring(root, encoding="UTF-8")})


def reproducible(content: bytes) -> bytes:
    """The package with fixed dates, fixed order, ids in document order and valid cell properties."""
    parts = parts_of(content)
    return pack_in_order(parts | {BODY: _tidied(parts[BODY])})


def _tidied(xml: bytes) -> bytes:
    """Cell shading in its schema place and drawing ids counted anew."""
    root = parse(xml)
    for properties in root.iter(f"{W}tcPr"):
        in_cell_order(properties)
    for number, drawing in enumerate(root.iter(f"{WP}docPr"), start=1):
        drawing.set("id", str(number))
    return serialized(root)


def in_cell_order(properties: etree._Element) -> None:
    """Put the properties of a cell in the order that readers hold a file to."""
    properties[:] = sorted(properties, key=lambda child: _place(str(child.tag)))


def _place(tag: str) -> int:
    name = tag.removeprefix(W)
    return _CELL_ORDER.index(name) if name in _CELL_ORDER else len(_CELL_ORDER)


def free_name(name: str, is_taken: Callable[[str], bool]) -> str:
    """The first name for another part like this one that is free: the same with a number."""
    stem, ending = posixpath.splitext(name)
    stem = stem.rstrip("0123456789")
    made = (f"{stem}{number}{ending}" for number in itertools.count(1))
    return next(one for one in made if not is_taken(one))
