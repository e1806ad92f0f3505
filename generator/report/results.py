"""results.json: every number and sentence that documents print, with origins and versions.

The schema is described in docs/results.md; `schema` names its version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.as_json import plain, plain_fact, plain_fields, plain_label
from generator.report.lawresults import plain_law

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model import (
        Assessment,
        Brief,
        Contribution,
        Knowledge,
        Problem,
        ScenarioResult,
        UseReadiness,
    )

SCHEMA = "briefs-results/3"


def results(
    assessment: Assessment,
    knowledge: Knowledge,
    briefs: Sequence[Brief],
    versions: Mapping[str, str],
    *,
    is_paginated: bool = False,
) -> dict[str, object]:
    """One region's results as plain JSON values.

    Args:
        assessment: The results.
        knowledge: Versions and names.
        briefs: The region's briefs in every language, for their sentences.
        versions: Version and hashes of the program, the inputs and the templates.
        is_paginated: Whether contents lists carry page numbers of a layout.
    """
    region, screening = assessment.region, assessment.screening
    return {
        "schema": SCHEMA,
        "region": {
            "code": region.code,
            "name": plain_label(region.name),
            "jurisdiction": region.jurisdiction,
            "admin_code": region.admin_code,
            "currency": region.currency,
            "money": {
                "catalogue_currency": knowledge.base_currency,
                "rate": region.cny_per_unit.value,
                "rate_basis": region.rate_basis,
                "rate_as_of": region.cny_per_unit.as_of,
            },
            "basis_documents": plain(region.basis_documents),
            "figures": {key: plain_fact(fact) for key, fact in region.figures.items()},
        },
        "as_of": screening.as_of.isoformat(),
        "versions": {
            **versions,
            "catalogue": knowledge.catalogue_version,
            "rules": knowledge.rules_version,
        },
        "settings": {
            "draws": assessment.robustness.draws,
            "seed": assessment.robustness.seed,
            "paginate": is_paginated,
        },
        "law": _law(assessment),
        "readiness": _readiness(assessment),
        **_further(assessment),
        "problems": [_problem(found) for found in assessment.problems],
        "conversions": [plain_fields(done) for done in assessment.conversions],
        "sentences": _sentences(briefs),
    }


def _law(assessment: Assessment) -> dict[str, object]:
    uses = assessment.screening.uses
    proposed = {
        found.activity
        for use_id in assessment.readiness.proposed
        for found in uses[use_id].findings
    }
    return {
        **plain_law(assessment.screening, proposed),
        "procedures": [
            {"id": due.procedure.procedure_id, "uses": list(due.uses)}
            for due in assessment.procedures
        ],
        "undecided_procedures": [one.procedure_id for one in assessment.undecided_procedures],
    }


def _further(assessment: Assessment) -> dict[str, object]:
    """Everything beyond law and readiness, field by field as the model names it."""
    return {
        "programme": plain_fields(assessment.programme),
        "decisions": plain(assessment.decisions),
        "measurements": plain(assessment.measurements),
        "money_by_year": plain(assessment.money_by_year),
        "robustness": plain_fields(assessment.robustness),
        "confidences": plain(assessment.confidences),
        "assumed": plain(assessment.assumed),
        "evidence": [plain(one) for one in assessment.evidence.values()],
        "scenarios": [_scenario(one) for one in assessment.scenarios],
        "steps": plain_fields(assessment.steps),
        "economy": plain_fields(assessment.economy),
        "sites": plain(assessment.sites),
        "skills": plain_fields(assessment.skills),
        "risks": plain(assessment.risks),
        "undecided_risks": plain(assessment.undecided_risks),
        "action_plan": plain_fields(assessment.action_plan),
        "swot": plain_fields(assessment.swot),
        "counsel": plain_fields(assessment.counsel),
    }


def _scenario(found: ScenarioResult) -> dict[str, object]:
    """A scenario by its id and name, with what its rows change."""
    changes = [
        {"target": one.target, "operation": one.operation, "value": one.value}
        for one in found.changes
    ]
    name = plain_label(found.changes[0].name) if found.changes else {}
    return {**plain_fields(found), "name": name, "changes": changes}


def _readiness(assessment: Assessment) -> dict[str, object]:
    readiness = assessment.readiness
    return {
        "order": {key: list(ids) for key, ids in readiness.order.items()},
        "shortlist": {key: list(ids) for key, ids in readiness.shortlist.items()},
        "prepare": {key: list(ids) for key, ids in readiness.prepare.items()},
        "law_not_checked": {key: list(ids) for key, ids in readiness.law_not_checked.items()},
        "uses": {key: _use(use) for key, use in readiness.uses.items()},
        "biggest_gaps": [plain_fields(gap) for gap in readiness.biggest_gaps],
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
        "signatures": plain_fields(use.signatures),
        "missed": [part.requirement.criterion_id for part in use.missed],
        "unknown_minima": [part.requirement.criterion_id for part in use.unknown_minima],
        "contributions": {
            part.requirement.criterion_id: _contribution(part) for part in use.contributions
        },
        "gaps": {gap.criterion_id: plain_fields(gap) for gap in use.gaps},
    }


def _contribution(part: Contribution) -> dict[str, object]:
    need = part.requirement
    return {
        "fact": plain_fact(part.value.fact),
        "rollup": part.value.rule,
        "at_least_as_good_as": part.value.at_least_as_good_as,
        "no_better_than": part.value.no_better_than,
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
        "is_design_condition": part.is_design_condition,
        "price_level": need.price_level,
    }


def _problem(found: Problem) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity,
        "origin": found.origin.full,
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
