"""The marked copy of a planner's workbook: what is marked, and that nothing else is touched."""

import base64
import io
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as SheetTable
from openxml_audit import OpenXmlValidator

from generator.intake.marked import marked_copy
from generator.intake.xlsx import read_workbook
from generator.problems import Origin, WorkbookError, problem

ROOT = Path(__file__).parents[3]
RED, AMBER = "FFFFC7CE", "FFFFEB9C"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORDS = {
    "sheet_name": "Problems", "title": "Copy of {file}.", "kept": "All kept.",
    "kept_else": "All else kept.", "lost": "Lost: {items}.", "separator": "; ",
    "col_severity": "Severity", "col_code": "Code", "col_place": "Position",
    "col_message": "Message", "error": "Error", "warning": "Warning", "macros": "macros",
    "signature": "signature", "threads": "comments on conversations",
    "comments": "comments on {sheet}", "marks": "marks on {sheet}", "beyond": "after {count}",
}  # fmt: skip
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def say(found):
    """The message of a problem in these tests: its argument."""
    return dict(found.args).get("text", found.code)


def wrong(cell="", text="wrong", sheet="Power", severity="error", code="IN-205"):
    """An invented problem."""
    return problem(code, Origin("region.xlsx", sheet, cell), severity, text=text)


def marked(path, *problems):
    """The copy, marked with these problems."""
    return marked_copy(path, problems, say, WORDS)


