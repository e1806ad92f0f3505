"""What a project costs and employs: the region's own figures, else the catalogue's ranges.

Also here: capital and jobs of every use in every draw: one cost factor common to all, and one of
its own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.anchors import anchor_rows
from generator.analysis.customers import scaled, share_for
from generator.analysis.draws import Draws, spread
from generator.analysis.recipes import in_cny
from generator.analysis.rollup import OPERATIONS
from generator.model import CNY_M, Adjustment, Fact, Knowledge, Label, Origin, Region, Use

if TYPE_CHECKING:
    from generator.analysis.values import FloatArray
    from generator.model.choosing import Candidate


ESTIMATED = ("capex", "jobs", "payback_years", "annual_value_added")
"""The columns of the Estimates sheet: a use's economic figures, its own or the catalogue's."""
GRADES = {"cited": "B", "partly_cited": "C"}
"""Grade of the catalogue's numbers by their status; the others are assumed, D."""
_FTE = "FTE"
INDEPENDENT, COMMON = 0.0, 1.0
"""The ends of the correlation: unrelated costs, and one cause for all."""


class Figures(Struct, frozen=True):
    """Capital, jobs and value added of one platform or of one unit of scale."""

    capital: Fact
    """CNY m."""
    jobs: Fact
    """FTE."""
    value_added: Fact
    """CNY m a year; only the region knows it."""
    reached: float
    """Persons whom a blockchain use reaches; 0 for power reuse."""
    scale: float | None
    """Place in the catalogue's ranges in [0, 1]; None for power reuse."""


def figures(region: Region, use: Use, knowledge: Knowledge) -> Figures:
    """The figures of a use here.

    A platform is placed in the catalogue's range by the people it reaches; its uncertainty is that
    of the grade of the catalogue's numbers. A unit of scale stands in the middle of its range, and
    the range is its uncertainty. The region's own estimates replace them, with their own ranges.

    Args:
        region: Estimates, employment, rate of its currency.
        use: The catalogue's ranges.
        knowledge: Reach and parameters.
    """
    is_chain = use.category == "blockchain"
    reached = people_reached(region, use, knowledge) if is_chain else 0.0
    scale = place_in_range(reached, knowledge) if is_chain else None
    own = own_columns(region, use.use_id)
    found = {
        "capex": _ranged(use, "capex_cny_m", CNY_M, scale, knowledge),
        "jobs": _ranged(use, "jobs_fte", _FTE, scale, knowledge),
        "payback_years": _ranged(use, "payback_years", "years", None, knowledge),
        "annual_value_added": Fact(None, CNY_M),
    }
    found |= own
    for change in region.adjustments:
        if change.target in found:
            found[change.target] = _changed(found[change.target], change)
    need = knowledge.needs.get(use.use_id)
    if need is not None and need.jobs_by == "tenants_clients":
        found["jobs"] = scaled(found["jobs"], share_for(need, region))
    return Figures(
        capital=found["capex"],
        jobs=found["jobs"],
        value_added=found["annual_value_added"],
        reached=reached,
        scale=scale,
    )


def people_reached(region: Region, use: Use, knowledge: Knowledge) -> float:
    """Persons whom a use reaches: its share of the employment in its divisions.

    The population counts where it names no division; what is unknown counts as nothing.
    """
    need = knowledge.needs.get(use.use_id)
    share = (need.reach_share if need else None) or 0.0
    if not (use.isic_anchor or use.gb4754_anchor):
        return share * (region.number("population") or 0.0)
    rows = anchor_rows(region, use, knowledge)
    return share * math.fsum(row.employment.value or 0.0 for row in rows)


def place_in_range(reached: float, knowledge: Knowledge) -> float:
    """Where a platform stands in the catalogue's range by the people it reaches, in [0, 1]."""
    least, most = knowledge.assumed("scale_from"), knowledge.assumed("scale_to")
    if reached <= least:
        return 0.0
    return min(1.0, math.log(reached / least) / math.log(most / least))


def own_columns(region: Region, use_id: str) -> dict[str, Fact]:
    """The region's own figures for a use that can be used, money in CNY millions."""
    found: dict[str, Fact] = {}
    for row in region.estimates:
        if row.use != use_id:
            continue
        for column in ESTIMATED:
            fact = getattr(row, column)
            is_money = column in {"capex", "annual_value_added"}
            fact = millions_in_cny(fact, region) if is_money else fact
            if fact.value is not None:
                found[column] = fact
    return found


