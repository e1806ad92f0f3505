"""results.json: every number and sentence that documents print, with origins and versions.

The schema is described in docs/results.md; `schema` names its version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from string import ascii_uppercase
from typing import TYPE_CHECKING

from generator.choices.rivals import own_plan
from generator.model import (
    Assessment,
    Brief,
    Contribution,
    Fact,
    Knowledge,
    Label,
    Origin,
    Problem,
    Region,
    ScenarioResult,
    UseReadiness,
)
from generator.report.lawresults import law_as_json
from generator.report.serialise import (
    as_json,
    fact_as_json,
    fields_as_json,
    head_as_json,
    label_as_json,
)
from generator.report.verdict import verdict

if TYPE_CHECKING:
    from generator.model.choices import Rival

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
            **head_as_json(region),
            "currency": region.currency,
            "money": {
                "catalogue_currency": knowledge.base_currency,
                "rate": region.cny_per_unit.value,
                "rate_basis": region.rate_basis,
                "rate_as_of": region.cny_per_unit.as_of,
            },
            "basis_documents": as_json(region.basis_documents),
            "figures": {key: fact_as_json(fact) for key, fact in region.figures.items()},
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
        "inputs": inputs_as_json(region),
        "law": _law(assessment),
        "readiness": _readiness(assessment),
        **_further(assessment),
        "problems": [_problem(found) for found in assessment.problems],
        "conversions": [fields_as_json(done) for done in assessment.conversions],
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
        **law_as_json(assessment.screening, proposed),
        "procedures": [
            {"id": due.procedure.procedure_id, "uses": list(due.uses)}
            for due in assessment.procedures
        ],
        "undecided_procedures": [one.procedure_id for one in assessment.undecided_procedures],
    }


def _further(assessment: Assessment) -> dict[str, object]:
    """Everything beyond law and readiness, field by field as the model names it."""
    return {
        "programme": {**fields_as_json(assessment.programme), "standing": _standing(assessment)},
        "idle": fields_as_json(assessment.idle),
        "decisions": as_json(assessment.decisions),
        "preparation": fields_as_json(assessment.preparation),
        "measurements": as_json(assessment.measurements),
        "money_by_year": as_json(assessment.money_by_year),
        "money_after": as_json(assessment.money_after),
        "robustness": fields_as_json(assessment.robustness),
        "confidences": as_json(assessment.confidences),
        "assumed": as_json(assessment.assumed),
        "evidence": [as_json(one) for one in assessment.evidence.values()],
        "scenarios": [_scenario(one) for one in assessment.scenarios],
        "steps": fields_as_json(assessment.steps),
        "economy": fields_as_json(assessment.economy),
        "sites": as_json(assessment.sites),
        "skills": fields_as_json(assessment.skills),
        "risks": as_json(assessment.risks),
        "undecided_risks": as_json(assessment.undecided_risks),
        "action_plan": fields_as_json(assessment.action_plan),
        "choices": [
            {
                "uses": list(one.uses),
                "month": one.by,
                "holds": one.holds,
                "plans": [_plan(each) for each in (own_plan(assessment), *one.rivals)],
            }
            for one in assessment.choices
        ],
        "swot": fields_as_json(assessment.swot),
        "counsel": fields_as_json(assessment.counsel),
    }


def _plan(one: Rival) -> dict[str, object]:
    """A plan to choose from in numbers."""
    names = ("kind", "effects", "capital", "upper", "beyond", "worth", "bill", "procedures")
    return {name: as_json(getattr(one, name)) for name in names}


def _standing(assessment: Assessment) -> dict[str, dict[str, str | None]]:
    """How firm each project is in a word, by wave and use; null while nothing was tried."""
    found = assessment.programme
    return {
        name: {one.use_id: verdict(one, assessment).word for one in wave.projects}
        for name, wave in (("first", found.first), ("second", found.second))
    }


def _scenario(found: ScenarioResult) -> dict[str, object]:
    """A scenario by its id and name, with what its rows change."""
    changes = [
        {"target": one.target, "operation": one.operation, "value": one.value}
        for one in found.changes
    ]
    name = label_as_json(found.changes[0].name) if found.changes else {}
    return {**fields_as_json(found), "name": name, "changes": changes}


def _readiness(assessment: Assessment) -> dict[str, object]:
    readiness = assessment.readiness
    return {
        "order": {key: list(ids) for key, ids in readiness.order.items()},
        "shortlist": {key: list(ids) for key, ids in readiness.shortlist.items()},
        "prepare": {key: list(ids) for key, ids in readiness.prepare.items()},
        "law_not_checked": {key: list(ids) for key, ids in readiness.law_not_checked.items()},
        "uses": {key: _use(use) for key, use in readiness.uses.items()},
        "biggest_gaps": [fields_as_json(gap) for gap in readiness.biggest_gaps],
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
        "signatures": fields_as_json(use.signatures),
        "missed": [part.requirement.criterion_id for part in use.missed],
        "unknown_minima": [part.requirement.criterion_id for part in use.unknown_minima],
        "contributions": {
            part.requirement.criterion_id: _contribution(part) for part in use.contributions
        },
        "gaps": {gap.criterion_id: fields_as_json(gap) for gap in use.gaps},
    }


def _contribution(part: Contribution) -> dict[str, object]:
    need = part.requirement
    return {
        "fact": fact_as_json(part.value.fact),
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


_REGISTERS = (
    "power", "data_centres", "workforce", "connectivity", "industry", "institutions", "sites",
    "measures", "steps", "limits", "estimates", "weights", "claims", "basis_documents",
)  # fmt: skip
"""Recipients are in no results."""
_OF_REGION = (
    "name", "jurisdiction", "admin_code", "currency", "cny_per_unit", "rate_on", "rate_source",
    "prepared_by", "plan_from", "plan_until", "handling",
)  # fmt: skip
_NAMES = ("name", "role", "title", "stakeholder", "text")
"""Columns that a record is called by."""
_UNSAID = frozenset({"origin", "source", "divisions"})


def inputs_as_json(region: Region) -> list[dict[str, object]]:
    """A record for each row, with its cells by column; blank ones are left out."""
    own: dict[str, object] = {name: getattr(region, name) for name in _OF_REGION}
    own |= region.figures
    found = [_record("region", region.name, region.origin, own)]
    for sheet in _REGISTERS:
        for row in getattr(region, sheet):
            held = {
                name: getattr(row, name) for name in row.__struct_fields__ if name not in _UNSAID
            }
            name = next((held[key] for key in _NAMES if isinstance(held.get(key), Label)), Label())
            found.append(_record(sheet, name, row.origin, held))
    return found


def _record(
    sheet: str, name: Label, origin: Origin, held: Mapping[str, object]
) -> dict[str, object]:
    row = origin._replace(cell=origin.cell.lstrip(ascii_uppercase))
    cells = {key: cell for key, value in held.items() if (cell := _cell(value)) is not None}
    return {
        "sheet": sheet, "name": label_as_json(name), "place": row.full, "cells": cells
    }  # fmt: skip


def _cell(value: object) -> dict[str, object] | None:
    if isinstance(value, Fact):
        if value.value is None:
            return None
        place = value.origins[0].full if value.origins else ""
        return {
            "value": as_json(value.value), "unit": value.unit, "low": as_json(value.low),
            "high": as_json(value.high), "grade": value.grade, "as_of": value.as_of,
            "place": place,
        }  # fmt: skip
    if isinstance(value, date):
        return {"text": value.isoformat()}
    if isinstance(value, Label):
        return {"text": label_as_json(value)} if value else None
    return {"text": str(value)} if value else None
