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
    hosts = {one.action.key for one in tasks if one.action is not None}
    parts: dict[object, list[Task]] = {}
    for one in tasks:
        if (host := _host(one)) in hosts:
            parts.setdefault(host, []).append(one)
    found: list[Task] = []
    for one in tasks:
        key = None if one.action is None else one.action.key
        if key in parts:
            found.append(_group(one, parts[key], voice))
        elif _host(one) not in hosts:
            found.append(one)
    return _held(found, voice)


def _host(one: Task) -> object:
    """The key of the action under whose number a task stands; None for a number of its own."""
    action = one.action
    return (
        None
        if action is None or not action.action.part_of
        else (action.action.part_of, action.held)
    )


def _held(tasks: Sequence[Task], voice: Voice) -> list[Task]:
    """What waits for one choice between plans stands under one number for each list."""
    groups: dict[object, list[Task]] = {}
    for one in tasks:
        if _binds(one):
            groups.setdefault(_list_of(one, voice), []).append(one)
    found: list[Task] = []
    for one in tasks:
        group = groups[_list_of(one, voice)] if _binds(one) else [one]
        if one is group[0]:
            found.append(_after_choice(group, voice) if len(group) > 1 else one)
    return found


def _binds(one: Task) -> bool:
    """Whether a choice holds it and it builds, or a law or the vote asks for it."""
    return bool(one.held) and (one.is_works or one.part == "law")


def _list_of(one: Task, voice: Voice) -> object:
    lists = {voice.knowledge.use(use_id).category for use_id in one.uses}
    return one.held, frozenset(lists)


def _after_choice(group: Sequence[Task], voice: Voice) -> Task:
    uses = tuple(dict.fromkeys(use_id for one in group for use_id in one.uses))
    label = voice.say("task.joined_held", uses=voice.uses(uses, 1))
    return row_of(group, (label, voice.say("task.joined_held_short")), part=group[0].part)


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
        held=max(one.held for one in each),
    )
