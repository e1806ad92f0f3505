"""After what a use joins the programme, leaves it or moves in it: all that was run for a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model.explanation import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import (
        Decision,
        Difference,
        Knowledge,
        Measurement,
        Programme,
        ScenarioResult,
        StepPlan,
    )
    from generator.model.explanation import Movement

_MOVEMENTS: tuple[Movement, ...] = ("joins", "leaves", "earlier", "later", "resized")


@dataclass(frozen=True, slots=True)
class Tried:
    """Everything that is run for a region beside its programme."""

    steps: StepPlan
    decisions: Sequence[Decision]
    scenarios: Sequence[ScenarioResult]
    measurements: Sequence[Measurement]


def turning(use_id: str, plan: Programme, tried: Tried, knowledge: Knowledge) -> Iterable[Change]:
    """Everything that moves one use: steps, answers, scenarios, limits, measurements.

    Args:
        use_id: The use.
        plan: The programme, with what a little more of each limit would bring.
        tried: The runs.
        knowledge: Names of the uses that a signature is asked for.
    """
    for one in tried.steps.single:
        for movement in () if one.not_found else movements(use_id, one.difference):
            yield Change("step", movement, name=one.steps[0].title)
    for asked in tried.decisions:
        yield from _answered(use_id, asked, knowledge)
    for run in tried.scenarios:
        for movement in movements(use_id, run.difference) if run.is_applicable else ():
            yield Change("scenario", movement, name=run.changes[0].name)
    for limit in plan.limits:
        for movement in _sides(use_id, limit.next_in, limit.next_out):
            yield Change("limit", movement, names=(limit.resource,), amount=limit.next_extra)
    for cell in tried.measurements:
        for movement in _sides(use_id, cell.joins, cell.leaves):
            yield Change(
                "measurement", movement, names=(cell.sheet, cell.column),
                records=cell.records, facts=cell.facts,
            )  # fmt: skip


def _answered(use_id: str, asked: Decision, knowledge: Knowledge) -> Iterable[Change]:
    """A signature or a clearance that moves a use; the steps that are asked about stand above."""
    for movement in movements(use_id, asked.yes):
        if asked.kind == "signature":
            name = knowledge.use(asked.uses[0]).name
            yield Change("signature", movement, name=name, names=asked.types)
        elif asked.kind == "clearance" and asked.place is not None:
            yield Change("clearance", movement, name=asked.place.name)


def movements(use_id: str, difference: Difference) -> Iterable[Movement]:
    """How a run moves a use; onto the shortlist only where that brings it into no wave."""
    for name in _MOVEMENTS:
        if use_id in getattr(difference, name):
            yield name
    if use_id in difference.idle:
        yield "shortlisted"
    if use_id in difference.unlisted and use_id not in difference.leaves:
        yield "unlisted"


def _sides(use_id: str, joining: Sequence[str], leaving: Sequence[str]) -> Iterable[Movement]:
    """Whether the first wave takes a use in or leaves it out; some ends may do either."""
    if use_id in joining:
        yield "joins"
    if use_id in leaving:
        yield "leaves"
