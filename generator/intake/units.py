"""The closed table of units that planners write beside a number.

Factors turn the written unit into the unit of a column, wherever it is written: in a cell, a header,
a line above a table. A unit that is not here is not guessed. The table is built by hand from the
definitions of the units; money is put together from its words in `money`, and what is counted or
measured from the same words for how many.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generator.intake import money
from generator.intake.money import LETTERS, SCALES, Money, amount, either, price, rent

_AREA = {
    1: "m2, sqm, square metres, square meters, 平方米, 平米", 1e6: "km2, sqkm, 平方公里, 平方千米",
    1e4: "ha, hm2, hectare, hectares, 公顷, га", 10000 / 15: "亩", 0.09290304: "sq ft, sqft, ft2, square feet, 平方英尺",
    4046.8564224: "acre, acres, 英亩",
}  # fmt: skip
_BY_UNIT: dict[str, dict[float, str]] = {
    "MW": {
        1e-6: "w, 瓦",
        1e-3: "kw, kwe, kwel, 千瓦, kilowatt, kilowatts, квт",
        1: "mw, mwe, mwel, mw(e), mwac, mw(ac), 兆瓦, megawatt, megawatts, мвт, тыс квт",
        1e3: "gw, gwe, 吉瓦, gigawatt, gigawatts, гвт",
        1e6: "tw",
    },
    "kV": {1e-3: "v, 伏, volt, volts, в", 1: "kv, 千伏, kilovolt, kilovolts, кв"},
    "MVA": {1e-3: "kva, 千伏安, ква", 1: "mva, 兆伏安, мва", 1e3: "gva"},
    "%": {
        1: "%, percent, per cent, pct, pc, percentage, 百分比, 个百分比",
        0.1: "‰, permille, per mille",
    },
    "kgCO2/kWh": {
        1: "kgco2/kwh, kgco2e/kwh, kgco2eq/kwh, kg/kwh, 千克二氧化碳/千瓦时, 公斤/千瓦时, 千克/千瓦时, tco2/mwh, tco2e/mwh, t/mwh, "
        "吨二氧化碳/兆瓦时, 吨/兆瓦时, 吨二氧化碳/千千瓦时",
        1e-3: "gco2/kwh, gco2e/kwh, gco2eq/kwh, g/kwh, 克/千瓦时, 克二氧化碳/千瓦时, kgco2/mwh, kg/mwh",
        0.1: "tco2/万kwh, 吨/万千瓦时, 吨二氧化碳/万千瓦时",
        0.45359237e-3: "lb/mwh, lbco2/mwh, lbs/mwh",
        0.45359237: "lb/kwh, lbs/kwh",
    },
    "ms": {1: "ms, ms rtt, 毫秒, 毫秒(往返), мс", 1e3: "s, 秒, sec", 1e-3: "us, μs, 微秒"},
    "Gbit/s": {
        1: "gbit/s, gbps, g, 吉比特/秒",
        1e-3: "mbit/s, mbps, 兆比特/秒",
        1e-6: "kbit/s, kbps",
        1e3: "tbit/s, tbps, t, 太比特/秒",
    },
    "km": {
        1: "km, 公里, 千米, км, kilometres, kilometers",
        1e-3: "m, 米, м, metres, meters",
        1.609344: "mi, mile, miles, 英里",
        0.3048e-3: "ft, feet, 英尺",
    },
    "m2": _AREA,
    "m3/day": {
        1: "m3/day, m3/d, 立方米/日, 立方米/天, m3/天, m3/日, 方/天, 方/日, 吨/日, 吨/天, t/d, м3/сут",
        1e-3: "l/d, 升/日",
    },
    "°C": {1: "°c, oc, c, 度, 摄氏度, celsius, degc, 摄氏"},
    "hours": {
        1: "hours, hour, h, hr, hrs, 小时, 时, ч, h/a, h/yr, h/year, 小时/年, hours/year, 小时/户, 小时/户年",
        1 / 60: "min, minutes, 分钟",
        24: "days, 天, 日",
    },
    "minutes": {
        1: "minutes, minute, min, mins, 分钟, 分, мин, min/yr, min/a, min/year, minutes/year, 分钟/年, 分钟/户, 分钟/户年",
        60: "h, hr, hrs, hours, hour, 小时, ч, h/a, h/yr, h/year, 小时/年, 小时/户, 小时/户年",
        1 / 60: "s, sec, 秒",
    },
    "million t": {
        1: "million t, mt/yr, mt/a",
        1e-6: "t, 吨, tonnes, tonnen, t/yr, t/a, 吨/年, т",
        1e-3: "kt, kt/yr",
        1e3: "gt",
    },
    "months": {1: "months, month, mo, 月, 个月, мес", 12: "years, year, yr, yrs, 年"},
    "years": {1: "years, year, yr, yrs, a, 年, лет", 1 / 12: "months, month, 个月"},
    "year": {1: "year, 年, 年度, г, год"},
    "°": {1: "°, 度, deg, degrees"},
    "ratio": {1: "ratio, 比值, pue"},
    "points": {1: "points, point, 分, pts"},
    "CNY": {1: "cny, 元, rmb, yuan, 人民币, 人民币元, ¥, ¥-804", 0.01: "分, fen"},
    "level 1-4": {1: "级, level, 级(1—4), level 1-4"},
    "0/1": {1: "0/1, 0/1(否/是), 是/否, yes/no"},
    "persons": {
        1: "persons, person, per, nr, people, inhabitants, residents, employees, employed, workers, jobs, pers, 人, 名, 位, 口, 人口, 职工, "
        "чел, человек, personen, einwohner, habitants, personnes, personas, habitantes, pessoas"
    },
    "FTE": {
        1: "fte, ftes, full-time equivalents, persons, per, nr, people, 人, 名, 位, 人(全时当量), 全时当量, 人年, vzä, etp, employees, workers, jobs, чел"
    },
    "count": {
        1: "count, nr, racks, rack, cabinets, units, pcs, carriers, 架, 个, 家, 台, 机架, 标准机架, 机柜, 柜, шт"
    },
}
_MISTAKEN: dict[str, dict[str, str]] = {
    "energy": {
        "kWh": "kwh, 千瓦时, 千瓦小时, 度, 度电, квтч", "MWh": "mwh, megawatt hours, megawatt-hours, 兆瓦时, мвтч", "GWh": "gwh, 吉瓦时, 百万千瓦时, гвтч", "TWh": "twh, 十亿千瓦时",
        "10 MWh": "万千瓦时, 万度, 万kwh", "100 GWh": "亿千瓦时, 亿度, 亿kwh", "GJ": "gj, mj, tj, pj, 吉焦", "Gcal": "gcal, гкал, mcal",
        "mtoe": "mtoe, ktoe, toe, 吨标准煤, 万吨标准煤, tce, mtce",
    },
    "peak": {"kWp": "kwp, 千瓦峰", "MWp": "mwp, 兆瓦峰, mwdc, mw(dc), mwpeak", "GWp": "gwp, gwdc", "Wp": "wp"},
    "thermal": {"MWth": "mwth, mwt, mw(th), mw(t), kwth, gwth, 热兆瓦, 兆瓦(热)", "t/h": "t/h, 吨/时, 蒸吨"},
    "fahrenheit": {"°F": "°f, f, 华氏度, fahrenheit, degf, of"},
    "households": {"households": "households, household, hh, 户, 万户, 家庭"},
    "containers": {"TEU": "teu, teus, 标箱, 万标箱, 万teu, million teu, 标准箱, 万标准箱"},
    "tons": {"tons": "tons, ton, short tons, mt, million tons"},
    "points": {"pp": "pp, 个百分点, 百分点, percentage points, ppt"},
    "bytes": {"GB/s": "gb/s, gbyte/s, mb/s, tb/s"},
    "flow": {"m3/h": "m3/h, m3/a, m3/yr, l/s, 立方米/年, 万立方米/年, 立方米/小时, 吨/年, 万吨/年, mgd"},
    "reactive": {"Mvar": "mvar, kvar, 兆乏"},
    "horsepower": {"hp": "hp, ps, 马力"},
    "area": {"li": "里, 华里, 坪"},
}  # fmt: skip
"""Units that a number of some column is often given in by mistake, by what they are."""
_CONCERNED = {
    "peak": {"MW", "MVA"}, "thermal": {"MW", "MVA"}, "fahrenheit": {"°C"}, "households": {"persons", "FTE"},
    "containers": {"million t"}, "tons": {"million t"}, "points": {"%"}, "bytes": {"Gbit/s"},
}  # fmt: skip
"""The columns in which such a mistake has more to say than that the unit is another."""
_CONTINENTAL = re.compile("[а-яё]|^(?:mio|mrd|mld|md|tsd)|milliard|million(?:en|es)", re.IGNORECASE)
_TRADITIONAL = str.maketrans("萬億瓩時噸頃畝個戶電", "万亿瓩时吨顷亩个户电")
_BITS = re.compile(r"([KkMGT])b(?:/s|it/sec|ps|/sec)", re.ASCII)
"""A capital before a small b means bits; GB/s are bytes, and gb/s may be either."""
_SNAKED = re.compile(r"(?<=[a-z])_(?=[a-z])")
APPARENT = {"MW": "MVA", "MVA": "MW"}
"""Units of power that differ by a power factor, each with the other."""
_WHOLE = {"bn": 1e9, "m": 1e6}
"""What one of the unit of a column of money is, in whole currency."""
_PRICES = {"currency/kWh": price, "currency/kW/year": rent}
"""How a unit of money per something is read."""
MONEY = frozenset({*_WHOLE, *_PRICES})
"""Units of columns that hold money of the region."""
_COUNTED = frozenset({"persons", "FTE", "count"})
_AMOUNTED = _COUNTED | {"MW", "MVA", "m2", "km", "m3/day", "hours", "minutes", "million t"}
"""Units that are written by the thousand. Nobody does so with degrees; and 1000 kV is a voltage."""
_SHORT = frozenset({"k", "m", "mm", "md", "cr"})
"""Words for how many that are prefixes or units themselves: they count what can be counted only."""
_FIGURE = r"(?P<figure>10{0,2}(?:[, ]?000)*(?!\d))?\s*"
_SPACED, _JOINED = (
    re.compile(rf"{_FIGURE}(?P<word>(?:{either(SCALES)}){end})?\s*(?:of\s+)?(?P<rest>\D.*)?")
    for end in (rf"(?:(?<![{LETTERS}])|(?![{LETTERS}]))", "")
)
"""How many, and of what: `thousand MW`, 万kW; for what is counted also `kpersons` in one word."""
_LEAST = 1000
"""The least figure that is an amount by itself: `10 kW` is a size, `10,000 kW` is not."""


@lru_cache(maxsize=20_000)
def token(written: str) -> str:
    """A unit as the table spells it: small letters, no raised figures, no spaces or dots."""
    if _BITS.fullmatch(written.strip()):
        written = _BITS.sub(r"\1bit/s", written.strip())
    return "".join(
        char for char in _folded(written).translate(_TRADITIONAL) if char not in " .·⋅•∙・'’"
    )


def _folded(written: str) -> str:
    text = unicodedata.normalize("NFKC", written).lower().replace(" per ", "/").replace("每", "/")
    # THS_PER and MIO_EUR of Eurostat; but _000 is no thousand.
    return _SNAKED.sub("", text) if "_" in text else text


_TABLE = {
    unit: {token(word): factor for factor, words in parts.items() for word in words.split(", ")}
    for unit, parts in _BY_UNIT.items()
}
_WRONG = {
    token(word): (cause, name)
    for cause, names in _MISTAKEN.items()
    for name, words in names.items()
    for word in words.split(", ")
}


@lru_cache(maxsize=20_000)
def factor(unit: str, written: str) -> float | None:
    """What a number in the written unit is multiplied by to be in `unit`; None if not allowed."""
    known = _TABLE.get(unit, {}).get(token(written))
    if known is not None:
        return known
    if unit in MONEY:
        found = _money(unit, written)
        return None if found is None else found.scale
    return _amount(unit, written) if unit in _AMOUNTED else None


def _amount(unit: str, written: str, *, is_usual: bool = True) -> float | None:
    """万人, `thousand MW`, `10,000 persons`: how many, and of what; what is counted may be left out.

    Args:
        unit: The unit of the column.
        written: The written one.
        is_usual: Only amounts that can be meant; else any that can be worked out.
    """
    text = re.sub(r"['’]|\.(?!\d)", " ", _folded(written)).strip()
    patterns = (_SPACED, _JOINED) if unit in _COUNTED else (_SPACED,)
    matches = (pattern.fullmatch(text) for pattern in patterns)
    values = (_value(unit, match, is_usual=is_usual) for match in matches if match)
    return next((value for value in values if value is not None), None)


def _value(unit: str, match: re.Match[str], *, is_usual: bool) -> float | None:
    """A matched amount in a unit; None where it is none, or none of this unit."""
    figure = float(re.sub("[, ]", "", match["figure"] or "0"))
    word, rest = match["word"] or "", match["rest"] or ""
    if not word and figure < _LEAST:
        return None
    if unit not in _COUNTED and (not rest or (is_usual and word in _SHORT)):
        return None
    one = _TABLE[unit].get(token(rest)) if rest else 1.0
    return None if one is None else float(f"{(figure or 1.0) * SCALES.get(word, 1.0) * one:.12g}")


def _money(unit: str, written: str) -> Money | None:
    """A unit of money in the unit of its column; None where only the currency is named."""
    folded = token(written).replace("(", "").replace(")", "")
    if unit not in _WHOLE:
        return _PRICES[unit](folded)
    found = amount(folded)
    if found is None or found.scale is None:
        return None
    return Money(float(f"{found.scale / _WHOLE[unit]:.12g}"), found.currencies)


def currencies(unit: str, written: str) -> tuple[str, ...]:
    """The currencies that a unit, or a sign beside a number, may name; none where it names none."""
    if unit not in MONEY:
        return ()
    found = _money(unit, written)
    return (found.currencies if found else ()) or money.currencies(written)


def is_of_decimal_comma(written: str) -> bool:
    """Whether a unit is written in a language that puts a comma for the decimal point."""
    return bool(_CONTINENTAL.search(written))


def is_bare_currency(unit: str, written: str) -> bool:
    """Whether a currency alone stands where the column counts millions or billions of it."""
    found = amount(token(written)) if unit in _WHOLE else None
    return found is not None and found.scale is None


@lru_cache(maxsize=20_000)
def known(written: str) -> bool:
    """Whether the text is a unit of any dimension, energy and bare money included."""
    folded = token(written)
    return (
        folded in _WRONG
        or any(folded in words for words in _TABLE.values())
        or (
            # A label may end in a number: Station (1000).
            not folded.startswith("1")
            and any(_amount(unit, written, is_usual=False) is not None for unit in _TABLE)
        )
        or (not (len(folded) == 1 and "a" <= folded <= "z") and amount(folded) is not None)
        or any(read(folded) is not None for read in _PRICES.values())
    )


def mistake(unit: str, written: str) -> str:
    """What kind of unit was taken for the column's; empty where there is no more to say."""
    folded = token(written)
    if unit in APPARENT and factor(APPARENT[unit], written) is not None:
        return "apparent"
    if folded in _TABLE["%"]:
        return "percent"
    cause = _WRONG[folded][0] if folded in _WRONG else ""
    return cause if unit in _CONCERNED.get(cause, {unit}) else ""
