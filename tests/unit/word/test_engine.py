"""Templates compiled once: what comes of them is what docxtpl makes, part for part."""

from __future__ import annotations

import copy
import io
import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml

from generator.model import Brief
from generator.pipeline.reading import table_filler
from generator.problems import Origin
from generator.report import compare, report
from generator.word import render
from generator.word.fallback import by_docxtpl

DAY = date(2026, 11, 28)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CITIES = ("changzhi", "heze", "qingdao")
DOCUMENTS = ("leadership-brief", "planning-brief", "annex")
LANGUAGES = ("en", "zh-CN")


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs, style="", number=""):
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    said += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{said}</w:pPr>{''.join(runs)}</w:p>"


def field(code, result="0"):
    return f'<w:fldSimple w:instr=" {code} ">{run(result)}</w:fldSimple>'


def chain(code, result="0"):
    marks = {
        kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "separate", "end")
    }
    order = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{marks['begin']}{order}{marks['separate']}{run(result)}{marks['end']}"


def bookmark(name, number, *inside):
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{"".join(inside)}<w:bookmarkEnd w:id="{number}"/>'


def link(anchor, *inside):
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{"".join(inside)}</w:hyperlink>'


def styled(text):
    return f'<w:r><w:rPr><w:rStyle w:val="Strong"/><w:b/></w:rPr><w:t>{text}</w:t></w:r>'


def table(columns, *rows):
    grid = f'<w:gridCol w:w="{9000 // columns}"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{line(run(text))}</w:tc>"


def caption(*runs):
    return line(run("Table "), field(r"SEQ Table \* ARABIC"), *runs, style="Caption")


LOOP = line(run("{%p for name in names %}")), line(run("{%p endfor %}"))
EMPTY_ROW = row(cell("{%tr for name in names %}")), row(cell("{%tr endfor %}"))
TOC = line(chain(r"TOC \o &quot;1-2&quot; \h \z \u"))
PARTS = {
    "a value": line(run("{{ name }} &amp; {{ names|length }} {% if name %}yes{% else %}no{% endif %}")),
    "tags cut by Word": line(run("{{ na"), run("me }}"), run("{% if name"), run(" %}a{% endif %}")),
    "a tag in an attribute": line(link("{{ key }}", run("{{ name }}")))
    + line(bookmark("{{ key }}", 4, run("target"))),
    "captions in a loop": LOOP[0] + caption(run(". {{ name }}")) + LOOP[1],
    "captions with another form": line(field(r"SEQ A \* ROMAN"), chain(r"SEQ A \* alphabetic"))
    + line(field(r"SEQ A \r 7"), field(r"SEQ A \c"), field(r"SEQ A \h"), field("SEQ B")),
    "references": line(bookmark("one", 1, field("SEQ T"), run(" of {{ name }}")))
    + line(run("See "), chain(r"REF one \h"), run(", "), field("REF one")),
    "lost references": line(run("See "), link("gone", chain(r"REF gone \h")), run(".")) + line(field("REF gone")),
    "lost links": line(link("gone", styled("{{ name }}"), field("SEQ T"), styled("x")), run(" after")),
    "links in a loop": LOOP[0] + line(link("at_{{ loop.index }}", styled("{{ name }}"))) + LOOP[1]
    + line(bookmark("at_2", 9, run("second"))),
    "bookmarks in a loop": LOOP[0] + line(bookmark("same", 3, run("{{ name }}"))) + LOOP[1],
    "a contents list": line(run("Contents"), style="TOCHeading") + TOC + LOOP[0]
    + line(run("{{ name }} "), run("heading"), style="Heading1")
    + line(run("below"), style="Heading2", number="1") + LOOP[1] + line(run(""), style="Heading1"),
    "a contents list without headings": line(run("Contents"), style="TOCHeading") + TOC + line(run("{{ name }}")),
    "rows in a loop": table(2, row(cell("a"), cell("b")), EMPTY_ROW[0], row(cell("{{ name }}"), cell("{{ loop.index }}")), EMPTY_ROW[1]),
    "columns in a loop": table(
        2, row(cell("head"), cell("{%tc for name in names %}"), cell("{{ name }}"), cell("{%tc endfor %}"))
    ),
    "fewer columns": table(
        4, row(cell("a"), cell("{%tc if not name %}"), cell("b"), cell("c"), cell("{%tc endif %}"), cell("d"))
    ),
    "a cell that loses its paragraphs": table(
        2, row(cell("a"), f"<w:tc><w:tcPr/>{line(run('{%p if not name %}'))}{line(run('b'))}{line(run('{%p endif %}'))}</w:tc>")
    ),
    "a table that loses all rows": table(1, EMPTY_ROW[0], row(cell("{{ name }}")), EMPTY_ROW[1]) + line(),
    "spans, colours and merges": table(
        2, row(cell("{% colspan 2 %}{{ name }}", '<w:vAlign w:val="top"/>')),
        EMPTY_ROW[0], row(cell("{% cellbg 'FF0000' %}{{ name }}", '<w:tcW w:w="1"/>'), cell("{% vm %}x", '<w:tcW w:w="2"/>')), EMPTY_ROW[1],
    ),
    "marks of tags written out": line(run("{_{ name }_} {_% x %_}")),
    "runs that go": line(run("{%r if not name %}"), run("lost"), run("{%r endif %}"), run("kept")),
    "paragraphs joined": line(run("one {{ name }}")) + line(run("{%- if name %} two")) + line(run("{%- endif %}")),
}  # fmt: skip
LEFT = {
    "across": line(run("{% if name %}")) + line(run("{% endif %}")),
    "breaks": line(run("{{ broken }}")),
    "fields": line(field("REF {{ key }}")),
    "nested": table(1, row(f"<w:tc>{table(1, row(cell('{{ name }}')))}{line()}</w:tc>")),
    "words": line(run("{% macro twice() %}{{ name }}{{ name }}{% endmacro %}{{ twice() }}")),
    "boxes": "<w:p><w:r><w:pict><w:txbxContent>" + line(run("{{ name }}")) + "</w:txbxContent></w:pict></w:r></w:p>",
}  # fmt: skip
FIELDS = {
    "name": "R&D <Böse> “x”",
    "names": ["one", "two & more", "三"],
    "key": "at_2",
    "broken": "first\nsecond\tthird",
    "none": [],
}


