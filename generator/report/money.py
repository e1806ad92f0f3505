"""Amounts of money in words: in the region's currency, from the catalogue's at the stated rate.

Inside the analysis all money is in the catalogue's currency. A document prints it in the region's
where there is a rate, and in the catalogue's own where there is none.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.language import Amount, Grain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Label
    from generator.report.currencies import Purse

_DIGITS = 3
"""Significant digits of a converted amount: the catalogue's ranges bear no more."""
_ROUGH = 2
"""Likewise of a range from a table that was made for something else."""
_FINEST = 1e4
"""What a single amount is not written below where it is large, in whole units."""
_EXACTLY = 1e-9
"""What a quotient of decimals may fall short of a half."""
_DECIMALS = 3
"""Of a price in the catalogue's currency, and of an amount that stands beside sentences."""


def word(currency: str, voice: Purse) -> str:
    """How a currency is written beside a number; its code where the catalogue does not know it."""
    entry = voice.knowledge.currencies.get(currency)
    return entry.unit.text(voice.language) if entry else currency


def amount(
    values: tuple[float, ...],
    currency: str,
    voice: Purse,
    *,
    digits: int | None = None,
    decimals: int = 3,
) -> str:
    """An amount, or a range of two, in whole units of the currency; one step for both ends.

    Args:
        values: The amount, or low and high end.
        currency: Its code.
        voice: The language.
        digits: Significant digits; None where `decimals` alone limits them.
        decimals: The most decimals of the step.
    """
    return Amount(values, word(currency, voice), digits, decimals).text(voice)


def catalogue_range(low_m: float, high_m: float, voice: Purse) -> str:
    """A range of the analysis, in millions, as the document prints money."""
    money = voice.money_in
    digits = _DIGITS if money.is_converted else None
    values = tuple(end * 1e6 / money.rate for end in (low_m, high_m))
    return amount(values, money.shown, voice, digits=digits)


def about(low_m: float, high_m: float, voice: Purse) -> str:
    """A computed range in millions, to the digits that a scaled range bears; one number for one."""
    money = voice.money_in
    values = tuple(end * 1e6 / money.rate for end in (low_m, high_m))
    return amount(values, money.shown, voice, digits=_DIGITS)


def rough(ends_m: tuple[float, float], voice: Purse) -> str:
    """A range that is read off a table of another purpose, in millions, to the digits it bears."""
    money = voice.money_in
    values = tuple(end * 1e6 / money.rate for end in ends_m)
    return amount(values, money.shown, voice, digits=_ROUGH)


def columns(found: Sequence[Sequence[float]], voice: Purse) -> tuple[list[list[float]], Grain]:
    """Columns of computed amounts that add up as they are printed.

    Args:
        found: Amounts of the analysis by column, in millions, none below nothing.
        voice: The language.

    Returns:
        The amounts in the step in which all of them stand, and that step.
    """
    money = voice.money_in
    scaled = [[part * 1e6 / money.rate for part in parts] for parts in found]
    totals = tuple(math.fsum(parts) for parts in scaled)
    grain = Amount(totals, word(money.shown, voice), _DIGITS).grain(voice)
    return [grain.rounded(parts) for parts in scaled], grain


def in_one_unit(
    found: Sequence[tuple[float, float] | None],
    voice: Purse,
    leading: tuple[float, float] | None = None,
) -> tuple[list[str], str]:
    """Ranges of computed amounts as a column of a table, and the unit for its head.

    The smallest of them decides the step, so that none of it is lost, or the one that the table
    beside the column speaks of; amounts keep the digits that they have in a sentence.

    Args:
        found: Low and high ends in millions; None while unknown.
        voice: The language.
        leading: The range whose step the column takes; None for the smallest.
    """
    known = [ends for ends in found if ends is not None and ends[1] > 0]
    if not known:
        return [voice.dash] * len(found), ""
    high = min(high for _, high in known)
    grain = step_of(leading if leading and leading[1] > 0 else (high, high), voice)
    return [
        voice.dash if ends is None else number_in(ends, grain, voice) for ends in found
    ], grain.unit(voice)


def smallest(found: Iterable[tuple[float, float] | None]) -> tuple[float, float] | None:
    """The range whose upper end is least, which decides the step of a column; None for nothing."""
    highs = [ends[1] for ends in found if ends is not None and ends[1] > 0]
    return (min(highs), min(highs)) if highs else None


def step_of(ends_m: tuple[float, float], voice: Purse) -> Grain:
    """The step in which a computed range is written, to write others beside it likewise."""
    return _computed(ends_m, voice).grain(voice)


def number_in(ends_m: tuple[float, float], grain: Grain, voice: Purse) -> str:
    """A computed range in a step, without its unit."""
    return _computed(ends_m, voice).in_grain(grain, voice, _DECIMALS)


def about_beside(
    ends_m: tuple[float, float], beside_m: tuple[float, float], voice: Purse
) -> str:  # fmt: skip
    """A computed range as a sentence tells it, in the step of what stands beside it."""
    grain = step_of(beside_m, voice)
    low, high = (number_in((end, end), grain, voice) for end in ends_m)
    if low == high:
        return with_step(low, grain, voice)
    return voice.say(
        "money.range", low=low, high=high, currency=grain.currency, step=grain.step
    ).rstrip()


def kept(value_m: float, voice: Purse, digits: int = _DIGITS) -> float:
    """An amount in millions to the digits that the document prints of it in its own currency."""
    rate = voice.money_in.rate
    if not value_m:
        return value_m
    step = 10.0 ** (math.floor(math.log10(abs(value_m / rate))) - digits + 1)
    return math.floor(value_m / rate / step + 0.5 + _EXACTLY) * step * rate


