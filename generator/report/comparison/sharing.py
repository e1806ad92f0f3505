"""Who could share a platform: planned uses whose cost is of the kind that a platform shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from generator.report.tables import table

if TYPE_CHECKING:
    from generator.model import RegionSummary, Use
    from generator.report.comparison.row import Regions

_NAMED = 6
_LISTED = 12
"""Uses that the table holds."""


class Shared(NamedTuple):
    """A use that several regions of one legal order plan and that can run on one platform."""

    use: Use
    regions: tuple[RegionSummary, ...]


def shared_uses(held: Mapping[str, list[RegionSummary]], found: Regions) -> list[Shared]:
    """Uses with those who could share, the most first; across legal orders nobody can.

    Whether a use can run on a shared platform is what the catalogue says of it.
    """
    known = found.voice.knowledge
    made = []
    for use_id, own in held.items():
        need = known.needs.get(use_id)
        if need is None or not need.on_shared_platform:
            continue
        for order in dict.fromkeys(region.jurisdiction for region in own):
            beside = tuple(region for region in own if region.jurisdiction == order)
            if len(beside) > 1:
                made.append(Shared(known.use(use_id), beside))
    return sorted(made, key=lambda one: -len(one.regions))


def sharing_fields(
    shared: Sequence[Shared], held: Mapping[str, list[RegionSummary]], found: Regions
) -> dict[str, object]:
    """The `shared` fields: the finding, what is not computed, and a row a use."""
    return {
        "sentence": _finding(shared, found),
        "points": [*_spared(shared, found), *_apart(shared, held, found)],
        "rows": table(
            "comparison.shared.rows", (_row(one, found) for one in shared[:_LISTED])
        ),
    }  # fmt: skip


def _finding(shared: Sequence[Shared], found: Regions) -> str:
    """How many uses several regions could run together, and what they cost apart."""
    voice = found.voice
    if not shared:
        return voice.sentence("comparison.shareable", "comparison.shareable_none")
    widest = shared[0]
    return voice.sentence(
        "comparison.shareable", "comparison.shareable",
        uses=voice.plural("comparison.count_uses", len({one.use.use_id for one in shared})),
        widest=voice.name(widest.use.name), count=len(widest.regions),
        regions=found.places(widest.regions),
    )  # fmt: skip


def _spared(shared: Sequence[Shared], found: Regions) -> Iterator[str]:
    """What platforms of one region spare, as computed; that one for several was not computed."""
    voice = found.voice
    if not shared:
        return
    capital = _capital([(one.use, region) for one in shared for region in one.regions], found)
    if capital:
        yield voice.sentence("comparison.built_apart", "comparison.built_apart", capital=capital)
    keep = voice.percent(voice.knowledge.assumed("platform_keep"))
    yield voice.sentence("comparison.not_computed", "comparison.not_computed", keep=keep)
    own = [region for region in found.all if any(region.spared)]
    if own:
        yield voice.sentence(
            "comparison.own_platforms", "comparison.own_platforms",
            regions=found.several(
                [
                    voice.say(
                        "comparison.spared", region=found.name(region),
                        amount=found.voice_of(region).about(max(region.spared)),
                    )
                    for region in sorted(own, key=lambda one: -max(one.spared))
                ]
            ),
        )  # fmt: skip


def _apart(
    shared: Sequence[Shared], held: Mapping[str, list[RegionSummary]], found: Regions
) -> Iterator[str]:
    """Uses that several regions plan, each with a system or a site of its own."""
    listed = {one.use.use_id for one in shared}
    own = [use_id for use_id, regions in held.items() if len(regions) > 1 and use_id not in listed]
    if own:
        yield found.voice.sentence(
            "comparison.own_sites", "comparison.own_sites", uses=found.voice.uses(own, _NAMED)
        )


def _row(one: Shared, found: Regions) -> dict[str, str]:
    voice, use_id = found.voice, one.use.use_id
    first = [region for region in one.regions if use_id in region.waves[0]]
    later = [region for region in one.regions if region not in first]
    return {
        "use": voice.name(one.use.name),
        "count": str(len(one.regions)),
        "first": found.places(first) if first else voice.dash,
        "second": found.places(later) if later else voice.dash,
        "conditions": voice.several(_conditions(one, found), _NAMED),
        "capital": _capital([(one.use, region) for region in one.regions], found)
        or voice.say("comparison.currencies"),
    }


def _capital(projects: Sequence[tuple[Use, RegionSummary]], found: Regions) -> str:
    """What projects cost where each is built by itself; empty where currencies differ."""
    money = found.common_money([region for _, region in projects])
    if money is None:
        return ""
    voice = replace(found.voice, currencies=money)
    return voice.about(sum(region.uses[use.use_id].capital for use, region in projects))


def _conditions(one: Shared, found: Regions) -> list[str]:
    """Activities of the use that the same rules put under conditions in all of these regions."""
    known = found.voice.knowledge
    held = [
        set(law.of_use(one.use.use_id).items()) for law in {region.law for region in one.regions}
    ]
    same = {key for key, (effect, *_) in set.intersection(*held) if effect == "conditional"}
    return [
        found.voice.name(known.activities[key].name)
        for key in one.use.regulated_activities
        if key in same
    ]
