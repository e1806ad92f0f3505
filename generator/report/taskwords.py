"""What a brief says of its tasks: the finding, a row each, blocks by project, what the annex holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.report.actions import month, months
from generator.report.answer import is_long
from generator.report.citation import placed, texts_of
from generator.report.funding import outsider, owner, runs
from generator.report.inplan import open_month
from generator.report.projects import size
from generator.report.task import Task, each_of
from generator.report.tasklist import (
    MOST,
    bases_of,
    before_works,
    beyond_plan,
    is_own,
    ranked_tasks,
    tasks_of,
)
from generator.report.tasknumbers import numbers
from generator.report.taskrank import own_uses

if TYPE_CHECKING:
    from datetime import date

    from generator.model import Assessment, PlannedAction
    from generator.model.programme import Project
    from generator.report.voice import Voice

_YEAR = 12
_NAMED = 2
_LAWFUL = 8
"""Steps of the law that are named although the annex alone holds them."""
_BASES = 2
"""Instruments that a row of the table names; the annex has them all."""


def task_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What a brief says of its tasks: the finding, a row each, and blocks by project."""
    tasks = tasks_of(assessment, voice)
    start = assessment.region.plan_from
    order = {id(task): str(number) for number, task in enumerate(tasks, start=1)}
    rows = {
        order[id(task)]: {
            "number": order[id(task)],
            "task": task.title,
            "projects": _projects(task, assessment, voice),
            "lead": task.lead,
            "responsible": task.responsible,
            "dates": months(task.first, task.last, start, voice),
            "result": task.result,
            "basis": _basis(task, assessment, voice),
            "due": voice.say("task.by", month=month(task.last, start, voice)),
            "duty": _duty(task, start, voice),
        }
        for task in tasks
    }
    return {
        "finding": _finding(tasks, assessment, voice),
        "offices": _offices(tasks, voice),
        "rest": _rest(assessment, voice),
        "rows": list(rows.values()),
        "blocks": [
            {
                "name": one.name,
                "about": one.about,
                "shared": one.shared,
                "rows": [rows[order[id(task)]] for task in one.own],
            }
            for one in _blocks(tasks, assessment, voice)
        ],
    }


def _duty(task: Task, start: date | None, voice: Voice) -> str:
    """Who leads a task, who carries it out, who supports it, and by when, as the end of its sentence."""
    each = ((one, one.doing if one.supporting else one.responsible) for one in task.each)
    doing = dict.fromkeys(text for one, text in each if text not in {one.lead, voice.dash, ""})
    asked = dict.fromkeys(one.supporting for one in task.each if one.supporting)
    key = "task.duty" if doing else "task.duty_alone"
    if asked:
        key = "task.duty_both" if doing else "task.duty_asked"
    return voice.say(
        key, lead=task.lead, responsible=voice.join(doing), supporting=voice.join(asked),
        due=voice.say("task.by", month=month(task.last, start, voice)),
    )  # fmt: skip


def _basis(task: Task, assessment: Assessment, voice: Voice) -> str:
    """The first instruments and articles that a task of the law rests on, in short; or empty.

    A row that joins several steps names the first alone.
    """
    each = [_instruments(one, assessment, voice) for one in task.each]
    # A joined row is long: it names the first instrument alone.
    every = [text for found in each for text in found]
    shown = [*dict.fromkeys(every[: _BASES if len(each) == 1 and not is_long(assessment) else 1])]
    left = len(set(every).difference(shown))
    if not left:
        return voice.clauses(shown)
    return voice.clauses([*shown, voice.plural("task.basis_more", left)])


def _instruments(task: Task, assessment: Assessment, voice: Voice) -> list[str]:
    if task.action is None or task.part != "law":
        return []
    procedures, rules = bases_of(task.action, assessment)
    # A cell of the catalogue lists instruments and says more of each than a row can hold.
    listed = [text for one in procedures for text in texts_of(one, voice)]
    return [*listed, *dict.fromkeys(placed(one, voice) for one in rules)]