def parts(content):
    """Every part of a package by its name."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    with zipfile.ZipFile(source) as package:
        return {name: package.read(name) for name in package.namelist()}


def rewrite(path, change):
    """Write a package once more with its parts changed."""
    content = parts(path)
    change(content)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in content.items():
            package.writestr(name, body)
    return path


def cells_of(path):
    """What our reader finds in every sheet."""
    return [
        (table.sheet, list(table.rows), tuple(table.hidden), tuple(table.merged))
        for table in read_workbook(path)
    ]


def opened(content):
    """The copy as another program sees it."""
    return load_workbook(io.BytesIO(content))


def listed(content):
    """The rows of the list."""
    return [[cell.value for cell in row] for row in opened(content).worksheets[-1].iter_rows()]


@pytest.fixture
def book(tmp_path):
    """A workbook with one of everything a planner's file may hold."""
    workbook = Workbook()
    power = workbook.active
    power.title = "Power"
    for row in (
        ["name", "mw", "share", "total"],
        ["一号", 100, 0.34, None],
        ["二号", 40, 0.5, None],
    ):
        power.append(row)
    power["D2"] = "=SUM(B2:B3)"
    power["C2"].number_format = "0.0%"
    power["C2"].font = Font(name="SimSun", bold=True, color="FF1F4E79")
    power["C2"].border = Border(bottom=Side(style="double"))
    power["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
    power["A3"].comment = Comment("check with the grid company", "planner")
    power["B2"].comment = Comment("from the bill", "planner")
    power.merge_cells("A6:B7")
    power["A6"] = "both"
    power.row_dimensions[3].hidden = True
    rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="1")
    rule.add("C2:C50")
    power.add_data_validation(rule)
    power.conditional_formatting.add("B2:B3", CellIsRule("lessThan", ["50"], font=Font(bold=True)))
    power["F2"].hyperlink = "https://example.org/"
    chart = BarChart()
    chart.add_data(Reference(power, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    power.add_chart(chart, "H2")
    sites = workbook.create_sheet("Sites' list")
    sites.append(["site", "area"])
    sites.append(["east", 12])
    sites.add_table(SheetTable(displayName="Areas", ref="A1:B2"))
    secret = workbook.create_sheet("Lists")
    secret["A1"] = "coal"
    secret.sheet_state = "hidden"
    workbook.defined_names["kinds"] = DefinedName("kinds", attr_text="Lists!$A$1")
    workbook.custom_doc_props.append(StringProperty(name="form", value="7"))
    path = tmp_path / "region.xlsx"
    workbook.save(path)

    def enrich(content):
        sheet = content["xl/worksheets/sheet1.xml"]
        sheet, count = re.subn(rb"(<f>SUM\(B2:B3\)</f>)<v\s*(?:/>|></v>)", rb"\1<v>140</v>", sheet)
        assert count == 1
        content["xl/worksheets/sheet1.xml"] = sheet
        content["xl/media/image1.png"] = PIXEL
        content["xl/drawings/_rels/drawing1.xml.rels"] = content[
            "xl/drawings/_rels/drawing1.xml.rels"
        ].replace(
            b"</Relationships>",
            f'<Relationship Id="rId9" Type="{RELATIONS}/image" Target="../media/image1.png"/>'
            "</Relationships>".encode(),
        )
        content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
            b"<Override", b'<Default Extension="png" ContentType="image/png"/><Override', 1
        )

    return rewrite(path, enrich)


@pytest.fixture
def hand_made(tmp_path):
    """A workbook whose one sheet is given as XML."""

    def make(sheet, encoding="utf-8"):
        path = tmp_path / "region.xlsx"
        Workbook().save(path)

        def change(content):
            content["xl/worksheets/sheet1.xml"] = sheet.encode(encoding)
            content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(b'"Sheet"', b'"Power"')

        return rewrite(path, change)

    return make


def sheet_xml(*rows, head="", tail=""):
    """A sheet from the XML of its rows."""
    return (
        f'<worksheet xmlns="{MAIN}">{head}<sheetData>{"".join(rows)}</sheetData>{tail}</worksheet>'
    )


# --- what stays -----------------------------------------------------------------------------------


def test_parts_that_are_not_concerned_are_the_same_bytes(book):
    before, after = parts(book), parts(marked(book, wrong("C2"), wrong("Z9")))
    concerned = {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }  # fmt: skip
    # openpyxl names these its own way; whatever it calls them, they are the comments of the sheet.
    changed = {name for name in before if before[name] != after.get(name)}
    kinds = {name for name in before if re.search(r"comment|legacyDrawing", name)}
    assert changed <= concerned | kinds
    assert {"xl/charts/chart1.xml", "xl/media/image1.png", "docProps/custom.xml"} <= set(before)
    assert set(after) - set(before) == {"xl/worksheets/sheet4.xml"}


def test_sheet_differs_from_the_planners_only_in_the_tags_of_marked_cells(book):
    name = "xl/worksheets/sheet1.xml"
    before, after = parts(book)[name], parts(marked(book, wrong("C2")))[name]
    cell = re.compile(rb'<c r="C2"[^>]*>')
    assert cell.sub(b"", before) == cell.sub(b"", after)
    assert cell.search(before)[0] != cell.search(after)[0]
    assert b"<f>SUM(B2:B3)</f><v>140</v>" in after


def test_copy_holds_what_the_planner_entered_and_set_up(book):
    before, after = load_workbook(book), opened(marked(book, wrong("B3"), wrong("D40")))
    one, other = before["Power"], after["Power"]
    for row in one.iter_rows():
        for cell in row:
            assert other[cell.coordinate].value == cell.value
            assert other[cell.coordinate].number_format == cell.number_format
    assert other.merged_cells.ranges == one.merged_cells.ranges
    assert [
        (str(v.sqref), v.formula1, v.formula2) for v in other.data_validations.dataValidation
    ] == [("C2:C50", "0", "1")]
    assert [str(found.sqref) for found in other.conditional_formatting] == ["B2:B3"]
    assert other.row_dimensions[3].hidden
    assert len(other._charts) == 1  # noqa: SLF001 - openpyxl offers no other way to see them
    assert other["F2"].hyperlink.target == "https://example.org/"
    assert after.defined_names["kinds"].attr_text == "Lists!$A$1"
    assert after["Lists"].sheet_state == "hidden"
    assert after["Sites' list"].tables["Areas"].ref == "A1:B2"
    assert after.sheetnames == ["Power", "Sites' list", "Lists", "Problems"]


def test_our_reader_finds_the_same_cells_and_the_list(book, tmp_path):
    copy = tmp_path / "copy" / "region.xlsx"
    copy.parent.mkdir()
    copy.write_bytes(marked(book, wrong("C2"), wrong("Q90"), wrong("12"), wrong("A6")))
    assert cells_of(copy)[:-1] == cells_of(book)
    assert cells_of(copy)[-1][0] == "Problems"


@pytest.mark.parametrize("city", ["changzhi", "heze", "qingdao"])
def test_sample_workbooks_keep_their_cells_and_their_validations(tmp_path, city):
    path = ROOT / f"inputs/regions/{city}.xlsx"
    copy = tmp_path / path.name
    copy.write_bytes(marked(path, wrong("D7"), wrong("60"), wrong("B4", sheet="Region")))
    assert cells_of(copy)[:-1] == cells_of(path)
    one, other = load_workbook(path), load_workbook(copy)
    for sheet in one:
        known = [str(found.sqref) for found in sheet.data_validations.dataValidation]
        assert [
            str(found.sqref) for found in other[sheet.title].data_validations.dataValidation
        ] == known
        assert other[sheet.title].freeze_panes == sheet.freeze_panes


# --- fills ----------------------------------------------------------------------------------------


def test_marked_cell_keeps_everything_of_its_style_but_the_fill(book):
    before, after = (
        load_workbook(book)["Power"]["C2"],
        opened(marked(book, wrong("C2")))["Power"]["C2"],
    )
    assert after.fill.fgColor.rgb == RED
    assert after.fill.patternType == "solid"
    assert after.number_format == "0.0%"
    for trait in ("font", "border", "alignment", "protection"):
        assert repr(getattr(after, trait)) == repr(getattr(before, trait))


def test_warnings_are_amber_and_an_error_on_the_same_cell_is_red(book):
    sheet = opened(
        marked(
            book, wrong("B2", severity="warning"), wrong("B3"), wrong("B3", severity="warning"),
        )
    )["Power"]  # fmt: skip
    assert sheet["B2"].fill.fgColor.rgb == AMBER
    assert sheet["B3"].fill.fgColor.rgb == RED
    assert sheet["A2"].fill.patternType is None


def test_problem_of_a_row_marks_its_first_cell(book):
    sheet = opened(marked(book, wrong("2", "the row"), wrong("33", "no such row")))["Power"]
    assert sheet["A2"].fill.fgColor.rgb == RED
    assert "the row" in sheet["A2"].comment.text
    assert "no such row" in sheet["A33"].comment.text


def test_cell_under_a_merged_range_marks_the_cell_that_can_be_seen(book):
    content = marked(book, wrong("B7", "hidden below"))
    sheet = opened(content)["Power"]
    assert sheet["A6"].fill.fgColor.rgb == RED
    assert "hidden below" in sheet["A6"].comment.text
    assert listed(content)[2][2] == "Power!B7"


def test_missing_cell_takes_the_style_of_its_row_or_column(hand_made):
    head = '<cols><col min="2" max="2" width="9" style="1"/></cols>'
    path = hand_made(
        sheet_xml('<row r="2" s="2" customFormat="1"/>', '<row r="3" s="2"/>', head=head)
    )

    def formats(content):
        content["xl/styles.xml"] = re.sub(
            rb"<cellXfs.*?</cellXfs>",
            b'<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            b'<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            b'<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>',
            content["xl/styles.xml"], flags=re.DOTALL,
        )  # fmt: skip

    content = marked(rewrite(path, formats), *map(wrong, ["B2", "B3", "B9", "C9"]))
    sheet = opened(content)["Power"]
    found = {name: sheet[name].number_format for name in ("B2", "B3", "B9", "C9")}
    assert found == {"B2": "#,##0.00", "B3": "0.00%", "B9": "0.00%", "C9": "General"}


@pytest.mark.parametrize(
    ("sheet", "encoding"),
    [
        (sheet_xml('<row r="2" spans="2:2"><c r="B2"><v>1</v></c></row>'), "utf-8"),
        (sheet_xml('<row><c><v>1</v></c><c/></row><row r="3"/>'), "utf-8"),
        (sheet_xml("<row r='4' ><c r='C4' t='str' ><v>a&gt;b</v></c></row >"), "utf-8"),
        (sheet_xml().replace("<sheetData></sheetData>", "<sheetData />"), "utf-8"),
        (sheet_xml(), "utf-8"),
        (re.sub("<(/?)(?=[a-zA-Z])", r"<\1x:", sheet_xml('<row r="3"><c r="A3"><v>1</v></c></row>'))
         .replace("xmlns=", "xmlns:x="), "utf-8"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml('<row r="2"><c r="B2" t="inlineStr">'
         "<is><t>潞城</t></is></c></row>"), "utf-16"),
        ("\ufeff" + sheet_xml('<row r="2"><c r="D2" t="inlineStr"><is><t>潞</t></is></c></row>'), "utf-8"),
    ],
    ids=[
        "ordinary", "no references", "single quotes and spaces", "empty data", "no rows",
        "prefixed", "UTF-16", "byte order mark",
    ],
)  # fmt: skip
def test_cells_and_rows_that_are_not_there_are_put_where_they_belong(
    hand_made, tmp_path, sheet, encoding
):
    path = hand_made(sheet, encoding)
    places = ["C4", "A1", "AA2", "C2", "A2", "B3", "A1048576", "XFD4"]
    content = marked(path, *map(wrong, places))
    root = etree.fromstring(parts(content)["xl/worksheets/sheet1.xml"])
    rows = [int(row.get("r") or 1) for row in root.iter("{*}row")]
    assert rows == sorted(set(rows))
    assert not [row for row in root.iter("{*}row") if row.get("spans")]
    (styles,) = {cell.get("s") for cell in root.iter("{*}c") if cell.get("r") in places}
    assert [
        cell.get("r", "A1") for cell in root.iter("{*}c") if cell.get("s") == styles
    ] == ["A1", "A2", "C2", "AA2", "B3", "C4", "XFD4", "A1048576"]  # fmt: skip
    comments = etree.fromstring(parts(content)["xl/comments1.xml"])
    assert {comment.get("ref") for comment in comments.iter("{*}comment")} == set(places)
    copy = tmp_path / "copy" / "region.xlsx"
    copy.parent.mkdir()
    copy.write_bytes(content)
    assert cells_of(copy)[:-1] == cells_of(path)
    for row in root.iter("{*}row"):
        columns = [cell.get("r") for cell in row if cell.get("r")]
        assert columns == sorted(columns, key=lambda name: (len(name), name))


def test_sheet_in_no_order_is_left_as_it_is_and_the_first_line_says_so(hand_made):
    sheet = sheet_xml('<row r="5"><c r="A5"><v>1</v></c></row><row r="3"/>')
    content = marked(hand_made(sheet), wrong("A5"))
    assert parts(content)["xl/worksheets/sheet1.xml"] == sheet.encode()
    assert "Lost: marks on Power." in listed(content)[0][0]
    assert listed(content)[2][2] == "Power!A5"


# --- comments -------------------------------------------------------------------------------------


def test_problems_of_one_cell_share_one_comment_errors_first(book):
    content = marked(book, wrong("C2", "a warning", severity="warning"), wrong("C2", "an error"))
    text = opened(content)["Power"]["C2"].comment.text
    assert text == "Error IN-205\nan error\n\nWarning IN-205\na warning"


def test_planners_comments_survive_beside_and_under_ours(book):
    content = marked(book, wrong("A3", "unknown name"), wrong("D3"))
    sheet = opened(content)["Power"]
    assert sheet["A3"].comment.text.startswith("check with the grid company")
    assert sheet["A3"].comment.text.endswith("\n\nError IN-205\nunknown name")
    assert sheet["B2"].comment.text == "from the bill"
    assert sheet["B2"].comment.author == "planner"
    assert sheet["D3"].comment.author == "Problems"


def test_boxes_are_added_to_the_drawing_that_is_there(book):
    def drawing(content):
        (found,) = (body for name, body in parts(content).items() if name.endswith(".vml"))
        return found

    before, after = drawing(book), drawing(marked(book, wrong("A3"), wrong("C2"), wrong("D3")))
    boxes = etree.fromstring(after).findall("{urn:schemas-microsoft-com:vml}shape")
    client = "{urn:schemas-microsoft-com:office:excel}"
    cells = {(box.findtext(f".//{client}Row"), box.findtext(f".//{client}Column")) for box in boxes}
    # A3 and B2 have their boxes from the planner; C2 and D3 are new.
    assert sorted(cells) == [("1", "1"), ("1", "2"), ("2", "0"), ("2", "3")]
    assert len({box.get("id") for box in boxes}) == 4
    assert before[: before.rindex(b"</")].replace(b'data="1"', b"") in after.replace(
        b'data="1,2"', b""
    )


def test_drawing_of_buttons_takes_comments_though_the_sheet_had_none(hand_made):
    path = hand_made(
        sheet_xml(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            tail=f'<legacyDrawing xmlns:q="{RELATIONS}" q:id="rId7"/>',
        )
    )
    button = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s3073">'
        "<v:textbox>one<br>two</v:textbox></v:shape></xml>"
    )

    def add(content):
        content["xl/drawings/vmlDrawing1.vml"] = button.encode()
        content["xl/worksheets/_rels/sheet1.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId7" '
            f'Type="{RELATIONS}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>'
        ).encode()

    after = parts(marked(rewrite(path, add), wrong("A1")))
    drawing = after["xl/drawings/vmlDrawing1.vml"].decode()
    assert drawing.startswith(button.removesuffix("</xml>"))
    assert '_x0000_s4097"' in drawing
    assert after["xl/worksheets/sheet1.xml"].count(b"legacyDrawing") == 1
    assert b"comments" in after["xl/worksheets/_rels/sheet1.xml.rels"]


