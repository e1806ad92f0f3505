"""Text tables as spreadsheets save them, and the files that lie beside an input."""

import os
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.intake import read_submission
from generator.report.quality import problem_text
from generator.settings import load_settings

REGION = "Region,Name (English),Jurisdiction,Administrative code,Currency\nr1,Town,{},370200,{}\n"
POWER = "Region,Name (English),Kind,Capacity,Status\n"


@pytest.fixture
def folder(tmp_path, knowledge):
    """`folder(power bytes or text, jurisdiction)`: what comes of a folder with a Power table."""

    def run(power, jurisdiction="CN", currency="CNY", **files):
        region = REGION.format(jurisdiction, currency)
        (tmp_path / "region.csv").write_text(region, encoding="utf-8")
        content = power if isinstance(power, bytes) else power.encode()
        (tmp_path / "power.csv").write_bytes(content)
        for name, text in files.items():
            (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return read_submission([tmp_path], knowledge)

    return run


def codes(found, severity="error"):
    return [(one.code, str(one.origin)) for one in found.problems if one.severity == severity]


def names(found):
    (region,) = found.regions
    return [text for point in region.power for _, text in point.name.texts]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_every_mix_of_separator_and_encoding_is_read(folder, encoding, sign):
    text = (POWER + "r1,Höchst,coal,1770.5,existing\n").replace(",", sign)
    found = folder(text.encode(encoding), "DE", "EUR")
    assert codes(found) == []
    assert names(found) == ["Höchst"]


@pytest.mark.parametrize(
    ("jurisdiction", "encoding", "name"),
    [
        ("CN", "gb18030", "青岛一号变电站"),
        ("DE", "cp1252", "Kraftwerk Süd"),
        ("FR", "cp1252", "Centrale à charbon de Cordemais"),
        ("KZ", "cp1251", "Экибастузская ГРЭС"),
        ("PL", "cp1250", "Bełchatów"),
        ("KZ", "utf-8", "Екібастұз"),
    ],
)
def test_code_page_of_the_regions_jurisdiction_is_read(folder, jurisdiction, encoding, name):
    found = folder((POWER + f"r1,{name},coal,5,existing\n").encode(encoding), jurisdiction)
    assert [code for code, _ in codes(found) if code.startswith("IN-1")] == []
    assert names(found) == [name] if found.regions else found.problems
    assert ("IN-116", "power.csv") in codes(found, "warning") or encoding == "utf-8"


@pytest.mark.parametrize(
    ("jurisdiction", "encoding", "name"),
    [
        ("CN", "cp1252", "Höchst Süd"),
        ("DE", "gb18030", "青岛一号变电站"),
        ("KZ", "cp1252", "Höchst"),
    ],
)
def test_page_that_gives_no_writing_is_asked_for(folder, texts, jurisdiction, encoding, name):
    found = folder((POWER + f"r1,{name},coal,5,existing\n").encode(encoding), jurisdiction)
    assert codes(found)[0] == ("IN-117", "power.csv")
    assert name in problem_text(found.problems[0], texts, "en")


def test_decimal_comma_is_read_where_the_column_has_no_other_reading(folder):
    rows = "r1;A;coal;1770,5;existing\nr1;B;coal;1,770;existing\n"
    found = folder(POWER.replace(",", ";") + rows)
    assert [point.capacity_mw.value for point in found.regions[0].power] == [1770.5, 1.77]
    assert [one.rule for one in found.conversions] == ["decimal_comma"] * 2


@pytest.mark.parametrize("rows", [["1,770"], ["1,770", "2,500"], ["1770,5", "1,770.5"]])
def test_comma_with_two_readings_in_its_column_is_refused(folder, rows):
    text = "".join(f"r1;P{at};coal;{one};existing\n" for at, one in enumerate(rows))
    assert {code for code, _ in codes(folder(POWER.replace(",", ";") + text))} <= {
        "IN-205",
        "IN-203",
        "IN-204",
    }
    assert codes(folder(POWER.replace(",", ";") + text))


def test_stated_separator_is_a_line_that_spreadsheets_hide(folder):
    found = folder("sep=;\n" + POWER.replace(",", ";") + "r1;A;coal;x;existing\n")
    assert [place for _, place in codes(found)] == ["power.csv!D2"]


def test_code_kept_as_text_keeps_its_zeros(folder):
    found = folder(POWER + 'r1,="0007",coal,5,existing\n')
    assert names(found) == ["0007"]


def test_rows_of_another_length_are_named(folder):
    rows = "r1,A,coal,5,existing\nr1,Plant, North,coal,5,existing\nr1,C,coal\n"
    found = folder(POWER + rows)
    assert ("IN-139", "power.csv!3") in codes(found)
    assert ("IN-139", "power.csv!4") in codes(found, "warning")


@pytest.mark.parametrize("row", ['r1,"A "B" hall",coal,5,existing', 'r1,"A,coal,5,existing'])
def test_quotation_mark_that_ends_the_file_is_named_with_its_row(folder, row):
    found = folder(f"{POWER}r1,Z,coal,5,existing\n{row}\nr1,Y,coal,5,existing\n")
    assert ("IN-138", "power.csv!3") in codes(found)


def test_other_files_of_a_table_folder_are_named_one_message_a_kind(folder):
    found = folder(
        POWER + "r1,A,coal,5,existing\n",
        **{"old.xls": b"x", "b.ods": b"x", "plan.pdf": b"x", "~$a.xlsx": b"x", ".hidden": b"x"},
    )
    said = [dict(one.args)["files"] for one in found.problems if one.code == "IN-132"]
    assert sorted(said) == ["b.ods, old.xls", "plan.pdf"]
    assert codes(found) == []


def test_sheet_of_the_form_in_another_format_is_an_error(folder):
    found = folder(POWER + "r1,A,coal,5,existing\n", **{"sites.tsv": "a\tb\n"})
    assert [code for code, _ in codes(found)] == ["IN-132"]


def test_other_files_of_a_workbook_folder_are_named(tmp_path, region_book, knowledge):
    (tmp_path / "a.xlsx").write_bytes(region_book().read_bytes())
    for name in ("power.csv", "heze.et", "letter.docx"):
        (tmp_path / name).write_bytes(b"x")
    settings = load_settings({"paths": [str(tmp_path)]}, date(2026, 1, 1), {})
    assert [path.name for path in settings.inputs] == ["a.xlsx"]
    found = read_submission(settings.inputs, knowledge, folders=settings.folders)
    said = {dict(one.args)["files"] for one in found.problems if one.code == "IN-132"}
    assert said == {"power.csv", "heze.et", "letter.docx"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such name")
def test_file_name_in_another_encoding_is_one_line(tmp_path, region_book, knowledge):
    only = tmp_path / Path(os.fsdecode(b"r\xf6gion.xlsx"))
    only.write_bytes(region_book().read_bytes())
    found = read_submission([only], knowledge)
    assert [str(one.origin) for one in found.problems if one.code == "IN-134"] == [
        "r\\xf6gion.xlsx"
    ]
    assert len(found.regions) == 1
    for one in found.problems:
        str(one.origin).encode()


def test_parquet_columns_of_every_kind_are_read_or_named(tmp_path, knowledge):
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    (tmp_path / "region.csv").write_text(REGION.format("CN", "CNY"), encoding="utf-8")
    frame = pd.DataFrame(
        {
            "Region": ["r1"], "Name (English)": pd.Categorical(["A"]), "Kind": ["coal"],
            "Capacity": [Decimal("12.50")], "Status": ["existing"], "Note": [2**53 + 1],
        }
    ).set_index("Region")  # fmt: skip
    frame.to_parquet(tmp_path / "power.parquet")
    found = read_submission([tmp_path], knowledge)
    assert codes(found) == []
    (point,) = found.regions[0].power
    assert point.capacity_mw.value == 12.5
    frame["Note"] = [["a", "b"]]
    frame.to_parquet(tmp_path / "power.parquet")
    assert codes(read_submission([tmp_path], knowledge)) == [("IN-117", "power.parquet")]
