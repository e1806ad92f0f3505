"""Each region in one row: its programme, where it sees most value, what it has, how far data carry."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from generator.model import LISTS, Cell
from generator.report.tables import row, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.model import Effects, RegionSummary, Row
    from generator.report.comparison.row import Regions
    from generator.report.voice import Voice

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
_NOT_ADDED = "power_price"
_WAVES = ("first", "second")
_EFFECTS = {"jobs": 1, "power": 2, "served": 0}
"""Effects that programmes are compared by, with their decimals."""
_NAMED = 3
_BANDS = {"high": "permitted", "moderate": "conditional", "low": "not_viable"}


def overview_fields(found: Regions) -> dict[str, object]:
    """The fields of the tables with one row a region, and the figures of all together."""
    return {
        "overview": table(
            "comparison.overview",
            found.rows(
                lambda region: _programme(region, found), lambda own: _programmes(own, found)
            ),
        ),
        "value": table(
            "comparison.value",
            found.rows(
                lambda region: _lists(region, found.voice), lambda own: _lists_of(own, found.voice)
            ),
        ),
        "figures": table("comparison.figures", _key_figures(found)),
    }


def _key_figures(found: Regions) -> Iterator[Row]:
    """A row a region or group, then all together."""
    yield from found.rows(
        lambda region: row(_figures(region, found)), lambda own: row(_sums(own, found.voice))
    )
    everywhere = found.voice.say("comparison.total", count=len(found.all))
    yield row({"region": everywhere, **_sums(found.all, found.voice)}, "total")


def _programme(region: RegionSummary, found: Regions) -> Row:
    """What a region does first and next, what that brings and costs, how far its data carry."""
    voice, known = found.voice, region.confidence
    own = found.voice_of(region)
    return row(
        {
            "code": region.code,
            "order": _order(region, found),
            **{
                name: voice.join(voice.use(use_id) for use_id in uses) or voice.dash
                for name, uses in zip(_WAVES, region.waves, strict=True)
            },
            **_effects(region.first, region.second, voice),
            "capital": _two((own.millions(part) if part else "" for part in region.capital), voice),
            "coverage": voice.say("percent", value=voice.whole(known.coverage_pct)),
            "illustrative": voice.say("percent", value=voice.whole(known.illustrative_pct)),
            "confidence": Cell(voice.say(f"confidence.{known.level}"), _BANDS[known.level]),
        }
    )


def _effects(first: Effects, second: Effects, voice: Voice) -> dict[str, str]:
    """Each main effect of the first wave, and what the second adds."""
    return {
        name: _two(
            (
                voice.number(effects[name], decimals) if effects.get(name) else ""
                for effects in (first, second)
            ),
            voice,
        )
        for name, decimals in _EFFECTS.items()
    }


def _two(amounts: Iterable[str], voice: Voice) -> str:
    """An amount of the first wave with that of the second; a dash where neither has any."""
    first, second = amounts
    if not second:
        return first or voice.dash
    return voice.say("comparison.both_waves", first=first or "0", second=second)


def _lists(region: RegionSummary, voice: Voice) -> Row:
    """How many uses each shortlist holds, and those of the greatest value alone."""
    cells = {"code": region.code}
    for category in LISTS:
        own = region.shortlist[category]
        cells[f"{category}_count"] = str(len(own))
        cells[category] = voice.several([voice.use(use_id) for use_id in own[:_NAMED]], _NAMED)
    return row(cells)


def _lists_of(own: Sequence[RegionSummary], voice: Voice) -> Row:
    """A group: the median count, and the use that is most often first."""
    cells = {"code": voice.dash}
    for category in LISTS:
        lists = [region.shortlist[category] for region in own]
        first = Counter(ids[0] for ids in lists if ids).most_common(1)
        cells[f"{category}_count"] = voice.number(median(len(ids) for ids in lists), 1)
        cells[category] = voice.use(first[0][0]) if first else voice.dash
    return row(cells)


def _order(region: RegionSummary, found: Regions) -> str:
    """The legal order; empty where all regions share one."""
    is_mixed = any(one.jurisdiction != region.jurisdiction for one in found.all)
    order = found.voice.knowledge.jurisdictions[region.jurisdiction]
    return found.voice.name(order.name) if is_mixed else ""


def _programmes(own: Sequence[RegionSummary], found: Regions) -> Row:
    """A group: the uses most often in each wave, sums of effects and money, medians of shares."""
    voice = found.voice
    known = [region.confidence for region in own]
    level = Counter(one.level for one in known).most_common(1)[0][0]
    cells: dict[str, str | Cell] = {"code": voice.dash, "order": ""}
    for place, name in enumerate(_WAVES):
        counted = Counter(use_id for region in own for use_id in region.waves[place])
        cells[name] = voice.join(
            voice.say("comparison.wide", use=voice.use(use_id), count=count)
            for use_id, count in counted.most_common(_NAMED)
        ) or voice.dash  # fmt: skip
    first, second = (
        {name: sum(getattr(one, wave).get(name, 0.0) for one in own) for name in _EFFECTS}
        for wave in ("first", "second")
    )
    return row(
        cells
        | {
            **_effects(first, second, voice),
            "capital": _sum_of_money(own, found),
            "coverage": voice.say(
                "percent", value=voice.number(median(one.coverage_pct for one in known), 1)
            ),
            "illustrative": voice.say(
                "percent", value=voice.number(median(one.illustrative_pct for one in known), 1)
            ),
            "confidence": Cell(voice.say(f"confidence.{level}"), _BANDS[level]),
        }
    )


def _sum_of_money(own: Sequence[RegionSummary], found: Regions) -> str:
    """Capital of a group in its currency; amounts in several currencies are not added up."""
    money = found.common_money(own)
    if money is None:
        return found.voice.say("comparison.currencies")
    voice = replace(found.voice, currencies=money)
    parts = [sum(region.capital[place] for region in own) for place in (0, 1)]
    return _two((voice.millions(part) if part else "" for part in parts), voice)


def _figures(region: RegionSummary, found: Regions) -> dict[str, str]:
    cells = {
        name: found.voice.number(_figure(region, role, found.voice), 2)
        for role, name in FIGURES.items()
    }
    price = found.voice.knowledge.in_role(_NOT_ADDED)
    if price is None:
        return cells
    shown = found.voice_of(region).amount(
        region.figures.get(price.criterion_id), price.criterion_id
    )
    return cells | {FIGURES[_NOT_ADDED]: shown}


def _figure(region: RegionSummary, role: str, voice: Voice) -> float | None:
    """A region's value of the criterion in a role, None while unknown."""
    criterion = voice.knowledge.in_role(role)
    return region.figures.get(criterion.criterion_id) if criterion else None


def _sums(own: Sequence[RegionSummary], voice: Voice) -> dict[str, str]:
    """Sums over regions; where one is unknown, what the others secure. Prices are not added."""
    cells: dict[str, str] = {}
    for role, name in FIGURES.items():
        values = [_figure(region, role, voice) for region in own]
        known = [value for value in values if value is not None]
        if not known or role == _NOT_ADDED:
            cells[name] = voice.dash
            continue
        shown = voice.number(sum(known), 2)
        cells[name] = shown if len(known) == len(values) else voice.say("at_least", value=shown)
    return cells