def test_sheet_whose_drawing_is_gone_is_filled_without_comments_and_says_so(hand_made):
    path = hand_made(
        sheet_xml(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            tail=f'<legacyDrawing xmlns:r="{RELATIONS}" r:id="rId7"/>',
        )
    )
    content = marked(path, wrong("A1", "not a number"))
    assert "Lost: comments on Power." in listed(content)[0][0]
    assert listed(content)[2][3] == "not a number"
    assert not any("comments" in name for name in parts(content))


def test_conversations_are_kept_and_the_first_line_says_what_could_not_join_them(book):
    thread = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        b'threadedcomments"><threadedComment ref="B2" id="{1}"><text>who says?</text>'
        b"</threadedComment></ThreadedComments>"
    )

    def add(content):
        content["xl/threadedComments/threadedComment1.xml"] = thread
        name = "xl/worksheets/_rels/sheet1.xml.rels"
        content[name] = content[name].replace(
            b"</Relationships>",
            b'<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2017/10/'
            b'relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
            b"</Relationships>",
        )

    content = marked(rewrite(book, add), wrong("B2", "too high"), wrong("C2", "no share"))
    sheet = opened(content)["Power"]
    assert parts(content)["xl/threadedComments/threadedComment1.xml"] == thread
    assert sheet["B2"].comment.text == "from the bill"
    assert sheet["B2"].fill.fgColor.rgb == RED
    assert "no share" in sheet["C2"].comment.text
    assert "Lost: comments on conversations." in listed(content)[0][0]


