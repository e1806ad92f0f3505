"""The data of one chart part: what it can hold, and its series written anew in the look it has.

A chart part is read once: cut where the data stand, it is filled as text for any number of
documents. Data are laid out as Word lays them out in the sheet beside the chart.

Also here: the workbook inside a chart: one sheet with the numbers that the chart shows.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from generator.opc import TYPES, Packed, joined, packed, parse, serialized
from generator.word.fieldcodes import detach

if TYPE_CHECKING:
    from generator.model import Figure, Series


C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_OF_POINTS = ("scatterChart", "bubbleChart")
_KINDS = {
    "areaChart", "barChart", "doughnutChart", "lineChart", "pieChart", "radarChart", *_OF_POINTS
}  # fmt: skip
"""Kinds of charts whose series can be rewritten; others keep theirs in a form of their own."""
_STALE = tuple(f"{C}{name}" for name in ("errBars", "trendline", "extLst"))
"""What in a series speaks of the placeholder data only."""
_IN_SERIES = (
    "idx", "order", "tx", "spPr", "invertIfNegative", "pictureOptions", "marker", "explosion",
    "dPt", "dLbls", "trendline", "errBars", "cat", "val", "xVal", "yVal", "shape", "smooth",
    "bubbleSize", "bubble3D", "extLst",
)  # fmt: skip
"""Children of a series in the order that all kinds agree with (ECMA-376 part 1, 21.2.2)."""

_SLOT = re.compile(r"<\?slot (\d+) (\w+)\?>")
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


class Slot(NamedTuple):
    """Where something of a series is put: `tx`, `cat`, `val`, `xVal` or `yVal`."""

    series: int
    name: str


class _Cut(NamedTuple):
    """What parts of one chart differ in before their data are put in."""

    series: int
    top: float | None
    mark: float | None


class ChartForm:
    """A chart part that can be filled.

    Args:
        content: The part.

    Raises:
        ValueError: It is no chart, has no series, or one of its kinds cannot be filled; the message
            names the element at fault.
    """

    def __init__(self, content: bytes) -> None:
        self._space = _read(content)
        self.is_of_points = next(self._space.iter(*(f"{C}{one}" for one in _OF_POINTS)), None) is not None  # fmt: skip
        """Whether the chart shows points on two axes and no categories."""
        for series in self._space.iter(f"{C}ser"):
            _forget(series)
        self._cuts: dict[_Cut, tuple[list[str], list[Slot]]] = {}

    def filled(self, figure: Figure) -> bytes:
        """The part with the series of a figure.

        Raises:
            ValueError: A series lacks what every series must have.
        """
        wanted = _Cut(len(figure.series), figure.top, figure.mark)
        if wanted not in self._cuts:
            self._cuts[wanted] = self._cut(wanted)
        texts, slots = self._cuts[wanted]
        fill = _of_points(figure) if self.is_of_points else _of_categories(figure)
        pieces = [texts[0]]
        for slot, text in zip(slots, texts[1:], strict=True):
            pieces += (fill[slot], text)
        return "".join(pieces).encode()

    def _cut(self, wanted: _Cut) -> tuple[list[str], list[Slot]]:
        """The texts around the slots, and the slots."""
        space = copy.deepcopy(self._space)
        # A line that stands out is the only multiple of the major unit on the axis.
        for path, value in (("scaling/{C}max", wanted.top), ("majorUnit", wanted.mark)):
            found = space.iterfind(f".//{C}valAx/{C}{path.format(C=C)}")
            for one in found if value is not None else ():
                one.set("val", f"{value:g}")
        try:
            rows = _with_series(space, wanted.series)
        except (AttributeError, IndexError, TypeError) as fault:
            raise ValueError("c:ser") from fault
        names = ("tx", "xVal", "yVal") if self.is_of_points else ("tx", "cat", "val")
        for number, series in enumerate(rows):
            for name in names:
                for old in series.findall(f"{C}{name}"):
                    series.remove(old)
                _insert(series, name, etree.ProcessingInstruction("slot", f"{number} {name}"))
        pieces = _SLOT.split(serialized(space).decode())
        slots = [Slot(int(a), b) for a, b in zip(pieces[1::3], pieces[2::3], strict=True)]
        return pieces[::3], slots


def _read(content: bytes) -> etree._Element:
    if not content:
        raise ValueError("r:id")
    try:
        space = parse(content, is_tight=True)
    except etree.XMLSyntaxError as fault:
        raise ValueError("XML") from fault
    area = space.find(f"{C}chart/{C}plotArea")
    if space.tag != f"{C}chartSpace" or area is None:
        raise ValueError("c:plotArea")
    names = [etree.QName(one).localname for one in area.iterchildren("{*}*")]
    for name in names:
        if name.endswith("Chart") and name not in _KINDS:
            raise ValueError(f"c:{name}")
    if next(area.iterfind(f"*/{C}ser"), None) is None:
        raise ValueError("c:ser")
    return space


def _forget(series: etree._Element) -> None:
    """Take from a series what speaks of the placeholder data only."""
    for child in [*series.iterchildren(*_STALE)]:
        series.remove(child)
    for label in list(series.iter(f"{C}dLbl")):
        holder = label.getparent()
        if holder is not None and label.find(f"{C}tx") is not None:
            holder.remove(label)


def _with_series(space: etree._Element, count: int) -> list[etree._Element]:
    """So many series: the last is copied, or those too many go with the plots they leave empty."""
    area = next(space.iter(f"{C}plotArea"))
    plots = [one for one in area.iterchildren("{*}*") if etree.QName(one).localname in _KINDS]
    rows = [one for plot in plots for one in sorted(plot.findall(f"{C}ser"), key=_order)]
    for one in rows:
        _order(one), _index(one)
    while len(rows) < count:
        last = max((one for one in rows if one.getparent() is plots[-1]), key=_order)
        made = copy.deepcopy(last)
        next(made.iterchildren(f"{C}idx")).set("val", str(max(map(_index, rows)) + 1))
        next(made.iterchildren(f"{C}order")).set("val", str(max(map(_order, rows)) + 1))
        last.addnext(made)
        rows.append(made)
    for one in rows[count:]:
        detach(one)
    for plot in plots:
        if plot.find(f"{C}ser") is None:
            area.remove(plot)
    return rows[:count]


def _order(series: etree._Element) -> int:
    return int(series.find(f"{C}order").get("val"))  # type: ignore[union-attr, arg-type] # what lacks it is refused


def _index(series: etree._Element) -> int:
    return int(series.find(f"{C}idx").get("val"))  # type: ignore[union-attr, arg-type] # likewise


def _insert(series: etree._Element, name: str, child: etree._Element) -> None:
    """Put a child of a kind where the kinds of its siblings want it."""
    after = {f"{C}{one}" for one in _IN_SERIES[_IN_SERIES.index(name) + 1 :]}
    following = next((one for one in series if one.tag in after), None)
    if following is None:
        series.append(child)
    else:
        following.addprevious(child)


def _of_categories(figure: Figure) -> dict[Slot, str]:
    """One table: categories in column A, then a column for each series, names in row 1."""
    categories = _texts(f"Sheet1!$A$2:$A${len(figure.categories) + 1}", figure.categories)
    found = {}
    for number, series in enumerate(figure.series):
        letter, end = column(number + 1), len(series.values) + 1
        cells = f"Sheet1!${letter}$2:${letter}${end}"
        found[Slot(number, "tx")] = _name(f"Sheet1!${letter}$1", series)
        found[Slot(number, "cat")] = f"<c:cat>{categories}</c:cat>"
        numbers = _numbers(cells, series.values, figure.number_format)
        found[Slot(number, "val")] = f"<c:val>{numbers}</c:val>"
    return found


def _of_points(figure: Figure) -> dict[Slot, str]:
    """A table for each series below one another: x in column A, y in column B under the name."""
    found, top = {}, 1
    for number, series in enumerate(figure.series):
        first, last = top + 1, top + len(series.values)
        found[Slot(number, "tx")] = _name(f"Sheet1!$B${top}", series)
        for letter, name, values in (("A", "xVal", series.x), ("B", "yVal", series.values)):
            cells = f"Sheet1!${letter}${first}:${letter}${last}"
            numbers = _numbers(cells, values, figure.number_format)
            found[Slot(number, name)] = f"<c:{name}>{numbers}</c:{name}>"
        top = last + 2
    return found


def _name(cell: str, series: Series) -> str:
    return f"<c:tx>{_texts(cell, (series.name,))}</c:tx>"


def _texts(cells: str, texts: tuple[str, ...]) -> str:
    points = _points(escape(text) for text in texts)
    return (
        f"<c:strRef><c:f>{cells}</c:f><c:strCache>"
        f'<c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def _numbers(cells: str, values: tuple[float | None, ...], form: str) -> str:
    points = _points(None if value is None else str(value) for value in values)
    return (
        f"<c:numRef><c:f>{cells}</c:f><c:numCache><c:formatCode>{escape(form)}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def _points(values: Iterable[str | None]) -> str:
    return "".join(
        f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value is not None
    )


def column(number: int) -> str:
    """The letters of a sheet's column, counted from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cells(figure: Figure) -> Iterator[tuple[int, int, str | float | None]]:
    """Row, column and value as the series refer to them, both from 0, row by row."""
    if figure.is_points:
        top = 0
        for series in figure.series:
            yield top, 1, series.name
            for row, (x, y) in enumerate(zip(series.x, series.values, strict=True), top + 1):
                yield row, 0, x
                yield row, 1, y
            top += len(series.values) + 2
        return
    for place, series in enumerate(figure.series, 1):
        yield 0, place, series.name
    longest = max((len(one.values) for one in figure.series), default=0)
    for row in range(max(len(figure.categories), longest)):
        if row < len(figure.categories):
            yield row + 1, 0, figure.categories[row]
        for place, series in enumerate(figure.series, 1):
            if row < len(series.values):
                yield row + 1, place, series.values[row]


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
