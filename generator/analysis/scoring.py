"""Readiness: how far a region meets each use's own needs, and what is missing in natural units.

Law first, then hard minima, then the score; a later step never rescues an earlier failure.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.analysis.anchors import anchor_rows
from generator.analysis.rollup import Ask, roll_up, shared_by
from generator.analysis.values import at_least, jobs_to_quotient, partial_value
from generator.model import (
    CLEARED,
    COMPARATORS,
    LISTS,
    BarredSize,
    BiggestGap,
    Category,
    Contribution,
    CriterionValue,
    Gap,
    Knowledge,
    Readiness,
    Region,
    Requirement,
    Screening,
    Signatures,
    Use,
    UseReadiness,
    Viability,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_BIGGEST = 3
_QUANTITIES = {"it_load_mw": "it_mw", "grid_mw": "grid_mw", "racks": "racks"}
"""Roles of criteria to the quantities that rules limit."""


Values = dict[tuple[str, ...], CriterionValue]
"""Rolled-up values by criterion and what uses must share to have the same one."""


def score(
    region: Region, knowledge: Knowledge, screening: Screening, values: Values | None = None
) -> Readiness:
    """The readiness of every use that the law does not bar, in two lists.

    Args:
        region: The assets.
        knowledge: Needs, weights and roll-ups.
        screening: The law gate's answer; barred uses and comparators are not scored.
        values: What is rolled up already; the rest is filled in.

    Returns:
        Scores with their parts, gaps, shortlist and prepare list; until benefit is known both are
        ordered by readiness.
    """
    scored = {}
    values = {} if values is None else values
    for use in scored_uses(knowledge, screening):
        is_cleared = screening.uses[use.use_id].status in CLEARED
        found = score_use(region, use, knowledge, screening, values)
        found = _lawful_gaps(found, screening.uses[use.use_id].barred, knowledge)
        scored[use.use_id] = _listed(found, use, knowledge, is_cleared)
    return _ordered(scored, knowledge)


def _lawful_gaps(
    found: UseReadiness, barred: Sequence[BarredSize], knowledge: Knowledge
) -> UseReadiness:
    """The use with no gap that asks for a size which the law bars."""
    if not barred:
        return found

    def is_barred(gap: Gap) -> bool:
        quantity = _QUANTITIES.get(knowledge.criteria[gap.criterion_id].role)
        return any(one.quantity == quantity and gap.target >= one.amount for one in barred)

    gaps = (replace(gap, is_given=gap.is_given or is_barred(gap)) for gap in found.gaps)
    return replace(found, gaps=tuple(gaps))


def scored_uses(knowledge: Knowledge, screening: Screening) -> list[Use]:
    """The uses of both lists that the law does not bar."""
    return [
        use
        for use in knowledge.uses
        if use.category != COMPARATORS and screening.uses[use.use_id].status != "prohibited"
    ]


def asks_of(region: Region, use: Use, knowledge: Knowledge, screening: Screening) -> list[Ask]:
    """What is to be rolled up for a use, in the order of its requirements."""
    day = screening.as_of.isoformat()
    return [
        Ask(
            region,
            use,
            knowledge.criteria[need.criterion_id],
            knowledge,
            screening.jurisdictions,
            day,
        )
        for need in knowledge.requirements[use.use_id]
    ]


def score_use(
    region: Region,
    use: Use,
    knowledge: Knowledge,
    screening: Screening,
    values: Values | None = None,
) -> UseReadiness:
    """One use's score from the rolled-up criteria; the law is not looked at here.

    Args:
        region: The assets.
        use: What is scored.
        knowledge: Needs, weights and roll-ups.
        screening: The legal orders and the day, for published factors.
        values: Rolled-up values that uses of this region share, filled as they are found.
    """
    values = {} if values is None else values
    parts = []
    for ask in asks_of(region, use, knowledge, screening):
        key = (ask.criterion.criterion_id, *shared_by(ask))
        if key not in values:
            values[key] = roll_up(ask)
        parts.append(values[key])
    needs = knowledge.requirements[use.use_id]
    return _scored(region, use, knowledge, map(contribution, needs, parts))


def _scored(
    region: Region, use: Use, knowledge: Knowledge, found: Iterable[Contribution]
) -> UseReadiness:
    parts = list(found)
    role = knowledge.in_role("institutions")
    counted = _of(parts, role.criterion_id if role else "")
    signatures = _signatures(region, use, counted)
    gaps = tuple(_gaps(parts, region, use, knowledge))
    return _assembled(use, tuple(parts), signatures, gaps, counted)


def contribution(need: Requirement, value: CriterionValue) -> Contribution:
    """A requirement's points of readiness, as an interval while the value is unknown."""
    known = value.fact.value
    secured = value.at_least_as_good_as if known is None else known
    if secured is None:
        low = 0.0
    else:
        value_of = partial_value(secured, need.minimum, need.target, need.direction)
        low = round(float(value_of), 12)
    is_settled = known is not None or low == 1.0
    high = low if is_settled else 1.0
    meets = secured is not None and _reaches(secured, need.minimum, need.direction)
    return Contribution(
        requirement=need,
        value=value,
        low=low,
        partial=low if is_settled else None,
        high=high,
        points_low=need.weight * low,
        points_high=need.weight * high,
        meets_minimum=True if meets else (False if known is not None else None),
    )


