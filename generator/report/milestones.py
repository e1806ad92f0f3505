"""Indicators in the projects' own units, which can be missed: what is signed, connected, let or known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.model import FOLLOWING
from generator.report.breakeven import Aim, aim
from generator.report.demand import is_uncounted
from generator.report.funding import owner
from generator.report.idle import asks_of_idle, idle_asked
from generator.report.inplan import open_by, open_in_plan
from generator.report.limits import amount
from generator.report.prospect import unpaid
from generator.report.task import is_at
from generator.report.tasknumbers import Place, does, naming, numbers_of, task_at

if TYPE_CHECKING:
    from generator.model import Assessment, Milestone, PlannedAction
    from generator.model.programme import Project
    from generator.report.task import Task
    from generator.report.voice import Voice


class Mark(NamedTuple):
    """One such indicator before it is laid out."""

    name: str
    baseline: str
    target: str
    owner: str
    month: int
    """In which it is due, 0 the first."""
    tasks: list[Place]
    left: int = 0
    """Tasks that bring it about and stand in the annex alone."""


def marks(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Mark]:
    """What shows of each project of the first wave that it is wanted or in use, and of idle power.

    What is due only when a project opens after the plan is left out where the project has a mark
    that comes before.
    """
    known = voice.knowledge.milestones
    yield from _idle(assessment, tasks, voice)
    yield from _payers(assessment, tasks, voice)
    yield from _people(assessment, tasks, voice)
    for one in known:
        if one.amount is None:
            yield from _connected(one, assessment, tasks, voice)
    for project in assessment.programme.first.projects:
        own = [one for one in known if one.use_id == project.use_id and one.amount is not None]
        early = [
            mark
            for one in own
            if one.action_id
            for mark in _asked(one, project, assessment, tasks, voice)
        ]
        yield from early
        if not early or open_in_plan([project], assessment):
            for one in own:
                if not one.action_id:
                    yield _opened(one, project, assessment, tasks, voice)


def to_open(
    projects: Sequence[Project], assessment: Assessment, tasks: Sequence[Task]
) -> tuple[list[Place], int]:
    """The numbers of the tasks by which projects are built and open, and how many the brief leaves out."""
    uses = {one.use_id for one in projects}
    steps = {
        one.action.action_id
        for one in assessment.action_plan.actions
        if one.action.stage == "before_opening" and uses.intersection(one.because.uses)
    }
    told = {
        each.action.action.action_id for task in tasks for each in task.each if each.action
    }  # fmt: skip
    found = numbers_of(
        tasks, lambda task: task.is_works and not uses.isdisjoint(task.uses)
    ) + numbers_of(tasks, does(steps), sorted(uses))
    return sorted(set(found)), len(steps - told)


def _idle(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Mark]:
    """The connection that stays unused, until it is known who holds it and on what terms."""
    found = numbers_of(tasks, lambda one: one.action is not None and asks_of_idle(one.action))
    if found:
        task = task_at(found[-1], tasks)
        yield Mark(
            voice.say("goal.indicator.idle"), amount("grid_mw", 0.0, voice),
            idle_asked(assessment, voice)["rest"], task.lead, task.last, found,
        )  # fmt: skip


def _payers(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Mark]:
    """The projects without revenue, until it is named who bears what they cost to run."""
    without = unpaid(assessment.programme.first.projects, voice)
    found = naming(tasks) or numbers_of(
        tasks, lambda one: is_at(one, "vote"), [one.use_id for one in without]
    )
    if without and found:
        yield Mark(
            voice.say("goal.indicator.payers"), voice.number(0.0, 0), voice.number(len(without), 0),
            voice.join(dict.fromkeys(owner(one.use_id, voice) for one in without)),
            task_at(found[0], tasks).last, found[:1],
        )  # fmt: skip


def _people(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Mark]:
    """The people without a post in the plan, until each has an offer in writing and those who take it a post."""
    found = numbers_of(
        tasks, lambda one: one.action is not None and one.action.because.kind == "people"
    )
    until = assessment.region.plan_until
    if not found or until is None:
        return
    task = task_at(found[0], tasks)
    yield Mark(
        voice.say("goal.indicator.people", end=voice.month(until.year, until.month)),
        voice.number(0.0, 0), voice.number(round(assessment.skills.unplaced), 0),
        task.lead, task.last, found,
    )  # fmt: skip


def _planned(one: Milestone, assessment: Assessment) -> list[PlannedAction]:
    """The tasks by whose end a milestone is due; several where a choice holds some of their projects."""
    plan = assessment.action_plan.actions
    return [step for step in plan if step.action.action_id == one.action_id]


def _end(
    step: PlannedAction, uses: Sequence[str], tasks: Sequence[Task]
) -> tuple[int, list[Place], int]:
    """The last month of a task, its numbers in the brief, and whether it stands in the annex alone."""
    found = numbers_of(tasks, does([step.action.action_id]), uses)
    if not found or step.action.stage in FOLLOWING:
        return max(0, math.ceil(step.end_month) - 1), found, int(not found)
    return max(task_at(place, tasks).last for place in found), found, 0


def _connected(
    one: Milestone, assessment: Assessment, tasks: Sequence[Task], voice: Voice
) -> Iterable[Mark]:
    """The connection of all projects of the first wave that a task secures."""
    steps = _planned(one, assessment)
    own = {use for step in steps for use in step.because.uses}
    projects = [each for each in assessment.programme.first.projects if each.use_id in own]
    taken = math.fsum(project.connection_mw for project in projects)
    if taken > 0:
        uses = [project.use_id for project in projects]
        ends = [_end(step, uses, tasks) for step in steps if set(step.because.uses) & set(uses)]
        last = max(end for end, _, _ in ends)
        found = list(dict.fromkeys(place for _, places, _ in ends for place in places))
        yield Mark(
            voice.name(one.name), voice.number(0.0, 0), voice.number(taken, 2),
            voice.join(dict.fromkeys(owner(project.use_id, voice) for project in projects)),
            last, found, sum(left for _, _, left in ends),
        )  # fmt: skip


def _asked(
    one: Milestone, project: Project, assessment: Assessment, tasks: Sequence[Task], voice: Voice
) -> Iterable[Mark]:
    """What is asked for in writing by the end of a project's task."""
    for step in _planned(one, assessment):
        if project.use_id in step.because.uses:
            last, found, left = _end(step, [project.use_id], tasks)
            yield _mark(one, project, last, (found, left), assessment, voice)


