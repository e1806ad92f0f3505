"""Files that lie, and what a cell of a real file holds."""

import random
import re
import subprocess
import sys
import zipfile

import pytest
from openpyxl import load_workbook

from generator.intake import read_submission
from generator.intake.xlsx import read_workbook
from generator.problems import WorkbookError


@pytest.fixture
def refusal(knowledge):
    """The one problem that a file comes to."""

    def read(path):
        found = read_submission([path], knowledge)
        assert found.regions == ()
        (only,) = found.problems
        assert only.origin.file.endswith(path.name)
        return only.code

    return read


def repack(path, **changes):
    """Rewrite parts of a package: name ending to a function of its text."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            change = changes.get(name.rsplit("/", 1)[-1].split(".")[0])
            package.writestr(name, change(content.decode()) if change else content)
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "IN-108"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "IN-101"),
        ("地区,名称\nlucheng,潞城\n".encode(), "IN-102"),
        ("地区,名称\nlucheng,潞城\n".encode("gb18030"), "IN-102"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "IN-102"),
        (b"PK\x03\x04" + b"\0" * 40, "IN-103"),
    ],
    ids=["empty", "OLE", "CSV", "CSV in GB 18030", "HTML", "cut after the first header"],
)
def test_file_is_named_for_what_it_is(tmp_path, refusal, content, code):
    path = tmp_path / "region.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_other_zip_is_no_workbook(tmp_path, refusal):
    path = tmp_path / "region.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert refusal(path) == "IN-102"


def test_truncated_workbook_is_refused(region_book, refusal):
    path = region_book()
    path.write_bytes(path.read_bytes()[:-2000])
    assert refusal(path) in {"IN-102", "IN-103"}


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("sheet1", lambda text: text[: len(text) // 2]),
        ("sheet1", lambda _: ""),
        ("sheet1", lambda text: text.replace("<v>34</v>", f"<v>{'9' * 400}</v>")),
        ("workbook", lambda text: re.sub('r?:?id="rId1"', 'r:id="rId99"', text)),
        ("workbook", lambda _: "<not-a-workbook/>"),
        ("styles", lambda _: "<styleSheet"),
    ],
    ids=[
        "half a sheet",
        "empty sheet",
        "400 digits",
        "no such relation",
        "another root",
        "open tag",
    ],
)
def test_damaged_part_is_refused_without_a_traceback(region_book, refusal, part, change):
    assert refusal(repack(region_book(), **{part: change})).startswith("IN-")


def test_damaged_data_in_the_package_is_refused(region_book, refusal):
    path = region_book()
    with zipfile.ZipFile(path) as package:
        info = package.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    start = info.header_offset + 30 + len(info.filename)
    content[start : start + 20] = b"\xff" * 20
    path.write_bytes(content)
    assert refusal(path) == "IN-103"


def test_declared_sizes_are_summed_before_anything_is_inflated(tmp_path, refusal):
    path = tmp_path / "region.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/media/image1.png", b"\0")
        package.infolist()[-1].file_size = 2**32 - 2  # as the directory of the archive declares it
    content = path.read_bytes()
    start = content.index(b"xl/media/image1.png") + len(b"xl/media/image1.png")
    # Whoever inflates it first finds it damaged, which would be another refusal.
    path.write_bytes(content[:start] + b"\xff" + content[start + 1 :])
    assert refusal(path) == "IN-109"


def test_document_type_in_any_part_is_refused(region_book, refusal):
    entity = '<!DOCTYPE worksheet [<!ENTITY a "lol">]>'

    def change(text):
        return entity + re.sub(r"^<\?xml[^>]*\?>", "", text).replace("Lucheng", "&a;")

    assert refusal(repack(region_book(), sheet1=change)).startswith("IN-1")


def test_encrypted_part_is_refused(region_book, refusal):
    path = region_book()
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:  # bit 0 of the flags in each entry of the archive's directory
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(content)
    assert refusal(path).startswith("IN-1")


def test_flipped_bytes_never_end_in_a_traceback(region_book, knowledge):
    whole = region_book().read_bytes()
    path = region_book()
    faults = {}
    for seed in range(30):
        chance = random.Random(seed)  # noqa: S311 - reproducible noise, not a secret
        content = bytearray(whole)
        for _ in range(8):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            read_submission([path], knowledge)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is the finding
            faults[seed] = repr(fault)
    assert faults == {}


def test_directory_and_missing_file_are_named(tmp_path, refusal):
    (tmp_path / "folder.xlsx").mkdir()
    assert refusal(tmp_path / "folder.xlsx").startswith(("IN-1", "RN-1"))
    assert refusal(tmp_path / "absent.xlsx") == "RN-101"


READ = """
import resource, sys
# Four seconds of the machine it was written on; a slow one gets as much again twice over.
resource.setrlimit(resource.RLIMIT_CPU, (12, 12))
from pathlib import Path
from generator.intake.xlsx import read_workbook
from generator.problems import WorkbookError
try:
    print(max(number for table in read_workbook(Path(sys.argv[1])) for number, _ in table.rows))
except WorkbookError as fault:
    print(fault)
