"""What a planner is told of a table: the column, the choices, one message for a row of totals."""

import pytest

from generator.intake import read_submission
from generator.intake.cells import Raw, read_cell
from generator.intake.columns import FORM_BY_KEY
from generator.problems import Origin

REGION = "region,name_en,jurisdiction,admin_code,currency\nnavarro,Navarro County,US-TX,48349,USD\n"
HEAD = "region,name_en,kind,capacity_mw,price,status,grade,source_en\n"


def read(tmp_path, knowledge, *rows, is_check=True):
    (tmp_path / "region.csv").write_text(REGION, encoding="utf-8")
    (tmp_path / "power.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return read_submission([tmp_path], knowledge, is_check=is_check)


def at(found, cell):
    return [one for one in found.problems if one.origin == Origin("power.csv", "", cell)]


def test_a_total_in_the_column_of_regions_is_one_message(tmp_path, knowledge):
    rows = ["navarro,A,gas,800,,existing,B,plan", "Total,,,1800,,,,", "合计,,,1800,,,,"]
    found = read(tmp_path, knowledge, *rows)
    noticed = [one for one in found.problems if one.origin.file == "power.csv"]
    assert [(one.code, one.origin.cell) for one in noticed] == [("IN-222", "A3"), ("IN-222", "A4")]


def test_every_cell_is_named_with_its_column(tmp_path, knowledge):
    found = read(tmp_path, knowledge, "nowhere,A,gas,80000,,existing,B,plan")
    codes = {one.code for one in found.problems}
    assert {"IN-216", "IN-301"} <= codes
    for one in found.problems:
        if one.origin.cell and one.origin.cell[0].isalpha():
            assert dict(one.args)["header_zh"], one


def test_a_blank_that_must_be_filled_says_with_what(tmp_path, knowledge):
    found = read(tmp_path, knowledge, "navarro,A,,800,,,B,plan")
    (kind,) = at(found, "C2")
    assert "connection point" in dict(kind.args)["listed_en"]
    (status,) = at(found, "F2")
    assert dict(status.args)["listed_en"] == "existing, under construction, planned"


def test_no_single_letter_is_taken_for_a_misspelt_word(tmp_path, knowledge):
    found = read(tmp_path, knowledge, "navarro,A,gas,800,,existing,E,plan")
    (grade,) = at(found, "G2")
    args = dict(grade.args)
    assert "nearest_en" not in args
    assert args["listed_zh"] == "A 实测、B 公开发布、C 估算、D 假设"


def test_regions_are_listed_by_code_and_name(tmp_path, knowledge):
    found = read(tmp_path, knowledge, "nowhere,A,gas,800,,existing,B,plan")
    assert dict(at(found, "A2")[0].args)["listed_en"] == "navarro (Navarro County)"


@pytest.mark.parametrize(
    ("place", "cell", "cause", "example"),
    [("power.price", "5.2c", "cents", "0.052"), ("power.price", "56 cents", "cents", "0.56"),
     ("power.price", "€0.5", "price", "0.5"), ("power.price", "0.5人民币", "price", "0.5"),
     ("region.mean_temperature_c", "55 F", "fahrenheit", "12.78"),
     ("region.mean_temperature_c", "55°F", "fahrenheit", "12.78"),
     ("power.spare_mw", "120※", None, "120"), ("region.population", "829万余", "about", "8290000")],
)  # fmt: skip
def test_money_degrees_and_marks_are_told_apart(place, cell, cause, example):
    sheet, key = place.split(".")
    column = next(one for one in FORM_BY_KEY[sheet].columns if one.key == key)
    args = dict(read_cell(Raw(Origin("x"), cell), column, {}).problem.args)
    assert (args.get("cause"), args["example"]) == (cause, example)


@pytest.mark.parametrize(
    ("cell", "example"),
    [("120+80 MW", "200"), ("120 kW+80 kW", "0.2"), ("120+80 kW", "12"), ("2亩+3亩", "12")],
)
def test_a_sum_is_worked_out_only_where_its_unit_is_sure(cell, example):
    column = next(one for one in FORM_BY_KEY["power"].columns if one.key == "spare_mw")
    assert dict(read_cell(Raw(Origin("x"), cell), column, {}).problem.args)["example"] == example


def test_conversions_carry_the_header_of_their_column(tmp_path, knowledge):
    rows = [f"navarro,P{n},gas,{n}000 kW,,existing,B,plan" for n in range(1, 4)]
    found = read(tmp_path, knowledge, *rows, is_check=False)
    own = [done for done in found.conversions if done.origin.file == "power.csv"]
    assert [done.header.text("en") for done in own] == ["Capacity"] * 3
