"""Every kind of refusal says what to write, and what it proposes is read without a remark."""

import pytest
from msgspec.structs import replace

from generator.intake.cell import Raw
from generator.intake.cells import read_cell
from generator.intake.columns import FORM, FORM_BY_KEY, Kind
from generator.intake.linked import kind_of
from generator.intake.refusals import example
from generator.problems import Origin
from generator.report.quality import problem_text

CELL = Origin("region.xlsx", "Power", "D17")
COLUMNS = {f"{sheet.key}.{column.key}": column for sheet in FORM for column in sheet.physical}
READ = (Kind.NUMBER, Kind.INTEGER, Kind.PERCENT, Kind.DATE, Kind.PERIOD, Kind.FLAG)
KINDS = {
    # code and cause to cells that must come to it
    ("IN-233", ""): ["D", "(D)", "S", "x", "*", "**", "保密", "略", "待定", "?", "/", "."],
    ("IN-234", ""): ["45 e", "12.3p", "1 234 b", "500*", "45 1)", "45 (e)", "45 [1]", "60MW*"],
    ("IN-120", ""): ["500①", "5²", "500₂", "60¹ MW"],
    ("IN-235", ""): ["12+3", "2×300", "2x300 MW", "2×60万千瓦", "1200 + 300", "=1+1", "4*5"],
    ("IN-236", ""): ["6MVA", "360kVA+720kVA", "4万千伏安"],
    ("IN-238", ""): ["(5.2)", "（5.2）", "(1,200)"],
    ("IN-239", ""): ["100/200", "100 (80)", "12; 15", "12、15", "12 15", "12 & 15", "10(20)MW", "12/13"],
    ("IN-240", ""): ["三百", "一百二十", "twelve", "three hundred and five", "IV"],
    ("IN-242", ""): ["12,34,567", "1.234.567"],
    ("IN-243", ""): ["1/2", "½", "2½", "3/4 MW"],
    ("IN-244", ""): ["–5", "—5", "- 5", "5-", "--5"],
    ("IN-203", "date"): ["2025-06-30", "30/06/2025"],
    ("IN-203", "time"): ["12:30", "8:15:00"],
    ("IN-203", "error"): ["#REF!", "#DIV/0!"],
    ("IN-203", "digits"): ["٦٠", "६०"],
    ("IN-203", "power"): ["1.2×10^3", "1.2×10³", "5*10^2"],
    ("IN-203", "unit"): ["12 foos", "1_000"],
    ("IN-203", "before"): ["PUE 1.3", "装机 60", "capacity: 60 MW"],
    ("IN-203", ""): ["nan", "inf", "foo", "n.v.t.", "="],
    ("IN-203", "points"): ["1.2.3", "52.200.96", "1.2.3 MW"],
    ("IN-204", "list"): ["Stage II, ISO 9001", "A1; B2"],
    ("IN-204", "about"): ["约500", "近500", "≥500", "<500", "~12", "≈12", "under 1.5", "up to 50", "500左右", "500多", "30余MW",
                          "500+", "500以上", "12±3", "约5万千瓦", "不少于300", "ca. 30", "1000 or more"],
    ("IN-204", "range"): ["3-5", "３－５", "3–5", "20-99", "3~5", "3～5", "3至5", "3到5", "3 to 5", "300kW~500kW", "5 - 6 MW", "3…5"],
    ("IN-204", "note"): ["500（规划）", "500(在建)", "500 MW (net)", "500 MW planned"],
    ("IN-204", "lines"): ["12\n15", "500\n(规划)"],
    ("IN-205", ""): ["1,2", "1.200,5", "1 234,5", "1,2 MW", "12,5 МВт"],
    ("IN-206", "energy"): ["50 MWh", "50万千瓦时", "50 度"],
    ("IN-206", "peak"): ["50 kWp", "50MWp"],
    ("IN-206", "thermal"): ["50 MWth"],
    ("IN-206", "percent"): ["12%", "12 percent"],
    ("IN-206", ""): ["12 EUR", "$12", "¥0.35", "10 t", "10 km", "3.5 million"],
}  # fmt: skip
OTHERS = [
    # column, cell, code, cause, the value that is proposed
    ("region.mean_temperature_c", "(5.2)", "IN-238", "", "5.2"),
    ("region.mean_temperature_c", "–5.2", "IN-244", "", "5.2"),
    ("region.mean_temperature_c", "41°F", "IN-206", "fahrenheit", "5"),  # (41 - 32) / 1.8
    ("region.population", "12,34,567", "IN-242", "", "1234567"),
    ("region.population", "1.034 Mio.", "IN-242", "point", "1034000000"),
    ("region.population", "1,034 тыс. чел.", "IN-205", "", None),
    ("region.population", "300 户", "IN-206", "households", None),
    ("region.population", "1000多万", "IN-204", "about", "10000000"),
    ("region.port_throughput", "300万TEU", "IN-206", "containers", None),
    ("region.port_throughput", "6.8 Mt", "IN-206", "tons", None),
    ("region.renewable_share", "5 pp", "IN-206", "points", None),
    ("region.grid_factor", "0.3-0.4", "IN-204", "range_exact", "0.35"),
    ("connectivity.backbone_gbps", "400 GB/s", "IN-206", "bytes", None),
    ("sites.grid_mva", "36 MW", "IN-236", "", "40"),  # 36 / 0.9
    ("data_centres.tier", "Tier III+", "IN-250", "", "3"),
    ("data_centres.tier", "Tier V", "IN-203", "", None),
    ("steps.cost", "35 元", "IN-249", "", None),
    ("region.gdp", "240 US$", "IN-249", "", None),
    ("industry.year", "2023-2024", "IN-204", "range_exact", None),
    ("weights.weight", "D", "IN-233", "required", None),
]


