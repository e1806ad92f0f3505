"""The tasks of a brief under headings: what projects share, then each project with its own tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.model import LISTS
from generator.report.actions import month
from generator.report.funding import outsider, owner, runs
from generator.report.inplan import open_by
from generator.report.projects import size
from generator.report.tasklist import band_of, is_own
from generator.report.tasknumbers import Place, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model import Assessment
    from generator.model.programme import Project
    from generator.report.task import Task
    from generator.report.voice import Voice


class Block(NamedTuple):
    """Tasks under one heading."""

    name: str
    about: str
    """What is built where, who leads it and by when; empty for the common tasks."""
    shared: str
    """Which of the common tasks the project goes through; empty for none."""
    own: Sequence[Place]


def placed_of(tasks: Sequence[Task]) -> dict[Place, Task]:
    """Every act of a brief by its number, or by the part that it is of one."""
    return {
        Place(number, part if one.joins else 0): each
        for number, one in enumerate(tasks, start=1)
        for part, each in enumerate(one.each, start=1)
    }


def band_name(band: int, voice: Voice) -> str:
    """What the tasks of a band are called in a table: the whole plan, or a list."""
    return voice.say(f"task.band.{LISTS[band - 1]}" if band else "task.band.whole")


def blocks_of(
    placed: Mapping[Place, Task], tasks: Sequence[Task], assessment: Assessment, voice: Voice
) -> Iterator[Block]:
    """What the whole plan needs, then of each list what its projects share and each project's own.

    A list of one project shares nothing.

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
        own = _own_of(projects, held, placed)
        shared = [place for place in held if not any(place in each for each in own.values())]
        if shared:
            yield Block(voice.say(f"task.part.{listed}"), "", "", shared)
        for one in projects:
            if own[one.use_id] or one in found.first.projects:
                yield _block(one, own[one.use_id], placed, assessment, voice)


def _is_of(one: Project, listed: str, voice: Voice) -> bool:
    return voice.knowledge.use(one.use_id).category == listed


def _own_of(
    projects: Sequence[Project], held: Sequence[Place], placed: Mapping[Place, Task]
) -> dict[str, list[Place]]:
    """The acts of each project alone; of the only project of a list all that the list holds."""
    if len(projects) == 1:
        return {projects[0].use_id: [*held]}
    names = [one.use_id for one in projects]
    return {
        use_id: [
            place
            for place in held
            if placed[place].uses == (use_id,) and is_own(placed[place], names)
        ]
        for use_id in names
    }


def _block(
    one: Project, own: Sequence[Place], placed: Mapping[Place, Task], assessment: Assessment,
    voice: Voice,
) -> Block:  # fmt: skip
    is_first = one in assessment.programme.first.projects
    later = "task.project_later" if assessment.programme.first.projects else "task.project_next"
    name = voice.say("task.project" if is_first else later, project=voice.use(one.use_id))
    about = _about(one, voice) + (_led(one, assessment, voice) if is_first else "")
    others = [
        place
        for place, task in placed.items()
        if place not in own and (not task.uses or one.use_id in task.uses)
    ]
    found = whole(others, placed)
    shared = voice.say("task.shared", tasks=numbers(found, voice)) if found else ""
    return Block(name, about, shared, own)


def whole(found: Sequence[Place], placed: Mapping[Place, Task]) -> list[Place]:
    """The same numbers; of a task all of whose parts are meant its own number alone."""
    parts: dict[int, list[Place]] = {}
    for place in found:
        parts.setdefault(place.number, []).append(place)
    counts: dict[int, int] = {}
    for place in placed:
        counts[place.number] = counts.get(place.number, 0) + 1
    return [
        place
        for number, each in parts.items()
        for place in ([Place(number)] if len(each) == counts[number] else each)
    ]


def duty(
    lead: str, beside: Mapping[str, str], last: int, assessment: Assessment, voice: Voice
) -> str:
    """Who leads, carries out, supports, follows up and decides, and by when, as the end of a sentence.

    Args:
        lead: The office that leads.
        beside: Any of `doing`, `supporting`, `following` and `deciding`, and who it is.
        last: The last month, 0 the first.
        assessment: The results of one region.
        voice: Speaks.
    """
    found = {key: text for key, text in beside.items() if text not in {lead, voice.dash, ""}}
    due = voice.say("task.by", month=month(last, assessment.region.plan_from, voice))
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
    last = open_by([one], assessment)
    outside = outsider(voice.knowledge.use(one.use_id).operator_office, voice)
    beside = {"doing": "" if outside else runs(one.use_id, voice), "supporting": outside}
    return voice.say(
        "task.led_by", duty=duty(owner(one.use_id, voice), beside, last, assessment, voice)
    )


def _about(one: Project, voice: Voice) -> str:
    """What is built where, and at what cost."""
    low, high = one.capital.low, one.capital.high
    if low is None or high is None:
        low = high = one.capital.value
    key = "task.about" if low is not None else "task.about_unpriced"
    place = voice.text(one.place.name)
    shown = size(one.use_id, one.size, voice)
    what = voice.say("task.size", size=shown, place=place) if place else shown
    return voice.say(
        key, size=what, months=voice.extent(one.months),
        capital=voice.about(low, high),
    )  # fmt: skip
