"""A copy of a template with a Word comment at every fault."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from generator.word.package import reproducible
from generator.word.tags import BODY, Places, W

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from lxml import etree

    from generator.problems import Problem

_AUTHOR = "briefs"
_BODY_PART = BODY.rpartition("/")[2].removesuffix(".xml")


def annotated(path: Path, problems: Iterable[Problem], say: Callable[[Problem], str]) -> bytes:
    """The template with comments; what it says and how it looks stay as they are.

    Word allows comments in the text only, so faults of other parts stand at its first paragraph.

    Args:
        path: A template that could be read.
        problems: What the linter found.
        say: A problem as a sentence.
    """
    from docx import Document  # noqa: PLC0415 - 0.3 s of start-up
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - likewise

    document = Document(str(path))
    places = Places()
    paragraphs = {places.of(one): one for one in document.element.body.iter(f"{W}p")}
    first = next(iter(paragraphs.values()), None)
    for found in problems:
        element = paragraphs.get(found.origin.cell) if found.origin.sheet == _BODY_PART else None
        if element is None:
            element = document.add_paragraph()._p if first is None else first  # noqa: SLF001 - python-docx has no public door to it
        paragraph = Paragraph(element, document)
        runs = paragraph.runs or [paragraph.add_run()]
        comment = document.add_comment(
            (runs[0], runs[-1]), f"{found.code} {found.origin}: {say(found)}", _AUTHOR, "b"
        )
        # The same template gives the same bytes.
        comment._comment_elm.attrib.pop(f"{W}date", "")  # noqa: SLF001 - as above
        _plain(comment._comment_elm)  # noqa: SLF001 - as above
    _plain(document.element.body)
    made = io.BytesIO()
    document.save(made)
    return reproducible(made.getvalue())


def _plain(root: etree._Element) -> None:
    """Comments go without their usual styles, which the template need not have."""
    for style in list(root.iter(f"{W}pStyle", f"{W}rStyle")):
        holder = style.getparent()
        if holder is not None and style.get(f"{W}val") in {"CommentText", "CommentReference"}:
            holder.remove(style)
