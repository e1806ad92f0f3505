"""Explanations as plain JSON values; docs/explain.md names the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.as_json import plain, plain_fields, plain_label
from generator.report.lawresults import named, plain_finding, plain_rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Contribution, Fit, Rule, UseFinding
    from generator.model.explanation import Change, Explained, Explanation


def plain_region(one: Explained) -> dict[str, object]:
    """One region with its programme and the uses that were asked for."""
    region, plan = one.region, one.programme
    return {
        "region": {
            "code": region.code,
            "name": plain_label(region.name),
            "jurisdiction": region.jurisdiction,
            "admin_code": region.admin_code,
        },
        "as_of": one.screening.as_of.isoformat(),
        "objectives": plain(plan.objectives),
        "programme": {
            "first": plain(plan.first),
            "second": plain(plan.second),
            "alternatives": plain(plan.alternatives),
            "limits": plain(plan.limits),
            "firmness": plain(plan.firmness) if plan.firmness else None,
        },
        "uses": {use.use.use_id: _use(use, is_whole=one.is_whole) for use in one.uses},
    }


def _use(use: Explanation, *, is_whole: bool) -> dict[str, object]:
    scored = use.readiness
    brief: dict[str, object] = {
        "name": plain_label(use.use.name),
        "category": use.use.category,
        "law": use.law.status if use.law else None,
        "listed": scored.listed if scored else None,
        "wave": use.wave,
        "value_alone": use.value_alone,
        "deciding": plain(use.deciding),
    }
    if not is_whole:
        return brief
    law = _law(use.law, use.deciding.names) if use.law else None
    if scored is None or use.costs is None:
        return {**brief, "law": law}
    return {
        **brief,
        "law": law,
        "readiness": {
            "score": scored.score, "low": scored.low, "high": scored.high,
            "coverage_pct": scored.coverage_pct, "viability": scored.viability,
            "signatures": plain(scored.signatures),
        },
        "minima": {
            part.requirement.criterion_id: _part(part, use) for part in scored.contributions
        },
        "start": _start(use),
        "costs": plain(use.costs),
        "places": [_fit(fit) for fit in use.fits],
        "not_hosting": plain(use.no_hosts),
        "divisions": plain(use.divisions),
        "worth": [{**plain_fields(part), "points": part.points} for part in use.worth],
        "projects": plain(use.projects),
        "with": plain(use.held) if use.held else None,
        "without": plain(use.without) if use.without else None,
        "stakeholders": plain(use.stakeholders),
        "changes": [_change(one) for one in use.changes],
    }  # fmt: skip


def _law(law: UseFinding, deciding: Iterable[str]) -> dict[str, object]:
    """What the rules say; of a barred use those that bar it, and nothing else."""
    every = dict.fromkeys(rule for found in law.findings for rule in named(found))
    if law.status == "prohibited":
        bars = set(deciding)
        return {"status": law.status, "rules": _rules(r for r in every if r.rule_id in bars)}
    return {
        "status": law.status,
        "activities": {found.activity: plain_finding(found) for found in law.findings},
        "rules": _rules(every),
    }


def _rules(rules: Iterable[Rule]) -> dict[str, object]:
    return {rule.rule_id: plain_rule(rule) for rule in rules}


def _part(part: Contribution, use: Explanation) -> dict[str, object]:
    need = part.requirement
    return {
        "fact": plain(part.value.fact),
        "at_least_as_good_as": part.value.at_least_as_good_as,
        "rule": part.value.rule,
        "minimum": need.minimum,
        "target": need.target,
        "direction": need.direction,
        "weight": need.weight,
        "points_low": part.points_low,
        "points_high": part.points_high,
        "meets_minimum": part.meets_minimum,
        "is_hard": need.hard_minimum,
        "decides_start": need.criterion_id in use.heavy,
    }


def _start(use: Explanation) -> dict[str, object] | None:
    one = use.candidate
    if one is None:
        return None
    return {
        "is_ready": one.is_ready,
        "missed": list(one.missed),
        "unknown": list(one.unknown),
        "lacks_partner": one.lacks_partner,
        "requires": one.requires or None,
    }


def _fit(fit: Fit) -> dict[str, object]:
    return {
        "place": plain(fit.place),
        "full": fit.full,
        "menu": list(fit.menu),
        "bounds": [{**plain_fields(one), "binds": one is fit.tightest} for one in fit.bounds],
    }


def _change(one: Change) -> dict[str, object]:
    return {**plain_fields(one), "facts": plain(one.facts)}
