"""Electricity and carbon of the portfolio in words, beside what the former mining sites drew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Energy, UseEnergy
    from generator.report.voice import Voice


def energy_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The fields on energy: one row a use with the total last, and what the numbers rest on."""
    energy = assessment.economy.energy
    if not energy.uses:
        return {"rows": [], "notes": [], "former": ""}
    rows = [_row(use, voice) for use in energy.uses]
    if len(rows) > 1:
        rows.append(_total(energy, voice))
    return {"rows": rows, "notes": _notes(energy, voice), "former": _former(assessment, voice)}


def _scale(voice: Voice) -> float:
    """From MWh to the unit of electricity that the language's planners count in."""
    return float(voice.say("energy.per_mwh"))


def _row(use: UseEnergy, voice: Voice) -> dict[str, object]:
    return {
        "name": voice.use(use.use_id),
        "load": voice.extent(use.load_mw),
        "electricity": voice.extent(use.electricity_mwh, _scale(voice)),
        "location": voice.extent(use.location_t),
        "market": voice.extent(use.market_t),
        "per_job": _per_job(use.mwh_per_job, voice),
    }


def _total(energy: Energy, voice: Voice) -> dict[str, object]:
    return {
        "name": voice.say("energy.total_known" if energy.unknown else "energy.total"),
        # The loads of the rows are without the PUE; what is drawn is said below the table.
        "load": voice.dash,
        "electricity": voice.extent(energy.electricity_mwh, _scale(voice)),
        "location": voice.extent(energy.location_t),
        "market": voice.extent(energy.market_t),
        "per_job": _per_job(energy.mwh_per_job, voice),
    }


def _per_job(value: float | None, voice: Voice) -> str:
    return voice.dash if value is None else voice.rounded(value * _scale(voice))


def _notes(energy: Energy, voice: Voice) -> list[str]:
    notes = [
        voice.sentence(
            "energy.basis", "energy.basis", hours=voice.number(energy.load_hours),
            pue=_pue(energy.uses, voice),
        ),
        _location(energy, voice),
        _market(energy, voice),
    ]  # fmt: skip
    if energy.unknown:
        notes.append(
            voice.sentence("energy.unknown", "energy.unknown", uses=voice.uses(energy.unknown))
        )
    return notes


def _pue(uses: Iterable[UseEnergy], voice: Voice) -> str:
    known = {use.pue.fact.value for use in uses if use.pue and use.pue.fact.value is not None}
    return voice.join(voice.number(value, 2) for value in sorted(known)) or voice.dash


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


def _power(ends: tuple[float, float], voice: Voice) -> str:
    """A range in the unit of grid capacity."""
    grid = voice.knowledge.in_role("grid_mw")
    shown = voice.extent(ends)
    return voice.with_unit(shown, grid.unit) if grid else shown


def _former(assessment: Assessment, voice: Voice) -> str:
    """The draw of the portfolio against that of the former mining sites, as far as both are known."""
    energy, place = assessment.economy.energy, "energy.former"
    former = energy.former_load
    if not any(match.is_former_mine for match in assessment.sites):
        return voice.sentence(place, "energy.former_none")
    if former is None:
        return voice.sentence(place, "energy.former_unknown")
    drew = voice.amount_in("grid_mw", former.fact.value)
    if energy.power_mw is None:
        return voice.sentence(place, "energy.former_no_draw", former=drew)
    share = energy.share_of_former_load
    if share is None:
        return voice.sentence(place, "energy.former_zero", former=drew)
    low, high = (voice.percent(end) for end in share)
    text = voice.sentence(
        place, "energy.former", former=drew,
        power=_power(energy.power_mw, voice),
        share=low if low == high else voice.say("span.words", low=low, high=high),
    )  # fmt: skip
    caution = _caution(energy, voice)
    return voice.say("sentences", first=text, second=caution) if caution else text


def _caution(energy: Energy, voice: Voice) -> str:
    """Which way the share errs while uses or mines are unknown."""
    is_partial = energy.former_load is not None and energy.former_load.is_partial
    if energy.unknown and is_partial:
        return voice.say("energy.share_open", uses=voice.uses(energy.unknown))
    if energy.unknown:
        return voice.say("energy.share_least", uses=voice.uses(energy.unknown))
    return voice.say("energy.share_most") if is_partial else ""
