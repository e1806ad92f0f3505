"""What projects cost a year: running cost, whose wages it holds, and the power beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Range
    from generator.model.programme import Project
    from generator.report.voice import Voice

_USES = 2


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
