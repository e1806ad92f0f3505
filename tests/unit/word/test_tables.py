"""Tables that a designer draws in Word and names in their alternative text."""

from __future__ import annotations

import io
from datetime import date
from functools import partial

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from generator.model import Brief, Cell, Field, Label, Row, Table
from generator.word import render
from generator.word.declared import declared_tables
from generator.word.tables import expand

DAY = date(2026, 11, 28)
KEY = "assets.points"
BARE = "assets.things"


def fields(*paths):
    """Declared names: lists and tables by their ending, texts all others."""
    return [
        Field(path, kind, Label((("en", "What it is"), ("zh-CN", "说明"))))
        for path, kind in ((one, "table" if "[]" not in one else "text") for one in paths)
    ]


DECLARED = fields(
    KEY,
    BARE,
    f"{BARE}[].name",
    *(f"{KEY}[].{name}" for name in ("name", "low", "high", "note", "more", "group")),
    *(f"{KEY}[].{name}" for name in ("status", "status_band", "mw", "mw_anchor", "mw_tip")),
    f"{KEY}[].sites[].text",
    f"{KEY}[].sites[].band",
    f"{KEY}#total",
    f"{KEY}#group",
)
FILLER = partial(expand, tables=declared_tables(DECLARED))


def plain(name, **cells):
    """A row of texts."""
    return Row({"name": Cell(name), **{key: Cell(text) for key, text in cells.items()}})


def brief(*rows, heads=(), **names):
    table = Table(KEY, tuple(rows), {"sites": heads} if heads else {})
    return Brief("en", names, {}, tables={KEY: table, BARE: Table(BARE, ())})


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
        made = render(template(*blocks, styles=styles), data, DAY, FILLER)
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


def texts(document):
    """The texts of all paragraphs, in reading order."""
    every = document.element.body.iter(qn("w:p"))
    return ["".join(one.itertext(qn("w:t"))) for one in every]


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


def test_a_table_without_data_goes_with_its_caption_and_its_sentence(filled):
    sentence = paragraph("These are the points.", "<w:keepNext/>")
    caption = paragraph("Table 1. Points", '<w:pStyle w:val="Caption"/><w:keepNext/>')
    blocks = (paragraph("Before."), sentence, caption, table(HEAD, SAMPLE), paragraph("After."))
    assert texts(filled(brief(), *blocks)) == ["Before.", "After."]
    assert texts(filled(brief(*TWO), *blocks))[:4] == [
        "Before.", "These are the points.", "Table 1. Points", "Point",
    ]  # fmt: skip


def test_a_caption_below_its_table_goes_with_it(filled):
    below = paragraph("Table 1. Points", '<w:pStyle w:val="Caption"/>')
    document = filled(brief(), paragraph("Before."), table(HEAD, SAMPLE), below)
    assert texts(document) == ["Before."]


def test_a_caption_between_two_tables_that_keeps_with_the_lower_goes_with_it_alone(filled):
    upper = table(HEAD, SAMPLE)
    lower = table(row("Thing", header=True), row("{{ name }}"), about=f"table:{BARE}")
    between = '<w:pStyle w:val="Caption"/>'
    held = (upper, paragraph("Table 1. Things", f"{between}<w:keepNext/>"), lower)
    assert "Table 1. Things" not in texts(filled(brief(*TWO), *held))
    # One that does not keep with the next table stands below its own.
    own = (upper, paragraph("Table 1. Points", between), lower)
    assert "Table 1. Points" in texts(filled(brief(*TWO), *own))
    assert "Table 1. Points" not in texts(filled(brief(), *own))


def test_a_heading_and_a_sentence_that_does_not_keep_with_the_table_stay(filled):
    heading = paragraph("Power", '<w:pStyle w:val="Heading1"/><w:keepNext/>')
    loose = paragraph("Nothing is known of points.")
    document = filled(brief(), heading, loose, table(HEAD, SAMPLE))
    assert texts(document) == ["Power", "Nothing is known of points."]


def test_the_alternative_text_keeps_what_is_said_to_those_who_cannot_see(filled):
    about = f"table:{KEY} Each point with its power"
    made = first(filled(brief(*TWO), table(HEAD, SAMPLE, about=about)))
    said = made.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}")
    assert said.get(qn("w:val")) == "Each point with its power"


def test_a_table_that_names_nothing_known_stays_as_it_is(filled):
    about = "Table: points of a designer's own"
    made = first(filled(brief(), table(HEAD, row("a", "b"), about=about)))
    assert shown(made) == [["Point", "Power"], ["a", "b"]]


