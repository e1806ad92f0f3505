"""The numbers of tasks, wherever a brief speaks of what one of them does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.model import Risk
    from generator.report.task import Task
    from generator.report.voice import Voice

_OF_CONDITIONS = "conditional_rules"
"""The test of a risk that conditions of the law set off."""
_PAYER = "payer"
"""What a task names: who pays each year."""
_PAIR = 2


class Place(NamedTuple):
    """The number of a task in a brief, from 1, and the part that it is of it; 0 for all of it."""

    number: int
    part: int = 0


def numbers_of(
    tasks: Sequence[Task], wanted: Callable[[Task], bool], uses: Sequence[str] = ()
) -> list[Place]:
    """The numbers of some tasks, on account of some uses or of any.

    Where only some parts of a row are meant, it is the numbers of these.

    Args:
        tasks: Those of the brief, in their order.
        wanted: Which of them.
        uses: A task of other uses alone is none of theirs; one of the whole plan is.
    """
    found: list[Place] = []
    for number, one in enumerate(tasks, start=1):
        parts = [
            part
            for part, each in enumerate(one.each, start=1)
            if wanted(each) and _is_of(each, uses)
        ]
        is_whole = len(parts) == len(one.each)
        found += [Place(number)] if is_whole else [Place(number, part) for part in parts]
    return found


def task_at(place: Place, tasks: Sequence[Task]) -> Task:
    """The task of a number, or the part of it."""
    task = tasks[place.number - 1]
    return task.each[place.part - 1] if place.part else task


def told(place: Place, voice: Voice) -> str:
    """A number of a task as it is printed."""
    if not place.part:
        return str(place.number)
    return voice.say("task.part_number", number=place.number, part=place.part)


def _is_of(task: Task, uses: Sequence[str]) -> bool:
    """Whether a task is on account of one of these uses, or of the whole plan."""
    return not (uses and task.uses and set(uses).isdisjoint(task.uses))


def does(action_ids: Iterable[str]) -> Callable[[Task], bool]:
    """Whether a task takes up one of these actions of the catalogue."""
    ids = frozenset(action_ids)
    return lambda task: task.action is not None and task.action.action.action_id in ids


def naming(tasks: Sequence[Task]) -> list[Place]:
    """The tasks that name who bears what projects cost a year."""
    return numbers_of(
        tasks, lambda task: task.action is not None and task.action.action.paid == _PAYER
    )


def answers(risk: Risk, voice: Voice) -> Callable[[Task], bool]:
    """Whether a task does what is to be done about a risk; filings are the tasks of the law."""
    named = does(risk.answered_by)
    if voice.knowledge.triggers[risk.trigger].test != _OF_CONDITIONS:
        return named
    return lambda task: named(task) or (task.part == "law" and bool(task.uses))


def numbered(text: str, found: Sequence[Place], voice: Voice) -> str:
    """A text with the numbers of the tasks that it speaks of, before its full stop."""
    if not found:
        return text
    stop = text[-1] if text.endswith((".", "。")) else ""
    key = voice.plural_key("task.numbered", len(found))
    return voice.say(key, text=text.removesuffix(stop), tasks=numbers(found, voice)) + stop


def _follows(place: Place, before: Place) -> bool:
    """Whether a number comes right after another: the next task, or the next part of the same."""
    if place.part:
        return before == Place(place.number, place.part - 1) and before.part > 0
    return before == Place(place.number - 1)


def numbers(found: Collection[Place], voice: Voice) -> str:
    """Numbers of tasks in their order, those that follow each other as a range."""
    whole = {place.number for place in found if not place.part}
    runs: list[list[Place]] = []
    for place in sorted({one for one in found if not one.part or one.number not in whole}):
        if runs and _follows(place, runs[-1][-1]):
            runs[-1].append(place)
        else:
            runs.append([place])
    parts = [
        text
        for run in runs
        for text in (
            [
                voice.say(
                    "span.words" if run[0].part else "span",
                    low=told(run[0], voice),
                    high=told(run[-1], voice),
                )
            ]
            if len(run) > _PAIR
            else [told(place, voice) for place in run]
        )
    ]
    if len(parts) == _PAIR:
        return voice.say("task.numbers", first=parts[0], second=parts[1])
    return voice.say("task.numbers_separator").join(parts)
