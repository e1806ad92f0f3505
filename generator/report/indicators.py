"""The indicators of the programme: each with its ends, its owner, its month and its tasks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.model.programme import GROWING, Project
from generator.report.actions import months
from generator.report.funding import lead_of, owner
from generator.report.inplan import effect_in_plan, open_by, open_in_plan, told_effect
from generator.report.milestones import marks, to_open
from generator.report.preconditions import settling
from generator.report.projects import amount_of
from generator.report.task import Task, each_of
from generator.report.tasklist import before_works, law_ends, tasks_of
from generator.report.tasknumbers import Place, does, numbers, numbers_of, task_at
from generator.report.voice import OF_SITES

if TYPE_CHECKING:
    from generator.model import Assessment, Baseline, Knowledge
    from generator.report.voice import Voice

Dated = tuple[int, dict[str, object]]
"""The month in which an indicator is due, 0 the first, and its row."""
_OWNERS, _ALL = 2, 3
_EFFECTS = ("jobs", "power")
"""What projects bring themselves; people in the industries they serve are there already."""


def indicator_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """What the programme brings, what the law asks before works, and what tasks move from a value.

    Those come first that are due first.
    """
    tasks = tasks_of(assessment, voice)
    rows = [
        *_results(assessment, tasks, voice),
        *_in_own_units(assessment, tasks, voice),
        *_prepared(assessment, tasks, voice),
        *_lawful(assessment, tasks, voice),
        *_measured(assessment, tasks, voice),
    ]
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


def last_month(found: Mapping[str, float], projects: Iterable[Project]) -> int:
    """The month, 0 the first, by whose end all of these projects have come so far."""
    return max(0, math.ceil(max((found[one.use_id] for one in projects), default=1.0)) - 1)


def _row(
    name: str,
    ends: tuple[str, str],
    about: tuple[str, str],
    found: Sequence[Place],
    voice: Voice,
    *,
    is_binding: bool,
) -> dict[str, object]:
    """One indicator.

    Args:
        name: With its unit.
        ends: Where it stands, and where it is to stand.
        about: Who answers for it, and the month in which it is due.
        found: The numbers of the tasks that bring it about.
        voice: Speaks.
        is_binding: Whether the law, or what a project cannot do without, stands behind it.
    """
    return {
        "indicator": name,
        "baseline": ends[0],
        "target": ends[1],
        "kind": voice.say("indicator.binding" if is_binding else "indicator.expected"),
        "kind_band": "binding" if is_binding else "expected",
        "tasks": numbers(found, voice),
        "owner": about[0],
        "due": about[1],
    }  # fmt: skip


def _results(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Dated]:
    """Projects begun and what they bring, from nothing to the programme's amounts."""
    first = assessment.programme.first
    if not first.projects:
        return
    plan = assessment.action_plan
    ready = last_month(plan.begins, first.projects)
    zero = voice.number(0.0, 0)
    begun = [one for one in first.projects if _is_in_time(plan.begins[one.use_id], assessment)]
    target, due = _ends(
        voice.number(len(first.projects), 0), voice.number(len(begun), 0), ready, assessment, voice
    )
    # The tasks and offices are those of what the target counts; an outlook has none yet.
    yield _due(ready, assessment), _row(
        voice.say("goal.indicator.projects"), (zero, target),
        (_owners([(one, 1.0) for one in begun or first.projects], voice), due),
        _works(tasks, begun or first.projects), voice, is_binding=False,
    )  # fmt: skip
    for name in _EFFECTS:
        bring = [one for one in first.projects if one.effects.get(name, 0.0) > 0]
        if first.effects.get(name, 0.0) > 0:
            yield _brought(name, bring, assessment, tasks, voice)


def _brought(
    name: str,
    bring: Sequence[Project],
    assessment: Assessment,
    tasks: Sequence[Task],
    voice: Voice,
) -> Dated:
    """An effect of the first wave, by when all that bring it are open."""
    last = open_by(bring, assessment)
    found, left = to_open(bring, assessment, tasks)
    target = amount_of(name, assessment.programme.first.effects[name], voice)
    early = effect_in_plan(name, bring, assessment)
    if len(open_in_plan(bring, assessment, "longer")) < len(bring):
        target = voice.say(
            "indicator.in_plan", target=target, end=_plan_ends(assessment, voice),
            early=told_effect(name, early, voice) if early[1] else voice.number(0.0, 0),
        )  # fmt: skip
    share = [(one, one.effects[name]) for one in bring]
    due = voice.say("indicator.from", month=months(last, last, assessment.region.plan_from, voice))
    row = _row(
        voice.say(f"goal.indicator.{name}"), (voice.number(0.0, 0), target),
        (_owners(share, voice), due), found, voice, is_binding=False,
    )  # fmt: skip
    return last, _with_left(row, found, left, voice)


