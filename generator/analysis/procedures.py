"""Which procedures a plan goes through: each trigger of the catalogue as one small test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.analysis.screening import lineage
from generator.model import DueProcedure, Knowledge, Region, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_LARGE_LOAD_MW = 75
_PUBLIC_BODIES = frozenset(
    {"court", "tax_office", "registry", "procurement_authority", "customs", "government"}
)


@dataclass(frozen=True, slots=True)
class _Plan:
    region: Region
    uses: tuple[Use, ...]
    orders: tuple[str, ...]
    knowledge: Knowledge


_Trigger = Callable[[_Plan], "tuple[str, ...] | None"]
"""None: does not fire. A tuple: fires, for these uses; empty for every plan."""


def due_procedures(
    region: Region, knowledge: Knowledge, proposed: Sequence[str], as_of: date
) -> tuple[DueProcedure, ...]:
    """The procedures that proposing these uses here would set off on that day.

    Args:
        region: Where, with its limits, steps, institutions and sites.
        knowledge: Procedures and their triggers.
        proposed: Ids of the uses that the brief proposes or prepares.
        as_of: Procedures that start later are left out; an unrecorded start counts as started.
    """
    uses = tuple(use for use in knowledge.uses if use.use_id in proposed)
    plan = _Plan(region, uses, lineage(region.jurisdiction, knowledge), knowledge)
    return tuple(
        DueProcedure(procedure, fired)
        for procedure in knowledge.procedures
        if procedure.jurisdiction in plan.orders
        and (procedure.in_force_from is None or procedure.in_force_from <= as_of)
        and (fired := TRIGGERS[procedure.applies_when](plan)) is not None
    )


def _fires(is_fired: bool) -> tuple[str, ...] | None:  # noqa: FBT001 - private shorthand
    return () if is_fired else None


def _for_uses(uses: Iterable[Use]) -> tuple[str, ...] | None:
    return tuple(use.use_id for use in uses) or None


def _activity(name: str) -> _Trigger:
    return lambda plan: _for_uses(use for use in plan.uses if name in use.regulated_activities)


def _funds(plan: _Plan) -> set[str]:
    named = {limit.source_of_funds for limit in plan.region.limits}
    named |= {step.funding_source for step in plan.region.steps}
    return named


def _funded(*sources: str) -> _Trigger:
    return lambda plan: _fires(bool(_funds(plan) & set(sources)))


def _policy_measure(plan: _Plan) -> tuple[str, ...] | None:
    return _fires(any(step.funding_source == "public" for step in plan.region.steps))


def _government_it_system(plan: _Plan) -> tuple[str, ...] | None:
    return _for_uses(
        use
        for use in plan.uses
        if use.category == "blockchain" and _PUBLIC_BODIES & set(use.key_institution_types)
    )


def _power_reuse(plan: _Plan) -> list[Use]:
    return [use for use in plan.uses if use.category == "power_reuse"]


def _single_supplier(plan: _Plan) -> tuple[str, ...] | None:
    names = {row.name for row in plan.region.institutions if row.type == "supplier"}
    return _fires(len(names) < 2)


def _state_funded_works(plan: _Plan) -> tuple[str, ...] | None:
    return _for_uses(_power_reuse(plan)) if _funds(plan) & {"public", "mixed"} else None


def _land_use_change(plan: _Plan) -> tuple[str, ...] | None:
    """Options for industrial halls, where a site's land is for something else."""
    is_other = any(site.land_use not in {"", "industrial land"} for site in plan.region.sites)
    return _for_uses(_power_reuse(plan)) if is_other else None


def _large_load(plan: _Plan) -> tuple[str, ...] | None:
    """Uses that need that much by themselves, and power reuse where the grid limit lets it grow."""
    is_large = any(
        limit.resource == "grid_mw" and (limit.amount.value or 0.0) >= _LARGE_LOAD_MW
        for limit in plan.region.limits
    )

    def asks(use: Use) -> bool:
        needs = plan.knowledge.requirements.get(use.use_id, ())
        return any(
            need.criterion_id == "spare_grid_mw" and need.minimum >= _LARGE_LOAD_MW
            for need in needs
        )

    grown = _power_reuse(plan) if is_large else []
    return _for_uses(use for use in plan.uses if asks(use) or use in grown)


TRIGGERS: dict[str, _Trigger] = {
    "always": lambda _: (),
    "major_decision": lambda _: (),
    "policy_measure": _policy_measure,
    "public_funds": _funded("public", "mixed"),
    "government_it_system": _government_it_system,
    "fixed_asset_energy": lambda plan: _for_uses(_power_reuse(plan)),
    "data_centre": _activity("data_centre"),
    "new_debt": _funded("borrowing"),
    "single_supplier": _single_supplier,
    "state_funded_works": _state_funded_works,
    "personal_data": _activity("personal_data"),
    "important_data": _activity("important_data"),
    "cross_border_data": _activity("cross_border_data"),
    "blockchain_service": _activity("blockchain_information_service"),
    "land_use_change": _land_use_change,
    "large_load": _large_load,
    "state_support": _policy_measure,
    "tax_incentive": _funded("tax_incentive"),
}
"""The closed list; `procedure_triggers.csv` defines each."""
