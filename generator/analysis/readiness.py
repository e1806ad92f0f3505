"""Readiness: how far a region meets each use's own needs, and what is missing in natural units.

Law first, then hard minima, then the score; a later step never rescues an earlier failure.

Also here: what is short of a use's targets, in natural units, and the gaps that hold back several
uses.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.analysis.anchors import anchor_places
from generator.analysis.contributions import Rolled, ask_for, contribution
from generator.analysis.counted import counts_of
from generator.analysis.memo import Memo
from generator.analysis.rollup import bodies_of
from generator.analysis.sizes import quantities
from generator.analysis.values import REACH, at_least, jobs_to_quotient
from generator.model import (
    CLEARED,
    COMPARATORS,
    LISTS,
    BiggestGap,
    Category,
    Contribution,
    CriterionValue,
    Gap,
    Knowledge,
    Listing,
    Readiness,
    Region,
    Screening,
    Signatures,
    Use,
    UseFinding,
    UseReadiness,
    Viability,
)

if TYPE_CHECKING:
    from generator.analysis.joining import Ask


_BIGGEST = 3


def score(
    region: Region, knowledge: Knowledge, screening: Screening, memo: Memo | None = None
) -> Readiness:
    """The readiness of every use that the law does not bar, in two lists.

    Args:
        region: The assets.
        knowledge: Needs, weights and roll-ups.
        screening: The law gate's answer; barred uses and comparators are not scored.
        memo: What another run has found already.

    Returns:
        Scores with their parts, gaps, shortlist and prepare list; until value alone is known both
        are ordered by readiness.
    """
    memo = memo or Memo()
    rolled = Rolled(region, knowledge, screening, memo)
    scored = {}
    for use in scored_uses(knowledge, screening):
        law, values = screening.uses[use.use_id], rolled.values_of(use)
        scored[use.use_id] = memo.of(
            "scored",
            (use.use_id, bool(region.institutions)),
            (*values, law, *bodies_of(region, use), region.industry, knowledge.requirements),
            partial(_under_law, rolled, use, values, law),
        )
    return memo.of("readiness", (), tuple(scored.values()), lambda: _ordered(scored, knowledge))


def _under_law(
    rolled: Rolled, use: Use, values: Sequence[CriterionValue], law: UseFinding
) -> UseReadiness:
    """A use's score, its gaps within what the law allows, and the list that it belongs to."""
    knowledge = rolled.knowledge
    found = score_parts(rolled.region, use, knowledge, rolled.contributions(use, values))
    gaps = gaps_of(found.contributions, rolled.region, use, knowledge)
    return replace(
        found,
        gaps=lawful_gaps(gaps, use, law.largest, knowledge),
        listed=_listed(found, use, knowledge) if law.status in CLEARED else "law_not_checked",
    )


def scored_uses(knowledge: Knowledge, screening: Screening) -> list[Use]:
    """The uses of both lists that the law does not bar."""
    return [
        use
        for use in knowledge.uses
        if use.category != COMPARATORS and screening.uses[use.use_id].status != "prohibited"
    ]


def asks_of(region: Region, use: Use, knowledge: Knowledge, screening: Screening) -> list[Ask]:
    """What is to be rolled up for a use, in the order of its requirements."""
    return [
        ask_for(region, use, knowledge.criteria[need.criterion_id], knowledge, screening)
        for need in knowledge.requirements[use.use_id]
    ]


def is_viable(
    region: Region, use: Use, knowledge: Knowledge, screening: Screening, memo: Memo
) -> bool:
    """Whether a use meets all its hard minima; its score and the law are not looked at.

    Args:
        region: The assets.
        use: What is looked at.
        knowledge: Needs and roll-ups.
        screening: The legal orders and the day, for published factors.
        memo: What another run has found already.
    """
    parts = Rolled(region, knowledge, screening, memo).hard_parts(use)
    return score_parts(region, use, knowledge, parts).viability == "viable"


