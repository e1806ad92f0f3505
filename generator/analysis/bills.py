"""What the projects of a plan cost a year once they are open, and what incomes on file leave of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generator.analysis.projects import Grounds
from generator.model.returns import YearBill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.analysis.core import Core
    from generator.model import Range
    from generator.model.programme import Placement, Project


def bill_of(placements: Iterable[Placement], core: Core) -> YearBill:
    """The yearly cost of some choices as projects of a run.

    Args:
        placements: Of both waves.
        core: The run whose prices and candidates count.
    """
    grounds = Grounds(core.region, core.knowledge, core.readiness, core.setting, None)
    projects = [grounds.project(one, is_second=False) for one in placements]
    found = [one.returns for one in projects if one.returns is not None]
    return YearBill(
        running=_running(projects),
        unpaid=_running([one for one in projects if not _earns(one, core)]) or (0.0, 0.0),
        gap=_added([one.gap for one in found if one.gap is not None]),
        gap_at_share=_added([one.gap_at_share for one in found if one.gap_at_share is not None]),
    )


def _earns(one: Project, core: Core) -> bool:
    return core.knowledge.use(one.use_id).has_revenue


def _running(projects: Sequence[Project]) -> Range | None:
    """Running cost and priced power of projects; None while that of one is unknown."""
    costs = [one.yearly_cost for one in projects if one.yearly_cost is not None]
    return _added(costs) if len(costs) == len(projects) else None


def _added(ends: Sequence[Range]) -> Range:
    return math.fsum(low for low, _ in ends), math.fsum(high for _, high in ends)
