"""The action plan in words: tasks, who does what, and how progress is followed."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from generator.report.bodies import title
from generator.report.funding import carried_out_by, lead_of, of_programme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.model import (
        Assessment,
        Baseline,
        Cause,
        MonitoringRow,
        PlannedAction,
    )
    from generator.report.voice import Voice

_LETTERS = ("AR", "A", "R", "C")
_YEAR = 12


def action_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `tasks` fields: actions in order with who does what, the indicators."""
    actions = assessment.action_plan.actions
    start = assessment.region.plan_from
    numbers = {action.key: str(i) for i, action in enumerate(actions, start=1)}
    titles = {risk.risk_id: voice.name(risk.title) for risk in voice.knowledge.risks}
    return {
        "intro": _intro(assessment, voice),
        "actions": [
            {
                "number": numbers[action.key],
                "task": title(action, voice, every=True),
                **_offices(action, assessment, voice),
                "joint": voice.offices(action.action.joint_offices),
                "raci": _raci(action.raci, voice),
                "period": period(action, start, voice),
                "dates": months(*_months(action), start, voice),
                "after": voice.say("tasks.after", numbers=voice.join(_after(action, numbers)))
                if action.depends_on
                else "",
                "because": _because(action.causes, titles, voice),
                "cost": voice.name(action.action.cost_basis),
            }
            for action in actions
        ],
        "indicators": [
            _indicator(row, numbers[action.key], start, voice)
            for action, row in zip(actions, assessment.action_plan.monitoring, strict=True)
        ],
    }


def _after(action: PlannedAction, numbers: Mapping[tuple[str, int], str]) -> Iterable[str]:
    """The numbers of what an action waits for, that of its own projects first."""
    for name in action.depends_on:
        every = {held: number for (key, held), number in numbers.items() if key == name}
        yield every.get(action.held) or every[min(every)]


