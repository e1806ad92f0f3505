"""Former mining halls and other sites against the power-reuse options that the law does not bar."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.contributions import points_of
from generator.analysis.values import at_least
from generator.model import (
    Criterion,
    Fact,
    Knowledge,
    Readiness,
    Region,
    Requirement,
    Screening,
    Site,
    SiteMatch,
    SiteOption,
    SiteTest,
    UseReadiness,
    Verdict,
)

NEAREST = "min_site"
"""The roll-up that takes the best of all sites, whichever a project stands on."""


class OwnRoad(Struct, frozen=True):
    """What a distance must earn at a project's own site for its use to stay on the shortlist."""

    need: Requirement
    least: float
    """Points of the score of readiness."""

    @property
    def as_minimum(self) -> Requirement:
        """The same with the distance up to which it earns them as its minimum."""
        need = self.need
        reached = need.minimum + (need.target - need.minimum) * self.least / need.weight
        return replace(need, minimum=reached)


class _Reading(Struct, frozen=True):
    """What a site says about one criterion.

    When some cells are blank the value is unknown, but the known ones may already bind it:
    `secured` is then the value that the site cannot fall short of.
    """

    value: float | None
    facts: tuple[Fact, ...]
    secured: float | None = None


def match_sites(
    region: Region, knowledge: Knowledge, screening: Screening, readiness: Readiness
) -> tuple[SiteMatch, ...]:
    """Each site against each power-reuse option that is scored.

    Only what an option asks for is tested, at the option's own minimum. A site cannot host an
    option when it misses a hard minimum; what it misses besides is listed with the amount.

    Args:
        region: Its sites, each judged alone and never added up.
        knowledge: The options and what they ask.
        screening: Whether papers must show what runs at a site.
        readiness: Whether the region as a whole can carry the option.
    """
    return tuple(
        SiteMatch(
            site=site,
            is_former_mine=site.former_use == "mining",
            is_suspect=is_suspect(site, region, knowledge, screening),
            has_load_evidence=bool(site.load_not_mining_evidence),
            has_clearance=bool(site.clearance_document),
            equipment=site.equipment,
            options=_options(site, knowledge, readiness),
        )
        for site in region.sites
    )


def unexplained_load(region: Region) -> Fact | None:
    """A load on record that nobody explains, in MW: a finding of risk, never an asset."""
    fact = region.figures["unexplained_load_mw"]
    return fact if fact.value is not None and fact.value > 0 else None


def is_suspect(site: Site, region: Region, knowledge: Knowledge, screening: Screening) -> bool:
    """Whether papers must show that no outlawed activity runs at a site.

    Where the activity is lawful nobody asks for them, unless a load is unexplained.
    """
    suspect = [one for one in knowledge.activities.values() if one.former_use]
    if site.former_use and not any(one.former_use == site.former_use for one in suspect):
        return False
    barred = any(
        (found := screening.findings.get(one.activity)) is not None
        and (found.effect == "prohibited" or found.barred)
        for one in suspect
        if not site.former_use or one.former_use == site.former_use
    )
    return barred or unexplained_load(region) is not None


def verdict_of(site: Site, use_id: str, knowledge: Knowledge) -> Verdict:
    """Whether a site can host a use."""
    return _verdict(_tests(site, use_id, knowledge))


def own_road(use: UseReadiness, knowledge: Knowledge) -> OwnRoad | None:
    """What the distance of a shortlisted use must earn at its own site; None where nothing binds.

    The score of the region takes the nearest of all sites. A project stands on one, and is
    proposed there only if its use is on the shortlist with the road of that site.
    """
    spare = use.low - knowledge.assumed("shortlist_readiness")
    for part in use.contributions:
        criterion = knowledge.criteria[part.requirement.criterion_id]
        if criterion.rollup_power_reuse == NEAREST and spare >= 0:
            return OwnRoad(part.requirement, part.points_low - spare)
    return None


