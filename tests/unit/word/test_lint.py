"""Broken templates, each named by its fault: what the linter calls it and where it points."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.analysis import assess
from generator.intake import load_fields
from generator.model import Brief
from generator.problems import TemplateError
from generator.report import report
from generator.settings import DOCUMENTS
from generator.shipped import LANGUAGES
from generator.word import render
from generator.word.lint import lint

DAY = date(2026, 11, 28)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMPTY = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)
REQUIRED = (
    "{{ doc.as_of_line }}",
    "{{ doc.draft }}",
    "{{ disclaimer | join(' ') }}",
    "{{ attribution | join(' ') }}",
)
LAW = "{% for ban in law.barred %}{{ ban.sentence }}{% endfor %}"


@pytest.fixture(scope="session")
def fields(root):
    return load_fields(root / "templates/fields.csv")


@pytest.fixture
def template(tmp_path):
    """A small template: paragraphs, tables as lists of rows, or XML of paragraphs."""

    def make(*blocks, name="planning-brief"):
        document = Document()
        for block in (*blocks, *REQUIRED, LAW):
            if isinstance(block, list):
                table = document.add_table(len(block), len(block[0]))
                for row, texts in zip(table.rows, block, strict=True):
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.text = text
            elif block.startswith("<"):
                body = document.element.body
                body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w', 'r')}>{block}</w:p>"))
            else:
                document.add_paragraph(block)
        path = tmp_path / f"{name}.docx"
        document.save(str(path))
        return path

    return make


def found(path, fields):
    return [(one.code, one.origin.sheet, one.origin.cell) for one in lint(path, fields)]


def run(text, more=""):
    return f'<w:r>{more}<w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_default_templates_have_no_fault(root, fields, document, language):
    assert lint(root / "templates" / language / f"{document}.docx", fields) == []


@pytest.mark.parametrize(
    "blocks",
    [
        ["{{ law.barred | length }} {{ doc.title | upper }} {{ doc.title.upper() }}"],
        ["{% if doc.draft %}a{% elif gaps %}b{% else %}c{% endif %}"],
        ["{%p for gap in gaps %}", "{{ loop.index }} {{ gap.criterion }}", "{%p endfor %}"],
        ["{% for gap in gaps if gap.office != '0' %}{{ gap.uses }}; {% endfor %}"],
        ["{%p for one in law.filing %}", "{% for r in one.rules %}{{ r.cite }}{% endfor %}",
         "{%p endfor %}"],
        ["{% set first = gaps | first %}{{ first.criterion }}"],
        ["{%p set n = namespace(at=0) %}", "{% set n.at = n.at + 1 %}{{ n.at }}"],
        ["{%p set colours = dict(high='FF0000') %}", [["{% cellbg colours.high %}x"]]],
        ["{% with one = doc.region %}{{ one }}{% endwith %}"],
        ["{% macro bold(x) %}{{ x }}{% endmacro %}{{ bold(doc.region) }}"],
        ["{% raw %}{{ anything }}{% endraw %}"],
        ["{# a note, {{ with }} anything #}"],
        ["{% if nobody is defined %}x{% endif %}{{ nobody | default('–') }}"],
        ["{{ doc['title'] }} {{ doc.draft or doc.title }}"],
        ["{{ gaps | map(attribute='criterion') | join(', ') }}"],
        ["Prose with {braces} and 100 % of it"],
        [run("{") + run("{ do") + run("c.title }") + run("}")],
        [[["{%tr for gap in gaps %}", ""], ["{{ gap.criterion }}", "x"], ["{%tr endfor %}", ""]]],
        ["{{ “x” ~ doc.title }}"],
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(template, fields, blocks):
    assert found(template(*blocks), fields) == []


BROKEN = {
    "a name that does not exist": (["{{ doc.titel }}"], [("TP-102", "P1")]),
    "a first name that does not exist": (["{{ dco.title }}"], [("TP-102", "P1")]),
    "a row's name that does not exist": (
        ["{%p for gap in gaps %}", "{{ gap.critreion }}", "{%p endfor %}"], [("TP-102", "P2")]),
    "formatted text in place of a run": (["x {{r doc.title }} y"], [("TP-139", "P1")]),
    "a document in place of a paragraph": (["{{p doc.title }}"], [("TP-139", "P1")]),
    "a row in place of a row": ([[["{{tr doc.title }}"]]], [("TP-139", "T1R1C1")]),
    "a row used after its loop": (
        ["{% for gap in gaps %}{{ gap.uses }}{% endfor %}{{ gap.uses }}"], [("TP-102", "P1")]),
    "the name of the loop outside one": (["{{ loop.index }}"], [("TP-102", "P1")]),
    "an unknown word about the loop": (
        ["{% for gap in gaps %}{{ loop.idx }}{% endfor %}"], [("TP-102", "P1")]),
    "a name in a condition": (["{% if doc.darft %}x{% endif %}"], [("TP-102", "P1")]),
    "a name in a nested loop": (
        ["{% for a in law.filing %}{% for r in a.rulez %}{{ r.cite }}{% endfor %}{% endfor %}"],
        [("TP-102", "P1")]),
    "a name behind an attribute filter": (
        ["{{ gaps | map(attribute='criterium') | join }}"], [("TP-102", "P1")]),
    "a colour that the palette lacks": (
        ["{%p set palette = dict(high='FF0000') %}", [["{% cellbg palette.hihg %}x"]]],
        [("TP-102", "T1R1C1")]),
    "a counter that was never made": (["{% set n.at = 1 %}"], [("TP-102", "P1")]),
    "reaching into the machinery": (["{{ doc.__class__ }}"], [("TP-102", "P1")]),
    "a name in an attribute": (
        [f'<w:hyperlink w:anchor="{{{{ doc.anchor }}}}">{run("x")}</w:hyperlink>'],
        [("TP-102", "P1")]),
    "a tag that does not end": (["Title: {{ doc.title"], [("TP-103", "P1")]),
    "a tag that begins within another": (
        ["{{ doc.title {{ doc.region }}"], [("TP-103", "P1")]),
    "a tag that ends in the next paragraph": (
        ["{{ doc.title", "}}"], [("TP-103", "P1"), ("TP-104", "P2")]),
    "an end without a beginning": (["doc.title }}"], [("TP-104", "P1")]),
    "one brace is missing at the end": (["{{ doc.title }"], [("TP-103", "P1")]),
    "braces of a Chinese keyboard": (["｛｛ doc.title ｝｝"], [("TP-105", "P1")]),
    "a space between the braces": (["{ { doc.title } }"], [("TP-105", "P1")]),
    "single braces": (["{doc.title}"], [("TP-105", "P1")]),
    "a wide percent sign": (["{％ if gaps ％}"], [("TP-105", "P1")]),
    "a tag half inside a link": (
        [f'{run("{{ doc")}<w:hyperlink w:anchor="a">{run(".title }}")}</w:hyperlink>'],
        [("TP-106", "P1")]),
    "a tag half inserted by a tracked change": (
        [f'{run("{{ doc.ti")}<w:ins w:id="1" w:author="x">{run("tle }}")}</w:ins>'],
        [("TP-106", "P1")]),
    "a condition that is never closed": (["{%p if gaps %}", "x"], [("TP-107", "P1")]),
    "a loop that is never closed": (["{% for gap in gaps %}x"], [("TP-107", "P1")]),
    "a condition left open inside a loop": (
        ["{% for gap in gaps %}{% if gap.uses %}x{% endfor %}"], [("TP-107", "P1")]),
    "an end of nothing": (["x", "{%p endif %}"], [("TP-108", "P2")]),
    "an else of nothing": (["{% else %}"], [("TP-108", "P1")]),
    "an elif inside a loop": (
        ["{% for gap in gaps %}{% elif gap.uses %}{% endfor %}"], [("TP-108", "P1")]),
    "a paragraph tag closed by a plain one": (
        ["{%p if gaps %}", "x {% endif %}"], [("TP-109", "P1")]),
    "a row loop closed by a paragraph tag": (
        [[["{%tr for gap in gaps %}"], ["x"], ["{%p endfor %}"]]], [("TP-109", "T1R1C1")]),
    "opened outside a table, closed inside": (
        ["{%p if gaps %}", [["{%p endif %}"]]], [("TP-109", "P1")]),
    "a row loop over two tables": (
        [[["{%tr for gap in gaps %}"]], [["{%tr endfor %}"]]], [("TP-109", "T1R1C1")]),
    "a plain loop over paragraphs": (
        ["{% for gap in gaps %}", "x", "{% endfor %}"], [("TP-110", "P1")]),
    "a plain loop over table rows": (
        [[["{% for gap in gaps %}", "a"], ["b", "{% endfor %}"]]], [("TP-110", "T1R1C1")]),
    "a plain loop over cells": (
        [[["{% for gap in gaps %}x", "{% endfor %}"]]], [("TP-110", "T1R1C1")]),
    "a row tag outside a table": (["{%tr if gaps %}", "{%tr endif %}"],
        [("TP-111", "P1"), ("TP-111", "P2")]),
    "a cell colour outside a table": (["{% cellbg 'FF0000' %}"], [("TP-111", "P1")]),
    "text beside a paragraph tag": (
        ["{%p if gaps %} Gaps:", "x", "{%p endif %}"], [("TP-112", "P1")]),
    "two paragraph tags in one paragraph": (
        ["{%p if gaps %}{%p endif %}"], [("TP-112", "P1"), ("TP-112", "P1")]),
    "a row tag in a row with content": (
        [[["{%tr for gap in gaps %}", "{{ gap.uses }}"], ["{%tr endfor %}", ""]]],
        [("TP-112", "T1R1C1")]),
    "an expression that breaks off": (["{{ doc.title + }}"], [("TP-113", "P1")]),
    "a loop without in": (["{% for gap of gaps %}{% endfor %}"], [("TP-113", "P1")]),
    "a condition without a condition": (["{% if %}x{% endif %}"], [("TP-113", "P1")]),
    "a percent sign in a paragraph tag": (
        ["{%p if 5 % 2 %}", "x", "{%p endif %}"], [("TP-113", "P1")]),
    "an unknown filter": (["{{ doc.title | uper }}"], [("TP-114", "P1")]),
    "an unknown test": (["{% if doc.title is evn %}x{% endif %}"], [("TP-114", "P1")]),
    "an unknown tag": (["{% fro gap in gaps %}"], [("TP-115", "P1")]),
    "a space before the letter p": (["{% p if gaps %}"], [("TP-115", "P1")]),
    "another file asked for": (["{% include 'x.docx' %}"], [("TP-115", "P1")]),
    "a list printed": (["{{ gaps }}"], [("TP-116", "P1")]),
    "a group printed": (["{{ doc }}"], [("TP-116", "P1")]),
    "a row printed": (["{% for gap in gaps %}{{ gap }}{% endfor %}"], [("TP-116", "P1")]),
    "a row's field without a loop": (["{{ gaps.criterion }}"], [("TP-117", "P1")]),
    "a loop over a text": (["{% for x in doc.title %}{{ x }}{% endfor %}"], [("TP-118", "P1")]),
    "the second paragraph of the second cell": (
        [[["a", "b\n{{ nothing }}"]]], [("TP-102", "T1R1C2")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_template_is_refused_for_what_it_is(template, fields, name):
    blocks, expected = BROKEN[name]
    places = [(code, place) for code, _, place in found(template(*blocks), fields)]
    assert places == expected


def test_all_faults_are_listed_at_once_in_reading_order(template, fields):
    path = template("{{ a }}", "{{ b + }}", [["{{ c }}"]], "{%p if gaps %}")
    assert [(code, place) for code, _, place in found(path, fields)] == [
        ("TP-102", "P1"), ("TP-113", "P2"), ("TP-102", "T1R1C1"), ("TP-107", "P3"),
    ]  # fmt: skip


def test_something_similar_is_suggested(template, fields):
    path = template("{% for gap in gaps %}{{ gap.critreion | uper }}{% endfor %}")
    nearest = [dict(one.args)["nearest"] for one in lint(path, fields)]
    assert nearest == ["gap.criterion", "upper"]


@pytest.mark.parametrize("document", ["leadership-brief", "planning-brief", "annex"])
def test_a_document_says_what_the_law_bars(template, fields, tmp_path, document):
    path = tmp_path / "x.docx"
    edited(template(), path, {"word/document.xml": lambda xml: xml.replace(LAW, "")})
    (one,) = lint(path, fields, document)
    assert (one.code, dict(one.args)["name"].split(" / ")[0]) == ("TP-119", "law.barred[].sentence")


@pytest.mark.parametrize("rows", ["barred", "barred_together", "barred_all"])
def test_what_is_barred_may_be_said_row_by_row_or_together(template, fields, tmp_path, rows):
    path = tmp_path / "x.docx"
    edited(
        template(),
        path,
        {"word/document.xml": lambda xml: xml.replace("law.barred", f"law.{rows}")},
    )
    assert lint(path, fields, "leadership-brief") == []


@pytest.mark.parametrize("required", REQUIRED)
def test_a_required_part_that_is_missing_is_named(template, fields, tmp_path, required):
    path = template()
    edited(path, tmp_path / "x.docx", {"word/document.xml": lambda xml: xml.replace(required, "")})
    (one,) = lint(tmp_path / "x.docx", fields)
    assert one.code == "TP-119"
    assert dict(one.args)["name"].split(" / ")[0] in required


def edited(source, target, changes):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            change = changes.get(name)
            new.writestr(name, change(text.decode()).encode() if change else text)


@pytest.mark.parametrize(
    ("part", "old", "new", "expected"),
    [
        ("word/header1.xml", "doc.short_title", "doc.shrot_title", ("TP-102", "header1", "P1")),
        ("docProps/core.xml", "doc.title", "doc.tile", ("TP-102", "core", "title")),
        (
            "word/document.xml",
            "table:top.projects",
            "table:top.porjects",
            ("TP-150", "document", "T2R1C1"),
        ),
        (
            "word/document.xml",
            "row.answers",
            "row.answres",
            ("TP-102", "document", "T4R2C5P1"),
        ),
        ("word/footer1.xml", "Page ", "{{ page }}", ("TP-102", "footer1", "P1")),
        ("word/styles.xml", 'w:val="Normal"', 'w:val="{{ x }}"', ("TP-120", "styles", "")),
    ],
)
def test_one_edit_of_a_default_template_is_found_where_it_was_made(
    root, fields, tmp_path, part, old, new, expected
):
    path = tmp_path / "leadership-brief.docx"
    source = root / "templates/en/leadership-brief.docx"
    edited(source, path, {part: lambda xml: xml.replace(old, new, 1)})
    assert found(path, fields) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("chart:limits", "chart:limtis", "TP-122"),
        ("chart:limits", "chart:  limtis:U17", "TP-122"),
        ("<c:chart ", "<c:picture ", "TP-123"),
    ],
)
def test_a_chart_that_nothing_can_fill_is_found_at_its_paragraph(
    root, fields, tmp_path, old, new, code
):
    source = root / "templates/en/leadership-brief.docx"
    paragraphs = Document(str(source)).element.body.iterchildren(qn("w:p"))
    places = [i for i, one in enumerate(paragraphs, 1) if "chart:limits" in one.xml]
    path = tmp_path / "leadership-brief.docx"
    edited(source, path, {"word/document.xml": lambda xml: xml.replace(old, new)})
    assert found(path, fields) == [(code, "document", f"P{number}") for number in places]


def test_a_file_that_libreoffice_saved_is_a_warning(template, fields, tmp_path):
    path = template()

    def office(xml):
        saved = "<Application>LibreOffice/24.2</Application>"
        return re.sub("<Application>.*?</Application>", saved, xml)

    edited(path, tmp_path / "planning-brief.docx.tmp", {"docProps/app.xml": office})
    (one,) = lint(tmp_path / "planning-brief.docx.tmp", fields, "planning-brief")
    assert (one.code, one.severity) == ("TP-121", "warning")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_what_is_not_a_word_file_is_one_problem(tmp_path, fields, content):
    path = tmp_path / "t.docx"
    path.write_bytes(content)
    assert [one.code for one in lint(path, fields)] == ["TP-101"]


def test_a_part_that_is_not_xml_is_one_problem(template, fields, tmp_path):
    edited(template(), tmp_path / "x.docx", {"word/document.xml": lambda xml: xml[:-40]})
    assert [one.code for one in lint(tmp_path / "x.docx", fields)] == ["TP-101"]


def test_a_zip_that_is_no_word_file_is_one_problem(tmp_path, fields):
    path = tmp_path / "t.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert [one.code for one in lint(path, fields)] == ["TP-101"]


@pytest.mark.parametrize("text", ["{{ " + "(" * 5000 + " }}", "{{ 9**9**9**9 }}", "{{ '" + "x" * 10**6 + "' }}"])  # fmt: skip
def test_an_expression_without_end_costs_nothing(template, fields, cost, root, text):
    hostile, right = template(text), root / "templates/en/planning-brief.docx"
    assert cost(lambda: lint(hostile, fields), lambda: lint(right, fields), 12) <= 12


def test_a_check_takes_little_more_than_opening_the_template_25_times(root, fields, cost):
    path = root / "templates/en/planning-brief.docx"

    def opened():
        for _ in range(25):
            Document(str(path))

    assert cost(lambda: lint(path, fields), opened, 3) <= 3


def test_what_the_linter_lets_through_renders(template, fields, region, knowledge, texts):
    """The right blocks above, in one document, with the fields of a real region."""
    path = template(
        "{%p for gap in gaps %}", "{{ loop.index }} {{ gap.criterion }}", "{%p endfor %}",
        [["{%tr for gap in gaps %}", ""], ["{{ gap.criterion }}", "x"], ["{%tr endfor %}", ""]],
        "{% if doc.draft %}a{% elif gaps %}b{% else %}c{% endif %}{{ doc['title'] }}",
        "{{ gaps | map(attribute='criterion') | join(', ') }}",
    )  # fmt: skip
    assert found(path, fields) == []
    brief = report(assess(region(), knowledge, DAY, draws=100), knowledge, texts, "en")
    assert render(path, brief, DAY)


def with_parts(path, edit):
    with zipfile.ZipFile(path) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    edit(parts)
    with zipfile.ZipFile(path, "w") as held:
        for name, content in parts.items():
            held.writestr(name, content)
    return path


def related(parts, kind, target, mode="", part="word/_rels/document.xml.rels"):
    """Add a relationship `rX` to a part, as Word writes it."""
    held = parts.get(part, EMPTY).decode()
    one = f'<Relationship Id="rX" Type="{RELATED}/{kind}" Target="{target}"{mode}/></Relationships>'
    parts[part] = held.replace("</Relationships>", one).encode()


def test_a_chart_that_no_data_can_fill_is_named_at_its_place(template, fields):
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    path = template(
        "before",
        f'<w:r><w:drawing><wp:inline {nsdecls("wp", "a")}><wp:docPr id="1" name="c" '
        f'descr="chart:limits"/><a:graphic><a:graphicData uri="{chart}"><c:chart xmlns:c="{chart}" '
        'r:id="rX"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    )

    def stock(parts):
        related(parts, "chart", "charts/chart1.xml")
        parts["word/charts/chart1.xml"] = (
            f'<c:chartSpace xmlns:c="{chart}"><c:chart><c:plotArea><c:stockChart/></c:plotArea>'
            "</c:chart></c:chartSpace>"
        ).encode()

    (found,) = lint(with_parts(path, stock), fields, "annex")
    assert (found.code, found.origin.cell) == ("TP-126", "P2")
    assert dict(found.args) == {"name": "chart:limits", "detail": "c:stockChart"}


FOREIGN = (
    ("image", "https://example.org/a.png", ' TargetMode="External"'),
    ("oleObject", "embeddings/a.bin", ""),
    ("oleObject", "file://server/share/a.xlsx", ' TargetMode="External"'),
    ("aFChunk", "chunk.html", ""),
    ("control", "activeX/activeX1.xml", ""),
    ("subDocument", "file:///c:/other.docx", ' TargetMode="External"'),
)


@pytest.mark.parametrize(("kind", "target", "mode"), FOREIGN)
def test_what_runs_or_is_fetched_from_elsewhere_is_refused(template, fields, kind, target, mode):
    def bring(parts):
        related(parts, kind, target, mode)
        parts.setdefault(f"word/{target}", b"x")

    path = with_parts(template("text"), bring)
    (found,) = lint(path, fields, "annex")
    assert (found.code, found.origin.sheet) == ("TP-127", "document")
    assert target in dict(found.args)["name"]
    with pytest.raises(TemplateError) as fault:
        render(path, Brief("en", {}, {}), DAY)
    assert [one.code for one in fault.value.problems] == ["TP-127"]


@pytest.mark.parametrize("code", ['INCLUDEPICTURE "http://example.org/a.png"', 'DDEAUTO cmd "/k"'])
@pytest.mark.parametrize("form", ["simple", "runs"])
def test_a_field_that_reads_from_elsewhere_is_refused(template, fields, code, form):
    quoted = code.replace('"', "&quot;")
    half = len(code) // 3
    runs = "".join(
        f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (code[:half], code[half:])
    )
    xml = {
        "simple": f'<w:fldSimple w:instr=" {quoted} "><w:r><w:t>x</w:t></w:r></w:fldSimple>',
        "runs": f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    }[form]
    path = template("before", xml)
    (found,) = lint(path, fields, "annex")
    assert (found.code, found.origin.cell) == ("TP-127", "P2")
    assert dict(found.args)["name"] == code.partition(" ")[0]
    known = {
        "doc": {"as_of_line": "", "draft": ""},
        "disclaimer": [],
        "attribution": [],
        "law": {"barred": []},
    }
    with pytest.raises(TemplateError) as fault:
        render(path, Brief("en", known, {}), DAY)
    assert [one.code for one in fault.value.problems] == ["TP-127"]


def test_the_template_a_file_was_written_from_is_forgotten_and_a_web_link_stays(template, fields):
    def attach(parts):
        settings = "word/_rels/settings.xml.rels"
        related(
            parts, "attachedTemplate", "file://server/a.dotm", ' TargetMode="External"', settings
        )
        mark = f'<w:attachedTemplate xmlns:r="{RELATED}" r:id="rX"/></w:settings>'
        parts["word/settings.xml"] = parts["word/settings.xml"].replace(
            b"</w:settings>", mark.encode()
        )
        related(parts, "hyperlink", "https://example.org/", ' TargetMode="External"')

    link = '<w:hyperlink r:id="rX"><w:r><w:t>Example</w:t></w:r></w:hyperlink>'
    path = with_parts(template(link), attach)
    assert lint(path, fields, "annex") == []
    known = {
        "doc": {"as_of_line": "", "draft": ""},
        "disclaimer": [],
        "attribution": [],
        "law": {"barred": []},
    }
    with zipfile.ZipFile(io.BytesIO(render(path, Brief("en", known, {}), DAY))) as made:
        whole = b"".join(made.read(name) for name in made.namelist())
    assert b"attachedTemplate" not in whole
    assert b"server" not in whole
    assert b"https://example.org/" in whole
