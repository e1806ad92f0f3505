"""The properties of a document, title and subject among them: plain text of a bounded length."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.opc.coreprops import CoreProperties
    from jinja2 import Environment

_FILLED = ("author", "comments", "identifier", "language", "subject", "title")
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
        setattr(properties, name, text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
