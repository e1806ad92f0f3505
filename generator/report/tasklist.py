"""The tasks that carry the programme: chosen, worded with their own bodies, and laid out in time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.choices.filing import own_uses, touched
from generator.choices.known import step_start
from generator.choices.votes import DECIDES, waits_for_vote
from generator.model import LISTS
from generator.report.bodies import bodies_for, titled
from generator.report.funding import outsider, owner, runs
from generator.report.loadtask import finds_load, load_task
from generator.report.peopletask import people_task
from generator.report.plantasks import example_tasks, plan_tasks
from generator.report.reviewtask import review_task
from generator.report.task import Task, is_at
from generator.report.tasklater import numbered_by_wave, supplies
from generator.report.taskleads import Led, by_owner, led, owners_from, without_names
from generator.report.tasknumbers import Place, numbers_of
from generator.report.taskrank import BEFORE, FIRST, LATER, STEP, WORKS, late, rank_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from generator.model import (
        Assessment,
        Bodies,
        PlannedAction,
        Procedure,
        Rule,
        Step,
    )
    from generator.model.programme import Project
    from generator.report.task import Part
    from generator.report.voice import Voice

MOST = 20
"""Tasks of a brief; the annex holds all of them."""
_VOTE = "vote"
_GATES = ("review", _VOTE, "award")
_NAMED = 2


def tasks_of(assessment: Assessment, voice: Voice) -> list[Task]:
    """Tasks of the whole plan, of the platforms, of the site projects, then of the second wave; at most `MOST`.

    Of each of these three, those that projects share come first, then those of each project, in the
    order of their start. A load that nobody explains is looked into before all else.

    First steps, works and steps that the figures speak for come before legal conditions, those
    before what widens a limit that is taken up, and last what the second wave needs. Of tasks with
    the same months the one comes first that settles whether the body may act at all.

    Args:
        assessment: The results of one region.
        voice: Words titles, offices and bodies.
    """
    return list(voice.once("tasks", assessment, lambda: _chosen(assessment, voice)))


def _chosen(assessment: Assessment, voice: Voice) -> list[Task]:
    settles = goes_through(
        {one.procedure.procedure_id for one in assessment.procedures if one.procedure.question}
    )
    wave = assessment.programme.first.projects or assessment.programme.projects
    places = {one.use_id: place for place, one in enumerate(wave, start=1)}
    lists = [voice.knowledge.use(use_id).category for use_id in places]
    # The tasks of the only project of a list need no order beside what it shares.
    several = [use_id for use_id in places if lists.count(voice.knowledge.use(use_id).category) > 1]
    return sorted(
        ranked_tasks(assessment, voice)[:MOST],
        key=lambda one: (
            band_of(one, voice),
            not any(finds_load(each.action) for each in one.each),
            places[one.uses[0]] if is_own(one, several) else 0,
            one.first, one.each[0].last, not any(map(settles, one.each)),
        ),
    )  # fmt: skip


def is_own(task: Task, placed: Collection[str]) -> bool:
    """Whether a task is that of one project alone; the vote and the tender are those of a list, unless a choice holds the project."""
    is_gate = is_at(task, *_GATES) and not task.held
    return not is_gate and len(task.uses) == 1 and task.uses[0] in placed


def band_of(task: Task, voice: Voice) -> int:
    """Whose a task is: 0 the whole plan's, then each list's in the order of `LISTS`, last the second wave's."""
    if task.later:
        return len(LISTS) + 1
    lists = {voice.knowledge.use(use_id).category for use_id in task.uses}
    found = next(iter(lists)) if len(lists) == 1 else ""
    return LISTS.index(found) + 1 if found in LISTS else 0


def goes_through(procedures: Collection[str]) -> Callable[[Task], bool]:
    """Whether a task goes through one of these procedures."""
    return lambda task: (
        task.action is not None
        and (
            task.action.action.procedure_id in procedures
            or any(
                cause.kind == "procedure" and cause.reference in procedures
                for cause in task.action.causes
            )
        )
    )


def ranked_tasks(assessment: Assessment, voice: Voice) -> list[Task]:
    """All tasks of the programme, what it needs most before the rest; equal ones joined for want of room.

    What prepares the second wave has one number.
    """
    return list(voice.once("ranked", assessment, lambda: _ranked(assessment, voice)))


