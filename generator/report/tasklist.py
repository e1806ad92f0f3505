"""The tasks that carry the programme: chosen, worded with their own bodies, and laid out in time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from generator.model import PLACEHOLDER
from generator.report.actions import month, months
from generator.report.bodies import bodies_for, filled, titled
from generator.report.funding import owner
from generator.report.projects import size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment, Decision, PlannedAction, Step
    from generator.model.programme import Project
    from generator.report.voice import Voice

MOST = 20
"""Tasks of a brief; the annex holds all of them."""
FULL = 0.9
"""From this share of a limit on, a task that widens it belongs to the programme."""
_YEAR = 12
_NAMED = 2

Part = Literal["begin", "law", "build"]
"""What a task is for: to begin with partners, to meet the law, to build and staff."""
PARTS: tuple[Part, ...] = ("begin", "law", "build")


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the plan of a brief; months count from the start of the plan, 0 the first."""

    title: str
    lead: str
    responsible: str
    result: str
    first: int
    last: int
    part: Part
    uses: tuple[str, ...]
    """Of the programme; empty for a task of the whole plan."""
    action: PlannedAction | None
    """None for a step that the workbook plans, and for the works themselves."""

    @property
    def is_works(self) -> bool:
        """Whether it is to build a project, once the law's steps have ended."""
        return self.action is None and bool(self.uses)


def tasks_of(assessment: Assessment, voice: Voice) -> list[Task]:
    """The tasks of the programme's projects in the order of their start, at most `MOST`.

    First steps come before legal conditions, those before what widens a limit that is taken up,
    and last what else the projects need.

    Args:
        assessment: The results of one region.
        voice: Words titles, offices and bodies.
    """
    own = _own(assessment)
    ranked: list[tuple[tuple[int, ...], Task]] = []
    for place, action in enumerate(assessment.action_plan.actions):
        rank = _rank(action, own, assessment)
        if rank is not None:
            made = _task(action, own, voice)
            if made is not None:
                late = 0 if action.depends_on else 1
                ranked.append(((rank, late if rank in {_OTHER, _BESIDE} else 0, place), made))
    ranked += [
        ((_STEP, 0, place), _step(step, voice))
        for place, step in enumerate(_turning_steps(assessment))
    ]
    ranked += [
        ((_WORKS, 0, place), _works(one, assessment, voice))
        for place, one in enumerate(assessment.programme.first.projects)
    ]
    ranked.sort(key=lambda pair: pair[0])
    return sorted((task for _, task in ranked[:MOST]), key=lambda one: (one.first, one.last))


_FIRST, _BEFORE, _WORKS, _BINDING, _DUE, _STEP, _LIMIT, _LATER, _LAST, _OTHER, _BESIDE = range(11)
"""What a place in the plan of a brief goes to first."""


def _own(assessment: Assessment) -> tuple[str, ...]:
    """The uses of the programme, or those nearest to one where there is none."""
    return assessment.programme.uses or tuple(assessment.readiness.proposed)


def _rank(action: PlannedAction, own: Sequence[str], assessment: Assessment) -> int | None:
    """How much a task belongs to the programme; None where it does not.

    What only the second wave asks for comes after what the first one does, the law's part of it before
    what no law asks for.
    """
    uses = action.because.uses
    touched = [use_id for use_id in uses if use_id in own]
    if not touched and (uses or not own):
        # Without any project, what every plan does is all that there is to do.
        return None if uses or own else _LAST
    first = assessment.programme.first.uses or own
    is_later = bool(touched) and not any(use_id in first for use_id in touched)
    firsts = {assessment.knowledge.use(use_id).first_action for use_id in own}
    if action.action.action_id in firsts:
        return _LATER if is_later else _FIRST
    if action.action.before_approval:
        return _BEFORE
    if action.is_binding or action.action.procedure_id:
        lawful = _BINDING if action.is_binding else _DUE
        return _LAST if is_later else lawful
    if touched and any(cause.reference in _full_limits(assessment) for cause in action.causes):
        return _LIMIT
    beside = _BESIDE if is_later else _OTHER
    return beside if touched and action.because.kind == "selected" else None