def test_drawing_of_comments_stands_before_tables_and_after_charts(book):
    content = parts(marked(book, wrong("A2", sheet="Sites' list"), wrong("C2")))
    order = [
        [etree.QName(child).localname for child in etree.fromstring(content[name])]
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")
    ]
    assert order[0][-2:] == ["drawing", "legacyDrawing"]
    assert order[1][-2:] == ["legacyDrawing", "tableParts"]


# --- the list -------------------------------------------------------------------------------------


def test_list_has_errors_first_then_sheets_rows_and_columns_in_order(book):
    content = marked(
        book, wrong("B2", severity="warning"), wrong("A2", sheet="Sites' list"), wrong("C10"),
        wrong("C9"), wrong("AB9"), wrong("9"), wrong(), wrong(sheet=""), wrong("A1", sheet="Gone"),
    )  # fmt: skip
    rows = listed(content)
    assert rows[0][0] == "Copy of region.xlsx.\nAll kept."
    assert rows[1] == ["Severity", "Code", "Position", "Message"]
    assert [row[2] for row in rows[2:]] == [
        "region.xlsx", "Gone!A1", "Power", "Power!9", "Power!C9", "Power!AB9", "Power!C10",
        "Sites' list!A2", "Power!B2",
    ]  # fmt: skip
    assert [row[0] for row in rows[2:]] == ["Error"] * 8 + ["Warning"]
    sheet = opened(content)["Problems"]
    assert sheet.freeze_panes == "A3"
    assert sheet["D3"].alignment.wrap_text


