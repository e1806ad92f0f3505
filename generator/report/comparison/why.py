"""Why a use is in the programme of one region and not of another, from what each is known to lack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

from generator.model import LISTS, RegionSummary, Requirement

if TYPE_CHECKING:
    from generator.report.comparison.row import Regions

_NAMED = 2
"""Criteria and reasons that one clause names."""
Kind = Literal[
    "absent", "barred", "open", "missed", "signature", "unknown", "weak", "left", "requires",
    "place", "supply",
]  # fmt: skip

_BY_LIST: Mapping[str, Kind] = {
    "barred": "barred",
    "law_not_checked": "open",
    "prepare": "signature",
}
"""What the list that a use stands on says of it."""
_BY_CRITERIA = frozenset({"missed", "unknown"})
"""Kinds of reason that name the criteria behind them."""


class Reason(NamedTuple):
    """What keeps a use out of a programme."""

    kind: Kind
    criteria: tuple[str, ...] = ()
    """Those whose minimum is missed, or that nobody gave."""


def held_in(found: Regions) -> dict[str, list[RegionSummary]]:
    """Uses in the programme of any region with these regions, the most widely held first."""
    held: dict[str, list[RegionSummary]] = {}
    for use in found.voice.knowledge.uses:
        own = [region for region in found.all if planned(region, use.use_id)]
        if use.category in LISTS and own:
            held[use.use_id] = own
    return dict(sorted(held.items(), key=lambda pair: -len(pair[1])))


def planned(region: RegionSummary, use_id: str) -> bool:
    """Whether either wave of the region holds the use."""
    return any(use_id in wave for wave in region.waves)


def reason(region: RegionSummary, use_id: str, found: Regions) -> Reason:
    """Why the programme of the region does not hold the use."""
    use = region.uses.get(use_id)
    if use is None:
        # The catalogue does not have the use there, which is no word of the law.
        return Reason("barred" if region.law.status(use_id) == "prohibited" else "absent")
    if use.listed in _BY_LIST:
        return Reason(_BY_LIST[use.listed])
    if use.listed == "shortlist":
        return Reason(use.kept or "left", use.kept_by)
    needs = [need for need in found.voice.knowledge.requirements[use_id] if need.hard_minimum]
    if use.viability == "not_viable":
        below = [need.criterion_id for need in needs if _is_below(region, need, found)]
        return Reason("missed", tuple(below))
    if use.viability == "cannot_be_cleared":
        blank = [need.criterion_id for need in needs if use.values.get(need.criterion_id) is None]
        return Reason("unknown", tuple(blank))
    return Reason("weak")


def _is_below(region: RegionSummary, need: Requirement, found: Regions) -> bool:
    """Whether a minimum is missed; one at the price level of the place is told by its share alone."""
    own = region.uses[need.use_id]
    value = own.values.get(need.criterion_id)
    if value is None or own.partials.get(need.criterion_id) != 0:
        return False
    if found.voice.knowledge.criteria[need.criterion_id].by_price_level:
        return True
    sign = 1 if need.direction == "higher_better" else -1
    return value * sign < need.minimum * sign


def own_reason(region: RegionSummary, held: dict[str, list[RegionSummary]], found: Regions) -> str:
    """What sets a programme apart: the use that fewest others hold, and the widest one it lacks."""
    return found.voice.run_on((*_rarest(region, held, found), *_lacking(region, held, found)))


def _rarest(
    region: RegionSummary, held: dict[str, list[RegionSummary]], found: Regions
) -> Iterator[str]:
    """The use that fewest others hold, one of the first wave before one of the second, and why."""
    voice, count = found.voice, len(found.all)
    by_wave = ([one for one in wave if len(held[one]) < count] for wave in region.waves)
    rare = next(filter(None, by_wave), None)
    if rare is None:
        return
    use_id = min(rare, key=lambda one: len(held[one]))
    own = held[use_id]
    others = [one for one in found.all if one not in own]
    yield voice.say(
        "comparison.why.only" if len(own) == 1 else "comparison.why.few",
        use=voice.use(use_id), count=len(own), of=count, reasons=reasons(use_id, others, found),
    )  # fmt: skip


def _lacking(
    region: RegionSummary, held: dict[str, list[RegionSummary]], found: Regions
) -> Iterator[str]:
    """The use that most others hold and this region does not, and why."""
    voice = found.voice
    for use_id, own in held.items():
        if len(own) * 2 > len(found.all) - 1 and len(own) > 1 and region not in own:
            kept = reason(region, use_id, found)
            yield voice.say(
                "comparison.why.without", use=voice.use(use_id), count=len(own),
                reason=voice.say(f"comparison.lacks.{_word(kept)}", criteria=_named(kept, found)),
            )  # fmt: skip
            return


def reasons(use_id: str, regions: Sequence[RegionSummary], found: Regions) -> str:
    """Why these regions do not plan a use, those that lack the same together."""
    alike: dict[Reason, list[RegionSummary]] = defaultdict(list)
    for region in regions:
        alike[reason(region, use_id, found)].append(region)
    ordered = sorted(alike.items(), key=lambda pair: -len(pair[1]))
    said = [
        found.voice.say(
            f"comparison.kept_out.{_word(kept)}",
            places=found.names(own),
            criteria=_named(kept, found),
        )
        for kept, own in ordered[:_NAMED]
    ]
    return reduce(
        lambda first, second: found.voice.say(
            "comparison.kept_out.between", first=first, second=second
        ),
        said,
    )


def _word(kept: Reason) -> str:
    """The kind of a reason; another where it would name criteria and there are none."""
    return (
        f"{kept.kind}_somewhere" if kept.kind in _BY_CRITERIA and not kept.criteria else kept.kind
    )


def _named(kept: Reason, found: Regions) -> str:
    known = found.voice.knowledge.criteria
    return found.voice.join(
        found.voice.name(known[one].name) for one in kept.criteria[:_NAMED]
    )  # fmt: skip


def use_rows(
    held: dict[str, list[RegionSummary]], most: int, found: Regions
) -> Iterator[dict[str, str]]:
    """A row a use: how many programmes hold it, and what keeps it out of the others."""
    voice = found.voice
    for use_id, own in list(held.items())[:most]:
        others = Counter(
            reason(region, use_id, found).kind for region in found.all if region not in own
        )
        yield {
            "use": voice.use(use_id),
            "first": str(sum(1 for region in own if use_id in region.waves[0])),
            "count": str(len(own)),
            "others": voice.clauses(
                voice.say(f"comparison.kept_out_count.{kind}", count=count)
                for kind, count in others.most_common()
            )
            or voice.dash,
        }


def most_frequent(held: dict[str, list[RegionSummary]], found: Regions) -> tuple[Kind, int, int]:
    """What most often keeps a use that some region plans out of another: kind, times, of all."""
    kinds = Counter(
        reason(region, use_id, found).kind
        for use_id, own in held.items()
        for region in found.all
        if region not in own
    )
    if not kinds:
        return "left", 0, 0
    kind, times = kinds.most_common(1)[0]
    return kind, times, sum(kinds.values())