def is_near_enough(site: Site, road: OwnRoad) -> bool:
    """Whether a use stays on the shortlist with a site's own road; so while that is unknown."""
    reading = _distance(site)
    value = reading.secured if reading.value is None else reading.value
    return value is None or at_least(road.need.weight * points_of(value, road.need), road.least)


def far_sites(sites: Sequence[Site], road: OwnRoad | None) -> frozenset[int]:
    """The rows of sites with whose own road a use would not be on the shortlist, from 0."""
    if road is None:
        return frozenset()
    return frozenset(row for row, site in enumerate(sites) if not is_near_enough(site, road))


def _tests(
    site: Site, use_id: str, knowledge: Knowledge, road: OwnRoad | None = None
) -> tuple[SiteTest, ...]:
    factor, found = knowledge.assumed("site_power_factor"), []
    for need in knowledge.requirements[use_id]:
        reading = _read(site, knowledge.criteria[need.criterion_id], factor)
        if reading is None:
            continue
        if road is not None and need is road.need and not is_near_enough(site, road):
            found.append(_test(road.as_minimum, reading, is_hard=True))
        else:
            found.append(_test(need, reading, is_hard=_binds(need, knowledge)))
    return tuple(found)


def _binds(need: Requirement, knowledge: Knowledge) -> bool:
    """Whether a site that misses a minimum cannot host a use.

    Hard minima bind everywhere. A distance of weight decides whether a use may start, and only
    another site changes it: the region is judged by its nearest site, a project by its own.
    """
    is_distance = knowledge.criteria[need.criterion_id].rollup_power_reuse == NEAREST
    return need.hard_minimum or (is_distance and need.weight >= knowledge.assumed("heavy_weight"))


def _options(site: Site, knowledge: Knowledge, readiness: Readiness) -> tuple[SiteOption, ...]:
    found = []
    for use in knowledge.uses:
        scored = readiness.uses.get(use.use_id)
        if use.category != "power_reuse" or scored is None:
            continue
        road = own_road(scored, knowledge) if scored.listed == "shortlist" else None
        tests = _tests(site, use.use_id, knowledge, road)
        found.append(SiteOption(use.use_id, _verdict(tests), tests, scored.viability))
    return tuple(found)


def _verdict(tests: Sequence[SiteTest]) -> Verdict:
    hard = [test.met for test in tests if test.is_hard]
    if False in hard:
        return "cannot_host"
    # Nothing tested is nothing known.
    return "unknown" if None in hard or not tests else "hosts"


def _test(need: Requirement, reading: _Reading, *, is_hard: bool) -> SiteTest:
    sign = 1.0 if need.direction == "higher_better" else -1.0
    secured = reading.secured if reading.value is None else reading.value
    met: bool | None = None
    missing = None
    if secured is not None and at_least(secured * sign, need.minimum * sign):
        met, missing = True, 0.0
    elif reading.value is not None:
        met, missing = False, (need.minimum - reading.value) * sign
    return SiteTest(
        need.criterion_id, reading.value, need.minimum, is_hard, met, missing,
        reading.facts,
    )  # fmt: skip


def _connection(site: Site, factor: float) -> _Reading:
    """What the connection carries, in MW."""
    value = site.grid_mva.value
    return _Reading(None if value is None else value * factor, (site.grid_mva,))


def _distance(site: Site) -> _Reading:
    """The nearer of motorway and port; with one of them blank it is no farther than the other."""
    facts = (site.road_km, site.port_km)
    known = [fact.value for fact in facts if fact.value is not None]
    if len(known) == len(facts):
        return _Reading(min(known), facts)
    return _Reading(None, facts, secured=min(known, default=None))


def _read(site: Site, criterion: Criterion, factor: float) -> _Reading | None:
    """What a site says about a criterion; None where it is no matter of one site.

    Voltage, cooling and the building's state are described only.
    """
    if criterion.role == "grid_mw":
        return _connection(site, factor)
    if criterion.rollup_power_reuse == "max_site":
        fact: Fact = getattr(site, criterion.reads)
        return _Reading(fact.value, (fact,))
    return _distance(site) if criterion.rollup_power_reuse == NEAREST else None
