"""The regional economy beside the programme, in words and tables; its electricity and carbon."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from generator.report.outlay import effect_table, jobs_of, use_row, uses_note, value_added
from generator.report.projects import electricity, ends, megawatts, named, whole

if TYPE_CHECKING:
    from generator.model import Assessment, Diversity, Economy, Energy, ProjectEnergy, ShiftShare
    from generator.report.voice import Voice


_STEP = 0.001
"""The last printed place of the measures of diversity."""
_DECIMALS = 3
_MOVERS = 8
_PARTS = ("change", "national", "mix", "regional")
_INDICES = ("herfindahl", "entropy", "hachman", "krugman")


_ONE = 0.01
"""Shares below are told by their upper end alone: no whole percent stands for them."""


def economy_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `economy` fields: jobs and industries, diversity, change, money, energy and carbon."""
    economy = assessment.economy
    return {
        "jobs": _jobs(assessment, voice),
        "comparison": _comparison(assessment, voice),
        "diversity": _diversity_rows(economy, voice),
        "change": _change(assessment, voice),
        "movers": _movers(economy, voice),
        "movers_note": _movers_note(economy, voice),
        "uses": [use_row(use, voice) for use in economy.uses],
        "effects": effect_table(assessment, voice),
        "uses_note": uses_note(economy, voice),
        "value_added": value_added(assessment, voice),
        "energy": energy_fields(assessment, voice),
    }


def _employed(economy: Economy) -> float:
    return math.fsum(row.employment.value or 0.0 for row in economy.industries)


def _years(years: Iterable[float | None], voice: Voice) -> str:
    known = sorted({int(year) for year in years if year is not None})
    if len(known) < 2:
        return str(known[0]) if known else voice.dash
    return voice.say("span", low=known[0], high=known[-1])


def _share(ends: tuple[float, float], voice: Voice) -> str:
    """A clause on a share; empty for one too small to be told in whole percents."""
    if ends[1] < _ONE:
        return ""
    low, high = voice.percent(ends[0]), voice.percent(ends[1])
    share = low if low == high else voice.say("span.words", low=low, high=high)
    if 0 < ends[0] < _ONE and low != high:
        share = voice.say("share.at_most", high=high)
    return voice.say("economy.jobs_share", share=share)


def _jobs(assessment: Assessment, voice: Voice) -> str:
    """How many jobs, beside how many; or which of the two is missing."""
    economy, found = assessment.economy, assessment.programme
    employed = _employed(economy)
    known = [row for row in economy.industries if row.employment.value is not None]
    if not found.projects:
        return voice.sentence("economy.jobs", "economy.no_programme")
    low, high = jobs_of(assessment.programme.projects)
    jobs, tenants = voice.extent(whole((low, high))), _tenants(assessment, voice)
    if not employed:
        return voice.sentence("economy.jobs", "economy.jobs_only", jobs=jobs, tenants=tenants)
    return voice.sentence(
        "economy.jobs",
        "economy.jobs",
        jobs=jobs,
        tenants=tenants,
        employed=voice.large(employed),
        count=len(known),
        years=_years((row.year.value for row in assessment.region.industry), voice),
        share=_share((low / employed, high / employed), voice),
    )


def _tenants(assessment: Assessment, voice: Voice) -> str:
    """How many of the jobs tenants and clients offer, in brackets; empty for none."""
    own = [one for one in assessment.programme.projects if one.jobs_by != "operator"]
    known = [found for one in own if (found := ends(one.jobs))]
    if not known:
        return ""
    span = math.fsum(low for low, _ in known), math.fsum(high for _, high in known)
    return voice.say("economy.tenants", jobs=voice.extent(whole(span)))


def _comparison(assessment: Assessment, voice: Voice) -> str:
    """How the programme's jobs stand among the existing industries by size; empty where all are larger."""
    economy = assessment.economy
    sizes = [row.employment.value for row in economy.industries if row.employment.value is not None]
    if not assessment.programme.projects or not sizes:
        return ""
    most = jobs_of(assessment.programme.projects)[1]
    smaller = sum(1 for size in sizes if size < most)
    if not smaller:
        return ""
    return voice.sentence(
        "economy.comparison",
        "economy.comparison",
        count=len(sizes),
        smaller=smaller,
        jobs=voice.rounded(most),
    )


