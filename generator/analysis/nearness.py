"""Sizes so near a limit of law that a small change of the plan brings other law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.analysis.sizes import IT, RACKS, quantities
from generator.model import NearLimit
from generator.model.programme import Placement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Finding, Knowledge, Programme, Rule, Screening


def near_limits(
    programme: Programme, screening: Screening, knowledge: Knowledge
) -> tuple[NearLimit, ...]:
    """The projects and alternatives near a size at which the law bars or asks more.

    Args:
        programme: Its projects, and what else could be chosen, each with its size.
        screening: The rules on each use at all of its sizes.
        knowledge: What a unit of a use comes to, and how near is near.

    Returns:
        One for each size and limit, projects first; of several rules at one limit the bar. The
        quantity is the one its reader knows.
    """
    near = knowledge.assumed("near_limit_pct") / 100
    found: dict[tuple[str, float, str, float], NearLimit] = {}
    for one in _placements(programme):
        told = quantities(knowledge.use(one.use_id), one.size, knowledge)
        for rule in _rules(screening.uses[one.use_id].findings):
            limit = rule.threshold
            amount = told.get(limit.quantity) if limit else None
            if limit is None or amount is None or abs(amount - limit.value) > near * limit.value:
                continue
            quantity, rate = limit.quantity, 1.0
            if quantity == RACKS:
                quantity, rate = IT, knowledge.assumed("racks_per_it_mw")
            found.setdefault(
                (one.use_id, one.size, quantity, limit.value / rate),
                NearLimit(
                    one, rule, quantity, amount / rate, limit.value / rate,
                    is_reached=limit.holds(amount),
                ),
            )  # fmt: skip
    return tuple(found.values())


def _placements(programme: Programme) -> Iterable[Placement]:
    for project in programme.projects:
        yield Placement(project.use_id, project.place, project.size)
    for alternative in programme.alternatives:
        yield from alternative.placements
    if programme.together is not None:
        yield from programme.together.first
        yield from programme.together.second
    if programme.swap is not None:
        yield from programme.swap.second


def _rules(findings: Iterable[Finding]) -> Iterable[Rule]:
    """What bars a use, or asks something before its start, from some size on."""
    for one in findings:
        bars = [bar.rule for bar in one.barred]
        for rule in dict.fromkeys((*bars, *one.rules, *one.beyond, *one.depends)):
            is_strict = rule.effect in {"prohibited", "conditional"}
            if is_strict and not (rule.is_of_operation or rule.is_general):
                yield rule
