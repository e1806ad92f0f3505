"""One region's results in the few values that a comparison of regions needs."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from generator.analysis.contributions import ask_for
from generator.analysis.rollup import roll_up
from generator.model import (
    Assessment,
    Candidate,
    Keeping,
    Knowledge,
    LegalPosition,
    Partner,
    Programme,
    Region,
    RegionSummary,
    Rule,
    Screening,
    Staleness,
    UseReadiness,
    UseSummary,
)

KEY_ROLES = (
    "grid_mw", "it_load_mw", "racks", "dev_fte", "ops_fte", "technician_fte", "power_price",
)  # fmt: skip
"""Roles of the criteria that regions are described by, rolled up over the whole region."""


def summarise(assessment: Assessment, knowledge: Knowledge) -> RegionSummary:
    """What the assessment says of the region beside others.

    The key figures are those of the blockchain list: sums and means over the region, where the
    figures of power reuse are those of one site or connection point.
    """
    region, readiness, found = assessment.region, assessment.readiness, assessment.programme
    return RegionSummary(
        code=region.code,
        name=region.name,
        jurisdiction=region.jurisdiction,
        admin_code=region.admin_code,
        handling=region.handling,
        currency=region.currency,
        cny_per_unit=region.cny_per_unit.value,
        rate_basis=region.rate_basis,
        rate_on=region.rate_on,
        law=_position(assessment.screening),
        uses={use_id: _use(use, found, region) for use_id, use in readiness.uses.items()},
        figures=_figures(assessment, knowledge),
        limits=tuple(replace(one, fact=None) for one in found.limits),
        waves=(found.first.uses, found.second.uses),
        first=found.first.effects,
        second=found.second.effects,
        capital=(found.first.capital, found.second.capital),
        confidence=assessment.confidence,
        spared=(max(0.0, -found.first.platform), max(0.0, -found.second.platform)),
        sources=tuple(source.source_id for source in assessment.sources),
    )


def _position(screening: Screening) -> LegalPosition:
    return LegalPosition(
        screening.jurisdictions,
        tuple((key, found.effect, _ids(found.rules)) for key, found in screening.findings.items()),
        tuple((key, found.status) for key, found in screening.uses.items()),
        # What ends within a plan period depends on the plan, which no other region shares.
        tuple(
            (one.rule.rule_id, one.days_since_check, _ended(one))
            for one in screening.stale
            if one.is_old or _ended(one)
        ),
        tuple(
            (key, one.rule.rule_id, one.quantity, one.amount, one.is_certain)
            for key, found in screening.uses.items()
            for one in found.barred
        ),
        screening.reach.open,
        screening.reach.has_own,
        tuple(
            (key, _ids(found.depends)) for key, found in screening.findings.items() if found.depends
        ),
        tuple(
            (key, found.activity, found.effect, _ids(found.rules), _ids(found.depends))
            for key, use in screening.uses.items()
            for found in use.findings
            for here in [screening.findings[found.activity]]
            if (found.effect, found.rules, found.depends) != (here.effect, here.rules, here.depends)
        ),
    )


def _ended(one: Staleness) -> str:
    """What has repealed or replaced the rule's instrument by the day of the law."""
    return "" if one.ended_by is None or one.ends_on is not None else one.ended_by.instrument_id


def _ids(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(rule.rule_id for rule in rules)


def _use(use: UseReadiness, programme: Programme, region: Region) -> UseSummary:
    projects = (*programme.first.projects, *programme.second.projects)
    is_out = use.listed == "shortlist" and not programme.wave_of(use.use_id)
    kept, kept_by = _kept(programme.candidates.get(use.use_id)) if is_out else ("", ())
    return UseSummary(
        listed=use.listed,
        viability=use.viability,
        low=use.low,
        high=use.high,
        coverage_pct=use.coverage_pct,
        wave=programme.wave_of(use.use_id),
        values={part.requirement.criterion_id: part.value.fact.value for part in use.contributions},
        partials={part.requirement.criterion_id: part.partial for part in use.contributions},
        capital=sum(one.capital.value or 0.0 for one in projects if one.use_id == use.use_id),
        kept=kept,
        kept_by=kept_by,
        partners=tuple(
            Partner(row.type, row.status, row.name)
            for row in region.institutions
            if row.use == use.use_id
        ),
    )


def _kept(candidate: Candidate | None) -> tuple[Keeping, tuple[str, ...]]:
    """What keeps a shortlisted use from starting, and the criteria in question."""
    if candidate is None:
        return "supply", ()
    if candidate.missed or candidate.unknown:
        return ("missed", candidate.missed) if candidate.missed else ("unknown", candidate.unknown)
    if candidate.lacks_partner:
        return "signature", ()
    if candidate.requires:
        return "requires", ()
    has_room = candidate.category != "power_reuse" or candidate.fits
    return ("" if has_room else "place"), ()


def _figures(assessment: Assessment, knowledge: Knowledge) -> dict[str, float | None]:
    use = next(use for use in knowledge.uses if use.category == "blockchain")
    criteria = (knowledge.in_role(role) for role in KEY_ROLES)
    asks = [
        ask_for(assessment.region, use, one, knowledge, assessment.screening)
        for one in criteria
        if one is not None
    ]
    return {ask.criterion.criterion_id: roll_up(ask).fact.value for ask in asks}
