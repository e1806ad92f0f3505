"""The figures that a use's benefit rests on: the region's own, else the catalogue's ranges."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.anchors import isic_entries, isic_places
from generator.analysis.recipes import in_cny
from generator.analysis.rollup import OPERATIONS
from generator.analysis.values import FloatArray, at_least, location_quotient
from generator.model import (
    CNY_M,
    Adjustment,
    Fact,
    Knowledge,
    Label,
    Origin,
    Region,
    Screening,
    Use,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COMMON_ACTIVITY = "permissioned_blockchain"
"""Nearly every use of the list carries it, so that its encouragement tells none apart."""
ESTIMATED = ("capex", "jobs", "payback_years", "annual_value_added")
"""The columns of the Estimates sheet: a use's economic figures, its own or the catalogue's."""
READS = {
    "B01": ("jobs", "capex"),
    "B02": ("jobs",),
    "B03": ("payback_years",),
    "B06": ("jobs",),
    "B08": ("annual_value_added", "capex"),
}
"""Benefit criterion to the economic figures it reads."""


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


def figures(region: Region, use: Use) -> dict[str, Fact]:
    """The economic figures of a use: the region's own where given, else the catalogue's range.

    Returns:
        Facts by column of the Estimates sheet; the value of a catalogue range is its middle.
    """
    found = {
        "capex": _ranged(use, "capex_cny_m", CNY_M),
        "jobs": _ranged(use, "jobs_fte", "FTE"),
        "payback_years": _ranged(use, "payback_years", "years"),
        "annual_value_added": Fact(None, CNY_M),
    }
    found |= own_columns(region, use.use_id)
    for change in region.adjustments:
        if change.target in found:
            found[change.target] = _scaled(found[change.target], change)
    return found


def _scaled(fact: Fact, change: Adjustment) -> Fact:
    """A figure and its range after a scenario's change."""
    ends = [
        None if end is None else float(OPERATIONS[change.operation](np.asarray(end), change.value))
        for end in (fact.value, fact.low, fact.high)
    ]
    return replace(fact, value=ends[0], low=ends[1], high=ends[2])


def _ranged(use: Use, column: str, unit: str) -> Fact:
    low, high = getattr(use, f"{column}_low"), getattr(use, f"{column}_high")
    middle = None if low is None or high is None else (low + high) / 2
    grade = {"cited": "B", "partly_cited": "C"}.get(use.numbers_status, "D")
    return Fact(
        middle, unit, low, high, grade, origins=(Origin("uses.csv", "uses", use.use_id),),
        stream=f"catalogue/{use.use_id}/{column}",
    )  # fmt: skip


def benefit_facts(
    region: Region,
    use: Use,
    knowledge: Knowledge,
    screening: Screening,
    anchors: tuple[frozenset[str] | None, Fact],
) -> dict[str, Fact]:
    """The value of each benefit criterion for a use, unknown where there is no figure."""
    known = figures(region, use)
    numbers = {key: as_array(fact.value) for key, fact in known.items()}
    level = f"maturity_level_{use.maturity}"
    maturity = knowledge.assumed(level) if level in knowledge.assumptions else None
    encouraged = encouraged_activities(use, screening)
    strong, employment = anchors
    facts = {key: _joined([known[column] for column in read]) for key, read in READS.items()}
    facts["B04"] = Fact(None, "", grade="C")
    facts["B05"] = Fact(None, "", grade="B")
    facts["B07"] = employment
    values = adjusted_values(
        {
            **economic_values(numbers, use),
            "B04": as_array(maturity),
            "B05": as_array(len(encouraged)),
            "B07": as_array(_anchored(use, strong)),
        },
        region,
    )
    return {
        key: replace(facts[key], value=as_number(values[key]), unit=criterion.unit.text("en"))
        for key, criterion in knowledge.benefits.items()
        if key in facts
    }


