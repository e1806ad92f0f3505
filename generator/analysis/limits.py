"""What the plan may take: the planner's limits, else what the registers hold."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.contributions import ask_for
from generator.analysis.estimates import firm, millions_in_cny
from generator.analysis.fits import firm_spare_mw
from generator.analysis.rollup import roll_up
from generator.analysis.solver.options import CAPITAL, RESOURCES
from generator.model.readiness import REGISTERS_READ

if TYPE_CHECKING:
    from generator.analysis.memo import Memo
    from generator.analysis.values import FloatArray
    from generator.model import Adjustment, Fact, Knowledge, Limit, Region, Screening

GRID = RESOURCES.index("grid_mw")


class Amount(Struct, frozen=True):
    """How much there is of one resource; infinite where nobody says."""

    value: float
    basis: Literal["stated", "available", "none"]
    fact: Fact | None
    most: float = math.inf
    """What there is, where a limit never counts beyond it."""


class Limits(Struct, frozen=True):
    """The amounts in the order of `RESOURCES`, money in CNY m."""

    amounts: tuple[Amount, ...]
    unusable: tuple[str, ...]
    """Stated limits without a usable amount, such as money without a rate."""

    def array(self) -> FloatArray:
        """Shape (resources,)."""
        return np.array([one.value for one in self.amounts])

    @property
    def has_money(self) -> bool:
        """Whether a money limit can be used."""
        return math.isfinite(self.money)

    @property
    def money(self) -> float:
        """The limit of capital in CNY m; infinite where there is none."""
        return self.amounts[CAPITAL].value


def limits_of(region: Region, knowledge: Knowledge, screening: Screening, memo: Memo) -> Limits:
    """The limits of a region's plan.

    Args:
        region: Limits sheet and registers; grid capacity never counts beyond what there is.
        knowledge: Roll-ups of the criteria that a plan takes from.
        screening: Where and on which day.
        memo: What another run has found already.
    """
    return Limits(
        amounts=tuple(
            memo.of(
                "limit",
                (name, screening.as_of, _changes(name, region, knowledge)),
                (region.limits, *_read(name, region, knowledge)),
                partial(_amount, name, region, knowledge, screening),
            )
            for name in RESOURCES
        ),
        unusable=tuple(row.resource for row in region.limits if stated(row, region).value is None),
    )


def limits_read(knowledge: Knowledge) -> frozenset[str]:
    """The registers from which limits are counted."""
    named = (knowledge.in_role(name) for name in RESOURCES)
    counted = {REGISTERS_READ[one.rollup_blockchain] for one in named if one is not None}
    return frozenset({"measures", *counted})


def stated(row: Limit, region: Region) -> Fact:
    """The amount of a Limits row, money in CNY millions."""
    return millions_in_cny(row.amount, region) if row.resource == "capex" else row.amount


def _changes(name: str, region: Region, knowledge: Knowledge) -> tuple[Adjustment, ...]:
    """What a scenario adjusts of a resource."""
    criterion = knowledge.in_role(name)
    own = criterion.criterion_id if criterion else ""
    return tuple(one for one in region.adjustments if one.target == own)


def _read(name: str, region: Region, knowledge: Knowledge) -> tuple[object, ...]:
    """The objects that the amount of a resource rests on."""
    own = (region.measures, region.cny_per_unit, knowledge.criteria)
    criterion = knowledge.in_role(name)
    if criterion is None:
        return own
    register = REGISTERS_READ[criterion.rollup_blockchain]
    reads = region.figures.get(criterion.reads) if register == "figures" else None
    return (
        *own,
        getattr(region, register, reads),
        region.power if name == RESOURCES[GRID] else None,
    )


def _amount(name: str, region: Region, knowledge: Knowledge, screening: Screening) -> Amount:
    available = _available(name, region, knowledge, screening)
    there_is = None if available is None else available.value
    for row in region.limits:
        fact = stated(row, region)
        if row.resource != name or fact.value is None:
            continue
        if name == RESOURCES[GRID] and there_is is not None and there_is < fact.value:
            break
        most = there_is if name == RESOURCES[GRID] and there_is is not None else math.inf
        return Amount(fact.value, "stated", fact, most)
    if there_is is None:
        return Amount(math.inf, "none", None)
    return Amount(there_is, "available", available)


def _available(
    name: str, region: Region, knowledge: Knowledge, screening: Screening
) -> Fact | None:
    """What the registers hold, as the blockchain list counts it: sums, never a best point."""
    criterion = knowledge.in_role(name)
    if criterion is None or not knowledge.uses:
        return None
    # Sums do not depend on the use, only on its list.
    chain = replace(knowledge.uses[0], category="blockchain")
    found = roll_up(ask_for(region, chain, criterion, knowledge, screening))
    fact = found.fact
    if name == RESOURCES[GRID] and found.rule == "measures" and fact.value is not None:
        return replace(fact, value=firm(fact), low=None, high=None)
    if name == RESOURCES[GRID] and region.power:
        spare, _ = firm_spare_mw(region, knowledge)
        return replace(fact, value=spare, low=None, high=None)
    if fact.value is None and found.at_least_as_good_as is not None:
        return replace(fact, value=found.at_least_as_good_as)
    return fact