def _projects(task: Task, assessment: Assessment, voice: Voice) -> str:
    """Whose task it is, where that is not the whole plan and its title does not say it.

    A vote is on every project of its list in the first wave.
    """
    votes = task.action is not None and task.action.action.stage == "vote"
    if task.is_works or votes or not task.uses or _names_projects(task):
        return ""
    every = assessment.programme.uses
    if len(task.uses) == len(every) > 1:
        return voice.say("counsel.all")
    return voice.uses(task.uses, _NAMED)


def _names_projects(task: Task) -> bool:
    """Whether the title of a row that joins several tasks says whose each is."""
    return len({one.uses for one in task.joins}) > 1


def _finding(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> str:
    """How many tasks, how many of them the law asks for, and when the last ends."""
    if not tasks:
        return ""
    lawful = sum(1 for one in tasks if one.part == "law")
    has_any = bool(assessment.programme.uses)
    key = "task.finding" if has_any else "task.finding_alone"
    lawless = "task.finding.none" if has_any else "task.finding_alone.none"
    text = voice.sentence(
        "tasks.finding", voice.plural_key(key, lawful) if lawful else lawless,
        tasks=voice.plural("task.count", len(tasks)), count=voice.number(lawful, 0),
    )  # fmt: skip
    early = [one for one in tasks if one.last < _YEAR]
    parts = [text, *_before(tasks, assessment, voice), _end(tasks, assessment, voice)]
    if 0 < len(early) < len(tasks):
        start = assessment.region.plan_from
        more = voice.sentence(
            "tasks.early", "task.early", count=len(early), end=month(_YEAR - 1, start, voice),
        )  # fmt: skip
        parts.append(more)
    return voice.run_on(parts)


def _before(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> Iterable[str]:
    """How many steps of law come before works, where that is another number than those named here."""
    ids = {one.action.action_id for one in before_works(assessment)}
    lawful = [one for one in each_of(tasks) if one.part == "law" and one.action is not None]
    inside = [one for one in lawful if one.action and one.action.action.action_id in ids]
    left = len(ids) - len({one.action.action.action_id for one in inside if one.action})
    key = "task.before_left" if left else "task.before_later"
    if key == "task.before_later" and not (
        assessment.programme.first.projects and assessment.programme.second.projects
    ):
        key = "task.before_alone"
    if not left and any(one.joins for one in tasks):
        key = "task.before_joined"
    if ids and (left or len(inside) < len(lawful) or key == "task.before_joined"):
        yield voice.sentence("tasks.before", key, count=len(ids), inside=len(inside), left=left)


def _end(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> str:
    """When the last task ends, and which of them run beyond the plan period."""
    start, until = assessment.region.plan_from, assessment.region.plan_until
    end = month(max(one.last for one in tasks), start, voice)
    late = beyond_plan(tasks, assessment)
    if not late or until is None:
        return voice.sentence("tasks.end", "task.end", end=end)
    return voice.sentence(
        "tasks.end", voice.plural_key("task.end_late", len(late)), end=end, count=len(late),
        tasks=numbers(late, voice), until=voice.month(until.year, until.month),
    )  # fmt: skip


def _offices(tasks: Sequence[Task], voice: Voice) -> str:
    """Who leads most of them."""
    counts: dict[str, int] = {}
    for one in tasks:
        for lead in dict.fromkeys(each.lead for each in one.each):
            counts[lead] = counts.get(lead, 0) + 1
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


def _rest(assessment: Assessment, voice: Voice) -> str:
    """How many tasks a brief leaves to the annex, and what they are for; empty for none."""
    ranked, first = ranked_tasks(assessment, voice), set(assessment.programme.first.uses)
    told = {one.action.action.action_id for one in each_of(ranked) if one.action is not None}
    counts, lawful = dict.fromkeys(_LEFT, 0), list[str]()
    for task in ranked[MOST:]:
        is_later = bool(first) and bool(task.uses) and not first.intersection(task.uses)
        kind = "later" if is_later else _left_for(task.action, task.uses)
        counts[kind] += 1
        lawful += task.labels[-1:] if kind == "law" else ()
    for action in assessment.action_plan.actions:
        if action.action.action_id not in told:
            uses = tuple(set(action.because.uses) & set(own_uses(assessment)))
            kind = _left_for(action, uses)
            counts[kind] += 1
            lawful += [voice.name(action.action.short)] if kind == "law" else []
    left = sum(counts.values())
    parts = [voice.plural(f"task.left_{key}", count) for key, count in counts.items() if count]
    if 0 < len(lawful) <= _LAWFUL:
        # A reader who must keep the law wants their names, not their number.
        parts[0] = voice.say("task.left_named", count=parts[0], names=voice.join(lawful))
    if not left:
        return ""
    return voice.sentence(
        "tasks.rest", voice.plural_key("task.rest", left), count=left, parts=voice.join(parts)
    )


_LEFT = ("law", "later", "needs", "risks", "plan", "other")
"""What the tasks are for that a brief leaves out."""


def _left_for(action: PlannedAction | None, uses: Sequence[str]) -> str:
    """Which of these a task is for; steps of the workbook and works meet needs of projects."""
    if action is None:
        return "needs"
    is_own = bool(uses) or not action.because.uses
    if not is_own:
        return "risks" if action.because.kind == "risk" else "other"
    if action.is_of_law:
        return "law"
    if action.because.kind == "risk":
        return "risks"
    return "needs" if uses else "plan"


class _Block(NamedTuple):
    """Tasks under one heading."""

    name: str
    about: str
    """What is built where, who leads it and by when; empty for the common tasks."""
    shared: str
    """Which of the common tasks the project goes through; empty for none."""
    own: Sequence[Task]


def _blocks(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> Iterator[_Block]:
    """What several projects share, in the order of time, then each project with its own tasks.

    Projects that go through common tasks alone follow these, as they have no heading of their own.
    """
    found = assessment.programme
    if not found.projects:
        if tasks:
            yield _Block(voice.say("task.part.alone"), "", "", tasks)
        return
    placed = {one.use_id for one in found.projects}
    common = [one for one in tasks if not is_own(one, placed)]
    if common:
        yield _Block(voice.say("task.part.common"), "", "", common)
    later = "task.project_later" if found.first.projects else "task.project_next"
    own, none = list[_Block](), list[_Block]()
    for wave, key in ((found.first, "task.project"), (found.second, later)):
        for one in wave.projects:
            held = [task for task in tasks if task.uses == (one.use_id,) and task not in common]
            if held or wave is found.first:
                name = voice.say(key, project=voice.use(one.use_id))
                duty = _led(one, assessment, voice) if wave is found.first else ""
                shared = _shared(one.use_id, tasks, common, voice)
                (own if held else none).append(
                    _Block(name, _about(one, voice) + duty, shared, held)
                )
    yield from (*none, *own)


def _shared(use_id: str, tasks: Sequence[Task], common: Sequence[Task], voice: Voice) -> str:
    """The numbers of the common tasks that a project goes through; empty for none."""
    found = [
        number
        for number, one in enumerate(tasks, start=1)
        if one in common and (not one.uses or use_id in one.uses)
    ]
    return voice.say("task.shared", tasks=numbers(found, voice)) if found else ""


def _led(one: Project, assessment: Assessment, voice: Voice) -> str:
    """Who leads a project, who would run it and by when it opens; empty where the last is not known."""
    if one.use_id not in assessment.action_plan.opens:
        return ""
    lead, runner = owner(one.use_id, voice), runs(one.use_id, voice)
    due = voice.say("task.by", month=open_month([one], assessment, voice))
    outside = outsider(voice.knowledge.use(one.use_id).operator_office, voice)
    key = "task.duty_alone" if runner in {lead, voice.dash} else "task.duty"
    duty = voice.say(
        "task.duty_asked" if outside else key, lead=lead, responsible=runner, supporting=outside,
        due=due,
    )  # fmt: skip
    return voice.say("task.led_by", duty=duty)


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
