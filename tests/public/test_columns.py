"""Totals and columns in another unit, as planners pasted them: refused or asked, never counted."""

from pathlib import Path

import pytest

from generator.intake import read_submission

CASES = Path(__file__).with_name("cases")


@pytest.fixture
def noticed(knowledge):
    """Code, severity and cell of everything said of a case, and the messages' arguments."""

    def read(name):
        found = read_submission([CASES / name], knowledge)
        said = [(one.code, one.severity, str(one.origin)) for one in found.problems]
        return said, [dict(one.args) for one in found.problems]

    return read


def test_totals_rows_of_every_language_are_refused_or_asked_about(noticed):
    said, _ = noticed("a32.xlsx")
    rows = {cell: (code, severity) for code, severity, cell in said}
    assert sorted(rows, key=lambda cell: int(cell[7:])) == [f"Power!B{n}" for n in range(2, 24)]
    doubtful = {cell for cell, told in rows.items() if told == ("IN-322", "warning")}
    assert doubtful == {"Power!B9", "Power!B16"}  # Total BUENOS AIRES; 其中：煤电
    assert {rows[cell] for cell in rows.keys() - doubtful} == {("IN-222", "error")}
    assert len(said) == len(rows)


def test_subtotals_that_equal_the_rows_above_are_named_with_those_rows(noticed):
    said, args = noticed("a33.xlsx")
    assert said == [("IN-313", "warning", "Power!E4"), ("IN-313", "warning", "Power!E7")]
    assert [(one["first"], one["last"]) for one in args] == [("2", "3"), ("5", "6")]


def test_each_impossible_figure_is_asked_about_once(noticed):
    said, _ = noticed("a35.xlsx")
    assert sorted(said) == [
        ("IN-319", "warning", "Industry!C2"),  # 43.32 persons
        ("IN-319", "warning", "Industry!C3"),  # more jobs than people
        ("IN-319", "warning", "Industry!D2"),  # 1200.5 persons
        ("IN-319", "warning", "Power!E2"),  # a plant of 80,801 MW
        ("IN-319", "warning", "Sites!D2"),  # a hall of 1.51 m²
        ("IN-319", "warning", "Workforce!D2"),  # 12.34 persons
    ]


def test_a_column_of_kilowatts_is_questioned_once_as_a_column(noticed):
    said, (args,) = noticed("s01_kw_column.xlsx")
    assert said == [("IN-320", "error", "Power!D2")]
    assert args["likely_en"] == "kW"
    assert args["likely_zh"] == "千瓦"
    assert (args["count"], args["total"], args["cells"]) == ("6", "8", "D2–D6, D9")
    assert (args["first"], args["converted_en"]) == ("319000", "319")


def test_hectares_pasted_as_square_metres_are_questioned_as_a_column(noticed):
    said, args = noticed("s03_hectares.xlsx")
    assert said[-1] == ("IN-320", "error", "Sites!D2")
    assert args[-1]["likely_en"] == "ha"
    assert (args[-1]["first"], args[-1]["converted_en"]) == ("1.5", "15000")
