"""Full scores: every criterion of every use with its anchors, weight and points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.annex.units import list_name
from generator.report.money import restated, unit_in

if TYPE_CHECKING:
    from generator.model import (
        Assessment,
        BenefitCriterion,
        BenefitPart,
        Category,
        Contribution,
        UseBenefit,
        UseReadiness,
    )
    from generator.report.voice import Voice


def point_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.points` fields: both lists, each use with its parts."""
    return {
        "intro": voice.say("annex.points"),
        "benefit_intro": voice.say("annex.benefit"),
        "stakeholders": _stakeholders(assessment, voice),
        **{category: _list(category, assessment, voice) for category in LISTS},
    }


def _list(category: Category, assessment: Assessment, voice: Voice) -> dict[str, object]:
    found = assessment.readiness
    ids = (*found.order[category], *found.law_not_checked[category])
    names = {use.use_id: voice.name(use.name) for use in voice.knowledge.uses}
    worth = assessment.benefit.uses
    return {
        "uses": [
            {
                "id": use_id,
                "name": names[use_id],
                **_totals(found.uses[use_id], assessment, voice),
                "parts": [_part(part, voice) for part in found.uses[use_id].contributions],
                "worth": [_worth(part, voice) for part in worth[use_id].parts]
                if use_id in worth
                else [],
                "benefit": _interval(worth[use_id], voice) if use_id in worth else voice.dash,
            }
            for use_id in ids
        ],
        "criteria": _criteria(category, assessment, voice),
    }


def _totals(use: UseReadiness, assessment: Assessment, voice: Voice) -> dict[str, object]:
    law = assessment.screening.uses[use.use_id].status
    return {
        "law": voice.say(f"status.{law}"),
        "law_band": law,
        "status": voice.say(f"viability.{use.viability}"),
        "status_band": use.viability,
        "listed": voice.say(f"listed.{use.listed}"),
        "rank": str(use.rank) if use.rank else voice.dash,
        "coverage": voice.percent(use.coverage_pct / 100),
        "readiness": _interval(use, voice),
        "weight": voice.number(math.fsum(p.requirement.weight for p in use.contributions)),
    }


def _interval(use: UseReadiness | UseBenefit, voice: Voice) -> str:
    """A score with one decimal, so that points can be added up; else the interval it lies in."""
    low, high = voice.number(use.low, 1), voice.number(use.high, 1)
    return low if use.score is not None else voice.say("span", low=low, high=high)


def _part(part: Contribution, voice: Voice) -> dict[str, object]:
    need, value = part.requirement, part.value
    known = voice.amount(value.fact.value, need.criterion_id)
    if value.fact.value is None and value.at_least_as_good_as is not None:
        key = "at_least" if need.direction == "higher_better" else "at_most"
        known = voice.say(key, value=voice.amount(value.at_least_as_good_as, need.criterion_id))
    is_known = part.partial is not None
    return {
        "criterion": voice.name(voice.knowledge.criteria[need.criterion_id].name),
        "value": known,
        "minimum": voice.amount(need.minimum, need.criterion_id),
        "target": voice.amount(need.target, need.criterion_id),
        "hard": voice.say(_hardness(part)),
        "band": _band(part),
        "weight": voice.number(need.weight),
        "partial": voice.number(part.partial, 2)
        if is_known
        else voice.say(
            "span", low=voice.number(part.low, 2), high=voice.number(part.high, 2)
        ),
        "points": voice.number(part.points_low, 1)
        if is_known
        else voice.say(
            "span", low=voice.number(part.points_low, 1), high=voice.number(part.points_high, 1)
        ),
        "status": _basis(part, voice),
    }  # fmt: skip


def _basis(part: Contribution, voice: Voice) -> str:
    """Where the anchors come from, and what else a reader must know of them."""
    need = part.requirement
    basis = [voice.choice("numbers_status", need.status)]
    if need.price_level is not None:
        level = voice.number(need.price_level)
        basis.append(voice.say("annex.need_priced", level=level))
    if part.is_design_condition:
        basis.append(voice.say("annex.need_design"))
    return voice.say("clause.separator").join(basis)


def _hardness(part: Contribution) -> str:
    if not part.requirement.hard_minimum:
        return "hard.none"
    if part.meets_minimum is None:
        return "hard.unknown"
    return "hard.met" if part.meets_minimum else "hard.missed"


def _band(part: Contribution) -> str:
    return {"hard.missed": "missed", "hard.unknown": "unknown"}.get(_hardness(part), "none")


def _worth(part: BenefitPart, voice: Voice) -> dict[str, object]:
    is_known = part.partial is not None
    item = voice.knowledge.benefits[part.benefit_id]
    low, high = part.weight * part.low, part.weight * part.high
    return {
        "criterion": voice.name(item.name),
        "value": voice.number(_shown(part.fact.value, item, voice), 2),
        "weight": voice.number(part.weight, 1),
        "none_at": voice.number(_shown(part.none_at, item, voice)),
        "full_at": voice.number(_shown(part.full_at, item, voice)),
        "partial": voice.number(part.partial, 2)
        if is_known
        else voice.say("span", low=voice.number(part.low), high=voice.number(part.high)),
        "points": voice.number(low, 1)
        if is_known
        else voice.say("span", low=voice.number(low, 1), high=voice.number(high, 1)),
        "basis": voice.say("basis.own" if part.is_own else "basis.catalogue"),
        "grade": part.fact.grade,
    }


def _shown(value: float | None, item: BenefitCriterion, voice: Voice) -> float | None:
    """A value of a benefit criterion with its money in the document's currency."""
    return None if value is None else restated(value, item.unit, voice)


def _criteria(category: Category, assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """The measures of one list with their anchors and default weights."""
    rows: list[dict[str, object]] = []
    for key, weight in assessment.benefit.weights[category].items():
        item = voice.knowledge.benefits[key]
        none_at, full_at = item.anchors(category) or (None, None)
        rows.append(
            {
                "name": voice.name(item.name),
                "unit": unit_in(item.unit, voice.money_in.shown, voice),
                "none_at": voice.number(_shown(none_at, item, voice)),
                "full_at": voice.number(_shown(full_at, item, voice)),
                "weight": voice.number(weight, 1),
                "rationale": voice.name(item.rationale),
            }
        )
    return rows


def _stakeholders(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """Each stakeholder's order of a shortlist."""
    names = {use.use_id: voice.name(use.name) for use in voice.knowledge.uses}
    return [
        {
            "name": voice.name(view.name),
            "list": list_name(category, voice),
            "order": voice.say("clause.separator").join(
                voice.say(
                    "annex.ordered", place=place, use=names[use_id],
                    score=voice.number(view.scores[use_id], 1),
                )
                for place, use_id in enumerate(view.order[category], start=1)
            ),
        }
        for view in assessment.benefit.stakeholders
        for category in LISTS
        if view.order.get(category)
    ]  # fmt: skip