def _diversity_rows(economy: Economy, voice: Voice) -> list[dict[str, object]]:
    before, after = economy.before, economy.after
    if before is None:
        return []
    base = before.entropy_base
    shown = voice.say("log.natural") if base == math.e else voice.number(base)
    return [
        {
            "name": voice.say(f"diversity.{index}", base=shown),
            "reading": voice.say(f"diversity_reading.{index}"),
            "before": voice.number(getattr(before, index), _DECIMALS),
            "after": _after(index, before, after, voice),
        }
        for index in _INDICES
    ]


def _after(index: str, before: Diversity, after: Diversity | None, voice: Voice) -> str:
    """The measure with the programme, or that its change is below the printed precision."""
    if after is None:
        return voice.dash
    if not moves(index, before, after):
        return voice.say("diversity.same", step=voice.number(_STEP))
    return voice.number(getattr(after, index), _DECIMALS)


def moves(index: str, before: Diversity, after: Diversity) -> bool:
    """Whether the programme changes a measure by what is printed of it."""
    change: float = getattr(after, index) - getattr(before, index)
    return abs(change) >= _STEP


def _change(assessment: Assessment, voice: Voice) -> str:
    """How many people the industries compared gained or lost, and how many by the region's own course."""
    total = assessment.economy.shift_share
    if total is None:
        return ""
    area = next(
        (row.reference_area for row in assessment.region.industry if row.reference_area), None
    )
    own = total.parts.regional
    return voice.sentence(
        "economy.change",
        "economy.change_fewer" if own < 0 else "economy.change_more",
        before=total.year_before,
        year=total.year,
        area=voice.name(area) if area else voice.say("economy.reference_area"),
        change=_moved(total.parts.change, voice),
        value=voice.number(abs(_whole(own)), 0),
    )


def _moved(value: float, voice: Voice) -> str:
    """A gain or loss of persons in words."""
    key = "persons.fewer" if _whole(value) < 0 else "persons.more"
    return voice.say(key, value=voice.number(abs(_whole(value)), 0))


def _parts(parts: ShiftShare, voice: Voice) -> dict[str, str]:
    return {name: voice.number(_whole(getattr(parts, name)), 0) for name in _PARTS}


def _whole(value: float) -> int:
    return math.floor(value + 0.5)


def _largest(economy: Economy) -> list[tuple[str, ShiftShare]]:
    """The industries that gained or lost most; ties by code."""
    moved = [
        (row.code, row.shift_share) for row in economy.industries if row.shift_share is not None
    ]
    return sorted(moved, key=lambda pair: (-abs(pair[1].change), pair[0]))[:_MOVERS]


def _movers(economy: Economy, voice: Voice) -> list[dict[str, object]]:
    if economy.shift_share is None:
        return []
    names = {row.code: row.name for row in economy.industries}
    rows: list[dict[str, object]] = [
        {"name": voice.name(names[code]) if names[code] else code, **_parts(parts, voice)}
        for code, parts in _largest(economy)
    ]
    count = sum(1 for row in economy.industries if row.shift_share is not None)
    total = voice.say("economy.movers_total", count=count)
    return [*rows, {"name": total, **_parts(economy.shift_share.parts, voice)}]


def _movers_note(economy: Economy, voice: Voice) -> str:
    """Says that the parts are rounded wherever they do not add up as printed."""
    if economy.shift_share is None:
        return ""
    shown = [parts for _, parts in _largest(economy)] + [economy.shift_share.parts]
    adds_up = all(
        _whole(parts.change) == sum(map(_whole, (parts.national, parts.mix, parts.regional)))
        for parts in shown
    )
    rounded = "" if adds_up else voice.say("economy.movers_rounded")
    if not economy.shift_share.left_out:
        return rounded
    codes = voice.several(economy.shift_share.left_out, 6)
    left_out = voice.say("economy.movers_left_out", codes=codes)
    return voice.say("sentences", first=rounded, second=left_out) if rounded else left_out


