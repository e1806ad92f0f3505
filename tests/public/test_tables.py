"""Kinds of mistakes that published tables bring along, each in a small table of its own."""

import csv

import pytest

from generator.intake import load_texts, read_submission

REGION = ["Region", "Name (English)", "Jurisdiction", "Administrative code", "Currency"]


@pytest.fixture
def noticed(tmp_path, knowledge):
    """What is said of a sheet of one region: code and cell to the messages' arguments."""

    def read(sheet, headers, *rows, place="DE", currency="EUR", separator=","):
        region = ["r1", "Town", place, "1", currency]
        for name, lines in (("region", [REGION, region]), (sheet, [headers, *rows])):
            with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                csv.writer(file, delimiter=separator).writerows(lines)
        found = read_submission([tmp_path], knowledge)
        told = {
            (one.code, one.origin.cell): {**dict(one.args), "severity": one.severity}
            for one in found.problems
            if one.origin.file == f"{sheet}.csv" and one.code != "IN-312"
        }
        return told, found

    return read


POWER = ["Region", "Name", "Kind", "Capacity (MW)", "Status"]


def plant(name, mw, kind="coal"):
    return ["r1", name, kind, mw, "existing"]


def test_a_plant_above_its_units_is_refused_as_their_sum(noticed):
    told, _ = noticed("power", POWER, plant("Weir", 730), plant("Weir B1", 365), plant("Weir B2", 365),
                      plant("Ford", 90), plant("Mill", 55))  # fmt: skip
    assert list(told) == [("IN-270", "D2")]
    assert (told["IN-270", "D2"]["first"], told["IN-270", "D2"]["last"]) == ("3", "4")


def test_a_plant_above_some_of_its_units_is_asked_about(noticed):
    told, _ = noticed(
        "power", POWER, plant("Weir", 1200), plant("Weir B1", 365), plant("Weir B2", 365)
    )
    assert [(key, one["severity"]) for key, one in told.items()] == [(("IN-271", "D2"), "warning")]


def test_units_of_one_plant_without_a_row_of_the_whole_pass(noticed):
    told, _ = noticed(
        "power", POWER, plant("Weir", 365), plant("Weir 2", 370), plant("Weir 3", 380)
    )
    assert told == {}


INDUSTRY = ["Region", "Industry code", "Employment", "Year"]


def test_a_zero_beside_a_mark_for_what_is_not_disclosed_is_no_zero(noticed):
    told, found = noticed(
        "industry", [*INDUSTRY, "disclosure_code"], ["r1", "10", 0, 2020, "N"], ["r1", "11", 120, 2020, ""],
        ["r1", "13", 0, 2020, "N"], ["r1", "14", 0, 2020, ""],
    )  # fmt: skip
    assert list(told) == [("IN-272", "C2")]
    assert told["IN-272", "C2"]["cells"] == "C2, C4"
    assert found.regions == ()


@pytest.mark.parametrize("header", ["flag", "OBS_STATUS", "footnote", "标志", "n"])
def test_a_number_beside_a_flag_is_asked_about_with_the_other_such_numbers(noticed, header):
    rows = [
        ["r1", f"{code}", 100 + code, flag]
        for code, flag in ((10, "e"), (11, ""), (13, ""), (14, ""))
    ]
    told, _ = noticed("industry", ["Region", "Industry code", "Employment", header], *rows)
    assert [(key, one["cells"]) for key, one in told.items()] == [(("IN-273", "C2"), "C2")]


def test_a_column_of_usual_marks_only_is_named_and_nothing_asked(noticed):
    rows = [["r1", f"{code}", 100 + code, "A"] for code in (10, 11, 13)]
    told, _ = noticed("industry", ["Region", "Industry code", "Employment", "OBS_STATUS"], *rows)
    assert list(told) == [("IN-106", "D1")]


@pytest.mark.parametrize("unit", ["THS_PER", "thousand persons", "千人"])
def test_a_unit_beside_the_form_counts_for_the_numbers_it_can_be_of(noticed, unit):
    rows = [["r1", "10", 12.345, unit, 2020], ["r1", "11", 3.5, unit, 2020]]
    told, found = noticed(
        "industry", ["Region", "Industry code", "Employment", "unit", "Year"], *rows
    )
    assert list(told) == [("IN-274", "D2")]
    assert [one.employment.value for one in found.regions[0].industry] == [12345, 3500]
    assert [one.found for one in found.conversions] == [f"12.345 {unit}", f"3.5 {unit}"]


def test_a_unit_beside_the_form_that_fits_no_number_is_refused(noticed):
    told, _ = noticed(
        "power", [*POWER, "Unit"], [*plant("Weir", 365), "MWh"], [*plant("Ford", 90), "MW"]
    )
    assert [(key, one["severity"]) for key, one in told.items()] == [(("IN-275", "F2"), "error")]


def test_a_generating_unit_is_no_unit_of_measure(noticed):
    told, _ = noticed(
        "power", [*POWER, "Unit"], [*plant("Weir", 365), "B1"], [*plant("Ford", 90), "B2"]
    )
    assert list(told) == [("IN-106", "F1")]


@pytest.mark.parametrize(
    ("code", "instead"), [("B-E", "B, C, D, E"), ("M_N", "M, N"), ("BDE", "B, D, E")]
)
def test_a_group_of_sections_is_named_with_its_sections(noticed, code, instead):
    told, _ = noticed("industry", INDUSTRY, ["r1", code, 900, 2020], ["r1", "14", 90, 2020])
    assert told["IN-276", "B2"]["instead"] == instead


