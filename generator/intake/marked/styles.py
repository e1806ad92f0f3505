"""Styles of the copy: the planner's own, and each marked one once more with a fill."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from generator.opc import Package
    from generator.problems import Severity

FILLS: dict[Severity, str] = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
"""Light red and light amber; black text on either stays above a contrast of 12 to 1."""
_HEADING = "FFD9D9D9"
_LINK = "FF0563C1"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
_FONT_ORDER = ("sz", "color", "name", "family", "charset", "scheme")
_EMPTY = (
    '<styleSheet xmlns="{namespace}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/>'
    '<top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" '
    'xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Styles:
    """The style sheet of a workbook, open for more styles.

    Args:
        package: The package; its workbook is given a style sheet where it has none.
    """

    def __init__(self, package: Package) -> None:
        relations = package.relations(package.main)
        parts = relations.of("styles")
        if parts:
            self._part = parts[0]
            self._root = package.tree(self._part)
        else:
            # Some readers look for the usual name alone; a stray part of that name gives way.
            package.drop(posixpath.join(package.folder, "styles.xml"))
            self._part = package.add("styles.xml", _TYPE)
            relations.add(f"{package.base}/styles", self._part)
            self._root = etree.fromstring(_EMPTY.format(namespace=package.space))
        self._package = package
        self._namespace = str(self._root.tag).rpartition("}")[0] + "}"
        self._formats = self._list("cellXfs")
        self._made: dict[tuple[int, str], int] = {}
        self._fills: dict[str, int] = {}

    def marked(self, base: int, severity: Severity) -> int:
        """The number of a style that differs from `base` in its fill alone."""
        key = base, severity
        if key not in self._made:
            known = 0 <= base < len(self._formats)
            style = deepcopy(self._formats[base]) if known else self._new("xf")
            self._made[key] = self._append(style, self._fill(FILLS[severity]))
        return self._made[key]

    def text(self, *, severity: Severity | None = None) -> int:
        """The number of the style of wrapped text that no key stroke turns into a formula."""
        return self._append(self._text(), self._fill(FILLS[severity]) if severity else 0)

    def link(self) -> int:
        """The number of the style of a link."""
        style = self._text()
        self._set_font(style, "u", _LINK)
        return self._append(style, 0)

    def heading(self, *, filled: bool) -> int:
        """The number of the style of bold text, with or without the fill of a header."""
        style = self._text()
        self._set_font(style, "b", "")
        return self._append(style, self._fill(_HEADING) if filled else 0)

    def save(self) -> None:
        """Put the style sheet into the package."""
        self._package.put_tree(self._part, self._root)

    def _new(self, tag: str, **attributes: str) -> etree._Element:
        if tag == "xf":
            attributes = {
                "numFmtId": "0",
                "fontId": "0",
                "fillId": "0",
                "borderId": "0",
                "xfId": "0",
            }
        return etree.Element(f"{self._namespace}{tag}", attributes)

    def _list(self, name: str) -> etree._Element:
        """A list of the style sheet, added in its place where it is missing."""
        found = self._root.find(f"{self._namespace}{name}")
        if found is not None:
            return found
        found = self._new(name)
        later = {f"{self._namespace}{other}" for other in _ORDER[_ORDER.index(name) + 1 :]}
        at = next((i for i, child in enumerate(self._root) if child.tag in later), len(self._root))
        self._root.insert(at, found)
        return found

    def _append(self, style: etree._Element, fill: int) -> int:
        if fill:
            style.set("fillId", str(fill))
            style.set("applyFill", "1")
        if not len(self._formats):
            self._formats.append(self._new("xf"))
        return self._added(self._formats, style)

    @staticmethod
    def _added(parent: etree._Element, child: etree._Element) -> int:
        child.tail = None
        parent.append(child)
        parent.set("count", str(len(parent)))
        return len(parent) - 1

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            fills = self._list("fills")
            for pattern in ("none", "gray125")[len(fills) :]:
                # The first two fills have a fixed meaning, whatever stands there.
                self._added(fills, self._pattern(pattern))
            fill = self._pattern("solid")
            etree.SubElement(fill[0], f"{self._namespace}fgColor", rgb=colour)
            etree.SubElement(fill[0], f"{self._namespace}bgColor", indexed="64")
            self._fills[colour] = self._added(fills, fill)
        return self._fills[colour]

    def _pattern(self, kind: str) -> etree._Element:
        fill = self._new("fill")
        etree.SubElement(fill, f"{self._namespace}patternFill", patternType=kind)
        return fill

    def _text(self) -> etree._Element:
        style = self._new("xf")
        style.set("quotePrefix", "1")
        style.set("applyAlignment", "1")
        etree.SubElement(style, f"{self._namespace}alignment", vertical="top", wrapText="1")
        return style

    def _set_font(self, style: etree._Element, trait: str, colour: str) -> None:
        """Give a style the workbook's first font with one trait and a colour."""
        fonts = self._list("fonts")
        known = {str(child.tag): child for child in fonts[0]} if len(fonts) else {}
        font = self._new("font")
        etree.SubElement(font, f"{self._namespace}{trait}")
        for name in _FONT_ORDER:
            if name == "color" and colour:
                etree.SubElement(font, f"{self._namespace}color", rgb=colour)
            elif f"{self._namespace}{name}" in known:
                font.append(deepcopy(known[f"{self._namespace}{name}"]))
        style.set("fontId", str(self._added(fonts, font)))
        style.set("applyFont", "1")