def _reaches(value: float, bound: float, direction: str) -> bool:
    sign = 1.0 if direction == "higher_better" else -1.0
    return at_least(value * sign, bound * sign)


def _of(parts: Iterable[Contribution], criterion_id: str) -> Contribution | None:
    return next((one for one in parts if one.requirement.criterion_id == criterion_id), None)


def _assembled(
    use: Use,
    parts: tuple[Contribution, ...],
    signatures: Signatures,
    gaps: tuple[Gap, ...],
    counted: Contribution | None,
) -> UseReadiness:
    """The score of a use; `counted` is the part that counts signed institutions."""
    low, high = (
        math.fsum(getattr(part, end) for part in parts) for end in ("points_low", "points_high")
    )
    is_settled = all(part.partial is not None for part in parts)
    hard = [part for part in parts if part.requirement.hard_minimum]
    missed = tuple(
        part
        for part in hard
        if part.meets_minimum is False or (part is counted and signatures.missing_types)
    )
    unknown = tuple(part for part in hard if part.meets_minimum is None and part not in missed)
    viability: Viability = "not_viable" if missed else "cannot_be_cleared" if unknown else "viable"
    by_grade: dict[str, float] = defaultdict(float)
    for part in parts:
        if part.partial is not None:
            by_grade[part.value.fact.grade] += part.requirement.weight
    return UseReadiness(
        use_id=use.use_id,
        category=use.category,
        contributions=parts,
        low=low,
        score=low if is_settled else None,
        high=high,
        coverage_pct=math.fsum(
            part.requirement.weight for part in parts if part.partial is not None
        ),
        viability=viability,
        missed=missed,
        unknown_minima=unknown,
        signatures=signatures,
        gaps=gaps,
        weight_by_grade=dict(sorted(by_grade.items())),
        rank=None,
        listed="cleared",
    )


def _signatures(region: Region, use: Use, counted: Contribution | None) -> Signatures:
    """Signed institutions of a use, and what its hard minimum on them still lacks."""
    signed = [
        row for row in region.institutions if row.use == use.use_id and row.status == "signed"
    ]
    need = counted.requirement if counted else None
    is_hard = need is not None and need.hard_minimum and bool(region.institutions)
    missing_types = (
        tuple(
            kind for kind in use.key_institution_types if kind not in {row.type for row in signed}
        )
        if is_hard
        else ()
    )
    least = math.ceil(need.minimum) if need and is_hard else 0
    count = _signed_count(counted, len(signed))
    return Signatures(count, max(0, least - count, len(missing_types)), missing_types)


def _signed_count(counted: Contribution | None, listed: int) -> int:
    """The signatures listed, or the number that a Measures row puts in their place."""
    if counted is not None and counted.value.rule == "measures":
        return math.floor(counted.value.fact.value or 0.0)
    return listed


# --- gaps -----------------------------------------------------------------------------------------


def _gaps(
    parts: Sequence[Contribution], region: Region, use: Use, knowledge: Knowledge
) -> Iterable[Gap]:
    """What is short of the target, with the readiness that closing it alone would give."""
    for part in parts:
        value, need = part.value.fact.value, part.requirement
        if value is None or part.partial == 1.0:
            continue
        closed = math.fsum(need.weight if other is part else other.points_low for other in parts)
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
            is_given=knowledge.criteria[need.criterion_id].is_given,
        )


