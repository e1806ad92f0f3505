"""Native charts: found by their alternative text, filled with data, described in words.

A designer places and styles a chart in Word and writes `chart:` and a key into its alternative
text. The series are rewritten in place, so that their look stays; the workbook inside is written
anew, so that “Edit data” shows the numbers of the document.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree

from generator.problems import Origin, TemplateError, problem
from generator.word.names import nearest
from generator.word.parts import Relations, copy_type, default_type, drop_type, rels_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pptx.chart.data import CategoryChartData, XyChartData

    from generator.model import Brief, Figure
    from generator.problems import Problem

KEY = "chart:"
"""What the alternative text of a chart to be filled begins with."""
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STAMP = datetime(1980, 1, 1)  # noqa: DTZ001 - the date that stands in every part
_AFTER_DATA = ("printSettings", "userShapes", "extLst")
"""Children of c:chartSpace that follow its link to the workbook."""


def fill_charts(content: bytes, brief: Brief, origin: Origin) -> bytes:
    """The document with its charts filled and described, and no chart part that nothing shows.

    Args:
        content: A rendered .docx.
        brief: Holds the data; a known chart without data goes with its paragraph.
        origin: The template, for messages.

    Raises:
        TemplateError: A key is unknown, or a chart of points stands where categories are shown or
            the other way round; all of them at once.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if not any(name.startswith("word/charts/") for name in parts):
        return content
    document = _Document(parts, origin)
    for drawing in list(document.root.iter(f"{_W}drawing")):
        document.fill(drawing, brief)
    if document.problems:
        raise TemplateError(document.problems)
    document.close()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return made.getvalue()


def charted(drawing: etree._Element) -> tuple[etree._Element | None, str]:
    """The chart in a drawing, and the key that its alternative text asks for; empty for none."""
    about = next(drawing.iter(f"{_WP}docPr"), None)
    text = "" if about is None else about.get("descr", "").strip()
    key = text.removeprefix(KEY).strip() if text.startswith(KEY) else ""
    return next(drawing.iter(f"{_C}chart"), None), key


def unknown(key: str, known: Iterable[str], origin: Origin) -> list[Problem]:
    """The fault of a key that names no data; what follows its colon may be anything."""
    names = sorted(known)
    name = key.partition(":")[0].strip()
    if name in names:
        return []
    return [problem("TP-122", origin, name=key, nearest=nearest(name, names))]