def kept_roughly(value_m: float, voice: Purse) -> float:
    """The same to the digits of an amount that is no more than rough."""
    return kept(value_m, voice, _ROUGH)


def apart(one_m: float, other_m: float, grain: Grain, voice: Purse) -> str:
    """How far two amounts lie apart as a column in a step prints them, with the unit; empty for nothing."""
    rate = voice.money_in.rate
    gap = abs(kept(one_m, voice) - kept(other_m, voice))
    if gap <= _EXACTLY * abs(one_m):
        return ""
    # What lies between the printed amounts, in the unit that suits it: 7 million, not 0.07 of 100.
    value = round(gap * 1e6 / rate / grain.size, _DECIMALS) * grain.size
    own = Amount((value,), grain.currency, _DIGITS).grain(voice)
    return own.text((value / own.size,), voice)


def stated_in(value_m: float, grain: Grain, voice: Purse, *, upward: bool = False) -> str:
    """One amount in a step as it was given, without its unit; `upward` for what is missing."""
    value = _upward(value_m / voice.money_in.rate) if upward else value_m / voice.money_in.rate
    return _exact(value, voice.money_in.shown, voice).in_grain(
        grain, voice, int(voice.say("money.decimals"))
    )


def stated(value_m: float, grain: Grain, voice: Purse, *, upward: bool = False) -> str:
    """One amount as it was given, in the step of others in its sentence; `upward` for what is missing."""
    return with_step(stated_in(value_m, grain, voice, upward=upward), grain, voice)


def with_step(number: str, grain: Grain, voice: Purse) -> str:
    """A number in a step, or a range of two, with the unit once."""
    return voice.say(
        "money.amount", value=number, currency=grain.currency, step=grain.step
    ).rstrip()


def _computed(ends_m: Sequence[float], voice: Purse) -> Amount:
    money = voice.money_in
    values = tuple(end * 1e6 / money.rate for end in ends_m)
    return Amount(values, word(money.shown, voice), _DIGITS)


def beside_catalogue(low_m: float | None, high_m: float | None, voice: Purse) -> str:
    """A range of the catalogue as the document prints it, its own figures beside it."""
    if low_m is None or high_m is None:
        return voice.dash
    shown = catalogue_range(low_m, high_m, voice)
    if not voice.money_in.is_converted:
        return shown
    base = amount((low_m * 1e6, high_m * 1e6), voice.knowledge.base_currency, voice)
    return voice.say("money.beside", shown=shown, base=base)


def millions(value_m: float, voice: Purse, *, upward: bool = False) -> str:
    """One amount of the analysis, in millions; `upward` for what is missing."""
    return _single(value_m / voice.money_in.rate, voice.money_in.shown, voice, upward=upward)


def own_millions(value_m: float, voice: Purse, currency: str = "") -> str:
    """One amount that the workbook gives, in millions of the region's own currency."""
    return _single(value_m, currency or voice.money_in.own, voice)


def _single(value_m: float, currency: str, voice: Purse, *, upward: bool = False) -> str:
    return _exact(_upward(value_m) if upward else value_m, currency, voice).text(voice)


def _upward(value_m: float) -> float:
    """To the digits of computed ranges, and never too small."""
    if value_m <= 0:
        return value_m
    step = 10.0 ** max(-2, math.floor(math.log10(value_m)) - _DIGITS + 1)
    return math.ceil(value_m / step - 1e-9) * step


def _exact(value_m: float, currency: str, voice: Purse) -> Amount:
    decimals = int(voice.say("money.decimals"))
    return Amount((value_m * 1e6,), word(currency, voice), None, decimals, _FINEST)


def price(value: float, per: Label, voice: Purse, *, upward: bool = False) -> str:
    """A price of the analysis with its unit, such as an amount per kilowatt-hour.

    Args:
        value: In the catalogue's currency.
        per: What it buys one of.
        voice: The language.
        upward: For what is missing, so that it is never too small.
    """
    money = voice.money_in
    shown = restated(value, voice)
    decimals = _DECIMALS
    if money.is_converted and shown:
        # As fine as the catalogue's own prices, and no finer than their digits.
        decimals = max(0, _DECIMALS + math.ceil(math.log10(money.rate)))
        decimals = min(decimals, max(0, _DIGITS - 1 - math.floor(math.log10(abs(shown)))))
    if upward:
        step = 10.0**decimals
        shown = math.copysign(math.ceil(abs(shown) * step - 1e-9) / step, shown)
    return priced(shown, money.shown, per, voice, decimals)


def restated(value: float, voice: Purse) -> float:
    """A price of the catalogue in the document's currency."""
    return value / voice.money_in.rate


def priced(value: float, currency: str, per: Label, voice: Purse, decimals: int = 3) -> str:
    """A price in a currency, per what it buys."""
    number, bought = voice.number(value, decimals), per.text(voice.language)
    return voice.say("money.price", currency=word(currency, voice), value=number, per=bought)


def unit_in(unit: Label, currency: str, voice: Purse) -> str:
    """A unit of the catalogue with another currency in it."""
    base = voice.knowledge.base_currency
    return unit.text(voice.language).replace(word(base, voice), word(currency, voice))


def is_from_elsewhere(voice: Purse) -> bool:
    """Whether the catalogue's costs were gathered in another country than the region's."""
    return voice.money_in.basis != "same"
