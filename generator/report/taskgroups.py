"""Tasks that stand under the number of another: each keeps its own lead and its own end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.task import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.report.voice import Voice

_VOTE = "vote"


def gathered(tasks: Sequence[Task], voice: Voice) -> list[Task]:
    """The tasks, each together with those that the catalogue puts under its number.

    Args:
        tasks: All of them, what the programme needs most before the rest.
        voice: Names what stands under one number.
    """
    hosts = {one.action.action.action_id for one in tasks if one.action is not None}
    parts: dict[str, list[Task]] = {}
    for one in tasks:
        if one.action is not None and one.action.action.part_of in hosts:
            parts.setdefault(one.action.action.part_of, []).append(one)
    found: list[Task] = []
    for one in tasks:
        if one.action is None:
            found.append(one)
        elif one.action.action.action_id in parts:
            found.append(_group(one, parts[one.action.action.action_id], voice))
        elif one.action.action.part_of not in hosts:
            found.append(one)
    return found


def _group(host: Task, parts: Sequence[Task], voice: Voice) -> Task:
    """What a task and its parts are under one number, called after the task."""
    is_vote = host.action is not None and host.action.action.stage == _VOTE
    lists = {voice.knowledge.use(use_id).category for use_id in host.uses}
    labels = [voice.say("task.joined_more", task=one) for one in host.labels]
    if is_vote and len(lists) == 1:
        labels.insert(0, voice.say(f"task.joined_gate_{next(iter(lists))}"))
    return row_of([host, *parts], tuple(labels), part=host.part)


def _starts(task: Task) -> tuple[int, float, int]:
    """The months of a task; of two in one month that first which begins first."""
    begins = float(task.first) if task.action is None else task.action.start_month
    return task.first, begins, task.last


def row_of(
    tasks: Sequence[Task], labels: tuple[str, ...], *, part: str = "", is_works: bool = False
) -> Task:
    """One number for several tasks, in the order of their start.

    Args:
        tasks: At least one.
        labels: What may stand beside its bar, the fullest first.
        part: What it is for; that of the first task, where it is empty.
        is_works: Whether all of them build projects.
    """
    each = sorted((each for one in tasks for each in one.each), key=_starts)
    return Task(
        title=labels[0],
        labels=labels,
        lead=each[0].lead,
        responsible="",
        result="",
        first=min(one.first for one in each),
        last=max(one.last for one in each),
        part=next((one.part for one in each if one.part == part), each[0].part),
        uses=tuple(dict.fromkeys(use_id for one in each for use_id in one.uses)),
        action=None,
        is_works=is_works,
        joins=tuple(each),
    )
