"""Templates from strangers: what they may say, and what the file looks like afterwards."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generator.model import Brief
from generator.problems import TemplateError
from generator.word import render

DAY = date(2026, 11, 28)


@pytest.fixture
def template(tmp_path):
    def make(*paragraphs):
        document = Document()
        for text in paragraphs:
            document.add_paragraph(text)
        path = tmp_path / "t.docx"
        document.save(str(path))
        return path

    return make


def brief(**fields):
    return Brief("en", fields, {})


def words(content):
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def test_values_are_escaped_and_never_read_as_template(template):
    nasty = "Smith & Sons <b> {{ 7*7 }} {% x %} 🏭"
    assert words(render(template("Hall: {{ name }}"), brief(name=nasty), DAY)) == [f"Hall: {nasty}"]


def test_a_name_that_does_not_exist_is_a_fault_and_not_a_gap(template):
    with pytest.raises(TemplateError) as fault:
        render(template("{{ nmae }}"), brief(name="x"), DAY)
    assert "nmae" in dict(fault.value.problems[0].args)["detail"]


@pytest.mark.parametrize(
    "expression",
    ["{{ range(10**9) }}", "{{ x + }}", "{% for a in name %}", "{{ name | nosuchfilter }}"],
)
def test_a_template_that_is_broken_is_refused(template, expression):
    with pytest.raises(TemplateError) as fault:
        render(template(expression), brief(name="x"), DAY)
    assert fault.value.problems[0].code == "TP-101"


@pytest.mark.parametrize(
    "expression",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__ }}",
    ],
)
def test_a_template_that_reaches_out_is_refused_where_it_does(template, expression):
    with pytest.raises(TemplateError) as fault:
        render(template("{{ name }}", expression), brief(name="x"), DAY)
    (found,) = fault.value.problems
    assert (found.code, found.origin.sheet, found.origin.cell) == ("TP-145", "document", "P2")
    assert dict(found.args)["tag"] == expression


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_what_is_not_a_word_file_is_refused(tmp_path, content):
    path = tmp_path / "t.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateError):
        render(path, brief(), DAY)


def test_a_missing_template_is_a_template_error(tmp_path):
    with pytest.raises(TemplateError):
        render(tmp_path / "none.docx", brief(), DAY)


def test_macros_are_refused(template):
    path = template("x")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(TemplateError) as fault:
        render(path, brief(), DAY)
    assert ("cause", "macros") in fault.value.problems[0].args


def test_the_same_input_gives_the_same_bytes_and_the_day_of_the_law(template):
    path = template("{{ name }}")
    first, second = (render(path, brief(name="x"), DAY) for _ in range(2))
    assert first == second
    properties = Document(io.BytesIO(first)).core_properties
    assert properties.created is not None
    assert properties.created.date() == DAY
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_cell_shading_of_a_template_saved_by_word_ends_in_schema_order(tmp_path):
    """Word writes a cell width; the shading that a tag puts first must move behind it."""
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "{% cellbg colour %}{{ name }}"
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-docx has no public door to it
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="top"/>'))
    path = tmp_path / "t.docx"
    document.save(str(path))
    made = Document(io.BytesIO(render(path, brief(colour="FF0000", name="x"), DAY)))
    order = [child.tag.split("}")[1] for child in made.tables[0].cell(0, 0)._tc.tcPr]  # noqa: SLF001 - likewise
    assert order == ["tcW", "shd", "vAlign"]


def test_the_title_among_the_properties_is_plain_and_never_too_long_for_word(tmp_path):
    document = Document()
    document.core_properties.title = "On {{ name }}"
    path = tmp_path / "t.docx"
    document.save(str(path))

    def title(name):
        made = render(path, brief(name=name), DAY)
        return Document(io.BytesIO(made)).core_properties.title

    assert title("R & <D> {{ 7*7 }}") == "On R & <D> {{ 7*7 }}"
    assert title("x" * 252) == "On " + "x" * 252
    assert title("x" * 5000) == "On " + "x" * 251 + "…"