@pytest.mark.parametrize("code", ["WZ08-10", "NACE_R2 10", "CPA_10"])
def test_the_name_of_a_classification_before_a_code_is_read_over(noticed, code):
    _, found = noticed("industry", INDUSTRY, ["r1", code, 900, 2020])
    assert found.regions[0].industry[0].code == "10"


@pytest.mark.parametrize(
    ("written", "code", "instead"),
    [("442", "IN-277", "449"), ("511", "IN-277", "513"), ("4481", "IN-277", "458"),
     ("454", "IN-277", "449, 459"), ("99", "IN-278", ""), ("999999", "IN-278", "")],
)  # fmt: skip
def test_a_code_of_an_older_naics_says_what_to_write(noticed, written, code, instead):
    told, _ = noticed("industry", INDUSTRY, ["r1", written, 90, 2020], place="US", currency="USD")
    assert list(told) == [(code, "B2")]
    assert told[code, "B2"].get("instead", "") == instead


def test_a_second_header_row_in_another_language_is_one_message(noticed):
    told, _ = noticed("power", POWER, ["", "Laitos", "Tyyppi", "Teho", "Tila"], plant("Weir", 365))
    assert list(told) == [("IN-281", "2")]


def test_a_note_under_the_table_is_one_message(noticed):
    told, _ = noticed(
        "power", POWER, plant("Weir", 365), ["", "* without plants below 5 MW", "", "", ""]
    )
    assert list(told) == [("IN-163", "B3")]


def test_decimal_commas_of_a_whole_column_are_one_question(noticed):
    rows = [plant(f"{name} Mill", f"1{n}2,500") for n, name in enumerate("ABCDEF")]
    told, found = noticed("power", POWER, *rows, separator=";")
    assert [(key, one["cells"]) for key, one in told.items()] == [(("IN-205", "D2"), "D2–D7")]
    assert found.regions == ()


def test_coordinates_in_metres_are_one_question_a_column(noticed):
    rows = [
        [*plant(f"{name} Mill", 100 + n), 344107 + n, 388309 + n] for n, name in enumerate("ABCDEF")
    ]
    told, _ = noticed("power", [*POWER, "Latitude", "Longitude"], *rows)
    assert list(told) == [("IN-211", "F2"), ("IN-211", "G2")]
    assert told["IN-211", "F2"]["cause"] == "column"


@pytest.mark.parametrize("note", ["checked", "2024 figure, checked", "已核实"])
def test_a_note_that_says_checked_answers_the_question(noticed, note):
    told, _ = noticed(
        "power", [*POWER, "Note"], [*plant("Weir", 9000), note], [*plant("Ford", 90), ""]
    )
    assert told == {}


@pytest.mark.parametrize("note", ["not checked", "待核实", "from the register"])
def test_another_note_answers_nothing(noticed, note):
    told, _ = noticed(
        "power", [*POWER, "Note"], [*plant("Weir", 9000), note], [*plant("Ford", 90), ""]
    )
    assert list(told) == [("IN-319", "D2")]


def test_every_unit_that_would_do_is_named_with_its_number(noticed, root):
    rows = [["r1", code, people, 2020] for code, people in (("10", 5.5), ("11", 3.25), ("13", 1.4))]
    told, _ = noticed("industry", INDUSTRY, *rows)
    said = told["IN-320", "C2"]
    assert said["converted_en"] == "5500 (from thousand persons) or 55000 (from 10,000 persons)"
    assert "checked" in load_texts(root / "templates" / "strings.csv").table["problem.IN-320"]["en"]


def test_capacities_are_questioned_although_no_kind_could_be_read(noticed):
    rows = [plant(f"{name} Mill", 120_000 + n, "TV") for n, name in enumerate("ABCD")]
    told, _ = noticed("power", POWER, *rows)
    assert told["IN-320", "D2"]["likely_en"].startswith("kW")


def test_bits_are_bits_and_bytes_are_asked_about(noticed):
    headers = ["Region", "Name", "Exit bandwidth"]
    told, found = noticed("connectivity", headers, ["r1", "A", "400Mb/s"], ["r1", "B", "10Gb/s"])
    assert told == {}
    assert [one.backbone_gbps.value for one in found.regions[0].connectivity] == [0.4, 10]
    told, _ = noticed("connectivity", headers, ["r1", "A", "400MB/s"])
    assert list(told) == [("IN-206", "C2")]


def test_a_range_of_years_written_backwards_offers_the_later_one(noticed):
    told, _ = noticed("power", [*POWER, "As of"], [*plant("Weir", 365), "2010-2009"])
    assert told["IN-212", "F2"]["example"] == "2010"


@pytest.mark.parametrize("code", ["UK", "Norway"])
def test_a_jurisdiction_that_is_not_on_file_is_listed_against_all_that_are(
    noticed, knowledge, code
):
    _, found = noticed("power", POWER, plant("Weir", 365), place=code)
    told = next(dict(one.args) for one in found.problems if one.code == "IN-216")
    assert told.get("nearest_en", "") == ""
    assert set(told["listed_en"].split(", ")) == set(knowledge.jurisdictions)


def test_a_name_is_not_what_it_leaves_out(noticed):
    headers = ["Region", "Industry code", "Industry", "Employment"]
    told, _ = noticed("industry", headers, ["r1", "81", "Other services, except public administration", 80],
                      place="US", currency="USD")  # fmt: skip
    assert ("IN-353", "B2") not in told
