"""The text and structure of each sample document, as diffable text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

HERE = Path(__file__).parent
NAMES = [
    (city, document, language)
    for city in ("changzhi", "heze", "qingdao")
    for document in ("leadership-brief", "planning-brief")
    for language in ("en", "zh-CN")
]
# One city's annex stands for all: its tables are the same for each, and long.
NAMES += [("heze", "annex", language) for language in ("en", "zh-CN")]
# The comparison stands beside the folders of the cities.
NAMES += [(".", "comparison", language) for language in ("en", "zh-CN")]


def structure(path):
    """Headings with their level, paragraphs, and tables as rows of cells."""
    document = Document(str(path))
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            level = block.style.name.removeprefix("Heading ") if block.style else ""
            mark = "#" * int(level) + " " if level.isdigit() else ""
            yield f"{mark}{block.text}"
        elif isinstance(block, Table):
            for row in block.rows:
                yield "| " + " | ".join(cell.text.replace("\n", " / ") for cell in row.cells) + " |"


@pytest.mark.parametrize(("city", "document", "language"), NAMES)
def test_sample_documents_say_what_they_said(samples, city, document, language):
    text = "\n".join(structure(samples / city / f"{document}.{language}.docx")) + "\n"
    golden = HERE / f"{city}.{document}.{language}.md".removeprefix("..")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