def _quotient_jobs(region: Region, use: Use, knowledge: Knowledge, target: float) -> float | None:
    rows = [
        row
        for row in region.industry
        if row.employment.value is not None and row.employment_reference.value is not None
    ]
    anchors = [row for row in anchor_rows(region, use, knowledge) if row in rows]
    if not anchors:
        return None

    def total(items: Iterable[float | None]) -> float:
        return math.fsum(item or 0.0 for item in items)

    return jobs_to_quotient(
        target,
        total(row.employment.value for row in anchors),
        total(row.employment.value for row in rows),
        total(row.employment_reference.value for row in anchors),
        total(row.employment_reference.value for row in rows),
    )


# --- lists and order ------------------------------------------------------------------------------


def _listed(use: UseReadiness, entry: Use, knowledge: Knowledge, is_cleared: bool) -> UseReadiness:  # noqa: FBT001 - one fact of the law gate, private
    """Which list a scored use belongs to."""
    if not is_cleared:
        return replace(use, listed="law_not_checked")
    if _qualifies(use, entry, knowledge):
        return replace(use, listed="shortlist")
    if _waits_for_signatures(use, entry, knowledge):
        return replace(use, listed="prepare")
    return use


def _qualifies(use: UseReadiness, entry: Use, knowledge: Knowledge) -> bool:
    return (
        use.viability == "viable"
        and at_least(use.coverage_pct, knowledge.assumed("coverage_minimum_pct"))
        and at_least(use.low, knowledge.assumed("shortlist_readiness"))
        and entry.maturity != "declining"
    )


def _waits_for_signatures(use: UseReadiness, entry: Use, knowledge: Knowledge) -> bool:
    """Whether signing what the hard minimum lacks, and nothing else, would shortlist the use."""
    role = knowledge.in_role("institutions")
    part = _of(use.contributions, role.criterion_id if role else "")
    if part is None or part.value.fact.value is None or not use.signatures.missing:
        return False
    fact = replace(part.value.fact, value=part.value.fact.value + use.signatures.missing)
    fuller = contribution(part.requirement, replace(part.value, fact=fact))
    parts = tuple(fuller if one is part else one for one in use.contributions)
    signed = replace(use.signatures, missing=0, missing_types=())
    return _qualifies(_assembled(entry, parts, signed, (), fuller), entry, knowledge)


_VIABILITY_ORDER = {"viable": 0, "cannot_be_cleared": 1, "not_viable": 2}


def _ordered(scored: Mapping[str, UseReadiness], knowledge: Knowledge) -> Readiness:
    ranked = dict(scored)
    order: dict[Category, tuple[str, ...]] = {}
    open_law: dict[Category, tuple[str, ...]] = {}
    for category in LISTS:
        own = [use for use in scored.values() if use.category == category]
        own.sort(key=lambda use: (_VIABILITY_ORDER[use.viability], -use.low, -use.high, use.use_id))
        cleared = [use for use in own if use.listed != "law_not_checked"]
        order[category] = tuple(use.use_id for use in cleared)
        open_law[category] = tuple(use.use_id for use in own if use.listed == "law_not_checked")
        for use in cleared:
            ranked[use.use_id] = replace(use, rank=_rank(use, cleared, knowledge))

    def having(listed: str) -> Mapping[Category, tuple[str, ...]]:
        return {
            category: tuple(key for key in order[category] if ranked[key].listed == listed)
            for category in LISTS
        }

    return Readiness(
        uses=ranked,
        order=order,
        shortlist=having("shortlist"),
        prepare=having("prepare"),
        law_not_checked=open_law,
        biggest_gaps=_biggest_gaps(ranked, order),
    )


def _rank(use: UseReadiness, cleared: Sequence[UseReadiness], knowledge: Knowledge) -> int | None:
    """Rank among viable uses with enough data; ties share a rank."""
    limit = knowledge.assumed("coverage_minimum_pct")

    def has_rank(one: UseReadiness) -> bool:
        return one.viability == "viable" and at_least(one.coverage_pct, limit)

    if not has_rank(use):
        return None
    return 1 + sum(1 for other in cleared if has_rank(other) and not at_least(use.low, other.low))


def _biggest_gaps(
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
