"""How much of a project must be let for its capital to come back in time, and after how many years it does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from generator.report.money import amount, is_from_elsewhere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model.programme import Project
    from generator.model.returns import Returns
    from generator.report.voice import Voice

AGES = 60.0
"""Years of payback that are told as longer than that."""
_DIGITS = 3
_WHOLE = 10.0
"""The amount from which on a target has no decimals."""
_ROUND = 1e-9


def price(values: Sequence[float], voice: Voice, digits: int = _DIGITS) -> str:
    """A price in CNY, or a range of two, in the currency of the document."""
    held = voice.money_in
    return amount(tuple(value / held.rate for value in values), held.shown, voice, digits=digits)


def unit_of(use_id: str, voice: Voice) -> str:
    """The natural unit of a use's size, such as a cubic metre."""
    name = voice.name(voice.knowledge.use(use_id).size)
    return name.format(amount="", count="", power=voice.say("power", value="")).strip()


def by_unit(amount_each: float, use_id: str, voice: Voice) -> str:
    """A price a year for one natural unit."""
    unit = unit_of(use_id, voice)
    return voice.say("earnings.by_unit", price=price((amount_each,), voice), unit=unit)


def years_told(span: Sequence[float | None], voice: Voice) -> str:
    """The best and the worst years of a payback, of which each may be longer than anybody plans."""
    best, worst = (None if _never(one) else one for one in span)
    most = voice.number(AGES, 0)
    if best is None:
        return voice.say("earnings.span_never", most=most)
    low = voice.number(best, 0)
    if worst is None:
        return voice.say("earnings.span_open", low=low, most=most)
    high = voice.number(worst, 0)
    return voice.say("earnings.span_one" if low == high else "span.years", low=low, high=high)


def _never(years: float | None) -> bool:
    return years is None or years > AGES


def priced_years(found: Returns, voice: Voice) -> str:
    """After how many years prices on file bring the capital back, over its range and at its middle; or empty."""
    if found.years_at_price is None or found.years_at_ends is None:
        return ""
    middle = years_told(found.years_at_price, voice)
    if _never(found.years_at_price[1]):
        # Its own worst is as bad as any.
        return voice.say("earnings.span_middle", middle=middle)
    every = years_told(found.years_at_ends, voice)
    return voice.say("earnings.span_of", every=every, middle=middle)


def is_late(found: Returns) -> bool:
    """Whether the upper ends of capital and cost, fully let at the lower price on file, are back too late."""
    if found.years_at_ends is None:
        return False
    worst = found.years_at_ends[1]
    return worst is None or worst > found.years


def let_share(found: Returns, use_id: str, voice: Voice) -> str:
    """Which share of a project must be let at the prices on file for it to pay back; empty without a price."""
    if found.let_at_price is None or found.price is None:
        return ""
    low, high = found.price
    top = by_unit(high, use_id, voice)
    best, worst = found.let_at_price
    if best is None:
        return voice.say("earnings.let_never")
    least = voice.percent(_up(best))
    if worst is None:
        return voice.say("earnings.let_best", least=least, best=top)
    return voice.say(
        "earnings.let_span", least=least, most=voice.percent(_up(worst)),
        best=top, worst=price((low,), voice),
    )  # fmt: skip


class Aim(NamedTuple):
    """What must be let or promised for a project to pay back in time."""

    amount: str
    basis: str
    """At which price, or of which income it is."""


def aim(one: Project, voice: Voice) -> Aim | None:
    """What pays a project back at the lowest price on file that can; None where no payback is shown."""
    found = one.returns
    if found is None:
        return None
    income = voice.about(found.income)
    if is_from_elsewhere(voice):
        return Aim(income, voice.say("goal.basis.elsewhere"))
    if found.let_at_price is None or found.price is None:
        return Aim(income, voice.say("goal.basis.income"))
    size = (voice.knowledge.use(one.use_id).size_amount or 0.0) * one.size
    best, worst = found.let_at_price
    told = best if worst is None else worst
    if told is None:
        return Aim(income, voice.say("goal.basis.none"))
    low, high = found.price
    return Aim(
        voice.say("at_least", value=_amount(told, size, voice)),
        voice.say(
            "goal.basis.best" if worst is None else "goal.basis.share",
            price=by_unit(high if worst is None else low, one.use_id, voice),
            share=voice.percent(_up(told)),
        ),
    )  # fmt: skip


def _up(share: float) -> float:
    """A share in whole percent, never too small."""
    return min(1.0, math.ceil(share * 100 - _ROUND) / 100)


def _amount(share: float, size: float, voice: Voice) -> str:
    """A share of a size, never too small and no more than all of it."""
    whole = share * size
    step = 10.0 ** (math.floor(math.log10(whole)) - _DIGITS + 1) if whole else 1.0
    told = min(size, math.ceil(whole / step - _ROUND) * step)
    return voice.number(told, 0 if told >= _WHOLE else 2)