def test_sample_rows_of_other_kinds_show_the_rows_of_their_kind(filled):
    rows = (
        Row({"group": Cell("West")}, "group"), plain("North", low="1", high="2"),
        plain("South", low="3", high="4"), Row({"name": Cell("All"), "low": Cell("4")}, "total"),
    )  # fmt: skip
    across = row(cell("{{ #group }} Region {{ group }}", properties='<w:gridSpan w:val="2"/>'))
    total = row("{{ #total }}{{ name }}", "at least {{ low }}")
    made = first(filled(brief(*rows), table(HEAD, across, SAMPLE, total)))
    assert shown(made) == [
        ["Point", "Power"], ["Region West"], ["North", "1–2 MW"], ["South", "3–4 MW"],
        ["All", "at least 4"],
    ]  # fmt: skip


def test_rows_of_a_kind_that_the_designer_has_deleted_are_not_shown(filled):
    rows = (plain("North", low="1", high="2"), Row({"name": Cell("All")}, "total"))
    made = first(filled(brief(*rows), table(HEAD, SAMPLE)))
    assert shown(made) == [["Point", "Power"], ["North", "1–2 MW"]]


def test_a_row_without_marks_below_the_sample_stands_once_below_the_data(filled):
    made = first(filled(brief(*TWO), table(HEAD, SAMPLE, row("Source: grid company", ""))))
    assert [line[0] for line in shown(made)] == [
        "Point",
        "North",
        "South & East",
        "Source: grid company",
    ]


def test_of_several_paragraphs_in_a_cell_those_go_that_say_nothing(filled):
    sample = row(cell("{{ name }}", "{{ note }}", "{{ more }}"), "x")
    rows = (plain("North", note="", more="far"), plain("", note="", more=""))
    made = first(filled(brief(*rows), table(HEAD, sample)))
    assert [line[0] for line in shown(made)][1:] == ["North\nfar", ""]


def test_text_that_looks_like_a_tag_or_like_markup_is_printed_as_it_is(filled):
    hostile = "{{ 7*7 }} {% if x %} </w:t></w:r> & <b> \"'"
    made = first(filled(brief(plain(hostile, low="<", high="&")), table(HEAD, SAMPLE)))
    assert shown(made)[1] == [hostile, "<–& MW"]


# --- bands ----------------------------------------------------------------------------------

TINT = (
    '<w:style w:type="table" w:styleId="x1"><w:name w:val="Band missed"/><w:tcPr>'
    '<w:shd w:val="clear" w:color="auto" w:themeFill="accent2" w:themeFillTint="33" w:fill="F6D5C5"/>'
    "</w:tcPr></w:style>"
)
BOLD = '<w:style w:type="character" w:styleId="x2"><w:name w:val="band missed"/><w:rPr><w:b/></w:rPr></w:style>'
BANDED = (
    Row({"status": Cell("missed", "missed")}), Row({"status": Cell("met", "")}),
    Row({"status": Cell("strange", "unheard_of")}),
)  # fmt: skip


def test_a_band_takes_the_look_of_the_templates_style_of_its_name(filled):
    own = '<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/><w:vAlign w:val="top"/>'
    sample = row(cell("{{ status }}", properties=own), "x")
    document = filled(brief(*BANDED), table(HEAD, sample), styles=(TINT, BOLD))
    tcs = [one.find(qn("w:tc")) for one in list(first(document).iterchildren(qn("w:tr")))[1:]]
    shades = [one.find(f"{qn('w:tcPr')}/{qn('w:shd')}") for one in tcs]
    assert [one.get(qn("w:fill")) for one in shades] == ["F6D5C5", "EEEEEE", "EEEEEE"]
    assert [one.get(qn("w:themeFill")) for one in shades] == ["accent2", "none", "none"]
    styled = [one.find(f".//{qn('w:rStyle')}").get(qn("w:val")) for one in tcs]
    assert styled == ["x2", "DefaultParagraphFont", "DefaultParagraphFont"]
    assert [etree.QName(one).localname for one in tcs[0].find(qn("w:tcPr"))] == [
        "tcW",
        "shd",
        "vAlign",
    ]


def test_without_a_style_for_bands_a_cell_stays_as_it_was_drawn(filled):
    sample = row(cell("{{ status }}", properties='<w:shd w:val="clear" w:fill="EEEEEE"/>'), "x")
    made = first(filled(brief(*BANDED), table(HEAD, sample)))
    fills = [one.get(qn("w:fill")) for one in made.iter(qn("w:shd"))]
    assert fills == ["EEEEEE"] * 3


