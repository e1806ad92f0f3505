"""What a brief says of its tasks: the finding, a row each, blocks by project, what the annex holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from generator.choices.filing import own_uses
from generator.choices.votes import approved_in, waits_for_vote
from generator.report.actions import month, months
from generator.report.citation import placed, texts_of
from generator.report.loadtask import finds_load, goes_ahead
from generator.report.projects import counted, is_long
from generator.report.tables import begun, row, table
from generator.report.task import Task, each_of, is_at
from generator.report.taskblocks import (
    band_name,
    blocks_of,
    concerned,
    duty,
    placed_of,
    wave_of,
)
from generator.report.taskleads import OWNERSHIP, leading_offices
from generator.report.tasklist import (
    MOST,
    band_of,
    bases_of,
    before_works,
    beyond_plan,
    ranked_tasks,
    tasks_of,
)
from generator.report.tasknumbers import Place, numbers, numbers_of, told

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction, Row, Rule
    from generator.report.voice import Voice

_FOR_VOTE = frozenset({"procedure", "money", "opinion"})
"""What a task settles that goes to the first vote as an opinion."""
_HALF, _MIDDLE, _YEAR = 0.5, 15, 12
"""A review takes the first half of the month of its vote: until its middle day."""
_NAMED = 2
_HELD = 3
"""Projects that a choice holds which a sentence names."""
_LAWFUL = 8
"""Steps of the law that are named although the annex alone holds them."""
_BASES = 2
"""Instruments that a row of the table names; the annex has them all."""


def task_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What a brief says of its tasks: the finding, a row each, and blocks by project."""
    tasks = tasks_of(assessment, voice)
    acts = placed_of(tasks)
    rows = {place: _row(place, task, assessment, voice) for place, task in acts.items()}
    _name_bases_once(rows.values(), voice)
    bands = {place: band_name(band_of(tasks[place.number - 1], voice), voice) for place in acts}
    return {
        "finding": _finding(tasks, assessment, voice),
        "offices": _led_most(leading_offices(each_of(tasks), assessment, voice), voice),
        "owner": _owners(tasks, voice),
        "rest": _rest(assessment, voice),
        "rows": table("tasks.brief.rows", _banded(bands, rows)),
        "blocks": [
            {
                "name": one.name,
                "about": one.about,
                "shared": one.shared,
                "rows": [
                    rows[place]
                    | {"task": rows[place]["task"] + concerned(acts[place], assessment, voice)}
                    for place in one.own
                ],
            }
            for one in blocks_of(acts, tasks, assessment, voice)
        ],
    }


