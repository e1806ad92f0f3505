"""The shortlisted uses as projects: whether they may start now, what they cost, where they fit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from generator.analysis.estimates import Figures, figures
from generator.analysis.fits import fits as fits_of
from generator.model import LISTS
from generator.model.programme import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.analysis.memo import Memo
    from generator.model import (
        Contribution,
        Knowledge,
        Readiness,
        Region,
        Screening,
        UseReadiness,
    )
    from generator.model.programme import Fit

_EXISTING_HALLS = "data_centre"
"""The group of criteria that describe halls there are, not the one that a project would build."""


def candidates(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    readiness: Readiness,
    memo: Memo,
    uses: Iterable[str] | None = None,
) -> dict[str, Candidate]:
    """Every shortlisted use that may become a project, blockchain first, by id.

    A use that only supplies another's load is none; its load is its user's.

    Args:
        region: Sites, employment, institutions, estimates.
        knowledge: Needs by unit, pairs of uses, parameters.
        screening: Sizes that the law bars.
        readiness: The shortlist.
        memo: What another run has found already.
        uses: Others to look at as if they were shortlisted too; their partners are looked for
            among the shortlist and among themselves. None for the shortlist itself.
    """
    shortlist = [use_id for category in LISTS for use_id in readiness.shortlist[category]]
    asked = set(shortlist if uses is None else uses)
    pool = [
        use_id
        for category in LISTS
        for use_id in sorted({*shortlist, *asked})
        if knowledge.use(use_id).category == category and knowledge.needs[use_id].role != "supply"
    ]
    missing = _without_partner(pool, knowledge)
    listed = [use_id for use_id in pool if use_id in asked]
    reuse = [key for key in listed if knowledge.use(key).category == "power_reuse"]
    placed = fits_of(region, knowledge, screening, reuse, memo)
    population = region.figures.get("population")
    read = (region.industry, region.estimates, region.cny_per_unit, population, knowledge.needs)
    found = {}
    for use_id in listed:
        costs = memo.of(
            "figures", (use_id, region.adjustments), read,
            partial(figures, region, knowledge.use(use_id), knowledge),
        )  # fmt: skip
        use, own = readiness.uses[use_id], placed.get(use_id, ())
        found[use_id] = memo.of(
            "candidate", (use_id, missing.get(use_id, "")),
            (use.contributions, costs, region.institutions, *own),
            partial(_candidate, use, costs, region, knowledge, missing.get(use_id, ""), own),
        )  # fmt: skip
    return found


def _candidate(
    use: UseReadiness,
    costs: Figures,
    region: Region,
    knowledge: Knowledge,
    requires: str,
    fits: tuple[Fit, ...],
) -> Candidate:
    missed, unknown = decisive(use, knowledge)
    lacks = use.category == "power_reuse" and not has_partner(use.use_id, region, knowledge)
    return Candidate(
        use_id=use.use_id,
        category=use.category,
        is_ready=not (missed or unknown or lacks),
        missed=tuple(part.requirement.criterion_id for part in missed),
        unknown=tuple(part.requirement.criterion_id for part in unknown),
        lacks_partner=lacks,
        requires=requires,
        capital=costs.capital,
        jobs=costs.jobs,
        value_added=costs.value_added,
        reached=costs.reached,
        scale=costs.scale,
        fits=fits,
    )


def decisive(
    use: UseReadiness, knowledge: Knowledge
) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    """The parts that keep a use from starting now: below their minimum, and unknown."""
    parts = deciding(use, knowledge)
    return (
        tuple(part for part in parts if part.meets_minimum is False),
        tuple(part for part in parts if part.meets_minimum is None),
    )


def deciding(use: UseReadiness, knowledge: Knowledge) -> tuple[Contribution, ...]:
    """The parts that decide whether a use may start now.

    Hard minima decide, and criteria of weight; of power reuse not those that describe existing
    halls, since it builds its own.
    """
    heavy = knowledge.assumed("heavy_weight")
    builds = use.category == "power_reuse"
    return tuple(
        part
        for part in use.contributions
        if part.requirement.hard_minimum
        or (
            part.requirement.weight >= heavy
            and not (
                builds
                and knowledge.criteria[part.requirement.criterion_id].group == _EXISTING_HALLS
            )
        )
    )


def has_partner(use_id: str, region: Region, knowledge: Knowledge) -> bool:
    """Whether a body of the types that make a use work has signed for it."""
    types = knowledge.needs[use_id].partner_types
    return any(
        row.use == use_id and row.status == "signed" and row.type in types
        for row in region.institutions
    )


def _without_partner(listed: Sequence[str], knowledge: Knowledge) -> Mapping[str, str]:
    """Uses that need another which is no candidate, however long the chain, with the other."""
    missing: dict[str, str] = {}
    for _ in listed:
        for pair in knowledge.pairs:
            if pair.relation != "requires":
                continue
            is_open = pair.other_id not in listed or pair.other_id in missing
            if pair.use_id in listed and is_open:
                missing[pair.use_id] = pair.other_id
    return missing