def _ranked(assessment: Assessment, voice: Voice) -> list[Task]:
    own, programme = own_uses(assessment), assessment.programme
    ranked: list[tuple[tuple[int, ...], Task]] = []
    held = held_up(assessment)
    for place, action in enumerate(assessment.action_plan.actions):
        if action.because.kind == "compares":
            continue  # told with the plans that it compares
        # What waits for a finding is not begun together with the rest.
        begun = [one for one in own if one not in held or _is_after(action, assessment)]
        those = begun if set(begun) & set(action.because.uses) else own
        for uses in _shares(action, _in_time(action, those, assessment)):
            is_first = finds_load(action) and (uses or not action.because.uses)
            rank = FIRST if is_first else rank_of(action, uses, own, assessment)
            if rank is not None:
                task = load_task(_task(action, uses, assessment, voice), assessment, voice)
                task = review_task(people_task(task, assessment, voice), voice)
                ranked.append(((rank, late(action, rank), place), task))
    ranked += [
        ((STEP, 0, place), _step(step, assessment, voice))
        for place, step in enumerate(_turning_steps(assessment))
    ]
    ranked += [((STEP, 1, place), task) for place, task in enumerate(plan_tasks(assessment, voice))]
    ranked += [((BEFORE, 0, 0), task) for task in example_tasks(assessment, voice)]
    # Where nothing begins, what is prepared is all that the plan is about.
    asked, built = (LATER, LATER) if programme.first.projects else (FIRST, WORKS)
    ranked += [((asked, 0, place), task) for place, task in enumerate(supplies(assessment, voice))]
    for wave, rank in ((programme.first, WORKS), (programme.second, built)):
        ranked += [
            ((rank, 1, place), _works(one, assessment, voice, is_later=wave is programme.second))
            for place, one in enumerate(wave.projects)
            if one.use_id in assessment.action_plan.begins
        ]
    ranked.sort(key=lambda pair: pair[0])
    return numbered_by_wave(ranked, MOST, assessment, voice)


def held_up(assessment: Assessment) -> tuple[str, ...]:
    """Projects for which nothing is begun until it is known whose a load is."""
    return tuple(
        project.use_id
        for project in assessment.programme.second.projects
        if any(one.kind == "load" for one in project.preconditions)
    )


def _is_after(action: PlannedAction, assessment: Assessment) -> bool:
    """Whether bodies are asked once such a finding is there."""
    found = (one for one in assessment.action_plan.actions if one.because.kind == "waits")
    ends = [one.end_month for one in found]
    return bool(action.action.fills_from) and action.start_month >= max(ends, default=math.inf)


def _in_time(action: PlannedAction, own: Sequence[str], assessment: Assessment) -> Sequence[str]:
    """The projects whose task has the dates of the plan: of both waves, what is bound, built or studied is the first one's.

    The second wave goes through it once more, after its own vote.
    """
    first = [use_id for use_id in own if use_id in assessment.programme.first.uses]
    is_shared = not set(first).isdisjoint(action.because.uses)
    return first if is_shared and waits_for_vote(action, assessment) else own


