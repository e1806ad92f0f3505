"""The tasks of a brief under headings: the whole plan, the platforms, the site projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.model import LISTS
from generator.report.actions import month
from generator.report.funding import outsider, owner, runs
from generator.report.inplan import open_by
from generator.report.projects import counted, is_long, size
from generator.report.tasklist import band_of
from generator.report.taskmain import is_main, told_steps
from generator.report.tasknumbers import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model import Assessment
    from generator.model.programme import Project
    from generator.report.task import Task
    from generator.report.voice import Voice


_NAMED = 2
"""Projects that a task is told to be for by name."""


class Block(NamedTuple):
    """Tasks under one heading, in the order of their numbers."""

    name: str
    about: str
    """What of its list is built where; empty for the tasks of the whole plan."""
    shared: str
    """Who leads each project of the list, and by when it opens; empty likewise."""
    own: Sequence[Place]


def placed_of(tasks: Sequence[Task]) -> dict[Place, Task]:
    """Every act of a brief by its number, or by the part that it is of one."""
    return {
        Place(number, part if one.joins else 0): each
        for number, one in enumerate(tasks, start=1)
        for part, each in enumerate(one.each, start=1)
    }


def band_name(band: int, voice: Voice) -> str:
    """What the tasks of a band are called in a table: the whole plan, a list, or the second wave."""
    return voice.say(f"task.band.{('whole', *LISTS, 'second')[band]}")


def blocks_of(
    placed: Mapping[Place, Task], tasks: Sequence[Task], assessment: Assessment, voice: Voice
) -> Iterator[Block]:
    """What the whole plan needs, then each list with its projects.

    Args:
        placed: Every act by its number.
        tasks: The tasks by number.
        assessment: The results of one region.
        voice: Words headings.
    """
    found = assessment.programme
    if not found.projects:
        if placed:
            yield Block(voice.say("task.part.alone"), "", "", [*placed])
        return
    bands = {place: band_of(tasks[place.number - 1], voice) for place in placed}
    common = [place for place in placed if not bands[place]]
    if common:
        yield Block(voice.say("task.part.common"), "", "", common)
    for band, listed in enumerate(LISTS, start=1):
        held = [place for place in placed if bands[place] == band]
        projects = [one for one in found.projects if _is_of(one, listed, voice)]
        if held or projects:
            about = voice.run_on(_about(one, assessment, voice) for one in projects)
            # In a long plan each task's own lead has to do.
            told = () if is_long(assessment) else found.first.projects
            first = [one for one in projects if one in told]
            leads = voice.clauses([*filter(None, (_led(one, assessment, voice) for one in first))])
            steps = [placed[place] for place in held if is_main(placed[place], assessment)]
            duties = [
                voice.say("task.part.leads", projects=leads) if leads else "",
                told_steps(steps, assessment, voice),
            ]
            yield Block(
                voice.say(f"task.part.{listed}"),
                voice.say("task.part.about", projects=about) if about else "",
                voice.run_on(filter(None, duties)),
                held,
            )
    if later := [place for place in placed if bands[place] > len(LISTS)]:
        main = told_steps([placed[place] for place in later], assessment, voice)
        yield Block(voice.say("task.part.second"), main, "", later)


def _is_of(one: Project, listed: str, voice: Voice) -> bool:
    return voice.knowledge.use(one.use_id).category == listed


def wave_of(task: Task, assessment: Assessment, voice: Voice) -> list[str]:
    """The projects of a task's band: of its list in the first wave, or of the second; none for the whole plan."""
    programme, band = assessment.programme, band_of(task, voice)
    if task.later:
        return [one.use_id for one in programme.second.projects]
    wave = programme.first.projects or programme.second.projects
    return [one.use_id for one in wave if band and _is_of(one, LISTS[band - 1], voice)]


def concerned(task: Task, assessment: Assessment, voice: Voice) -> str:
    """The projects of a task in brackets, where it is not for all of its list."""
    every = wave_of(task, assessment, voice)
    if not band_of(task, voice) or task.is_works or set(task.uses).issuperset(every or task.uses):
        return ""
    many = is_long(assessment) and len(task.uses) > _NAMED
    told = counted(len(task.uses), voice) if many else voice.uses(task.uses, _NAMED)
    return voice.say("task.concerned", uses=told)


def duty(lead: str, beside: Mapping[str, str], due: str, voice: Voice) -> str:
    """Who leads, carries out, supports and decides, and by when, as the end of a sentence.

    Args:
        lead: The office that leads.
        beside: Any of `doing`, `supporting` and `deciding`, and who it is.
        due: By when.
        voice: Speaks.
    """
    found = {key: text for key, text in beside.items() if text not in {lead, voice.dash, ""}}
    return voice.clauses(
        [
            voice.say("task.duty_lead" if found else "task.duty_alone", offices=lead),
            *(voice.say(f"task.duty_{key}", offices=text) for key, text in found.items()),
            voice.say("task.duty_due", due=due),
        ]
    )


def _led(one: Project, assessment: Assessment, voice: Voice) -> str:
    """Who leads a project, who would run it and by when it opens; empty where the last is not known."""
    if one.use_id not in assessment.action_plan.opens:
        return ""
    start = assessment.region.plan_from
    due = voice.say("task.by", month=month(open_by([one], assessment), start, voice))
    outside = outsider(voice.knowledge.use(one.use_id).operator_office, voice)
    beside = {"doing": "" if outside else runs(one.use_id, voice), "supporting": outside}
    return voice.say(
        "task.led_by", project=voice.use(one.use_id),
        duty=duty(owner(one.use_id, voice), beside, due, voice),
    )  # fmt: skip


def _about(one: Project, assessment: Assessment, voice: Voice) -> str:
    """What is built where, and at what cost."""
    low, high = one.capital.low, one.capital.high
    if low is None or high is None:
        low = high = one.capital.value
    key = "task.about" if low is not None else "task.about_unpriced"
    place = voice.text(one.place.name)
    shown = size(one.use_id, one.size, voice)
    is_later = one not in assessment.programme.first.projects
    name = voice.use(one.use_id)
    return voice.say(
        key, project=voice.say("task.about_later", project=name) if is_later else name,
        size=voice.say("task.size", size=shown, place=place) if place else shown,
        months=voice.extent(one.months), capital=voice.about(low, high),
    )  # fmt: skip
