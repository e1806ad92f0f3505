"""The numbers of tasks, wherever a brief speaks of what one of them does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Risk
    from generator.report.task import Task
    from generator.report.voice import Voice

_OF_CONDITIONS = "conditional_rules"
"""The test of a risk that conditions of the law set off."""
_PAIR = 2


def numbers_of(
    tasks: Sequence[Task], wanted: Callable[[Task], bool], uses: Sequence[str] = ()
) -> list[int]:
    """The numbers of some tasks, on account of some uses or of any.

    Args:
        tasks: Those of the brief, in their order.
        wanted: Which of them.
        uses: A task of other uses alone is none of theirs; one of the whole plan is.
    """
    return [
        number
        for number, one in enumerate(tasks, start=1)
        if any(wanted(each) and _is_of(each, uses) for each in one.each)
    ]


def _is_of(task: Task, uses: Sequence[str]) -> bool:
    """Whether a task is on account of one of these uses, or of the whole plan."""
    return not (uses and task.uses and set(uses).isdisjoint(task.uses))


def does(action_ids: Iterable[str]) -> Callable[[Task], bool]:
    """Whether a task takes up one of these actions of the catalogue."""
    ids = frozenset(action_ids)
    return lambda task: task.action is not None and task.action.action.action_id in ids


def answers(risk: Risk, voice: Voice) -> Callable[[Task], bool]:
    """Whether a task does what is to be done about a risk; filings are the tasks of the law."""
    named = does(risk.answered_by)
    if voice.knowledge.triggers[risk.trigger].test != _OF_CONDITIONS:
        return named
    return lambda task: named(task) or (task.part == "law" and bool(task.uses))


def numbered(text: str, found: Sequence[int], voice: Voice) -> str:
    """A text with the numbers of the tasks that it speaks of, before its full stop."""
    if not found:
        return text
    stop = text[-1] if text.endswith((".", "。")) else ""
    key = voice.plural_key("task.numbered", len(found))
    return voice.say(key, text=text.removesuffix(stop), tasks=numbers(found, voice)) + stop


def numbers(found: Sequence[int], voice: Voice) -> str:
    """Numbers of tasks in their order, those that follow each other as a range."""
    runs: list[list[int]] = []
    for number in sorted(found):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [
        text
        for run in runs
        for text in (
            [voice.say("span", low=run[0], high=run[-1])]
            if len(run) > _PAIR
            else [str(number) for number in run]
        )
    ]
    if len(parts) == _PAIR:
        return voice.say("task.numbers", first=parts[0], second=parts[1])
    return voice.say("task.numbers_separator").join(parts)