"""


def last_row(path):
    """The last row read or the refusal, by a process of its own with a limit of its own."""
    command = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_stray_cell_at_the_far_corner_costs_nothing(region_book):
    stray = '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    path = repack(region_book(), sheet2=lambda text: text.replace("</sheetData>", stray))
    assert last_row(path) == "4"  # the workforce sheet has three records


def test_record_far_below_is_read_or_the_file_refused(region_book):
    row = '<row r="300000"><c r="B300000" t="inlineStr"><is><t>三号变电站</t></is></c></row>'
    path = repack(
        region_book(), sheet2=lambda text: text.replace("</sheetData>", f"{row}</sheetData>")
    )
    assert last_row(path).startswith(("300000", "IN-"))


def edited(path, changes):
    """Set cells of the Power sheet (columns E capacity, F spare MW) and save."""
    book = load_workbook(path)
    for place, value in changes.items():
        book["电力"][place] = value
    book.save(path)
    return path


@pytest.mark.parametrize("error", ["#REF!", "#N/A"])
def test_error_cell_is_refused_by_name(region_book, knowledge, error):
    found = read_submission([edited(region_book(), {"G2": error})], knowledge)
    assert [(one.code, str(one.origin)) for one in found.problems] == [("IN-208", "电力!G2")]
    assert dict(found.problems[0].args)["found"] == error


def test_formula_without_a_stored_value_is_refused(region_book, knowledge):
    found = read_submission([edited(region_book(), {"F2": "=30+30"})], knowledge)
    assert [(one.code, str(one.origin)) for one in found.problems] == [("IN-209", "电力!F2")]


def test_nought_that_waits_for_its_calculation_is_no_value(region_book, knowledge):
    # Programs that write formulas without calculating them store 0 and ask for a calculation.
    path = edited(region_book(), {"F2": "=30+30"})
    cell = '<c r="F2"><f>30+30</f><v>0</v></c>'
    repack(path, sheet2=lambda text: re.sub(r'<c r="F2".*?</c>', cell, text))
    (only,) = read_submission([path], knowledge).problems
    assert (only.code, only.origin.cell) == ("IN-209", "F2")


@pytest.mark.parametrize(("stored", "spare"), [("<v>60</v>", 60), ('<v></v>" t="str', None)])
def test_stored_value_of_a_formula_is_read(region_book, knowledge, stored, spare):
    # Excel stores an empty text for =IF(A1="","",A1): computed, and blank.
    value, _, kind = stored.partition('" ')
    path = edited(region_book(), {"F2": "=30+30"})
    cell = f'<c r="F2" {kind}{chr(34) if kind else ""}><f>30+30</f>{value}</c>'
    repack(path, sheet2=lambda text: re.sub(r'<c r="F2".*?</c>', cell, text))
    found = read_submission([path], knowledge)
    assert found.problems == ()
    assert found.regions[0].power[0].spare_mw.value == spare


def test_percent_formatted_cell_means_what_it_shows(region_book, knowledge):
    path = region_book(renewable_share=0.34)
    book = load_workbook(path)
    header = [cell.value for cell in book["地区"][1]].index("可再生能源占比") + 1
    # A quoted sign is a letter: such a cell shows 0.34% for 0.34 and 34% for 34.
    for form, value, share in (("0%", 0.34, 34), ("0.0%", 0.345, 34.5), ('0.00"%"', 0.34, 0.34)):
        book["地区"].cell(2, header, value).number_format = form
        book.save(path)
        found = read_submission([path], knowledge)
        read = [region.figures["renewable_share"].value for region in found.regions]
        assert read == [share] or (read == [] and '"' in form)


def test_what_excel_adds_to_a_sheet_prints_nothing(region_book, knowledge):
    # Dropdowns that point to another sheet. Warnings are errors here; at run time they would
    # reach the planner's screen.
    extension = "<extLst><ext uri='{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}'/></extLst></worksheet>"
    path = repack(region_book(), sheet2=lambda text: text.replace("</worksheet>", extension))
    assert read_submission([path], knowledge).problems == ()


def test_impossible_date_prints_nothing(region_book, knowledge):
    path = region_book()
    book = load_workbook(path)
    book["场地"]["D2"] = 99_999_999
    book["场地"]["D2"].number_format = "yyyy-mm-dd"
    book.save(path)
    found = read_submission([path], knowledge)
    assert [str(one.origin) for one in found.problems] == ["场地!D2"]


def test_hidden_rows_and_sheets_are_read_with_a_warning(region_book, knowledge):
    path = region_book()
    book = load_workbook(path)
    book["电力"].row_dimensions[3].hidden = True
    book["通信"].sheet_state = "hidden"
    book.save(path)
    found = read_submission([path], knowledge)
    assert len(found.regions[0].power) == 2
    assert {one.origin.sheet for one in found.problems if one.severity == "warning"} == {
        "电力",
        "通信",
    }


def test_dimension_record_is_not_trusted(region_book, knowledge):
    path = repack(
        region_book(), sheet2=lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', text)
    )  # fmt: skip
    (region,) = read_submission([path], knowledge).regions
    assert len(region.power) == 2


def test_files_are_closed_again(region_book, recwarn):
    path = region_book()
    with pytest.raises(WorkbookError):
        read_workbook(path.with_name("absent.xlsx"))
    read_workbook(path)
    path.unlink()
    assert [str(one.message) for one in recwarn] == []
