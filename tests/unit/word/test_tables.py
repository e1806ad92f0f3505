"""Tables that a designer draws in Word and names in their alternative text."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.model import Brief, Cell, Field, Row, Table, Trace
from generator.word import render

DAY = date(2026, 11, 28)
KEY = "assets.points"


def fields(*paths):
    """Declared names: lists and tables by their ending, texts all others."""
    return [
        Field(path, kind, "What it is", "说明")
        for path, kind in ((one, "table" if "[]" not in one else "text") for one in paths)
    ]


DECLARED = fields(
    KEY,
    *(f"{KEY}[].{name}" for name in ("name", "low", "high", "note", "more", "group")),
    *(f"{KEY}[].{name}" for name in ("status", "status_band", "mw", "mw_anchor", "mw_tip")),
    f"{KEY}[].sites[].text",
    f"{KEY}[].sites[].band",
    f"{KEY}#total",
    f"{KEY}#group",
)


def plain(name, **cells):
    """A row of texts."""
    return Row({"name": Cell(name), **{key: Cell(text) for key, text in cells.items()}})


def brief(*rows, heads=(), **names):
    table = Table(KEY, tuple(rows), {"sites": heads} if heads else {})
    return Brief("en", names, {}, tables={KEY: table})


def text(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(inner, properties=""):
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>{inner if inner.startswith('<') else text(inner)}</w:p>"
    )


def cell(*inner, properties="", width=2000):
    paragraphs = "".join(paragraph(one) if "<w:p>" not in one else one for one in inner)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{paragraphs}</w:tc>'
    )


def row(*cells, header=False):
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{mark}{''.join(one if one.startswith('<w:tc') else cell(one) for one in cells)}</w:tr>"


def table(*rows, about=f"table:{KEY}", box="tblDescription", grid=(2000, 2000)):
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>'
        f'<w:{box} w:val="{about}"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


@pytest.fixture
def template(tmp_path):
    """A file that Word could have saved, with these blocks in its body."""

    def make(*blocks, styles=()):
        document = Document()
        body = document.element.body
        for block in blocks:
            for child in list(parse_xml(f"<w:body {nsdecls('w')}>{block}</w:body>")):
                body.insert(len(body) - 1, child)
        for style in styles:
            document.styles.element.append(
                parse_xml(style.replace("<w:style ", f"<w:style {nsdecls('w')} ", 1))
            )
        path = tmp_path / "planning-brief.docx"
        document.save(str(path))
        return path

    return make


@pytest.fixture
def filled(template):
    """The document that a template of these blocks becomes."""

    def fill(data, *blocks, styles=()):
        made = render(template(*blocks, styles=styles), data, DAY, DECLARED)
        return Document(io.BytesIO(made))

    return fill


def shown(table):
    """The texts of a table, row by row."""
    return [
        [
            "\n".join("".join(one.itertext(qn("w:t"))) for one in each.iterchildren(qn("w:p")))
            for each in line.iterchildren(qn("w:tc"))
        ]
        for line in table.iterchildren(qn("w:tr"))
    ]


def first(document):
    return next(document.element.body.iter(qn("w:tbl")))


HEAD = row("Point", "Power", header=True)
SAMPLE = row("{{ name }}", "{{ low }}–{{ high }} MW")
TWO = (plain("North", low="10", high="20"), plain("South & East", low="5", high="6"))


@pytest.mark.parametrize("box", ["tblDescription", "tblCaption"])
def test_a_table_has_one_row_for_each_row_of_its_data(filled, box):
    made = first(filled(brief(*TWO), table(HEAD, SAMPLE, box=box)))
    assert shown(made) == [
        ["Point", "Power"],
        ["North", "10–20 MW"],
        ["South & East", "5–6 MW"],
    ]
    assert made.find(f"{qn('w:tblPr')}/{qn(f'w:{box}')}") is None


def test_a_mark_that_word_has_cut_into_runs_is_still_one(filled):
    cut = "".join(
        f'<w:r><w:rPr><w:b/></w:rPr><w:t>{one}</w:t></w:r><w:proofErr w:type="spellEnd"/>'
        for one in ("{", "{ na", "me }", "}, sou", "th")
    )
    made = first(filled(brief(plain("North")), table(HEAD, row(cell(paragraph(cut)), "x"))))
    assert shown(made)[1] == ["North, south", "x"]