def test_links_lead_to_the_cells_and_nowhere_where_there_is_none(book):
    sheet = opened(
        marked(
            book, wrong(sheet=""), wrong("C9"), wrong("9"), wrong(),
            wrong("A2", sheet="Sites' list"), wrong("A1", sheet="Lists"), wrong("A1", sheet="Gone"),
        )
    )["Problems"]  # fmt: skip
    links = {
        sheet.cell(row, 3).value: sheet.cell(row, 3).hyperlink.location
        for row in range(3, sheet.max_row + 1)
        if sheet.cell(row, 3).hyperlink
    }
    assert links == {
        "Power": "'Power'!A1", "Power!9": "'Power'!A9", "Power!C9": "'Power'!C9",
        "Sites' list!A2": "'Sites'' list'!A2",
    }  # fmt: skip


def test_list_takes_another_name_where_the_planner_has_a_sheet_of_that_name(book):
    workbook = load_workbook(book)
    workbook.create_sheet("problems")
    workbook.save(book)
    assert opened(marked(book, wrong("C2"))).sheetnames[-1] == "Problems (2)"


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", '=HYPERLINK("http://x")']
)
def test_text_that_looks_like_a_formula_stays_text(book, text):
    content = marked(book, wrong("C2", text))
    cell = opened(content)["Problems"]["D3"]
    assert (cell.value, cell.data_type) in {(text, "s"), (text, "inlineStr")}
    assert cell.quotePrefix
    part = parts(content)["xl/worksheets/sheet4.xml"]
    assert b"<f" not in part.replace(b"<font", b"")
    assert part.count(b't="inlineStr"') == part.count(b"<c ")


def test_what_xml_cannot_hold_is_dropped_and_what_looks_escaped_is_not_unescaped(book, tmp_path):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(marked(book, wrong("C2", "a\0b\x0b\ud800\ufffe <&> _x0041_ 潞\r\n𠮷  ")))
    *_, (_, rows, _, _) = cells_of(copy)
    found = rows[2][1][3]
    assert getattr(found, "value", found) == "ab <&> _x0041_ 潞\n𠮷  "


def test_text_longer_than_a_cell_can_hold_is_shortened(book):
    content = marked(book, wrong("C2", "x" * 40_000))
    assert len(opened(content)["Problems"]["D3"].value) <= 32_767


# --- what is left behind --------------------------------------------------------------------------


@pytest.fixture
def with_macros(book):
    """The workbook with macros, saved as Excel would."""

    def add(content):
        content["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 Sub Auto_Open()"
        content["xl/_rels/vbaProject.bin.rels"] = (
            f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode()
        )
        content["xl/macrosheets/sheet1.xml"] = (
            b"<xm:macrosheet xmlns:xm='x'>=EXEC()</xm:macrosheet>"
        )
        content["customUI/customUI.xml"] = b"<customUI onLoad='run'/>"
        kinds = "http://schemas.microsoft.com/office/2006/relationships"
        content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="rId91" Type="{kinds}/vbaProject" Target="vbaProject.bin"/>'
            f'<Relationship Id="rId92" Type="{kinds}/xlMacrosheet" Target="macrosheets/sheet1.xml"/>'
            "</Relationships>".encode(),
        )
        content["_rels/.rels"] = content["_rels/.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="rId9" Type="{kinds}/ui/extensibility" '
            'Target="customUI/customUI.xml"/></Relationships>'.encode(),
        )
        content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
            b"</sheets>",
            f'<sheet name="Macro1" sheetId="9" xmlns:r="{RELATIONS}" r:id="rId92"/></sheets>'.encode(),
        )
        content["[Content_Types].xml"] = (
            content["[Content_Types].xml"]
            .replace(PLAIN_BOOK.encode(), MACRO_BOOK.encode())
            .replace(
                b"<Override",
                b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
                b'<Override PartName="/xl/macrosheets/sheet1.xml" '
                b'ContentType="application/vnd.ms-excel.macrosheet+xml"/><Override',
                1,
            )
        )

    return rewrite(book, add).rename(book.with_suffix(".xlsm"))


