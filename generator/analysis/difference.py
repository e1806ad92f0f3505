"""What another run of the same region changes in its programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.analysis.waves import EFFECTS, WavePick, effects_of, first_wave, second_wave
from generator.model import LISTS
from generator.model.decisions import Difference

if TYPE_CHECKING:
    from generator.analysis.core import Core
    from generator.model.programme import Effects, Placement

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run with what it chooses in both waves."""

    core: Core
    first: WavePick
    second: WavePick

    @property
    def waves(self) -> dict[str, int]:
        """Use to the earliest wave that holds it."""
        later = {one.use_id: 2 for one in self.second.placements}
        return later | {one.use_id: 1 for one in self.first.placements}

    @property
    def capital(self) -> float:
        """CNY m of both waves."""
        return self.first.found.capital + self.second.found.capital

    @property
    def effects(self) -> Effects:
        """The effects of both waves together."""
        first, second = (
            effects_of(pick.found, pick.frame.options) for pick in (self.first, self.second)
        )
        return {name: first[name] + second[name] for name in EFFECTS}


def outcome_of(core: Core) -> Outcome:
    """Both waves of a run."""
    first = first_wave(core.setting)
    return Outcome(core, first, second_wave(core.setting, first))


def compare(base: Outcome, other: Outcome) -> Difference:
    """What joins, leaves and moves, and what that changes in natural units.

    Args:
        base: The run that the brief rests on.
        other: The run under other conditions, judged by the same coefficients; a use that it drops
            counts as left.
    """
    before, after = base.core.readiness, other.core.readiness
    common = [use_id for use_id in before.uses if use_id in after.uses]
    moves = _moves(base, other)
    listed, relisted = (
        [use_id for category in LISTS for use_id in one.shortlist[category]]
        for one in (before, after)
    )
    shortlisted = tuple(use_id for use_id in relisted if use_id not in listed)
    now = (*other.first.placements, *other.second.placements)
    placed = {*moves["joins"], *moves["earlier"], *moves["resized"]}
    effects = base.effects, other.effects
    statuses = base.core.screening.uses, other.core.screening.uses
    return Difference(
        **moves,
        placed=tuple(one for one in now if one.use_id in placed),
        effects={name: effects[1][name] - effects[0][name] for name in EFFECTS},
        capital=other.capital - base.capital,
        value=other.first.found.value - base.first.found.value,
        shortlisted=shortlisted,
        unlisted=tuple(use_id for use_id in listed if use_id not in relisted),
        idle=tuple(use_id for use_id in shortlisted if use_id not in other.waves),
        became_viable=_turned(base, other, common, is_gain=True),
        lost_viability=_turned(base, other, common, is_gain=False),
        law_changed=tuple(
            use_id
            for use_id, found in statuses[0].items()
            if use_id in statuses[1] and statuses[1][use_id].status != found.status
        ),
        readiness={
            use_id: after.uses[use_id].low - before.uses[use_id].low
            for use_id in common
            if abs(after.uses[use_id].low - before.uses[use_id].low) > _SAME
        },
    )


def _moves(base: Outcome, other: Outcome) -> dict[str, tuple[str, ...]]:
    """Uses that join the programme, leave it, or change their wave, size or place."""
    waves, rewaves = base.waves, other.waves
    kept = [use_id for use_id in waves if use_id in rewaves]
    spots = {_spot(one) for one in (*base.first.placements, *base.second.placements)}
    replaced = {
        one.use_id
        for one in (*other.first.placements, *other.second.placements)
        if _spot(one) not in spots
    }
    return {
        "joins": tuple(use_id for use_id in rewaves if use_id not in waves),
        "leaves": tuple(use_id for use_id in waves if use_id not in rewaves),
        "earlier": tuple(use_id for use_id in kept if rewaves[use_id] < waves[use_id]),
        "later": tuple(use_id for use_id in kept if rewaves[use_id] > waves[use_id]),
        "resized": tuple(
            use_id for use_id in kept if rewaves[use_id] == waves[use_id] and use_id in replaced
        ),
    }


def _spot(one: Placement) -> tuple[str, int | None, float]:
    """What makes a project the same: use, site and size, whether the site is cleared or not."""
    return one.use_id, one.place.number, one.size


def _turned(base: Outcome, other: Outcome, common: list[str], *, is_gain: bool) -> tuple[str, ...]:
    """Uses that became viable, or ceased to be."""
    before, after = base.core.readiness.uses, other.core.readiness.uses
    return tuple(
        use_id
        for use_id in common
        if before[use_id].viability != after[use_id].viability
        and (after if is_gain else before)[use_id].viability == "viable"
    )
