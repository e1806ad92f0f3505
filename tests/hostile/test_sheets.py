"""Sheets that are larger, emptier or in another order than they say."""

import random
import re

import pytest

FREE = "power.0.spare_mw"
FULL = '<row r="{0}"><c r="A{0}" s="0"/></row>'


def letters(index):
    return f"{chr(64 + index // 26) if index >= 26 else ''}{chr(65 + index % 26)}"


def row_of(book, number, cells):
    return f'<row r="{number}">{"".join(book._cell(number, *cell) for cell in cells)}</row>'  # noqa: SLF001


def point(book, number, name="Third", *, cells=()):
    """One more grid point as a row."""
    values = ["lucheng", name, "connection point", 110, 80, 8, 0.6, "existing", "Bureau",
              "2025-06-30", "B"]  # fmt: skip
    changed = {**dict(enumerate(values)), **dict(cells)}
    return row_of(book, number, changed.items())


def below(xml):
    return lambda book: book.below("Power", xml)


def behind(xml):
    return lambda book: book.behind("Power", xml)


def cell(old, new):
    return lambda book: book.edit("Power", old, new)


def rows_of(text):
    return re.findall(r"<row .*?</row>", text)


def rows_reversed(book):
    part = book.part("Power")
    rows = rows_of(book.parts[part])
    book.parts[part] = book.parts[part].replace("".join(rows), "".join(reversed(rows)))


def cells_reversed(book):
    part = book.part("Power")

    def turned(found):
        cells = re.findall(r"<c .*?</c>", found[2])
        return found[1] + "".join(reversed(cells)) + found[3]

    book.parts[part] = re.sub(r"(<row [^>]*>)(.*?)(</row>)", turned, book.parts[part])


def without_references(book):
    part = book.part("Power")
    text = re.sub(r'<c r="[A-Z]+\d+"', "<c", book.parts[part])
    book.parts[part] = re.sub(r'<row r="\d+"', "<row", text)


def references(change):
    def run(book):
        part = book.part("Power")
        book.parts[part] = re.sub(
            r'<c r="([A-Z]+)(\d+)"',
            lambda found: f'<c r="{change(found[1], found[2])}"',
            book.parts[part],
        )

    return run


def styled_blank_rows(book):
    style = book.style("0.00")
    cells = "".join(f'<c r="{letter}{{0}}" s="{style}"/>' for letter in "ABCDEFGHIJKL")
    rows = "".join(
        f'<row r="{number}" s="{style}" customFormat="1" ht="15">{cells.format(number)}</row>'
        for number in range(4, 50_004)
    )
    book.below("Power", rows)


def styled_empty_columns(book):
    style = book.style("0.00")
    for number in (1, 2, 3):
        cells = "".join(f'<c r="{letters(at)}{number}" s="{style}"/>' for at in range(26, 700))
        part = book.part("Power")
        book.parts[part] = re.sub(
            rf'(<row r="{number}".*?)</row>', rf"\1{cells}</row>", book.parts[part], count=1
        )
    columns = "".join(
        f'<col min="{number}" max="{number}" width="9" style="{style}"/>'
        for number in range(13, 1013)
    )
    book.edit("Power", "<sheetData>", f"<cols>{columns}</cols><sheetData>")


def sheet_of(name, state=""):
    return lambda book: book.sheet(name, [["x", "y"], [1, 2]], state)