def args_of(column, value):
    found = read_cell(Raw(CELL, value), column, {}).problem
    assert found is not None, (column.key, value)
    return found.code, dict(found.args)


@pytest.mark.parametrize(
    ("kind", "cells"), KINDS.items(), ids=lambda part: "-".join(part) if part else ""
)
def test_each_kind_of_mistake_is_told_from_the_others(kind, cells):
    column = COLUMNS["power.spare_mw"]
    told = {cell: args_of(column, cell) for cell in cells}
    assert {
        cell: (code, args.get("cause", "")) for cell, (code, args) in told.items()
    } == dict.fromkeys(cells, kind)


@pytest.mark.parametrize(("place", "cell", "code", "cause", "value"), OTHERS)
def test_mistakes_of_single_columns(place, cell, code, cause, value):
    found, args = args_of(COLUMNS[place], cell)
    assert (found, args.get("cause", "")) == (code, cause)
    assert value is None or args["example"] == value


def test_proposed_value_is_the_cells_own_where_it_has_one():
    offers = {"45 e": "45", "360+720": "1080", "2×60万千瓦": "1200", "约5万千瓦": "50", "300kW~500kW": "0.4", "三百": "300",
              "1/2": "0.5", "1.2×10^3": "1200", "500 MW (net)": "500", "500 kW planned": "0.5"}  # fmt: skip
    column = COLUMNS["power.spare_mw"]
    assert {cell: args_of(column, cell)[1]["example"] for cell in offers} == offers


def typed_kinds(knowledge):
    """The columns that the typed sheets read their numbers by, for every criterion and resource."""
    for sheet in ("measures", "steps", "limits"):
        for column in FORM_BY_KEY[sheet].columns:
            names = {"measures", "criteria"} & {
                part.refers_to for part in FORM_BY_KEY[sheet].columns if part.key == column.typed_by
            }
            keys = (
                [*knowledge.criteria, "gdp", "population", "in_national_hub"]
                if names
                else knowledge.choices["limit"]
            )
            for key in keys if column.typed_by else ():
                kind = kind_of(column, key, knowledge)
                if kind is not None:
                    yield f"{sheet}.{column.key}={key}", kind


