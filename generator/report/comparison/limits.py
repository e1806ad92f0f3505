"""The limits of each region's portfolio side by side, and what more of the binding ones brings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.report.resources import amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import RegionSummary, ResourceUse
    from generator.report.comparison.row import Regions
    from generator.report.voice import Voice

_NAMED = 3


def limit_fields(found: Regions) -> dict[str, object]:
    """The `limits` fields: share of each limit that the portfolio takes, and what binds where."""
    resources = tuple(dict.fromkeys(one.resource for region in found.all for one in region.limits))
    return {
        "sentence": _sentence(found),
        "resources": [found.voice.say(f"resource.{name}") for name in resources],
        "rows": found.rows(
            lambda region: _row(region, resources, found.voice),
            lambda own: _of_group(own, resources, found.voice),
        ),
    }


def binding(region: RegionSummary) -> list[ResourceUse]:
    """The limits that keep a region from more benefit, each on its own."""
    return [one for one in region.limits if one.is_binding]


def _row(region: RegionSummary, resources: Sequence[str], voice: Voice) -> dict[str, object]:
    own = {one.resource: one for one in region.limits}
    return {
        "cells": [_mark(own.get(name), voice) for name in resources],
        "more": _more(region, voice),
    }


def _of_group(
    own: Sequence[RegionSummary], resources: Sequence[str], voice: Voice
) -> dict[str, object]:
    """In how many of a group's regions each limit binds."""
    counted = Counter(one.resource for region in own for one in binding(region))
    cells = [
        {
            "text": voice.percent(counted[name] / len(own)),
            "word": voice.say("limit.binds"),
            "band": "conditional" if counted[name] else "absent",
        }
        for name in resources
    ]
    return {"cells": cells, "more": [voice.dash]}


def _mark(one: ResourceUse | None, voice: Voice) -> dict[str, str]:
    """How much of a limit is taken; a limit of nothing is taken in full or not at all."""
    if one is None or one.limit is None:
        return {"text": voice.dash, "word": voice.say("limit.none"), "band": "absent"}
    share = one.used / one.limit if one.limit else float(one.used > 0)
    word = voice.say("limit.binds" if one.is_binding else "limit.room")
    return {
        "text": voice.percent(share), "word": word,
        "band": "conditional" if one.is_binding else "absent",
    }  # fmt: skip


def _more(region: RegionSummary, voice: Voice) -> list[str]:
    """What the least further amount of each binding limit brings in."""
    parts = []
    for one in binding(region):
        word = voice.say(f"resource.{one.resource}")
        if one.next_extra is None:
            parts.append(voice.say("binding.alone", resource=word))
            continue
        parts.append(
            voice.say(
                "comparison.more", resource=word, uses=voice.uses(one.next_uses, _NAMED),
                limit=amount(one.resource, one.limit or 0.0, voice),
                extra=amount(one.resource, one.next_extra, voice, upward=True),
            )
        )  # fmt: skip
    if not parts and region.is_limited:
        return [voice.say("binding.jointly")]
    return parts or [voice.dash]


def _sentence(found: Regions) -> str:
    """How many regions a limit holds back, and which limit most often."""
    voice = found.voice
    held = [region for region in found.all if binding(region)]
    if not held:
        return voice.sentence("comparison.limits", "comparison.limits_none")
    counted = Counter(one.resource for region in held for one in binding(region))
    return voice.sentence(
        "comparison.limits", "comparison.limits_some", count=len(held), of=len(found.all),
        resources=voice.join(
            voice.say(
                "comparison.limit_count", resource=voice.say(f"resource.{name}"), count=count
            )
            for name, count in counted.most_common()
        ),
    )  # fmt: skip
