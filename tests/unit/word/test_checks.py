"""Faults of accessibility planted in a finished document, each found alone and where it stands."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from lxml import etree

from generator.analysis import assess
from generator.intake import load_texts
from generator.pipeline.reading import table_filler
from generator.report import report
from generator.shipped import LANGUAGES, data_root
from generator.word import render
from generator.word.checks import check
from generator.word.looks import contrast

DAY = date(2026, 11, 28)
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
W = f"{{{SPACES['w']}}}"
BODY = "word/document.xml"
STYLES = "word/styles.xml"
THIRD = "/w:document/w:body/w:p[3]"
"""The third paragraph outside tables."""
CELL = "/w:document/w:body/w:tbl[1]/w:tr[2]/w:tc[2]/w:p[1]"
FIRST_ROW = "/w:document/w:body/w:tbl[1]/w:tr[1]"
TEXTS = load_texts(data_root() / "templates/strings.csv")


@pytest.fixture(scope="module")
def documents(region, knowledge, texts, root):
    """Leadership briefs of a small region by language."""
    assessment = assess(region(), knowledge, DAY, draws=300)
    return {
        language: render(
            root / f"templates/{language}/leadership-brief.docx",
            report(assessment, knowledge, texts, language),
            DAY,
            table_filler(),
        )
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def brief(documents):
    return documents["en"]


def rewritten(content, change, part=BODY):
    """The package with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root)
            target.writestr(name, data)
    return made.getvalue()


def at(root, path):
    (found,) = root.xpath(path, namespaces=SPACES)
    return found


def xml(text):
    names = " ".join(f'xmlns:{key}="{uri}"' for key, uri in SPACES.items())
    return etree.fromstring(f"<x {names}>{text}</x>")[0]


def run(text, more=""):
    return f'<w:r><w:rPr>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def found(content):
    return [(one.code, str(one.origin)) for one in check(content, TEXTS, "brief.docx")]


def put(text, path=THIRD):
    """A change that appends XML to an element of the body."""
    return lambda root: at(root, path).append(xml(text))


def drawing(note='descr="Readiness of five uses, from 40 to 80"', inside="<c:chart/>", more=""):
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Chart 1" {note}>{more}</wp:docPr>'
        f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:inline></w:drawing>"
        "</w:r>"
    )


def drawn_in_vml(alt, more="<v:imagedata/>"):
    return f"<w:r><w:pict><v:shapetype/><v:shape {alt}>{more}</v:shape></w:pict></w:r>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_of_ours_has_no_fault(documents, language):
    assert check(documents[language], TEXTS) == []


def test_every_problem_is_said_in_both_languages(brief, texts):
    (one,) = check(rewritten(brief, put(drawing('descr="chart:gap"'))), TEXTS, "brief.docx")
    for language in LANGUAGES:
        assert "chart:gap" in texts.say(f"problem.{one.code}", language, **dict(one.args))


# --- pictures and charts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (drawing(""), "AC-101"),
        (drawing('descr="  "'), "AC-101"),
        (drawing('title="A title is not read out"'), "AC-101"),
        (drawing("", "<pic:pic/>"), "AC-101"),
        (drawing("").replace("wp:inline", "wp:anchor"), "AC-101"),
        (drawn_in_vml(""), "AC-101"),
        (drawing('descr="chart:readiness"'), "AC-102"),
        (drawing('descr="chart:gap:{{ u.id }}"'), "AC-102"),
        (drawing('descr="Picture 3"'), "AC-102"),
        (drawing('descr="图片 1"'), "AC-102"),
        (drawing('descr="logo-final.PNG"'), "AC-102"),
        (drawn_in_vml('alt="image1.png"'), "AC-102"),
    ],
)
@pytest.mark.parametrize(("path", "place"), [(THIRD, "P3"), (CELL, "T1R2C2")])
def test_a_picture_without_a_description_is_found(brief, picture, code, path, place):
    content = rewritten(brief, put(picture, path))
    assert found(content) == [(code, f"document!{place}")]


