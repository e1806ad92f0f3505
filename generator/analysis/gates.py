"""What the law decides first of the uses that an answer would bring into the programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.analysis.risks import due_procedures
from generator.analysis.sizes import quantities

if TYPE_CHECKING:
    from generator.analysis.triggers import Situation
    from generator.model import Decision


def with_gates(decisions: Iterable[Decision], situation: Situation) -> tuple[Decision, ...]:
    """The decisions, each with the procedures that put a question of their own on what joins.

    Args:
        decisions: Those asked.
        situation: The region with its programme, for which no such project counts yet.
    """
    known = situation.knowledge

    def gated(one: Decision) -> Decision:
        if one.kind == "programme" or not one.yes.joins:
            return one
        amounts = {
            at.use_id: quantities(known.use(at.use_id), at.size, known)
            for at in one.yes.placed
            if at.use_id in one.yes.joins
        }
        due = due_procedures(replace(situation, amounts=amounts))
        gates = (each.procedure for each in due if each.procedure.question and each.uses)
        return replace(one, gates=tuple(gates))

    return tuple(map(gated, decisions))