def _opened(
    one: Milestone, project: Project, assessment: Assessment, tasks: Sequence[Task], voice: Voice
) -> Mark:
    """What is signed, connected or let when a project opens."""
    by = to_open([project], assessment, tasks)
    return _mark(one, project, open_by([project], assessment), by, assessment, voice)


def _mark(
    one: Milestone,
    project: Project,
    last: int,
    by: tuple[list[Place], int],
    assessment: Assessment,
    voice: Voice,
) -> Mark:
    """A mark of a project: all that is built, else what pays it back, else the amount of the catalogue."""
    told = (one.amount or 0.0) * project.size
    use = voice.knowledge.use(project.use_id)
    is_all = use.size_amount is not None and (one.amount or 0.0) >= use.size_amount
    value = voice.number(told, 0 if told >= _WHOLE else 2)
    found = Aim(voice.say("at_least", value=value), "")
    if is_all and is_uncounted(project, assessment):
        found = Aim(voice.say("at_most", value=value), voice.say("goal.basis.demand"))
    elif not is_all:
        found = aim(project, voice) or found
    name = voice.say(
        "goal.indicator_for", use=voice.use(project.use_id),
        indicator=voice.clauses(filter(None, (voice.name(one.name), found.basis))),
    )  # fmt: skip
    return Mark(
        name, voice.number(0.0, 0), found.amount, owner(project.use_id, voice), last, by[0], by[1]
    )  # fmt: skip


_WHOLE = 10.0
"""The amount from which on a target has no decimals."""
