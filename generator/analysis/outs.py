"""Why a project of one run is in no wave of another: its points, what it must have, a limit, others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.candidates import decisive
from generator.analysis.ends import at_upper_ends, upper_end
from generator.analysis.solver.options import CAPITAL, OPERATIONS, RESOURCES, within
from generator.analysis.waves import left_by, resources_of
from generator.analysis.withinlimit import most_for
from generator.model import CLEARED
from generator.model.decisions import Out

if TYPE_CHECKING:
    from generator.analysis.core import Core
    from generator.analysis.values import FloatArray
    from generator.analysis.waves import WavePick
    from generator.model import UseReadiness


def why_out(
    use_id: str, before: Core, after: Core, waves: tuple[WavePick, WavePick], *, began: bool
) -> Out:
    """The first thing that keeps a use out of both waves of a run, in the order of the method.

    Args:
        use_id: A use that the run before holds.
        before: That run.
        after: The run that does not hold it.
        waves: Both waves of the latter.
        began: Whether the run before begins it and does not only prepare it.
    """
    law, use = after.screening.uses.get(use_id), after.readiness.uses.get(use_id)
    if use_id not in {one.use_id for one in after.knowledge.uses}:
        return Out("dropped")
    if law is None or law.status not in CLEARED or use is None:
        return Out("law")
    if short := [*use.missed, *use.unknown_minima]:
        return Out("minimum", tuple(one.requirement.criterion_id for one in short))
    candidate = after.setting.candidates.get(use_id)
    if candidate is None:
        return Out("points", _fallen(before.readiness.uses[use_id], use))
    if began and not candidate.is_ready:
        missed, unknown = decisive(use, after.knowledge)
        return Out("minimum", tuple(one.requirement.criterion_id for one in (*missed, *unknown)))
    names = _short_of(use_id, after, waves)
    return Out("limits", names) if names else Out("worth")


def _fallen(before: UseReadiness, after: UseReadiness) -> tuple[str, ...]:
    """The criteria that earn a use fewer points than before."""
    earned = {one.requirement.criterion_id: one.points_low for one in before.contributions}
    lost = {
        one.requirement.criterion_id: earned[one.requirement.criterion_id] - one.points_low
        for one in after.contributions
        if one.requirement.criterion_id in earned
    }
    return tuple(sorted((key for key in lost if lost[key] > 0), key=lambda key: -lost[key]))


def _short_of(use_id: str, core: Core, waves: tuple[WavePick, WavePick]) -> tuple[str, ...]:
    """The limits of which both waves leave less than the use takes at whatever size."""
    first, second = waves
    setting, options = core.setting, core.setting.frame.options
    left = left_by(setting, first)
    used = resources_of(second.found, second.frame.options)
    # Operations staff work one rota, of which nobody is short by one project more.
    used[OPERATIONS], left[OPERATIONS] = 0.0, np.inf
    left = within(np.maximum(left - used, 0.0))
    left[CAPITAL] = most_for(setting) - upper_end(first, setting) - upper_end(second, setting)
    short = [
        left < needs
        for part in (
            at_upper_ends(options, setting).platforms,
            at_upper_ends(options, setting).placings,
        )
        for needs in _needs(use_id, part.ids, part.needs, part.capital)
    ]
    if not short:
        return ()
    always = np.logical_and.reduce(short)
    return tuple(name for name, is_short in zip(RESOURCES, always, strict=True) if is_short)


def _needs(
    use_id: str, ids: tuple[str, ...], needs: FloatArray, capital: FloatArray
) -> list[FloatArray]:
    """What each way to build a use takes, its capital among it."""
    found = []
    for row in (row for row, key in enumerate(ids) if key == use_id):
        own = needs[row].copy()
        own[CAPITAL] = capital[row]
        found.append(own)
    return found