def test_a_link_and_its_tip_stand_beside_the_number(filled):
    linked = {"mw_anchor": Cell("trace_1"), "mw_tip": Cell('Power!C4, "grid"')}
    rows = (Row({"mw": Cell("12"), **linked}), Row({"mw": Cell("13")}))
    target = paragraph(
        '<w:bookmarkStart w:id="7" w:name="trace_1"/><w:r><w:t>here</w:t></w:r><w:bookmarkEnd w:id="7"/>'
    )
    document = filled(brief(*rows), table(HEAD, row("about {{ mw }} MW", "x")), target)
    assert [line[0] for line in shown(first(document))][1:] == ["about 12 MW", "about 13 MW"]
    (link,) = first(document).iter(qn("w:hyperlink"))
    assert link.get(qn("w:anchor")) == "trace_1"
    assert link.get(qn("w:tooltip")) == 'Power!C4, "grid"'
    assert "".join(link.itertext(qn("w:t"))) == "12"


def test_a_row_without_its_bookmark_leads_to_the_one_around_all(filled):
    """`trace_3` to `trace`, the note of a brief without a table of its numbers."""
    rows = (Row({"mw": Cell("12"), "mw_anchor": Cell("trace_3"), "mw_tip": Cell("tip")}),)
    target = paragraph(
        '<w:bookmarkStart w:id="7" w:name="trace"/><w:r><w:t>here</w:t></w:r><w:bookmarkEnd w:id="7"/>'
    )
    document = filled(brief(*rows), table(HEAD, row("{{ mw }}", "x")), target)
    (link,) = first(document).iter(qn("w:hyperlink"))
    assert link.get(qn("w:anchor")) == "trace"


def test_no_more_rows_are_shown_than_the_table_asks_for(filled):
    rows = [Row({"name": Cell(str(number)), "low": Cell("x")}) for number in range(12)]
    key = f"table:{KEY} first:8"
    document = filled(brief(*rows), table(HEAD, row("{{ name }}", "{{ low }}"), about=key))
    assert [line[0] for line in shown(first(document))][1:] == [str(one) for one in range(8)]


def test_a_table_without_alternative_text_says_in_hidden_text_what_it_shows(filled):
    """As LibreOffice saves it; the hidden text is in no document."""
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>table:{KEY}</w:t></w:r>"
    head = row(f"<w:p>{hidden}<w:r><w:t>Point</w:t></w:r></w:p>", "Power", header=True)
    made = first(filled(brief(*TWO), table(head, SAMPLE, about="")))
    assert [line[0] for line in shown(made)] == ["Point", "North", "South & East"]


# --- columns that depend on the data --------------------------------------------------------------------

SPREAD = f"table:{KEY} columns:sites"
SITES = (
    Row(
        {"name": Cell("North")}, "", {"sites": (Cell("a", "missed"), Cell("b", ""), Cell("c", ""))}
    ),
    Row(
        {"name": Cell("South")}, "", {"sites": (Cell("d", ""), Cell("e", ""), Cell("f", "missed"))}
    ),
)


def grid(made):
    return [int(one.get(qn("w:w"))) for one in made.find(qn("w:tblGrid"))]


def test_the_drawn_column_is_repeated_and_its_width_shared_out(filled):
    head = row("Point", "{{ sites }}", "Note", header=True)
    sample = row("{{ name }}", cell("{{ sites }}", width=3000), "n")
    block = table(head, sample, about=SPREAD, grid=(2000, 3000, 1000))
    made = first(filled(brief(*SITES, heads=("X", "Y", "Z")), block, styles=(TINT,)))
    assert shown(made) == [
        ["Point", "X", "Y", "Z", "Note"], ["North", "a", "b", "c", "n"], ["South", "d", "e", "f", "n"],
    ]  # fmt: skip
    assert grid(made) == [2000, 1000, 1000, 1000, 1000]
    fills = [one.get(qn("w:fill")) for one in made.iter(qn("w:shd"))]
    assert fills == ["F6D5C5", "auto", "auto", "auto", "auto", "F6D5C5"]


def test_cells_merged_across_the_repeated_column_span_as_many_as_there_are(filled):
    over = row("", cell("Sites", properties='<w:gridSpan w:val="2"/>'), header=True)
    head = row("Point", "{{ sites }}", "Note", header=True)
    across = row(cell("{{ #group }}{{ group }}", properties='<w:gridSpan w:val="3"/>'))
    sample = row("{{ name }}", "{{ sites }}", "n")
    rows = (Row({"group": Cell("West")}, "group"), *SITES)
    block = table(over, head, across, sample, about=SPREAD, grid=(2000, 3000, 1000))
    made = first(filled(brief(*rows, heads=("X", "Y", "Z")), block))
    spans = [int(one.get(qn("w:val"))) for one in made.iter(qn("w:gridSpan"))]
    assert spans == [4, 5]
    assert shown(made)[2] == ["West"]


