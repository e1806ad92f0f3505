"""Jobs, capital, payback and value added of the selected uses, the region's own figures included."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Assessment, Economy, Fact, UseEconomics
    from generator.report.voice import Voice


def use_row(use: UseEconomics, voice: Voice) -> dict[str, object]:
    """One selected use with the catalogue's ranges and the region's own estimate."""
    entry = voice.knowledge.use(use.use_id)
    return {
        "name": voice.name(entry.name),
        "scale": voice.say("scale", scale=voice.name(entry.unit_of_scale)),
        "jobs": voice.extent(use.jobs),
        "capex": voice.money(*(use.capex or (None, None))),
        "payback": voice.extent(use.payback_years),
        "own": _own(use, voice),
    }


def effect_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """Jobs, payback, electricity and emissions of each selected use, the total last."""
    economy = assessment.economy
    drawn = {use.use_id: use for use in economy.energy.uses}
    per_mwh = float(voice.say("energy.per_mwh"))
    rows: list[dict[str, object]] = []
    for use in economy.uses:
        energy = drawn.get(use.use_id)
        rows.append(
            {
                "name": voice.use(use.use_id),
                "jobs": voice.extent(use.jobs),
                "payback": voice.extent(use.payback_years),
                "electricity": voice.extent(energy.electricity_mwh if energy else None, per_mwh),
                "location": voice.extent(energy.location_t if energy else None),
                "own": _own(use, voice),
            }
        )
    if len(rows) > 1:
        energy_total = economy.energy
        rows.append(
            {
                "name": voice.say("energy.total_known" if energy_total.unknown else "energy.total"),
                "jobs": voice.extent(assessment.portfolio.jobs),
                "payback": voice.dash,
                "electricity": voice.extent(energy_total.electricity_mwh, per_mwh),
                "location": voice.extent(energy_total.location_t),
                "own": "",
            }
        )
    return rows


def _own(use: UseEconomics, voice: Voice) -> str:
    """What the region itself estimates; empty where it does not."""
    if use.estimate is None:
        return ""
    facts = {
        "jobs": use.estimate.jobs, "capex": use.estimate.capex,
        "payback": use.estimate.payback_years,
    }  # fmt: skip
    parts = [
        voice.say(
            f"own.{name}",
            value=voice.own_millions(fact.value) if name == "capex" else _figure(fact, voice),
        )
        for name, fact in facts.items()
        if fact.value is not None
    ]
    return voice.say("own", parts=voice.say("clause.separator").join(parts)) if parts else ""


def _figure(fact: Fact, voice: Voice) -> str:
    value = voice.number(fact.value)
    if fact.low is None or fact.high is None:
        return value
    return voice.say(
        "own.range", value=value, low=voice.number(fact.low), high=voice.number(fact.high)
    )


def uses_note(economy: Economy, voice: Voice) -> str:
    """Whether the region supplied estimates of its own; empty without a selected use."""
    if not economy.uses:
        return ""
    has_own = any(use.estimate is not None for use in economy.uses)
    return voice.say("economy.uses_own" if has_own else "economy.uses_none")


def value_added(assessment: Assessment, voice: Voice) -> str:
    """The value added that the region supplies, or that there is none."""
    added = assessment.economy.value_added
    if not assessment.portfolio.selected:
        return ""
    if added is None:
        return voice.sentence("economy.value_added", "economy.no_value_added")
    key = "economy.value_added_some" if added.missing else "economy.value_added"
    return voice.sentence(
        "economy.value_added",
        key,
        amount=voice.own_millions(added.amount, added.currency),
        uses=voice.uses(added.uses),
        missing=voice.uses(added.missing),
    )
