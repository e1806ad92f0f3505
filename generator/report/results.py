"""results.json: every number and sentence that documents print, with origins and versions.

The schema is described in docs/results.md; `schema` names its version.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import (
        Assessment,
        Brief,
        Contribution,
        Fact,
        Finding,
        Knowledge,
        Label,
        Problem,
        Rule,
        UseFinding,
        UseReadiness,
    )

SCHEMA = "briefs-results/1"


def results(
    assessment: Assessment,
    knowledge: Knowledge,
    briefs: Sequence[Brief],
    versions: Mapping[str, str],
) -> dict[str, object]:
    """One region's results as plain JSON values.

    Args:
        assessment: The results.
        knowledge: Versions and names.
        briefs: The region's briefs in every language, for their sentences.
        versions: Version and hashes of the program, the inputs and the templates.
    """
    region, screening = assessment.region, assessment.screening
    return {
        "schema": SCHEMA,
        "region": {
            "code": region.code,
            "name": _label(region.name),
            "jurisdiction": region.jurisdiction,
            "admin_code": region.admin_code,
            "currency": region.currency,
            "figures": {key: _fact(fact) for key, fact in region.figures.items()},
        },
        "as_of": screening.as_of.isoformat(),
        "versions": {
            **versions,
            "catalogue": knowledge.catalogue_version,
            "rules": knowledge.rules_version,
        },
        "law": {
            "jurisdictions": list(screening.jurisdictions),
            "rules_in_force": screening.rules_in_force,
            "uses": {key: _use_finding(found) for key, found in screening.uses.items()},
            "rules": {
                rule.rule_id: _rule(rule)
                for found in screening.uses.values()
                for finding in found.findings
                for rule in (*finding.rules, *finding.undated)
            },
            "stale": [
                {
                    "rule": one.rule.rule_id,
                    "days_since_check": one.days_since_check,
                    "replaced_by": one.replaced_by.rule_id if one.replaced_by else None,
                }
                for one in screening.stale
            ],
            "claims": [
                {
                    "text": _label(answer.claim.text),
                    "activity": answer.finding.activity,
                    "effect": answer.finding.effect,
                    "rules": [rule.rule_id for rule in answer.finding.rules],
                    "origin": _origin(answer.claim.origin),
                }
                for answer in screening.claims
            ],
            "procedures": [
                {"id": due.procedure.procedure_id, "uses": list(due.uses)}
                for due in assessment.procedures
            ],
        },
        "readiness": _readiness(assessment),
        "problems": [_problem(found) for found in assessment.problems],
        "conversions": [
            {**asdict(done), "origin": _origin(done.origin)} for done in assessment.conversions
        ],
        "sentences": _sentences(briefs),
    }


def _label(label: Label) -> dict[str, str]:
    return dict(label.texts)


def _origin(origin: object) -> str:
    file = getattr(origin, "file", "")
    return f"{file} {origin}" if getattr(origin, "sheet", "") else str(origin)


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "value": fact.value,
        "unit": fact.unit,
        "low": fact.low,
        "high": fact.high,
        "grade": fact.grade,
        "source": _label(fact.source),
        "as_of": fact.as_of,
        "origins": [_origin(origin) for origin in fact.origins],
    }


def _use_finding(found: UseFinding) -> dict[str, object]:
    return {
        "status": found.status,
        "activities": {one.activity: _finding(one) for one in found.findings},
    }


def _finding(found: Finding) -> dict[str, object]:
    return {
        "effect": found.effect,
        "rules": [rule.rule_id for rule in found.rules],
        "undated": [rule.rule_id for rule in found.undated],
    }


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "jurisdiction": rule.jurisdiction,
        "activity": rule.activity,
        "effect": rule.effect,
        "instrument": _label(rule.instrument_title),
        "number": _label(rule.instrument_number),
        "in_force_from": rule.in_force_from.isoformat() if rule.in_force_from else None,
        "in_force_until": rule.in_force_until.isoformat() if rule.in_force_until else None,
        "checked_on": rule.checked_on.isoformat(),
        "evidence_status": rule.evidence_status,
        "official_locator": rule.official_locator,
    }


def _readiness(assessment: Assessment) -> dict[str, object]:
    readiness = assessment.readiness
    return {
        "order": {key: list(ids) for key, ids in readiness.order.items()},
        "shortlist": {key: list(ids) for key, ids in readiness.shortlist.items()},
        "prepare": {key: list(ids) for key, ids in readiness.prepare.items()},
        "law_not_checked": {key: list(ids) for key, ids in readiness.law_not_checked.items()},
        "uses": {key: _use(use) for key, use in readiness.uses.items()},
        "biggest_gaps": [asdict(gap) for gap in readiness.biggest_gaps],
    }


def _use(use: UseReadiness) -> dict[str, object]:
    return {
        "category": use.category,
        "listed": use.listed,
        "viability": use.viability,
        "rank": use.rank,
        "score": use.score,
        "low": use.low,
        "high": use.high,
        "coverage_pct": use.coverage_pct,
        "weight_by_grade": dict(use.weight_by_grade),
        "signatures": asdict(use.signatures),
        "missed": [part.requirement.criterion_id for part in use.missed],
        "unknown_minima": [part.requirement.criterion_id for part in use.unknown_minima],
        "contributions": {
            part.requirement.criterion_id: _contribution(part) for part in use.contributions
        },
        "gaps": {gap.criterion_id: asdict(gap) for gap in use.gaps},
    }


def _contribution(part: Contribution) -> dict[str, object]:
    need = part.requirement
    return {
        "fact": _fact(part.value.fact),
        "rollup": part.value.rule,
        "at_least_as_good_as": part.value.at_least_as_good_as,
        "left_out": list(part.value.left_out),
        "minimum": need.minimum,
        "target": need.target,
        "direction": need.direction,
        "hard_minimum": need.hard_minimum,
        "weight": need.weight,
        "partial": part.partial,
        "points_low": part.points_low,
        "points_high": part.points_high,
        "meets_minimum": part.meets_minimum,
    }


def _problem(found: Problem) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity,
        "origin": _origin(found.origin),
        "args": dict(found.args),
    }


def _sentences(briefs: Sequence[Brief]) -> dict[str, object]:
    places = dict.fromkeys(place for brief in briefs for place in brief.sentences)
    return {
        place: {
            brief.language: {
                "key": brief.sentences[place].key,
                "args": dict(brief.sentences[place].args),
                "text": brief.sentences[place].text,
            }
            for brief in briefs
            if place in brief.sentences
        }
        for place in places
    }