@pytest.fixture
def template(tmp_path):
    """A Word file with this body, and tags in a header and among the properties."""

    def make(body):
        document = Document()
        document.core_properties.title = "On {{ name }}"
        document.sections[0].header.paragraphs[0].text = "{{ name }} {% if none %}x{% endif %}"
        found = parse_xml(f'<w:body xmlns:w="{W}">{body}</w:body>')
        for element in reversed(found):
            document.element.body.insert(0, element)
        path = tmp_path / "t.docx"
        document.save(str(path))
        return path

    return make


@pytest.mark.parametrize("name", PARTS)
def test_a_compiled_template_makes_what_docxtpl_makes(template, documents, name):
    path, told = template(PARTS[name]), []
    brief = Brief("en", FIELDS, {})
    made = render(path, brief, DAY, tell=told.append)
    expected = by_docxtpl(path.read_bytes(), brief, DAY, Origin("t.docx"))
    assert documents.differences(made, expected) == []
    assert told == (["contents"] if name == "a contents list without headings" else [])


@pytest.mark.parametrize("reason", LEFT)
def test_what_is_not_compiled_is_left_to_docxtpl_with_the_reason(template, documents, reason):
    path, told = template(LEFT[reason]), []
    brief = Brief("en", FIELDS, {})
    made = render(path, brief, DAY, tell=told.append)
    assert told == [reason]
    expected = by_docxtpl(path.read_bytes(), brief, DAY, Origin("t.docx"))
    assert documents.differences(made, expected) == []


def test_every_reason_has_a_text(texts):
    keys = {key.removeprefix("engine.") for key in texts.table if key.startswith("engine.")}
    assert keys >= LEFT.keys() | {"contents"}


def test_a_step_in_front_changes_what_both_ways_fill(template, documents):
    def doubled(root, _styles):
        first = root[0][0]
        first.addnext(copy.deepcopy(first))

    path, brief = template(line(run("{{ name }}"))), Brief("en", FIELDS, {})
    made = render(path, brief, DAY, prepare=doubled)
    expected = by_docxtpl(path.read_bytes(), brief, DAY, Origin("t.docx"), doubled)
    assert documents.differences(made, expected) == []
    texts = [one.text for one in Document(io.BytesIO(made)).paragraphs]
    assert texts[:2] == [FIELDS["name"]] * 2


def test_a_template_that_changes_is_compiled_anew(template):
    brief = Brief("en", FIELDS, {})
    first = render(template(line(run("{{ key }}"))), brief, DAY)
    second = render(template(line(run("now {{ key }}"))), brief, DAY)
    texts = [Document(io.BytesIO(one)).paragraphs[0].text for one in (first, second)]
    assert texts == ["at_2", "now at_2"]


