"""A template compiled: once for a process, to be filled for any number of documents.

Cleaned as docxtpl does it, the body, the headers and the footers become text for jinja; marks are put
where work is left; all that no document changes is deflated here.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lxml import etree

from generator.opc import (
    TYPES,
    Package,
    Relations,
    in_order,
    opened,
    packed,
    parse,
    relations_name,
    serialized,
)
from generator.templating.sandbox import environment
from generator.word.chartdata import C, ChartForm
from generator.word.charts import KEY, charted
from generator.word.forms import ChartPart, ChartPlace, Form, Marks
from generator.word.marking import marked
from generator.word.named import take_names
from generator.word.package import BOUNDS
from generator.word.properties import Properties
from generator.word.tagged import TAG, Tagged, UnsuitedError, has_tags, mark, note
from generator.word.tags import BODY, R, W, ancestor

if TYPE_CHECKING:
    from jinja2 import Template
    from lxml.etree import _Element

    from generator.word.forms import Prepare


_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_TAGGED = re.compile(rb"\{\{|\{%|\{#")


def compiled(content: bytes, prepare: Prepare | None = None) -> Form:
    """A template, ready to be filled.

    Args:
        content: A .docx file that was found fit to be opened.
        prepare: What is done to its document part first.

    Raises:
        UnsuitedError: It says something that docxtpl has to fill.
        Exception: Whatever docxtpl's path raises as well for what only looks like a template.
    """
    with opened(content, BOUNDS) as source:
        return _Compiling(Package(source), prepare).form()


class _Compiling:
    """A template while it is compiled."""

    def __init__(self, package: Package, prepare: Prepare | None) -> None:
        self._package, self._prepare = package, prepare
        self._charts: dict[str, ChartPart] = {}
        self._contents: dict[str, bytes] = {}
        if package.main != BODY or package.type_of(BODY) != _MAIN_TYPE:
            raise UnsuitedError("package")

    def form(self) -> Form:
        """All of it."""
        package = self._package
        _let_go(package)
        package.prune()
        relations = package.relations(BODY)
        body, marks = self._body(relations)
        stories = self._stories(relations)
        core = next(iter(package.relations("").of("metadata/core-properties")), "")
        if core not in package or package.type_of(core) != _CORE_TYPE:
            raise UnsuitedError("properties")
        properties = Properties(parse(bytes(package.read(core)), is_tight=True))
        styles = next(iter(relations.of("styles")), "")
        package.settle()
        fixed = {name: bytes(package.read(name)) for name in package.names()}
        held = {one.id: one.target for one in relations if one.kind == "chart"}
        filled = {BODY, core, *stories, *self._charts, *(one.book for one in self._charts.values())}
        names = [*fixed]
        return Form(
            main=BODY,
            body=body,
            marks=marks,
            stories=stories,
            core=core,
            properties=properties,
            fixed={name: packed(name, fixed[name]) for name in names if name not in filled},
            order=tuple(in_order(names)),
            known=frozenset(names),
            names=frozenset(name.lower() for name in names),
            charts=self._charts,
            contents=self._contents,
            chart_relations=held,
            rests=self._rests({*held.values()}),
            types={name: package.type_of(name) for name in names},
            defaults=_defaults(fixed[TYPES]),
            types_text=fixed[TYPES].decode(),
            relations=tuple(relations),
            styles=(styles, fixed[styles].decode()) if styles in fixed else ("", ""),
        )

    def _body(self, relations: Relations) -> tuple[Template, Marks]:
        package = self._package
        root = parse(bytes(package.read(BODY)), is_tight=True)
        styles, numbering = (self._tree_of(relations, kind) for kind in ("styles", "numbering"))
        take_names(root)
        if self._prepare is not None:
            self._prepare(root, styles)
        body = root.find(f"{W}body")
        if body is None or body.nsmap.get("w") != W.strip("{}"):
            raise UnsuitedError("package")
        tagged = Tagged(etree.tostring(body, encoding="unicode"))
        before, _, after = _around(root, body).partition("<?body here?>")
        if any(sign in f"{before}{after}" for sign in ("{{", "{%", "{#", TAG)):
            raise UnsuitedError("across")
        marks = marked(tagged.root, styles, numbering)
        self._mark_charts(tagged.root, relations, marks)
        for cell in tagged.root.iter(f"{W}tc"):
            if not tagged.is_never_empty(cell):
                cell.append(mark("O0"))
        source = f"{before}{_undeclared(tagged.source(tagged.root), root)}{after}"
        return environment(is_lean=True).from_string(source), marks

    def _tree_of(self, relations: Relations, kind: str) -> _Element | None:
        name = next(iter(relations.of(kind)), "")
        return self._package.tree(name) if name in self._package else None

    def _mark_charts(self, root: _Element, relations: Relations, marks: Marks) -> None:
        """Drawings: those to be filled, the designer's own charts, and the ids of all."""
        for drawing in list(root.iter(f"{W}drawing")):
            chart, key = charted(drawing)
            identifier = "" if chart is None else chart.get(f"{R}id", "")
            part = relations.part(identifier)[1] if identifier else ""
            number = len(marks.charts)
            if key is not None:
                self._mark_chart(drawing, number, key, part)
                marks.charts.append(ChartPlace(part, identifier, _is_removable(drawing, root)))
            elif part in self._package:
                if any(one.is_external for one in self._package.relations(part)):
                    raise UnsuitedError("charts")
                drawing.addprevious(mark(f"K{number}"))
                marks.charts.append(ChartPlace(part, identifier, None))
        for about in root.iter("{*}docPr"):
            about.set("id", note("D0"))

    def _mark_chart(self, drawing: _Element, number: int, key: str, part: str) -> None:
        chart, about = charted(drawing)[0], drawing.find("*/{*}docPr")
        if chart is None or about is None or TAG in part:
            raise UnsuitedError("charts")
        self._read_chart(part)
        drawing.addprevious(mark(f"C{number};{key}"))
        drawing.addnext(mark(f"c{number}"))
        about.set("descr", note(f"A{number}"))
        if about.get("title", "").startswith(KEY):
            del about.attrib["title"]
        chart.set(f"{R}id", note(f"X{number}"))
        paragraph = ancestor(drawing, f"{W}p")
        if paragraph is not None and not _is_marked(paragraph):
            paragraph.addprevious(mark(f"P{number}"))
            paragraph.addnext(mark(f"p{number}"))

    def _read_chart(self, part: str) -> None:
        """A chart part to be filled, with one workbook of its own."""
        package = self._package
        if part in self._charts:
            return
        if part not in package:
            raise UnsuitedError("charts")
        content, rows = bytes(package.read(part)), tuple(package.relations(part))
        try:
            form = ChartForm(content)
        except ValueError as fault:
            raise UnsuitedError("charts") from fault
        link = parse(content).find(f"{C}externalData")
        book = "" if link is None else package.relations(part).part(link.get(f"{R}id", ""))[1]
        is_shared = any(book == one.book for one in self._charts.values())
        deep = any(one.target not in package or [*package.relations(one.target)] for one in rows if not one.is_external)  # fmt: skip
        if not book.endswith(".xlsx") or is_shared or deep or any(one.is_external for one in rows):
            raise UnsuitedError("charts")
        self._charts[part] = ChartPart(form, package.type_of(part), rows, book)
        for one in rows:
            self._contents[one.target] = bytes(package.read(one.target))

    def _rests(self, charts: set[str]) -> Mapping[str, frozenset[str]]:
        found = {one: frozenset(self._reached(one, set())) for one in charts}
        return {**found, "": frozenset(self._reached("", charts)) | {TYPES}}

    def _reached(self, start: str, without: set[str]) -> Iterator[str]:
        """A part and all it leads to, with what holds their relations."""
        seen, waiting = {start}, [start]
        while waiting:
            name = waiting.pop()
            yield from (one for one in (name, relations_name(name)) if one in self._package)
            for one in self._package.relations(name):
                if not one.is_external and one.target not in seen | without:
                    seen.add(one.target)
                    waiting.append(one.target)

    def _stories(self, relations: Relations) -> dict[str, Template]:
        """Headers and footers with tags; notes with tags are left to docxtpl."""
        found = {}
        for one in relations:
            if one.is_external or one.target not in self._package:
                continue
            if one.kind in {"header", "footer"}:
                if (template := self._story(one.target)) is not None:
                    found[one.target] = template
            elif one.kind == "footnotes" and _TAGGED.search(bytes(self._package.read(one.target))):
                raise UnsuitedError("notes")
        return found

    def _story(self, name: str) -> Template | None:
        root = parse(bytes(self._package.read(name)), is_tight=True)
        if self._package.relations(name).of("chart") or any(
            charted(one)[1] is not None for one in root.iter(f"{W}drawing")
        ):
            raise UnsuitedError("charts")
        text = etree.tostring(root, encoding="unicode")
        if "{" not in text:
            return None
        tagged = Tagged(text)
        if any(has_tags(one) for one in tagged.root.iter(f"{W}instrText", f"{W}txbxContent")):
            raise UnsuitedError("fields")
        if any(TAG in one.get(f"{W}instr", "") for one in tagged.root.iter(f"{W}fldSimple")):
            raise UnsuitedError("fields")
        source = tagged.source(tagged.root)
        return environment(is_lean=True).from_string(source) if tagged.tags else None