def _offices(action: PlannedAction, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """Who leads a task and who carries it out, as the briefs have it."""
    own = of_programme(action, assessment)
    alone = len(own) == 1
    uses = own if alone else action.because.uses
    return {
        "lead": lead_of(action, uses, voice, alone=alone),
        "responsible": carried_out_by(action, uses, action.bodies, voice, alone=alone).told,
    }


def _intro(assessment: Assessment, voice: Voice) -> str:
    actions = assessment.action_plan.actions
    if not actions:
        return voice.sentence("tasks.intro", "tasks.none")
    start = assessment.region.plan_from
    last = max(math.ceil(action.end_month) for action in actions)
    intro = voice.sentence(
        "tasks.intro",
        "tasks.intro" if start else "tasks.intro_months",
        count=len(actions),
        binding=sum(1 for action in actions if action.is_binding),
        end=month(last - 1, start, voice),
    )
    until, whole = assessment.region.plan_until, assessment.region.plan_months
    if whole is None or last <= whole:
        return intro
    late = voice.sentence("tasks.late", "tasks.late", until=voice.date(until))
    return voice.say("sentences", first=intro, second=late)


def month(index: int, start: date | None, voice: Voice) -> str:
    """A month of the plan, 0 the first: of the calendar where the plan's start is known."""
    if start is None:
        return voice.say("plan.month", number=index + 1)
    day = _day_in(index, start)
    return voice.month(day.year, day.month)


def month_of_end(action: PlannedAction, start: date | None, voice: Voice) -> str:
    """The month in which an action ends."""
    return month(_months(action)[1], start, voice)


def _months(action: PlannedAction) -> tuple[int, int]:
    """The first and the last month in which an action runs, 0 the first of the plan."""
    first = math.floor(action.start_month)
    return first, max(first, math.ceil(action.end_month) - 1)


def period(action: PlannedAction, start: date | None, voice: Voice) -> str:
    """When an action runs: months of the calendar where the plan's start is known."""
    first, last = _months(action)
    if first == last:
        return month(first, start, voice)
    if start is None:
        return voice.say("plan.months", first=first + 1, last=last + 1)
    return voice.say("span.text", low=month(first, start, voice), high=month(last, start, voice))


def months(first: int, last: int, start: date | None, voice: Voice) -> str:
    """The months from one to another of the plan for a table, 0 the first, both included."""
    if start is None:
        one = first == last
        return (
            month(first, start, voice)
            if one
            else voice.say("plan.months", first=first + 1, last=last + 1)
        )
    return voice.months(_day_in(first, start), _day_in(last, start))


def _day_in(index: int, start: date) -> date:
    """The first day of a month of the plan."""
    years, place = divmod(start.month - 1 + index, _YEAR)
    return date(start.year + years, place + 1, 1)


def _because(causes: Iterable[Cause], titles: Mapping[str, str], voice: Voice) -> str:
    """Everything that set the action off, causes of one kind together."""
    names: dict[str, list[str]] = {}
    for cause in causes:
        names.setdefault(cause.kind, []).append(_cause_name(cause, titles, voice))
    return voice.say("clause.separator").join(
        voice.say(f"cause.{kind}", name=voice.join(found)) for kind, found in names.items()
    )


def _cause_name(cause: Cause, titles: Mapping[str, str], voice: Voice) -> str:
    """What a cause refers to: a criterion, an activity, a risk, a procedure, a use or a list."""
    known, reference = voice.knowledge, cause.reference
    if cause.kind == "gap":
        return voice.name(known.criteria[reference].name)
    if cause.kind == "rule":
        return voice.name(known.activities[reference].name)
    if cause.kind == "risk":
        return voice.say("risk.named", id=reference, title=titles[reference])
    if cause.kind == "procedure":
        return next(
            voice.name(one.name) for one in known.procedures if one.procedure_id == reference
        )
    if cause.kind in {"selected", "proposed"}:
        is_category = reference in known.choices.get("category", {})
        return voice.choice("category", reference) if is_category else voice.use(reference)
    return voice.uses(cause.uses, _BARRED) if reference else ""


_BARRED = 3


def _raci(letters: Mapping[str, str], voice: Voice) -> str:
    """The letters with those who carry them; whoever is left is informed."""
    parts = []
    for letter in _LETTERS:
        who = [voice.choice("owner_type", kind) for kind, mark in letters.items() if mark == letter]
        if who:
            shown = voice.say("raci.both") if letter == "AR" else letter
            parts.append(voice.say("raci.part", letter=shown, who=voice.join(who)))
    return voice.say("clause.separator").join(parts)


def _indicator(
    row: MonitoringRow, number: str, start: date | None, voice: Voice
) -> dict[str, object]:
    baseline = row.baseline
    check = max(0, math.ceil(row.first_check_month) - 1)
    return {
        "number": number,
        "indicator": voice.name(row.indicator),
        "baseline": voice.dash if baseline is None else _value(baseline, voice),
        "cell": "" if baseline is None else voice.cells(baseline.value.fact.origins, 1),
        "target": voice.name(row.target)
        if baseline is None
        else _target(baseline, voice, is_binding=row.is_binding),
        "target_use": ""
        if baseline is None
        else voice.say("indicator.use", use=voice.use(baseline.use_id)),
        "kind": voice.say("indicator.binding" if row.is_binding else "indicator.expected"),
        "kind_band": "binding" if row.is_binding else "expected",
        "owner": voice.lead(row.owner_office),
        "check": month(check, start, voice),
        "due": months(check, check, start, voice),
    }


def _value(baseline: Baseline, voice: Voice) -> str:
    return voice.amount(baseline.value.fact.value, baseline.value.criterion_id)


def _target(baseline: Baseline, voice: Voice, *, is_binding: bool) -> str:
    """What the use asks for in full, with its side; the minimum beside it where that binds."""
    criterion = voice.knowledge.criteria[baseline.value.criterion_id]
    if criterion.unit.text("en") == "0/1":
        return voice.amount(baseline.target, criterion.criterion_id)
    side = "at_most" if criterion.direction == "lower_better" else "at_least"
    target, minimum = (
        voice.say(side, value=voice.amount(bound, criterion.criterion_id))
        for bound in (baseline.target, baseline.minimum)
    )
    if not is_binding:
        return target
    return voice.say("indicator.with_minimum", target=target, minimum=minimum)