@pytest.mark.parametrize(
    "picture",
    [
        drawing(),
        drawing('descr="图为各应用就绪度。"'),
        drawing("", more='<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>'),
        drawing("", "<w:txbxContent><w:p><w:r><w:t>A box of text</w:t></w:r></w:p></w:txbxContent>"),
        drawn_in_vml('alt="Halls beside the substation"'),
        '<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>',
        "<mc:AlternateContent><mc:Choice>" + drawing() + "</mc:Choice><mc:Fallback>"
        + drawn_in_vml("") + "</mc:Fallback></mc:AlternateContent>",
    ],
)  # fmt: skip
def test_a_described_or_decorative_picture_is_none(brief, picture):
    assert found(rewritten(brief, put(picture))) == []


def test_a_picture_of_a_header_is_found_there(brief):
    content = rewritten(brief, put(drawing(""), "/w:hdr/w:p[1]"), "word/header1.xml")
    assert found(content) == [("AC-101", "header1!P1")]


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, "0", "false"])
def test_a_table_without_header_row_is_found(brief, value):
    def change(root):
        properties = at(root, "/w:document/w:body/w:tbl[2]/w:tr[1]/w:trPr")
        mark = properties.find(f"{W}tblHeader")
        if value is None:
            properties.remove(mark)
        else:
            mark.set(f"{W}val", value)

    assert found(rewritten(brief, change)) == [("AC-103", "document!T2R1C1")]


def test_a_frame_of_one_cell_needs_no_header(brief):
    frame = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    content = rewritten(brief, lambda root: at(root, THIRD).addprevious(xml(frame)))
    assert found(content) == []


@pytest.mark.parametrize("merge", ['<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'])
def test_merged_header_cells_are_found(brief, merge):
    content = rewritten(brief, put(merge, f"{FIRST_ROW}/w:tc[2]/w:tcPr"))
    assert found(content) == [("AC-107", "document!T1R1C2")]


def test_merged_cells_below_the_header_are_none(brief):
    path = "/w:document/w:body/w:tbl[1]/w:tr[2]/w:tc[1]/w:tcPr"
    assert found(rewritten(brief, put('<w:gridSpan w:val="1"/>', path))) == []
    assert found(rewritten(brief, put('<w:gridSpan w:val="2"/>', path))) == []


# --- headings, title, language --------------------------------------------------------------------


def heading(style, text="More"):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>'


def test_a_skipped_heading_level_is_found(brief):
    def change(root):
        first = next(
            one for one in root.iter(f"{W}p")
            if one.find(f"{W}pPr/{W}pStyle[@{W}val='Heading1']") is not None
        )  # fmt: skip
        first.addnext(xml(heading("Heading3", "Too deep")))

    content = rewritten(brief, change)
    (one,) = check(content, TEXTS)
    assert one.code == "AC-104"
    assert dict(one.args) == {"text": "Too deep", "found": "3", "expected": "2"}


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (heading("Heading2"), "1"),
        ('<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr>' + run("Deep") + "</w:p>", "1"),
    ],
)
def test_a_document_that_begins_below_level_1_is_found(brief, paragraph, expected):
    content = rewritten(
        brief, lambda root: at(root, "/w:document/w:body").insert(1, xml(paragraph))
    )
    (one,) = check(content, TEXTS)
    assert (one.code, str(one.origin)) == ("AC-104", "document!P2")
    assert dict(one.args)["expected"] == expected


def test_levels_that_go_down_one_by_one_and_up_at_once_are_none(brief):
    deeper = [heading(f"Heading{level}") for level in (1, 2, 3, 1, 2)]

    def change(root):
        for one in reversed(deeper):
            at(root, "/w:document/w:body").insert(1, xml(one))

    assert found(rewritten(brief, change)) == []