def economic_values(numbers: Mapping[str, FloatArray], use: Use) -> dict[str, FloatArray]:
    """The criteria that follow from a use's economic figures.

    Args:
        numbers: Figures by column of the Estimates sheet, money in CNY millions, NaN for unknown;
            shapes (draws,) or ().
        use: Its unit of scale in MW.

    Returns:
        B01 and B08 per CNY million of capital, B02 in FTE, B03 in years, B06 in kW per FTE; NaN
        where unknown, shapes of the figures.
    """
    capex, jobs = numbers["capex"], numbers["jobs"]
    scale_kw = np.asarray(math.nan if use.scale_mw is None else use.scale_mw * 1000)
    known = {
        "B01": _ratio(jobs, capex),
        "B06": _ratio(scale_kw, jobs),
        "B08": _ratio(numbers["annual_value_added"], capex),
    }
    return {**known, "B02": jobs, "B03": numbers["payback_years"]}


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """One figure over another; NaN where either is unknown or nothing stands below."""
    for figure in (above, below):
        if not figure.ndim and np.isnan(figure):
            return np.asarray(math.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = above / below
    return np.where(np.isfinite(found), found, np.nan)


def adjusted_values(values: dict[str, FloatArray], region: Region) -> dict[str, FloatArray]:
    """Benefit values after what a scenario changes in them."""
    for change in region.adjustments:
        if change.target in values:
            values[change.target] = OPERATIONS[change.operation](
                values[change.target], change.value
            )
    return values


def as_array(number: float | None) -> FloatArray:
    """A number as an array of no dimension, NaN for unknown."""
    return np.asarray(math.nan if number is None else number)


def as_number(values: FloatArray) -> float | None:
    """The inverse of `as_array`."""
    return None if np.isnan(values) else float(values)


def _joined(facts: Sequence[Fact]) -> Fact:
    """All origins, the worst grade and the oldest date of the figures a value rests on."""
    sources = {fact.source for fact in facts if fact.source}
    return Fact(
        value=None,
        unit="",
        grade=max(fact.grade for fact in facts),
        source=sources.pop() if len(sources) == 1 else Label(),
        as_of=min((fact.as_of for fact in facts if fact.as_of), default=""),
        origins=tuple(dict.fromkeys(origin for fact in facts for origin in fact.origins)),
    )


def encouraged_activities(use: Use, screening: Screening) -> list[str]:
    """The use's activities with an encouraged rule in force and in scope."""
    return [
        found.activity
        for found in screening.uses[use.use_id].findings
        if found.activity != _COMMON_ACTIVITY
        and any(rule.effect == "encouraged" for rule in found.rules)
    ]


def strong_entries(region: Region, knowledge: Knowledge) -> tuple[frozenset[str] | None, Fact]:
    """The anchor entries whose location quotient here is at least 1.

    Returns:
        ISIC divisions and sections, None where the sheet has no employment; and a fact with the
        origins of all employment that was read.
    """
    known = [
        row
        for row in region.industry
        if row.employment.value is not None and row.employment_reference.value is not None
    ]
    if not known:
        return None, Fact(None, "", grade="C")
    sums: dict[str, list[float]] = {}
    places = isic_places(knowledge)
    for row in known:
        pair = (row.employment.value or 0.0, row.employment_reference.value or 0.0)
        for entry in ("", *isic_entries(row, places)):
            total = sums.setdefault(entry, [0.0, 0.0])
            total[0], total[1] = total[0] + pair[0], total[1] + pair[1]
    local, reference = sums.pop("")
    strong = frozenset(
        entry
        for entry, (own, there) in sums.items()
        if at_least(float(location_quotient(own, local, there, reference)), 1.0)
    )
    return strong, _joined(
        [fact for row in known for fact in (row.employment, row.employment_reference)]
    )


def _anchored(use: Use, strong: frozenset[str] | None) -> int:
    """Anchor entries; where the sheet has employment, only those that are strong here."""
    return sum(1 for entry in use.isic_anchor if strong is None or entry in strong)
