"""What would change the programme: scenarios, planned steps, and what to measure next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.report.annex.amounts import MAIN, effect, names, points
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.model import Assessment, Difference, Measurement, ScenarioResult, StepResult
    from generator.report.voice import Voice

_MOVES = (
    "joins", "leaves", "earlier", "later", "resized", "idle", "became_viable", "lost_viability",
    "law_changed",
)  # fmt: skip
"""Changes that are told by the names of uses, those of the programme first."""
_SMALL = 5e-4
_CELLS = 3


def annex_scenario_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.changes` fields."""
    plan = assessment.steps
    return {
        "intro": voice.say("annex.changes") if assessment.scenarios or plan.single else "",
        "scenarios": table(
            "annex.changes.scenarios", (_scenario(one, voice) for one in assessment.scenarios)
        ),
        "steps": table("annex.changes.steps", (_step(one, voice) for one in plan.single)),
        "together": _together(assessment, voice),
        "unlocking": list(_unlocking(assessment, voice)),
        "measure_intro": voice.say("annex.measure") if assessment.measurements else "",
        "measurements": table(
            "annex.changes.measurements",
            (
                _measurement(place, one, voice)
                for place, one in enumerate(assessment.measurements, start=1)
            ),
        ),
    }


def _scenario(one: ScenarioResult, voice: Voice) -> dict[str, str]:
    notes = dict.fromkeys(voice.name(change.note).rstrip(".。") for change in one.changes)
    row: dict[str, str] = {
        "id": one.scenario_id,
        "name": voice.name(one.changes[0].name),
        "note": voice.clauses(notes),
    }
    if not one.is_applicable:
        blank: dict[str, str] = dict.fromkeys((*MAIN, "capital", "value"), voice.dash)
        return row | {"moves": voice.say("scenario.not_applicable")} | blank
    return row | _difference(one.difference, voice)


def _difference(found: Difference, voice: Voice) -> dict[str, str]:
    """The uses that move, and the change of effects and capital of both waves."""
    return {
        "moves": voice.clauses(_moves(found, voice)) or voice.say("annex.nothing_moves"),
        **{kind: _signed(found.effects.get(kind, 0.0), kind, voice) for kind in MAIN},
        "capital": _signed(found.capital, "value_added", voice),
        "value": _signed(100 * found.value, "jobs", voice),
    }


def _moves(found: Difference, voice: Voice) -> Iterator[str]:
    for kind in _MOVES:
        uses = getattr(found, kind)
        if uses:
            yield voice.say(f"annex.moves.{kind}", uses=names(uses, voice))


def _signed(amount: float, kind: str, voice: Voice) -> str:
    """A change with its sign; none at all for nothing."""
    if abs(amount) < _SMALL:
        return voice.say("annex.unchanged")
    return voice.say(
        "annex.plus" if amount > 0 else "annex.minus", amount=effect(kind, abs(amount), voice)
    )


def _step(one: StepResult, voice: Voice) -> dict[str, str]:
    step = one.steps[0]
    row: dict[str, str] = {
        "title": voice.name(step.title),
        "owner": voice.name(step.owner),
        "cost": voice.own_millions(one.cost),
        "months": voice.number(step.months.value, 0),
        "points": voice.number(one.points, 1),
        "cell": step.origin.full,
    }
    if one.not_found:
        blank: dict[str, str] = dict.fromkeys((*MAIN, "capital", "value"), voice.dash)
        return row | {"moves": voice.say("step.not_found", record=step.applies_to)} | blank
    return row | _difference(one.difference, voice)


def _together(assessment: Assessment, voice: Voice) -> str:
    found = assessment.steps.together
    if found is None:
        return ""
    shown = _difference(found.difference, voice)
    return voice.sentence(
        "annex.together", "annex.together", cost=voice.own_millions(found.cost),
        moves=shown["moves"], jobs=shown["jobs"], power=shown["power"], served=shown["served"],
        capital=shown["capital"],
    )  # fmt: skip


def _unlocking(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """The cheapest steps that make a use viable, and the uses that no step does."""
    plan = assessment.steps
    for found in plan.unlocking:
        yield voice.sentence(
            f"annex.unlock.{found.use_id}", "steps.unlock", use=names((found.use_id,), voice),
            steps=voice.join(voice.name(step.title) for step in found.steps),
            cost=voice.own_millions(found.cost),
        )  # fmt: skip
    if plan.single and plan.out_of_reach:
        yield voice.sentence(
            "annex.out_of_reach", "steps.out_of_reach", count=len(plan.out_of_reach),
            uses=names(plan.out_of_reach, voice),
        )  # fmt: skip


def _measurement(place: int, one: Measurement, voice: Voice) -> dict[str, str]:
    origins = dict.fromkeys(origin for fact in one.facts for origin in fact.origins)
    ends = {key: voice.number(value, 2) for key, value in one.ends.items()}
    # As the workbook calls it.
    sheet = next((origin.sheet for origin in origins), one.sheet)
    return {
        "number": str(place),
        "column": voice.say("annex.column", sheet=sheet, column=_column(one.column, voice)),
        "records": voice.several(
            list(dict.fromkeys(voice.name(label) for label in one.records)), _CELLS
        ),
        "cells": voice.cells(origins, _CELLS),
        "range": voice.say("span", low=ends["low"], high=ends["high"])
        if {"low", "high"} <= set(ends)
        else voice.dash,
        "turns": str(one.turns),
        "spread": points(one.spread, voice),
        "joins": names(one.joins, voice),
        "leaves": names(one.leaves, voice),
    }


def _column(key: str, voice: Voice) -> str:
    """The header of a column, as it stands where there is no word for it."""
    named = f"column.{key}"
    return voice.say(named) if named in voice.texts.table else key
