"""What would put more of the idle power to use: each use that waits is given what it waits for.

Every answer is a run of its own, judged as the programme is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from generator.analysis.asplanned import brought_by, in_steps
from generator.analysis.projects import clearing, waited_for
from generator.analysis.solver.options import CAPITAL, RESOURCES, within
from generator.analysis.together import most_of
from generator.analysis.waves import (
    EFFECTS,
    Setting,
    WavePick,
    cannot_prepare,
    left_by,
    terms,
)
from generator.analysis.withinlimit import waves_of
from generator.model.idle import IdlePower, Outside, Unlock

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.core import Core
    from generator.analysis.solver import Placings
    from generator.model import Knowledge, Requirement
    from generator.model.choosing import Candidate
    from generator.model.programme import EffectName, Effects, Placement, Precondition

_POWER: EffectName = "power"
_SAME = 1e-9


def idle_power(base: Core, first: WavePick, second: WavePick) -> IdlePower:
    """What the shortlist could make of the idle power, and why the rest of it is in no wave.

    Args:
        base: The run that the programme was chosen in.
        first: Its first wave.
        second: Its second wave.
    """
    setting = base.setting
    attainable, mix = most_of(_POWER, setting)
    unlocks = tuple(_unlocks(base, first, second))
    return IdlePower(
        used=_both(first, second)[_POWER],
        # What still waits for something is in no wave: it is told as what could be opened.
        held=_peak([*first.placements, *second.placements], setting),
        attainable=attainable,
        mix=mix,
        unlocks=unlocks,
        outside={
            one.use_id: _outside(one, setting, first, second)
            for one in _reuse(setting)
            if one.use_id not in {*_uses(first), *_uses(second)}
        },
    )


def _peak(placed: Iterable[Placement], setting: Setting) -> float:
    """The connection that projects take together, MW."""
    options = setting.frame.options
    grid = RESOURCES.index("grid_mw")
    chains = dict(zip(options.platforms.ids, options.platforms.needs[:, grid], strict=True))
    per_unit = setting.knowledge.needs
    return math.fsum(
        float(chains[one.use_id])
        if one.use_id in chains
        else one.size * (per_unit[one.use_id].grid_mw_per_unit or 0.0)
        for one in placed
    )


def _reuse(setting: Setting) -> Iterable[Candidate]:
    return (one for one in setting.candidates.values() if one.category == "power_reuse")


def _uses(wave: WavePick) -> tuple[str, ...]:
    return tuple(one.use_id for one in wave.placements)


def _both(first: WavePick, second: WavePick) -> Effects:
    """The effects of both waves."""
    return brought_by((first, second))


def _unlocks(base: Core, first: WavePick, second: WavePick) -> Iterable[Unlock]:
    """The uses that bring more power into use once they have what they wait for, the most first."""
    own, cost = _both(first, second), first.found.capital + second.found.capital
    found = []
    for one in _reuse(base.setting):
        conditions = _conditions(one, base)
        if not conditions or one.requires or cannot_prepare(one, base.knowledge):
            continue
        waves = waves_of(_granted(one, base.setting))
        now, then = waves.first, waves.second
        brought = _both(now, then)
        if brought[_POWER] <= own[_POWER] + _SAME:
            continue
        more: Effects = in_steps({name: brought[name] - own[name] for name in EFFECTS})
        capital = now.found.capital + then.found.capital - cost
        found.append(
            Unlock(
                one.use_id, conditions, now.placements, then.placements, brought[_POWER], more,
                capital,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one.power, len(one.conditions), one.use_id))


def _conditions(one: Candidate, base: Core) -> tuple[Precondition, ...]:
    """What a use waits for; the papers of its sites where none of them is cleared."""
    waits = waited_for(one, base.readiness.uses[one.use_id], base.knowledge)
    sized = [fit.place for fit in one.fits if fit.menu]
    if sized and not any(place.is_cleared for place in sized):
        waits = (*waits, *clearing(sized[0], base.region))
    return waits


def _granted(one: Candidate, setting: Setting) -> Setting:
    """The region with a use that has what it waits for; others have what is no more than that."""
    knowledge = setting.knowledge
    met = {key: _need(one.use_id, key, knowledge) for key in (*one.missed, *one.unknown)}
    known = {key: _with(other, met, knowledge) for key, other in setting.candidates.items()}
    known[one.use_id] = replace(one, missed=(), unknown=(), lacks_partner=False, is_ready=True)
    fits = setting.frame.fits
    if not any(fit.place.is_cleared for fit in one.fits if fit.menu):
        fits = tuple(
            replace(fit, place=replace(fit.place, is_cleared=True))
            if fit.use_id == one.use_id
            else fit
            for fit in fits
        )
    return replace(setting, candidates=known, frame=replace(setting.frame, fits=fits))


def _need(use_id: str, criterion_id: str, knowledge: Knowledge) -> Requirement:
    """What a use asks of a criterion."""
    own = knowledge.requirements[use_id]
    return next(one for one in own if one.criterion_id == criterion_id)


def _with(one: Candidate, met: Mapping[str, Requirement], knowledge: Knowledge) -> Candidate:
    """A use where these minima of another are met."""

    def is_open(key: str) -> bool:
        if key not in met:
            return True
        own, other = _need(one.use_id, key, knowledge), met[key]
        if own.direction == "lower_better":
            return own.minimum < other.minimum
        return own.minimum > other.minimum

    missed = tuple(key for key in one.missed if is_open(key))
    unknown = tuple(key for key in one.unknown if is_open(key))
    is_ready = not (missed or unknown or one.lacks_partner)
    return replace(one, missed=missed, unknown=unknown, is_ready=is_ready)


def _outside(one: Candidate, setting: Setting, first: WavePick, second: WavePick) -> Outside:
    """Why a use is in no wave."""
    held = cannot_prepare(one, setting.knowledge)
    if held:
        return Outside("given", held)
    if one.requires:
        return Outside("requires", (one.requires,))
    if not any(fit.menu for fit in one.fits):
        return Outside("size")
    placed = second.frame.options.placings
    rows = np.array([key == one.use_id for key in placed.ids], dtype=bool)
    if not rows.any():
        pairs = setting.frame.options.excludes
        mates = {mate for pair in pairs if one.use_id in pair for mate in pair} - {one.use_id}
        return Outside("excluded", by=tuple(key for key in _uses(first) if key in mates))
    return _crowded(one, setting, first, second, rows)


def _crowded(
    one: Candidate,
    setting: Setting,
    first: WavePick,
    second: WavePick,
    rows: NDArray[np.bool_],
) -> Outside:
    """Whether the first wave leaves a use no room at any site, or none under a limit."""
    options = second.frame.options
    placed = options.placings
    is_short = _lacks_room(placed, within(options.rooms))
    ceilings = terms(setting, limits=left_by(setting, first)).ceilings()
    needs = placed.needs.copy()
    needs[:, CAPITAL] = placed.capital
    beyond = needs > ceilings
    if (rows & ~is_short & ~beyond.any(axis=1)).any():
        return Outside("worth")
    if (is_short | ~rows).all():
        numbers = set(placed.place[rows].tolist())
        places = tuple(fit.place for fit in one.fits if fit.menu and fit.place.number in numbers)
        by = tuple(each.use_id for each in first.placements if each.place.number in numbers)
        return Outside("room", places=places, by=by)
    short = np.flatnonzero(beyond[rows & ~is_short].any(axis=0)).tolist()
    names = tuple(RESOURCES[number] for number in short)
    return Outside("limits", names)


def _lacks_room(placed: Placings, rooms: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The placings whose site has too little room, shape (placings,)."""
    at = placed.place >= 0
    found = np.zeros(len(placed.ids), dtype=bool)
    found[at] = (placed.rooms[at] > rooms[placed.place[at]]).any(axis=1)
    return found
