"""A unit counts wherever it stands: in its own column, behind a label, in the cell."""

from pathlib import Path

import pytest

from generator.intake import read_submission

HERE = Path(__file__).parent
POINT = {"name_zh": "一号变电站", "kind": "connection point", "status": "existing"}


@pytest.fixture
def read(region_book, knowledge):
    return lambda **changes: read_submission([region_book(**changes)], knowledge)


def errors_of(found):
    return [(one.code, str(one.origin)) for one in found.problems if one.severity == "error"]


def test_unit_column_of_a_csv_file_counts(knowledge):
    found = read_submission([HERE / "F1_unit_column_ignored_csv"], knowledge)
    limits = {one.resource: one.amount.value for one in found.regions[0].limits}
    # 2.5 亿元 is 250 million yuan; 0.0045 GW is 4.5 MW.
    assert (limits["capex"], limits["it_load_mw"]) == (250, 4.5)


def test_unit_column_counts_beside_a_number_stored_as_text(knowledge):
    found = read_submission([HERE / "F1_unit_column_ignored_text_number.xlsx"], knowledge)
    read_as = {str(done.origin): done.value for done in found.conversions
               if done.rule == "written_unit"}  # fmt: skip
    # 16719.5 亿元 is 1671.95 billion yuan; racks in kg are none.
    assert read_as == {"Limits!C2": "250", "Limits!C4": "4.5", "Measures!C3": "1671.95"}
    assert errors_of(found) == [("IN-206", "Limits!D5")]


LIMITS = [
    # resource, amount, unit, what it comes to
    ("capex", "2.5", "亿元", 250),
    ("capex", 2.5, "亿元", 250),
    ("capex", "2,500", "万元", 25),
    ("capex", "2.5亿元", "亿元", 250),
    ("capex", "250百万元", "亿元", "IN-247"),
    ("capex", 250, "元", "IN-249"),
    ("capex", 250, "MW", "IN-206"),
    ("capex", 250, "US$ million", "IN-206"),
    ("capex (亿元)", 2.5, None, 250),
    ("capital (亿元)", "2.5", "万元", "IN-248"),
    ("电网容量（万千瓦）", 8, None, 80),
    ("grid capacity, kW", 80_000, None, 80),
    ("grid capacity", 80, None, 80),
    ("grid capacity, MVA", 80, None, "IN-206"),
    ("grid_mw", "80", "MVA", "IN-206"),
    ("grid_mw", "约80", "MW", "IN-204"),
    ("grid_mw", "80 MWh", "MW", "IN-206"),
    ("racks", "0.5", "万架", 5000),
    ("dev_fte", "1.2", "千人", 1200),
]


@pytest.mark.parametrize(("resource", "amount", "unit", "expected"), LIMITS)
def test_limit_is_read_in_its_stated_unit_or_refused_once(read, resource, amount, unit, expected):
    found = read(limits=[{"resource": resource, "amount": amount, "unit": unit}])
    if isinstance(expected, str):
        assert [code for code, _ in errors_of(found)] == [expected]
    else:
        assert errors_of(found) == []
        assert found.regions[0].limits[0].amount.value == pytest.approx(expected, rel=1e-12)


def test_two_units_that_disagree_are_named_with_both_readings(read):
    found = read(limits=[{"resource": "capex", "amount": "250百万元", "unit": "亿元"}])
    (one,) = [one for one in found.problems if one.code == "IN-247"]
    # In millions: 250 million yuan, or 250 亿 yuan.
    assert (dict(one.args)["own"], dict(one.args)["stated"]) == ("250", "25000")


def test_low_and_high_ends_take_the_unit_of_their_row(read):
    row = {
        "criterion": "gdp",
        "value": "2400",
        "value_low": "2300",
        "value_high": 2500,
        "unit": "亿元",
    }
    fact = read(measures=[row]).regions[0].figures["gdp"]
    assert (fact.low, fact.value, fact.high) == (230, 240, 250)


def test_unit_that_cannot_apply_is_refused_once_at_its_cell(read):
    row = {"criterion": "gdp", "value": "2400", "value_low": "x", "value_high": 2500, "unit": "MW"}
    assert errors_of(read(measures=[row])) == [("IN-206", "指标!F2")]


