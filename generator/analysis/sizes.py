"""How large a use may become: from its smallest project to what the region can feed.

Sizes are amounts by the quantities in which rules set thresholds. A quantity that is not there is
unknown: of a rule that asks for it nobody can say more than that it depends on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Extent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import BarredSize, Knowledge, Region, Use

Sizes = dict[str, Extent]

IT, RACKS = "it_mw", "racks"
_CONNECTION = ("grid_mw", "load_mw")
"""The load that a rule means is the peak, for which the connection is built."""
_FROM_POINTS = "spare_mw"
"""The register column that feeds the criterion on connections."""


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
    return _sizes(spare, spare, knowledge)


def use_sizes(use: Use, here: Mapping[str, Extent], knowledge: Knowledge) -> Sizes:
    """The sizes at which a use may be built here, from the smallest of the catalogue on.

    The smallest connection is the least one that its requirements ask for. IT load and connection
    grow together, in the proportion that they have in the smallest project.

    Args:
        use: Its IT load, from the smallest project to the largest.
        here: What the region allows, as `region_sizes` gives it.
        knowledge: Requirements, and the racks in a megawatt.
    """
    least = _least_connection(use, knowledge)
    low, high = use.it_load_mw_low, use.it_load_mw_high
    per_it = least / low if least and low else None
    spare = here[_CONNECTION[0]].high if here else None
    it = None
    if low is not None or spare is not None:
        it = _extent(low or 0.0, high, None if spare is None else spare / (per_it or 1.0))
    connection = None
    # A connection carries at least the IT load; where nobody says more, the region's may be had.
    start = least if least is not None else low or None
    if start is not None or spare is not None:
        top = None if per_it is None or high is None else high * per_it
        connection = _extent(start or 0.0, top, spare)
    return _sizes(it, connection, knowledge)


def _least_connection(use: Use, knowledge: Knowledge) -> float | None:
    needs = knowledge.requirements.get(use.use_id, ())
    asked = (
        need.minimum
        for need in needs
        if knowledge.criteria[need.criterion_id].reads == _FROM_POINTS
    )
    return next(asked, None)


def _extent(low: float, *tops: float | None) -> Extent:
    """From the low end to the least of the known tops; the smallest project stays in any case."""
    known = [top for top in tops if top is not None]
    return Extent(low, max(low, min(known)) if known else None)


def _sizes(it: Extent | None, connection: Extent | None, knowledge: Knowledge) -> Sizes:
    known = {IT: it, _CONNECTION[0]: connection}
    return completed({key: one for key, one in known.items() if one is not None}, knowledge)


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
    """The sizes below a barred one, of every quantity that goes with it."""
    own = sizes[bar.quantity]
    racks = knowledge.assumed("racks_per_it_mw")
    rates = {IT: 1.0, RACKS: racks} if bar.quantity == IT else {bar.quantity: 1.0}
    if bar.quantity in _CONNECTION:
        rates = dict.fromkeys(_CONNECTION, 1.0)
    lawful = dict(sizes)
    for quantity, extent in sizes.items():
        rate = rates.get(quantity)
        if rate is None and own.low and extent.low:
            rate = extent.low / own.low
        if rate is not None:
            lawful[quantity] = extent.at_most(bar.amount * rate, is_open=bar.is_included)
    return lawful
