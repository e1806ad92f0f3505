"""What the programme takes of each limit, and what more of it would bring."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.report.projects import megawatts, nearest

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import LimitUse
    from generator.report.voice import Voice

_MONEY = "capex"
_POWER = frozenset({"grid_mw", "it_load_mw"})
_HUNDREDTHS = 2
"""Decimals of power, so that its parts add up as printed."""


def amount(resource: str, value: float, voice: Voice, *, upward: bool = False) -> str:
    """An amount of a resource with its unit."""
    if resource == _MONEY:
        return voice.millions(value, upward=upward)
    shown = math.ceil(value * 10 - 1e-9) / 10 if upward else value
    decimals = _HUNDREDTHS if resource in _POWER else 1
    return voice.say(f"resource_amount.{resource}", value=voice.number(shown, decimals))


def held(resource: str, value: float, voice: Voice, *, bare: bool = False) -> str:
    """An amount of a resource as a brief prints it: people and racks as whole numbers.

    Args:
        resource: What there is an amount of.
        value: In its unit.
        voice: Speaks.
        bare: Whether the unit stands elsewhere.
    """
    is_power = resource in _POWER
    shown = megawatts(value, voice) if is_power else voice.number(nearest(value), 0)
    if resource == _MONEY:
        return voice.millions(value)
    return shown if bare else voice.say(f"resource_amount.{resource}", value=shown)


def limit_rows(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """What there is of each limit and what the first wave takes of it; none without a project."""
    found = assessment.programme
    return [_row(one, voice) for one in found.limits] if found.projects else []


def _row(one: LimitUse, voice: Voice) -> dict[str, str]:
    def shown(value: float | None) -> str:
        if value is None:
            return voice.dash
        return amount(one.resource, value, voice) if value else voice.say("none")

    name = voice.say(f"resource.{one.resource}")
    return {"resource": name, "limit": shown(one.limit), "first": shown(one.first)}


def more(one: LimitUse, voice: Voice) -> str:
    """What the least extra amount that changes anything brings in; empty where nothing does."""
    if one.next_extra is None:
        return ""
    joins, leaves = (
        voice.join(voice.use(key) for key in ids) for ids in (one.next_in, one.next_out)
    )
    key = "limit.swaps" if joins and leaves else "limit.brings" if joins else "limit.enlarges"
    return voice.say(
        key,
        extra=amount(one.resource, one.next_extra, voice, upward=True),
        joins=joins,
        leaves=leaves,
    )


def binding(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """A sentence for each limit of which more would bring more."""
    for one in assessment.programme.limits:
        if one.is_binding and one.next_extra is not None:
            yield voice.sentence(
                f"binding.{one.resource}", "binding.line",
                resource=voice.say(f"resource.{one.resource}"), more=more(one, voice),
            )  # fmt: skip
