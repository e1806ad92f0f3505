"""What a cell shows by its number format, against what the format's rules say it shows."""

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from generator.intake import read_submission

REGION = [
    [
        "region",
        "name_en",
        "jurisdiction",
        "admin_code",
        "population",
        "gdp",
        "currency",
        "source_en",
    ],
    ["lucheng", "Lucheng", "CN", "140400", None, None, "CNY", "Bureau"],
]
POWER = ["region", "name_en", "kind", "status", "capacity_mw", "price", "source_en"]


@pytest.fixture
def outcome(tmp_path, knowledge):
    """The value, or the code of the error, of one Power cell; and the warnings."""

    def run(column, value, code="General", *, currency="CNY", font=None, name="P"):
        book = Workbook()
        region = book.active
        region.title = "Region"
        for row in REGION:
            region.append(row)
        region["G2"] = currency
        power = book.create_sheet("Power")
        power.append(POWER)
        power.append(["lucheng", name, "connection point", "existing", None, None, "Bureau"])
        cell = power.cell(2, POWER.index(column) + 1, value)
        cell.number_format = code
        if font is not None:
            cell.font = font
        path = tmp_path / "region.xlsx"
        book.save(path)
        found = read_submission([path], knowledge)
        errors = {one.code for one in found.problems if one.severity == "error"}
        warnings = {one.code for one in found.problems if one.severity == "warning"}
        if errors:
            return errors, warnings
        held = getattr(found.regions[0].power[0], column)
        return None if held is None else held.value, warnings

    return run


@pytest.mark.parametrize(
    ("code", "stored", "expected"),
    [
        ('0"万千瓦"', 12, 120),
        ('0!.0,"万千瓦"', 123450, 123.45),
        ('0\\.0,"万千瓦"', 123450, 123.45),
        ('0"."0000"万千瓦"', 123450, 123.45),
        ('[>=10000]0!.0,"万千瓦";0', 123450, 123.45),
        ("# ??/16", 12.5, 12.5),
        ("Standard", 12, 12),
        ('0.0" GW"', 1.2, 1200),
        ('#,##0,"MW"', 90000, 90),
        ('General" MW"', 5, 5),
        ('#,##0" kW"', 5000, 5),
        ('0\\ "MW"', 3, 3),
        ('[>=1000]0.0,"GW";0"MW"', 5, 5),
        ("#,##0.00", 1234.5678, 1234.5678),
        ("0.00E+00", 500, 500),
        ("# ?/?", 0.5, 0.5),
        ("0000", 12, 12),
        ("0.0_);(0.0)", 7, 7),
        ("#,##0_);[Red](#,##0)", 7, 7),
        (41, 7, 7),
        ("@", 7, 7),
    ],
)
def test_number_is_read_as_it_is_shown(outcome, code, stored, expected):
    if code == 41:
        code = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '
    assert outcome("capacity_mw", stored, code)[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("code", "stored"),
    [
        ('0" MWh"', 50), ("0,", 90000), ("0.0,,", 5e6), ('0.0,,"M"', 5e6), (";;;", 300),
        ('"—"', 300), ('"约"0', 500), ('0"%"', 30), ("0‰", 30), ("$#,##0", 300), ('0"(规划)"', 300),
        ('"-"0', 300), ('0"台"', 3), ("[$¥-804]#,##0", 300), ("000-0000", 1234567),
    ],
)  # fmt: skip
def test_number_whose_format_adds_what_the_column_is_not_is_refused(outcome, code, stored):
    assert isinstance(outcome("capacity_mw", stored, code)[0], set)


def test_dash_or_nothing_shown_for_zero_is_zero_and_said(outcome):
    for code in ('0;-0;"-"', "0;-0;;@", '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"??_ ;_ @_ '):
        value, warnings = outcome("capacity_mw", 0, code)
        assert (value, "IN-125" in warnings) == (0, True), code


@pytest.mark.parametrize("code", ["[$¥-804]#,##0.00", '"¥"0.00', "￥0.00", '0.00" CNY"'])
def test_sign_of_the_regions_currency_is_decoration(outcome, code):
    assert outcome("price", 0.56, code)[0] == 0.56


@pytest.mark.parametrize(
    "code", ["$0.00", "[$€-2] 0.00", "[$¥-411]0.00", '0.00" ₸"', '0.00" 美元"']
)
def test_sign_of_another_currency_is_refused(outcome, code):
    assert outcome("price", 0.56, code)[0] == {"IN-206"}


def test_dollars_are_read_where_the_region_counts_in_them(outcome):
    assert outcome("price", 0.06, "$0.00", currency="USD")[0] == 0.06
    assert outcome("price", 0.06, "[$¥-804]0.00", currency="USD")[0] == {"IN-206"}


def test_struck_part_of_a_number_is_refused_and_a_struck_cell_named(outcome):
    part = CellRichText("12", TextBlock(InlineFont(strike=True), "0"))
    assert outcome("capacity_mw", part)[0] == {"IN-121"}
    value, warnings = outcome("capacity_mw", 120, font=Font(strike=True))
    assert value == 120
    assert "IN-122" in warnings


def test_lowered_and_raised_figures_never_join_the_number(outcome):
    for place in ("superscript", "subscript"):
        mark = CellRichText("177", TextBlock(InlineFont(vertAlign=place), "2"))
        assert outcome("capacity_mw", mark)[0] == {"IN-120"}
    for written in ("1772²", "45¹", "①500", "500₂"):
        assert outcome("capacity_mw", written)[0] == {"IN-120"}, written


def test_footnote_mark_behind_a_name_is_kept_apart_and_said(outcome):
    mark = CellRichText("North", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    assert "IN-123" in outcome("capacity_mw", 5, name=mark)[1]
    assert "IN-123" not in outcome("capacity_mw", 5, name="Hall of 500 m²")[1]