def _full_limits(assessment: Assessment) -> set[str]:
    """Criteria of the limits that the programme takes up nearly whole."""
    full = {
        one.resource
        for one in assessment.programme.limits
        if one.limit and (one.first + one.second) / one.limit >= FULL
    }
    return {key for key, one in assessment.knowledge.criteria.items() if one.role in full}


def _turning_steps(assessment: Assessment) -> list[Step]:
    """Steps of the workbook that the figures speak for, since they change the programme."""
    return [
        one.step
        for one in assessment.decisions
        if one.step is not None
        and one.advice == "yes"
        and one.yes.changes_programme
        and not drops(one, assessment)
    ]


def drops(one: Decision, assessment: Assessment) -> bool:
    """Whether a yes takes a project out of the first wave: then it is decided with that wave."""
    return bool({*one.yes.leaves, *one.yes.later} & set(assessment.programme.first.uses))


def _task(action: PlannedAction, own: Sequence[str], voice: Voice) -> Task | None:
    uses = tuple(use_id for use_id in own if use_id in action.because.uses)
    bodies = bodies_for(action, uses)
    if PLACEHOLDER in voice.name(action.action.title) and bodies.is_settled:
        return None
    first = math.floor(action.start_month)
    return Task(
        title=titled(voice.name(action.action.title), bodies, voice),
        lead=voice.lead(action.action.lead_office),
        responsible=filled(voice.office(action.action.responsible_office), bodies, voice),
        result=voice.name(action.action.indicator),
        first=first,
        last=max(first, math.ceil(action.end_month) - 1),
        part=_part(action),
        uses=uses,
        action=action,
    )


def _part(action: PlannedAction) -> Part:
    kind = action.because.kind
    if kind == "proposed" or (kind == "gap" and action.is_binding):
        return "begin"
    return "law" if action.is_of_law else "build"


def _step(step: Step, voice: Voice) -> Task:
    """A step of the workbook, taken from the start of the plan on."""
    length = 1 if step.months.value is None else max(1, math.ceil(step.months.value))
    owner = voice.name(step.owner)
    result = voice.name(voice.knowledge.criteria[step.criterion].name)
    return Task(
        voice.name(step.title), owner, owner, result, 0, length - 1, "build", (), None
    )  # fmt: skip


def _works(one: Project, assessment: Assessment, voice: Voice) -> Task:
    """From the end of what the law asks to the month in which the project stands."""
    plan = assessment.action_plan
    first = math.floor(plan.begins[one.use_id])
    return Task(
        title=voice.say(f"task.works_{one.category}", project=voice.use(one.use_id)),
        lead=owner(one.use_id, voice),
        responsible=voice.office("project_operator"),
        result=voice.say("task.in_service"),
        first=first,
        last=max(first, math.ceil(plan.stands[one.use_id]) - 1),
        part="build",
        uses=(one.use_id,),
        action=None,
    )


# --- fields ---------------------------------------------------------------------------------------


