"""A template that the compiler does not take, filled by docxtpl: slower, and right for all.

It is the oracle of the compiled way as well: both make the same document.

Also here: fields that are right when the file is opened: counts, references, the contents list;
templates filled before there is anything to fill them with, to see what they would cost.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from lxml import etree

from generator.codes import Code
from generator.opc import Package, opened
from generator.problems import Origin, Problem, TemplateError, problem
from generator.templating.budget import SPENT, Budget, cause_of, line_of, spending
from generator.templating.sandbox import environment
from generator.templating.tags import numbered, tag_at
from generator.word.charts import fill_charts
from generator.word.contents import Bookmarks, clear_anchors, holder, rebuild
from generator.word.fieldcodes import NO_PAGE, WordField, detach, read_fields, text_of
from generator.word.foreign import let_go, refuse_fetching
from generator.word.named import take_names
from generator.word.numbering import Counter, Mark, Numbering, Styles, number_word
from generator.word.package import BOUNDS, reproducible
from generator.word.properties import fill_properties
from generator.word.tagged import BROKEN, patched
from generator.word.tags import Part, R, Tag, W, ancestor, read_parts
from generator.word.unbroken import keep_hyphens

if TYPE_CHECKING:
    from docx.document import Document
    from docx.parts.document import DocumentPart
    from lxml.etree import _Element

    from generator.model import Brief
    from generator.word.forms import Prepare


_OF_VALUES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What real values might not make: no fault of the template that can be told without them."""


def lined(xml: str) -> str:
    """A part as docxtpl hands it to jinja, each tag on a line of its own."""
    return numbered(patched(xml))


def tried(part: Part, values: Mapping[str, Any], origin: Origin) -> Iterator[Problem]:
    """What is wrong with a part as a whole, or too much in it whatever it is filled with.

    Args:
        part: One whose tags are in order.
        values: A value for every name.
        origin: The part, for messages.
    """
    source = lined(etree.tostring(part.root, encoding="unicode"))
    try:
        environment().from_string(source).render(values)
    except TemplateSyntaxError as fault:
        yield problem(Code.EXPRESSION_UNREADABLE, origin, tag=part.name, detail=fault.message or "")
    except SPENT as fault:
        yield too_much(part, source, fault, origin)
    except (JinjaError, *_OF_VALUES):
        return


def too_much(part: Part, source: str, fault: BaseException, origin: Origin) -> Problem:
    """A fault of `SPENT` with the tag at which it arose.

    Args:
        part: The part that was filled.
        source: Its template, as `lined` gave it, perhaps with further lines.
        fault: What filling raised.
        origin: The part, for messages.
    """
    number, count = tag_at(source, line_of(fault))
    # docxtpl makes several tags of some, and none of others.
    tag: Tag | None = part.tags[number] if 0 <= number < count == len(part.tags) else None
    place, text = (tag.place, tag.text) if tag else ("", part.name)
    return problem(Code.BUDGET_SPENT, origin._replace(cell=place), tag=text[:80], **cause_of(fault))  # type: ignore[arg-type] # no argument is called severity


_KEEPS = re.compile(r"\{%[-+]?\s*(?:macro|call|filter|set\s+[^=%]*%\})")
"""Tags that keep a piece of the template's own XML, from which others can cut and join."""
_PARAGRAPH = re.compile(r"<w:p([ >])")
"""Before each docxtpl begins a line."""
_BROKEN = re.compile(f"[{BROKEN}]")
"""Signs in a value for which docxtpl splits its run; the search for runs is slow."""
_BY_NUMBER = ("r", "n", "w")
"""Switches of REF that ask for the number of the paragraph and not for its text."""


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
    keep_hyphens(part.element)
    for cell in part.element.iter(f"{W}tc"):
        # A cell whose paragraphs have all gone keeps an empty one: without any it is no cell.
        if all(inner.tag == f"{W}tcPr" for inner in cell):
            etree.SubElement(cell, f"{W}p")


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
        if anchor is None or anchor in known or link.get(f"{R}id") is not None:
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


