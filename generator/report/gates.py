"""What decides whether a project can be built: a question of law, or a fact that settled law asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.choices.votes import voted_in
from generator.report.actions import month, month_of_end
from generator.report.conditions import gates_of
from generator.report.funding import filer, lead_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, PlannedAction, Procedure
    from generator.report.voice import Voice

_AWARD = "award"
_LEGAL = "justice_bureau"
_NAMED = 2
_OF_ALL = ("headline.law", "headline.law_fact")
_OF_SOME = ("headline.law_some", "headline.law_some_fact")


def gate_word(keys: tuple[str, str], gate: Procedure, voice: Voice, **args: str) -> str:
    """A text on one gate: the first where the law is open, the second where only a fact is.

    Counsel has one name in every text: that of the office which advises on law here.
    """
    name, fact = voice.name(gate.name), voice.text(gate.proviso)
    counsel = voice.office(_LEGAL)
    return voice.say(keys[bool(fact)], fact=fact, procedure=name, office=counsel, **args)


def gates_line(use_ids: Iterable[str], assessment: Assessment, voice: Voice) -> str:
    """What must hold, and what law must answer, before projects can be built; a sentence each.

    Each with the month in which its one answer is due. Empty where nothing is open.

    Args:
        use_ids: The projects of a wave.
        assessment: The results.
        voice: Speaks.
    """
    each = list(use_ids)
    gates = {use_id: gates_of(use_id, assessment) for use_id in each}
    asked = dict.fromkeys(gate for own in gates.values() for gate in own)
    parts = []
    for gate in list(asked)[:_NAMED]:
        held = [use_id for use_id, own in gates.items() if gate in own]
        keys = _OF_ALL if len(held) == len(each) else _OF_SOME
        due = answer_due(gate, assessment, voice)
        parts.append(gate_word(keys, gate, voice, uses=voice.quoted_uses(held, _NAMED), by=due))
    return voice.run_on(parts)


def answering(gate: Procedure, assessment: Assessment) -> PlannedAction | None:
    """The one task that answers what a procedure asks, the earliest that awards nothing.

    What the catalogue says to answer it comes before what goes through it.
    """
    every = [one for one in assessment.action_plan.actions if one.action.stage != _AWARD]
    own = [one for one in every if gate.procedure_id in one.action.answers]
    own = own or [one for one in every if one.action.procedure_id == gate.procedure_id]
    return min(own, key=lambda one: one.start_month, default=None)


def answerer(gate: Procedure, use_id: str, assessment: Assessment, voice: Voice) -> str:
    """The one office that answers it: the lead of its task, else the office of the procedure."""
    task = answering(gate, assessment)
    if task is None:
        due = next(one for one in assessment.procedures if one.procedure == gate)
        return filer(due, use_id, voice)
    uses = [one for one in assessment.programme.uses if one in task.because.uses]
    return lead_of(task, uses, voice, alone=True)


def answer_due(gate: Procedure, assessment: Assessment, voice: Voice) -> str:
    """The month in which that answer is there; without a task of its own that of the vote."""
    task, start = answering(gate, assessment), assessment.region.plan_from
    if task is None:
        return month(voted_in(assessment)[0], start, voice)
    return month_of_end(task, start, voice)