def test_macros_are_never_copied_and_the_first_line_says_so(with_macros):
    content = marked(with_macros, wrong("C2"))
    after = parts(content)
    everything = b"".join(after.values())
    for trace in (b"Auto_Open", b"EXEC", b"vbaProject", b"macroEnabled", b"customUI"):
        assert trace not in everything
    assert PLAIN_BOOK.encode() in after["[Content_Types].xml"]
    assert not any("vba" in name or "customUI" in name for name in after)
    assert listed(content)[0][0] == "Copy of region.xlsm.\nLost: macros.\nAll else kept."
    assert opened(content).sheetnames == ["Power", "Sites' list", "Lists", "Macro1", "Problems"]


def test_signature_is_left_behind_and_the_first_line_says_so(book):
    def sign(content):
        content["_xmlsignatures/origin.sigs"] = b""
        content["_xmlsignatures/sig1.xml"] = b"<Signature/>"
        content["_rels/.rels"] = content["_rels/.rels"].replace(
            b"</Relationships>",
            f'<Relationship Id="rId9" Type="{PACKAGE}/relationships/digital-signature/origin" '
            'Target="_xmlsignatures/origin.sigs"/></Relationships>'.encode(),
        )

    content = marked(rewrite(book, sign), wrong("C2"))
    assert not any("signature" in name for name in parts(content))
    assert b"signature" not in parts(content)["_rels/.rels"]
    assert "Lost: signature." in listed(content)[0][0]


def test_external_links_are_copied_as_they_are(book):
    link = b'<externalLink xmlns="' + MAIN.encode() + b'"/>'

    def add(content):
        content["xl/externalLinks/externalLink1.xml"] = link
        content["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/externalLinkPath" Target="http://127.0.0.1:9/x.xlsx" '
            'TargetMode="External"/></Relationships>'
        ).encode()

    before = parts(rewrite(book, add))
    after = parts(marked(book, wrong("C2")))
    for name in before:
        if "externalLink" in name:
            assert after[name] == before[name]


# --- the package ----------------------------------------------------------------------------------


def test_same_workbook_and_problems_give_the_same_bytes(book):
    problems = (wrong("C2"), wrong("D3", severity="warning"), wrong("A2", sheet="Sites' list"))
    assert marked(book, *problems) == marked(book, *problems)


@pytest.mark.parametrize(
    "problems",
    [(), (wrong("A3"), wrong("C2"), wrong("B9"), wrong("A2", sheet="Sites' list"), wrong("A1", sheet="Lists"))],
    ids=["none", "several"],
)  # fmt: skip
def test_copy_has_no_fault_of_schema_or_package_that_the_original_has_not(book, tmp_path, problems):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(marked(book, *problems))
    before, after = (
        # Inline strings are meant: they cannot turn into formulas.
        sorted(text for text in map(str, OpenXmlValidator().validate(file).errors)
               if "inline-string" not in text)
        for file in (book, copy)
    )  # fmt: skip
    assert after == before


def test_copy_of_a_copy_is_marked_again(book, tmp_path):
    copy = tmp_path / "copy" / "region.xlsx"
    copy.parent.mkdir()
    copy.write_bytes(marked(book, wrong("C2", "first"), wrong("A3", "first")))
    again = opened(marked(copy, wrong("C2", "second"), wrong("D3", "third")))
    assert again.sheetnames[-2:] == ["Problems", "Problems (2)"]
    assert "first" in again["Power"]["C2"].comment.text
    assert "second" in again["Power"]["C2"].comment.text
    assert "third" in again["Power"]["D3"].comment.text


