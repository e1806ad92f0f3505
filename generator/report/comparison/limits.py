"""The limits of each region's programme side by side, and what more of the binding ones brings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.report.comparison.readiness import marked
from generator.report.limits import amount
from generator.report.tables import row, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Cell, LimitUse, RegionSummary, Row
    from generator.report.comparison.row import Regions
    from generator.report.voice import Voice

_NAMED = 3


def limit_fields(found: Regions) -> dict[str, object]:
    """The `limits` fields: share of each limit that both waves take, and what binds where."""
    resources = tuple(dict.fromkeys(one.resource for region in found.all for one in region.limits))
    return {
        "sentence": _sentence(found),
        "rows": table(
            "comparison.limits.rows",
            found.rows(
                lambda region: _row(region, resources, found.voice),
                lambda own: _of_group(own, resources, found.voice),
            ),
            resources=[found.voice.say(f"resource.{name}") for name in resources],
        ),
    }


def binding(region: RegionSummary) -> list[LimitUse]:
    """The limits that keep a region from a better first wave, each on its own."""
    return [one for one in region.limits if one.is_binding]


def _row(region: RegionSummary, resources: Sequence[str], voice: Voice) -> Row:
    own = {one.resource: one for one in region.limits}
    return row(
        {"more": voice.run_on(_more(region, voice)) or voice.dash},
        resources=(_mark(own.get(name), voice) for name in resources),
    )


def _of_group(own: Sequence[RegionSummary], resources: Sequence[str], voice: Voice) -> Row:
    """In how many of a group's regions each limit binds."""
    counted = Counter(one.resource for region in own for one in binding(region))
    return row(
        {"more": voice.dash},
        resources=(
            marked(
                voice.percent(counted[name] / len(own)),
                voice.say("limit.binds"),
                "conditional" if counted[name] else "absent",
            )
            for name in resources
        ),
    )


def _mark(one: LimitUse | None, voice: Voice) -> Cell:
    """How much of a limit is taken; a limit of nothing is taken in full or not at all."""
    if one is None or one.limit is None:
        return marked(voice.dash, voice.say("limit.none"), "absent")
    used = one.first + one.second
    share = used / one.limit if one.limit else float(used > 0)
    word = voice.say("limit.binds" if one.is_binding else "limit.room")
    return marked(voice.percent(share), word, "conditional" if one.is_binding else "absent")


def _more(region: RegionSummary, voice: Voice) -> list[str]:
    """What the least further amount of each binding limit brings into the first wave."""
    parts = []
    for one in binding(region):
        key = "comparison.more_instead" if one.next_out else "comparison.more"
        parts.append(
            voice.say(
                key,
                resource=voice.say(f"resource.{one.resource}"),
                limit=amount(one.resource, one.limit or 0.0, voice),
                extra=amount(one.resource, one.next_extra or 0.0, voice, upward=True),
                uses=voice.uses(one.next_in, _NAMED),
                out=voice.uses(one.next_out, _NAMED),
            )
        )
    return parts


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