@pytest.mark.parametrize(
    ("criterion", "value"), [("常住人口（万人）", 300), ("population, thousand", 3000)]
)
def test_unit_behind_the_name_of_a_measure_counts(read, criterion, value):
    found = read(measures=[{"criterion": criterion, "value": value}])
    assert errors_of(found) == []
    assert found.regions[0].figures["population"].value == 3_000_000


def test_unit_at_the_end_of_a_records_name_is_asked_about(read):
    power = [{**POINT, "name_zh": "一号变电站（万千瓦）", "spare_mw": 6}]
    found = read(power=power)
    assert errors_of(found) == [("IN-251", "电力!B2")]
    (one,) = [one for one in found.problems if one.code == "IN-251"]
    assert (dict(one.args)["value"], dict(one.args)["other"]) == ("6", "60")


@pytest.mark.parametrize("name", ["一号变电站（北）", "Plant (MW)", "二号机（A）"])
def test_other_words_in_brackets_are_a_name(read, name):
    assert errors_of(read(power=[{**POINT, "name_zh": name, "spare_mw": 6}])) == []


MONEY = [
    ("CN", "CNY", "0.56 元/kWh", 0.56),
    ("CN", "CNY", "$0.08/kWh", "IN-206"),
    ("CN", "CNY", "¥0.56/kWh", 0.56),
    ("US-TX", "USD", "$0.08/kWh", 0.08),
    ("US-TX", "USD", "8 ¢/kWh", 0.08),
    ("US-TX", "USD", "80 US$/MWh", 0.08),
    ("US-TX", "USD", "0.56 元/kWh", "IN-206"),
    ("US-TX", "USD", "8 ct€/kWh", "IN-203"),
    ("KZ", "KZT", "25 тг/кВт·ч", 25),
    ("DE", "EUR", "80 €/MWh", 0.08),
    ("DE", "EUR", "80 $/MWh", "IN-206"),
]


@pytest.mark.parametrize(("jurisdiction", "currency", "price", "expected"), MONEY)
def test_only_the_regions_currency_counts(read, jurisdiction, currency, price, expected):
    found = read(jurisdiction=jurisdiction, currency=currency, cny_per_unit=0.0136, rate_on="2026-01-02",
                 rate_source="x", power=[{**POINT, "price": price}], institutions=[], industry=[])  # fmt: skip
    if isinstance(expected, str):
        assert [code for code, _ in errors_of(found)] == [expected]
    else:
        assert errors_of(found) == []
        assert found.regions[0].power[0].price.value == pytest.approx(expected)


def test_money_of_a_limit_in_another_currency_is_refused(read):
    row = {"resource": "capex", "amount": "12", "unit": "million USD"}
    assert errors_of(read(limits=[row])) == [("IN-206", "约束!C2")]


WORDS = [
    ("CN", "人民币", "CNY"), ("CN", "RMB", "CNY"), ("CN", "元", "CNY"), ("CN", "yuan", "CNY"),
    ("CN", "人民币（元）", "CNY"), ("US-TX", "US$", "USD"), ("US-TX", "dollars", "USD"),
    ("US-TX", "US dollars", "USD"), ("DE", "Euro", "EUR"), ("DE", "€", "EUR"), ("KZ", "тенге", "KZT"),
    ("CN", "cny", "CNY"),
]  # fmt: skip


@pytest.mark.parametrize(("jurisdiction", "written", "code"), WORDS)
def test_currency_in_words_is_read_as_its_code(read, jurisdiction, written, code):
    found = read(jurisdiction=jurisdiction, currency=written, cny_per_unit=1, power=[], industry=[])
    assert errors_of(found) == []
    assert found.regions[0].currency == code


@pytest.mark.parametrize("written", ["dollars", "kr", "doubloons"])
def test_currency_that_may_be_several_is_asked_for_once(read, written):
    found = read(currency=written)
    assert errors_of(found) == [("IN-227", "地区!K2")]
    assert not [one for one in found.problems if one.code in {"IN-301", "IN-302"}]