class _Document:
    """The parts of one document while its charts are filled."""

    def __init__(self, parts: dict[str, bytes], origin: Origin) -> None:
        self.root = _parse(parts[_BODY])
        self.problems: list[Problem] = []
        self._parts = parts
        self._origin = origin
        self._relations = Relations(parts, _BODY)
        self._shown: set[str] = set()

    def fill(self, drawing: etree._Element, brief: Brief) -> None:
        """One drawing: left alone, filled, or taken out."""
        chart, key = charted(drawing)
        about = next(drawing.iter(f"{_WP}docPr"), None)
        if chart is None or about is None:
            return
        if not key:
            self._shown.add(self._part(chart))
            return
        figure = brief.figures.get(key)
        if figure is None:
            known = brief.fields.get("figures", {})
            self.problems += unknown(key, known, self._origin)  # type: ignore[arg-type] # a mapping by key
            _take_out(drawing)
            return
        part = self._own_part(chart)
        self._fill_part(part, figure)
        about.set("descr", figure.description)
        if about.get("title", "").startswith(KEY):
            del about.attrib["title"]

    def close(self) -> None:
        """Write the text back and drop every chart part that no drawing shows."""
        for identifier, target in self._relations.of_type("/chart"):
            if target not in self._shown:
                self._relations.drop(identifier)
                self._drop(target)
        self._relations.save()
        self._parts[_BODY] = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def _part(self, chart: etree._Element) -> str:
        return self._relations.target(chart.get(f"{_R}id", ""))

    def _own_part(self, chart: etree._Element) -> str:
        """The chart's part; a copy with parts of its own where another drawing shows it already."""
        part = self._part(chart)
        if part in self._shown:
            part = self._copy(part)
            chart.set(f"{_R}id", self._relations.add(f"{_REL}/chart", part))
        self._shown.add(part)
        return part

    def _copy(self, name: str) -> str:
        """A copy of a part and of every part that it rests on."""
        made = self._free_name(name)
        self._parts[made] = self._parts[name]
        copy_type(self._parts, name, made)
        relations = Relations(self._parts, name)
        own = Relations(self._parts, made)
        for identifier, kind, target, is_external in relations.all():
            held = target if is_external or target not in self._parts else self._copy(target)
            own.put(identifier, kind, held, is_external=is_external)
        own.save()
        return made

    def _free_name(self, name: str) -> str:
        stem, ending = posixpath.splitext(name)
        stem = stem.rstrip("0123456789")
        return next(
            made
            for made in (f"{stem}{number}{ending}" for number in range(1, len(self._parts) + 2))
            if made not in self._parts
        )

    def _drop(self, name: str) -> None:
        for _, _, target, is_external in Relations(self._parts, name).all():
            if not is_external and target in self._parts:
                self._drop(target)
        self._parts.pop(name, None)
        self._parts.pop(rels_name(name), None)
        drop_type(self._parts, name)

    def _fill_part(self, name: str, figure: Figure) -> None:
        from pptx.chart.xmlwriter import (  # noqa: PLC0415 - a fifth of a second of start-up
            SeriesXmlRewriterFactory,
        )
        from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415 - likewise
        from pptx.oxml import parse_xml  # noqa: PLC0415 - likewise

        # python-pptx lets entities be resolved; the text goes through our own parser first.
        space = parse_xml(etree.tostring(_parse(self._parts[name])))
        is_points = next(space.iter(f"{_C}scatterChart", f"{_C}bubbleChart"), None) is not None
        if is_points != figure.is_points:
            code = "TP-124" if figure.is_points else "TP-125"
            self.problems.append(problem(code, self._origin, name=f"{KEY}{figure.key}"))
            return
        kind = XL_CHART_TYPE.XY_SCATTER if is_points else XL_CHART_TYPE.BAR_CLUSTERED
        data = _point_data(figure) if is_points else _category_data(figure)
        for series in space.iter(f"{_C}ser"):
            _forget(series)
        SeriesXmlRewriterFactory(kind, data).replace_series_data(space)
        workbook = self._workbook(name, space)
        self._parts[workbook] = _workbook(figure)
        self._parts[name] = etree.tostring(
            space, xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def _workbook(self, name: str, space: etree._Element) -> str:
        """The part that holds the chart's numbers; made where there is none inside the file."""
        relations = Relations(self._parts, name)
        link = space.find(f"{_C}externalData")
        if link is not None:
            held = relations.target(link.get(f"{_R}id", ""))
            if held in self._parts and held.endswith(".xlsx"):
                return held
            relations.drop(link.get(f"{_R}id", ""))
            space.remove(link)
        made = self._free_name("word/embeddings/Microsoft_Excel_Sheet1.xlsx")
        self._parts[made] = b""
        default_type(self._parts, "xlsx", _WORKBOOK)
        link = etree.Element(f"{_C}externalData")
        link.set(f"{_R}id", relations.add(f"{_REL}/package", made))
        etree.SubElement(link, f"{_C}autoUpdate").set("val", "0")
        after = [child for child in space if etree.QName(child).localname in _AFTER_DATA]
        if after:
            after[0].addprevious(link)
        else:
            space.append(link)
        relations.save()
        return made


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def _take_out(drawing: etree._Element) -> None:
    """Remove a drawing, and its paragraph where nothing else stands in it."""
    run = drawing.getparent()
    if run is None:
        return
    run.remove(drawing)
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    if paragraph is None or next(paragraph.iter(f"{_W}t", f"{_W}drawing"), None) is not None:
        return
    holder = paragraph.getparent()
    siblings = [] if holder is None else list(holder.iterchildren(f"{_W}p", f"{_W}tbl"))
    # A cell must keep one paragraph, and a paragraph may end a section.
    if holder is not None and len(siblings) > 1 and paragraph.find(f".//{_W}sectPr") is None:
        holder.remove(paragraph)


def _forget(series: etree._Element) -> None:
    """Take from a series what speaks of the placeholder data only."""
    stale = (f"{_C}errBars", f"{_C}trendline", f"{_C}extLst")
    for child in [*series.iterchildren(*stale)]:
        series.remove(child)
    for label in list(series.iter(f"{_C}dLbl")):
        holder = label.getparent()
        if holder is not None and label.find(f"{_C}tx") is not None:
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


def _workbook(figure: Figure) -> bytes:
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
