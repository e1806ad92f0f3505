"""What is settled before contracts, land, permits and works: whether the body may act, who owns, law, money, texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.actions import month
from generator.report.tasklist import Task, goes_through, tasks_of
from generator.report.tasknumbers import numbers, numbers_of

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


def held_back(text: str, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """What is to be decided: whole, and apart what is asked and the tasks that the rest waits for.

    Args:
        text: The decision that opens the preparation; the whole of it without a task.
        assessment: The results of one region.
        voice: Numbers the tasks of the planning brief and names their last month.
    """
    tasks = tasks_of(assessment, voice)
    asked = _numbers_asked(tasks, assessment)
    found = sorted({*asked, *numbers_of(tasks, _settles)})
    if not found:
        return {"decision": text}
    actions = [one for number in found if (one := tasks[number - 1].action) is not None]
    named = [voice.say("decision.held_asked")] if asked else []
    named += [
        voice.name(label)
        for kind, label in voice.knowledge.choices["settled"].items()
        if any(one.action.settles == kind for one in actions)
    ]
    last = max(tasks[number - 1].last for number in found)
    terms = voice.say(
        voice.plural_key("decision.terms", len(found)),
        tasks=numbers(found, voice), what=voice.join(named),
        by=month(last, assessment.region.plan_from, voice),
    )  # fmt: skip
    return {
        "decision": voice.say("decision.held", decision=text, terms=terms),
        "ask": text,
        "terms": terms,
    }


def _numbers_asked(tasks: list[Task], assessment: Assessment) -> list[int]:
    """Tasks that settle whether the body may act, or a project of the first wave be built, at all."""
    first = set(assessment.programme.first.uses or assessment.programme.uses)
    gates = {
        one.procedure.procedure_id
        for one in assessment.procedures
        if one.procedure.question and (not one.uses or first & set(one.uses))
    }
    return numbers_of(tasks, goes_through(gates))


def _settles(task: Task) -> bool:
    """Whether a task settles ownership, legality or money, or reads what nobody has read."""
    return task.action is not None and bool(task.action.action.settles)
