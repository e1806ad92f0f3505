"""What each region begins with and does next, what that brings and costs, and why they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.report.comparison.opening import only_on_examples
from generator.report.comparison.why import most_frequent, own_reason, use_rows
from generator.report.tables import row, table

if TYPE_CHECKING:
    from generator.model import Cell, Effects, RegionSummary, Row
    from generator.report.comparison.row import Regions
    from generator.report.voice import Voice

_WAVES = ("first", "second")
_EFFECTS = {"jobs": 0, "power": 2, "served": 0}
"""Effects that programmes are compared by, with their decimals."""
_NAMED = 3
_USES = 12
"""Uses whose absence elsewhere a table explains."""
_GRID = "grid_mw"
FIGURES = {
    "grid_mw": "spare_mw",
    "it_load_mw": "it_load_mw",
    "racks": "racks",
    "dev_fte": "developers",
    "ops_fte": "operations",
    "technician_fte": "technicians",
    "power_price": "price",
}
"""Role of a key criterion to the name of its column."""
_Held = dict[str, "list[RegionSummary]"]


def programme_fields(held: _Held, found: Regions) -> dict[str, object]:
    """The `programmes` fields: the finding, and the regions in the tables that their number bears."""
    return {
        "sentence": _finding(found),
        "reason": _reason(held, found),
        "reasons": table(
            "comparison.programmes.reasons",
            (
                {
                    **_named(region, found),
                    "why": own_reason(region, held, found) or found.voice.say("comparison.alike"),
                }
                for region in (found.all if found.is_reasoned and held else ())
            ),
        ),
        "figures": table(
            "comparison.programmes.figures",
            (_figures(region, found) for region in (found.all if found.is_reasoned else ())),
        ),
        "effects": table(
            "comparison.programmes.effects",
            (
                _brought(region, found)
                for region in (found.all if found.is_reasoned else ())
                if any(region.waves)
            ),
        ),
        "rows": table(
            "comparison.programmes.rows",
            ()
            if found.is_reasoned
            else found.rows(lambda region: _short(region, found), lambda own: _group(own, found)),
        ),
        "uses": table(
            "comparison.programmes.uses",
            () if found.is_reasoned else use_rows(held, _USES, found),
        ),
    }


def _finding(found: Regions) -> str:
    """How many regions can begin, what all first waves bring together, where nothing is ready."""
    voice = found.voice
    begun = [region for region in found.all if region.waves[0]]
    idle = [region for region in found.all if not region.waves[0]]
    if not begun:
        return voice.sentence("comparison.first_waves", "comparison.first_waves_none")
    total = {
        name: sum(region.first.get(name, 0.0) for region in begun) for name in _EFFECTS
    }  # fmt: skip
    key = "comparison.first_waves" if idle else "comparison.first_waves_all"
    if only_on_examples(found):
        key = "comparison.first_waves_draft" if idle else "comparison.first_waves_all_draft"
    said = voice.sentence(
        "comparison.first_waves",
        key,
        count=len(begun), of=len(found.all),
        projects=sum(len(region.waves[0]) for region in begun),
        jobs=voice.number(total["jobs"], 0), power=voice.number(total["power"], 2),
        reach=voice.say("comparison.reach", people=voice.large(round(total["served"])))
        if round(total["served"])
        else "",
    )  # fmt: skip
    if not idle:
        return said
    left = voice.sentence("comparison.not_ready", "comparison.not_ready", names=found.names(idle))
    return voice.run_on((said, left))


def _reason(held: _Held, found: Regions) -> str:
    """How many uses all programmes hold and how many only one, and what keeps the others out."""
    voice = found.voice
    if not held:
        return ""
    kind, times, every = most_frequent(held, found)
    common = sum(1 for own in held.values() if len(own) == len(found.all))
    single = sum(1 for own in held.values() if len(own) == 1)
    parts = [
        voice.say("comparison.apart", uses=voice.plural("comparison.count_uses", len(held))),
        voice.plural("comparison.apart_common", common)
        if common
        else voice.say("comparison.apart_common_none"),
        voice.plural("comparison.apart_single", single) if single else "",
    ]
    if every:
        parts.append(
            voice.sentence(
                "comparison.apart_by", f"comparison.apart_by.{kind}",
                share=voice.percent(times / every),
            )
        )  # fmt: skip
    return voice.run_on(parts)


def _named(region: RegionSummary, found: Regions) -> dict[str, str | Cell]:
    """The name of a region and the uses of both waves."""
    voice = found.voice
    return {
        "region": found.name(region),
        "order": _order(region, found),
        **{
            name: voice.join(dict.fromkeys(voice.use(use_id) for use_id in uses))
            or voice.say("comparison.no_use")
            for name, uses in zip(_WAVES, region.waves, strict=True)
        },
    }


def _figures(region: RegionSummary, found: Regions) -> dict[str, str]:
    """What a region has to work with; a dash where it is unknown."""
    voice, known = found.voice, found.voice.knowledge
    cells = {"region": found.name(region)}
    for role, name in FIGURES.items():
        criterion = known.in_role(role)
        value = region.figures.get(criterion.criterion_id) if criterion else None
        cells[name] = (
            found.voice_of(region).amount(value, criterion.criterion_id)
            if criterion and criterion.is_money
            else voice.number(value, 1)
        )
    return cells


def _brought(region: RegionSummary, found: Regions) -> dict[str, str | Cell]:
    """What both waves bring and cost, and the share of example values behind it."""
    voice, known = found.voice, region.confidence
    own = found.voice_of(region)
    return {
        "region": found.name(region),
        **_effects(region.first, region.second, voice),
        "share": _share(region, voice),
        "capital": _two((own.about(part) if part else "" for part in region.capital), voice),
        "illustrative": voice.say("percent", value=voice.whole(known.illustrative_pct)),
    }


def _short(region: RegionSummary, found: Regions) -> Row:
    own = found.voice_of(region)
    named = _named(region, found)
    return row(
        {name: named[name] for name in _WAVES}
        | {
            **_effects(region.first, region.second, found.voice),
            "capital": _two(
                (own.about(part) if part else "" for part in region.capital), found.voice
            ),
        }
    )


def _share(region: RegionSummary, voice: Voice) -> str:
    """What both waves use on average, of the idle capacity."""
    limit = next((one.limit for one in region.limits if one.resource == _GRID), None)
    if not limit:
        return voice.dash
    return voice.percent((region.first.get("power", 0.0) + region.second.get("power", 0.0)) / limit)


def _effects(first: Effects, second: Effects, voice: Voice) -> dict[str, str]:
    """Each main effect of the first wave, and what the second adds."""
    return {
        name: _two(
            (
                _amount(name, decimals, effects, voice) if effects.get(name) else ""
                for effects in (first, second)
            ),
            voice,
        )
        for name, decimals in _EFFECTS.items()
    }


def _amount(name: str, decimals: int, effects: Effects, voice: Voice) -> str:
    """One effect; people in the steps of the language, as they are many."""
    if name == "served":
        return voice.large(round(effects[name]))
    return voice.number(effects[name], decimals)


def _two(amounts: Iterable[str], voice: Voice) -> str:
    """An amount of the first wave with that of the second; a dash where neither has any."""
    first, second = amounts
    if not second:
        return first or voice.dash
    return voice.say("comparison.both_waves", first=first or "0", second=second)


def _order(region: RegionSummary, found: Regions) -> str:
    """The legal order; empty where all regions share one."""
    is_mixed = any(one.jurisdiction != region.jurisdiction for one in found.all)
    order = found.voice.knowledge.jurisdictions[region.jurisdiction]
    return found.voice.name(order.name) if is_mixed else ""


def _group(own: Sequence[RegionSummary], found: Regions) -> Row:
    """A group: the uses most often in each wave, sums of effects and money."""
    voice = found.voice
    cells: dict[str, str | Cell] = {}
    for place, name in enumerate(_WAVES):
        counted = Counter(
            use_id for region in own for use_id in dict.fromkeys(region.waves[place])
        )  # fmt: skip
        cells[name] = voice.join(
            voice.say("comparison.wide", use=voice.use(use_id), count=count)
            for use_id, count in counted.most_common(_NAMED)
        ) or voice.dash  # fmt: skip
    first, second = (
        {name: sum(getattr(one, wave).get(name, 0.0) for one in own) for name in _EFFECTS}
        for wave in _WAVES
    )
    return row(cells | {**_effects(first, second, voice), "capital": _sum_of_money(own, found)})


def _sum_of_money(own: Sequence[RegionSummary], found: Regions) -> str:
    """Capital of a group in its currency; amounts in several currencies are not added up."""
    money = found.common_money(own)
    if money is None:
        return found.voice.say("comparison.currencies")
    voice = replace(found.voice, currencies=money)
    parts = [sum(region.capital[place] for region in own) for place in (0, 1)]
    return _two((voice.about(part) if part else "" for part in parts), voice)
