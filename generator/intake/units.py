"""The closed table of units that planners write beside a number.

Factors turn the written unit into the unit of a column, wherever it is written: in a cell, a header,
a line above a table. A unit that is not in `units.csv` is not guessed. The table is built by hand
from the definitions of the units, with those that a number is often given in by mistake, by what
they are; money is put together from its words in `money`, and what is counted or measured from the
same words for how many.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from generator.intake import money
from generator.intake.money import LETTERS, SCALES, Money, amount, either, price, rent

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


def _read() -> tuple[dict[str, dict[str, float]], dict[str, tuple[str, str]]]:
    """Unit of a column to written unit to factor; units given by mistake, with what they are."""
    known: dict[str, dict[str, float]] = defaultdict(dict)
    mistaken: dict[str, tuple[str, str]] = {}
    with Path(__file__).with_name("units.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = [token(word) for word in row["written"].split(", ")]
            if row["factor"]:
                known[row["unit"]] |= dict.fromkeys(words, float(row["factor"]))
            else:
                mistaken |= dict.fromkeys(words, (row["mistaken_for"], row["unit"]))
    return dict(known), mistaken


_TABLE, _WRONG = _read()


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
