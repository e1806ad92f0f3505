"""Which risks a brief must name and which procedures a plan goes through; each rests on a trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.analysis.triggers import (
    UNDECIDED,
    Answer,
    Fired,
    Situation,
    answer,
    answer_all,
    has_begun,
)
from generator.model import DueProcedure, FiredRisk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Procedure, Risk


def fired_risks(situation: Situation) -> tuple[FiredRisk, ...]:
    """The risks whose trigger fires, by likelihood times impact, then by id.

    A risk speaks of the projects of both waves.
    """
    fired = [
        FiredRisk(
            risk=risk,
            uses=found.uses,
            origins=found.origins,
            rules=found.rules,
            score=risk.likelihood_1_5 * risk.impact_1_5,
        )
        for risk in situation.knowledge.risks
        if isinstance(found := _answer(risk, situation), Fired)
    ]
    return tuple(sorted(fired, key=lambda one: (-one.score, one.risk.risk_id)))


def undecided_risks(situation: Situation) -> tuple[Risk, ...]:
    """The risks of which the data do not say whether they apply; a brief names them as open."""
    known = situation.knowledge.risks
    open_ones = (risk for risk in known if _answer(risk, situation) is UNDECIDED)
    return tuple(sorted(open_ones, key=lambda risk: risk.risk_id))


def _answer(risk: Risk, situation: Situation) -> Answer:
    trigger = situation.knowledge.triggers[risk.trigger]
    return answer(trigger, situation, situation.planned)


def due_procedures(situation: Situation) -> tuple[DueProcedure, ...]:
    """The procedures that planning its projects here sets off on the day of the screening.

    A procedure speaks of the projects of both waves. One that starts later
    is left out; an unrecorded start counts as started. What a blank leaves open is not due.
    """
    return tuple(
        DueProcedure(procedure, found.uses)
        for procedure, found in _answers(situation)
        if isinstance(found, Fired)
    )


def undecided_procedures(situation: Situation) -> tuple[Procedure, ...]:
    """The procedures of which the data do not say whether they are due; a brief names them as open."""
    return tuple(procedure for procedure, found in _answers(situation) if found is UNDECIDED)


def _answers(situation: Situation) -> Iterable[tuple[Procedure, Answer]]:
    """What the trigger of each procedure of the place that has begun says."""
    planned = situation.planned
    triggers = situation.knowledge.procedure_triggers
    for procedure in situation.knowledge.procedures:
        if has_begun(procedure, situation):
            own = (triggers[name] for name in procedure.applies_when)
            yield procedure, answer_all(own, situation, planned)
