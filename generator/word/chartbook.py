"""The workbook inside a chart: one sheet with the numbers that the chart shows.

It is what “Edit data” opens. All but the sheet and the number format is the same for every chart,
so those parts are deflated once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from generator.opc import TYPES, joined, packed
from generator.word.chartdata import cells, column

if TYPE_CHECKING:
    from generator.model import Figure
    from generator.opc import Packed

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OWN_FORMAT = 164
"""The first number that a workbook's own number formats may have (ECMA-376 part 1, 18.8.30)."""
_LONGEST = 32_767
"""Signs that a cell can hold."""
_FIXED = {
    TYPES: (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_REL}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
}


def workbook(figure: Figure) -> bytes:
    """The sheet that the series of a chart refer to; text stays text, whatever it begins with."""
    return joined((*_fixed(), _styles(figure.number_format), packed(*_sheet(figure))))


@cache
def _fixed() -> tuple[Packed, ...]:
    return tuple(packed(name, f"{_HEAD}{text}".encode()) for name, text in _FIXED.items())


@lru_cache(maxsize=64)
def _styles(form: str) -> Packed:
    """The styles: plain, and numbers in one format."""
    number = 0 if form == "General" else _OWN_FORMAT
    own = f'<numFmt numFmtId="{number}" formatCode="{escape(form)}"/>'
    formats = f'<numFmts count="1">{own}</numFmts>' if number else ""
    text = (
        f'<styleSheet xmlns="{_MAIN}">{formats}'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )
    return packed("xl/styles.xml", f"{_HEAD}{text}".encode())


def _sheet(figure: Figure) -> tuple[str, bytes]:
    rows = []
    for number, row in groupby(cells(figure), key=lambda cell: cell[0]):
        shown = "".join(_cell(f"{column(place)}{number + 1}", value) for _, place, value in row)
        rows.append(f'<row r="{number + 1}">{shown}</row>')
    text = (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><cols>'
        '<col min="1" max="1" width="40" customWidth="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData></worksheet>"
    )
    return "xl/worksheets/sheet1.xml", text.encode()


def _cell(place: str, value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        said = escape(value[:_LONGEST])
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
    return f'<c r="{place}" s="1"><v>{value}</v></c>'
