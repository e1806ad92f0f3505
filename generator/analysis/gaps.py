"""What is short of a use's targets, in natural units, and the gaps that hold back several uses."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.analysis.anchors import anchor_places
from generator.analysis.counted import employed
from generator.analysis.sizes import quantities
from generator.analysis.values import REACH, jobs_to_quotient
from generator.model import (
    LISTS,
    BiggestGap,
    Category,
    Contribution,
    Gap,
    Knowledge,
    Region,
    Use,
    UseReadiness,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_BIGGEST = 3


def gaps_of(
    parts: Sequence[Contribution], region: Region, use: Use, knowledge: Knowledge
) -> Iterable[Gap]:
    """What is short of the target, with the readiness that closing it alone would give."""
    points = [part.points_low for part in parts]
    for place, part in enumerate(parts):
        value, need = part.value.fact.value, part.requirement
        if value is None or part.partial == 1.0:
            continue
        closed = math.fsum([*points[:place], need.weight, *points[place + 1 :]])
        sign = 1 if need.direction == "higher_better" else -1
        yield Gap(
            criterion_id=need.criterion_id,
            value=value,
            to_minimum=max(0.0, (need.minimum - value) * sign),
            to_target=max(0.0, (need.target - value) * sign),
            minimum=need.minimum,
            target=need.target,
            points=need.weight - part.points_low,
            readiness_at_target=closed,
            jobs_to_target=(
                _quotient_jobs(region, use, knowledge, need.target)
                if knowledge.is_in_role(need.criterion_id, "location_quotient")
                and part.value.rule != "measures"
                else None
            ),
            # Existing halls are not what a use that builds its own is asked to mend.
            is_given=knowledge.criteria[need.criterion_id].is_given or part.is_design_condition,
        )


def _quotient_jobs(region: Region, use: Use, knowledge: Knowledge, target: float) -> float | None:
    places = anchor_places(region, use, knowledge)
    if not places:
        return None
    known = employed(region.industry)
    return jobs_to_quotient(
        target,
        math.fsum([known.local[place] for place in places]),
        known.totals[0],
        math.fsum([known.reference[place] for place in places]),
        known.totals[1],
    )


def lawful_gaps(
    gaps: Iterable[Gap], use: Use, largest: float | None, knowledge: Knowledge
) -> tuple[Gap, ...]:
    """The gaps, those given as such that ask for a size which the law bars.

    Args:
        gaps: Of the use.
        use: What is built.
        largest: Its largest lawful size in units; None where the catalogue counts none.
        knowledge: Which quantity a criterion grows with.
    """
    if largest is None:
        return tuple(gaps)
    lawful = quantities(use, largest, knowledge)

    def is_barred(gap: Gap) -> bool:
        amount = lawful.get(knowledge.criteria[gap.criterion_id].quantity)
        units_max = knowledge.needs[use.use_id].units_max or 0.0
        return amount is not None and largest < units_max and gap.target > amount * (1.0 + REACH)

    return tuple(replace(gap, is_given=True) if is_barred(gap) else gap for gap in gaps)


def biggest_gaps(
    uses: Mapping[str, UseReadiness],
    order: Mapping[Category, tuple[str, ...]],
) -> tuple[BiggestGap, ...]:
    """The criteria that cost the listed uses most readiness; what is simply given does not count."""
    cleared = [uses[key] for category in LISTS for key in order[category]]
    near = [use for use in cleared if use.listed in {"shortlist", "prepare"}] or cleared
    by_criterion: dict[str, list[tuple[UseReadiness, Gap]]] = defaultdict(list)
    for use in near:
        for gap in use.gaps:
            if not gap.is_given:
                by_criterion[gap.criterion_id].append((use, gap))
    gaps = []
    for criterion_id, found in by_criterion.items():
        use, widest = max(found, key=lambda pair: (pair[1].to_target, pair[0].use_id))
        points = math.fsum(gap.points for _, gap in found)
        names = tuple(one.use_id for one, _ in found)
        gaps.append(BiggestGap(criterion_id, widest, use.use_id, names, points))
    gaps.sort(key=lambda gap: (-gap.points, gap.criterion_id))
    return tuple(gaps[:_BIGGEST])
