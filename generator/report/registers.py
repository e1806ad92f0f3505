"""Limits that the region states against what its registers hold: which of them counts, and what that means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.report.limits import held

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import LimitUse
    from generator.report.voice import Voice

_APART = frozenset({"capex", "grid_mw"})
"""Money is in no register, and power never counts beyond its register."""
_SUMMED = "sum_"
"""How the roll-ups that add a register up begin."""


def registered(assessment: Assessment, voice: Voice) -> dict[str, float]:
    """What the registers hold free of each resource in all, where that is known."""
    return {
        voice.knowledge.criteria[part.requirement.criterion_id].role: value
        for use in assessment.readiness.uses.values()
        for part in use.contributions
        if part.value.rule.startswith(_SUMMED) and (value := part.value.fact.value) is not None
    }


def overtaken(assessment: Assessment, voice: Voice) -> Iterator[tuple[LimitUse, float]]:
    """Limits within which the projects take more than the register holds, with what that is."""
    free = registered(assessment, voice)
    for one in assessment.programme.limits:
        used = one.first + one.second
        if one.basis == "stated" and one.resource not in _APART:
            register = free.get(one.resource, used)
            if used > register:
                yield one, register


def differing(assessment: Assessment, voice: Voice) -> str:
    """Limits that the region states above what its registers hold free; empty without any."""
    free = registered(assessment, voice)
    above = [
        (one.resource, one.limit)
        for one in assessment.programme.limits
        if one.basis == "stated" and one.limit and one.limit > free.get(one.resource, one.limit)
    ]
    above += _capped(assessment)
    if not above:
        return ""
    free |= {
        one.resource: one.limit
        for one in assessment.programme.limits
        if one.basis == "available" and one.limit
    }
    parts = voice.clauses(
        voice.say(
            "finding.beyond_part", resource=voice.say(f"chart.resource.{name}"),
            limit=held(name, limit, voice), free=held(name, free[name], voice),
        )
        for name, limit in above
    )  # fmt: skip
    needed = beyond(assessment, voice)
    key = "finding.beyond_both" if needed else "finding.beyond"
    return voice.run_on((voice.sentence("finding.beyond", key, parts=parts), needed))


def _capped(assessment: Assessment) -> list[tuple[str, float]]:
    """Limits that the region states and the registers, at their low ends, do not reach."""
    used = {one.resource: one for one in assessment.programme.limits}
    return [
        (row.resource, row.amount.value)
        for row in assessment.region.limits
        if row.amount.value is not None
        and (one := used.get(row.resource)) is not None
        and one.basis == "available"
        and row.amount.value > (one.limit or row.amount.value)
    ]


def beyond(assessment: Assessment, voice: Voice) -> str:
    """Of what the projects take more than a register holds: which figure counts, and who is short.

    Empty where every register suffices.
    """
    return voice.run_on([_over(one, free, voice) for one, free in overtaken(assessment, voice)])


def _over(one: LimitUse, free: float, voice: Voice) -> str:
    used = one.first + one.second
    key = "point.beyond_first" if one.first > free else "point.beyond_second"
    return voice.sentence(
        f"point.beyond.{one.resource}", key, resource=voice.say(f"resource.{one.resource}"),
        limit=held(one.resource, one.limit or 0.0, voice), free=held(one.resource, free, voice),
        used=held(one.resource, used, voice), share=voice.percent(used / (one.limit or used)),
        short=held(one.resource, used - free, voice), of_register=voice.percent(used / free) if free else voice.dash,
    )  # fmt: skip
