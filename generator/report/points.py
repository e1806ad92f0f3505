"""The points under the answer of a first page, each with the words that say what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.compared import better_line
from generator.report.idle import closest_line
from generator.report.leftover import leftover_line
from generator.report.otherplans import (
    held_line,
    idle_line,
    load_line,
    served_line,
)
from generator.report.peopletask import outnumbered
from generator.report.programme import nothing
from generator.report.prospect import lacking, money_line, shortfall_line
from generator.report.tables import begun
from generator.report.wording import confidence_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment
    from generator.report.decisions import Asked
    from generator.report.voice import Voice

_UNCHECKED = 3


def points(asked: Asked, assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """The unexplained load, people, what nobody pays a year, idle power, what else was weighed, money, doing nothing, what is left.

    Where there is no programme, how far the evidence carries and what is near stand there too.
    """
    # People whom the jobs cannot all take stand near the top.
    left, many = leftover_line(assessment, voice), outnumbered(assessment)
    texts = {
        "load": load_line(asked, assessment, voice),
        "people": left if many else "",
        "lacking": lacking(assessment, voice),
        "shortfall": shortfall_line(assessment, voice),
        # The box tells it where the idle power is known.
        "idle": "" if idle_line(assessment, voice) else closest_line(assessment, voice),
        # What else was weighed; one of these is enough, and plans to choose between tell it too.
        "weighed": better_line(asked.choices, assessment, voice) or served_line(assessment, voice),
        "money": voice.run_on((money_line(assessment, voice), held_line(asked, assessment, voice))),
        "nothing": nothing(assessment, voice),
        "left": "" if many else left,
    }
    found = [
        {"lead": voice.say(f"point.lead.{name}"), "text": begun(text)}
        for name, text in texts.items()
        if text
    ]
    if assessment.programme.projects:
        return found
    bare = (confidence_line(assessment, voice), *_outside(assessment, voice))
    first, *others = ({"lead": "", "text": text} for text in bare)
    return [first, *found, *others]


def _outside(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What waits for signatures, whose law nobody has checked, and whose data are too thin."""
    readiness, known = assessment.readiness, voice.knowledge
    waiting = tuple(use_id for ids in readiness.prepare.values() for use_id in ids)
    if waiting:
        key = "summary.prepare"
        names = voice.join(voice.use(use_id) for use_id in waiting)
        yield voice.sentence(key, key, count=len(waiting), uses=names)
    unchecked = tuple(use_id for ids in readiness.law_not_checked.values() for use_id in ids)
    if unchecked:
        key, shown = "summary.unchecked", voice.uses(unchecked, _UNCHECKED)
        yield voice.sentence(key, key, count=len(unchecked), uses=shown)
    least = known.assumed("coverage_minimum_pct")
    order = [use_id for ids in readiness.order.values() for use_id in ids]
    low = sum(1 for use_id in order if readiness.uses[use_id].coverage_pct < least)
    if low:
        key = "summary.coverage"
        yield voice.sentence(key, key, count=low, minimum=voice.whole(least))
