"""What the law asks of the uses that an answer, or another plan, would bring into the programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.analysis.risks import due_procedures
from generator.analysis.sizes import quantities

if TYPE_CHECKING:
    from generator.analysis.triggers import Situation
    from generator.model import Decision, DueProcedure, Programme
    from generator.model.programme import Placement, Together


def with_gates(decisions: Iterable[Decision], situation: Situation) -> tuple[Decision, ...]:
    """The decisions, each with the procedures that what joins goes through, those with a question apart.

    Args:
        decisions: Those asked.
        situation: The region with its programme, for which no such project counts yet.
    """

    def gated(one: Decision) -> Decision:
        if one.kind == "programme" or not one.yes.joins:
            return one
        due = _due([at for at in one.yes.placed if at.use_id in one.yes.joins], situation)
        own = tuple(each.procedure for each in due if set(each.uses).intersection(one.yes.joins))
        gates = (each.procedure for each in due if each.procedure.question and each.uses)
        return replace(one, gates=tuple(gates), procedures=own)

    return tuple(map(gated, decisions))


def with_procedures(plan: Programme, situation: Situation) -> Programme:
    """The programme, each other plan of both waves with the procedures that its projects go through.

    Args:
        plan: The proposal with the plans beside it.
        situation: The region with the proposal.
    """

    def gone_through(one: Together | None) -> Together | None:
        if one is None:
            return None
        due = _due((*one.first, *one.second), situation)
        return replace(one, procedures=tuple(each.procedure.procedure_id for each in due))

    return replace(plan, together=gone_through(plan.together), larger=gone_through(plan.larger))


def _due(placements: Iterable[Placement], situation: Situation) -> tuple[DueProcedure, ...]:
    """The procedures that are due where these are the projects."""
    known = situation.knowledge
    amounts = {at.use_id: quantities(known.use(at.use_id), at.size, known) for at in placements}
    return due_procedures(replace(situation, amounts=amounts))
