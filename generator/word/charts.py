"""Native charts: found by their alternative text, filled with data, described in words.

A designer places and styles a chart in Word and writes `chart:` and a key into its alternative
text. The series are rewritten in place, so that their look stays; the workbook inside is written
anew, so that “Edit data” shows the numbers of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lxml import etree

from generator.codes import Code
from generator.opc import Package, Relations, opened, parse
from generator.problems import Origin, Problem, TemplateError, problem
from generator.word.chartdata import C, ChartForm, workbook
from generator.word.package import BOUNDS, free_name
from generator.word.tags import WP, R, W

if TYPE_CHECKING:
    from generator.model import Brief

KEY = "chart:"
"""What the alternative text of a chart to be filled begins with."""
SHOWS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
"""Parts that may show charts."""
_HELD = tuple(
    f"{W}{name}" for name in ("t", "drawing", "pict", "object", "bookmarkStart", "bookmarkEnd")
)
"""What keeps a paragraph in its place when a chart has gone from it."""
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AFTER_DATA = ("printSettings", "userShapes", "extLst")
"""Children of c:chartSpace that follow its link to the workbook."""


def fill_charts(content: bytes, brief: Brief, origin: Origin) -> bytes:
    """The document with its charts filled and described, and no chart part that nothing shows.

    Args:
        content: A rendered .docx.
        brief: Holds the data; a known chart without data goes with its paragraph.
        origin: The template, for messages.

    Raises:
        TemplateError: A key is unknown, or stands on what cannot show its data; all of them at once.
    """
    with opened(content, BOUNDS) as source:
        package = Package(source)
        stories = sorted(name for name in package.names() if SHOWS.fullmatch(name))
        has_charts = any("drawingml.chart+xml" in package.type_of(one) for one in package.names())
        if not has_charts and not any(KEY.encode() in package.read(one) for one in stories):
            return content
        filling = _Filling(package, brief, origin)
        for name in stories:
            filling.fill(name)
        if filling.problems:
            raise TemplateError(filling.problems)
        package.prune()
        return package.write()


def charted(drawing: etree._Element) -> tuple[etree._Element | None, str | None]:
    """The chart that a drawing is, and the key that its alternative text asks for; None for none.

    What stands in a box of text is no part of the box's own drawing.
    """
    about = _about(drawing)
    text = "" if about is None else about.get("descr", "").strip()
    key = text.removeprefix(KEY).strip() if text.startswith(KEY) else None
    return drawing.find(f"*/{{*}}graphic/{{*}}graphicData/{C}chart"), key


def unknown(key: str, known: Iterable[str], origin: Origin) -> list[Problem]:
    """The fault of a key that names no data; what follows its colon may be anything."""
    from generator.templating.names import nearest  # noqa: PLC0415 - brings jinja along

    names = sorted(known)
    name = key.partition(":")[0].strip()
    if name in names:
        return []
    return [problem(Code.CHART_UNKNOWN, origin, name=key, nearest=nearest(name, names))]


def unfit(
    package: Package, story: str, chart: etree._Element, key: str, origin: Origin
) -> list[Problem]:
    """The fault of a chart that cannot be filled whatever its data.

    Args:
        package: The template.
        story: The part in which the chart stands.
        chart: The element that leads to it.
        key: What its alternative text asks for.
        origin: Where it stands.
    """
    _, held = package.relations(story).part(chart.get(f"{R}id", ""))
    try:
        ChartForm(_content(package, held))
    except ValueError as fault:
        return [_unfilled(key, origin, fault)]
    return []


def _unfilled(key: str, origin: Origin, fault: ValueError) -> Problem:
    return problem(Code.CHART_UNFILLABLE, origin, name=f"{KEY}{key}", detail=str(fault))


def filled_anew(
    package: Package, stories: Mapping[str, etree._Element]
) -> tuple[set[str], set[str]]:
    """The charts that data replace, and the workbooks that only those have.

    Args:
        package: A template.
        stories: Its parts by name; those that show no charts do no harm.
    """
    keyed: set[str] = set()
    others: set[str] = set()
    for name in filter(SHOWS.fullmatch, stories):
        for drawing in stories[name].iter(f"{W}drawing"):
            chart, key = charted(drawing)
            if chart is not None:
                held = package.relations(name).part(chart.get(f"{R}id", ""))[1]
                (others if key is None else keyed).add(held)
    books, kept = (
        {one for chart in charts for one in package.relations(chart).of("package")}
        for charts in (keyed - others, others)
    )
    return keyed - others, books - kept


class _Filling:
    """The parts of one document while its charts are filled."""

    def __init__(self, package: Package, brief: Brief, origin: Origin) -> None:
        self.problems: list[Problem] = []
        self._package = package
        self._brief = brief
        self._origin = origin
        self._shown: set[str] = set()

    def fill(self, story: str) -> None:
        """The charts of the text, of a header or of a footer."""
        root = self._package.tree(story, is_bare=False)
        relations = self._package.relations(story)
        own: set[str] = set()
        for drawing in list(root.iter(f"{W}drawing")):
            chart, key = charted(drawing)
            part = "" if chart is None else relations.part(chart.get(f"{R}id", ""))[1]
            if part in self._package:
                self._cut_off(part)
            if key is not None:
                part = self._filled(drawing, part, key, relations)
            own.add(part)
            self._shown.add(part)
        relations.drop_to(set(relations.of("chart")) - own)
        self._package.put_tree(story, root)

    def _filled(
        self, drawing: etree._Element, part: str, key: str, relations: Relations
    ) -> str:  # fmt: skip
        """One drawing filled or taken out; its part, empty where it shows none any more."""
        figure = self._brief.figures.get(key)
        if figure is None:
            known = self._brief.fields.get("figures", {})
            self.problems += unknown(key, known, self._origin)  # type: ignore[arg-type] # a mapping by key
            _take_out(drawing)
            return ""
        chart, about = charted(drawing)[0], _about(drawing)
        if chart is None or about is None:
            self.problems.append(problem(Code.NOT_A_CHART, self._origin, name=f"{KEY}{key}"))
            return ""
        try:
            form = ChartForm(_content(self._package, part))
            if form.is_of_points != figure.is_points:
                code = Code.CHART_NEEDS_POINTS if figure.is_points else Code.CHART_NEEDS_CATEGORIES
                self.problems.append(problem(code, self._origin, name=f"{KEY}{key}"))
                return part
            space = parse(form.filled(figure))
        except ValueError as fault:
            self.problems.append(_unfilled(key, self._origin, fault))
            return part
        about.set("descr", figure.description)
        if about.get("title", "").startswith(KEY):
            del about.attrib["title"]
        if part in self._shown:
            part = self._copy(part)
            chart.set(f"{R}id", relations.add(f"{_REL}/chart", part))
        self._package.put(self._workbook(part, space), workbook(figure))
        self._package.put_tree(part, space)
        return part

    def _cut_off(self, part: str) -> None:
        """Take off a chart the link to a workbook outside; a designer's own keeps its numbers."""
        relations = self._package.relations(part)
        outside = [one.id for one in relations if one.is_external]
        if not outside:
            return
        space = self._package.tree(part, is_bare=False)
        for link in space.findall(f"{C}externalData"):
            if link.get(f"{R}id") in outside:
                space.remove(link)
        relations.drop(*outside)
        self._package.put_tree(part, space)

    def _copy(self, name: str, *, is_deep: bool = True) -> str:
        """A copy of a chart and of the parts it rests on; what those rest on, they share."""
        made = self._free_name(name)
        self._package.put(made, bytes(self._package.read(name)))
        self._package.set_type(made, self._package.type_of(name))
        own = self._package.relations(made)
        for one in self._package.relations(name):
            is_copied = is_deep and not one.is_external and one.target in self._package
            held = self._copy(one.target, is_deep=False) if is_copied else one.target
            own.put(one._replace(target=held))
        return made

    def _free_name(self, name: str) -> str:
        return free_name(name, lambda made: made in self._package)

    def _workbook(self, name: str, space: etree._Element) -> str:
        """The part that holds the chart's numbers; made where there is none inside the file."""
        relations = self._package.relations(name)
        link = space.find(f"{C}externalData")
        if link is not None:
            _, held = relations.part(link.get(f"{R}id", ""))
            if held in self._package and held.endswith(".xlsx") and held not in self._shown:
                self._shown.add(held)
                return held
            relations.drop(link.get(f"{R}id", ""))
            space.remove(link)
        made = self._free_name("word/embeddings/Microsoft_Excel_Sheet1.xlsx")
        self._package.put(made, b"")
        self._shown.add(made)
        self._package.set_type(made, _WORKBOOK)
        link = etree.Element(f"{C}externalData")
        link.set(f"{R}id", relations.add(f"{_REL}/package", made))
        etree.SubElement(link, f"{C}autoUpdate").set("val", "0")
        after = [child for child in space if etree.QName(child).localname in _AFTER_DATA]
        if after:
            after[0].addprevious(link)
        else:
            space.append(link)
        return made


def _about(drawing: etree._Element) -> etree._Element | None:
    """What the drawing says of itself, its alternative text among it."""
    return drawing.find(f"*/{WP}docPr")


def _content(package: Package, name: str) -> bytes:
    return bytes(package.read(name)) if name in package else b""


def _take_out(drawing: etree._Element) -> None:
    """Remove a drawing, and its paragraph where nothing else stands in it."""
    run = drawing.getparent()
    if run is None:
        return
    run.remove(drawing)
    paragraph = next(run.iterancestors(f"{W}p"), None)
    if paragraph is None or next(paragraph.iter(*_HELD), None) is not None:
        return
    holder = paragraph.getparent()
    siblings = [] if holder is None else list(holder.iterchildren(f"{W}p", f"{W}tbl"))
    # A cell must keep one paragraph, and a paragraph may end a section.
    if holder is not None and len(siblings) > 1 and paragraph.find(f".//{W}sectPr") is None:
        holder.remove(paragraph)