def score_parts(
    region: Region, use: Use, knowledge: Knowledge, parts: tuple[Contribution, ...]
) -> UseReadiness:
    """The score of a use from its parts, without gaps.

    Args:
        region: Its institutions.
        use: What is scored.
        knowledge: Which criterion counts institutions.
        parts: In the order of the use's requirements.
    """
    role = knowledge.in_role("institutions")
    counted = _of(parts, role.criterion_id if role else "")
    signatures = _signatures(region, use, counted)
    return _assembled(use, parts, signatures, counted)


def _of(parts: Iterable[Contribution], criterion_id: str) -> Contribution | None:
    return next((one for one in parts if one.requirement.criterion_id == criterion_id), None)


def _assembled(
    use: Use,
    parts: tuple[Contribution, ...],
    signatures: Signatures,
    counted: Contribution | None,
) -> UseReadiness:
    """The score of a use, its gaps aside; `counted` is the part that counts signed institutions."""
    low = math.fsum([part.points_low for part in parts])
    high = math.fsum([part.points_high for part in parts])
    settled = [part for part in parts if part.partial is not None]
    hard = [part for part in parts if part.requirement.hard_minimum]
    missed = tuple(
        part
        for part in hard
        if part.meets_minimum is False or (part is counted and signatures.missing_types)
    )
    unknown = tuple(part for part in hard if part.meets_minimum is None and part not in missed)
    viability: Viability = "not_viable" if missed else "cannot_be_cleared" if unknown else "viable"
    by_grade: dict[str, float] = defaultdict(float)
    for part in settled:
        by_grade[part.value.fact.grade] += part.requirement.weight
    return UseReadiness(
        use_id=use.use_id,
        category=use.category,
        contributions=parts,
        low=low,
        score=low if len(settled) == len(parts) else None,
        high=high,
        coverage_pct=math.fsum([part.requirement.weight for part in settled]),
        viability=viability,
        missed=missed,
        unknown_minima=unknown,
        signatures=signatures,
        gaps=(),
        weight_by_grade=dict(sorted(by_grade.items())),
        rank=None,
        listed="cleared",
    )


def _signatures(region: Region, use: Use, counted: Contribution | None) -> Signatures:
    """Signed institutions of a use, and what its hard minimum on them still lacks.

    Counted as the criterion counts them, or as a Measures row says in its place.
    """
    need = counted.requirement if counted else None
    is_hard = need is not None and need.hard_minimum and bool(region.institutions)
    signed = {
        row.type for row in region.institutions if row.use == use.use_id and row.status == "signed"
    }
    missing_types = (
        tuple(kind for kind in use.key_institution_types if kind not in signed) if is_hard else ()
    )
    least = math.ceil(need.minimum) if need and is_hard else 0
    count = math.floor(counted.value.fact.value or 0.0) if counted else 0
    return Signatures(count, max(0, least - count, len(missing_types)), missing_types)


def _listed(use: UseReadiness, entry: Use, knowledge: Knowledge) -> Listing:
    """Which list a scored use belongs to that the law clears."""
    if qualifies(use, entry, knowledge):
        return "shortlist"
    return "prepare" if _waits_for_signatures(use, entry, knowledge) else "cleared"


def qualifies(use: UseReadiness, entry: Use, knowledge: Knowledge) -> bool:
    """Whether a use belongs on the shortlist, the law aside."""
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
    if any(one is not part for one in (*use.missed, *use.unknown_minima)):
        return False
    fact = replace(part.value.fact, value=part.value.fact.value + use.signatures.missing)
    fuller = contribution(part.requirement, replace(part.value, fact=fact))
    parts = tuple(fuller if one is part else one for one in use.contributions)
    signed = replace(use.signatures, missing=0, missing_types=())
    return qualifies(_assembled(entry, parts, signed, fuller), entry, knowledge)


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
        biggest_gaps=biggest_gaps(ranked, order),
    )


def _rank(use: UseReadiness, cleared: Sequence[UseReadiness], knowledge: Knowledge) -> int | None:
    """Rank among viable uses with enough data; ties share a rank."""
    limit = knowledge.assumed("coverage_minimum_pct")

    def has_rank(one: UseReadiness) -> bool:
        return one.viability == "viable" and at_least(one.coverage_pct, limit)

    if not has_rank(use):
        return None
    return 1 + sum(1 for other in cleared if has_rank(other) and not at_least(use.low, other.low))


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
    known = counts_of(region.industry)
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
