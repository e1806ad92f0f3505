"""The closed table of units that planners write beside a number.

Factors turn the written unit into the base unit of its dimension. A unit that is not here is not
guessed. `{money}` stands for the region's currency, so that 亿元 and "bn" meet in one dimension.
"""

from __future__ import annotations

import unicodedata

_TABLE: dict[str, dict[str, float]] = {
    "MW": {"w": 1e-6, "kw": 1e-3, "千瓦": 1e-3, "mw": 1, "兆瓦": 1, "万千瓦": 10, "万kw": 10, "gw": 1e3, "吉瓦": 1e3,
           "亿千瓦": 1e5},
    "kV": {"v": 1e-3, "伏": 1e-3, "kv": 1, "千伏": 1},
    "MVA": {"kva": 1e-3, "千伏安": 1e-3, "mva": 1, "兆伏安": 1, "万千伏安": 10},
    "%": {"%": 1, "percent": 1, "百分比": 1},
    "kgCO2/kWh": {"kgco2/kwh": 1, "kg/kwh": 1,  "千克二氧化碳/千瓦时": 1, "tco2/mwh": 1, "t/mwh": 1,
                  "吨二氧化碳/兆瓦时": 1, "gco2/kwh": 1e-3, "g/kwh": 1e-3, "克/千瓦时": 1e-3},
    "currency/kWh": {"元/kwh": 1, "元/千瓦时": 1, "元/度": 1, "cny/kwh": 1,
        "rmb/kwh": 1, "本币/千瓦时": 1,
                     "currency/kwh": 1, "分/kwh": 1e-2, "分/千瓦时": 1e-2, "fen/kwh": 1e-2,
                     "元/mwh": 1e-3, "元/兆瓦时": 1e-3, "cny/mwh": 1e-3},
    "bn": {"bn": 1, "billion": 1, "十亿": 1, "十亿元": 1, "亿": 0.1, "亿元": 0.1, "万亿": 1e3, "万亿元": 1e3,
           "百万元": 1e-3, "万元": 1e-5},
    "m": {"m": 1, "million": 1, "百万": 1, "百万元": 1, "万": 0.01, "万元": 0.01, "亿": 100, "亿元": 100,
          "千万元": 10, "bn": 1e3, "billion": 1e3},
    "persons": {"persons": 1, "people": 1, "人": 1, "名": 1, "万人": 1e4},
    "FTE": {"fte": 1, "persons": 1, "人": 1, "名": 1, "人（全时当量）": 1, "人(全时当量)": 1},
    "count": {"count": 1, "racks": 1, "架": 1, "个": 1, "家": 1},
    "ms": {"ms": 1, "ms rtt": 1, "毫秒": 1, "s": 1e3, "秒": 1e3},
    "Gbit/s": {"gbit/s": 1, "gbps": 1, "g": 1, "mbit/s": 1e-3, "mbps": 1e-3, "tbit/s": 1e3, "tbps": 1e3},
    "km": {"km": 1, "公里": 1, "千米": 1, "m": 1e-3, "米": 1e-3},
    "m2": {"m2": 1,  "平方米": 1, "万平方米": 1e4, "ha": 1e4, "公顷": 1e4, "亩": 10000 / 15},
    "m3/day": {"m3/day": 1, "m3/d": 1, "立方米/日": 1, "吨/日": 1, "万吨/日": 1e4},
    "°C": {"°c": 1, "c": 1,  "度": 1},
    "hours": {"hours": 1, "h": 1, "小时": 1},
    "minutes": {"minutes": 1, "min": 1, "分钟": 1, "h": 60, "hours": 60, "小时": 60},
    "million t": {"million t": 1, "百万吨": 1, "万吨": 0.01, "亿吨": 100},
    "months": {"months": 1, "月": 1, "个月": 1},
    "years": {"years": 1, "年": 1},
    "year": {"年": 1},
    "°": {"°": 1},
    "ratio": {"ratio": 1, "比值": 1},
    "points": {"points": 1, "分": 1},
    "CNY": {"cny": 1, "元": 1},
    "level 1-4": {"级": 1, "level": 1},
}  # fmt: skip

_MISTAKEN = {
    "mwh": "MWh",
    "兆瓦时": "MWh",
    "kwh": "kWh",
    "千瓦时": "kWh",
    "gwh": "GWh",
    "万千瓦时": "10 MWh",
}
"""Energy units, named so that a capacity in MWh is told apart from a typing slip."""


def factor(unit: str, written: str) -> float | None:
    """What a number in the written unit is multiplied by to be in `unit`; None if not allowed."""
    return _TABLE.get(unit, {}).get(_token(written))


def _token(written: str) -> str:
    """A unit as the table spells it: small letters, no raised or lowered figures, no spaces at /."""
    folded = unicodedata.normalize("NFKC", written).strip().lower()
    return folded.replace(" /", "/").replace("/ ", "/")


def known(written: str) -> bool:
    """Whether the text is a unit of any dimension, energy and bare money included."""
    token = _token(written)
    return token in _MISTAKEN or any(token in dimension for dimension in _TABLE.values())


def contradicts(unit: str, written: str) -> bool:
    """Whether a unit in a header says something else than the column's; unknown words say nothing."""
    scale = factor(unit, written)
    return scale != 1 if scale is not None else bool(unit) and known(written)


def names_yuan(written: str) -> bool:
    """Whether the text names Chinese money, so that it fits no other currency."""
    return any(word in written.lower() for word in ("元", "分", "cny", "rmb", "fen"))
