"""What holds the programmes back, and what a little more of it would bring in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.report.limits import amount, more
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.model import LimitUse, RegionSummary
    from generator.report.comparison.row import Regions

_NAMED = 3


def limit_fields(found: Regions) -> dict[str, object]:
    """The `limits` fields: the finding, and a row for each limit that binds, or for each kind."""
    return {
        "sentence": _sentence(found),
        "rows": table("comparison.limits.rows", _rows(found) if found.is_reasoned else ()),
        "kinds": table("comparison.limits.kinds", () if found.is_reasoned else _kinds(found)),
    }


def binding(region: RegionSummary) -> list[LimitUse]:
    """The limits that keep a region from a better first wave, each on its own."""
    return [one for one in region.limits if one.is_binding]


def _rows(found: Regions) -> Iterator[dict[str, str]]:
    """A row a region and limit: how much there is, and what the least further amount brings."""
    for region in found.all:
        voice = found.voice_of(region)
        for one in binding(region):
            yield {
                "region": found.name(region),
                "resource": voice.say(f"resource.{one.resource}"),
                "limit": amount(one.resource, one.limit or 0.0, voice),
                "more": more(one, voice),
            }


def _kinds(found: Regions) -> Iterator[dict[str, str]]:
    """A row a kind of limit: where it binds, and what more of it most often brings in."""
    voice = found.voice
    held: dict[str, list[RegionSummary]] = {}
    brought: dict[str, Counter[str]] = {}
    for region in found.all:
        for one in binding(region):
            held.setdefault(one.resource, []).append(region)
            brought.setdefault(one.resource, Counter()).update(one.next_in)
    for resource, own in sorted(held.items(), key=lambda pair: -len(pair[1])):
        yield {
            "resource": voice.say(f"resource.{resource}"),
            "count": str(len(own)),
            "regions": found.places(own),
            "uses": voice.join(
                voice.use(use_id) for use_id, _ in brought[resource].most_common(_NAMED)
            )
            or voice.say("comparison.larger"),
        }


def _sentence(found: Regions) -> str:
    """How many regions a limit holds back, and which limit most often."""
    voice = found.voice
    held = [region for region in found.all if binding(region)]
    if not held:
        return voice.sentence("comparison.limits", "comparison.limits_none")
    counted = Counter(one.resource for region in held for one in binding(region))
    return voice.sentence(
        "comparison.limits", voice.plural_key("comparison.limits_some", len(held)),
        count=len(held), of=len(found.all),
        resources=voice.join(
            voice.say(f"resource.{name}")
            if len(held) == 1
            else voice.say(
                "comparison.limit_count", resource=voice.say(f"resource.{name}"), count=count
            )
            for name, count in counted.most_common()
        ),
    )  # fmt: skip