@pytest.mark.parametrize("text", [None, "", "   "])
def test_a_document_without_title_is_found(brief, text):
    def change(root):
        (title,) = root.iter("{*}title")
        if text is None:
            root.remove(title)
        else:
            title.text = text

    assert found(rewritten(brief, change, "docProps/core.xml")) == [("AC-105", "core")]


def test_a_document_without_language_is_found(brief):
    def drop(tag):
        def change(root):
            for one in list(root.iter(f"{W}{tag}")):
                one.getparent().remove(one)

        return change

    without = rewritten(brief, drop("lang"), STYLES)
    assert found(without) == []
    without = rewritten(without, drop("themeFontLang"), "word/settings.xml")
    assert found(without) == [("AC-106", "styles")]


# --- links ----------------------------------------------------------------------------------------

TARGET = '<w:bookmarkStart w:id="1" w:name="row_1"/><w:bookmarkEnd w:id="1"/>'


def hyperlink(text, more='w:anchor="row_1"'):
    return f"<w:hyperlink {more}>{run(text) if text is not None else ''}</w:hyperlink>"


def in_runs(code, text):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def linked(*links):
    def change(root):
        paragraph = at(root, THIRD)
        for one in (*links, "<w:p>" + TARGET + "</w:p>"):
            made = xml(one)
            for part in made if made.tag == f"{W}p" else [made]:
                paragraph.append(part)

    return change


@pytest.mark.parametrize(
    "text",
    [None, "", " ", "here", "Click here!", "点击这里", "此处。", "read more", "https://example.org/a",
     "www.example.org", "12.5"],
)  # fmt: skip
def test_a_link_that_does_not_say_where_it_leads_is_found(brief, text):
    content = rewritten(brief, linked(hyperlink(text)))
    assert found(content) == [("AC-108", "document!P3")]


@pytest.mark.parametrize(
    "link",
    [
        '<w:fldSimple w:instr=" HYPERLINK &quot;https://example.org&quot; ">'
        + run("here")
        + "</w:fldSimple>",
        "<w:p>" + in_runs(' HYPERLINK "https://example.org" ', "click here") + "</w:p>",
    ],
)
def test_a_link_written_as_a_field_is_found(brief, link):
    assert found(rewritten(brief, linked(link))) == [("AC-108", "document!P3")]


@pytest.mark.parametrize(
    "link",
    [
        hyperlink("Sources of the power data"),
        hyperlink("数据来源"),
        hyperlink("48.2", 'w:anchor="row_1" w:tooltip="qingdao.xlsx › Power!F12 · grade B · 2025"'),
        "<w:p>" + in_runs(r' HYPERLINK \l "row_1" \o "Where it comes from" ', "48.2") + "</w:p>",
        "<w:p>" + in_runs(r" REF row_1 \h ", "here") + "</w:p>",
        '<w:fldSimple w:instr=" SEQ Table ">' + run("3") + "</w:fldSimple>",
        '<w:hyperlink w:anchor="row_1">' + drawing() + "</w:hyperlink>",
    ],
)
def test_a_link_that_says_where_it_leads_is_none(brief, link):
    assert found(rewritten(brief, linked(link))) == []


@pytest.mark.parametrize(
    "link",
    [
        hyperlink("Sources", 'w:anchor="row_2"'),
        "<w:p>" + in_runs(r' HYPERLINK \l "row_2" ', "Sources") + "</w:p>",
    ],
)
def test_a_link_to_no_bookmark_is_found(brief, link):
    assert found(rewritten(brief, linked(link))) == [("AC-111", "document!P3")]


# --- contrast -------------------------------------------------------------------------------------


def test_contrast_is_that_of_wcag():
    # White on black is the definition's own maximum; #767676 is known as the lightest grey that
    # passes on white, #777777 as the first that fails.
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("FFFFFF", "FFFFFF") == 1
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.005)
    assert contrast("FFFFFF", "777777") == pytest.approx(4.48, abs=0.005)


def colour(value):
    return f'<w:color w:val="{value}"/>'


