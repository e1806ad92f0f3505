"""Uses of a region for a screen or a program, from the cells to the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.report.currencies import money_of
from generator.report.explanation.sheet import Sheet
from generator.report.explanation.survey import survey
from generator.report.explanation.use import whole
from generator.report.lawresults import finding_as_json, named, rule_as_json
from generator.report.restated import with_restated
from generator.report.serialise import as_json, fields_as_json, head_as_json, label_as_json
from generator.report.voice import Voice

if TYPE_CHECKING:
    from generator.model import Contribution, Fit, Rule, Texts, UseFinding
    from generator.model.explanation import Change, Explained, Explanation


SCHEMA = "briefs-explain/1"


def explained_as_json(regions: Iterable[Explained]) -> dict[str, object]:
    """The uses of regions as plain JSON values; see docs/explain.md for the fields."""
    return {"schema": SCHEMA, "regions": [region_as_json(one) for one in regions]}


def explained_as_lines(one: Explained, texts: Texts, language: str) -> Iterator[str]:
    """The uses of one region as lines of at most 100 places."""
    money = money_of(one.region, one.knowledge)
    sheet = Sheet(with_restated(Voice(texts, language, one.knowledge, money)))
    yield from sheet.text(
        "rulebook.title",
        region=sheet.voice.name(one.region.name),
        code=one.region.admin_code or "–",
        date=sheet.voice.date(one.screening.as_of),
    )
    if not one.is_whole:
        yield from survey(one, sheet)
        return
    for use in one.uses:
        yield from whole(use, one, sheet)


def region_as_json(one: Explained) -> dict[str, object]:
    """One region with its programme and the uses that were asked for."""
    region, plan = one.region, one.programme
    return {
        "region": head_as_json(region),
        "as_of": one.screening.as_of.isoformat(),
        "objectives": as_json(plan.objectives),
        "programme": {
            "first": as_json(plan.first),
            "second": as_json(plan.second),
            "alternatives": as_json(plan.alternatives),
            "limits": as_json(plan.limits),
            "firmness": as_json(plan.firmness) if plan.firmness else None,
        },
        "uses": {use.use.use_id: _use(use, is_whole=one.is_whole) for use in one.uses},
    }


def _use(use: Explanation, *, is_whole: bool) -> dict[str, object]:
    scored = use.readiness
    brief: dict[str, object] = {
        "name": label_as_json(use.use.name),
        "category": use.use.category,
        "law": use.law.status if use.law else None,
        "listed": scored.listed if scored else None,
        "wave": use.wave,
        "value_alone": use.value_alone,
        "deciding": as_json(use.deciding),
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
            "signatures": as_json(scored.signatures),
        },
        "minima": {
            part.requirement.criterion_id: _part(part, use) for part in scored.contributions
        },
        "start": _start(use),
        "costs": as_json(use.costs),
        "places": [_fit(fit) for fit in use.fits],
        "not_hosting": as_json(use.no_hosts),
        "divisions": as_json(use.divisions),
        "worth": [{**fields_as_json(part), "points": part.points} for part in use.worth],
        "projects": as_json(use.projects),
        "with": as_json(use.held) if use.held else None,
        "without": as_json(use.without) if use.without else None,
        "stakeholders": as_json(use.stakeholders),
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
        "activities": {found.activity: finding_as_json(found) for found in law.findings},
        "rules": _rules(every),
    }


def _rules(rules: Iterable[Rule]) -> dict[str, object]:
    return {rule.rule_id: rule_as_json(rule) for rule in rules}


def _part(part: Contribution, use: Explanation) -> dict[str, object]:
    need = part.requirement
    return {
        "fact": as_json(part.value.fact),
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
        "place": as_json(fit.place),
        "full": fit.full,
        "menu": list(fit.menu),
        "bounds": [{**fields_as_json(one), "binds": one is fit.tightest} for one in fit.bounds],
    }


def _change(one: Change) -> dict[str, object]:
    return {**fields_as_json(one), "facts": as_json(one.facts)}
