"""What the linter says of tables that show data, and where it points."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.intake import load_fields
from generator.model import Field, Label
from generator.report import problem_text
from generator.shipped import LANGUAGES
from generator.word.lint import lint

KEY = "assets.points"
REQUIRED = (
    "{{ doc.as_of_line }}",
    "{{ doc.draft }}",
    "{{ disclaimer | join }}",
    "{{ attribution | join }}",
)
LAW = "{% for ban in law.barred %}{{ ban.sentence }}{% endfor %}"
OTHER = [
    Field(path, kind, Label((("en", "What it is"), ("zh-CN", "说明"))))
    for path, kind in (
        ("other.rows", "table"), ("other.rows[].name", "text"), ("other.rows[].sites", "list"),
        ("other.rows[].sites[].text", "text"), ("other.sites", "list"), ("other.sites[]", "text"),
        ("other.rows#total", "row"), ("other.rows#group", "row"),
    )
]  # fmt: skip


@pytest.fixture(scope="session")
def fields(root):
    return [*load_fields(root / "templates/fields.csv"), *OTHER]


def cell(text):
    return f'<w:tc><w:tcPr/><w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>'


def table(*rows, about=f"table:{KEY}"):
    """A table of rows of texts, with an alternative text."""
    grid = "<w:gridCol/>" * max(map(len, rows))
    drawn = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblDescription w:val="{about}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>"
    )


@pytest.fixture
def found(tmp_path, fields):
    """Code, part and place of each fault of a template with these tables."""

    def judge(*tables, header=""):
        document = Document()
        for text in (*REQUIRED, LAW):
            document.add_paragraph(text)
        for one in tables:
            document.element.body.insert(len(document.element.body) - 1, parse_xml(one))
        if header:
            document.sections[0].header._element.insert(0, parse_xml(header))  # noqa: SLF001 - where Word puts it
        path = tmp_path / "planning-brief.docx"
        document.save(str(path))
        judge.problems = lint(path, fields)
        return [(one.code, one.origin.sheet, one.origin.cell) for one in judge.problems]

    return judge


HEAD = ("Point", "Power")


def test_a_table_in_order_has_no_fault(found):
    assert found(table(HEAD, ("{{ name }}, {{ voltage }} kV", "{{ spare | upper }} MW"))) == []


def test_the_designers_own_loops_and_names_stand_beside_it(found):
    own = table(
        ("{%tr for one in assets.points %}",), ("{{ one.name }}",), ("{%tr endfor %}",), about=""
    )
    given = ("{% set own = row.name %}{{ own }}", "{{ doc.region }} {{ spare }}")
    assert found(own, table(HEAD, given)) == []


@pytest.mark.parametrize(
    ("made", "code", "place", "example"),
    [
        (table(HEAD, ("{{ name }}", "x"), about="table:asets.points"), "TP-150", "T1R1C1", "table:assets.points"),
        (table(HEAD, ("{{ name }}", "{{ voltge }}")), "TP-151", "T1R2C2", "{{ voltage }}"),
        (table(HEAD, ("North", "10")), "TP-152", "T1R1C1", "{{ "),
        (table(HEAD, ("{{ name }}", "x"), ("{{ spare }}", "y")), "TP-153", "T1R3C1", ""),
        (table(("{{ name }}", "{{ spare }}")), "TP-154", "T1R1C1", ""),
        (table(HEAD, ("{{ #sum }}{{ name }}", "x")), "TP-155", "T1R2C1", ""),
        (table(HEAD, ("{{ name }}", "x"), about=f"table:{KEY} columns:uses"), "TP-156", "T1R1C1", ""),
        (table(HEAD, ("{%tr if row.name %}", ""), ("{{ name }}", "x")), "TP-157", "T1R2C1", ""),
        (table(HEAD, ("{{ name }}", ""), about="table:other.rows columns:sites"), "TP-159", "T1R1C1", "{{ sites }}"),
        (table(HEAD, ("{{ #totl }}{{ name }}", ""), about="table:other.rows"), "TP-155", "T1R2C1", "{{ #total }}"),
        (
            table(HEAD, ("{{ name }}", ""), ("{{ #total }}{{ name }}", ""), ("{{ #total }}", ""), about="table:other.rows"),
            "TP-153", "T1R4C1", "{{ #",
        ),
    ],
)  # fmt: skip
def test_each_fault_is_named_where_it_stands_and_only_once(
    found, texts, made, code, place, example
):
    assert found(made) == [(code, "document", place)]
    (fault,) = found.problems
    for language in LANGUAGES:
        said = problem_text(fault, texts, language)
        assert example in said
        assert dict(fault.args)["key"] in said
        assert "key=" not in said


def test_a_table_in_a_header_is_no_place_for_data(found):
    made = found(header=table(HEAD, ("{{ name }}", "x")))
    assert made == [("TP-158", "header1", "T1R1C1")]


def test_places_below_a_table_are_those_that_a_person_counts(found):
    below = table(("{{ doc.regoin }}",), about="")
    assert found(table(HEAD, ("{{ name }}", "{{ spare }}")), below) == [
        ("TP-102", "document", "T2R1C1")
    ]


def test_what_a_sample_row_prints_counts_as_printed(tmp_path, fields):
    document = Document()
    for text in (*REQUIRED[:3], LAW):
        document.add_paragraph(text)
    rows = table(("Source",), ("{{ attribution }}",), about="table:annex.register.sources")
    document.element.body.insert(len(document.element.body) - 1, parse_xml(rows))
    document.save(str(tmp_path / "annex.docx"))
    assert lint(tmp_path / "annex.docx", fields) == []
