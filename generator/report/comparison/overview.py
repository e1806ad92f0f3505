"""Each region in one row: what comes first there, what it has, how far its data carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS

if TYPE_CHECKING:
    from generator.model import RegionSummary
    from generator.report.comparison.row import Regions

FIGURES = {
    "spare_grid_mw": "spare_mw",
    "it_load_mw": "it_load_mw",
    "racks_available": "racks",
    "dev_fte": "developers",
    "ops_fte": "operations",
    "technician_fte": "technicians",
    "power_price": "price",
}
"""Key criterion to the name of its column."""
_NOT_ADDED = "power_price"
_BANDS = {"high": "permitted", "moderate": "conditional", "low": "not_viable"}


def overview_fields(found: Regions) -> dict[str, object]:
    """The fields of both tables with one row a region, and the figures of all together."""
    return {
        "overview": found.rows(lambda region: _first(region, found)),
        "figures": found.rows(lambda region: _figures(region, found)),
        "total": _total(found),
    }


def _first(region: RegionSummary, found: Regions) -> dict[str, object]:
    voice, known = found.voice, region.confidence
    is_mixed = len({one.jurisdiction for one in found.all}) > 1
    order = voice.knowledge.jurisdictions[region.jurisdiction]
    row: dict[str, object] = {
        "code": region.code,
        "order": voice.name(order.name) if is_mixed else "",
    }
    for category in LISTS:
        own = region.shortlist[category]
        row[category] = voice.use(own[0]) if own else voice.dash
        row[f"{category}_count"] = str(len(own))
    row |= {
        "launched": str(sum(1 for use in region.uses.values() if use.is_selected)),
        "capex": voice.money(*region.capex) if region.capex[1] else voice.dash,
        "jobs": voice.span(*region.jobs) if region.jobs[1] else voice.dash,
        "coverage": voice.say("percent", value=voice.whole(known.coverage_pct)),
        "illustrative": voice.say("percent", value=voice.whole(known.illustrative_pct)),
        "confidence": voice.say(f"confidence.{known.level}"),
        "confidence_band": _BANDS[known.level],
    }
    return row


def _figures(region: RegionSummary, found: Regions) -> dict[str, object]:
    return {name: found.voice.number(region.figures.get(key), 2) for key, name in FIGURES.items()}


def _total(found: Regions) -> dict[str, object]:
    """Sums over the regions; where one is unknown, what the others secure."""
    voice = found.voice
    row: dict[str, object] = {
        "region": voice.say("comparison.total", count=len(found.all)),
        "price": voice.dash,
    }
    for key, name in FIGURES.items():
        values = [region.figures.get(key) for region in found.all]
        known = [value for value in values if value is not None]
        if key == _NOT_ADDED:
            continue
        shown = voice.number(sum(known), 2) if known else voice.dash
        is_bound = known and len(known) < len(values)
        row[name] = voice.say("at_least", value=shown) if is_bound else shown
    return row
