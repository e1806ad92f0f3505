"""Template and fields to .docx bytes, through docxtpl.

Templates may come from strangers: the sandbox lets them read plain values and nothing else, names
that do not exist are faults, and every value is escaped for XML.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from generator.opc import DAMAGE, Package, PackageError
from generator.problems import Origin, TemplateError, problem
from generator.templating.sandbox import environment
from generator.word.charts import fill_charts
from generator.word.fields import settle
from generator.word.foreign import foreign_parts, let_go, refuse_fetching
from generator.word.links import unlink_lost
from generator.word.package import opened_template, reproducible
from generator.word.properties import fill_properties
from generator.word.tags import read_parts

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from docx.document import Document
    from docx.parts.document import DocumentPart
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    from generator.model import Brief
    from generator.problems import Problem

_UNUSABLE = (*DAMAGE, ArithmeticError, AttributeError, SyntaxError, TypeError)
"""What a file that only looks like a template makes the libraries raise."""


_KEEPS = re.compile(r"\{%[-+]?\s*(?:macro|call|filter|set\s+[^=%]*%\})")
"""Tags that keep a piece of the template's own XML, from which others can cut and join."""
_PARAGRAPH = re.compile(r"<w:p([ >])")
"""Before each docxtpl begins a line."""
_BROKEN = re.compile("[\t\n\a\f]")
"""Signs in a value for which docxtpl splits its run; the search for runs is slow."""


def render(template: Path, brief: Brief, as_of: date) -> bytes:
    """A finished Word file; the same template, fields and date give the same bytes.

    Args:
        template: A docxtpl template.
        brief: The fields it may name, and the data of its charts.
        as_of: The date that the file's properties carry.

    Raises:
        TemplateError: The template is missing, not a Word file, or names or says something wrong.
    """
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 - 0.3 s of start-up
    from docxtpl import DocxTemplate  # noqa: PLC0415 - likewise
    from jinja2 import TemplateError as JinjaError  # noqa: PLC0415 - likewise

    from generator.templating.budget import SPENT, Budget, spending  # noqa: PLC0415 - brings jinja along

    origin = Origin(f"{template.parent.name}/{template.name}")
    sources: list[str] = []
    try:
        with opened_template(template, origin) as source:
            if foreign := foreign_parts(Package(source), origin.file):
                raise TemplateError(foreign)
        document = DocxTemplate(template)

        def properties_filled(fields: dict[str, object], filler: Environment) -> None:
            document.current_rendering_part = None
            fill_properties(document.docx.core_properties, fields, filler)

        document.render_properties = properties_filled

        def noted(xml: str) -> str:
            sources.append(_with_bare_tags(xml))
            return sources[-1]

        document.patch_xml = noted
        document.map_tree = lambda body: _with_body(document.docx, body)
        split = document.resolve_listing
        document.resolve_listing = lambda xml: split(xml) if _BROKEN.search(xml) else xml
        with spending(Budget(brief.fields)):
            document.render(dict(brief.fields), jinja_env=environment())
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
    except SPENT as fault:
        raise TemplateError([_spent(template, document, sources, fault)]) from fault
    except PackageError as fault:  # of the document: what is printed is one thing many times
        swollen = problem("TP-101", origin, cause=fault.lie, place=fault.part)
        raise TemplateError([swollen]) from fault
    except _UNUSABLE as fault:
        raise TemplateError([problem("TP-101", origin, detail=_said(fault))]) from fault
    except (JinjaError, PackageNotFoundError) as fault:
        detail = getattr(fault, "message", None) or _said(fault)
        raise TemplateError([problem("TP-101", origin, detail=detail)]) from fault


@lru_cache(maxsize=32)
def _with_bare_tags(xml: str) -> str:
    """A part with its tags free of Word's markup: the same for every region, and slow."""
    from generator.word.trial import patched  # noqa: PLC0415 - brings jinja along

    return patched(xml)


def _spent(
    template: Path, document: DocxTemplate, sources: list[str], fault: BaseException
) -> Problem:
    """What a template wants too much of, with the tag at which it did."""
    from generator.templating.budget import cause_of  # noqa: PLC0415 - brings jinja along
    from generator.word.trial import too_much  # noqa: PLC0415 - likewise

    origin = Origin(f"{template.parent.name}/{template.name}")
    part = document.current_rendering_part
    wanted = "" if part is None else str(part.partname).lstrip("/")
    with opened_template(template, origin) as source:
        parts = {one.path: one for one in read_parts(Package(source), frozenset())}
    if wanted not in parts or not sources:
        return problem("TP-145", origin, tag=wanted, **cause_of(fault))  # type: ignore[arg-type] # no argument is called severity
    lines = _PARAGRAPH.sub(r"\n<w:p\1", sources[-1])
    return too_much(parts[wanted], lines, fault, origin._replace(sheet=parts[wanted].name))


def _with_body(document: Document, body: etree._Element) -> None:
    """Give a document its filled body; to hang it into the other tree can take a minute."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - 0.3 s of start-up

    root = document.element
    root.body.clear()
    whole = etree.tostring(root, encoding="unicode")
    filled = whole.replace("<w:body/>", etree.tostring(body, encoding="unicode"), 1)
    document._element = document.part._element = parse_xml(filled)  # noqa: SLF001 - as docxtpl does


def _said(fault: Exception) -> str:
    return str(fault)[:200] or type(fault).__name__


def _settle(part: DocumentPart) -> None:
    """Make the fields right that Word would count only when asked to."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - as above

    related = {one.reltype: one for one in part.rels.values() if not one.is_external}
    styles, numbering = (
        related[kind].target_part.element if kind in related else None
        for kind in (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING)
    )
    settle(part.element, styles, numbering)
    unlink_lost(part.element)