def task_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What a brief says of its tasks: the finding, a row each, and blocks by project."""
    tasks = tasks_of(assessment, voice)
    start = assessment.region.plan_from
    numbers = {id(task): str(number) for number, task in enumerate(tasks, start=1)}
    rows = {
        numbers[id(task)]: {
            "number": numbers[id(task)],
            "task": task.title,
            "projects": _projects(task, assessment, voice),
            "lead": task.lead,
            "responsible": task.responsible,
            "dates": months(task.first, task.last, start, voice),
            "result": task.result,
            "due": voice.say("task.by", month=month(task.last, start, voice)),
        }
        for task in tasks
    }
    return {
        "finding": _finding(tasks, assessment, voice),
        "offices": _offices(tasks, voice),
        "rest": _rest(sum(not one.is_works for one in tasks), assessment, voice),
        "rows": list(rows.values()),
        "blocks": [
            {"name": name, "about": about, "rows": [rows[numbers[id(one)]] for one in own]}
            for name, about, own in _blocks(tasks, assessment, voice)
        ],
    }


def _projects(task: Task, assessment: Assessment, voice: Voice) -> str:
    """Whose task it is, where that is not the whole plan and its title does not say it."""
    if task.is_works or not task.uses:
        return ""
    every = assessment.programme.uses
    if len(task.uses) == len(every) > 1:
        return voice.say("counsel.all")
    return voice.uses(task.uses, _NAMED)


def _finding(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> str:
    """How many tasks, how many of them the law asks for, and when the last ends."""
    if not tasks:
        return ""
    lawful = sum(1 for one in tasks if one.part == "law")
    has_any = bool(assessment.programme.uses)
    key = "task.finding" if has_any else "task.finding_alone"
    lawless = "task.finding.none" if has_any else "task.finding_alone.none"
    start = assessment.region.plan_from
    text = voice.sentence(
        "tasks.finding", voice.plural_key(key, lawful) if lawful else lawless,
        tasks=voice.plural("task.count", len(tasks)), count=voice.number(lawful, 0),
        end=month(max(one.last for one in tasks), start, voice),
    )  # fmt: skip
    early = [one for one in tasks if one.last < _YEAR]
    if 0 < len(early) < len(tasks):
        more = voice.sentence(
            "tasks.early", "task.early", count=len(early), end=month(_YEAR - 1, start, voice),
        )  # fmt: skip
        text = voice.run_on((text, more))
    return text


def _offices(tasks: Sequence[Task], voice: Voice) -> str:
    """Who leads most of them."""
    counts: dict[str, int] = {}
    for one in tasks:
        counts[one.lead] = counts.get(one.lead, 0) + 1
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:_NAMED]
    if len(counts) <= 1:
        return ""
    parts = [
        voice.say("task.led", office=office, count=count) for office, count in most if count > 1
    ]
    if not parts:
        return voice.sentence("tasks.offices", "task.offices_even", count=len(counts))
    return voice.sentence(
        "tasks.offices", "task.offices", count=len(counts), parts=voice.join(parts)
    )


def _rest(shown: int, assessment: Assessment, voice: Voice) -> str:
    """How many tasks of the whole plan a brief leaves to the annex; empty for none."""
    left = len(assessment.action_plan.actions) + len(_turning_steps(assessment)) - shown
    return (
        voice.sentence("tasks.rest", voice.plural_key("task.rest", left), count=left)
        if left > 0
        else ""
    )


def _blocks(
    tasks: Sequence[Task], assessment: Assessment, voice: Voice
) -> Iterable[tuple[str, str, list[Task]]]:
    """Tasks of one project under its name, those of several by what they are for."""
    found = assessment.programme
    for wave, key in ((found.first, "task.project"), (found.second, "task.project_later")):
        for one in wave.projects:
            own = [task for task in tasks if task.uses == (one.use_id,)]
            if own:
                name = voice.say(key, project=voice.use(one.use_id))
                yield name, _about(one, voice), own
    if not found.projects and tasks:
        yield voice.say("task.part.alone"), "", list(tasks)
        return
    placed = {one.use_id for one in found.projects}
    shared = [task for task in tasks if not (len(task.uses) == 1 and task.uses[0] in placed)]
    for part in PARTS:
        own = [task for task in shared if task.part == part]
        if own:
            yield voice.say(f"task.part.{part}"), "", own


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


def before_works(assessment: Assessment) -> list[PlannedAction]:
    """What the law asks before works, and before the projects are put to a vote.

    Of the first wave, or of all that is planned where nothing begins. All of it, also what a brief
    leaves to the annex; what waits for the works themselves, such as an entry in a register, is not.
    """
    own = set(assessment.programme.first.uses or _own(assessment))
    return [
        one
        for one in assessment.action_plan.actions
        if one.is_of_law
        and not one.action.after_build
        and (own.intersection(one.because.uses) or (one.action.before_approval and not one.because.uses))
    ]  # fmt: skip


def law_ends(assessment: Assessment) -> int | None:
    """The month, 0 the first, in which the last of these steps ends; None without any."""
    ends = [one.end_month for one in before_works(assessment)]
    return max(0, math.ceil(max(ends)) - 1) if ends else None
