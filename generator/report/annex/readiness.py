"""Readiness in full: every criterion of every use with its minimum, target, weight and points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator.model import LISTS, Assessment, Category, Cell, Contribution, Row, UseReadiness
from generator.report.tables import row, table

if TYPE_CHECKING:
    from generator.report.voice import Voice


def criterion_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.points` fields: both lists, each use with its parts."""
    return {
        "intro": voice.run_on((voice.say("annex.points"), *_marks(assessment, voice))),
        **{category: _list(category, assessment, voice) for category in LISTS},
    }


def _marks(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """What the marks beside the basis of a requirement mean, where any stands in a table."""
    parts = [part for use in assessment.readiness.uses.values() for part in use.contributions]
    levels = {part.requirement.price_level for part in parts} - {None}
    if levels:
        level = voice.join(voice.number(one) for one in sorted(filter(None, levels)))
        yield voice.say("annex.points_priced", level=level)
    if any(part.is_design_condition for part in parts):
        yield voice.say("annex.points_design")


def _list(category: Category, assessment: Assessment, voice: Voice) -> dict[str, object]:
    found = assessment.readiness
    ids = (*found.order[category], *found.law_not_checked[category])
    names = {use.use_id: voice.name(use.name) for use in voice.knowledge.uses}
    totals = {
        use_id: {
            "id": use_id,
            "name": names[use_id],
            **_totals(found.uses[use_id], assessment, voice),
        }
        for use_id in ids
    }
    return {
        "uses": table(f"annex.points.{category}.uses", totals.values()),
        "parts": table(
            f"annex.points.{category}.parts",
            (one for use_id in ids for one in _in_full(found.uses[use_id], totals[use_id], voice)),
        ),
    }


def _in_full(use: UseReadiness, total: Mapping[str, str | Cell], voice: Voice) -> Iterator[Row]:
    """A row with the sums of a use, then its criteria."""
    sums = {name: total[name] for name in ("id", "name", "weight")}
    viability = Cell(voice.say(f"viability.{use.viability}"), "")
    yield row({**sums, "hard": viability, "points": total["readiness"]}, "use")
    for part in use.contributions:
        yield row(_part(part, voice))


def _totals(use: UseReadiness, assessment: Assessment, voice: Voice) -> dict[str, str | Cell]:
    law = assessment.screening.uses[use.use_id].status
    return {
        "law": Cell(voice.say(f"status.{law}"), law),
        "status": Cell(voice.say(f"viability.{use.viability}"), use.viability),
        "listed": voice.say(f"listed.{use.listed}"),
        "rank": str(use.rank) if use.rank else voice.dash,
        "coverage": voice.percent(use.coverage_pct / 100),
        "readiness": _interval(use, voice),
        "weight": voice.number(math.fsum(p.requirement.weight for p in use.contributions)),
    }


def _interval(use: UseReadiness, voice: Voice) -> str:
    """A score with one decimal, so that points can be added up; else the interval it lies in."""
    low, high = voice.number(use.low, 1), voice.number(use.high, 1)
    return low if use.score is not None else voice.say("span", low=low, high=high)


def _part(part: Contribution, voice: Voice) -> dict[str, str | Cell]:
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
        "hard": Cell(voice.say(_hardness(part)), _band(part)),
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
    return voice.clauses(basis)


def _hardness(part: Contribution) -> str:
    if not part.requirement.hard_minimum:
        return "hard.none"
    if part.meets_minimum is None:
        return "hard.unknown"
    return "hard.met" if part.meets_minimum else "hard.missed"


def _band(part: Contribution) -> str:
    return {"hard.missed": "missed", "hard.unknown": "unknown"}.get(_hardness(part), "none")
