"""What the programme takes of each limit, what is left, and what more of it would bring."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment
    from generator.model.programme import LimitUse
    from generator.report.voice import Voice

_MONEY = "capex"


def amount(resource: str, value: float, voice: Voice, *, upward: bool = False) -> str:
    """An amount of a resource with its unit."""
    if resource == _MONEY:
        return voice.millions(value, upward=upward)
    shown = math.ceil(value * 10 - 1e-9) / 10 if upward else value
    return voice.say(f"resource_amount.{resource}", value=voice.number(shown, 1))


def limit_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """One row a limit; none without a project."""
    found = assessment.programme
    return [_row(one, voice) for one in found.limits] if found.projects else []


def _row(one: LimitUse, voice: Voice) -> dict[str, object]:
    def shown(value: float | None) -> str:
        if value is None:
            return voice.dash
        return amount(one.resource, value, voice) if value else voice.say("none")

    left = None if one.limit is None else max(0.0, one.limit - one.first - one.second)
    return {
        "resource": voice.say(f"resource.{one.resource}"),
        "limit": shown(one.limit),
        "basis": voice.say(f"limit_basis.{one.basis}"),
        "cell": voice.cells(one.fact.origins) if one.fact else "",
        "first": shown(one.first),
        "second": shown(one.second),
        "left": shown(left),
        "binds": voice.say("flag.yes" if one.is_binding else "flag.no"),
        "band": "conditional" if one.is_binding else "absent",
        "more": more(one, voice),
    }


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
