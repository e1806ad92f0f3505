"""What a template must not bring: things that run, and things fetched from outside the file.

Templates come from strangers and what is made of them goes to offices: opened there or laid out by
LibreOffice, a document must start nothing and ask no other computer for anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.opc import owner_name, parse
from generator.problems import Origin, TemplateError, problem
from generator.word.linktexts import codes
from generator.word.tags import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.parts.document import DocumentPart
    from lxml import etree

    from generator.opc import Package
    from generator.problems import Problem

_RUNNING = {
    "aFChunk", "activeXControlBinary", "attachedToolbars", "control", "frame", "oleObject",
    "subDocument", "vbaProject",
}  # fmt: skip
"""Kinds of relationships to what another program opens."""
_FOLLOWED = {"attachedTemplate", "hyperlink"}
"""Kinds that may lead outside: a reader follows a link, and rendering drops the other."""
_FETCHING = {
    "DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK",
    "RD",
}  # fmt: skip
"""Fields whose result is read from elsewhere (ECMA-376 part 1, 17.16.5)."""


def foreign_parts(package: Package, file: str) -> list[Problem]:
    """Relationships of a package to what runs or lies outside it.

    A chart may name a workbook outside; rendering takes the link off.

    Args:
        package: A template.
        file: The template, for messages.
    """
    found = []
    for name in sorted(one for one in package.names() if one.endswith(".rels")):
        part = owner_name(name)
        is_chart = part.startswith("word/charts/")
        for one in package.relations(part):
            is_fetched = one.is_external and one.kind not in _FOLLOWED and not is_chart
            runs = one.kind in _RUNNING and not (one.is_external and is_chart)
            if is_fetched or runs:
                place = Origin(file, part.rpartition("/")[2].removesuffix(".xml"))
                found.append(problem("TP-127", place, name=one.target))
    return found


def fetching(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Fields that read from elsewhere: where each begins, and what kind it is."""
    for element, code, _ in codes(root):
        kind = code.strip().partition(" ")[0].upper()
        if kind in _FETCHING:
            yield element, kind


def refuse_fetching(part: DocumentPart, origin: Origin) -> None:
    """See that no field of the text, a header, a footer or a note reads from elsewhere.

    Raises:
        TemplateError: One does.
    """
    near = (one.target_part for one in part.rels.values() if not one.is_external)
    found = []
    for one in dict.fromkeys((part, *near)):
        # Notes are no trees to python-docx, and most other parts hold no field.
        root = getattr(one, "element", None)
        if root is None and b"instr" in one.blob:
            root = parse(one.blob)
        if root is not None:
            found += [problem("TP-127", origin, name=kind) for _, kind in fetching(root)]
    if found:
        raise TemplateError(found)


def let_go(part: DocumentPart) -> None:
    """Take off the link to the template that Word wrote the file from, which may be anywhere."""
    for related in part.rels.values():
        if related.reltype.endswith("/settings") and not related.is_external:
            settings = related.target_part
            for key in [one for one, to in settings.rels.items() if to.is_external]:
                del settings.rels[key]
            for element in list(settings.element.iter(f"{W}attachedTemplate")):
                element.getparent().remove(element)
