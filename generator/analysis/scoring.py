"""Readiness: how far a region meets each use's own needs, and what is missing in natural units.

Law first, then hard minima, then the score; a later step never rescues an earlier failure.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from generator.analysis.gaps import biggest_gaps, gaps_of, lawful_gaps
from generator.analysis.memo import Memo
from generator.analysis.rollup import Ask, read_by, roll_up, rolled_for
from generator.analysis.values import at_least, partial_of
from generator.model import (
    CLEARED,
    COMPARATORS,
    LISTS,
    Category,
    Contribution,
    Criterion,
    CriterionValue,
    Knowledge,
    Readiness,
    Region,
    Requirement,
    Screening,
    Signatures,
    Use,
    UseFinding,
    UseReadiness,
    Viability,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HALLS = "data_centre"
"""The group of criteria that describe the halls there are."""


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
            (use.use_id,),
            (*values, law, region.institutions, region.industry, knowledge.requirements),
            partial(_under_law, rolled, use, values, law),
        )
    return memo.of("readiness", (), tuple(scored.values()), lambda: _ordered(scored, knowledge))


@dataclass(frozen=True, slots=True)
class Rolled:
    """The criteria of one region, each rolled up once for all uses that share its value."""

    region: Region
    knowledge: Knowledge
    screening: Screening
    memo: Memo
    _found: dict[tuple[str, str, str], CriterionValue] = field(default_factory=dict)

    def values_of(self, use: Use) -> tuple[CriterionValue, ...]:
        """The rolled-up criteria of a use, in the order of its requirements."""
        criteria = self.knowledge.criteria
        return tuple(
            [
                self._value(use, criteria[need.criterion_id])
                for need in self.knowledge.requirements[use.use_id]
            ]
        )

    def _value(self, use: Use, criterion: Criterion) -> CriterionValue:
        """A value; one that comes out as before is the very object of before.

        So what rests on it is found again as well.
        """
        key = (criterion.criterion_id, *rolled_for(criterion, use))
        found = self._found.get(key)
        if found is None:
            ask = _ask(self.region, use, criterion, self.knowledge, self.screening)
            own = tuple(one for one in self.region.adjustments if one.target == key[0])
            found = self.memo.of(
                "value", (*key, ask.as_of, own), read_by(ask), partial(roll_up, ask)
            )
            number = found.fact.value, found.at_least_as_good_as, found.no_better_than
            found = self.memo.same("value", (*key, *number), found)
            self._found[key] = found
        return found

    def contributions(self, use: Use, values: Sequence[CriterionValue]) -> tuple[Contribution, ...]:
        """What the values are worth for a use, in the order of its requirements."""
        needs = self.knowledge.requirements[use.use_id]
        builds = use.category == "power_reuse"
        return tuple(
            [
                self.memo.of(
                    "part", (), (need, value),
                    partial(_part, need, value, self.knowledge, builds=builds),
                )
                for need, value in zip(needs, values, strict=True)
            ]
        )  # fmt: skip


def _under_law(
    rolled: Rolled, use: Use, values: Sequence[CriterionValue], law: UseFinding
) -> UseReadiness:
    """A use's score, its gaps within what the law allows, and the list that it belongs to."""
    knowledge = rolled.knowledge
    found = _scored(rolled, use, rolled.contributions(use, values))
    gaps = tuple(gaps_of(found.contributions, rolled.region, use, knowledge))
    found = lawful_gaps(replace(found, gaps=gaps), use, law.largest, knowledge)
    return _listed(found, use, knowledge, law.status in CLEARED)


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
        _ask(region, use, knowledge.criteria[need.criterion_id], knowledge, screening)
        for need in knowledge.requirements[use.use_id]
    ]


def _ask(
    region: Region, use: Use, criterion: Criterion, knowledge: Knowledge, screening: Screening
) -> Ask:
    day = screening.as_of.isoformat()
    return Ask(region, use, criterion, knowledge, screening.jurisdictions, day)


def score_use(
    region: Region,
    use: Use,
    knowledge: Knowledge,
    screening: Screening,
    memo: Memo | None = None,
) -> UseReadiness:
    """One use's score from the rolled-up criteria, without gaps; the law is not looked at here.

    Args:
        region: The assets.
        use: What is scored.
        knowledge: Needs, weights and roll-ups.
        screening: The legal orders and the day, for published factors.
        memo: What another run has found already.
    """
    rolled = Rolled(region, knowledge, screening, memo or Memo())
    return _scored(rolled, use, rolled.contributions(use, rolled.values_of(use)))


def _part(
    need: Requirement, value: CriterionValue, knowledge: Knowledge, *, builds: bool
) -> Contribution:
    """A requirement's part; what describes existing halls decides nothing for a use that builds."""
    found = contribution(need, value)
    is_of_halls = knowledge.criteria[need.criterion_id].group == _HALLS
    if builds and is_of_halls and not need.hard_minimum:
        return replace(found, is_design_condition=True)
    return found


def _scored(rolled: Rolled, use: Use, parts: tuple[Contribution, ...]) -> UseReadiness:
    role = rolled.knowledge.in_role("institutions")
    counted = _of(parts, role.criterion_id if role else "")
    signatures = _signatures(rolled.region, use, counted)
    return _assembled(use, parts, signatures, counted)


def contribution(need: Requirement, value: CriterionValue) -> Contribution:
    """A requirement's points of readiness, as an interval while the value is unknown.

    A value that is known may still have a better end, as where letters of intent may be signed.
    """
    known = value.fact.value
    secured = value.at_least_as_good_as if known is None else known
    best = value.no_better_than
    low = _points(secured, need) if secured is not None else 0.0
    is_settled = known is not None or low == 1.0
    within_reach = 1.0 if best is None else max(low, _points(best, need))
    high = (low if best is None else within_reach) if is_settled else within_reach
    return Contribution(
        requirement=need,
        value=value,
        low=low,
        partial=low if is_settled else None,
        high=high,
        points_low=need.weight * low,
        points_high=need.weight * high,
        meets_minimum=_meets(secured, best, need, is_known=known is not None),
    )


def _points(value: float, need: Requirement) -> float:
    return round(partial_of(value, need.minimum, need.target, need.direction), 12)


def _meets(
    secured: float | None, best: float | None, need: Requirement, *, is_known: bool
) -> bool | None:
    """Whether the minimum is reached; unknown unless what is known decides it either way."""
    if secured is not None and _reaches(secured, need.minimum, need.direction):
        return True
    if is_known:
        return False
    is_out_of_reach = best is not None and not _reaches(best, need.minimum, need.direction)
    return False if is_out_of_reach else None


def _reaches(value: float, bound: float, direction: str) -> bool:
    sign = 1.0 if direction == "higher_better" else -1.0
    return at_least(value * sign, bound * sign)


def _of(parts: Iterable[Contribution], criterion_id: str) -> Contribution | None:
    return next((one for one in parts if one.requirement.criterion_id == criterion_id), None)


def _assembled(
    use: Use,
    parts: tuple[Contribution, ...],
    signatures: Signatures,
    counted: Contribution | None,
) -> UseReadiness:
    """The score of a use, its gaps aside; `counted` is the part that counts signed institutions."""
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
    return _qualifies(_assembled(entry, parts, signed, fuller), entry, knowledge)


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
