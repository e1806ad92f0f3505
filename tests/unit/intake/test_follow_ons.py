"""One message for one mistake: nothing is said that follows from what has been refused."""

import pytest

from generator.intake import read_submission
from generator.intake.answers import meant, split_unit

POINT = {"name_zh": "一号变电站", "kind": "connection point", "status": "existing"}
ENDS = {"spare_mw_low": 50, "spare_mw_high": 61}


@pytest.fixture
def said(region_book, knowledge):
    """Codes and cells of all problems of a small workbook, without those it has when untouched."""

    def build(**changes):
        found = read_submission([region_book(**changes)], knowledge)
        return [(one.code, str(one.origin)) for one in found.problems]

    return build


def test_refused_value_leaves_its_ends_alone(said):
    assert said(power=[{**POINT, "spare_mw": "约60", **ENDS, "source_zh": "x"}]) == [
        ("IN-204", "电力!E2")
    ]


def test_value_out_of_bounds_is_said_once(said):
    assert said(power=[{**POINT, "spare_mw": 1e6, **ENDS, "source_zh": "x"}]) == [
        ("IN-211", "电力!E2")
    ]


def test_required_value_that_is_blank_is_said_once(said):
    row = {"criterion": "gdp", "value": None, "value_low": 230, "source_zh": "x"}
    assert said(measures=[row]) == [("IN-201", "指标!C2")]


def test_refused_name_is_not_called_blank_as_well(workbook, knowledge):
    region = """
        | region | name_en | jurisdiction | admin_code | currency |
        | lucheng | Lucheng | CN | "140400" | CNY |
        """
    power = [
        ["region", "name_en", "kind", "status"],
        ["lucheng", "=1+", "connection point", "existing"],
    ]
    path = workbook({"Region": region, "Power": power})
    found = read_submission([path], knowledge)
    assert [one.code for one in found.problems] == ["IN-209"]


def test_refused_region_code_is_not_said_again_in_every_row(said):
    rows = [{**POINT, "region": "lucheng", "name_zh": name} for name in ("一号", "二号")]
    others = (
        "data_centres",
        "workforce",
        "connectivity",
        "industry",
        "institutions",
        "sites",
        "limits",
    )
    found = said(region="=1+", power=rows, **{key: [] for key in others})
    assert found == [("IN-209", "地区!A2")]


def test_region_that_is_not_on_the_list_is_still_named(said):
    assert ("IN-216", "电力!A2") in said(power=[{**POINT, "region": "elsewhere"}])


def test_refused_rate_is_not_called_missing_as_well(said):
    found = said(
        currency="USD", jurisdiction="US-TX", cny_per_unit="约7.1", power=[], industry=[], limits=[]
    )
    assert [code for code, _ in found] == ["IN-204"]


def test_refused_currency_is_said_once(said):
    assert [code for code, _ in said(currency="doubloons")] == ["IN-227"]


def test_price_in_another_currency_is_not_called_too_high_as_well(said):
    found = said(power=[{**POINT, "price": "$12/kWh", "source_zh": "x"}])
    assert found == [("IN-206", "电力!E2")]


def test_refused_weight_does_not_break_the_sum_as_well(said):
    rows = [{"stakeholder_zh": "部门", "benefit": "B02", "weight": "40多"},
            {"stakeholder_zh": "部门", "benefit": "B10", "weight": 30}]  # fmt: skip
    assert said(weights=rows) == [("IN-204", "权重!D2")]


def test_unknown_measure_is_said_once(said):
    row = {"criterion": "天气", "value": "约3", "value_low": 2, "unit": "foos", "source_zh": "x"}
    assert said(measures=[row]) == [("IN-216", "指标!B2")]


KINDS = {"connection point": "connection point", "接入点": "connection point", "coal": "coal", "燃煤": "coal",
         "“挖矿”": "mining", "capital": "capex", "grid capacity, mw": "grid_mw", "电网容量(兆瓦)": "grid_mw",
         "a": "A", "b": "B"}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("Connection points", "connection point", ""), ("connection-point", "connection point", ""),
        ("connection_point.", "connection point", ""), ("接入点：", "connection point", ""), ("（燃煤）", "coal", ""),
        ("挖矿", "mining", ""), ("Ｃｏａｌ ", "coal", ""), ("(A)", "A", ""), ("grid capacity (kW)", "grid_mw", "kW"),
        ("电网容量（万千瓦）", "grid_mw", "万千瓦"), ("Grid capacity", "grid_mw", ""), ("capital, 亿元", "capex", "亿元"),
    ],
)  # fmt: skip
def test_word_of_a_list_is_read_past_punctuation_plural_and_unit(written, value, unit):
    assert meant(written, KINDS) == (value, unit)


@pytest.mark.parametrize(
    "written", ["A+", "B?", "A-B", "coal gas", "conection point", "...", "no coal", "a*"]
)
def test_word_that_says_something_else_is_not_read(written):
    assert meant(written, KINDS) == (None, "")


def test_unit_behind_a_label_is_only_one_that_is_known():
    assert split_unit("Spare capacity (万千瓦)") == ("Spare capacity", "万千瓦")
    assert split_unit("总人口，万人") == ("总人口", "万人")
    assert split_unit("Plant (north)") == ("Plant (north)", "")