def ground(value):
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{value}"/>'


@pytest.mark.parametrize(
    ("more", "is_fault"),
    [
        (colour("777777"), True),
        (colour("767676"), False),
        (colour("949494") + '<w:sz w:val="36"/>', False),
        (colour("949494") + '<w:sz w:val="35"/>', True),
        (colour("949494") + '<w:b/><w:sz w:val="28"/>', False),
        (colour("949494") + '<w:b w:val="0"/><w:sz w:val="28"/>', True),
        (colour("9A9A9A") + '<w:sz w:val="36"/>', True),
        (colour("FFFFFF"), True),
        (colour("FFFFFF") + ground("1F4E79"), False),
        (colour("000000") + '<w:highlight w:val="darkBlue"/>' + ground("FFFFFF"), True),
        (colour("auto") + ground("000000"), False),
        ("<w:vanish/>" + colour("FFFFFF"), False),
        (colour("000000") + '<w:shd w:val="pct75" w:color="000000" w:fill="FFFFFF"/>', True),
    ],
)
def test_faint_text_is_found(brief, more, is_fault):
    body = f'<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>{run("Faint", more)}</w:p>'
    content = rewritten(brief, lambda root: at(root, THIRD).addnext(xml(body)))
    assert found(content) == ([("AC-109", "document!P4")] if is_fault else [])


def test_the_ratio_is_never_rounded_up_to_what_it_fails(brief):
    (one,) = check(rewritten(brief, put(run("Faint", colour("777777")))), TEXTS)
    assert dict(one.args)["ratio"] == "4.47"
    assert dict(one.args)["needed"] == "4.5"


def styled(styles="", body=None):
    """A document with further styles and a body that uses them."""

    def of(brief):
        def add(root):
            for one in xml(f"<x>{styles}</x>"):
                root.append(one)

        return rewritten(rewritten(brief, add, STYLES), body)

    return of


def style(kind, name, inside, base=""):
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{based}{inside}'
        "</w:style>"
    )


FAINT = f"<w:rPr>{colour('C0C0C0')}</w:rPr>"
TEXT = "<w:p>{}" + run("Text") + "</w:p>"


def table(style="", cell="", first="1"):
    """Two rows of two cells."""
    text = TEXT.format("")
    row = f"<w:tr>{{}}<w:tc><w:tcPr>{cell}</w:tcPr>{text}</w:tc><w:tc>{text}</w:tc></w:tr>"
    header = "<w:trPr><w:tblHeader/></w:trPr>"
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:tbl><w:tblPr>{named}<w:tblLook w:firstRow="{first}"/></w:tblPr><w:tblGrid/>'
        f"{row.format(header)}{row.format('')}</w:tbl>"
    )


def first(text):
    return lambda root: at(root, "/w:document/w:body").insert(0, xml(text))


DARK = f"<w:tcPr>{ground('101010')}</w:tcPr>"
PARAGRAPH = '<w:pPr><w:pStyle w:val="New"/></w:pPr>'