def _row(place: Place, task: Task, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """One act with its lead and its end."""
    return {
        "number": told(place, voice),
        "task": task.title,
        "short": task.labels[0],
        "projects": _projects(task, assessment, voice),
        "lead": task.lead,
        "responsible": task.responsible,
        "dates": _dates(task, assessment, voice),
        "result": task.result,
        "basis": _basis(task, assessment, voice),
        "due": _due(task, assessment, voice),
        "duty": _duty(task, assessment, voice),
    }


def _name_bases_once(rows: Iterable[dict[str, str]], voice: Voice) -> None:
    """Instruments that an earlier row names are not named again: the row says which one it was."""
    told: dict[str, str] = {}
    for one in rows:
        first = told.setdefault(one["basis"], one["number"])
        if one["basis"] and first != one["number"]:
            one["basis"] = voice.say("task.basis_same", task=first)


def _banded(
    bands: Mapping[Place, str], rows: Mapping[Place, dict[str, str]]
) -> Iterator[dict[str, str] | Row]:
    """The rows, each band below its name; one band alone needs none."""
    named = ""
    for place, cells in rows.items():
        if bands[place] != named and len(set(bands.values())) > 1:
            yield row({"name": begun(bands[place])}, "block")
        named = bands[place]
        yield cells


def _duty(task: Task, assessment: Assessment, voice: Voice) -> str:
    """Who leads a task, carries it out, supports it and decides, and by when."""
    beside = {
        "doing": task.doing,
        "supporting": task.supporting,
        "deciding": task.deciding,
    }
    return duty(task.lead, beside, _due(task, assessment, voice), voice)


def _due(task: Task, assessment: Assessment, voice: Voice) -> str:
    """By when; an opinion that goes to a vote of the same month is there before that vote."""
    if day := _ends_on(task, assessment, voice):
        return voice.say("task.by_day", day=day)
    told = month(task.last, assessment.region.plan_from, voice)
    return voice.say("task.by_vote" if _precedes_vote(task, assessment) else "task.by", month=told)


def _dates(task: Task, assessment: Assessment, voice: Voice) -> str:
    """From when to when; of a review of the month of its vote by which day, of what is asked at once from when."""
    start = assessment.region.plan_from
    if day := _ends_on(task, assessment, voice):
        return voice.say("task.by_day", day=day)
    if finds_load(task.action) and goes_ahead(assessment):
        return voice.say("task.load_from", month=month(task.last, start, voice))
    return months(task.first, task.last, start, voice)


def _ends_on(task: Task, assessment: Assessment, voice: Voice) -> str:
    """The day on which a review ends that the vote of the same month waits for; empty for any other task."""
    start, action = assessment.region.plan_from, task.action
    if start is None or action is None or not is_at(task, "review"):
        return ""
    if not (_precedes_vote(task, assessment) and action.end_month % 1 == _HALF):
        return ""
    years, place = divmod(start.month - 1 + task.last, _YEAR)
    return voice.date(date(start.year + years, place + 1, _MIDDLE))


def _precedes_vote(task: Task, assessment: Assessment) -> bool:
    if task.action is None:
        return False
    if task.action.action.settles in _FOR_VOTE:
        return task.last == approved_in(assessment)
    uses = set(task.uses)
    return is_at(task, "review") and any(
        one.action.stage == "vote"
        and math.floor(one.start_month) == task.last
        and uses.intersection(one.because.uses)
        for one in assessment.action_plan.actions
    )


def _basis(task: Task, assessment: Assessment, voice: Voice) -> str:
    """The first instruments and articles that a task of the law rests on, in short; or empty.

    A long plan leaves them to the tables of law, which name its tasks, and to the annex.
    """
    if is_long(assessment):
        return ""
    every = _instruments(task, assessment, voice)
    shown = [*dict.fromkeys(every[:_BASES])]
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
    others = (one for one in rules if not _is_listed(one, listed, voice))
    return [*listed, *dict.fromkeys(placed(one, voice) for one in others)]


def _is_listed(rule: Rule, listed: Iterable[str], voice: Voice) -> bool:
    """Whether a procedure of the same task names the instrument of a rule already."""
    names = (voice.title_of(rule), voice.short_instrument(rule))
    return any(name in text or text.partition(",")[0] in name for text in listed for name in names)


def _projects(task: Task, assessment: Assessment, voice: Voice) -> str:
    """Whose task it is, where that is not the whole plan and neither its title nor the name of its band says it.

    A vote is on every project of its list in the first wave.
    """
    is_gate = is_at(task, "review", "vote") and not (task.held or _is_parted(task, assessment))
    if task.is_works or is_gate or not task.uses:
        return ""
    every = assessment.programme.uses
    if set(task.uses) == set(wave_of(task, assessment, voice)):
        return ""
    if len(task.uses) == len(every) > 1:
        return voice.say("counsel.all")
    if is_long(assessment) and len(task.uses) > _NAMED:
        return counted(len(task.uses), voice)
    return voice.uses(task.uses, _NAMED)


def _is_parted(task: Task, assessment: Assessment) -> bool:
    """Whether some projects of its list pass it later, since a choice between plans holds them."""
    own = {one.action.action.action_id for one in task.each if one.action is not None}
    return any(one.held and one.action.action_id in own for one in assessment.action_plan.actions)


def _finding(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> str:
    """How many tasks there are, how many steps of law come before works, and when the last ends."""
    if not tasks:
        return ""
    key = "task.finding" if assessment.programme.uses else "task.finding_alone"
    text = voice.sentence("tasks.finding", key, tasks=voice.plural("task.count", len(tasks)))
    parts = [text, *_before(tasks, assessment, voice), _end(tasks, assessment, voice)]
    return voice.run_on([*parts, *_held(assessment, voice), *_later(assessment, voice)])


def _held(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """For each choice between plans the projects that are reviewed, voted on and built after it."""
    for choice in assessment.choices:
        first = assessment.programme.first.uses
        uses = [one for one in choice.uses if one in (first or assessment.programme.uses)]
        if choice.holds and uses:
            yield voice.sentence(
                "tasks.finding", "task.waits_choice", uses=voice.uses(uses, _HELD),
                month=month(choice.by, assessment.region.plan_from, voice),
            )  # fmt: skip


def _later(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """That shared steps have the dates of the first wave alone."""
    found = assessment.programme
    waves = set(found.first.uses), {one.use_id for one in found.second.projects}
    if any(
        waits_for_vote(one, assessment)
        and all(not wave.isdisjoint(one.because.uses) for wave in waves)
        for one in assessment.action_plan.actions
    ):
        yield voice.sentence("tasks.finding", "task.second_wave")


def _before(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> Iterable[str]:
    """How many steps of law come before works, and how many of them stand in the annex."""
    steps = before_works(assessment)
    ids = {one.key for one in steps}
    whole = sum(not one.because.uses for one in steps)
    told = {one.action.key for one in each_of(tasks) if one.action is not None}
    left = len(ids - told)
    if ids:
        key = "task.before_left" if left else "task.before"
        yield voice.sentence(
            "tasks.before", key, count=len(ids), left=left, whole=whole, own=len(ids) - whole
        )


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


def _led_most(counts: Mapping[str, int], voice: Voice) -> str:
    """Who leads most of the tasks."""
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:_NAMED]
    if len(counts) <= 1:
        return ""
    parts = [office for office, count in most if count > 1]
    if not parts:
        return voice.sentence("tasks.offices", "task.offices_even", count=len(counts))
    return voice.sentence(
        "tasks.offices", "task.offices", count=len(counts), parts=voice.join(parts)
    )


def _owners(tasks: Sequence[Task], voice: Voice) -> str:
    """Which task settles who the owner is; empty where no task is the owner's."""
    found = numbers_of(
        tasks, lambda one: one.action is not None and one.action.action.settles == OWNERSHIP
    )
    if not found or not any(one.owner for one in each_of(tasks)):
        return ""
    return voice.sentence("tasks.owner", "task.owner", tasks=numbers(found, voice))


def _rest(assessment: Assessment, voice: Voice) -> str:
    """How many tasks a brief leaves to the annex, and what they are for; empty for none."""
    ranked, first = ranked_tasks(assessment, voice), set(assessment.programme.first.uses)
    told = {one.action.key for one in each_of(ranked) if one.action is not None}
    counts, lawful = dict.fromkeys(_LEFT, 0), list[str]()
    for task in ranked[MOST:]:
        is_later = bool(first) and bool(task.uses) and not first.intersection(task.uses)
        kind = "later" if is_later else _left_for(task.action, task.uses)
        counts[kind] += 1
        lawful += task.labels[-1:] if kind == "law" else ()
    for action in assessment.action_plan.actions:
        if action.key not in told:
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