def _shares(action: PlannedAction, own: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The projects of a task; those for which it names other bodies are a task of their own."""
    touched = tuple(use_id for use_id in own if use_id in action.because.uses)
    if not action.action.fills_from:
        return [touched]
    groups: dict[object, list[str]] = {}
    for use_id in touched:
        bodies = action.bodies.of(use_id)
        if not bodies.is_settled:
            groups.setdefault(_named(bodies), []).append(use_id)
    return [tuple(uses) for uses in groups.values()] if touched else [()]


def _named(bodies: Bodies) -> object:
    """What tells the bodies of one project from those of another."""
    return (
        frozenset(row.name.texts for row in bodies.named),
        frozenset(row.name.texts for row in bodies.signed),
        frozenset(kind for _, kind in bodies.sought),
    )


def _turning_steps(assessment: Assessment) -> list[Step]:
    """Steps of the workbook that the figures speak for, since they change the programme."""
    return [
        one.step
        for one in assessment.decisions
        if one.step is not None
        and one.advice == "yes"
        and one.yes.changes_programme
        and not touched(one, assessment)
    ]


def _task(
    action: PlannedAction, uses: tuple[str, ...], assessment: Assessment, voice: Voice
) -> Task:  # fmt: skip
    bodies = bodies_for(action, uses)
    short = voice.name(action.action.short)
    told = voice.say("task.short", task=short, project=voice.uses(uses, _NAMED))
    first = math.floor(action.start_month)
    beside = without_names(led(action, uses, bodies, owners_from(assessment), voice), bodies, voice)
    return Task(
        title=titled(voice.name(action.action.title), bodies, voice, every=True),
        labels=(told, short) if action.action.signs else (short,),
        lead=beside.lead,
        responsible=beside.told,
        doing=beside.doing,
        supporting=beside.supporting,
        owner=beside.owner,
        deciding=beside.deciding,
        result=voice.name(action.action.indicator),
        first=first,
        last=max(first, math.ceil(_end(action, uses, assessment)) - 1),
        part=_part(action, assessment),
        uses=uses,
        action=action,
        held=action.held,
    )


def _end(action: PlannedAction, uses: Sequence[str], assessment: Assessment) -> float:
    """The month in which a task ends; what goes with works ends with the last that it is about."""
    first, plan = assessment.programme.first.uses, assessment.action_plan
    own = [one for one in uses if one in first] or uses
    is_after = action.action.stage == "after_works"
    built = [
        plan.opens[one].middle if is_after else plan.stands[one]
        for one in own
        if one in plan.stands
    ]
    if not action.follows_works or not built:
        return action.end_month
    return max(built) + max(0.0, action.end_month - min(built))


def _part(action: PlannedAction, assessment: Assessment) -> Part:
    kind = action.because.kind
    if kind in {"proposed", "compares", "idle", "people"} or (kind == "gap" and action.is_binding):
        return "begin"
    if rests_on_law(action, assessment):
        return "law"
    if action.action.stage == _GATES[0]:
        return "begin"
    # What comes before the projects are voted on without a text that asks for it is preparation, and
    # so is an inquiry that one of them waits for.
    return "begin" if action.is_of_law or kind == "waits" else "build"


def rests_on_law(action: PlannedAction, assessment: Assessment) -> bool:
    """Whether a procedure or a rule on file asks for a task; what is only advised rests on none."""
    is_vote = action.action.stage == _VOTE
    return (is_vote or action.is_of_law) and any(map(bool, bases_of(action, assessment)))


def bases_of(
    action: PlannedAction, assessment: Assessment
) -> tuple[list[Procedure], list[Rule]]:  # fmt: skip
    """The procedures that a task goes through here, and the rules that set it off.

    A vote goes through what the law asks of the body that decides.
    """
    ids = {action.action.procedure_id, *(one.reference for one in action.causes)}
    asked = {rule for one in action.causes if one.kind == "rule" for rule in one.rules}
    is_vote = action.action.stage == _VOTE
    return (
        [
            due.procedure
            for due in assessment.procedures
            if due.procedure.procedure_id in ids
            or (is_vote and due.procedure.lead_office == DECIDES)
        ],
        [one for one in assessment.knowledge.rules if one.rule_id in asked],
    )


def _step(step: Step, assessment: Assessment, voice: Voice) -> Task:
    """A step of the workbook, taken as soon as its money is named and, where it must, a vote has fallen."""
    first = math.ceil(step_start(step, assessment))
    length = 1 if step.months.value is None else max(1, math.ceil(step.months.value))
    owner = voice.name(step.owner)
    result = voice.name(voice.knowledge.criteria[step.criterion].name)
    title = voice.name(step.title)
    return Task(
        title, (title, voice.say("task.step_short")), owner, owner, result, first, first + length - 1,
        "build", (), None,
    )  # fmt: skip


def _works(one: Project, assessment: Assessment, voice: Voice, *, is_later: bool) -> Task:
    """From the end of what the law asks to the month in which the project stands.

    Those of the second wave follow only if what must come first is done, and say so.
    """
    plan = assessment.action_plan
    first = math.floor(plan.begins[one.use_id])
    name = voice.use(one.use_id)
    title = voice.say(f"task.works_{one.category}", project=name)
    helper = outsider(voice.knowledge.use(one.use_id).operator_office, voice)
    leads = (
        by_owner((one.use_id,), "", helper, (), voice)
        if first >= owners_from(assessment)
        else Led(owner(one.use_id, voice), "", helper, "", "", runs(one.use_id, voice))
    )
    later = "task.works_later" if assessment.programme.first.projects else "task.works_next"
    heads = [name.partition(cut)[0] for cut in voice.say("chart.task_cuts").split(";")]
    return Task(
        title=voice.say(later, task=title) if is_later else title,
        labels=(
            *(
                voice.say("task.works_short", project=told)
                for told in (name, *sorted(heads, key=len, reverse=True))
            ),
        ),
        lead=leads.lead,
        responsible=leads.told,
        supporting=leads.supporting,
        owner=leads.owner,
        result=voice.say(f"task.built_{one.category}"),
        first=first,
        last=max(first, math.ceil(plan.stands[one.use_id]) - 1),
        part="build",
        uses=(one.use_id,),
        action=None,
        held=_held_by(one.use_id, assessment),
        is_works=True,
    )


def _held_by(use_id: str, assessment: Assessment) -> int:
    """The choice between plans that a project waits for, as its tasks number it; 0 for none."""
    return max(
        (one.held for one in assessment.action_plan.actions if use_id in one.because.uses),
        default=0,
    )


def beyond_plan(tasks: Sequence[Task], assessment: Assessment) -> list[Place]:
    """The numbers of the tasks that end after the plan period; none where it has no end."""
    whole = assessment.region.plan_months
    if whole is None:
        return []
    return numbers_of(tasks, lambda one: one.last >= whole)


def before_works(assessment: Assessment) -> list[PlannedAction]:
    """What the law asks before works: of the projects, and of none in particular, such as a tender.

    Of the first wave, or of all that is planned where nothing begins. All of it, also what a brief
    leaves to the annex; what ends with the works or waits for them, such as a test or an entry in a
    register, is not.
    """
    own = set(assessment.programme.first.uses or own_uses(assessment))
    return [
        one
        for one in assessment.action_plan.actions
        if rests_on_law(one, assessment)
        and one.precedes_works
        and (not one.because.uses or own.intersection(one.because.uses))
    ]


def law_ends(assessment: Assessment) -> int | None:
    """The month, 0 the first, in which the last of these steps ends; None without any."""
    ends = [one.end_month for one in before_works(assessment)]
    return max(0, math.ceil(max(ends)) - 1) if ends else None
