"""The table of units against their definitions, worked out by hand in base units."""

from fractions import Fraction

import pytest

from generator.intake.columns import FORM
from generator.intake.units import (
    currencies,
    factor,
    is_bare_currency,
    known,
    mistake,
)

FOOT, INCH_PER_FOOT = Fraction("0.3048"), 12
YARD, MILE = 3 * FOOT, 5280 * FOOT
ACRE = 4840 * YARD**2
MU = Fraction(10_000, 15)
"""Fifteen mu to the hectare."""
POUND_KG = Fraction("0.45359237")
DEFINED = [
    # column unit, written unit, one of the written in the column's
    *[("MW", word, Fraction(1, 1000)) for word in ("kW", "KW", "千瓦", "кВт", "kWe")],
    *[("MW", word, 1) for word in ("MW", "MWe", "兆瓦", "МВт", "MW (e)", "mw ac")],
    *[("MW", word, 10) for word in ("万千瓦", "万kW", "万 千瓦")],
    *[("MW", word, 1000) for word in ("GW", "吉瓦", "百万千瓦")],
    ("MW", "亿千瓦", 10**5), ("MW", "W", Fraction(1, 10**6)), ("MW", "TW", 10**6),
    ("MVA", "kVA", Fraction(1, 1000)), ("MVA", "万千伏安", 10), ("MVA", "万kVA", 10), ("MVA", "GVA", 1000),
    ("kV", "V", Fraction(1, 1000)), ("kV", "千伏", 1),
    ("%", "‰", Fraction(1, 10)), ("%", "per cent", 1),
    ("kgCO2/kWh", "t/MWh", 1), ("kgCO2/kWh", "gCO₂/kWh", Fraction(1, 1000)),
    ("kgCO2/kWh", "吨/万千瓦时", Fraction(1000, 10_000)), ("kgCO2/kWh", "lb/MWh", POUND_KG / 1000),
    *[("currency/kW/year", word, 1) for word in ("元/千瓦·年", "元/kW/年", "CNY/kW/year", "$/kW-yr", "€/(kW·a)")],
    ("currency/kW/year", "元/千瓦·月", 12), ("currency/kW/year", "$/kW-month", 12),
    ("currency/kW/year", "万元/兆瓦·年", Fraction(10_000, 1000)), ("currency/kW/year", "元/MW/年", Fraction(1, 1000)),
    ("ms", "s", 1000), ("ms", "μs", Fraction(1, 1000)), ("Gbit/s", "Mbps", Fraction(1, 1000)),
    ("Gbit/s", "T", 1000),
    ("km", "m", Fraction(1, 1000)), ("km", "mi", MILE / 1000), ("km", "ft", FOOT / 1000),
    ("m2", "ha", 10_000), ("m2", "hm²", 10_000), ("m2", "公顷", 10_000), ("m2", "km²", 10**6), ("m2", "亩", MU),
    ("m2", "万亩", MU * 10_000), ("m2", "sq ft", FOOT**2), ("m2", "acres", ACRE), ("m2", "万㎡", 10_000),
    ("m3/day", "万吨/日", 10_000), ("m3/day", "L/d", Fraction(1, 1000)),
    ("hours", "h/a", 1), ("hours", "天", 24), ("minutes", "h/yr", 60), ("minutes", "分", 1),
    ("minutes", "分钟/户", 1),
    ("million t", "万吨", Fraction(10_000, 10**6)), ("million t", "亿吨", 100), ("million t", "kt", Fraction(1, 1000)),
    ("million t", "t/yr", Fraction(1, 10**6)), ("million t", "тыс. т", Fraction(1, 1000)),
    ("months", "年", 12), ("years", "个月", Fraction(1, 12)),
    ("persons", "万人", 10_000), ("persons", "万", 10_000), ("persons", "亿", 10**8), ("persons", "million", 10**6),
    ("persons", "thousand people", 1000), ("persons", "тыс. чел.", 1000), ("persons", "lakh", 10**5),
    ("FTE", "千人", 1000), ("count", "万架", 10_000), ("count", "k", 1000),
    ("m", "亿元", 100), ("m", "万元", Fraction(1, 100)), ("m", "bn", 1000), ("m", "Mrd. €", 1000),
    ("m", "'000 USD", Fraction(1, 1000)), ("m", "млн тенге", 1), ("m", "crore", 10), ("m", "m", 1),
    ("bn", "亿元", Fraction(1, 10)), ("bn", "万亿元", 1000), ("bn", "百万美元", Fraction(1, 1000)), ("bn", "Mio.", Fraction(1, 1000)),
    ("currency/kWh", "分/kWh", Fraction(1, 100)), ("currency/kWh", "元/度", 1), ("currency/kWh", "$/MWh", Fraction(1, 1000)),
    ("currency/kWh", "¢/kWh", Fraction(1, 100)), ("currency/kWh", "тенге/кВт·ч", 1), ("currency/kWh", "CNY per kWh", 1),
    ("currency/kWh", "元每千瓦时", 1), ("m2", "thousand hectares", 10**7), ("m2", "百万平方米", 10**6), ("MW", "10,000 kW", 10),
    ("bn", "100 million yuan", Fraction(1, 10)), ("m", "millions of tenge", 1), ("hours", "千小时", 1000),
    ("persons", "10 000 persons", 10_000), ("count", "thousand units", 1000),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "written", "expected"), DEFINED)