def millions_in_cny(fact: Fact, region: Region) -> Fact:
    """Millions of the region's currency in CNY millions; unknown without a rate."""
    return replace(in_cny(fact, region), unit=CNY_M)


def times(fact: Fact, size: float) -> Fact:
    """A figure of so many units of scale, with its range."""
    value, low, high = (
        None if end is None else end * size for end in (fact.value, fact.low, fact.high)
    )
    return replace(fact, value=value, low=low, high=high)


def firm(fact: Fact) -> float:
    """What can be counted on: the low end of a range, the value where there is none, else nothing."""
    if fact.value is None:
        return 0.0
    return fact.value if fact.low is None else min(fact.low, fact.value)


def _changed(fact: Fact, change: Adjustment) -> Fact:
    """A figure and its range after a scenario's change."""
    ends = [
        None if end is None else float(OPERATIONS[change.operation](np.asarray(end), change.value))
        for end in (fact.value, fact.low, fact.high)
    ]
    return replace(fact, value=ends[0], low=ends[1], high=ends[2])


def _ranged(use: Use, column: str, unit: str, scale: float | None, knowledge: Knowledge) -> Fact:
    """A catalogue range: its middle, or the place that a platform has in it."""
    low, high = getattr(use, f"{column}_low"), getattr(use, f"{column}_high")
    grade = GRADES.get(use.numbers_status, "D")
    value = None
    if low is not None and high is not None:
        value = (low + high) / 2 if scale is None else low + scale * (high - low)
        if scale is not None:
            spread = knowledge.assumed(f"grade_{grade.lower()}_range_pct") / 100
            low, high = value * (1 - spread), value * (1 + spread)
    return Fact(
        value, unit, low, high, grade, Label(), origins=(Origin("uses.csv", "uses", use.use_id),),
        stream=f"catalogue/{use.use_id}/{column}",
    )  # fmt: skip


def drawn_capital(
    one: Candidate, draws: Draws, correlation: float, count: int | None = None
) -> FloatArray:
    """Capital of a platform or of a unit of scale in CNY m, shape (draws,).

    Args:
        one: The use with its range, the region's own or the catalogue's.
        draws: The source of chance.
        correlation: The common part of the uncertainty of costs, in [0, 1].
        count: The first so many draws; None for all.
    """
    return spread(one.capital, draws.cost(one.use_id, correlation, count))


def drawn_jobs(
    one: Candidate, draws: Draws, correlation: float, count: int | None = None
) -> FloatArray:
    """Jobs of a platform or of a unit of scale in FTE, likewise.

    A platform that costs more employs more, so one chance drives both; of power reuse the jobs of a
    unit do not follow its cost.
    """
    if one.category == "blockchain":
        chance = draws.cost(one.use_id, correlation, count)
    else:
        chance = draws.uniform(f"catalogue/{one.use_id}/jobs")[:count]
    return spread(one.jobs, chance)


def drawn_base(knowledge: Knowledge, draws: Draws, count: int | None = None) -> FloatArray:
    """Capital of the base of a common platform in CNY m, shape (draws,)."""
    low, value, high = (
        knowledge.assumed(f"platform_base{end}") for end in ("_low", "", "_high")
    )  # fmt: skip
    return spread(Fact(value, CNY_M, low, high), draws.uniform("catalogue/platform_base")[:count])


def drawn_capital_of(
    chosen: list[tuple[Candidate, float]],
    shared: frozenset[str],
    keep: float,
    base: FloatArray,
    draws: Draws,
    correlation: float,
) -> FloatArray:
    """Capital of some projects together in CNY m, shape (draws,).

    Args:
        chosen: Uses with their sizes.
        shared: Those of them that can stand on a common platform.
        keep: Share of its own capital that a use on it still needs.
        base: Capital of the base of that platform in every draw.
        draws: The source of chance.
        correlation: As above.
    """
    own, common = np.zeros(draws.size), np.zeros(draws.size)
    for one, size in chosen:
        amount = size * drawn_capital(one, draws, correlation)
        if one.use_id in shared:
            common += amount
        else:
            own += amount
    if shared:
        common = np.minimum(common, base + keep * common)
    return own + common