def _plan_ends(assessment: Assessment, voice: Voice) -> str:
    """The last month of the plan for a table."""
    end = (assessment.region.plan_months or 1) - 1
    return months(end, end, assessment.region.plan_from, voice)


def _in_own_units(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Dated]:
    """What is signed, connected, let or known, in the units of the projects themselves."""
    if not assessment.programme.first.projects:
        return
    start = assessment.region.plan_from
    for one in marks(assessment, tasks, voice):
        row = _row(
            one.name, (one.baseline, one.target), (one.owner, months(one.month, one.month, start, voice)),
            one.tasks, voice, is_binding=False,
        )  # fmt: skip
        yield one.month, _with_left(row, one.tasks, one.left, voice)


def _with_left(
    row: dict[str, object], found: Sequence[Place], left: int, voice: Voice
) -> dict[str, object]:
    """A row whose tasks say how many of them the annex alone holds."""
    if not left:
        return row
    key = voice.plural_key("goal.tasks_left" if found else "goal.tasks_annex", left)
    return {**row, "tasks": voice.say(key, tasks=row["tasks"], count=left)}


def _is_in_time(month: float, assessment: Assessment) -> bool:
    """Whether something has come about when the plan ends; always where it has no end."""
    whole = assessment.region.plan_months
    return whole is None or month <= whole


def _due(last: int, assessment: Assessment) -> int:
    """The month of a target, 0 the first: that of the whole, or the plan's last before it."""
    length = assessment.region.plan_months
    return last if length is None or last < length else length - 1


def _ends(
    whole: str, then: str, last: int, assessment: Assessment, voice: Voice
) -> tuple[str, str]:
    """The target and its month: what stands when the plan ends, and the rest as an outlook.

    Args:
        whole: What is reached in the end.
        then: What is reached when the plan ends.
        last: The month, 0 the first, in which the whole is reached.
        assessment: The results, with the months of the plan.
        voice: Speaks.
    """
    start, length = assessment.region.plan_from, assessment.region.plan_months
    if length is None or last < length:
        return whole, months(last, last, start, voice)
    later = months(last, last, start, voice)
    end = _due(last, assessment)
    target = voice.say("indicator.outlook", target=then, later=whole, by=later)
    return target, months(end, end, start, voice)


def _works(tasks: Sequence[Task], projects: Iterable[Project]) -> list[Place]:
    """The numbers of the tasks that build some projects."""
    uses = {one.use_id for one in projects}
    return numbers_of(tasks, lambda task: task.is_works and not uses.isdisjoint(task.uses))


def preparing(tasks: Sequence[Task], assessment: Assessment, voice: Voice) -> list[Place]:
    """The numbers of the tasks that bring about what the second wave waits for."""
    return sorted(
        {
            place
            for project in assessment.programme.second.projects
            for settles in settling(project, assessment, voice)
            for place in numbers_of(tasks, settles, [project.use_id])
        }
    )


def prepared_in(assessment: Assessment, voice: Voice) -> int | None:
    """The month, 0 the first, in which what the second wave waits for is settled; None without a task."""
    tasks = tasks_of(assessment, voice)
    found = preparing(tasks, assessment, voice)
    return max((task_at(place, tasks).last for place in found), default=None)


def _prepared(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Dated]:
    """Projects for which what must come first is done, where nothing begins."""
    programme = assessment.programme
    if programme.first.projects or not programme.second.projects:
        return
    found = preparing(tasks, assessment, voice)
    if not found:
        return
    last = max(task_at(place, tasks).last for place in found)
    projects = programme.second.projects
    leads = dict.fromkeys(task_at(place, tasks).lead for place in found)
    yield last, _row(
        voice.say("goal.indicator.prepared"),
        (voice.number(0.0, 0), voice.number(len(projects), 0)),
        (
            _offices(list(leads), voice),
            months(last, last, assessment.region.plan_from, voice),
        ),
        found, voice, is_binding=False,
    )  # fmt: skip


def _owners(shares: Iterable[tuple[Project, float]], voice: Voice) -> str:
    """Offices of the projects that bring most of it."""
    order = sorted((pair for pair in shares if pair[1] > 0), key=lambda pair: -pair[1])
    names = list(dict.fromkeys(owner(one.use_id, voice) for one, _ in order))
    return _offices(names, voice)


def _offices(names: Sequence[str], voice: Voice) -> str:
    """Some offices; of more than a cell holds the first, and how many there are."""
    if len(names) <= _ALL:
        return voice.join(names)
    return voice.say("goal.offices_more", offices=voice.join(names[:_OWNERS]), count=len(names))


