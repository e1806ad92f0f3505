"""The best two waves together, beside a first wave that is chosen for its own worth."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from generator.analysis.asplanned import brought, brought_by
from generator.analysis.ends import at_upper_ends, cost_of, upper_end
from generator.analysis.solver import Found, Items, Options, Terms, best_with, picked
from generator.analysis.waves import Setting, WavePick, terms, to_prepare
from generator.analysis.withinlimit import Waves, most_for, smaller
from generator.model.programme import Together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.solver.rows import Row
    from generator.analysis.values import FloatArray
    from generator.model.programme import EffectName, Placement

    Mask = NDArray[np.bool_]
    """Columns of the platforms of both waves, then of the placings of both."""

_LATER = "later/"
"""Before the id of a use that stands for the second wave."""
_WAVES = (0, 1)


def both_waves(setting: Setting, first: WavePick, second: WavePick) -> Together | None:
    """The two waves that are worth most together, and how much more than one after the other.

    What they take and cost is counted as of one: a common platform is built once, whichever wave
    it serves. What nobody here can prepare stands in neither. Its dearest project is made smaller
    where its upper ends pass the limit of money, as in the proposal.

    Args:
        setting: The region.
        first: The first wave as it is proposed.
        second: What then follows.

    Returns:
        None where nothing can begin now, where no size of that project is enough, and where there are
        too many ways to list.
    """
    if setting.listing is None or not (first.found.platforms or first.found.placings):
        return None
    options, judged = setting.frame.options, terms(setting)
    doubled = _doubled(options)
    later = to_prepare(setting, options, judged).barred(options)
    chains, placed = (
        np.concatenate(each) for each in zip(judged.barred(options), later, strict=True)
    )
    free = {key for key, out in zip(doubled.platforms.ids, chains.tolist(), strict=True) if not out}
    ready = replace(judged, platforms=frozenset(free), placings=~placed)
    rows = list(_rows(doubled, setting))
    found = best_with(doubled, ready, rows, _worth_now(doubled, ready))
    if found is None:
        return None
    ends = _doubled(at_upper_ends(options, setting))
    most = most_for(setting)
    if found.placings and cost_of(found, ends, setting) > most:
        kept = smaller(doubled, ends, found, most, setting)
        if kept is None:
            return None
        doubled, ends, found = kept
    now, then = (
        WavePick(replace(setting.frame, options=_half(doubled, options, wave)), _part(found, options, wave))
        for wave in _WAVES
    )  # fmt: skip
    gain = found.value - first.found.value - second.found.value
    return Together(
        now.placements, then.placements, found.value, max(0.0, gain),
        brought(found, doubled), brought(now.found, now.frame.options), found.capital,
        cost_of(found, ends, setting),
    )  # fmt: skip


def as_chosen(setting: Setting, waves: Waves) -> Together | None:
    """Both waves by the middle of costs alone, where a project was made smaller to keep to the limit.

    Args:
        setting: The region.
        waves: Both waves as proposed, and as chosen.

    Returns:
        None where the proposal is what was chosen.
    """
    if not waves.is_smaller:
        return None
    both = waves.best, waves.later
    value = math.fsum(one.found.value for one in both)
    gain = value - waves.first.found.value - waves.second.found.value
    return Together(
        waves.best.placements, waves.later.placements, value, max(0.0, gain),
        brought_by(both), brought_by(both[:1]),
        math.fsum(one.found.capital for one in both),
        math.fsum(upper_end(one, setting) for one in both),
    )  # fmt: skip


def most_of(effect: EffectName, setting: Setting) -> tuple[float, tuple[Placement, ...]]:
    """The most of one effect that two waves could bring, if every use had what it waits for.

    Args:
        effect: What alone counts.
        setting: The region.

    Returns:
        The amount, and the projects of both waves.
    """
    options = setting.frame.options
    judged = terms(setting, {effect: 1.0}, least_gain=0.0, ready_only=False)
    doubled = _doubled(options)
    rows = list(_rows(doubled, setting))
    found = best_with(doubled, judged, rows, _worth_now(doubled, judged))
    if found is None:
        return 0.0, ()
    waves = (WavePick(setting.frame, _part(found, options, wave)) for wave in _WAVES)
    return (
        brought(found, doubled)[effect],
        tuple(one for wave in waves for one in wave.placements),
    )


def _doubled(options: Options) -> Options:
    """Every platform and placing once for each wave; what goes with what stands in rows."""
    chains, placed = options.platforms, options.placings
    return replace(
        options,
        platforms=_twice(chains),
        placings=_twice(placed),
        excludes=(),
        requires=(),
        most=len(_WAVES) * options.most,
    )


def _twice(one: Items) -> Items:
    rows = picked(one, np.tile(np.arange(len(one.ids)), len(_WAVES)))
    return replace(rows, ids=(*one.ids, *(_LATER + key for key in one.ids)))


def _worth_now(doubled: Options, judged: Terms) -> FloatArray:
    """What each project of the first wave is worth by itself: of equals, the one that begins more."""
    chains, placed = doubled.platforms, doubled.placings
    people = judged.coefficients.get("served", 0.0) * (chains.reach @ doubled.people)
    worth = np.concatenate(
        [
            judged.gain(chains.gains, len(chains.ids)) + people,
            judged.gain(placed.gains, len(placed.ids)),
        ]
    )
    return np.where(_of_wave(doubled, 0), worth, 0.0)


def _part(found: Found, options: Options, wave: int) -> Found:
    """What one wave holds of a choice, by the rows of the options."""
    chains, placed = len(options.platforms.ids), len(options.placings.ids)
    return replace(
        found,
        platforms=tuple(row % chains for row in found.platforms if row // chains == wave),
        placings=tuple(row % placed for row in found.placings if row // placed == wave),
    )


def _half(doubled: Options, options: Options, wave: int) -> Options:
    """The options with the placings of one wave, which may have another size there."""
    count = len(options.placings.ids)
    own = picked(doubled.placings, np.arange(count) + wave * count)
    return replace(options, placings=replace(own, ids=options.placings.ids))


def _ids(doubled: Options) -> NDArray[np.object_]:
    return np.array([*doubled.platforms.ids, *doubled.placings.ids], dtype=object)


def _row(mask: Mask) -> FloatArray:
    return np.asarray(mask, dtype=np.float64)


def _of_wave(doubled: Options, wave: int) -> Mask:
    later = np.array([key.startswith(_LATER) for key in _ids(doubled)], dtype=bool)
    return later if wave else ~later


def _repeats(
    use_id: str,
    now: Mask,
    later: Mask,
    place: NDArray[np.intp],
    doubled: Options,
    setting: Setting,
) -> Iterable[Row]:
    """How often a use may come: once, or once more at another site while its demand bears that."""
    wanted = setting.frame.units_wanted(use_id, setting.knowledge)
    if not setting.knowledge.needs[use_id].repeatable or not wanted:
        yield _row(now | later), 1.0
        return
    yield _row(now | (later & (place < 0))), 1.0
    for site in sorted({*place[later & (place >= 0)].tolist()}):
        yield _row((now | later) & (place == site)), 1.0
    if np.isfinite(wanted):
        sizes = np.concatenate([np.ones(len(doubled.platforms.ids)), doubled.placings.size])
        yield np.where(now | later, sizes, 0.0), wanted


def _rows(doubled: Options, setting: Setting) -> Iterable[Row]:
    """Projects a list and wave, uses that come once or at another site, and pairs of uses."""
    options = setting.frame.options
    ids = _ids(doubled)
    is_chain = np.arange(len(ids)) < len(doubled.platforms.ids)
    for wave, own in product(_WAVES, (is_chain, ~is_chain)):
        yield _row(own & _of_wave(doubled, wave)), float(options.most)

    def of(use_id: str, wave: int) -> Mask:
        return np.asarray(ids == (_LATER + use_id if wave else use_id))

    place = np.concatenate([np.full(len(doubled.platforms.ids), -1), doubled.placings.place])
    for use_id in dict.fromkeys((*options.platforms.ids, *options.placings.ids)):
        now, later = (of(use_id, wave) for wave in _WAVES)
        yield from _repeats(use_id, now, later, place, doubled, setting)
    for one, other in options.excludes:
        for wave, beside in product(_WAVES, _WAVES):
            yield _row(of(one, wave) | of(other, beside)), 1.0
    for one, other in options.requires:
        yield _row(of(one, 0)) - of(other, 0), 0.0
        # One of a pair alone in the second wave may lean on either.
        yield _row(of(one, 1)) - of(other, 0) - of(other, 1), 0.0