def energy_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The fields on energy: one row a project with the total last, and what the numbers rest on."""
    projects = assessment.programme.projects
    if not projects:
        return {"rows": [], "notes": [], "former": ""}
    energy = assessment.economy.energy
    rows = [
        {"name": named(one, voice), **_figures(drawn, voice),
         "connection": voice.number(one.connection_mw, 2)}
        for one, drawn in zip(projects, energy.projects, strict=True)
    ]  # fmt: skip
    if len(rows) > 1 and energy.total is not None:
        whole = math.fsum(one.connection_mw for one in projects)
        rows.append(
            {"name": voice.say("energy.total"), **_figures(energy.total, voice),
             "connection": voice.number(whole, 2)}
        )  # fmt: skip
    return {"rows": rows, "notes": _notes(energy, voice), "former": _former(assessment, voice)}


def _figures(drawn: ProjectEnergy, voice: Voice) -> dict[str, str]:
    """Average load, a year's electricity, a job's, and emissions in kt by location and by contract."""
    location, market = (
        voice.dash if one is None else voice.rounded(one / 1000) if one else voice.say("none")
        for one in (drawn.location_t, drawn.market_t)
    )
    return {
        "load": megawatts(drawn.power_mw, voice) if drawn.power_mw else voice.say("none"),
        "electricity": electricity(drawn.electricity_mwh, voice),
        "location": location,
        "market": market,
        "per_job": voice.dash
        if drawn.mwh_per_job is None
        else electricity(drawn.mwh_per_job, voice),
    }


def _notes(energy: Energy, voice: Voice) -> list[str]:
    return [
        voice.sentence(
            "energy.basis",
            "energy.basis",
            hours=voice.number(voice.knowledge.assumed("load_hours"), 0),
        ),
        _location(energy, voice),
        _market(energy, voice),
    ]


def _location(energy: Energy, voice: Voice) -> str:
    factor = energy.location_factor
    if factor is None or factor.fact.value is None:
        return voice.sentence("energy.location", "energy.no_location")
    amount = voice.amount_in("carbon", factor.fact.value)
    if factor.published is None:
        return voice.sentence("energy.location", "energy.location_own", factor=amount)
    return voice.sentence(
        "energy.location", "energy.location", factor=amount,
        area=voice.name(factor.published.name), year=factor.published.year,
    )  # fmt: skip


def _market(energy: Energy, voice: Voice) -> str:
    factor = energy.market_factor
    if factor is None or factor.value is None:
        return voice.sentence("energy.market", "energy.no_market")
    return voice.sentence(
        "energy.market", "energy.market", factor=voice.amount_in("carbon", factor.value),
        cell=voice.cells(factor.origins),
    )  # fmt: skip


def _former(assessment: Assessment, voice: Voice) -> str:
    """The average draw of the programme against that of the former mining sites, as far as it is known."""
    former, place = assessment.economy.energy.former_load, "energy.former"
    if not any(match.is_former_mine for match in assessment.sites):
        return voice.sentence(place, "energy.former_none")
    if former is None:
        return voice.sentence(place, "energy.former_unknown")
    drew = voice.amount_in("grid_mw", former.fact.value)
    if not former.fact.value:
        return voice.sentence(place, "energy.former_zero", former=drew)
    drawn = assessment.economy.energy.total
    power = drawn.power_mw if drawn else 0.0
    text = voice.sentence(
        place, "energy.former", former=drew,
        power=voice.say("power", value=megawatts(power, voice)),
        share=voice.percent(assessment.economy.energy.share_of_former_load or 0.0),
    )  # fmt: skip
    caution = voice.say("energy.share_most") if former.is_partial else ""
    return voice.say("sentences", first=text, second=caution) if caution else text
