"""The shortlisted uses as projects: whether they may start now, what they cost, where they fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.analysis.anchors import anchor_rows
from generator.analysis.customers import CUSTOMERS
from generator.analysis.estimates import ESTIMATED, Figures, figures
from generator.analysis.fits import fits as fits_of
from generator.analysis.sites import far_sites, own_road
from generator.model import (
    LISTS,
    Contribution,
    Knowledge,
    Readiness,
    Region,
    Screening,
    Use,
    UseReadiness,
)
from generator.model.choosing import Candidate, Fit

if TYPE_CHECKING:
    from generator.analysis.memo import Memo

_EXISTING_HALLS = "data_centre"
"""The group of criteria that describe halls there are, not the one that a project would build."""


class Eligibility(Struct, frozen=True):
    """All that projects take from readiness: what is listed, and what keeps a use from starting."""

    shortlist: frozenset[str]
    lacks: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    """Use to the deciding criteria below their minimum, and to those that are unknown."""
    far: Mapping[str, frozenset[int]]
    """Shortlisted use to the rows of sites with whose own road it would not be listed, if any."""


def eligibility_of(
    region: Region, readiness: Readiness, knowledge: Knowledge, memo: Memo
) -> Eligibility:
    """What projects take from a readiness."""
    shortlist = frozenset(use_id for ids in readiness.shortlist.values() for use_id in ids)
    return Eligibility(
        shortlist,
        {
            use_id: memo.of("lacks", (), (use.contributions,), partial(lacking, use, knowledge))
            for use_id, use in readiness.uses.items()
        },
        {
            use_id: far
            for use_id in sorted(shortlist)
            if (far := far_sites(region.sites, own_road(readiness.uses[use_id], knowledge)))
        },
    )


def lacking(use: UseReadiness, knowledge: Knowledge) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The deciding criteria of a use below their minimum, and those that are unknown."""
    missed, unknown = decisive(use, knowledge)
    return (
        tuple(part.requirement.criterion_id for part in missed),
        tuple(part.requirement.criterion_id for part in unknown),
    )


def candidates(
    region: Region,
    knowledge: Knowledge,
    screening: Screening,
    eligibility: Eligibility,
    memo: Memo,
    uses: Iterable[str] | None = None,
) -> dict[str, Candidate]:
    """Every shortlisted use that may become a project, blockchain first, by id.

    A use that only supplies another's load is none; its load is its user's.

    Args:
        region: Sites, employment, institutions, estimates.
        knowledge: Needs by unit, pairs of uses, parameters.
        screening: Sizes that the law bars.
        eligibility: The shortlist, and what its uses lack.
        memo: What another run has found already.
        uses: Others to look at as if they were shortlisted too; their partners are looked for
            among the shortlist and among themselves. None for the shortlist itself.
    """
    asked = set(eligibility.shortlist if uses is None else uses)
    pool = [
        use_id
        for category in LISTS
        for use_id in sorted({*eligibility.shortlist, *asked})
        if knowledge.use(use_id).category == category and knowledge.needs[use_id].role != "supply"
    ]
    missing = _without_partner(pool, knowledge)
    listed = [use_id for use_id in pool if use_id in asked]
    reuse = [key for key in listed if knowledge.use(key).category == "power_reuse"]
    placed = fits_of(region, knowledge, screening, reuse, memo)
    changes = tuple(one for one in region.adjustments if one.target in {*ESTIMATED, CUSTOMERS})
    found = {}
    for use_id in listed:
        use = knowledge.use(use_id)
        costs = memo.of(
            "figures", (use_id, changes), _figures_read(region, use, knowledge),
            partial(figures, region, use, knowledge),
        )  # fmt: skip
        lacks = use.category == "power_reuse" and not has_partner(use_id, region, knowledge)
        said = (missing.get(use_id, ""), lacks, *eligibility.lacks[use_id])
        far = eligibility.far.get(use_id, ())
        own = tuple(fit for fit in placed.get(use_id, ()) if fit.place.number not in far)
        found[use_id] = memo.of(
            "candidate", (use_id, *said), (costs, *own), partial(_candidate, use, costs, own, *said)
        )
    return found


def _figures_read(region: Region, use: Use, knowledge: Knowledge) -> tuple[object, ...]:
    """The objects that the figures of a use rest on."""
    own = (region.estimates, region.cny_per_unit, knowledge.needs)
    if use.category != "blockchain":
        return own
    people = [row.employment for row in anchor_rows(region, use, knowledge)]
    return (*own, region.figures.get("population"), *people)


def _candidate(
    use: Use,
    costs: Figures,
    fits: tuple[Fit, ...],
    requires: str,
    lacks_partner: bool,  # noqa: FBT001 - part of the key by which it is kept
    missed: tuple[str, ...],
    unknown: tuple[str, ...],
) -> Candidate:
    return Candidate(
        use_id=use.use_id,
        category=use.category,
        is_ready=not (missed or unknown or lacks_partner),
        missed=missed,
        unknown=unknown,
        lacks_partner=lacks_partner,
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
