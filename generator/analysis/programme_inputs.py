"""The numbers that both waves are chosen from, for whoever computes the choice once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.analysis.anchors import anchor_rows
from generator.analysis.assemble import needs_of
from generator.analysis.fits import firm_spare_mw, is_cleared, site_rooms, unit_rooms
from generator.analysis.solver import RESOURCES, ROOMS
from generator.model.programme_inputs import DivisionInputs, ProgrammeInputs, SiteInputs, UnitInputs

if TYPE_CHECKING:
    from generator.analysis.core import Core
    from generator.model.programme import Candidate

PARAMETERS = (
    "contingency", "min_gain", "list_cap", "platform_base", "platform_base_low",
    "platform_base_high", "platform_keep", "size_full", "size_three_quarters", "size_half",
    "size_quarter", "scale_from", "scale_to", "heavy_weight", "site_power_factor", "floor_jobs",
    "floor_power", "floor_power_share", "floor_served_share",
)  # fmt: skip
"""Assumptions that candidates, sizes and both waves rest on."""


def programme_inputs(base: Core) -> ProgrammeInputs:
    """What the choice was made from.

    Args:
        base: The run that the programme was chosen in.
    """
    region, knowledge, options = base.region, base.knowledge, base.setting.frame.options
    named = {code for one in base.setting.candidates for code in _divisions(one, base)}
    return ProgrammeInputs(
        uses={key: _unit(one, base) for key, one in base.setting.candidates.items()},
        divisions=tuple(
            DivisionInputs(row.code, row.name, row.employment)
            for row in region.industry
            if row.code in named
        ),
        sites=tuple(
            SiteInputs(
                site.name,
                is_cleared(site, region, knowledge, base.screening),
                dict(zip(ROOMS, site_rooms(site, knowledge), strict=True)),
            )
            for site in region.sites
        ),
        spare_mw=firm_spare_mw(region, knowledge)[0],
        excludes=options.excludes,
        requires=options.requires,
        parameters={name: knowledge.assumed(name) for name in PARAMETERS},
    )


def _divisions(use_id: str, base: Core) -> tuple[str, ...]:
    use = base.knowledge.use(use_id)
    if use.category != "blockchain":
        return ()
    return tuple(row.code for row in anchor_rows(base.region, use, base.knowledge))


def _unit(one: Candidate, base: Core) -> UnitInputs:
    knowledge = base.knowledge
    need = knowledge.needs[one.use_id]
    fixed = needs_of(one.use_id, 0.0, knowledge)
    whole = needs_of(one.use_id, 1.0, knowledge)
    is_chain = one.category == "blockchain"
    return UnitInputs(
        capital=one.capital.value,
        jobs=one.jobs.value or 0.0,
        value_added=one.value_added.value or 0.0,
        power=0.0 if is_chain else need.mean_load_mw_per_unit or 0.0,
        needs={
            name: unit - base_need
            for name, unit, base_need in zip(RESOURCES, whole, fixed, strict=True)
            if unit > base_need
        },
        fixed_needs={
            name: amount for name, amount in zip(RESOURCES, fixed, strict=True) if amount > 0
        },
        rooms={
            name: amount for name, amount in zip(ROOMS, unit_rooms(need), strict=True) if amount
        },
        on_shared_platform=is_chain and need.on_shared_platform is True,
        repeatable=need.repeatable,
        reach_share=(need.reach_share or 0.0) if is_chain else 0.0,
        divisions=_divisions(one.use_id, base),
    )
