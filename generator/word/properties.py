"""The properties of a document, title and subject among them: plain text of a bounded length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

from generator.templating.sandbox import environment
from generator.word.package import HEAD
from generator.word.tagged import MARK

if TYPE_CHECKING:
    from docx.opc.coreprops import CoreProperties
    from jinja2 import Environment, Template

_FILLED = ("author", "comments", "identifier", "language", "subject", "title")
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_ELEMENTS = ("creator", "description", "identifier", "language", "subject", "title")
"""What the part calls those that are filled."""
_STAND_IN = "\ue002"
_LONGEST = 255
"""What Word lets a person type there, and python-docx write."""


def fill_properties(
    properties: CoreProperties, fields: Mapping[str, object], filler: Environment
) -> None:
    """Fill the tags in a document's properties; what is too long is cut with an ellipsis.

    docxtpl does this with the environment of the text, which writes for XML, and python-docx writes
    for XML once more: `R&D` would become `R&amp;D`.

    Args:
        properties: Those of the opened template.
        fields: What its tags may name.
        filler: The environment that fills the text.
    """
    plain = filler.overlay(autoescape=False)
    for name in _FILLED:
        text = plain.from_string(getattr(properties, name)).render(fields)
        setattr(properties, name, _cut(text))


class Properties:
    """The part with the properties, cut where something is put in.

    Args:
        root: The part; it gets the elements that it lacks.
    """

    def __init__(self, root: etree._Element) -> None:
        plain = environment(autoescape=False)
        self._fills: list[Callable[[Mapping[str, object], str], str]] = []
        for name in _ELEMENTS:
            element = _element(root, f"{_DC}{name}")
            template = plain.from_string(element.text or "")
            self._put(element, partial(_said, template))
        for name in ("created", "modified"):
            element = _element(root, f"{_TERMS}{name}")
            element.set(_TYPE, "dcterms:W3CDTF")
            self._put(element, lambda _, day: day)
        _element(root, f"{_CORE}lastModifiedBy").text = ""
        _element(root, f"{_CORE}revision").text = "1"
        said = etree.tostring(root, encoding="unicode").replace(_STAND_IN, MARK).split(MARK)
        self._texts, self._order = said[::2], [int(one) for one in said[1::2]]

    def _put(
        self, element: etree._Element, fill: Callable[[Mapping[str, object], str], str]
    ) -> None:
        element.text = f"{_STAND_IN}{len(self._fills)}{_STAND_IN}"
        self._fills.append(fill)

    def filled(self, fields: Mapping[str, object], as_of: date) -> bytes:
        """The part for one document.

        Args:
            fields: What its tags may name.
            as_of: When the document says it was made.
        """
        day = f"{as_of.isoformat()}T00:00:00Z"
        pieces = [HEAD, self._texts[0]]
        for number, text in zip(self._order, self._texts[1:], strict=True):
            pieces += (self._fills[number](fields, day), text)
        return "".join(pieces).encode()


def _element(root: etree._Element, tag: str) -> etree._Element:
    """The property of that kind, added where there is none."""
    found = root.find(tag)
    if found is None:
        spaces = {"dcterms": _TERMS.strip("{}")} if tag.startswith(_TERMS) else None
        found = etree.SubElement(root, tag, nsmap=spaces)
    return found


def _said(template: Template, fields: Mapping[str, object], _: str) -> str:
    return escape(_cut(template.render(fields)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