def thousand_sheets(book):
    sheets, relations = [], []
    for number in range(10, 1010):
        part = f"xl/worksheets/sheet{number}.xml"
        main = book.words["main"]
        book.parts[part] = (
            f'<worksheet xmlns="{main}"><sheetData><row><c><v>1</v></c></row></sheetData>'
            "</worksheet>"
        )
        sheets.append(f'<sheet name="x{number}" sheetId="{number}" r:id="x{number}"/>')
        relations.append(book.relation(f"x{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    book.edit("xl/workbook.xml", "</sheets>", "".join(sheets) + "</sheets>")
    book.edit("xl/_rels/workbook.xml.rels", "</Relationships>",
              "".join(relations) + "</Relationships>")  # fmt: skip


def one_part_for_a_thousand_sheets(book):
    sheets = "".join(
        f'<sheet name="x{number}" sheetId="{number}" r:id="rId2"/>' for number in range(10, 1010)
    )
    rows = "".join(f'<row r="{n}"><c r="N{n}"><v>1</v></c></row>' for n in range(4, 5000))
    book.below("Power", rows)
    book.edit("xl/workbook.xml", "</sheets>", sheets + "</sheets>")


def merged(*references):
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in references)
    return behind(f"<mergeCells>{cells}</mergeCells>")


def region_merged_down(book):
    part = book.part("Power")
    book.parts[part] = re.sub(r'<c r="A3".*?</c>', '<c r="A3"/>', book.parts[part])
    merged("A2:A3")(book)


def respelt(book):
    book.edit("Power", '<mergeCell ref="A2:A3"/>', "<mergeCell\n ref = 'A2:A3' />")


def in_utf_16(book):
    text = book.parts[book.part("Power")].replace("UTF-8", "UTF-16")
    book.write("Power", text.encode("utf-16"))


def merged_in_groups(book):
    rows = []
    for number in range(4, 24_004):
        text = point(book, number, f"P{number - 2}")
        rows.append(re.sub(r'<c r="A\d+".*?</c>', "", text) if number % 2 else text)
    book.below("Power", "".join(rows))
    merged(*[f"A{number}:A{number + 1}" for number in range(4, 24_004, 2)])(book)


def overlapping_merges(book):
    rows = "".join(point(book, number, f"P{number}") for number in range(4, 2004))
    book.below("Power", rows)
    merged(*["A2:A1048576"] * 50_000)(book)


def rules(kind):
    shapes = {
        "validations": '<dataValidation type="list" sqref="A{0}"><formula1>"a,b"</formula1>'
        "</dataValidation>",
        "formats": '<conditionalFormatting sqref="A{0}"><cfRule type="expression" priority="{0}">'
        "<formula>A{0}=1</formula></cfRule></conditionalFormatting>",
        "links": '<hyperlink ref="A{0}" location="Power!A1" display="x{0}"/>',
    }
    return behind("".join(shapes[kind].format(number) for number in range(1, 200_001)))


def form_controls(book):
    draws = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    place = f"<anchor><from {draws}><xdr:col>1</xdr:col><xdr:row>7</xdr:row></from></anchor>"
    book.below("Power", FULL.format(1048576))
    book.behind("Power", f"<controls><control><controlPr>{place}</controlPr></control></controls>")


def numbers_by_the_million(book):
    # 2,000,000 numbers in a small file, none of them under a header.
    chance = random.Random(1)  # noqa: S311 - reproducible noise, not a secret
    block = "".join(
        f"<row>{'<c/>' * 12}{''.join(f'<c><v>{chance.randrange(10)}</v></c>' for _ in range(100))}</row>"
        for _ in range(300)
    )
    book.below("Power", block * 66)


def one_endless_row(book):
    chance = random.Random(1)  # noqa: S311 - as above
    block = "".join(f'<c s="{chance.randrange(10)}"/>' for _ in range(20_000))
    book.below("Power", f"<row>{block * 350}</row>")


def rows_without_cells(book):
    chance = random.Random(1)  # noqa: S311 - as above
    block = "".join(f'<row ht="{chance.randrange(100)}"/>' for _ in range(20_000))
    book.below("Power", block * 60)


def flood(item):
    return lambda book: book.below("Power", "".join(item.format(n) for n in range(500_000)))


FAR = '<row r="1048576"{}><c r="XFD1048576"{}</row>'
READ_OR_DAMAGED, READ_OR_LARGE = {"or": "IN-103"}, {"or": "IN-109"}
HIDDEN_ROW = ('<row r="3"', '<row hidden="1" r="3"')
CASES = {
    "far cell with a number": (
        below(FAR.format("", "><v>7</v></c>")), {"said": {"IN-115 Power!XFD1048576"}}
    ),
    "far cell with text": (
        below(FAR.format("", ' t="str"><v>x</v></c>')), {"said": {"IN-115 Power!XFD1048576"}}
    ),
    "far cell with a space": (below(FAR.format("", ' t="str"><v> </v></c>')), {}),
    "far cell, only formatted": (below(FAR.format("", ' s="0"/>')), {}),
    "far cell in a formatted row": (
        below(FAR.format(' s="0" customFormat="1"', ' s="0"/>')), {}
    ),
    "cell beyond the last column": (below('<row r="9"><c r="XFE9"><v>1</v></c></row>'), "IN-103"),
    "row beyond the last": (below('<row r="1048577"><c><v>1</v></c></row>'), "IN-103"),
    "row nought": (below('<row r="0"><c><v>1</v></c></row>'), "IN-103"),
    "row of no number": (below('<row r="x"><c><v>1</v></c></row>'), "IN-103"),
    "false dimension, too small": (
        cell("<sheetData>", '<dimension ref="A1"/><sheetData>'), {}
    ),
    "false dimension, too large": (
        cell("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'), {}
    ),
    "50,000 formatted blank rows": (styled_blank_rows, {}),
    "1,000 formatted empty columns": (styled_empty_columns, {}),
    "1.2 million rows without cells": (rows_without_cells, {"or": "IN-103|IN-109"}),
    "rows in reverse": (rows_reversed, "IN-103"),
    "cells in reverse": (cells_reversed, "IN-103"),
    "no references": (without_references, {}),
    "small-letter references": (
        references(lambda column, row: f"{column.lower()}{row}"), READ_OR_DAMAGED
    ),
    "absolute references": (references(lambda column, row: f"${column}${row}"), READ_OR_DAMAGED),
    "references of another row": (
        references(lambda column, row: f"{column}{int(row) + 1}"), "IN-103"
    ),
    "cell twice": (
        cell('<c r="F2"><v>60</v></c>', '<c r="F2"><v>60</v></c><c r="F2"><v>6</v></c>'), "IN-103"
    ),
    "row twice": (lambda book: book.below("Power", point(book, 3)), "IN-103"),
    "third point": (
        lambda book: book.below("Power", point(book, 9)), {"power.2.spare_mw": 8}
    ),
    "point in the last row": (
        lambda book: book.below("Power", point(book, 1048576)), {"power.2.spare_mw": 8}
    ),
    "hidden row": (cell(*HIDDEN_ROW), {"said": {"IN-223 Power"}}),
    "row hidden by its outline": (
        cell('<row r="3"', '<row hidden="true" outlineLevel="1" r="3"'), {"said": {"IN-223 Power"}}
    ),
    "hidden sheet": (
        lambda book: book.edit("xl/workbook.xml", 'sheetId="2" ', 'sheetId="2" state="hidden"'),
        {"said": {"IN-226 Power"}},
    ),
    "very hidden sheet": (
        lambda book: book.edit("xl/workbook.xml", 'sheetId="2" ', 'sheetId="2" state="veryHidden"'),
        {"said": {"IN-226 Power"}},
    ),
    "sheet name with quotes": (sheet_of("It's \"x\" & <y>"), {"said": {"IN-111 It's \"x\" & <y>"}}),
    "sheet name of 31 characters": (sheet_of("表" * 31), {"said": {f"IN-111 {'表' * 31}"}}),
    "sheet name in another case": (
        lambda book: book.edit("xl/workbook.xml", 'name="Power"', 'name="POWER"'), {}
    ),
    "two sheets with one name": (
        lambda book: book.sheet("POWER", [
            ["region", "name_en", "kind", "spare_mw", "status", "source_en"],
            ["lucheng", "North", "connection point", 7, "existing", "Bureau"],
        ]),
        {"IN-217 POWER!B2"},
    ),
    "1,000 sheets": (thousand_sheets, {"said": {f"IN-111 x{n}" for n in range(10, 1010)}}),
    "1,000 sheets in one part": (
        one_part_for_a_thousand_sheets,
        {"IN-115 Power!N4", *(f"IN-131 x{n}" for n in range(10, 1010))},
    ),
    "region merged down": (region_merged_down, {"said": {"IN-224 Power!A2"}}),
    "cells merged across": (merged("K2:L2"), {"said": {"IN-225 Power!K2"}}),
    "header merged across": (merged("K1:L1"), {}),
    "merged to the end of the sheet": (merged("L2:L1048576"), {"said": {"IN-225 Power!L2"}}),
    "merge of nonsense": (merged("A0:ZZZZ9", "", "x", "A1:"), READ_OR_DAMAGED),
    "region merged down, other spelling": (
        lambda book: (region_merged_down(book), respelt(book)), {"said": {"IN-224 Power!A2"}}
    ),
    "region merged down, in UTF-16": (
        lambda book: (region_merged_down(book), in_utf_16(book)), {"said": {"IN-224 Power!A2"}}
    ),
    "merge in a comment": (behind('<!--<mergeCells><mergeCell ref="K2:K3"/></mergeCells>-->'), {}),
    "region merged down in 12,000 groups": (
        merged_in_groups,
        {"power.9000.name": "P9000", "said": {f"IN-224 Power!A{n}" for n in range(4, 24_004, 2)}},
    ),
    "50,000 merges": (
        merged(*[f"N{number}:O{number}" for number in range(4, 50_004)]),
        {"said": {f"IN-225 Power!N{number}" for number in range(4, 50_004)}, "or": "IN-109"},
    ),
    "200,000 validations": (rules("validations"), {}),
    "200,000 conditional formats": (rules("formats"), {}),
    "200,000 links": (rules("links"), {}),
    "form controls below the last row": (form_controls, {}),
    "half a million comments": (flood("<!--{}-->"), READ_OR_LARGE),
    "half a million instructions": (flood("<?a{}?>"), READ_OR_LARGE),
    "attribute of 11 MB": (
        below(f'<row r="9" spans="{"1" * 11_000_000}"/>'), {"or": "IN-103|IN-109"}
    ),
    "text of 11 MB": (
        below(f'<row r="9"><c><v>{"1" * 11_000_000}</v></c></row>'), "IN-103|IN-109"
    ),
    "seven million cells in one row": (one_endless_row, "IN-103|IN-109"),
    "two million stray numbers": (
        numbers_by_the_million, {"said": {f"IN-115 Power!{letters(n)}4" for n in range(12, 112)}, "or": "IN-109"}
    ),
}  # fmt: skip


LONG = {
    "two million stray numbers",
    "1,000 sheets in one part",
    "region merged down in 12,000 groups",
}
"""Cases of half a minute and more."""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            *case, id=name, marks=[pytest.mark.exhaustive("takes a minute")] if name in LONG else []
        )
        for name, case in CASES.items()
    ],
)
def test_sheet_is_read_right_or_refused(package, judge, change, expected):
    book = package()
    change(book)
    judge(book.bytes(), expected)


def test_merges_that_overlap_cost_nothing(package, judge):
    # No program writes them; the sheet may be read or refused, within the limits.
    book = package()
    overlapping_merges(book)
    judge(book.bytes(), None)
