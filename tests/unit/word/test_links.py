"""Links and bookmarks after rendering: numbered anew and none that leads nowhere."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from generator.model import Brief
from generator.word import render
from generator.word.lint import annotated

DAY = date(2026, 11, 28)
LINK = (
    '<w:hyperlink w:anchor="{{ number.anchor }}" '
    'w:tooltip="{{ number.tip }}"><w:r><w:rPr><w:rStyle w:val="Strong"/><w:b/></w:rPr>'
    "<w:t>{{ number.text }}</w:t></w:r></w:hyperlink>"
)
BOOKMARK = '<w:bookmarkStart w:id="7" w:name="{}"/><w:bookmarkEnd w:id="7"/>'
NUMBER = {"anchor": "trace_2", "tip": 'a.xlsx › "Power"!F12 · grade B', "text": "12 & more"}


def paragraph(inner):
    return parse_xml(f"<w:p {nsdecls('w', 'r')}>{inner}</w:p>")


@pytest.fixture
def template(tmp_path):
    """`template(*names) -> path`: a linked number, and one bookmark for each name."""

    def make(*names, name="t.docx"):
        document = Document()
        runs = '<w:r><w:t xml:space="preserve">Spare power: </w:t></w:r>' + LINK
        for place, inner in enumerate((runs, *(BOOKMARK.format(one) for one in names))):
            document.element.body.insert(place, paragraph(inner))
        path = tmp_path / name
        document.save(str(path))
        return path

    return make


def body(content):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))


def filled(path, **fields):
    return body(render(path, Brief("en", {"number": NUMBER, **fields}, {}), DAY))


def marks(root, kind, attribute):
    return [one.get(qn(f"w:{attribute}")) for one in root.iter(qn(f"w:{kind}"))]


def test_a_link_keeps_its_target_and_its_tip_to_the_letter(template):
    (link,) = filled(template("trace_2")).iter(qn("w:hyperlink"))
    assert link.get(qn("w:anchor")) == "trace_2"
    assert link.get(qn("w:tooltip")) == NUMBER["tip"]
    assert "".join(link.itertext()) == NUMBER["text"]


def test_a_link_whose_bookmark_has_gone_becomes_plain_text(template):
    root = filled(template())
    assert list(root.iter(qn("w:hyperlink"))) == []
    (first, *_) = root.iter(qn("w:p"))
    assert "".join(first.itertext()) == "Spare power: 12 & more"
    # The style of a link goes with it; what the text had of its own stays.
    assert list(first.iter(qn("w:rStyle"))) == []
    assert len(list(first.iter(qn("w:b")))) == 1


def test_a_link_without_a_target_becomes_plain_text(template):
    root = filled(template("trace_2"), number={**NUMBER, "anchor": ""})
    assert list(root.iter(qn("w:hyperlink"))) == []


def test_bookmarks_are_numbered_in_order_and_end_where_they_began(template):
    root = filled(template("trace_2", "trace_3", "trace_4"))
    assert marks(root, "bookmarkStart", "id") == ["0", "1", "2"]
    assert marks(root, "bookmarkEnd", "id") == ["0", "1", "2"]


def test_of_two_bookmarks_of_one_name_the_first_stays(template):
    root = filled(template("trace_2", "trace_2", "trace_3"))
    assert marks(root, "bookmarkStart", "name") == ["trace_2", "trace_3"]
    assert marks(root, "bookmarkEnd", "id") == ["0", "1"]


def test_a_link_to_a_page_on_the_web_is_left_alone(template):
    path = template("trace_2")
    document = Document(str(path))
    web = document.part.relate_to(
        "https://example.org",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    there = f'<w:hyperlink r:id="{web}" w:anchor="part"><w:r><w:t>x</w:t></w:r></w:hyperlink>'
    document.element.body.insert(1, paragraph(there))
    document.save(str(path))
    assert [one.get(qn("r:id")) for one in filled(path).iter(qn("w:hyperlink"))] == [None, web]


def test_the_marked_copy_of_a_template_keeps_its_links(template):
    (link,) = body(annotated(template("{{ row.anchor }}"), [], str)).iter(qn("w:hyperlink"))
    assert link.get(qn("w:anchor")) == "{{ number.anchor }}"
