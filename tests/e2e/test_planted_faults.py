"""Faults planted in a finished package: the validators together miss none, and none suffices."""

from __future__ import annotations

import zipfile

import pytest

BODY = "word/document.xml"
STYLES = "word/styles.xml"
CELLS = "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="9" cy="9"/><wp:docPr id="{}" name="x" descr="x"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="x"/></a:graphic></wp:inline></w:drawing></w:r>'
)


def swap(part, old, new):
    """Replace the first `old` of a part."""

    def plant(parts):
        text = parts[part].decode()
        assert old in text
        parts[part] = text.replace(old, new, 1).encode()

    return plant


def said(inside):
    """A first paragraph with something in it."""
    return swap(BODY, "<w:body>", f"<w:body><w:p>{inside}</w:p>")


def bookmark(number, name, more=""):
    named = f'w:name="{name}"' if name else ""
    return f'<w:bookmarkStart w:id="{number}" {named}/>{more}<w:bookmarkEnd w:id="{number}"/>'


def link(more):
    return said(f"<w:hyperlink {more}><w:r><w:t>Sources</w:t></w:r></w:hyperlink>")


PLANTED = {
    "a part without content type": lambda parts: parts.update({"word/stray.bin": b"x"}),
    "a part that is not there": lambda parts: parts.pop("word/numbering.xml"),
    "a part that is not XML": swap(STYLES, "</w:styles>", "</w:style>"),
    "two relationships of one id": swap(
        "word/_rels/document.xml.rels", "<Relationship ",
        '<Relationship Id="rId1" Type="urn:x" Target="styles.xml"/><Relationship ',
    ),
    "an element that does not exist": said("<w:nonsense/>"),
    "elements in the wrong order": said("<w:r><w:t>x</w:t></w:r><w:pPr/>"),
    "a value of the wrong type": said('<w:r><w:rPr><w:sz w:val="big"/></w:rPr></w:r>'),
    "a value out of its list": said('<w:pPr><w:jc w:val="middle"/></w:pPr>'),
    "a missing attribute": said(bookmark(7, "")),
    "a cell without paragraph": swap(BODY, "<w:body>",
        '<w:body><w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>'
        "<w:tr><w:tc/></w:tr></w:tbl>"),
    "a table with fewer columns than cells": swap(BODY, "<w:body>",
        f'<w:body><w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>{CELLS}</w:tbl>'),
    "a style that is not there": said('<w:pPr><w:pStyle w:val="Gone"/></w:pPr>'),
    "a style based on one that is not there":
        swap(STYLES, '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="Gone"/>'),
    "two styles of one id": swap(STYLES, 'w:styleId="Subtitle"', 'w:styleId="Title"'),
    "a list that is not there":
        said('<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="999"/></w:numPr></w:pPr>'),
    "a link to no relationship": link('r:id="rId99"'),
    "a screen tip of 300 signs": link(f'w:anchor="a" w:tooltip="{"a" * 300}"'),
    "a bookmark's name of 41 signs": said(bookmark(7, "a" * 41)),
    "two bookmarks of one id": said(bookmark(7, "a") + bookmark(7, "b")),
    "two drawings of one id": said(PICTURE.format(5) + PICTURE.format(5)),
    "a drawing with a negative id": said(PICTURE.format(-5)),
    "a footnote that is not there": said('<w:r><w:footnoteReference w:id="5"/></w:r>'),
}  # fmt: skip
OVERLOOKED = {
    "a bookmark that does not end": said('<w:bookmarkStart w:id="7" w:name="a"/>'),
    "two bookmarks of one name": said(bookmark(7, "a") + bookmark(8, "A")),
    "a field that does not end": said('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
    "a date that is none": swap("docProps/core.xml", "2026-11-28T00:00:00Z", "yesterday"),
}
"""What none of the three looks at, and our own look at the pairs does."""


@pytest.fixture(scope="module")
def spoilt(samples, tmp_path_factory):
    """`spoilt(faults)`: a finished document with each of the faults, by name."""
    folder = tmp_path_factory.mktemp("spoilt")
    with zipfile.ZipFile(samples / "qingdao/leadership-brief.en.docx") as package:
        whole = {name: package.read(name) for name in package.namelist()}

    def make(faults):
        files = {}
        for fault, plant in faults.items():
            parts = dict(whole)
            plant(parts)
            assert parts != whole
            files[fault] = folder / f"{fault}.docx"
            with zipfile.ZipFile(files[fault], "w") as target:
                for name, content in parts.items():
                    target.writestr(name, content)
        return files

    return make


def test_the_validators_together_find_every_planted_fault_and_none_alone_does(
    spoilt, verdicts, sdk
):
    files = spoilt(PLANTED)
    found = verdicts(list(files.values()), "--peers", "--sdk", sdk)
    finders = {fault: set(found.get(str(path), {})) for fault, path in files.items()}
    assert [fault for fault, who in finders.items() if not who] == []
    for validator in ("openxml-audit", "ooxml-integrity", "sdk"):
        assert any(validator not in who for who in finders.values())


def test_our_own_look_finds_the_faults_that_no_validator_looks_for(spoilt, verdicts):
    files = spoilt(OVERLOOKED)
    found = verdicts(list(files.values()), "--own")
    assert [fault for fault, path in files.items() if "pairs" not in found.get(str(path), {})] == []