@pytest.mark.parametrize(
    ("styles", "body", "places"),
    [
        (style("paragraph", "New", FAINT), TEXT.format(PARAGRAPH), ["P1"]),
        (style("paragraph", "Old", FAINT) + style("paragraph", "New", "", "Old"),
         TEXT.format(PARAGRAPH), ["P1"]),
        (style("paragraph", "New", "", "New"), TEXT.format(PARAGRAPH), []),
        (style("character", "New", FAINT),
         "<w:p>" + run("Text", '<w:rStyle w:val="New"/>') + "</w:p>", ["P1"]),
        (style("character", "New", FAINT),
         "<w:p>" + run("Text", '<w:rStyle w:val="New"/>' + colour("000000")) + "</w:p>", []),
        (style("paragraph", "New", f"<w:pPr>{ground('404040')}</w:pPr>"),
         TEXT.format(PARAGRAPH), ["P1"]),
        ("", TEXT.format(f"<w:pPr>{ground('404040')}</w:pPr>"), ["P1"]),
        ("", table(cell=ground("404040")), ["T1R1C1", "T1R2C1"]),
        (style("table", "New", f'<w:tblStylePr w:type="firstRow">{DARK}</w:tblStylePr>'),
         table("New"), ["T1R1C1", "T1R1C2"]),
        (style("table", "New", f'<w:tblStylePr w:type="firstRow">{DARK}</w:tblStylePr>'),
         table("New", first="0"), []),
        (style("table", "New", f'<w:tblStylePr w:type="firstRow">{DARK}</w:tblStylePr>'),
         table("New", cell=ground("FFFFFF")), ["T1R1C2"]),
        (style("table", "New", DARK), table("New"), ["T1R1C1", "T1R1C2", "T1R2C1", "T1R2C2"]),
    ],
)  # fmt: skip
def test_colours_are_taken_from_where_word_takes_them(brief, styles, body, places):
    content = styled(styles, first(body))(brief)
    assert found(content) == [("AC-109", f"document!{place}") for place in places]


def test_faint_default_text_is_found_wherever_no_style_names_a_colour(brief):
    def change(root):
        at(root, "/w:styles/w:docDefaults/w:rPrDefault/w:rPr/w:color").set(f"{W}val", "CCCCCC")

    codes = {code for code, _ in found(rewritten(brief, change, STYLES))}
    assert codes == {"AC-109"}


# --- empty paragraphs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside", ["", run("  "), run("　"), "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"]
)
def test_an_empty_paragraph_is_found(brief, inside):
    content = rewritten(brief, lambda root: at(root, THIRD).addnext(xml(f"<w:p>{inside}</w:p>")))
    assert found(content) == [("AC-110", "document!P4")]


def test_an_empty_paragraph_beside_others_in_a_cell_is_found(brief):
    content = rewritten(brief, lambda root: at(root, CELL).addprevious(xml("<w:p/>")))
    assert found(content) == [("AC-110", "document!T1R2C2P1")]


@pytest.mark.parametrize(
    "inside",
    [
        '<w:r><w:br w:type="page"/></w:r>',
        drawing(),
        "<w:pPr><w:sectPr/></w:pPr>",
        in_runs(" TOC ", ""),
    ],
)
def test_a_paragraph_without_text_that_holds_something_is_none(brief, inside):
    content = rewritten(brief, lambda root: at(root, THIRD).addnext(xml(f"<w:p>{inside}</w:p>")))
    assert found(content) == []


def test_the_empty_paragraph_that_keeps_two_tables_apart_is_none(brief):
    def change(root):
        at(root, "/w:document/w:body").insert(0, xml(table()))
        at(root, "/w:document/w:body").insert(1, xml("<w:p/>"))
        at(root, "/w:document/w:body").insert(2, xml(table()))

    assert found(rewritten(brief, change)) == []


def test_an_empty_cell_is_none(brief):
    def change(root):
        paragraph = at(root, CELL)
        cell = paragraph.getparent()
        for one in cell.findall(f"{W}p"):
            cell.remove(one)
        cell.append(xml("<w:p/>"))

    assert found(rewritten(brief, change)) == []


# --- all at once ----------------------------------------------------------------------------------


def test_faults_come_in_reading_order_with_those_of_the_file_first(brief):
    def change(root):
        at(root, THIRD).append(xml(run("Faint", colour("CCCCCC"))))
        at(root, THIRD).append(xml(drawing("")))
        at(root, "/w:document/w:body/w:p[1]").append(xml(hyperlink("here", 'w:anchor="_top"')))

    def untitled(root):
        next(root.iter("{*}title")).text = ""

    content = rewritten(rewritten(brief, change), untitled, "docProps/core.xml")
    assert found(content) == [
        ("AC-105", "core"),
        ("AC-108", "document!P1"),
        ("AC-109", "document!P3"),
        ("AC-101", "document!P3"),
    ]