def test_written_unit_is_worth_what_its_definition_says(unit, written, expected):
    assert factor(unit, written) == pytest.approx(float(expected), rel=1e-12)


def test_every_unit_that_the_form_shows_is_the_columns_own():
    shown = [(column.unit, text) for sheet in FORM for column in sheet.physical
             for text in (column.unit, column.unit_text("zh-CN")) if column.unit]  # fmt: skip
    assert {pair for pair in shown if pair[1] and factor(*pair) != 1} == set()


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("MW", "MWh"), ("MW", "MVA"), ("MW", "MWp"), ("MW", "MWth"), ("MW", "度"), ("MW", "万千瓦时"), ("MW", "m"),
        ("MW", "million"), ("m2", "m"), ("m2", "h"), ("hours", "ha"), ("m", "ha"), ("°C", "°F"), ("persons", "户"),
        ("persons", "m2"), ("million t", "TEU"), ("million t", "Mt"), ("%", "pp"), ("currency/kWh", "元"),
        ("currency/kWh", "元/千瓦·月"), ("m", "元"), ("m", "元/kWh"), ("bn", "亿千瓦"), ("km", "million"), ("MVA", "MW"),
        ("years", "月/年"), ("MW", "foos"), ("MW", ""), ("MW", "10 kW"), ("kV", "1000 kV"), ("°C", "thousand °C"),
        ("m2", "k ha"), ("km", "mm"), ("bn", "2024"), ("%", "hundred %"),
    ],
)  # fmt: skip
def test_unit_of_something_else_is_not_converted(unit, written):
    assert factor(unit, written) is None


def test_letters_mean_what_their_column_measures():
    # m: million or metre; 度: degree or kWh; 分: minute, point or a hundredth of a yuan.
    assert (factor("m", "m"), factor("km", "m")) == (1, 0.001)
    assert (factor("°C", "度"), factor("currency/kWh", "元/度"), mistake("MW", "度")) == (
        1,
        1,
        "energy",
    )
    assert (factor("minutes", "分"), factor("points", "分"), factor("CNY", "分")) == (1, 1, 0.01)


def test_what_is_mistaken_for_a_unit_is_named():
    found = {
        "MWh": "energy",
        "亿千瓦时": "energy",
        "MVA": "apparent",
        "kWp": "peak",
        "MWth": "thermal",
        "%": "percent",
    }
    assert {written: mistake("MW", written) for written in found} == found
    assert (mistake("°C", "°F"), mistake("MW", "°F")) == ("fahrenheit", "")


def test_money_names_its_currency():
    assert currencies("m", "亿元") == ("CNY",)
    assert currencies("m", "亿") == ()
    assert currencies("currency/kWh", "本币/千瓦时") == ()
    assert set(currencies("currency/kWh", "¥/kWh")) == {"CNY", "JPY"}
    assert currencies("bn", "百万美元") == ("USD",)
    assert is_bare_currency("m", "美元")
    assert not is_bare_currency("m", "亿美元")


def test_words_that_are_no_unit_are_none():
    assert known("万千瓦")
    assert known("万人")
    assert known("MWh")
    assert not known("2024")
    assert not known("N-1")