def _undeclared(text: str, root: _Element) -> str:
    """A body without the names that the root of its part declares already."""
    head, end, rest = text.partition(">")
    for prefix, uri in root.nsmap.items():
        head = head.replace(f' xmlns:{prefix}="{uri}"', "")
    return f"{head}{end}{rest}"


def _around(root: _Element, body: _Element) -> str:
    """The text of a part with a stand-in for its body, which is long to take out of a tree."""
    attributes = {str(name): str(value) for name, value in root.attrib.items()}
    shell = etree.Element(root.tag, attributes, nsmap=root.nsmap)  # type: ignore[arg-type] # a space without a prefix is none to the stubs
    for child in root:
        is_body = child is body
        shell.append(
            etree.ProcessingInstruction("body", "here") if is_body else copy.deepcopy(child)
        )
    return etree.tostring(shell, encoding="unicode")


def _is_marked(paragraph: _Element) -> bool:
    """Whether the marks around a paragraph with charts are there already."""
    before = paragraph.getprevious()
    return (
        before is not None
        and isinstance(before, etree._ProcessingInstruction)  # noqa: SLF001 - lxml names the type nowhere else
        and (before.text or "").startswith("P")
    )


def _is_removable(drawing: _Element, root: _Element) -> bool | None:
    """Whether the paragraph of a drawing may go; None where its holder may be left empty."""
    paragraph = ancestor(drawing, f"{W}p")
    if paragraph is None or paragraph.find(f".//{W}sectPr") is not None:
        return False
    holder = paragraph.getparent()
    if holder is not root:
        return None
    others = [one for one in root.iterchildren(f"{W}p", f"{W}tbl") if one is not paragraph]
    # What stands before the first tag of a body is there in every document.
    is_kept = any(one.getprevious() is None for one in others)
    return True if is_kept or len(others) > 1 else None


def _let_go(package: Package) -> None:
    """Take off the link to the template that Word wrote the file from, which may be anywhere."""
    for name in package.relations(BODY).of("settings"):
        relations = package.relations(name)
        relations.drop(*(one.id for one in relations if one.is_external))
        root = parse(bytes(package.read(name)), is_tight=True)
        for element in list(root.iter(f"{W}attachedTemplate")):
            element.getparent().remove(element)  # type: ignore[union-attr] # no root
        package.put(name, serialized(root))


def _defaults(types: bytes) -> dict[str, str]:
    """Content types by extension."""
    return {
        one.get("Extension", "").lower(): one.get("ContentType", "")
        for one in parse(types).iter("{*}Default")
    }
