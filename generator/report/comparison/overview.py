"""Each region in one row: what comes first there, what it has, how far its data carry."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from generator.model import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import RegionSummary
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
_BANDS = {"high": "permitted", "moderate": "conditional", "low": "not_viable"}


def overview_fields(found: Regions) -> dict[str, object]:
    """The fields of both tables with one row a region, and the figures of all together."""
    return {
        "overview": found.rows(lambda region: _first(region, found), lambda own: _most(own, found)),
        "figures": found.rows(
            lambda region: _figures(region, found), lambda own: _sums(own, found.voice)
        ),
        "total": {
            "region": found.voice.say("comparison.total", count=len(found.all)),
            **_sums(found.all, found.voice),
        },
    }


def _first(region: RegionSummary, found: Regions) -> dict[str, object]:
    voice, known = found.voice, region.confidence
    row: dict[str, object] = {"code": region.code, "order": _order(region, found)}
    for category in LISTS:
        own = region.shortlist[category]
        row[category] = voice.use(own[0]) if own else voice.dash
        row[f"{category}_count"] = str(len(own))
    row |= {
        "launched": str(sum(1 for use in region.uses.values() if use.is_selected)),
        "capex": found.voice_of(region).money(*region.capex) if region.capex[1] else voice.dash,
        "jobs": voice.span(*region.jobs) if region.jobs[1] else voice.dash,
        "coverage": voice.say("percent", value=voice.whole(known.coverage_pct)),
        "illustrative": voice.say("percent", value=voice.whole(known.illustrative_pct)),
        "confidence": voice.say(f"confidence.{known.level}"),
        "confidence_band": _BANDS[known.level],
    }
    return row


def _order(region: RegionSummary, found: Regions) -> str:
    """The legal order; empty where all regions share one."""
    is_mixed = any(one.jurisdiction != region.jurisdiction for one in found.all)
    order = found.voice.knowledge.jurisdictions[region.jurisdiction]
    return found.voice.name(order.name) if is_mixed else ""


def _most(own: Sequence[RegionSummary], found: Regions) -> dict[str, object]:
    """A group: what is first most often, medians of counts and shares, sums of money and jobs."""
    voice = found.voice

    def middle(values: Iterable[float]) -> str:
        return voice.number(median(values), 1)

    row: dict[str, object] = {"code": voice.dash, "order": ""}
    for category in LISTS:
        lists = [region.shortlist[category] for region in own]
        first = Counter(ids[0] for ids in lists if ids).most_common(1)
        row[category] = voice.use(first[0][0]) if first else voice.dash
        row[f"{category}_count"] = middle(len(ids) for ids in lists)
    launched = [sum(use.is_selected for use in region.uses.values()) for region in own]
    capex, jobs = (
        tuple(sum(getattr(one, name)[end] for one in own) for end in (0, 1))
        for name in ("capex", "jobs")
    )
    known = [region.confidence for region in own]
    level = Counter(one.level for one in known).most_common(1)[0][0]
    return row | {
        "launched": middle(launched),
        "capex": _sum_of_money(capex, own, found),
        "jobs": voice.span(*jobs) if jobs[1] else voice.dash,
        "coverage": voice.say("percent", value=middle(one.coverage_pct for one in known)),
        "illustrative": voice.say("percent", value=middle(one.illustrative_pct for one in known)),
        "confidence": voice.say(f"confidence.{level}"),
        "confidence_band": _BANDS[level],
    }


def _sum_of_money(capex: tuple[float, ...], own: Sequence[RegionSummary], found: Regions) -> str:
    """Capital of a group in its currency; amounts in several currencies are not added up."""
    money = found.common_money(own)
    if money is None:
        return found.voice.say("comparison.currencies")
    voice = replace(found.voice, currencies=money)
    return voice.money(capex[0], capex[1]) if capex[1] else voice.dash


def _figures(region: RegionSummary, found: Regions) -> dict[str, object]:
    row: dict[str, object] = {
        name: found.voice.number(_figure(region, role, found.voice), 2)
        for role, name in FIGURES.items()
    }
    price = found.voice.knowledge.in_role(_NOT_ADDED)
    if price is None:
        return row
    shown = found.voice_of(region).amount(
        region.figures.get(price.criterion_id), price.criterion_id
    )
    return row | {FIGURES[_NOT_ADDED]: shown}


def _figure(region: RegionSummary, role: str, voice: Voice) -> float | None:
    """A region's value of the criterion in a role, None while unknown."""
    criterion = voice.knowledge.in_role(role)
    return region.figures.get(criterion.criterion_id) if criterion else None


def _sums(own: Sequence[RegionSummary], voice: Voice) -> dict[str, object]:
    """Sums over regions; where one is unknown, what the others secure. Prices are not added."""
    row: dict[str, object] = {}
    for role, name in FIGURES.items():
        values = [_figure(region, role, voice) for region in own]
        known = [value for value in values if value is not None]
        if not known or role == _NOT_ADDED:
            row[name] = voice.dash
            continue
        shown = voice.number(sum(known), 2)
        row[name] = shown if len(known) == len(values) else voice.say("at_least", value=shown)
    return row