def test_every_example_of_every_refusal_is_read_in_its_own_column(knowledge, texts):
    columns = dict(typed_kinds(knowledge))
    assert len(columns) > 40
    columns |= {
        place: column
        for place, column in COLUMNS.items()
        if column.kind in READ and not column.typed_by
    }
    cells = [cell for group in KINDS.values() for cell in group]
    cells += [cell for _, cell, *_ in OTHERS] + [
        -1e9,
        1e15,
        0.5,
        True,
        "1e300",
        "Antes de 92",
        "2024-25",
        "Jun-25",
    ]
    wrong = []
    for place, column in columns.items():
        optional = replace(column, required=False)
        for cell in cells:
            reading = read_cell(Raw(CELL, cell), optional, {})
            if reading.problem is None:
                continue
            text = dict(reading.problem.args)["example"]
            again = read_cell(Raw(CELL, text), optional, {})
            if again.problem is not None or again.value is None:
                wrong.append((place, cell, text))
            for language in ("en", "zh-CN"):
                said = problem_text(reading.problem, texts, language)
                if "=" in said and "example=" in said:
                    wrong.append((place, cell, said))
    assert wrong == []


def test_every_number_column_has_an_example_within_its_bounds():
    for place, column in COLUMNS.items():
        if column.kind.is_number:
            number = float(example(column))
            assert column.low is None or number >= column.low, place
            assert column.high is None or number <= column.high, place


@pytest.mark.parametrize("mark", ["…", "...", "..", "n.a.", "N.A.", "NA", "n/a", "k. A.", "n.d.", "暂无", "不详", "未统计", "нет данных",
                                  "——", "－－", "－", "−", "--"])  # fmt: skip
def test_mark_that_nobody_knows_the_value_is_unknown_and_never_zero(mark):
    for place in ("power.spare_mw", "region.in_national_hub", "sites.closed_on", "power.as_of"):
        reading = read_cell(Raw(CELL, mark), COLUMNS[place], {})
        assert (reading.value, reading.problem) == (None, None), place


def test_mark_that_is_not_the_forms_own_is_logged():
    reading = read_cell(Raw(CELL, "暂无"), COLUMNS["power.spare_mw"], {})
    assert (reading.conversion.found, reading.conversion.rule) == ("暂无", "unknown_mark")
    assert read_cell(Raw(CELL, "—"), COLUMNS["power.spare_mw"], {}).conversion is None


def test_marks_stay_text_in_a_text_column():
    for text in ("NA", "...", "n.a.", "暂无"):
        assert read_cell(Raw(CELL, text), COLUMNS["power.name_en"], {}).value == text


LEVELS = {"Tier III": 3, "Uptime Tier IV": 4, "Uptime Institute Tier III": 3, "Rated-3": 3, "TIA-942 Rated-3": 3, "T3": 3,
          "三级": 3, "Ⅲ": 3, "III级": 3, "3级": 3, "Tier 2": 2, "tier iii (certified)": 3, "level 4": 4}  # fmt: skip


@pytest.mark.parametrize("written", LEVELS)
def test_level_is_read_however_operators_name_it(written):
    reading = read_cell(Raw(CELL, written), COLUMNS["data_centres.tier"], {})
    assert reading.value == LEVELS[written]
    assert reading.conversion is not None


@pytest.mark.parametrize("written", ["2024年末", "2024年底", "2024年", "2024年度", "2024"])
def test_year_column_takes_the_words_of_a_year(written):
    assert read_cell(Raw(CELL, written), COLUMNS["industry.year"], {}).value == 2024


def test_signs_of_every_shape_are_read():
    written = {"−5.2": -5.2, "－5.2": -5.2, "‐5.2": -5.2, "'12": 12, '"12"': 12, "“12”": 12, "1'200": 1200, "1’200": 1200,
               "1\u2009200": 1200, "1\u2005200": 1200, "215.36万": None}  # fmt: skip
    column = replace(COLUMNS["region.mean_temperature_c"], high=None, low=None)
    found = {text: read_cell(Raw(CELL, text), column, {}).value for text in written}
    assert found == written


HOSTILE = ["1 " * 16_000, "1," * 16_000, "(" * 32_000, "1" + " " * 32_000 + "x", "(a " * 10_000 + ")", "九" * 32_000, "-" * 32_000,
           "1'" * 16_000, "tier " * 6_000, "1.000" * 6_000, "\u0660" * 30_000, "一万" * 16_000]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_long_text_is_refused_and_keeps_no_pattern_busy(number):
    # Left to run into the limit of a whole test when a pattern tries every way to part the text.
    for place in (
        "power.spare_mw",
        "power.as_of",
        "data_centres.tier",
        "industry.year",
        "power.kind",
    ):
        assert read_cell(Raw(CELL, HOSTILE[number]), COLUMNS[place], {"coal (x)": "coal"}).problem
