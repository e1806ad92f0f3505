"""Native Word charts with placeholder data, found at run time by their alternative text.

Every chart is drawn with the series that the program fills; a designer may restyle any of it in
Word, as long as the alternative text keeps its `chart:` key.
"""

import html
from dataclasses import dataclass

from blocks import Pen, tag, when
from look import ACCENT, GREY, GRID, INK, LIGHT, MID, PALE, QUIET, RULE, WARM, WARM_EDGE, Look
from package import Chart
from tables import Text, Words

from generator.model import Figure, Series
from generator.word.chartbook import workbook

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_EMU_PER_MM = 36000
# LibreOffice draws every chart 16 cm by 9 cm and scales the picture: another shape would be stretched.
_SHAPE = 9 / 16
_ROWS = ("A", "B", "C")
HIDDEN = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart.

    Attributes:
        fills: Colour of each series, `HIDDEN` for one that only carries the next.
        axis: Title of the value axis.
        stacked: Whether the series stand on each other.
        most: End of the value axis; None where the data set it.
        number: Format of the axis and labels.
        labels: Whether each bar shows its value.
        legend: Whether series are named below.
        is_reversed: Whether the value axis runs to the left, for time that has passed.
        step: Between the lines of the value axis; 0 where the data set it.
    """

    fills: tuple[str, ...]
    axis: Words = ""
    stacked: bool = False
    most: float | None = None
    number: str = "0"
    labels: bool = False
    legend: bool = False
    is_reversed: bool = False
    step: int = 0


@dataclass(frozen=True, slots=True)
class Points:
    """A chart of points on two axes; the series differ in colour and shape.

    Attributes:
        fills: Colour of each series.
        across: Title of the axis from left to right.
        up: Title of the axis from below.
    """

    fills: tuple[str, ...]
    across: Words
    up: Words
    number: str = "0.0"


KINDS: dict[str, Bars | Points] = {
    "places": Points(
        (ACCENT, LIGHT, WARM, GREY), Text("Longitude", "经度"), Text("Latitude", "纬度")
    ),
    "power_mix": Bars((ACCENT,), number="#,##0", labels=True),
    "thresholds": Bars((ACCENT, LIGHT), stacked=True, most=100, legend=True),
    "readiness": Bars((ACCENT, LIGHT), stacked=True, most=100, legend=True),
    "acceptability_blockchain": Bars(
        (ACCENT, MID, LIGHT, PALE, GREY), stacked=True, most=100, legend=True
    ),
    "acceptability_power_reuse": Bars(
        (ACCENT, MID, LIGHT, PALE, GREY), stacked=True, most=100, legend=True
    ),
    "tornado_blockchain": Bars((HIDDEN, ACCENT, WARM), stacked=True, legend=True),
    "tornado_power_reuse": Bars((HIDDEN, ACCENT, WARM), stacked=True, legend=True),
    "limits": Bars((ACCENT, LIGHT), stacked=True, most=100, legend=True),
    "compared": Bars((ACCENT, LIGHT), stacked=True, most=100, legend=True),
    "alternatives": Bars((ACCENT, LIGHT, GREY), most=100, labels=True, legend=True),
    "gap": Bars((ACCENT, GREY, WARM), stacked=True, legend=True),
    "diversity": Bars((LIGHT, ACCENT), number="0.000", labels=True, legend=True),
    "schedule": Bars(
        (HIDDEN, WARM, ACCENT, LIGHT),
        axis=Text("Months from the start of the plan", "自规划起始的月数"),
        stacked=True,
        legend=True,
        step=3,
    ),
    "rules": Bars((WARM, ACCENT), stacked=True, number="0", legend=True, is_reversed=True),
}


def figure(
    pen: Pen, key: str, wide_mm: int, many_mm: int = 0, rows: int = 0, *, has_note: bool = True
) -> str:
    """A chart with caption and note, absent without data.

    Args:
        pen: Writes in the document's language; keeps the chart.
        key: Name of the figure in the fields.
        wide_mm: Width of the chart.
        many_mm: Width where it has more rows than `rows`.
        rows: How many rows the smaller chart has room for.
        has_note: Whether its source, or how to read it, stands below.
    """
    path = f"figures.{key}"
    drawing = pen.paragraph("Figure", draw(pen, key, wide_mm))
    if many_mm:
        large = pen.paragraph("Figure", draw(pen, key, many_mm))
        drawing = tag(f"if {path}.count > {rows}") + large + tag("else") + drawing + tag("endif")
    return when(
        f"{path}.title",
        drawing,
        pen.caption(f"{{{{ {path}.title }}}}", "figure", keep=has_note),
        pen.optional("FigureNote", f"{path}.note") if has_note else "",
    )


def draw(pen: Pen, key: str, wide_mm: int) -> str:
    """A run with the chart; the pen keeps its parts."""
    kind = KINDS[key.partition(":")[0]]
    if isinstance(kind, Points):
        xml, book = _points(pen, kind), _point_book(kind)
    else:
        xml, book = _bars(pen, kind), _bar_book(kind)
    rid = pen.keep(Chart(xml, book))
    wide = wide_mm * _EMU_PER_MM
    size = f'cx="{wide}" cy="{round(wide * _SHAPE)}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_INLINE}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{len(pen.charts)}" name="Chart {len(pen.charts)}" '
        f'descr="chart:{html.escape(key)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" r:id="{rid}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _bars(pen: Pen, kind: Bars) -> str:
    series = "".join(_bar(place, fill, kind) for place, fill in enumerate(kind.fills))
    overlap = '<c:overlap val="100"/>' if kind.stacked else '<c:overlap val="-10"/>'
    grouping = "stacked" if kind.stacked else "clustered"
    # Names stand at the left edge, also where bars run below zero or from the right.
    side, place = ("max", "nextTo") if kind.is_reversed else ("autoZero", "low")
    category = (
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{place}"/>{_line(RULE)}'
        f'{_text(pen.look, INK, upright=True)}<c:crossAx val="222"/><c:crosses val="{side}"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="40"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )
    return _space(
        pen,
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="45"/>{overlap}<c:axId val="111"/><c:axId val="222"/></c:barChart>'
        + category
        + _value_axis(pen, kind),
        has_legend=kind.legend,
    )


_MARKS = ("circle", "square", "triangle", "diamond")


def _points(pen: Pen, kind: Points) -> str:
    series = "".join(_point_series(place, fill) for place, fill in enumerate(kind.fills))
    return _space(
        pen,
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        '<c:axId val="111"/><c:axId val="222"/></c:scatterChart>'
        + _point_axis(pen, kind, ("111", "222"), "b", kind.across)
        + _point_axis(pen, kind, ("222", "111"), "l", kind.up),
        has_legend=True,
    )


def _point_series(place: int, fill: str) -> str:
    def numbers(letter: str) -> str:
        shown = "".join(f'<c:pt idx="{i}"><c:v>{i + 1 + place}</c:v></c:pt>' for i in range(3))
        top = place * 5 + 1
        return (
            f"<c:numRef><c:f>Sheet1!${letter}${top + 1}:${letter}${top + 3}</c:f><c:numCache>"
            f'<c:formatCode>General</c:formatCode><c:ptCount val="3"/>{shown}</c:numCache></c:numRef>'
        )

    shade = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
    edge = f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{INK}"/></a:solidFill></a:ln>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef>'
        f'<c:f>Sheet1!$B${place * 5 + 1}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0">'
        f"<c:v>{place + 1}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        '<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>'
        f'<c:marker><c:symbol val="{_MARKS[place % len(_MARKS)]}"/><c:size val="9"/>'
        f"<c:spPr>{shade}{edge}</c:spPr></c:marker>"
        f"<c:xVal>{numbers('A')}</c:xVal><c:yVal>{numbers('B')}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _point_axis(pen: Pen, kind: Points, ids: tuple[str, str], side: str, words: Words) -> str:
    return (
        f'<c:valAx><c:axId val="{ids[0]}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{side}"/>{_grid()}{_title(pen, words)}'
        f'<c:numFmt formatCode="{kind.number}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_line(RULE)}{_text(pen.look, QUIET)}'
        f'<c:crossAx val="{ids[1]}"/><c:crosses val="min"/><c:crossBetween val="midCat"/></c:valAx>'
    )


def _point_book(kind: Points) -> bytes:
    numbers = (1.0, 2.0, 3.0)
    series = tuple(
        Series(
            str(place + 1),
            tuple(one + place for one in numbers),
            tuple(one + place for one in numbers),
        )
        for place in range(len(kind.fills))
    )
    return workbook(Figure("", (), series, ""))


def _bar(place: int, fill: str, kind: Bars) -> str:
    shape = (
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{ACCENT if fill != WARM else WARM_EDGE}"/>'
        "</a:solidFill></a:ln>"
        if fill
        else "<a:noFill/><a:ln><a:noFill/></a:ln>"
    )
    column = chr(ord("B") + place)
    values = "".join(f'<c:pt idx="{i}"><c:v>{10 * (i + 1)}</c:v></c:pt>' for i in range(len(_ROWS)))
    names = "".join(f'<c:pt idx="{i}"><c:v>{name}</c:v></c:pt>' for i, name in enumerate(_ROWS))
    labels = _labels(kind.number) if kind.labels else ""
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef>'
        f'<c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0">'
        f"<c:v>{place + 1}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr>{shape}</c:spPr>"
        f'<c:invertIfNegative val="0"/>{labels}<c:cat><c:strRef>'
        f'<c:f>Sheet1!$A$2:$A$4</c:f><c:strCache><c:ptCount val="3"/>{names}</c:strCache>'
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}$4</c:f>"
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="3"/>{values}'
        "</c:numCache></c:numRef></c:val></c:ser>"
    )


def _labels(number: str) -> str:
    show = (
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    code = html.escape(number)
    return (
        f'<c:dLbls><c:numFmt formatCode="{code}" sourceLinked="0"/><c:spPr>'
        "<a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:dLblPos val="outEnd"/>{show}</c:dLbls>'
    )


def _value_axis(pen: Pen, kind: Bars) -> str:
    most = f'<c:max val="{kind.most}"/><c:min val="0"/>' if kind.most else ""
    way = "maxMin" if kind.is_reversed else "minMax"
    return (
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="{way}"/>{most}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/>{_grid()}{_title(pen, kind.axis)}'
        f'<c:numFmt formatCode="{html.escape(kind.number)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(pen.look, QUIET)}"
        '<c:crossAx val="111"/><c:crosses val="max"/><c:crossBetween val="between"/>'
        + (f'<c:majorUnit val="{kind.step}"/>' if kind.step else "")
        + "</c:valAx>"
    )


def _space(pen: Pen, plot: str, *, has_legend: bool) -> str:
    words = _text(pen.look, INK)
    key = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{words}</c:legend>'
    key = key if has_legend else ""
    return (
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_REL}">'
        f'<c:date1904 val="0"/><c:lang val="{pen.look.lang}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}'
        f'<c:spPr><a:noFill/></c:spPr></c:plotArea>{key}<c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'{_text(pen.look, INK)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/>'
        "</c:externalData></c:chartSpace>"
    )


def _size(look: Look) -> int:
    """Size of chart text in hundredths of a point; long Chinese names must not wrap."""
    return 800 if look.chinese else 900


def _face(look: Look, colour: str) -> str:
    return (
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{look.latin}"/><a:ea typeface="{look.table_face}"/>'
    )


def _text(look: Look, colour: str, *, upright: bool = False) -> str:
    # LibreOffice leaves out names that come close, unless their turn is given.
    turn = ' rot="0" vert="horz"' if upright else ""
    return (
        f'<c:txPr><a:bodyPr{turn}/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{_size(look)}">'
        f'{_face(look, colour)}</a:defRPr></a:pPr><a:endParaRPr lang="{look.lang}"/></a:p></c:txPr>'
    )


def _title(pen: Pen, words: Words) -> str:
    if not words:
        return ""
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{_size(pen.look)}" b="0"/></a:pPr><a:r><a:rPr lang="{pen.look.lang}" sz="{_size(pen.look)}" b="0">'
        f"{_face(pen.look, QUIET)}</a:rPr><a:t>{html.escape(pen.say(words))}</a:t></a:r></a:p>"
        '</c:rich></c:tx><c:overlay val="0"/></c:title>'
    )


def _grid() -> str:
    return f"<c:majorGridlines>{_line(GRID)}</c:majorGridlines>"


def _line(colour: str) -> str:
    return f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'


def _bar_book(kind: Bars) -> bytes:
    values = tuple(10.0 * (i + 1) for i in range(len(_ROWS)))
    series = tuple(Series(str(number), values) for number in range(1, len(kind.fills) + 1))
    return workbook(Figure("", _ROWS, series, ""))
