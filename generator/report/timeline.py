"""The tasks of a brief on a time line: bars on a first series that no one sees, below a scale.

A chart's axis of values knows numbers only, so years and quarters are two rows of bars above the
tasks: one series for each year and each quarter, which its own name labels.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from generator.model import Series
from generator.report.actions import month
from generator.report.series import Data
from generator.report.task import PARTS
from generator.report.taskblocks import band_name
from generator.report.tasklist import band_of, beyond_plan, law_ends, tasks_of
from generator.report.tasknumbers import Place, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from generator.model import Assessment
    from generator.report.task import Task
    from generator.report.voice import Voice

_QUARTER, _HALF, _YEAR = 3, 6, 12
"""Months."""
_MOST = 12
"""Steps of a scale that have room for a name; of more quarters the half-years are named."""
_NAMED = 0.3
"""Of the scale, what the name of the line takes."""
_HEADS = ("", " ", "  ")
"""Names of the rows of the scale: years, their parts and, where it is shown, the plan's period."""


def schedule(assessment: Assessment, voice: Voice) -> Data:
    """Months of each task from the first quarter of the plan; a bar in the series of what it is for."""
    tasks = tasks_of(assessment, voice)
    if not tasks:
        return Data()
    start = assessment.region.plan_from
    before = (start.month - 1) % _QUARTER if start else 0
    whole = -(-(before + max(one.last for one in tasks) + 1) // _QUARTER) * _QUARTER
    hidden = tuple(float(before + one.first) for one in tasks)
    end = _closes(assessment, whole)
    heads = _HEADS if end is not None else _HEADS[:-1]
    blank = (None,) * len(heads)
    bars = [
        Series(voice.say(f"series.task.{part}"), (*blank, *_lengths(tasks, part))) for part in PARTS
    ]
    return Data(
        (*heads, *_labels(tasks, voice)),
        (
            Series(voice.say("series.start"), (*blank, *hidden)),
            *bars,
            *_scale(start, whole, len(blank) - 2 + len(tasks), voice),
            *_period(end, whole, len(tasks), assessment, voice),
        ),
        names={
            "title": _title(tasks, assessment, voice),
            "line": "" if end is None else voice.say("schedule.line"),
            "bands": _bands(tasks, voice),
        },
        spoken=tuple(_spoken(one, start, voice) for one in tasks),
        heads=len(heads),
        top=float(whole),
        mark=end,
        carriers=1,
        drawn=1 + len(bars),
    )


def _bands(tasks: Sequence[Task], voice: Voice) -> str:
    """The numbers of the whole plan's tasks and of each list's; empty where all are of one kind."""
    held: dict[int, list[Place]] = {}
    for number, task in enumerate(tasks, start=1):
        held.setdefault(band_of(task, voice), []).append(Place(number))
    if len(held) <= 1:
        return ""
    bands = [
        voice.say("schedule.band", name=band_name(band, voice), tasks=numbers(found, voice))
        for band, found in held.items()
    ]
    return voice.say("schedule.bands", bands=voice.join(bands))


def _closes(assessment: Assessment, whole: int) -> float | None:
    """Months from the first quarter to the end of the plan; None where no line can show it.

    The line is a multiple of itself, and the fine lines between are quarters.
    """
    start, until = assessment.region.plan_from, assessment.region.plan_until
    if start is None or until is None:
        return None
    first = start.month - 1 - (start.month - 1) % _QUARTER
    months = (until.year - start.year) * _YEAR + until.month - first
    fits = months % _QUARTER == 0 and whole / 2 < months < whole
    return float(months) if fits else None


def _lengths(tasks: Sequence[Task], part: str) -> tuple[float | None, ...]:
    return tuple(float(one.last - one.first + 1) if one.part == part else None for one in tasks)


def _spoken(task: Task, start: date | None, voice: Voice) -> str:
    ends = {"low": month(task.first, start, voice), "high": month(task.last, start, voice)}
    return voice.say("span.text", **ends)


def _scale(start: date | None, whole: int, tasks: int, voice: Voice) -> list[Series]:
    """The years in the first row and their parts in the second, as bars of so many months.

    Args:
        start: First day of the plan; None while it is not known.
        whole: Months from the first quarter to the last.
        tasks: Rows below these two.
        voice: Speaks.
    """
    name, step = ("quarter", _QUARTER) if whole <= _MOST * _QUARTER else ("half", _HALF)
    first = (start.month - 1) // _QUARTER * _QUARTER if start else 0
    months, rest = range(first, first + whole), (None,) * tasks
    years = [
        Series(_year(count, start, voice), (float(len([*own])), None, *rest))
        for count, own in groupby(months, key=lambda one: one // _YEAR)
    ]
    parts = [
        Series(
            voice.say(f"chart.{name}.{count % (_YEAR // step) + 1}"),
            (None, float(len([*own])), *rest),
        )
        for count, own in groupby(months, key=lambda one: one // step)
    ]
    return [*years, *parts]


def _period(
    end: float | None, whole: int, tasks: int, assessment: Assessment, voice: Voice
) -> list[Series]:  # fmt: skip
    """A bar that ends at the line, so that the line has a name beside it, on one that says nothing."""
    start, until = assessment.region.plan_from, assessment.region.plan_until
    if end is None or start is None or until is None:
        return []
    last = (until.year - start.year) * _YEAR + until.month - start.month
    name = voice.say("schedule.period", end=month(last, start, voice))
    named = min(end, whole * _NAMED)
    lengths = {" ": end - named, name: named}
    return [
        Series(text, (None, None, length, *(None,) * tasks))
        for text, length in lengths.items()
        if length
    ]


def _year(count: int, start: date | None, voice: Voice) -> str:
    if start is None:
        return voice.say("chart.plan_year", number=count + 1)
    return voice.say("chart.year", year=start.year + count)


def _title(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> str:
    """When what the law asks is settled, and when the last task ends."""
    start = assessment.region.plan_from
    lawful = law_ends(assessment)
    is_late = bool(beyond_plan(tasks, assessment))
    keys = ("schedule.title", "schedule.title_late")
    if lawful is None:
        keys = ("schedule.title_free", "schedule.title_free_late")
    return voice.say(
        keys[is_late], start=month(0, start, voice),
        end=month(max(one.last for one in tasks), start, voice),
        law="" if lawful is None else month(lawful, start, voice),
    )  # fmt: skip


def _labels(tasks: Sequence[Task], voice: Voice) -> Iterator[str]:
    """The number of each task with as much of its name as fits whole beside its bar, or its office.

    A name that an earlier row has says nothing of a later one, which takes its next.
    """
    most, told = int(voice.say("chart.task_letters")), set[str]()
    for number, task in enumerate(tasks, start=1):
        fitting = [one for one in (*task.labels, task.lead) if len(one) <= most]
        name = next((one for one in fitting if one not in told), "".join(fitting[:1]))
        told.add(name)
        yield voice.say("chart.task", number=number, name=name).strip()
