"""Benefit: what a use is worth on the scale of its list, beside readiness and never mixed with it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.recipes import isic_places
from generator.analysis.rollup import OPERATIONS
from generator.analysis.scoring import scored_uses
from generator.analysis.values import FloatArray, at_least, location_quotient, partial_value
from generator.model import (
    LISTS,
    Adjustment,
    Benefit,
    BenefitCriterion,
    BenefitPart,
    Category,
    Fact,
    Knowledge,
    Label,
    Origin,
    Readiness,
    Region,
    Screening,
    StakeholderView,
    Use,
    UseBenefit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_CNY = "CNY"
_COMMON_ACTIVITY = "permissioned_blockchain"
"""Nearly every use of the list carries it, so that its encouragement tells none apart."""
_SUPPLIED = "user:"
"""Marks a criterion that has data only where a planner supplies them."""
_FIRST = 3
ESTIMATED = ("capex", "jobs", "payback_years", "annual_value_added")
"""The columns of the Estimates sheet: a use's economic figures, its own or the catalogue's."""


def value(region: Region, knowledge: Knowledge, screening: Screening) -> Benefit:
    """The benefit of every use that the law does not bar, with its parts.

    Args:
        region: Its own estimates, its employment and its stakeholders' weights.
        knowledge: Catalogue ranges, benefit criteria and default weights.
        screening: Which activities are encouraged.
    """
    uses = scored_uses(knowledge, screening)
    defaults = {key: item.weight for key, item in knowledge.benefits.items()}
    anchors = strong_entries(region, knowledge)
    facts = {use.use_id: benefit_facts(region, use, knowledge, screening, anchors) for use in uses}
    weights = {
        category: applied_weights(category, defaults, region, knowledge) for category in LISTS
    }
    found = {
        use.use_id: _benefit(use, facts[use.use_id], weights[use.category], region, knowledge)
        for use in uses
    }
    return Benefit(uses=found, weights=weights, stakeholders=(), agreed={})


def in_order(readiness: Readiness, benefit: Benefit) -> Readiness:
    """The shortlists ordered by benefit, ties by readiness."""
    scores = {key: use.low for key, use in benefit.uses.items()}
    shortlist = {
        category: _ranked(ids, scores, readiness) for category, ids in readiness.shortlist.items()
    }
    return replace(readiness, shortlist=shortlist)


def with_stakeholders(
    benefit: Benefit, region: Region, readiness: Readiness, knowledge: Knowledge
) -> Benefit:
    """The shortlists once more by each stakeholder's weights, and what all have in front."""
    points: dict[Label, dict[str, float]] = {}
    for row in region.weights:
        points.setdefault(row.stakeholder, {})[row.benefit] = row.weight.value or 0.0
    views = []
    for name, given in points.items():
        weights = {
            category: applied_weights(category, given, region, knowledge) for category in LISTS
        }
        scores = {
            key: math.fsum(
                weights[use.category].get(part.benefit_id, 0.0) * part.low for part in use.parts
            )
            for key, use in benefit.uses.items()
        }
        order = {
            category: _ranked(ids, scores, readiness)
            for category, ids in readiness.shortlist.items()
        }
        views.append(StakeholderView(name, order, scores))
    agreed = {
        category: tuple(
            use_id
            for use_id in ids[:_FIRST]
            if all(use_id in view.order[category][:_FIRST] for view in views)
        )
        for category, ids in readiness.shortlist.items()
    }
    return replace(benefit, stakeholders=tuple(views), agreed=agreed if views else {})


def _ranked(
    ids: Iterable[str], scores: Mapping[str, float], readiness: Readiness
) -> tuple[str, ...]:
    def key(use_id: str) -> tuple[float, float, str]:
        return -round(scores[use_id], 9), -round(readiness.uses[use_id].low, 9), use_id

    return tuple(sorted(ids, key=key))


# --- weights --------------------------------------------------------------------------------------


