"""What projects cost a year: running cost, whose wages it holds, and the power beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from generator.report import money
from generator.report.projects import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment, Range
    from generator.model.programme import Project
    from generator.report.voice import Voice

_USES = 2
_DIGITS = 3


def power_of(projects: Iterable[Project]) -> float:
    """What the power of projects costs a year, CNY m, as far as its price is known."""
    return math.fsum(one.power_cost or 0.0 for one in projects)


def yearly_of(projects: Sequence[Project]) -> Range | None:
    """Running cost of projects and the power that has a price, CNY m a year.

    None without projects, and while the running cost of one is unknown.
    """
    costs = [one.yearly_cost for one in projects]
    known = [cost for cost in costs if cost is not None]
    if not costs or len(known) < len(costs):
        return None
    low, high = (math.fsum(ends) for ends in zip(*known, strict=True))
    return low, high


def power_told(projects: Sequence[Project], voice: Voice, *, brief: bool = False) -> str:
    """What a yearly cost says of power: how much of it there is, or why it is left out.

    Args:
        projects: Whose cost it is.
        voice: Speaks.
        brief: Whether a table beside it tells the amount.
    """
    cost = power_of(projects)
    if any(one.power_cost is None for one in projects):
        key = "cost.power_some" if cost else "cost.power_unknown"
    elif cost and brief:
        return voice.say("answer.power_in")
    else:
        key = "cost.power_in" if cost else "cost.power_apart"
    return voice.say(key, power=voice.about(cost) if cost else "")


def holds_wages(one: Project, voice: Voice) -> bool:
    """Whether the running cost holds the wages of the jobs that a project is said to bring."""
    return one.jobs_by == "operator" or voice.knowledge.needs[one.use_id].wages_in == "all"


def wages_word(one: Project, voice: Voice) -> str:
    """Whether wages are in the running cost of one project."""
    key = "in" if one.jobs_by == "operator" else "all" if holds_wages(one, voice) else "out"
    return voice.say(f"cost.wages_{key}")


def wages_line(projects: Sequence[Project], voice: Voice) -> str:
    """Whose wages the running costs of projects hold, those of tenants and clients among them."""
    hired = [one for one in projects if one.jobs_by != "operator"]
    paid = [one.use_id for one in hired if holds_wages(one, voice)]
    kind = (
        "in" if not hired else "out" if not paid else "all" if len(paid) == len(hired) else "some"
    )
    return voice.say(f"cost.wages.{kind}", uses=voice.uses(paid, _USES))


def extra_wages(one: Project) -> float:
    """What local wages add at least to the low end of a running cost, CNY m a year."""
    if one.payroll is None or one.running_cost is None:
        return 0.0
    return max(0.0, one.payroll.wages[0] - one.running_cost[0])


def short_of_wages(one: Project) -> bool:
    """Whether the running cost of a project cannot pay the jobs that it is said to bring."""
    found = one.payroll
    return found is not None and nearest(found.paid) < nearest(one.jobs.value or 0.0)


class Staff(NamedTuple):
    """Jobs that operators pay, beside what the running costs of their projects have for them; CNY m a year."""

    jobs: float
    wages: Range
    running: Range
    missing: Range
    payable: Range
    """Jobs that the running costs pay."""


def staff_of(projects: Iterable[Project]) -> Staff | None:
    """What operators' jobs take at average wages; None where every running cost can pay its own."""
    found = [(one, one.payroll, one.running_cost) for one in projects]
    known = [(one, roll, cost) for one, roll, cost in found if roll and cost]
    if not any(short_of_wages(one) for one, _, _ in known):
        return None
    return Staff(
        math.fsum(one.jobs.value or 0.0 for one, _, _ in known),
        _added(roll.wages for _, roll, _ in known),
        _added(cost for _, _, cost in known),
        _added(roll.missing for _, roll, _ in known),
        _added(roll.payable for _, roll, _ in known),
    )


def _added(ends: Iterable[Range]) -> Range:
    low, high = (math.fsum(each) for each in zip(*ends, strict=True))
    return low, high


def payroll_line(place: str, assessment: Assessment, voice: Voice, *, brief: bool = False) -> str:
    """What the jobs of all projects take in wages beyond their running costs, or how many these pay.

    Costs of another country hold its wages: they are short, and not the jobs too many.

    Args:
        place: Where it stands.
        assessment: The results.
        voice: Speaks and keeps the sentence.
        brief: Whether the statistics and the staff are told elsewhere.

    Returns:
        Empty where every running cost can pay its jobs, and without a wage on file.
    """
    found = staff_of(assessment.programme.projects)
    if found is None:
        return ""
    rolls = (one.payroll for one in assessment.programme.projects if one.payroll)
    wage_id = next(rolls).wage_id
    wage = next(one for one in voice.knowledge.wages if one.wage_id == wage_id)
    held = voice.money_in
    rate = assessment.region.cny_per_unit.value or 1.0
    each = tuple(end * rate / held.rate for end in dict.fromkeys((wage.wage_low, wage.wage_high)))
    first = staff_of(assessment.programme.first.projects)
    is_all = first is None or not assessment.programme.second.projects
    long, short = (
        ("cost.payroll", "cost.payroll_brief")
        if money.is_from_elsewhere(voice)
        else ("cost.payroll_home", "cost.payroll_home_brief")
    )
    return voice.sentence(
        place, short if brief else long,
        payable=voice.extent((nearest(found.payable[0]), nearest(found.payable[1]))),
        jobs=voice.number(nearest(found.jobs), 0), wages=money.rough(found.wages, voice),
        cost=money.rough(found.running, voice), more=money.rough(found.missing, voice),
        first="" if is_all or first is None
        else voice.say("cost.payroll_first", more=money.rough(first.missing, voice)),
        name=voice.name(wage.name), wage=money.amount(each, held.shown, voice, digits=_DIGITS),
    )  # fmt: skip
