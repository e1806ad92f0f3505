"""A template that the compiler does not take, filled by docxtpl: slower, and right for all.

It is the oracle of the compiled way as well: both make the same document.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from generator.codes import Code
from generator.opc import Package, opened
from generator.problems import TemplateError, problem
from generator.templating.budget import SPENT, Budget, cause_of, spending
from generator.templating.sandbox import environment
from generator.word.bookmarks import holder
from generator.word.charts import fill_charts
from generator.word.fields import settle
from generator.word.foreign import let_go, refuse_fetching
from generator.word.named import take_names
from generator.word.package import BOUNDS, reproducible
from generator.word.properties import fill_properties
from generator.word.tagged import BROKEN
from generator.word.tags import W, read_parts
from generator.word.trial import lined, too_much

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document
    from docx.parts.document import DocumentPart
    from jinja2 import Environment
    from lxml.etree import _Element

    from generator.model import Brief
    from generator.problems import Origin, Problem
    from generator.word.forms import Prepare


_KEEPS = re.compile(r"\{%[-+]?\s*(?:macro|call|filter|set\s+[^=%]*%\})")
"""Tags that keep a piece of the template's own XML, from which others can cut and join."""
_PARAGRAPH = re.compile(r"<w:p([ >])")
"""Before each docxtpl begins a line."""
_BROKEN = re.compile(f"[{BROKEN}]")
"""Signs in a value for which docxtpl splits its run; the search for runs is slow."""
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def by_docxtpl(
    content: bytes, brief: Brief, as_of: date, origin: Origin, prepare: Prepare | None = None
) -> bytes:
    """A finished Word file.

    Args:
        content: A docxtpl template.
        brief: The fields it may name, and the data of its charts.
        as_of: The date that the file's properties carry.
        origin: The template, for messages.
        prepare: What is done to its document part first.

    Raises:
        TemplateError: A field reads from elsewhere, a chart cannot be filled, or it wants too much.
        Exception: Whatever docxtpl and jinja raise for a template that is wrong.
    """
    try:
        document = DocxTemplate(io.BytesIO(content))
        document.init_docx()
    except PackageNotFoundError as fault:
        raise ValueError(fault) from fault
    sources: list[str] = []
    _adapt(document, sources)
    take_names(document.docx.part.element)
    if prepare is not None:
        prepare(document.docx.part.element, _related(document.docx.part)[0])
    try:
        with spending(Budget(brief.names())):
            document.render(dict(brief.names()), jinja_env=environment())
    except SPENT as fault:
        raise TemplateError([_spent(content, document, sources, fault, origin)]) from fault
    is_built = any(map(_KEEPS.search, sources))
    refuse_fetching(document.docx.part, origin, is_built=is_built)
    _settle(document.docx.part)
    let_go(document.docx.part)
    properties = document.docx.core_properties
    properties.created = properties.modified = dt.datetime.combine(as_of, dt.time.min)
    properties.last_modified_by, properties.revision = "", 1
    draft = io.BytesIO()
    document.save(draft)
    return reproducible(fill_charts(draft.getvalue(), brief, origin))


def _adapt(document: DocxTemplate, sources: list[str]) -> None:
    """Have docxtpl do its steps as they are done here, and note what jinja is given."""

    def properties_filled(fields: dict[str, object], filler: Environment) -> None:
        document.current_rendering_part = None
        fill_properties(document.docx.core_properties, fields, filler)

    def noted(xml: str) -> str:
        sources.append(_with_bare_tags(xml))
        return sources[-1]

    document.render_properties = properties_filled
    document.patch_xml = noted
    document.map_tree = lambda body: _with_body(document.docx, body)
    split = document.resolve_listing
    document.resolve_listing = lambda xml: split(xml) if _BROKEN.search(xml) else xml


_with_bare_tags = lru_cache(maxsize=32)(lined)
"""The same for every region, and slow."""


def _spent(
    content: bytes,
    document: DocxTemplate,
    sources: list[str],
    fault: BaseException,
    origin: Origin,
) -> Problem:
    """What a template wants too much of, with the tag at which it did."""
    part = document.current_rendering_part
    wanted = "" if part is None else str(part.partname).lstrip("/")
    with opened(content, BOUNDS) as source:
        parts = {one.path: one for one in read_parts(Package(source), frozenset())}
    if wanted not in parts or not sources:
        return problem(Code.BUDGET_SPENT, origin, tag=wanted, **cause_of(fault))  # type: ignore[arg-type] # no argument is called severity
    lines = _PARAGRAPH.sub(r"\n<w:p\1", sources[-1])
    return too_much(parts[wanted], lines, fault, origin._replace(sheet=parts[wanted].name))


def _with_body(document: Document, body: etree._Element) -> None:
    """Give a document its filled body; to hang it into the other tree can take a minute."""
    root = document.element
    root.body.clear()
    whole = etree.tostring(root, encoding="unicode")
    filled = whole.replace("<w:body/>", etree.tostring(body, encoding="unicode"), 1)
    document._element = document.part._element = parse_xml(filled)  # noqa: SLF001 - as docxtpl does


def _settle(part: DocumentPart) -> None:
    """Make the fields right that Word would count only when asked to."""
    settle(part.element, *_related(part))
    unlink_lost(part.element)


def _related(part: DocumentPart) -> tuple[_Element | None, _Element | None]:
    """Styles and numbering of a document."""
    related = {one.reltype: one for one in part.rels.values() if not one.is_external}
    styles, numbering = (
        related[kind].target_part.element if kind in related else None
        for kind in (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING)
    )
    return styles, numbering


def unlink_lost(root: etree._Element) -> None:
    """Turn every link whose bookmark has gone into one to what held it or into plain text, in place.

    Args:
        root: The document part, its bookmarks in order.
    """
    known = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    for link in list(root.iter(f"{W}hyperlink")):
        anchor = link.get(f"{W}anchor")
        if anchor is None or anchor in known or link.get(f"{_R}id") is not None:
            continue
        if holder(anchor) in known:
            link.set(f"{W}anchor", holder(anchor))
        else:
            _unlink(link)


def _unlink(link: etree._Element) -> None:
    """The content without the link, in the style of the text around it."""
    parent = link.getparent()
    if parent is None:
        return
    for properties in link.iter(f"{W}rPr"):
        for style in properties.findall(f"{W}rStyle"):
            properties.remove(style)
    for one in reversed(link):
        link.addnext(one)
    parent.remove(link)
