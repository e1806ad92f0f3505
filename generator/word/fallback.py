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
from docxtpl import DocxTemplate

from generator.templating.sandbox import environment
from generator.word.charts import fill_charts
from generator.word.fields import settle
from generator.word.foreign import let_go, refuse_fetching
from generator.word.links import unlink_lost
from generator.word.package import reproducible
from generator.word.properties import fill_properties
from generator.word.tagged import patched

if TYPE_CHECKING:
    from datetime import date

    from docx.parts.document import DocumentPart
    from lxml.etree import _Element

    from generator.model import Brief
    from generator.problems import Origin
    from generator.word.forms import Prepare

_BROKEN = re.compile("[\t\n\a\f]")
"""Signs in a value for which docxtpl splits its run; the search for runs is slow."""


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
        TemplateError: A field reads from elsewhere, or a chart cannot be filled.
        Exception: Whatever docxtpl and jinja raise for a template that is wrong.
    """
    try:
        return _made(content, brief, as_of, origin, prepare)
    except PackageNotFoundError as fault:
        raise ValueError(fault) from fault


def _made(
    content: bytes, brief: Brief, as_of: date, origin: Origin, prepare: Prepare | None
) -> bytes:
    document = DocxTemplate(io.BytesIO(content))
    document.render_properties = lambda fields, filler: fill_properties(
        document.docx.core_properties, fields, filler
    )
    document.patch_xml = _with_bare_tags
    split = document.resolve_listing
    document.resolve_listing = lambda xml: split(xml) if _BROKEN.search(xml) else xml
    document.init_docx()
    if prepare is not None:
        prepare(document.docx.part.element, _related(document.docx.part)[0])
    document.render(dict(brief.names()), jinja_env=environment())
    refuse_fetching(document.docx.part, origin)
    _settle(document.docx.part)
    let_go(document.docx.part)
    properties = document.docx.core_properties
    properties.created = properties.modified = dt.datetime.combine(as_of, dt.time.min)
    properties.last_modified_by, properties.revision = "", 1
    draft = io.BytesIO()
    document.save(draft)
    return reproducible(fill_charts(draft.getvalue(), brief, origin))


_with_bare_tags = lru_cache(maxsize=32)(patched)
"""The same for every region, and slow."""


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