# --- the shipped templates ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sample_briefs(cities, knowledge, texts):
    """What each shipped template is filled with: city, document, language and brief."""
    from generator.analysis import summarise  # noqa: PLC0415 - only wanted here

    found = []
    for city in CITIES:
        for language in LANGUAGES:
            brief = report(cities[city], cities[city].knowledge, texts, language)
            found += [(city, document, language, brief) for document in DOCUMENTS]
    summaries = [summarise(cities[city], knowledge) for city in CITIES]
    for language in LANGUAGES:
        brief = compare(summaries, (), DAY, knowledge, texts, language)
        found.append(("", "comparison", language, brief))
    return found


@pytest.mark.slow("fills every shipped template twice for three cities")
def test_the_shipped_templates_make_what_docxtpl_makes(sample_briefs, documents, root):
    for city, document, language, brief in sample_briefs:
        path, told = root / "templates" / language / f"{document}.docx", []
        made = render(path, brief, DAY, table_filler(), told.append)
        expected = by_docxtpl(path.read_bytes(), brief, DAY, Origin("t.docx"), table_filler())
        assert (city, document, documents.differences(made, expected)) == (city, document, [])
        assert told == []


BY_SEED = """
import hashlib, pickle, sys
from datetime import date
from pathlib import Path
from generator.pipeline.reading import table_filler
from generator.word import render
for path, brief in pickle.loads(Path(sys.argv[1]).read_bytes()):
    made = render(Path(path), brief, date(2026, 11, 28), table_filler())
    print(hashlib.sha256(made).hexdigest())
"""


@pytest.mark.slow("fills every shipped template for a city in processes of their own")
def test_bytes_depend_neither_on_the_process_nor_on_what_was_filled_before(
    sample_briefs, root, tmp_path
):
    jobs = [
        (str(root / "templates" / language / f"{document}.docx"), brief)
        for city, document, language, brief in sample_briefs
        if city in ("heze", "")
    ]
    outputs = []
    for seed, order in (("0", 1), ("1", -1), ("2", 1)):
        batch = tmp_path / f"{seed}.pickle"
        batch.write_bytes(pickle.dumps(jobs[::order] * (2 if seed == "2" else 1)))
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", BY_SEED, str(batch)],
            env=environment, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        outputs.append(done.stdout.split()[::order])
    assert outputs[0] == outputs[1] == outputs[2][: len(jobs)] == outputs[2][len(jobs) :]


# --- docxtpl's own templates ----------------------------------------------------------------------

PUBLIC = os.environ.get("DOCXTPL_TEMPLATES", "")
"""A folder with the files of `tests/templates` of github.com/elapouya/python-docx-template."""
NOT_COMPILED = {"get_undeclared_variables": "across", "inline_image_tpl": "boxes"}
"""Conditions across paragraphs, and tags in a text box."""
NOT_FILLED = {"custom_jinja_filters_tpl", "escape_tpl_auto", "template_error_tpl", "footnotes_tpl"}
"""They need filters of their own, call what the sandbox forbids, hold a fault on purpose, or name
in a footnote what nothing declares."""


class Anything(str):
    """A value that has every attribute, and three of its kind when a loop goes through it."""

    __slots__ = ("depth",)

    def __new__(cls, text, depth=0):
        made = super().__new__(cls, text)
        made.depth = depth
        return made

    def __getattribute__(self, name):
        is_own = name.startswith("_") or name in ("depth", "items", "encode", "translate", "join")
        return super().__getattribute__(name) if is_own else Anything(name, self.depth)

    def __iter__(self):
        return iter(
            [Anything(f"{self}{i}", self.depth + 1) for i in range(3)][: 9 * (self.depth < 4)]
        )

    def __call__(self, *_arguments, **_named):
        return self

    def items(self):
        return [(Anything("key", self.depth + 1), Anything("value", self.depth + 1))]


@pytest.mark.slow("fills some forty templates twice")
@pytest.mark.skipif(not PUBLIC, reason="DOCXTPL_TEMPLATES names no folder")
@pytest.mark.parametrize("path", sorted(Path(PUBLIC).glob("*.docx")) if PUBLIC else [], ids=str)
def test_docxtpls_own_templates_make_what_docxtpl_makes(path, documents):
    from docxtpl import DocxTemplate  # noqa: PLC0415 - only wanted here

    if path.stem in NOT_FILLED:
        pytest.skip("needs more than values")
    names = DocxTemplate(path).get_undeclared_template_variables()
    brief, told = Brief("en", {name: Anything(name) for name in names}, {}), []
    made = render(path, brief, DAY, tell=told.append)
    expected = by_docxtpl(path.read_bytes(), brief, DAY, Origin("t.docx"))
    assert documents.differences(made, expected) == []
    assert "".join(told) == NOT_COMPILED.get(path.stem, "")
