"""First waves that must hold a use, or must do without it, and what either costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from generator.analysis.programme import alternative
from generator.analysis.waves import WavePick, first_wave, terms
from generator.model.explanation import Hypothesis

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.solver import Options, Terms
    from generator.analysis.values import FloatArray
    from generator.analysis.waves import Setting
    from generator.model.programme import AlternativeKind

_MUST = "must"
_ABOVE_ALL = 100.0
"""Value of holding the use: no wave brings more than 1 altogether."""


def holding(use_id: str, setting: Setting, first: WavePick) -> Hypothesis | None:
    """The best first wave that holds a use, whether or not the use may start now.

    Args:
        use_id: A candidate.
        setting: The region.
        first: Its first wave.

    Returns:
        None where no wave can hold it: it has no options, or the limits leave no room for it.
    """
    options, own = setting.frame.options, terms(setting)
    allowed = {use_id, *_needed_by(use_id, options)}
    chains = own.platforms
    placed = np.array([key in allowed for key in options.placings.ids], dtype=bool)
    judged = replace(
        own,
        coefficients={**own.coefficients, _MUST: _ABOVE_ALL},
        platforms=None if chains is None else chains | allowed,
        placings=None if own.placings is None else _with_places(placed, own.placings, options),
    )
    marked = replace(setting, frame=replace(setting.frame, options=_marked(use_id, options)))
    pick = WavePick(setting.frame, first_wave(marked, judged).found)
    if use_id not in {one.use_id for one in pick.placements}:
        return None
    return _hypothesis("with", pick, setting, first, is_assumed=not _may_start(use_id, pick, own))


def without(use_id: str, setting: Setting, first: WavePick) -> Hypothesis:
    """The best first wave that does not hold a use."""
    options, own = setting.frame.options, terms(setting)
    others = np.array([key != use_id for key in options.placings.ids], dtype=bool)
    judged = replace(
        own,
        platforms=None if own.platforms is None else own.platforms - {use_id},
        placings=others if own.placings is None else own.placings & others,
    )
    return _hypothesis("without", first_wave(setting, judged), setting, first, is_assumed=False)


def _with_places(
    allowed: NDArray[np.bool_],
    may: NDArray[np.bool_],
    options: Options,
) -> NDArray[np.bool_]:
    """What may start, and the use at its own places: at cleared ones alone where it may start."""
    names = np.array(options.placings.ids, dtype=object)
    startable = set(names[may].tolist())
    waiting = np.array([key not in startable for key in options.placings.ids], dtype=bool)
    return np.asarray(may | (allowed & waiting))


def _needed_by(use_id: str, options: Options) -> set[str]:
    """The uses that a use cannot do without, however long the chain."""
    found, waiting = set[str](), [use_id]
    while waiting:
        key = waiting.pop()
        more = {other for one, other in options.requires if one == key} - found
        found |= more
        waiting.extend(more)
    return found


def _marked(use_id: str, options: Options) -> Options:
    """The options with the use worth more than anything else."""
    chains, placed = options.platforms, options.placings
    return replace(
        options,
        platforms=replace(chains, gains={**chains.gains, _MUST: _is_use(use_id, chains.ids)}),
        placings=replace(placed, gains={**placed.gains, _MUST: _is_use(use_id, placed.ids)}),
    )


def _is_use(use_id: str, ids: tuple[str, ...]) -> FloatArray:
    return np.array([float(key == use_id) for key in ids])


def _may_start(use_id: str, pick: WavePick, own: Terms) -> bool:
    """Whether the use may begin now, where the choice puts it."""
    options = pick.frame.options
    chains = {options.platforms.ids[row] for row in pick.found.platforms}
    if use_id in chains:
        return own.platforms is None or use_id in own.platforms
    rows = [row for row in pick.found.placings if options.placings.ids[row] == use_id]
    return own.placings is None or all(bool(own.placings[row]) for row in rows)


def _hypothesis(
    kind: AlternativeKind, pick: WavePick, setting: Setting, first: WavePick, *, is_assumed: bool
) -> Hypothesis:
    now = [one.use_id for one in pick.placements]
    before = [one.use_id for one in first.placements]
    return Hypothesis(
        wave=alternative(kind, pick, first, setting),
        is_assumed=is_assumed,
        joins=tuple(key for key in now if key not in before),
        leaves=tuple(key for key in before if key not in now),
    )
