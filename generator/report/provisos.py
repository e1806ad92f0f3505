"""What is answered in writing before money, contracts or land: whether the body may act, and what the texts say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.actions import month
from generator.report.tasklist import Task, goes_through, tasks_of
from generator.report.tasknumbers import answers, numbers, numbers_of

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice

_UNREAD = "stale_rules"
"""The test of a risk that rules set off which nobody has read, or not lately."""


def held_back(text: str, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """What is to be decided: whole, and apart what is asked and what waits until counsel has answered.

    Args:
        text: The decision that opens the preparation; the whole of it without a task.
        assessment: The results of one region.
        voice: Numbers the tasks of the planning brief and names their last month.
    """
    tasks = tasks_of(assessment, voice)
    asked = _numbers_asked(tasks, assessment)
    read = _numbers_read(tasks, voice)
    found = sorted({*asked, *read})
    if not found:
        return {"decision": text}
    key = "both" if asked and read else "asked" if asked else "read"
    last = max(tasks[number - 1].last for number in found)
    terms = voice.say(
        voice.plural_key(f"decision.held_{key}", len(found)),
        tasks=numbers(found, voice), by=month(last, assessment.region.plan_from, voice),
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


def _numbers_read(tasks: list[Task], voice: Voice) -> list[int]:
    """Tasks that read the originals of what nobody has read."""
    reads = [
        answers(one, voice)
        for one in voice.knowledge.risks
        if voice.knowledge.triggers[one.trigger].test == _UNREAD
    ]
    return numbers_of(tasks, lambda task: any(is_it(task) for is_it in reads))
