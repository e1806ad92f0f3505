"""A planner's own copy of a template: restyled, shortened, with a logo, and built without code."""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from ooxml_integrity import check as integrity
from openxml_audit import OpenXmlValidator

AS_OF = "2026-11-28"
NAME = "planning-brief"
REMOVED, RENAMED = "Scenarios and planned steps", "The programme"


def logo():
    """A plain PNG, 8 by 8 pixels of one colour."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\x00" + b"\x20\x60\xa0" * 8 for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )  # fmt: skip


def text_of(element):
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def take_out(document, title):
    """Delete a chapter as a person would: its heading and all that follows, tags included."""
    blocks = list(document.element.body)
    heads = [block for block in blocks if text_of(block) == title]
    start = blocks.index(heads[0])
    while not re.match(r"\{%p if", text_of(blocks[start])):
        start -= 1
    depth, end = 0, start
    while True:
        text = text_of(blocks[end]) if blocks[end].tag == qn("w:p") else ""
        depth += bool(re.match(r"\{%p (if|for) ", text))
        depth -= bool(re.match(r"\{%p end(if|for) ", text))
        if depth == 0:
            break
        end += 1
    for block in blocks[start : end + 1]:
        block.getparent().remove(block)


@pytest.fixture(scope="module")
def own(briefs, tmp_path_factory):
    """The folder of a copy in which a designer has changed the English planning brief."""
    folder = tmp_path_factory.mktemp("own") / "mine"
    done = briefs("template", "copy", folder, "--lang", "en")
    assert done.returncode == 0, done.stderr
    path = folder / f"en/{NAME}.docx"
    document = Document(str(path))
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x7A, 0x1F, 0x3D)
    document.styles["Heading 1"].font.size = Pt(18)
    header = document.sections[0].header.paragraphs[0]
    header.add_run().add_picture(logo(), width=Mm(8))
    take_out(document, REMOVED)
    for paragraph in document.paragraphs:
        if paragraph.text == RENAMED:
            paragraph.runs[0].text = "What to launch together"
    document.save(str(path))
    # Alternative text is typed in Word's own dialogue.
    with ZipFile(path) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    for name, content in parts.items():
        if name.startswith("word/header"):
            parts[name] = re.sub(
                rb"<wp:docPr ", b'<wp:docPr descr="Logo of the commission" ', content
            )
    with ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return folder


def test_the_copy_passes_the_check(briefs, own):
    done = briefs("template", "check", own / f"en/{NAME}.docx")
    assert done.returncode == 0, done.stderr


def test_the_copy_builds_and_keeps_what_the_designer_chose(briefs, own, tmp_path, root):
    made = {}
    for name, options in (("plain", ()), ("own", ("--templates", own))):
        done = briefs(
            "build", root / "inputs/regions/qingdao.xlsx", "--as-of", AS_OF, "--lang", "en",
            "--document", NAME, "--document", "leadership-brief", "--out", tmp_path / name,
            *options,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        made[name] = tmp_path / name / "qingdao"
    path = made["own"] / f"{NAME}.en.docx"
    document = Document(str(path))
    assert document.styles["Normal"].font.name == "Georgia"
    assert str(document.styles["Heading 1"].font.color.rgb) == "7A1F3D"
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    plain = [
        p.text
        for p in Document(str(made["plain"] / f"{NAME}.en.docx")).paragraphs
        if p.style.name == "Heading 1"
    ]
    assert RENAMED in plain
    assert REMOVED in plain
    expected = ["What to launch together" if one == RENAMED else one for one in plain]
    expected.remove(REMOVED)
    assert titles == expected
    with ZipFile(path) as held:
        names = held.namelist()
        header = held.read("word/header1.xml").decode()
    assert [name for name in names if name.startswith("word/media/")]
    assert "Logo of the commission" in header
    assert "{{" not in header
    assert [one for one in integrity(path) if str(one.severity).lower().endswith("error")] == []
    assert OpenXmlValidator().validate(path).is_valid
    # The other documents come from the package, as they are.
    other = "leadership-brief.en.docx"
    assert (made["own"] / other).read_bytes() == (made["plain"] / other).read_bytes()


def test_a_template_that_is_not_compiled_is_counted_and_told_when_asked(briefs, tmp_path, root):
    mine, out = tmp_path / "mine", tmp_path / "out"
    assert briefs("template", "copy", mine, "--lang", "en").returncode == 0
    path = mine / "en/annex.docx"
    document = Document(str(path))
    document.add_paragraph("{% set title %}{{ doc.title }}{% endset %}{{ title }}")
    document.save(str(path))
    done = briefs(
        "build", root / "inputs/regions/qingdao.xlsx", "--as-of", AS_OF, "--document", "annex",
        "--templates", mine, "--out", out, "--verbose",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if "the slow way" in line]
    assert [line.partition(":")[0] for line in told] == ["annex.en.docx"]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["filled"] == {"compiled": 1, "docxtpl": 1}
