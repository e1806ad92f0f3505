"""The tasks of a brief on a time line: bars on a first series that no one sees."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from generator.model import Series
from generator.report.actions import month
from generator.report.series import Data
from generator.report.tasklist import PARTS, law_ends, tasks_of

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.voice import Voice


def schedule(assessment: Assessment, voice: Voice) -> Data:
    """Months of each task from the start of the plan; a bar in the series of what it is for."""
    tasks = tasks_of(assessment, voice)
    if not tasks:
        return Data()
    start = assessment.region.plan_from
    names = [
        voice.say("chart.task", number=number, name=_short(task.title, voice))
        for number, task in enumerate(tasks, start=1)
    ]
    bars = [
        Series(
            voice.say(f"series.task.{part}"),
            tuple(float(one.last - one.first + 1) if one.part == part else None for one in tasks),
        )
        for part in PARTS
    ]
    hidden = Series(voice.say("series.start"), tuple(float(one.first) for one in tasks))
    lawful = law_ends(tasks)
    begin = month(0, start, voice)
    title = voice.say(
        "schedule.title_free" if lawful is None else "schedule.title", start=begin,
        end=month(max(one.last for one in tasks), start, voice),
        law="" if lawful is None else month(lawful, start, voice),
    )  # fmt: skip
    spoken = tuple(
        voice.say(
            "span.text", low=month(one.first, start, voice), high=month(one.last, start, voice)
        )
        for one in tasks
    )
    return Data(tuple(names), (hidden, *bars), "0", {"title": title, "start": begin}, spoken)


def _short(name: str, voice: Voice) -> str:
    """A name that fits on one line beside its bar."""
    most = int(voice.say("chart.task_letters"))
    if " " in name[:most]:
        return shorten(name, most, placeholder="…")
    return name if len(name) <= most else name[: most - 1] + "…"
