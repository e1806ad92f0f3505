"""Benefit: what a use is worth on the scale of its list, beside readiness and never mixed with it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.analysis.figures import (
    READS,
    benefit_facts,
    millions_in_cny,
    own_columns,
    strong_entries,
)
from generator.analysis.scoring import scored_uses
from generator.analysis.values import partial_value
from generator.model import (
    LISTS,
    Benefit,
    BenefitCriterion,
    BenefitPart,
    Category,
    Fact,
    Knowledge,
    Label,
    Readiness,
    Region,
    Screening,
    StakeholderView,
    Use,
    UseBenefit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SUPPLIED = "user:"
"""Marks a criterion that has data only where a planner supplies them."""
_FIRST = 3


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
        # Whoever gives no weight to anything that applies to a list has no order of it.
        order = {
            category: _ranked(ids, scores, readiness) if any(weights[category].values()) else ()
            for category, ids in readiness.shortlist.items()
        }
        views.append(StakeholderView(name, order, scores))
    agreed = {
        category: tuple(
            use_id
            for use_id in ids[:_FIRST]
            if all(
                use_id in view.order[category][:_FIRST] for view in views if view.order[category]
            )
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
        is_own=any(column in own for column in READS.get(criterion.benefit_id, ())),
    )
