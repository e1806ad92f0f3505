"""Fewer customers than planned: what of a project follows them, and what stays as it was built.

Capital, running cost, connection and the operator's own staff stay in full. Load, people served and
jobs at tenants and clients shrink with the customers, and so does a demand that the region counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from generator.analysis.rollup import OPERATIONS

if TYPE_CHECKING:
    from generator.model import Fact, Knowledge, Region, UnitNeed

CUSTOMERS = "customers"
"""The target of a scenario in which fewer of them come."""


def share_of_customers(region: Region) -> float:
    """The share of the customers that a run assumes to come; 1 in the base run."""
    share = 1.0
    for change in region.adjustments:
        if change.target == CUSTOMERS:
            share = float(OPERATIONS[change.operation](np.asarray(share), change.value))
    return share


def tried_share(knowledge: Knowledge) -> float | None:
    """The share of the customers that a scenario of the catalogue tries; None without one."""
    values = (float(one.value) for one in knowledge.scenarios if one.target == CUSTOMERS)
    return next(values, None)


def share_for(need: UnitNeed, region: Region) -> float:
    """The share that counts for one use: 1 where nothing of it follows customers."""
    return share_of_customers(region) if need.by_customers else 1.0


def scaled(fact: Fact, share: float) -> Fact:
    """A figure and its range at a share of the customers; the figure itself at 1."""
    if share == 1.0:
        return fact
    value, low, high = (
        None if end is None else end * share for end in (fact.value, fact.low, fact.high)
    )
    return replace(fact, value=value, low=low, high=high)
