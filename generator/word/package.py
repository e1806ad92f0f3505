"""The zip package of a Word file: refused when it lies, written so that bytes repeat."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from generator.problems import Origin, TemplateError, problem
from generator.word.parts import parse
from generator.word.tags import BODY, W

if TYPE_CHECKING:
    from pathlib import Path

_STAMP = (1980, 1, 1, 0, 0, 0)
_MAX_UNPACKED = 100 * 2**20
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CELL_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark",
)  # fmt: skip
"""Children of w:tcPr in schema order (ECMA-376 part 1, 17.4.66)."""


def check_package(path: Path, origin: Origin) -> None:
    """Refuse what is not a plain .docx before anything is inflated.

    Raises:
        TemplateError: The file is missing, not a zip, too large, or carries macros.
    """
    try:
        if not path.is_file():  # a pipe would never end
            raise FileNotFoundError(path)
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            size = sum(part.file_size for part in package.infolist())
    except (OSError, zipfile.BadZipFile) as fault:
        raise TemplateError([problem("TP-101", origin, detail=type(fault).__name__)]) from fault
    if size > _MAX_UNPACKED:
        raise TemplateError([problem("TP-101", origin, detail="larger than 100 MB unpacked")])
    if any(name.endswith("vbaProject.bin") for name in names):
        raise TemplateError([problem("TP-101", origin, detail="macros")])


def body_of(content: bytes) -> etree._Element:
    """The document part of a package.

    Raises:
        lxml.etree.XMLSyntaxError: It is not XML.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return parse(package.read(BODY))


def with_body(content: bytes, root: etree._Element) -> bytes:
    """The package with another document part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.infolist():
            is_body = part.filename == BODY
            data = etree.tostring(root, encoding="UTF-8") if is_body else source.read(part)
            target.writestr(part, data)
    return made.getvalue()


def reproducible(content: bytes) -> bytes:
    """The package with fixed dates, fixed order, ids in document order and valid cell properties."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for name in sorted(
            source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)
        ):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            data = source.read(name)
            target.writestr(info, _tidied(data) if name == BODY else data)
    return result.getvalue()


def _tidied(xml: bytes) -> bytes:
    """Cell shading in its schema place and drawing ids counted anew."""
    root = parse(xml)
    for properties in root.iter(f"{W}tcPr"):
        children = sorted(properties, key=lambda child: _place(str(child.tag)))
        properties[:] = children
    for number, drawing in enumerate(root.iter(f"{_WP}docPr"), start=1):
        drawing.set("id", str(number))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _place(tag: str) -> int:
    name = tag.removeprefix(W)
    return _CELL_ORDER.index(name) if name in _CELL_ORDER else len(_CELL_ORDER)
