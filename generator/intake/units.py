"""The closed table of units that planners write beside a number.

Factors turn the written unit into the unit of a column. A unit that is not here is not guessed. The
table is built by hand from the definitions of the units; money is put together from its words in
`money`, and counts of people and things from the same words for how many.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generator.intake.money import SCALES, Money, amount, price

_AREA = {
    1: "m2, sqm, 平方米, 平米", 1e6: "km2, sqkm, 平方公里, 平方千米", 1e4: "万平方米, 万m2, ha, hm2, hectare, hectares, 公顷, га",
    10000 / 15: "亩", 1e8 / 15: "万亩", 1e8: "万公顷", 0.09290304: "sq ft, sqft, ft2, square feet, 平方英尺",
    4046.8564224: "acre, acres, 英亩",
}  # fmt: skip
_BY_UNIT: dict[str, dict[float, str]] = {
    "MW": {
        1e-6: "w, 瓦", 1e-3: "kw, kwe, kwel, 千瓦, kilowatt, kilowatts, квт", 1: "mw, mwe, mwel, mw(e), mwac, mw(ac), 兆瓦, 千千瓦, megawatt, megawatts, мвт",
        10: "万千瓦, 万kw", 100: "十万千瓦, 亿瓦", 1e3: "gw, gwe, 吉瓦, 百万千瓦, gigawatt, gigawatts, гвт", 1e5: "亿千瓦, 亿kw", 1e6: "tw",
    },
    "kV": {1e-3: "v, 伏, volt, volts, в", 1: "kv, 千伏, kilovolt, kilovolts, кв"},
    "MVA": {1e-3: "kva, 千伏安, ква", 1: "mva, 兆伏安, мва", 10: "万千伏安, 万kva", 1e3: "gva"},
    "%": {1: "%, percent, per cent, pct, pc, 百分比, 个百分比", 0.1: "‰, permille, per mille"},
    "kgCO2/kWh": {
        1: "kgco2/kwh, kgco2e/kwh, kgco2eq/kwh, kg/kwh, 千克二氧化碳/千瓦时, 公斤/千瓦时, 千克/千瓦时, tco2/mwh, tco2e/mwh, t/mwh, "
           "吨二氧化碳/兆瓦时, 吨/兆瓦时, 吨二氧化碳/千千瓦时",
        1e-3: "gco2/kwh, gco2e/kwh, gco2eq/kwh, g/kwh, 克/千瓦时, 克二氧化碳/千瓦时, kgco2/mwh, kg/mwh",
        0.1: "tco2/万kwh, 吨/万千瓦时, 吨二氧化碳/万千瓦时", 0.45359237e-3: "lb/mwh, lbco2/mwh, lbs/mwh", 0.45359237: "lb/kwh, lbs/kwh",
    },
    "ms": {1: "ms, ms rtt, 毫秒, 毫秒(往返), мс", 1e3: "s, 秒, sec", 1e-3: "us, μs, 微秒"},
    "Gbit/s": {
        1: "gbit/s, gbps, g, 吉比特/秒", 1e-3: "mbit/s, mbps, 兆比特/秒", 1e-6: "kbit/s, kbps", 1e3: "tbit/s, tbps, t, 太比特/秒",
    },
    "km": {1: "km, 公里, 千米, км, kilometres, kilometers", 1e-3: "m, 米, м, metres, meters", 1.609344: "mi, mile, miles, 英里",
           0.3048e-3: "ft, feet, 英尺"},
    "m2": _AREA,
    "m3/day": {1: "m3/day, m3/d, 立方米/日, 立方米/天, m3/天, m3/日, 方/天, 方/日, 吨/日, 吨/天, t/d, м3/сут", 1e4: "万吨/日, 万吨/天, 万立方米/日, 万立方米/天, 万m3/d",
               1e-3: "l/d, 升/日"},
    "°C": {1: "°c, oc, c, 度, 摄氏度, celsius, degc, 摄氏"},
    "hours": {1: "hours, hour, h, hr, hrs, 小时, 时, ч, h/a, h/yr, h/year, 小时/年, hours/year, 小时/户, 小时/户年",
              1 / 60: "min, minutes, 分钟", 24: "days, 天, 日"},
    "minutes": {1: "minutes, minute, min, mins, 分钟, 分, мин, min/yr, min/a, min/year, minutes/year, 分钟/年, 分钟/户, 分钟/户年",
                60: "h, hr, hrs, hours, hour, 小时, ч, h/a, h/yr, h/year, 小时/年, 小时/户, 小时/户年", 1 / 60: "s, sec, 秒"},
    "million t": {
        1: "million t, 百万吨, million tonnes, mio t, mio tonnen, mln t, млн т, mt/yr, mt/a", 1e-6: "t, 吨, tonnes, t/yr, t/a, 吨/年, т",
        1e-3: "kt, 千吨, тыс т, thousand t, thousand tonnes, '000 t, kt/yr", 0.01: "万吨, 万吨/年, 万t", 100: "亿吨, 亿吨/年", 1e3: "gt, billion t",
    },
    "months": {1: "months, month, mo, 月, 个月, мес", 12: "years, year, yr, yrs, 年"},
    "years": {1: "years, year, yr, yrs, a, 年, лет", 1 / 12: "months, month, 个月"},
    "year": {1: "year, 年, 年度, г, год"},
    "°": {1: "°, 度, deg, degrees"},
    "ratio": {1: "ratio, 比值, pue"},
    "points": {1: "points, point, 分, pts"},
    "CNY": {1: "cny, 元, rmb, yuan, 人民币, 人民币元", 0.01: "分, fen"},
    "level 1-4": {1: "级, level, 级(1—4), level 1-4"},
    "0/1": {1: "0/1, 0/1(否/是), 是/否, yes/no"},
}  # fmt: skip
_NOUNS: dict[str, str] = {
    "persons": "persons, person, per, nr, people, inhabitants, residents, employees, employed, workers, jobs, pers, 人, 名, 位, 口, 人口, 职工, "
    "чел, человек, personen, einwohner, habitants, personnes, personas, habitantes, pessoas",
    "FTE": "fte, ftes, full-time equivalents, persons, per, nr, people, 人, 名, 位, 人(全时当量), 全时当量, 人年, vzä, etp, employees, workers, jobs, чел",
    "count": "count, nr, racks, rack, cabinets, units, pcs, carriers, 架, 个, 家, 台, 机架, 标准机架, 机柜, 柜, шт",
}
_MISTAKEN: dict[str, dict[str, str]] = {
    "energy": {
        "kWh": "kwh, 千瓦时, 千瓦小时, 度, 度电, квтч", "MWh": "mwh, 兆瓦时, мвтч", "GWh": "gwh, 吉瓦时, 百万千瓦时, гвтч", "TWh": "twh, 十亿千瓦时",
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
_BITS = re.compile(r"([KkMGT])b(?:/s|it/sec|ps|/sec)", re.ASCII)
"""A capital before a small b means bits; GB/s are bytes, and gb/s may be either."""
_JOINED = re.compile(r"(?<=[a-z])_(?=[a-z])")
APPARENT = {"MW": "MVA", "MVA": "MW"}
"""Units of power that differ by a power factor, each with the other."""
_AMOUNTS = {"bn": 1e9, "m": 1e6}


@lru_cache(maxsize=20_000)
def token(written: str) -> str:
    """A unit as the table spells it: small letters, no raised figures, no spaces or dots."""
    if _BITS.fullmatch(written.strip()):
        written = _BITS.sub(r"\1bit/s", written.strip())
    folded = unicodedata.normalize("NFKC", written).lower().replace(" per ", "/").replace("每", "/")
    if "_" in folded:
        # THS_PER and MIO_EUR of Eurostat; but _000 is no thousand.
        folded = _JOINED.sub("", folded)
    return "".join(char for char in folded if char not in " .·⋅•∙・'’")


_TABLE = {
    unit: {token(word): factor for factor, words in parts.items() for word in words.split(", ")}
    for unit, parts in _BY_UNIT.items()
}
_COUNTED = {unit: {token(word) for word in words.split(", ")} for unit, words in _NOUNS.items()}
_WRONG = {
    token(word): (cause, name)
    for cause, names in _MISTAKEN.items()
    for name, words in names.items()
    for word in words.split(", ")
}


def factor(unit: str, written: str) -> float | None:
    """What a number in the written unit is multiplied by to be in `unit`; None if not allowed."""
    folded = token(written)
    known = _TABLE.get(unit, {}).get(folded)
    if known is not None:
        return known
    if unit in _COUNTED:
        return _how_many(unit, folded)
    found = _money(unit, folded)
    return None if found is None else found.scale


def _how_many(unit: str, folded: str) -> float | None:
    """万人, 3.5 `million`, `тыс. чел.`: a word for how many, what is counted, or both."""
    if folded in _COUNTED[unit]:
        return 1.0
    for length in range(min(len(folded), 12), 0, -1):
        scale = SCALES.get(folded[:length])
        if scale is not None and (not folded[length:] or folded[length:] in _COUNTED[unit]):
            return scale
    return None


def _money(unit: str, folded: str) -> Money | None:
    if unit == "currency/kWh":
        return price(folded.replace("(", "").replace(")", ""))
    found = amount(folded.replace("(", "").replace(")", "")) if unit in _AMOUNTS else None
    if found is None or found.scale is None:
        return None
    return Money(float(f"{found.scale / _AMOUNTS[unit]:.12g}"), found.currencies)


def currencies(unit: str, written: str) -> tuple[str, ...]:
    """The currencies that a written unit of money may name; none where it names none."""
    found = _money(unit, token(written))
    return found.currencies if found else ()


def is_of_decimal_comma(written: str) -> bool:
    """Whether a unit is written in a language that puts a comma for the decimal point."""
    return bool(_CONTINENTAL.search(written))


def is_bare_currency(unit: str, written: str) -> bool:
    """Whether a currency alone stands where the column counts millions or billions of it."""
    found = amount(token(written)) if unit in _AMOUNTS else None
    return found is not None and found.scale is None


def known(written: str) -> bool:
    """Whether the text is a unit of any dimension, energy and bare money included."""
    folded = token(written)
    return (
        folded in _WRONG
        or any(folded in words for words in _TABLE.values())
        or any(_how_many(unit, folded) is not None for unit in _COUNTED)
        or (not (len(folded) == 1 and "a" <= folded <= "z") and amount(folded) is not None)
        or price(folded) is not None
    )


def mistake(unit: str, written: str) -> str:
    """What kind of unit was taken for the column's; empty where there is no more to say."""
    folded = token(written)
    if folded in _TABLE.get(APPARENT.get(unit, ""), {}):
        return "apparent"
    if folded in _TABLE["%"]:
        return "percent"
    cause = _WRONG[folded][0] if folded in _WRONG else ""
    return cause if unit in _CONCERNED.get(cause, {unit}) else ""


def contradicts(unit: str, written: str) -> bool:
    """Whether a unit in a header says something else than the column's; unknown words say nothing."""
    scale = factor(unit, written)
    return scale != 1 if scale is not None else bool(unit) and known(written)
