"""What studies before the votes cost: each project's capital in the table of fees of its place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from generator.model.preparation import Preparation, StudyCost, summed

if TYPE_CHECKING:
    from generator.model import Knowledge, PreparationFee, Programme, Region
    from generator.model.programme import Project


def preparation(plan: Programme, region: Region, knowledge: Knowledge) -> Preparation:
    """The studies for the first wave, or for what is prepared where nothing begins.

    Between two rows of a service the fee lies on a line; a capital above the last row is not priced.

    Args:
        plan: The projects.
        region: Its currency and rate.
        knowledge: The fees of its legal order.
    """
    rate = 1.0 if region.currency == knowledge.base_currency else region.cny_per_unit.value
    studies, unpriced = list[StudyCost](), list[str]()
    used: dict[str, PreparationFee] = {}
    for one in plan.first.projects or plan.second.projects:
        rows = [fee for fee in knowledge.fees if _is_for(fee, one, region)]
        ends = None if rate is None else _priced(one, rows, rate)
        if ends is None:
            unpriced.append(one.use_id)
            continue
        studies.append(StudyCost(one.use_id, ends))
        used |= {fee.fee_id: fee for fee in rows}
    return Preparation(
        tuple(studies),
        tuple(unpriced),
        tuple(used.values()),
        summed((one.cost for one in studies), rate or 1.0),
    )


def _is_for(fee: PreparationFee, one: Project, region: Region) -> bool:
    return fee.currency == region.currency and fee.category in {"", one.category}


def _priced(
    one: Project, rows: Sequence[PreparationFee], rate: float
) -> tuple[float, float] | None:
    """Both ends of all services in CNY m; None where the table or the capital says nothing."""
    low, high = one.capital.low, one.capital.high
    if not rows or low is None or high is None:
        return None
    services = _by_service(rows)
    if any(high / rate > max(fee.capital for fee in own) for own in services):
        return None
    return (
        rate * math.fsum(_fee(own, low / rate, "fee_low") for own in services),
        rate * math.fsum(_fee(own, high / rate, "fee_high") for own in services),
    )


def _by_service(rows: Iterable[PreparationFee]) -> list[list[PreparationFee]]:
    found: dict[object, list[PreparationFee]] = {}
    for fee in rows:
        found.setdefault(fee.service.texts, []).append(fee)
    return [sorted(own, key=lambda fee: fee.capital) for own in found.values()]


def _fee(rows: Sequence[PreparationFee], capital: float, end: str) -> float:
    """The fee for one service at a capital, in millions of its currency, as far as it precedes a vote."""
    known = [fee.capital for fee in rows]
    return float(np.interp(capital, known, [fee.share * getattr(fee, end) for fee in rows]))
