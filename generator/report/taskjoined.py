"""Equal tasks of several projects as one row, so that a short table keeps every step of the law."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from generator.report.task import Task

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from generator.model import Assessment
    from generator.report.voice import Voice

_LISTS = ("blockchain", "power_reuse")
_PHASES = ("approved", "early", "awarded", "later")
"""In this order steps of the law are joined."""
_MOST = 4
"""Steps of the law that one row joins."""
_NAMED = 2


def joined(tasks: Sequence[Task], most: int, assessment: Assessment, voice: Voice) -> list[Task]:
    """The tasks with equal ones of the first wave in one row, as far as the law's steps need the room.

    Works are joined first, then first steps, then steps of the law that are taken together: between
    approval and tender, before approval, before works, and with the works or after them. What
    settles whether the body may act, the vote and the tender stand alone.

    Args:
        tasks: All of them, what the programme needs most before the rest.
        most: Rows of the table; what comes later stands in the annex.
        assessment: The results of one region.
        voice: Words the joined rows.
    """
    found, own = list(tasks), set(assessment.programme.first.uses or assessment.programme.uses)
    alone = {one.procedure.procedure_id for one in assessment.procedures if one.procedure.question}
    for kind, equal in _groups(found, own, alone, voice):
        if not any(one.part == "law" and own & set(one.uses) for one in found[most:]):
            break
        place = found.index(equal[0])
        found = [one for one in found if one not in equal]
        found.insert(place, _row(equal, kind, voice))
    return found


def _groups(
    tasks: Sequence[Task], own: set[str], alone: Collection[str], voice: Voice
) -> Iterator[tuple[str, list[Task]]]:
    """What may be joined, with its kind, in the order in which it is."""
    for kind, fits in (("works", _is_works), ("first", _is_first)):
        for listed in _LISTS:
            equal = [one for one in tasks if own >= set(one.uses) and fits(one, listed, voice)]
            if len(equal) > 1:
                yield f"{kind}_{listed}", equal
    for listed in _LISTS:
        steps = [
            one for one in tasks if own & set(one.uses) and _is_step(one, listed, alone, voice)
        ]
        for phase in _PHASES:
            part = [one for one in steps if _phase(one, tasks, listed, voice) == phase]
            part.sort(key=lambda one: (one.first, one.last))
            for start in range(0, len(part), _MOST):
                if len(equal := part[start : start + _MOST]) > 1:
                    yield f"law_{listed}", equal


def _listed(task: Task, listed: str, voice: Voice) -> bool:
    return bool(task.uses) and all(
        voice.knowledge.use(use_id).category == listed for use_id in task.uses
    )


def _is_works(task: Task, listed: str, voice: Voice) -> bool:
    return task.is_works and _listed(task, listed, voice)


def _is_first(task: Task, listed: str, voice: Voice) -> bool:
    """Whether it is the first step of one project, and none of the law."""
    if task.part == "law" or task.action is None or len(task.uses) != 1:
        return False
    first = voice.knowledge.use(task.uses[0]).first_action
    return task.action.action.action_id == first and _listed(task, listed, voice)


def _is_step(task: Task, listed: str, alone: Collection[str], voice: Voice) -> bool:
    """Whether it is a step of the law of this list alone; what every project passes stands alone."""
    if task.part != "law" or task.action is None or not _listed(task, listed, voice):
        return False
    action = task.action.action
    firsts = {voice.knowledge.use(use_id).first_action for use_id in task.uses}
    is_gate = action.stage in {"vote", "award"} or action.before_approval
    return not is_gate and action.action_id not in firsts and action.procedure_id not in alone


def _phase(task: Task, tasks: Sequence[Task], listed: str, voice: Voice) -> str:
    """When a step is taken: before the vote on its list, then before its tender, before works, or later."""
    if task.action is None or not task.action.precedes_works:
        return "later"
    vote, award = (_gate(stage, tasks, listed, voice) for stage in ("vote", "award"))
    if vote is not None and task.last < vote.first:
        return "early"
    return "approved" if award is None or task.last < award.first else "awarded"


def _gate(stage: str, tasks: Sequence[Task], listed: str, voice: Voice) -> Task | None:
    found = (one for one in tasks if one.action is not None and one.action.action.stage == stage)
    return next((one for one in found if not one.uses or _listed(one, listed, voice)), None)


def _row(tasks: Sequence[Task], kind: str, voice: Voice) -> Task:
    """One row for several tasks, with the lead body of each."""
    uses = tuple(dict.fromkeys(use_id for one in tasks for use_id in one.uses))
    is_works = kind.startswith("works")
    return Task(
        title=voice.say(f"task.{kind}", project=voice.uses(uses))
        if is_works
        else _titles(tasks, voice),
        # Two rows may join steps of one kind: then the second is called after what it begins with.
        labels=(
            voice.say(f"task.joined_{kind}"),
            *(voice.say("task.joined_more", task=one.labels[-1]) for one in tasks),
        ),
        lead=_in_turn((one.lead for one in tasks), voice),
        responsible=_in_turn((one.responsible for one in tasks), voice),
        result=voice.clauses(dict.fromkeys(one.result for one in tasks)),
        first=min(one.first for one in tasks),
        last=max(one.last for one in tasks),
        part=tasks[0].part,
        uses=uses,
        action=None,
        is_works=is_works,
        joins=tuple(tasks),
    )


def _titles(tasks: Sequence[Task], voice: Voice) -> str:
    """What is done, with the projects behind what is done for them, where these are not the same."""
    if len({one.uses for one in tasks}) == 1:
        return voice.clauses(one.title for one in tasks)
    return voice.clauses(
        voice.say("task.of_project", project=voice.uses(uses, _NAMED), task=voice.clauses(titles))
        for uses, own in groupby(tasks, key=lambda one: one.uses)
        if (titles := [one.title for one in own])
    )


def _in_turn(names: Iterable[str], voice: Voice) -> str:
    """Offices in the order in which the row names what they do; what follows itself is named once."""
    found = [name for name, _ in groupby(names)]
    if len(found) == 1:
        return found[0]
    return voice.say("task.in_turn", names=voice.join(found))
