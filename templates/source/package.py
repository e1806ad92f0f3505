"""The Word file as a zip of parts, with the same bytes on every run."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from look import THEMED
from lxml import etree

from generator.opc import pack, parse, serialized

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{REL}"'
)
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE_REL = f"{_PACKAGE_REL}/metadata/core-properties"
_PACKAGE_TYPE = "application/vnd.openxmlformats-package"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

DOCUMENT_PARTS = {
    "styles": "rId1",
    "numbering": "rId2",
    "settings": "rId3",
    "fontTable": "rId4",
    "header1": "rId5",
    "header2": "rId6",
    "footer1": "rId7",
    "theme": "rId8",
}


_HEX = re.compile("[0-9A-F]{6}")
_FIRST_CHART = 101
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Chart(NamedTuple):
    """A chart part and the workbook inside it."""

    xml: str
    book: bytes


def chart_id(place: int) -> str:
    """The relationship of the chart at a place, from 0."""
    return f"rId{_FIRST_CHART + place}"


def assemble(parts: Mapping[str, str], core: str, charts: Sequence[Chart] = ()) -> bytes:
    """Zip the parts of one document.

    Args:
        parts: XML by part name without folder and ending: `document` and names out of
            `DOCUMENT_PARTS`.
        core: XML of the core properties.
        charts: In the order of their `chart_id`.

    Returns:
        The file; equal input gives equal bytes.

    Raises:
        lxml.etree.XMLSyntaxError: If a part is not well-formed.
    """
    related = {name: rid for name, rid in DOCUMENT_PARTS.items() if name in parts}
    files = {
        "[Content_Types].xml": _content_types(related, len(charts)),
        "_rels/.rels": _relationships(
            ("rId1", f"{REL}/officeDocument", "word/document.xml"),
            ("rId2", _CORE_REL, "docProps/core.xml"),
        ),
        "docProps/core.xml": core,
        "word/document.xml": parts["document"],
        "word/_rels/document.xml.rels": _relationships(
            *((rid, f"{REL}/{name.rstrip('12')}", f"{name}.xml") for name, rid in related.items()),
            *(
                (chart_id(i), f"{REL}/chart", f"charts/chart{i + 1}.xml")
                for i in range(len(charts))
            ),
        ),
    }
    files |= {f"word/{name}.xml": parts[name] for name in related}
    books = {}
    for number, chart in enumerate(charts, 1):
        files[f"word/charts/chart{number}.xml"] = chart.xml
        files[f"word/charts/_rels/chart{number}.xml.rels"] = _relationships(
            ("rId1", f"{REL}/package", f"../embeddings/chart{number}.xlsx")
        )
        books[f"word/embeddings/chart{number}.xlsx"] = chart.book
    ready = {name: _canonical(text) for name, text in files.items()} | books
    return pack((name, (content,)) for name, content in ready.items())


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_THEME_NAMES = {"dk1": "text1", "lt1": "background1", "dk2": "text2", "lt2": "background2"}
_CHART_NAMES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}


def _canonical(text: str) -> bytes:
    root = parse(text.encode())
    if root.tag != f"{_A}theme":
        for element in list(root.iter()):
            _take_from_theme(element)
    return serialized(root)


def _take_from_theme(element: Any) -> None:
    """Name the theme's slot beside each colour, so that another set of colours reaches it."""
    if element.tag == f"{_A}srgbClr":
        slot, share = THEMED[element.get("val")]
        element.tag = f"{_A}schemeClr"
        element.set("val", _CHART_NAMES.get(slot, slot))
        left = round(abs(share) / 255 * 100_000)
        if left < 100_000:
            etree.SubElement(element, f"{_A}lumMod", val=str(left))
            if share > 0:
                etree.SubElement(element, f"{_A}lumOff", val=str(100_000 - left))
        return
    for name, theme in (("fill", "themeFill"), ("color", "themeColor"), ("val", "themeColor")):
        colour = element.get(f"{_W}{name}", "")
        is_other = name == "val" and element.tag != f"{_W}color"
        if is_other or not _HEX.fullmatch(colour):
            continue
        slot, share = THEMED[colour]
        element.set(f"{_W}{theme}", _THEME_NAMES.get(slot, slot))
        if abs(share) < 0xFF:
            kind = "Tint" if share > 0 else "Shade"
            element.set(f"{_W}{theme.removesuffix('Color')}{kind}", f"{abs(share):02X}")


def _relationships(*rows: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{to}"/>' for i, kind, to in rows)
    return f'<Relationships xmlns="{_PACKAGE_REL}">{inner}</Relationships>'


def _content_types(related: Iterable[str], charts: int) -> str:
    kinds = {"document": f"{_WORD_TYPE}.document.main"}
    kinds |= {name: f"{_WORD_TYPE}.{name.rstrip('12')}" for name in related}
    kinds["theme"] = "application/vnd.openxmlformats-officedocument.theme"
    overrides = {f"word/{name}": f"{kind}+xml" for name, kind in kinds.items()}
    overrides |= {f"word/charts/chart{number}": _CHART_TYPE for number in range(1, charts + 1)}
    overrides["docProps/core"] = f"{_PACKAGE_TYPE}.core-properties+xml"
    rows = [
        f'<Default Extension="rels" ContentType="{_PACKAGE_TYPE}.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
    ]
    if charts:
        rows.append(f'<Default Extension="xlsx" ContentType="{_BOOK_TYPE}"/>')
    rows += [
        f'<Override PartName="/{name}.xml" ContentType="{kind}"/>'
        for name, kind in overrides.items()
    ]
    inner = "".join(rows)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{inner}</Types>"
    )
