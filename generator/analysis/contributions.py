"""What a use's criteria come to here, and what each is worth for the use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from generator.analysis.joining import Ask
from generator.analysis.rollup import adjusted, day_of, read_by, rolled_for, unadjusted
from generator.analysis.values import at_least, partial_of
from generator.model import (
    Contribution,
    Criterion,
    CriterionValue,
    Knowledge,
    Region,
    Requirement,
    Screening,
    Use,
)

if TYPE_CHECKING:
    from generator.analysis.memo import Memo

_Key = tuple[str, str, str]
_HALLS = "data_centre"
"""The group of criteria that describe the halls there are."""


class Rolled(Struct, frozen=True):
    """The criteria of one region, each rolled up once for all uses that share its value."""

    region: Region
    knowledge: Knowledge
    screening: Screening
    memo: Memo
    _found: dict[_Key, CriterionValue] = field(default_factory=dict)

    def values_of(self, use: Use) -> tuple[CriterionValue, ...]:
        """The rolled-up criteria of a use, in the order of its requirements."""
        return self._values(use, self._keys_of(use))

    def hard_parts(self, use: Use) -> tuple[Contribution, ...]:
        """What the criteria with a hard minimum are worth for a use; the others are not rolled up."""
        needs = self.knowledge.requirements[use.use_id]
        hard = [place for place, need in enumerate(needs) if need.hard_minimum]
        keys = self._keys_of(use)
        values = self._values(use, [keys[place] for place in hard])
        return self._parts(use, [needs[place] for place in hard], values)

    def _keys_of(self, use: Use) -> tuple[_Key, ...]:
        known = self.knowledge
        return self.memo.of(
            "keys", (), (use, known.criteria, known.requirements), partial(_keys, use, known)
        )

    def _values(self, use: Use, keys: Sequence[_Key]) -> tuple[CriterionValue, ...]:
        found = self._found
        for key in keys:
            if key not in found:
                found[key] = self._value(use, key)
        return tuple([found[key] for key in keys])

    def _value(self, use: Use, key: _Key) -> CriterionValue:
        """A value; one that comes out as before is the very object of before.

        So what rests on it is found again as well.
        """
        memo, criterion = self.memo, self.knowledge.criteria[key[0]]
        ask = ask_for(self.region, use, criterion, self.knowledge, self.screening)

        def alike(found: CriterionValue) -> CriterionValue:
            number = found.fact.value, found.at_least_as_good_as, found.no_better_than
            return memo.same("value", (*key, *number), found)

        found = memo.of("value", (*key, day_of(ask)), read_by(ask), lambda: alike(unadjusted(ask)))
        own = tuple([one for one in self.region.adjustments if one.target == key[0]])
        if not own:
            return found
        return memo.of(
            "adjusted", own, (found, criterion), lambda: alike(adjusted(found, own, criterion))
        )

    def contributions(self, use: Use, values: Sequence[CriterionValue]) -> tuple[Contribution, ...]:
        """What the values are worth for a use, in the order of its requirements."""
        return self._parts(use, self.knowledge.requirements[use.use_id], values)

    def _parts(
        self, use: Use, needs: Sequence[Requirement], values: Sequence[CriterionValue]
    ) -> tuple[Contribution, ...]:
        builds = use.category == "power_reuse"
        return tuple(
            [
                self.memo.of(
                    "part", (), (need, value),
                    partial(part_of, need, value, self.knowledge, builds=builds),
                )
                for need, value in zip(needs, values, strict=True)
            ]
        )  # fmt: skip


def _keys(use: Use, knowledge: Knowledge) -> tuple[_Key, ...]:
    """Of each requirement of a use the criterion, and what uses of the same value have in common."""
    criteria = [
        knowledge.criteria[need.criterion_id] for need in knowledge.requirements[use.use_id]
    ]
    return tuple([(one.criterion_id, *rolled_for(one, use)) for one in criteria])


def ask_for(
    region: Region, use: Use, criterion: Criterion, knowledge: Knowledge, screening: Screening
) -> Ask:
    """What is to be rolled up for a use, of one criterion."""
    day = screening.as_of.isoformat()
    return Ask(region, use, criterion, knowledge, screening.jurisdictions, day)


def part_of(
    need: Requirement, value: CriterionValue, knowledge: Knowledge, *, builds: bool
) -> Contribution:
    """A requirement's part; what describes existing halls decides nothing for a use that builds."""
    found = contribution(need, value)
    is_of_halls = knowledge.criteria[need.criterion_id].group == _HALLS
    if builds and is_of_halls and not need.hard_minimum:
        return replace(found, is_design_condition=True)
    return found


def contribution(need: Requirement, value: CriterionValue) -> Contribution:
    """A requirement's points of readiness, as an interval while the value is unknown.

    A value that is known may still have a better end, as where letters of intent may be signed.
    """
    known = value.fact.value
    secured = value.at_least_as_good_as if known is None else known
    best = value.no_better_than
    low = points_of(secured, need) if secured is not None else 0.0
    is_settled = known is not None or low == 1.0
    within_reach = 1.0 if best is None else max(low, points_of(best, need))
    high = (low if best is None else within_reach) if is_settled else within_reach
    return Contribution(
        requirement=need,
        value=value,
        low=low,
        partial=low if is_settled else None,
        high=high,
        points_low=need.weight * low,
        points_high=need.weight * high,
        meets_minimum=_meets(secured, best, need, is_known=known is not None),
    )


def points_of(value: float, need: Requirement) -> float:
    """The partial value of a requirement, in [0, 1]."""
    return round(partial_of(value, need.minimum, need.target, need.direction), 12)


def _meets(
    secured: float | None, best: float | None, need: Requirement, *, is_known: bool
) -> bool | None:
    """Whether the minimum is reached; unknown unless what is known decides it either way."""
    if secured is not None and reaches(secured, need.minimum, need.direction):
        return True
    if is_known:
        return False
    is_out_of_reach = best is not None and not reaches(best, need.minimum, need.direction)
    return False if is_out_of_reach else None


def reaches(value: float, bound: float, direction: str) -> bool:
    """Whether a value is at a bound or on its good side."""
    sign = 1.0 if direction == "higher_better" else -1.0
    return at_least(value * sign, bound * sign)
