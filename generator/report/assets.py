"""The region's assets as tables, every number with its grade, date and cell; each register in one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.model import Label
from generator.report.idle import near_rows
from generator.report.money import word
from generator.report.registers import register_rows

if TYPE_CHECKING:
    from generator.model import (
        Assessment,
        Fact,
        GridFactor,
        IndustryRow,
        Institution,
        PowerPoint,
        Region,
    )
    from generator.report.voice import Voice


_LARGEST = 10
_HALL = "hall"
"""The room of a site that a register adds up."""
_SCALES = {"gdp": 1e9, "fiscal_revenue": 1e9, "port_throughput": 1e6}
"""What the form counts in."""


def asset_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `assets` fields of a template, one list per register."""
    region = assessment.region
    points = [row for row in region.power if row.kind == "connection point"]
    plants = [row for row in region.power if row.kind != "connection point"]
    shown = min(_LARGEST, len(region.industry))
    return {
        "registers": register_rows(region, voice, _firm(assessment)),
        "near": near_rows(assessment, voice),
        "figures": _figures(assessment, voice),
        "points": [_point(row, voice) for row in points],
        "points_note": _points_note(assessment, voice) if points else "",
        "plants": [_plant(row, voice) for row in plants],
        "plants_note": voice.say("assets.plants_note") if plants else "",
        "data_centres": _data_centres(region, voice),
        "workforce": _workforce(region, voice),
        "links": _links(region, voice),
        "industry": _industry(region, voice),
        "industry_note": voice.say("assets.industry_note", count=shown) if shown else "",
        "institutions": _institutions(assessment, voice),
        "sites": _sites(region, voice),
    }


def _firm(assessment: Assessment) -> dict[str, float]:
    """What the plan counts of connection points and of halls, at the low ends of their ranges."""
    inputs = assessment.programme.choice_inputs
    return {
        "points": inputs.spare_mw,
        "sites": sum(one.rooms.get(_HALL, 0.0) for one in inputs.sites),
    }


def _trace(fact: Fact, voice: Voice) -> dict[str, str]:
    """Grade, date and cell of a row's main number."""
    return {
        "grade": fact.grade,
        "as_of": voice.period(fact.as_of),
        "cell": voice.cells(fact.origins),
    }


