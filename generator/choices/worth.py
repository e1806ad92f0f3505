"""What choices are worth by the weights: points of 100 in which every plan compared has its share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Assessment
    from generator.model.programme import Effects, Objective, Programme, Together

SOFTEST = "served"
"""The effect that is an upper bound and no count: people in the industries that could be reached."""


class Scale(Struct, frozen=True):
    """Each effect in percent of the most of it, times its weight, less the least that a project adds.

    The most is what one wave of today's shortlist, or any plan that is compared, brings: a plan that
    opens more than the shortlist can is measured by what it opens.
    """

    aims: tuple[Objective, ...]
    most: Mapping[str, float]
    least: float
    """Points that every project takes off."""

    def parts(self, effects: Mapping[str, float], without: str = "") -> dict[str, float]:
        """Points by effect, those of none left out; without one effect the others share its weight."""
        counted = [one for one in self.aims if one.effect != without and self.most[one.effect] > 0]
        weights = math.fsum(one.weight for one in counted)
        return {
            one.effect: 100 * one.weight / weights * effects[one.effect] / self.most[one.effect]
            for one in counted
            if effects.get(one.effect)
        }

    def points(self, effects: Mapping[str, float], projects: int, without: str = "") -> float:
        """All of them together, for so many projects."""
        return math.fsum(self.parts(effects, without).values()) - projects * self.least

    def against(
        self,
        own: tuple[Mapping[str, float], int],
        other: tuple[Mapping[str, float], int],
        without: str = "",
    ) -> float | None:
        """What another choice is worth, the own one being 1; None where that one is worth nothing.

        Args:
            own: Effects and number of projects.
            other: Likewise.
            without: An effect that is not counted.
        """  # fmt: skip
        base = self.points(*own, without)
        return self.points(*other, without) / base if base > 0 else None


def scale_of(assessment: Assessment) -> Scale:
    """What all plans of a brief are measured by."""
    found, known = assessment.programme, assessment.knowledge
    base, other = of_both(found), _told(assessment)
    larger = found.larger if found.is_first_smaller else None
    compared = [base, *(one.effects for one in (other, larger) if one is not None)]
    compared += [
        {name: value + one.yes.effects.get(name, 0.0) for name, value in base.items()}
        for one in assessment.decisions
        if one.kind != "programme" and one.advice != "no"
    ]
    aims = tuple(one for one in found.objectives if one.weight > 0)
    most: dict[str, float] = {
        one.effect: max(one.normaliser, *(each.get(one.effect, 0.0) for each in compared))
        for one in aims
    }
    return Scale(aims, most, 100 * known.assumed("min_gain"))


def of_both(found: Programme) -> Effects:
    """What both waves of the proposal bring."""
    second = found.second.effects
    return {name: value + second.get(name, 0.0) for name, value in found.first.effects.items()}


def dearer_by(assessment: Assessment) -> float:
    """Which share of their worth it costs both waves to begin with the best first; 0 where little."""
    found, other = assessment.programme, _told(assessment)
    if other is None:
        return 0.0
    scale = scale_of(assessment)
    own = scale.points(of_both(found), len(found.projects))
    both = scale.points(other.effects, len(other.first) + len(other.second))
    return max(0.0, 1 - own / both) if both > 0 else 0.0


def _told(assessment: Assessment) -> Together | None:
    """Both waves planned as one, where those of the proposal lose noticeably against them."""
    found, known = assessment.programme.together, assessment.knowledge
    if found is None or found.share <= known.assumed("together_gap_pct") / 100:
        return None
    return found
