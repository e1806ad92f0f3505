"""The data of one chart part: what it can hold, its series written anew, the workbook beside it."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree

from generator.opc import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pptx.chart.data import CategoryChartData, XyChartData

    from generator.model import Figure

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_STAMP = datetime(1980, 1, 1)  # noqa: DTZ001 - the date that stands in every part
_OF_POINTS = ("scatterChart", "bubbleChart")
_KINDS = {
    "areaChart", "barChart", "doughnutChart", "lineChart", "pieChart", "radarChart", *_OF_POINTS
}  # fmt: skip
"""Kinds of charts whose series can be rewritten; others keep theirs in a form of their own."""


def read_chart(content: bytes) -> etree._Element:
    """A chart part that can be filled.

    Raises:
        ValueError: It is no chart, has no series, or one of its kinds cannot be filled; the message
            names the element at fault.
    """
    if not content:
        raise ValueError("r:id")
    try:
        space = parse(content)
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


def is_of_points(space: etree._Element) -> bool:
    """Whether the chart shows points on two axes and no categories."""
    return next(space.iter(*(f"{C}{name}" for name in _OF_POINTS)), None) is not None


def with_data(space: etree._Element, figure: Figure) -> etree._Element:
    """The chart with other series in the look of those it has.

    Raises:
        ValueError: A series lacks what every series must have.
    """
    from pptx.chart.xmlwriter import (  # noqa: PLC0415 - a fifth of a second of start-up
        SeriesXmlRewriterFactory,
    )
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - likewise
    from pptx.exc import PythonPptxError  # noqa: PLC0415 - likewise
    from pptx.oxml import parse_xml  # noqa: PLC0415 - likewise

    # python-pptx needs elements of its own; what it reads here we have read and written.
    filled: etree._Element = parse_xml(etree.tostring(space))
    kind = XL_CHART_TYPE.XY_SCATTER if figure.is_points else XL_CHART_TYPE.BAR_CLUSTERED
    data = _point_data(figure) if figure.is_points else _category_data(figure)
    for series in filled.iter(f"{C}ser"):
        _forget(series)
    try:
        SeriesXmlRewriterFactory(kind, data).replace_series_data(filled)
    except (PythonPptxError, AttributeError, IndexError, KeyError, TypeError) as fault:
        raise ValueError("c:ser") from fault
    return filled


def _forget(series: etree._Element) -> None:
    """Take from a series what speaks of the placeholder data only."""
    stale = (f"{C}errBars", f"{C}trendline", f"{C}extLst")
    for child in [*series.iterchildren(*stale)]:
        series.remove(child)
    for label in list(series.iter(f"{C}dLbl")):
        holder = label.getparent()
        if holder is not None and label.find(f"{C}tx") is not None:
            holder.remove(label)


def _category_data(figure: Figure) -> CategoryChartData:
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415 - as above

    data = CategoryChartData(number_format=figure.number_format)
    data.categories = list(figure.categories)
    for series in figure.series:
        data.add_series(series.name, list(series.values))
    return data


def _point_data(figure: Figure) -> XyChartData:
    from pptx.chart.data import XyChartData  # noqa: PLC0415 - as above

    data = XyChartData(number_format=figure.number_format)
    for series in figure.series:
        one = data.add_series(series.name)
        for x, y in zip(series.x, series.values, strict=True):
            one.add_data_point(x, y)
    return data


def workbook(figure: Figure) -> bytes:
    """The sheet that the series refer to; text stays text, whatever it begins with."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - as above

    made = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(made, plain) as book:
        book.set_properties({"created": _STAMP})
        sheet = book.add_worksheet("Sheet1")
        shown = book.add_format({"num_format": figure.number_format})
        for row, column, value in _cells(figure):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, value, shown)
        sheet.set_column(0, 0, 40)
    return made.getvalue()


def _cells(figure: Figure) -> Iterator[tuple[int, int, str | float | None]]:
    """Row, column and value as the series refer to them: one table, or one a series for points."""
    if figure.is_points:
        top = 0
        for series in figure.series:
            yield top, 1, series.name
            for row, (x, y) in enumerate(zip(series.x, series.values, strict=True), top + 1):
                yield row, 0, x
                yield row, 1, y
            top += len(series.values) + 2
        return
    for row, category in enumerate(figure.categories, 1):
        yield row, 0, category
    for column, series in enumerate(figure.series, 1):
        yield 0, column, series.name
        for row, value in enumerate(series.values, 1):
            yield row, column, value
