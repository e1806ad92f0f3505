"""Which risks a brief must name; each rests on a trigger of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.analysis.triggers import UNDECIDED, Answer, Fired, Situation, answer
from generator.model import FiredRisk

if TYPE_CHECKING:
    from generator.model import Risk


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