def _figures(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    region = assessment.region
    facts = {key: fact for key, fact in region.figures.items() if fact.value is not None}
    rows: list[dict[str, object]] = [
        {
            "name": voice.say(f"figure.{key}"),
            "value": figure_amount(key, fact.value or 0.0, region.currency, voice),
            "source": voice.source(fact),
            **_trace(fact, voice),
        }
        for key, fact in facts.items()
    ]
    published = _published_factor(assessment)
    if published and "grid_factor" not in facts:
        rows.append(
            {
                "name": voice.say("figure.grid_factor_published", place=voice.name(published.name)),
                "value": voice.amount_in("carbon", published.factor.value),
                "source": voice.source(published.factor),
                **_trace(published.factor, voice),
            }
        )
    return rows


def figure_amount(key: str, value: float, currency: str, voice: Voice) -> str:
    """A single figure of the Region sheet with its unit, money in the region's currency."""
    if key == "in_national_hub":
        return voice.say("flag.yes" if value else "flag.no")
    shown = voice.large(value, _SCALES.get(key, 1))
    return voice.say(f"figure_unit.{key}", value=shown, currency=word(currency, voice))


def _published_factor(assessment: Assessment) -> GridFactor | None:
    """The published emission factor that the scores rest on, if they rest on one."""
    for use in assessment.readiness.uses.values():
        for part in use.contributions:
            if part.value.published is not None:
                return part.value.published
    return None


def _points_note(assessment: Assessment, voice: Voice) -> str:
    """The spare capacity as each list of uses counts it."""
    values = {
        part.value.rule: part.value.fact.value
        for use in assessment.readiness.uses.values()
        for part in use.contributions
        if voice.knowledge.is_in_role(part.requirement.criterion_id, "grid_mw")
    }
    total, largest = values.get("sum_existing_points"), values.get("max_existing_point")
    if total is None or largest is None:
        return voice.sentence("assets.points", "assets.points_unknown")
    return voice.sentence(
        "assets.points", "assets.points_note", amount=voice.amount_in("grid_mw", total),
        largest=voice.amount_in("grid_mw", largest),
    )  # fmt: skip


def _data_centres(region: Region, voice: Voice) -> list[dict[str, object]]:
    return [
        {
            "name": voice.name(row.name),
            "it_total": voice.number(row.it_load_mw_total.value),
            "it_free": voice.number(row.it_load_mw_free.value),
            "racks_free": voice.number(row.racks_free.value),
            "tier": voice.number(row.tier.value)
            if row.tier.value is not None or not row.gb50174_grade
            else voice.choice("gb50174_grade", row.gb50174_grade),
            "availability": voice.number(row.availability.value),
            "pue": voice.number(row.pue.value),
            **_trace(row.it_load_mw_free, voice),
        }
        for row in region.data_centres
    ]


def _point(row: PowerPoint, voice: Voice) -> dict[str, object]:
    return {
        "name": voice.name(row.name),
        "voltage": voice.number(row.voltage_kv.value),
        "capacity": voice.number(row.capacity_mw.value),
        "spare": voice.number(row.spare_mw.value),
        "price": voice.number(row.price.value),
        "status": voice.choice("asset_status", row.status),
        **_trace(row.spare_mw, voice),
    }


def _plant(row: PowerPoint, voice: Voice) -> dict[str, object]:
    return {
        "name": voice.name(row.name),
        "kind": voice.choice("power_kind", row.kind),
        "capacity": voice.number(row.capacity_mw.value),
        "status": voice.choice("asset_status", row.status),
        "source": voice.source(row.capacity_mw),
        **_trace(row.capacity_mw, voice),
    }


def _workforce(region: Region, voice: Voice) -> list[dict[str, object]]:
    return [
        {
            "role": voice.name(row.role),
            "group": voice.choice("counts_towards", row.counts_towards),
            "headcount": voice.number(row.headcount.value),
            "available": voice.number(row.available_fte.value),
            **_trace(row.available_fte, voice),
        }
        for row in region.workforce
    ]


def _links(region: Region, voice: Voice) -> list[dict[str, object]]:
    return [
        {
            "name": voice.name(row.name),
            "to": voice.name(row.to),
            "carriers": voice.number(row.carriers.value),
            "gbps": voice.number(row.backbone_gbps.value),
            "latency": voice.number(row.latency_ms.value),
            **_trace(row.backbone_gbps, voice),
        }
        for row in region.connectivity
    ]


def _industry(region: Region, voice: Voice) -> list[dict[str, object]]:
    """The largest divisions with their location quotients over all listed divisions."""
    known = [
        row
        for row in region.industry
        if row.employment.value is not None and row.employment_reference.value is not None
    ]
    local = sum(row.employment.value or 0.0 for row in known)
    reference = sum(row.employment_reference.value or 0.0 for row in known)
    largest = sorted(region.industry, key=lambda row: -(row.employment.value or 0.0))[:_LARGEST]
    return [
        {
            "name": voice.name(row.name) if row.name else row.code,
            "code": row.code,
            "employment": voice.number(row.employment.value),
            "year": str(int(row.year.value)) if row.year.value else voice.dash,
            "lq": voice.number(_quotient(row, local, reference), 2),
            **_trace(row.employment, voice),
        }
        for row in largest
    ]


def _quotient(row: IndustryRow, local: float, reference: float) -> float | None:
    own, there = row.employment.value, row.employment_reference.value
    if own is None or not there or not local:
        return None
    return (own / local) / (there / reference)


def _institutions(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """For each proposed use: who has signed, who is in talks, and the rows that say so."""
    uses = {use.use_id: use.name for use in voice.knowledge.uses}
    near = {
        use_id
        for lists in (assessment.readiness.shortlist, assessment.readiness.prepare)
        for ids in lists.values()
        for use_id in ids
    }
    by_use: dict[str, list[Institution]] = {}
    for row in assessment.region.institutions:
        if row.use in near or not near:
            by_use.setdefault(row.use, []).append(row)

    def named(rows: Sequence[Institution], *statuses: str) -> str:
        names = [
            voice.say(
                "institution_intent" if row.status == "intent" else "institution",
                name=voice.name(row.name), type=voice.choice("institution_type", row.type),
            )
            for status in statuses
            for row in rows
            if row.status == status
        ]  # fmt: skip
        return voice.join(names) or voice.dash

    return [
        {
            "use": voice.name(uses.get(use_id, Label())),
            "signed": named(rows, "signed"),
            "talks": named(rows, "intent", "talks"),
            "grade": max(row.grade or "D" for row in rows),
            "cell": voice.plural(
                "rows",
                len(rows),
                sheet=rows[0].origin.sheet,
                rows=voice.join(row.origin.cell for row in rows),
            ),
        }
        for use_id, rows in sorted(by_use.items())
    ]


def _sites(region: Region, voice: Voice) -> list[dict[str, object]]:
    def described(labels: Sequence[Label]) -> str:
        texts = [label.text(voice.language) for label in labels if label]
        return voice.clauses(texts) or voice.dash

    return [
        {
            "name": voice.name(row.name),
            "former_use": voice.choice("former_use", row.former_use),
            "closed_on": voice.date(row.closed_on),
            "land_use": voice.choice("land_use", row.land_use),
            "grid_mva": voice.number(row.grid_mva.value),
            "hall_m2": voice.number(row.hall_m2.value),
            "road_km": voice.number(row.road_km.value),
            "port_km": voice.number(row.port_km.value),
            "water": voice.number(row.water_m3_day.value),
            "state": described((row.building_state, row.cooling, row.equipment)),
            "evidence": voice.name(row.load_not_mining_evidence),
            **_trace(row.grid_mva, voice),
        }
        for row in region.sites
    ]
