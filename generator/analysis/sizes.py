"""How large a use may become, in the quantities in which rules set thresholds.

The quantities of a project follow from its size in units of scale, as the catalogue counts them.
A quantity that is not there is unknown: of a rule that asks for it nobody can say more than that it
depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.model import BarredSize, Extent, Knowledge, Region, Use

if TYPE_CHECKING:
    from generator.model.programme import Project

Sizes = dict[str, Extent]

IT, RACKS = "it_mw", "racks"
_CONNECTION = ("grid_mw", "load_mw")
"""The load that a rule means is the peak, for which the connection is built."""
_TENTHS = 10
_SLACK = 1e-9


def quantities(use: Use, size: float, knowledge: Knowledge) -> dict[str, float]:
    """What a project of a size comes to, in the quantities in which rules set thresholds.

    Args:
        use: What is built; a use that no hall computes in has no IT load.
        size: In units of scale.
        knowledge: What one unit needs, and the factors of energy.

    Returns:
        Amounts by quantity, in the units of the choice list; what the catalogue does not count per
        unit is left out. Energy is that of the mean load over a year.
    """
    need = knowledge.needs.get(use.use_id)
    if need is None or need.units_max is None:
        return {}
    it = use.scale_mw or 0.0
    per_unit = {IT: it, RACKS: it * knowledge.assumed("racks_per_it_mw")}
    if need.grid_mw_per_unit is not None:
        per_unit |= dict.fromkeys(_CONNECTION, need.grid_mw_per_unit)
    if need.storage_kwh_per_unit is not None:
        per_unit["storage_kwh"] = need.storage_kwh_per_unit
    if need.mean_load_mw_per_unit is not None:
        power = need.mean_load_mw_per_unit * knowledge.assumed("load_hours")
        per_unit |= {
            "electricity_mwh_a": power,
            "energy_tce_a": power * knowledge.assumed("tce_per_mwh"),
            "energy_tj_a": power * knowledge.assumed("tj_per_mwh"),
        }
    # Twelve digits: a tenth of a unit must not miss a threshold by its last bits.
    return {name: float(f"{size * amount:.12g}") for name, amount in per_unit.items()}


def project_quantities(project: Project, knowledge: Knowledge) -> dict[str, float]:
    """The same of a project of the programme; its hall and connection are known in any case."""
    shared = {IT: project.needs["it_load_mw"]} | dict.fromkeys(_CONNECTION, project.connection_mw)
    return shared | quantities(knowledge.use(project.use_id), project.size, knowledge)


def chosen_sizes(projects: Iterable[Project], knowledge: Knowledge) -> dict[str, Sizes]:
    """Use to the quantities between its smallest project and its largest; none for a platform."""
    found: dict[str, Sizes] = {}
    for one in projects:
        told = quantities(knowledge.use(one.use_id), one.size, knowledge)
        known = found.setdefault(one.use_id, {})
        for name, amount in told.items():
            before = known.get(name, Extent.exactly(amount))
            known[name] = Extent(min(before.low, amount), max(before.high or amount, amount))
    return found


def steps_of(use: Use, knowledge: Knowledge) -> tuple[float, ...]:
    """The sizes of a use in tenths of a unit, from the smallest to the largest; none where uncounted."""
    need = knowledge.needs.get(use.use_id)
    if need is None or need.units_min is None or need.units_max is None:
        return ()
    first = math.ceil(_TENTHS * need.units_min - _SLACK)
    last = math.floor(_TENTHS * need.units_max + _SLACK)
    return tuple(tenth / _TENTHS for tenth in range(first, last + 1))


def unit_sizes(use: Use, ends: tuple[float, float], knowledge: Knowledge) -> Sizes:
    """The quantities of a use between two sizes in units."""
    least, most = (quantities(use, size, knowledge) for size in ends)
    return {name: Extent(low, most[name]) for name, low in least.items()}


def stated_sizes(use: Use, here: Mapping[str, Extent], knowledge: Knowledge) -> Sizes:
    """The sizes of a use that the catalogue does not count in units.

    Its IT load is the range of the catalogue, its connection at least that much and at most what
    the region has.

    Args:
        use: Its IT load, from the smallest project to the largest.
        here: What the region allows, as `region_sizes` gives it.
        knowledge: The racks in a megawatt.
    """
    low, high = use.it_load_mw_low, use.it_load_mw_high
    spare = here[_CONNECTION[0]].high if here else None
    known: Sizes = {}
    if low is not None or high is not None:
        known[IT] = _extent(low or 0.0, high)
    if spare is not None:
        known[_CONNECTION[0]] = _extent(low or 0.0, spare)
    return completed(known, knowledge)


def _extent(low: float, top: float | None) -> Extent:
    return Extent(low, None if top is None else max(low, top))


def region_sizes(region: Region, knowledge: Knowledge) -> Sizes:
    """What the spare capacity of the region's existing connection points allows, from nothing on.

    Args:
        region: Its existing connection points; their high ends count, since a law must not be
            overlooked.
        knowledge: The racks in a megawatt.

    Returns:
        Connection, load, IT load and racks; nothing where a point is blank or none is listed.
    """
    points = [
        row.spare_mw
        for row in region.power
        if row.kind == "connection point" and row.status == "existing"
    ]
    tops = [fact.value if fact.high is None else fact.high for fact in points]
    if not tops or None in tops:
        return {}
    spare = Extent(0.0, sum(top for top in tops if top is not None))
    return completed({IT: spare, _CONNECTION[0]: spare}, knowledge)


def completed(sizes: Mapping[str, Extent], knowledge: Knowledge) -> Sizes:
    """Sizes with what follows from them alone: racks and IT load, connection and peak load.

    Energy does not follow from power: a project may burn something as well.
    """
    racks = knowledge.assumed("racks_per_it_mw")
    told = dict(sizes)
    grid, load = _CONNECTION
    follows = ((IT, RACKS, racks), (RACKS, IT, 1 / racks), (grid, load, 1.0), (load, grid, 1.0))
    for known, other, rate in follows:
        if known in sizes:
            told.setdefault(other, sizes[known].times(rate))
    return told


def below(sizes: Mapping[str, Extent], bar: BarredSize, knowledge: Knowledge) -> Sizes:
    """The sizes below a barred one, of every quantity that follows from the barred one alone."""
    rates = {bar.quantity: 1.0}
    if bar.quantity == IT:
        rates[RACKS] = knowledge.assumed("racks_per_it_mw")
    elif bar.quantity in _CONNECTION:
        rates = dict.fromkeys(_CONNECTION, 1.0)
    cut = {
        quantity: extent.at_most(bar.amount * rates[quantity], is_open=bar.is_included)
        for quantity, extent in sizes.items()
        if quantity in rates
    }
    return {**sizes, **cut}