def test_strict_workbook_is_marked_in_its_own_namespaces(book):
    def strict(content):
        for name, body in content.items():
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                content[name] = body.replace(
                    MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
                ).replace(
                    RELATIONS.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
                )

    path = rewrite(book, strict)
    before = cells_of(path)
    assert len(before) == 3
    content = marked(path, wrong("C2"), wrong("A2", sheet="Sites' list"))
    everything = parts(content)
    for name in ("xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml", "xl/workbook.xml"):
        assert MAIN.encode() not in everything[name]
        assert RELATIONS.encode() not in everything[name]
    path.write_bytes(content)
    assert cells_of(path)[:-1] == before

    def plain(content):
        for name, body in content.items():
            content[name] = body.replace(
                b"http://purl.oclc.org/ooxml/spreadsheetml/main", MAIN.encode()
            ).replace(
                b"http://purl.oclc.org/ooxml/officeDocument/relationships", RELATIONS.encode()
            )

    sheet = load_workbook(rewrite(path, plain))["Sites' list"]
    assert sheet["A2"].fill.fgColor.rgb == RED
    assert sheet["A2"].comment.text.endswith("wrong")


def test_workbook_without_styles_is_given_some(hand_made):
    path = hand_made(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))

    def drop(content):
        del content["xl/styles.xml"]
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            content[name] = re.sub(rb"<[^<>]*styles[^<>]*/>", b"", content[name])

    sheet = opened(marked(rewrite(path, drop), wrong("A1"), wrong("B7")))["Power"]
    assert sheet["A1"].fill.fgColor.rgb == sheet["B7"].fill.fgColor.rgb == RED


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update({"xl/worksheets/sheet1.xml": b"<worksheet"}),
        lambda content: content.update({"xl/styles.xml": b""}),
        lambda content: content.pop("xl/worksheets/sheet1.xml"),
        lambda content: content.pop("xl/workbook.xml"),
        lambda content: content.update({"xl/worksheets/sheet1.xml": b" " * 5000 + b"<!DOCTYPE w [<!ENTITY a 'b'>]><worksheet><sheetData/></worksheet>"}),
    ],
    ids=["cut sheet", "empty styles", "no sheet", "no workbook", "late DOCTYPE"],
)  # fmt: skip
def test_damaged_workbook_is_refused_as_damaged(book, change):
    with pytest.raises(WorkbookError) as refused:
        marked(rewrite(book, change), wrong("C2"))
    assert [found.code for found in refused.value.problems] == ["IN-103"]


def test_a_document_type_behind_a_long_comment_is_named_as_what_it_is(book):
    late = b"<!--" + b" " * 5000 + b"--><!DOCTYPE s [<!ENTITY a 'b'>]><s/>"
    with pytest.raises(WorkbookError) as refused:
        marked(rewrite(book, lambda content: content.update({"xl/styles.xml": late})), wrong("C2"))
    assert [found.code for found in refused.value.problems] == ["IN-113"]


def test_file_that_is_no_workbook_is_named_for_what_it_is(tmp_path):
    path = tmp_path / "region.xlsx"
    path.write_bytes(b"<html><table/></html>")
    with pytest.raises(WorkbookError) as refused:
        marked(path, wrong("C2"))
    assert [found.code for found in refused.value.problems] == ["IN-102"]


LARGE = """
import sys, time
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from worker import megabytes
from test_marked import WORDS, say, wrong
from generator.intake.marked import marked_copy
problems = [wrong(f"{'ABCDE'[i % 5]}{i * 25 + 2}", f"problem {i}") for i in range(4000)]
for name in ("small", "large"):
    path = Path(sys.argv[1]) / name / "region.xlsx"
    start = time.process_time()
    content = marked_copy(path, problems, say, WORDS)
    print(time.process_time() - start)
print(megabytes())
path.write_bytes(content)
"""


def test_a_hundred_thousand_rows_cost_ten_times_as_much_as_ten_thousand_and_no_gigabytes(
    hand_made, tmp_path, unmeasured
):
    for name, last in (("small", 10_000), ("large", 100_000)):
        rows = (
            f'<row r="{row}">'
            + "".join(f'<c r="{letter}{row}"><v>{row * 7}</v></c>' for letter in "ABCDEFGHIJ")
            + "</row>"
            for row in range(1, last + 1)
        )
        path = tmp_path / name / "region.xlsx"
        path.parent.mkdir()
        hand_made(sheet_xml(*rows)).rename(path)
    found = subprocess.run(
        [sys.executable, "-c", LARGE, str(tmp_path), str(Path(__file__).parent),
         str(ROOT / "tests/hostile")],
        check=True, capture_output=True, text=True, cwd=ROOT, env=unmeasured,
    ).stdout.split()  # fmt: skip
    small, large, megabytes = map(float, found)
    assert large <= 30 * max(small, 0.05)
    assert megabytes < 600
    with zipfile.ZipFile(path) as package:
        assert package.read("xl/comments1.xml").count(b"<comment ") == 4000
        ids = re.findall(rb'id="_x0000_s(\d+)"', package.read("xl/drawings/vmlDrawing1.vml"))
        assert len(set(ids)) == 4000
        assert b'data="1,2,3,4"' in package.read("xl/drawings/vmlDrawing1.vml")