def test_a_row_of_another_kind_has_blank_cells_in_the_repeated_columns(filled):
    group = row("{{ #group }}{{ group }}", "–", "")
    sample = row("{{ name }}", "{{ sites }}", "n")
    rows = (Row({"group": Cell("West")}, "group"), *SITES)
    head = row("Point", "{{ sites }}", "Note", header=True)
    block = table(head, group, sample, about=SPREAD, grid=(2000, 3000, 1000))
    made = first(filled(brief(*rows, heads=("X", "Y", "Z")), block))
    assert shown(made)[1] == ["West", "–", "–", "–", ""]


# --- what Word and people do to tables --------------------------------------------------------------------


def test_vertically_merged_cells_of_a_sample_row_stay_merged(filled):
    sample = row(cell("{{ name }}", properties='<w:vMerge w:val="restart"/>'), "{{ low }}")
    under = row(cell("", properties="<w:vMerge/>"), "{{ high }}")
    made = first(filled(brief(*TWO), table(HEAD, sample, under)))
    assert [line[1] for line in shown(made)] == ["Power", "10", "20", "5", "6"]
    merges = [one.get(qn("w:val"), "continue") for one in made.iter(qn("w:vMerge"))]
    assert merges == ["restart", "continue"] * 2


def test_a_table_in_a_cell_of_a_sample_row_is_filled_with_the_row(filled):
    inner = table(row("{{ low }}", "{{ high }}"), about="")
    sample = row(f"<w:tc><w:tcPr/>{inner}{paragraph('{{ name }}')}</w:tc>", "x")
    made = first(filled(brief(*TWO), table(HEAD, sample)))
    assert [shown(one) for one in list(made.iter(qn("w:tbl")))[1:]] == [
        [["10", "20"]],
        [["5", "6"]],
    ]


def test_a_table_that_names_data_in_a_cell_of_another_has_its_own_rows(filled):
    inner = table(HEAD, SAMPLE)
    outer = table(row(f"<w:tc><w:tcPr/>{inner}{paragraph('below')}</w:tc>"), about="")
    made = list(filled(brief(*TWO), outer).element.body.iter(qn("w:tbl")))
    assert [line[0] for line in shown(made[1])] == ["Point", "North", "South & East"]


def test_rows_of_one_cell_are_filled(filled):
    made = first(
        filled(
            brief(*TWO),
            table(row("Points", header=True), row("{{ name }}: {{ low }}"), grid=(4000,)),
        )
    )
    assert shown(made) == [["Points"], ["North: 10"], ["South & East: 5"]]


def test_a_mark_in_a_tracked_insertion_is_filled_and_a_deleted_one_is_not(filled):
    changed = (
        f'<w:ins w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z">{text("{{ name }}")}</w:ins>'
        '<w:del w:id="2" w:author="a" w:date="2026-01-01T00:00:00Z">'
        "<w:r><w:delText>{{ gone }}</w:delText></w:r></w:del>"
    )
    made = first(filled(brief(*TWO), table(HEAD, row(cell(paragraph(changed)), "x"))))
    assert [line[0] for line in shown(made)] == ["Point", "North", "South & East"]


def test_bookmarks_and_comments_of_a_sample_row_are_not_repeated(filled):
    marked = (
        '<w:bookmarkStart w:id="1" w:name="b"/><w:commentRangeStart w:id="3"/>'
        f'{text("{{ name }}")}<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
        '<w:bookmarkEnd w:id="1"/>'
    )
    made = first(filled(brief(*TWO), table(HEAD, row(cell(paragraph(marked)), "x"))))
    assert [line[0] for line in shown(made)] == ["Point", "North", "South & East"]
    once = (qn("w:bookmarkStart"), qn("w:commentRangeStart"), qn("w:commentReference"))
    assert list(made.iter(*once)) == []


def test_rows_that_keep_together_let_go_of_what_follows_the_table(filled):
    sample = row(cell(paragraph("{{ name }}", "<w:keepNext/>")), "x")
    made = first(filled(brief(*TWO), table(HEAD, sample)))
    assert [one.get(qn("w:val")) for one in made.iter(qn("w:keepNext"))] == ["1", "0"]


def test_the_designers_own_tags_work_in_a_sample_row_and_beside_it(filled):
    sample = row("{{ name | upper }}{% if row.low != '10' %}!{% endif %}", "{{ doc.region }}")
    own = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
        + row("{%tr for one in " + KEY + " %}") + row("{{ one.name }}") + row("{%tr endfor %}")
        + "</w:tbl>"
    )  # fmt: skip
    document = filled(brief(*TWO, doc={"region": "Here"}), table(HEAD, sample), own)
    made, theirs = document.element.body.iter(qn("w:tbl"))
    assert shown(made)[1:] == [["NORTH", "Here"], ["SOUTH & EAST!", "Here"]]
    assert shown(theirs) == [["North"], ["South & East"]]