def applied_weights(
    category: Category, points: Mapping[str, float], region: Region, knowledge: Knowledge
) -> dict[str, float]:
    """The weights of one list: those of criteria that do not apply there are shared out.

    Args:
        category: The list.
        points: Weight by benefit id, in points.
        region: A criterion that only planners supply applies where they did for a use of the list.
        knowledge: What applies to which list.

    Returns:
        Points that sum to 100; empty when nothing that applies has weight.
    """
    listed = {use.use_id for use in knowledge.uses if use.category == category}
    is_supplied = any(
        millions_in_cny(row.annual_value_added, region).value is not None
        for row in region.estimates
        if row.use in listed
    )
    counted = {
        key: points.get(key, 0.0)
        for key, criterion in knowledge.benefits.items()
        if criterion.anchors(category)
        and (is_supplied or not criterion.source[0].startswith(_SUPPLIED))
    }
    total = math.fsum(counted.values())
    return {key: 100 * weight / total for key, weight in counted.items()} if total > 0 else {}


def _benefit(
    use: Use,
    facts: Mapping[str, Fact],
    weights: Mapping[str, float],
    region: Region,
    knowledge: Knowledge,
) -> UseBenefit:
    own = own_columns(region, use.use_id)
    parts = tuple(
        _part(knowledge.benefits[key], use.category, facts[key], weight, own)
        for key, weight in weights.items()
    )
    low, high = (
        math.fsum(part.weight * getattr(part, end) for part in parts) for end in ("low", "high")
    )
    known = math.fsum(part.weight for part in parts if part.partial is not None)
    is_settled = all(part.partial is not None for part in parts)
    return UseBenefit(
        use.use_id, use.category, parts, low, low if is_settled else None, high, known
    )


_READS = {
    "B01": ("jobs", "capex"),
    "B02": ("jobs",),
    "B03": ("payback_years",),
    "B06": ("jobs",),
    "B08": ("annual_value_added", "capex"),
}


def _part(
    criterion: BenefitCriterion,
    category: Category,
    fact: Fact,
    weight: float,
    own: Mapping[str, Fact],
) -> BenefitPart:
    none_at, full_at = criterion.anchors(category) or (0.0, 1.0)
    partial = None
    if fact.value is not None:
        worth = partial_value(fact.value, none_at, full_at, criterion.direction)
        partial = round(float(worth), 12)
    return BenefitPart(
        benefit_id=criterion.benefit_id,
        fact=fact,
        none_at=none_at,
        full_at=full_at,
        weight=weight,
        low=0.0 if partial is None else partial,
        partial=partial,
        high=1.0 if partial is None else partial,
        is_own=any(column in own for column in _READS.get(criterion.benefit_id, ())),
    )


# --- the figures behind it ------------------------------------------------------------------------


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
    if region.currency == _CNY or fact.value is None:
        return replace(fact, unit="CNY m")
    rate = region.cny_per_unit.value
    if rate is None:
        return replace(fact, value=None, low=None, high=None)
    low, high = (None if end is None else end * rate for end in (fact.low, fact.high))
    origins = (*fact.origins, *region.cny_per_unit.origins)
    return replace(fact, value=fact.value * rate, low=low, high=high, unit="CNY m", origins=origins)


def figures(region: Region, use: Use) -> dict[str, Fact]:
    """The economic figures of a use: the region's own where given, else the catalogue's range.

    Returns:
        Facts by column of the Estimates sheet; the value of a catalogue range is its middle.
    """
    found = {
        "capex": _ranged(use, "capex_cny_m", "CNY m"),
        "jobs": _ranged(use, "jobs_fte", "FTE"),
        "payback_years": _ranged(use, "payback_years", "years"),
        "annual_value_added": Fact(None, "CNY m"),
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
    facts = {key: _joined([known[column] for column in read]) for key, read in _READS.items()}
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
    scale_kw = math.nan if use.scale_mw is None else use.scale_mw * 1000
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = {
            "B01": jobs / capex,
            "B06": scale_kw / jobs,
            "B08": numbers["annual_value_added"] / capex,
        }
    known = {key: np.where(np.isfinite(found), found, np.nan) for key, found in ratios.items()}
    return {**known, "B02": jobs, "B03": numbers["payback_years"]}


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
        for entry in ("", *places.get(row.code, (row.code,))):
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