def _lawful(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Dated]:
    """Conditions and procedures that are settled before works begin."""
    own, last = before_works(assessment), law_ends(assessment)
    if not own or last is None or not assessment.programme.projects:
        return
    leads: dict[str, int] = {}
    for one in own:
        lead = lead_of(
            one,
            [use for use in assessment.programme.uses if use in one.because.uses],
            voice,
            alone=True,
        )
        leads[lead] = leads.get(lead, 0) + 1
    most = sorted(leads, key=lambda office: -leads[office])
    found = numbers_of(tasks, does(one.action.action_id for one in own))
    left = len(
        {one.key for one in own}
        - {one.action.key for one in each_of(tasks) if one.action is not None}
    )
    settled = [one for one in own if _is_in_time(one.end_month, assessment)]
    target, due = _ends(
        voice.number(len(own), 0), voice.number(len(settled), 0), last, assessment, voice
    )
    row = _row(
        voice.say("goal.indicator.lawful"),
        (voice.number(0.0, 0), target), (_offices(most, voice), due),
        found, voice, is_binding=False,
    )  # fmt: skip
    yield _due(last, assessment), _with_left(row, found, left, voice)


def _measured(assessment: Assessment, tasks: Sequence[Task], voice: Voice) -> Iterable[Dated]:
    """What the tasks of the brief move from a value that the workbook gives."""
    start, known = assessment.region.plan_from, voice.knowledge
    for row in assessment.action_plan.monitoring:
        if row.baseline is None or row.baseline.use_id not in assessment.programme.uses:
            continue
        own = numbers_of(tasks, does([row.action_id]), [row.baseline.use_id])
        baseline = _within_reach(row.baseline, assessment)
        if not own or baseline is None:
            continue
        if _is_by_unit(baseline, known):
            continue
        task = task_at(own[0], tasks)
        name = voice.say(
            "goal.indicator_for", indicator=voice.name(row.indicator),
            use=voice.use(baseline.use_id),
        )  # fmt: skip
        is_binding = (row.is_binding or _is_awaited(baseline, assessment)) and _is_missed(
            baseline, voice
        )
        yield task.last, _row(
            name,
            (
                _amount(baseline.value.fact.value, baseline, voice),
                _target(baseline, voice, is_binding=is_binding),
            ),
            (task.lead, months(task.last, task.last, start, voice)), own, voice,
            is_binding=is_binding,
        )  # fmt: skip


def _is_by_unit(baseline: Baseline, known: Knowledge) -> bool:
    """Whether a target is that of a whole unit of the use: the project has the room it takes."""
    criterion = known.criteria[baseline.value.criterion_id]
    is_reuse = known.use(baseline.use_id).category == "power_reuse"
    return criterion.group == OF_SITES or (is_reuse and criterion.role in GROWING)


def _within_reach(baseline: Baseline, assessment: Assessment) -> Baseline | None:
    """A baseline whose target counts no more people than are trained; None where nobody is."""
    short = next(
        (
            one
            for one in assessment.skills.shortages
            if one.criterion_id == baseline.value.criterion_id
        ),
        None,
    )
    value = baseline.value.fact.value
    if short is None or value is None:
        return baseline
    if not short.transferred:
        return None
    reach = math.floor(value + short.transferred)
    return replace(
        baseline, target=min(baseline.target, reach), minimum=min(baseline.minimum, reach)
    )


def _is_missed(baseline: Baseline, voice: Voice) -> bool:
    """Whether the value misses what the use cannot do without."""
    value = baseline.value.fact.value
    if value is None:
        return False
    criterion = voice.knowledge.criteria[baseline.value.criterion_id]
    is_lower = criterion.direction == "lower_better"
    return value > baseline.minimum if is_lower else value < baseline.minimum


def _is_awaited(baseline: Baseline, assessment: Assessment) -> bool:
    """Whether a project of the second wave waits for this value."""
    return any(
        one.kind == "criterion" and one.criterion_id == baseline.value.criterion_id
        for project in assessment.programme.second.projects
        if project.use_id == baseline.use_id
        for one in project.preconditions
    )


def _target(baseline: Baseline, voice: Voice, *, is_binding: bool) -> str:
    """The value that the use asks for; what it cannot do without where that is missed and binds."""
    criterion = voice.knowledge.criteria[baseline.value.criterion_id]
    bound = baseline.minimum if is_binding else baseline.target
    if criterion.unit.text("en") == "0/1":
        return _amount(bound, baseline, voice)
    side = "at_most" if criterion.direction == "lower_better" else "at_least"
    return voice.say(side, value=_amount(bound, baseline, voice))


def _amount(value: float | None, baseline: Baseline, voice: Voice) -> str:
    """An amount in the words of a reader, who does not count in full-time equivalents."""
    unit = voice.knowledge.criteria[baseline.value.criterion_id].unit.text("en")
    key = f"unit_in_brief.{unit}"
    if value is not None and key in voice.texts.table:
        return voice.say(key, value=voice.number(value))
    return voice.amount(value, baseline.value.criterion_id)