def test_tag_of_megabytes_is_not_held_and_the_sheet_is_left_as_it_is(hand_made):
    # Random text: a part that packs too well is refused before it is opened.
    long = random.Random(1).randbytes(12 * 2**20).hex()  # noqa: S311 - no secret
    path = hand_made(sheet_xml(f'<row r="1" z="{long}"><c r="A1"><v>1</v></c></row>'))
    content = parts(marked(path, wrong("A1")))
    assert b"Lost: marks on Power." in content["xl/worksheets/sheet2.xml"]
    assert content["xl/worksheets/sheet1.xml"] == parts(path)["xl/worksheets/sheet1.xml"]


def test_more_problems_than_anybody_reads_are_cut_off_errors_first_and_it_says_so(
    book, monkeypatch
):
    monkeypatch.setattr("generator.intake.marked.book.MOST", 2)
    content = marked(book, wrong("A2", severity="warning"), wrong("C2"), wrong("B2"))
    assert listed(content)[0][0] == "Copy of region.xlsx.\nLost: after 2.\nAll else kept."
    assert [row[2] for row in listed(content)[2:]] == ["Power!B2", "Power!C2"]
    assert opened(content)["Power"]["A2"].fill.patternType is None


# --- what is seen first ---------------------------------------------------------------------------


def selected(content):
    """Names of the sheets that are in front or selected with the one in front."""
    return [page.title for page in opened(content) if page.sheet_view.tabSelected]


def test_copy_opens_on_its_list_at_the_first_cell(book):
    workbook = load_workbook(book)
    workbook.active = 1
    for page in workbook:
        page.sheet_view.tabSelected = True
    workbook.save(book)
    content = marked(book, wrong("C2"))
    copy = opened(content)
    assert copy.active.title == "Problems"
    assert selected(content) == ["Problems"]
    assert copy.active.sheet_view.selection[0].activeCell == "A1"
    assert copy.sheetnames == ["Power", "Sites' list", "Lists", "Problems"]


@pytest.mark.parametrize(
    "views",
    [
        "",
        "<bookViews/>",
        '<bookViews><workbookView activeTab="0"/><workbookView activeTab="2"/></bookViews>',
    ],
)
def test_copy_of_a_workbook_without_a_view_or_with_several_opens_on_its_list(book, views):
    def change(content):
        content["xl/workbook.xml"], count = re.subn(
            rb"<bookViews>.*?</bookViews>", views.encode(), content["xl/workbook.xml"]
        )
        assert count == 1

    content = marked(rewrite(book, change), wrong("C2"))
    root = etree.fromstring(parts(content)["xl/workbook.xml"])
    found = [view.get("activeTab") for view in root.iter("{*}workbookView")]
    assert set(found) == {"3"}
    names = [etree.QName(child).localname for child in root]
    assert names.index("bookViews") < names.index("sheets")
    if "workbookPr" in names:
        assert names.index("workbookPr") < names.index("bookViews")
    assert opened(content).active.title == "Problems"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_selected_sheet_in_any_encoding_goes_behind_the_list(hand_made, encoding):
    views = "<sheetViews><sheetView tabSelected='1' workbookViewId='0'/></sheetViews>"
    start = f'<?xml version="1.0" encoding="{encoding}"?>'
    row = '<row r="2"><c r="B2" t="inlineStr"><is><t>潞城</t></is></c></row>'
    path = hand_made(start + sheet_xml(row, head=views), encoding)
    for problems in ((wrong("B2"),), (wrong(),)):
        content = marked(path, *problems)
        assert selected(content) == ["Problems"]
        assert opened(content)["Power"]["B2"].value == "潞城"


# --- another program ------------------------------------------------------------------------------


def test_libreoffice_opens_the_copy_and_saves_what_it_holds(book, tmp_path, soffice):
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(marked(book, wrong("C2", "no share"), wrong("A3", "unknown"), wrong("B40")))
    subprocess.run(
        [
            soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(copy),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    saved = load_workbook(tmp_path / "saved" / "copy.xlsx")
    sheet = saved["Power"]
    assert saved.sheetnames == ["Power", "Sites' list", "Lists", "Problems"]
    assert saved.active.title == "Problems"
    assert sheet["C2"].fill.fgColor.rgb == RED
    assert sheet["C2"].number_format == "0.0%"
    assert "no share" in sheet["C2"].comment.text
    assert "check with the grid company" in sheet["A3"].comment.text
    assert "unknown" in sheet["A3"].comment.text
    assert "wrong" in sheet["B40"].comment.text
    assert [str(found.sqref) for found in sheet.data_validations.dataValidation] == ["C2:C50"]
    assert sheet["D2"].value == "=SUM(B2:B3)"
    assert len(sheet._charts) == 1  # noqa: SLF001 - openpyxl offers no other way to see them
    assert saved["Problems"]["C3"].hyperlink.location in {"'Power'!C2", "Power!C2"}