def settle(root: _Element, styles: _Element | None, numbering: _Element | None) -> None:
    """Set the stored result of every field of a rendered document part, in place.

    Args:
        root: The document part.
        styles: The styles part, which gets the styles of a contents list where it lacks them.
        numbering: The numbering part, if there is one.
    """
    known = Styles(styles)
    bookmarks = Bookmarks(root)
    fields = read_fields(root)
    captions = [one for one in fields if one.kind == "SEQ"]
    references = [one for one in fields if one.kind == "REF"]
    lists = [one for one in fields if one.kind == "TOC"]
    _count(captions, root, known)
    marks: dict[_Element, Mark] = {}
    if lists or any(one.switch(letter) is not None for one in references for letter in _BY_NUMBER):
        numbers, counter = Numbering(numbering, known), Counter()
        for paragraph in root.iter(f"{W}p"):
            numbered = numbers.of(paragraph)
            if numbered and (mark := counter.mark(numbered)):
                marks[paragraph] = mark
    for one in references:
        _refer(one, bookmarks, marks)
    for one in (one for one in fields if one.kind == "PAGEREF"):
        one.show(NO_PAGE)
    for one in lists:
        rebuild(one, captions, marks, bookmarks, known)
    clear_anchors(root, bookmarks)
    # The old lists may have held one end of a bookmark, and ids count in document order.
    Bookmarks(root)


def _count(captions: Sequence[WordField], root: _Element, styles: Styles) -> None:
    """SEQ fields, counted by name in document order."""
    counts: dict[str, int] = {}
    chapters: dict[str, int] = {}
    headings = _chapters(captions, root, styles)
    for one in captions:
        name = one.words[1] if len(one.words) > 1 else ""
        count = counts.get(name, 0)
        chapter = headings.get(one.first, 0)
        if chapter != chapters.get(name, 0):
            chapters[name], count = chapter, 0
        reset = one.switch("r") or ""
        if reset.isdecimal():
            count = int(reset)
        elif one.switch("c") is None:
            count += 1
        counts[name] = count
        is_hidden = one.switch("h") is not None and not one.form
        one.show("" if is_hidden else number_word(count, one.form))


def _chapters(
    captions: Sequence[WordField], root: _Element, styles: Styles
) -> Mapping[_Element, int]:
    """For each caption that starts anew with a chapter, how many such headings precede it."""
    levels = {
        one.first: int(start) for one in captions if (start := one.switch("s") or "").isdecimal()
    }
    found: dict[_Element, int] = {}
    if not levels:
        return found
    seen: list[int] = []
    for element in root.iter(f"{W}p", f"{W}r", f"{W}fldSimple"):
        if element in levels:
            found[element] = sum(level <= levels[element] for level in seen)
        elif element.tag == f"{W}p" and (level := styles.level(element)):
            seen.append(level)
    return found


def _refer(one: WordField, bookmarks: Bookmarks, marks: Mapping[_Element, Mark]) -> None:
    """A reference says what its target says; where the target has gone, the reference goes too.

    The link around it goes with its brackets, so that the sentence before it stays sound.
    """
    name = one.words[1] if len(one.words) > 1 else ""
    if name not in bookmarks:
        link = ancestor(one.first, f"{W}hyperlink")
        if link is None:
            one.remove()
        else:
            detach(link)
    elif any(one.switch(letter) is not None for letter in _BY_NUMBER):
        paragraph = ancestor(bookmarks.start(name), f"{W}p")
        mark = None if paragraph is None else marks.get(paragraph)
        # Word writes a number it refers to without the full stop at its end.
        one.show(mark.text.rstrip(".") if mark else "0")
    elif one.switch("p") is None:
        one.show(text_of(bookmarks.runs(name)))
