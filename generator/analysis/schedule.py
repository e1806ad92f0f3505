"""When each task of the action programme can start: what is settled first, then review, vote, award and works."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.model import PlannedAction

_BEFORE_OPENING = "before_opening"
_GATES = ("review", "vote", "award")
GATES = frozenset(_GATES)
"""Stages that wait for whatever else works wait for: the review of what comes to the vote, the vote on
the building money, then the tender and what is promised with it."""


class Milestones(NamedTuple):
    """Use to the month in which it is built, and to that in which it may operate; empty without works."""

    stands: Mapping[str, float]
    opens: Mapping[str, float]


def months_to_open(planned: Iterable[PlannedAction], use_id: str) -> dict[str, float]:
    """Action to the months from the end of a project's works to its own end, of those it opens after.

    Args:
        planned: Actions, in any order; only what comes between works and opening counts.
        use_id: The project.
    """
    own = {
        one.action.action_id: one
        for one in planned
        if one.action.stage == _BEFORE_OPENING and use_id in one.because.uses
    }
    waits = {key: own.keys() & set(one.depends_on) for key, one in own.items()}
    ends: dict[str, float] = {}
    for key in TopologicalSorter(waits).static_order():
        begun = max((ends[other] for other in waits[key]), default=0.0)
        ends[key] = begun + own[key].duration_months
    return ends


def starts_of(
    planned: Mapping[str, PlannedAction], first: Collection[str], built: Milestones
) -> dict[str, float]:
    """The month each action can start: its own, or the end of the last it waits for.

    What waits for works or an opening starts when the first that it is about has come so far; what
    belongs to works ends with them.

    Args:
        planned: Actions by id, whenever they start.
        first: Uses of the first wave; a vote does not wait for what only the second one needs.
        built: Months of the works; empty while none are laid out.
    """
    waits = _waits(planned, first)
    starts: dict[str, float] = {}
    for key in TopologicalSorter(waits).static_order():
        one = planned[key]
        ends = [starts[other] + planned[other].duration_months for other in waits[key]]
        starts[key] = max([_own_start(one, planned, built), *ends])
    return starts


def _own_start(
    one: PlannedAction, planned: Mapping[str, PlannedAction], built: Milestones
) -> float:  # fmt: skip
    """The month in which an action could start if it waited for no other.

    The month of the catalogue is that of a plan without works.
    """
    action, own = one.action, [use for use in one.because.uses if use in built.stands]
    if not own or not one.follows_works:
        return action.start_month
    if action.stage == "after_works":
        return max(action.start_month, math.ceil(min(built.opens[use] for use in own)))
    ends = {use: float(math.ceil(built.stands[use])) for use in own}
    if action.stage == _BEFORE_OPENING:
        ends = {
            use: end + months_to_open(planned.values(), use)[action.action_id]
            for use, end in ends.items()
        }
    return max(0.0, min(ends.values()) - action.duration_months)


def _waits(
    planned: Mapping[str, PlannedAction], first: Collection[str]
) -> dict[str, frozenset[str]]:
    """What each action waits for: what the catalogue says, and before a gate all that is to be settled.

    What serves both waves does not wait for what only the second one needs.
    """
    waits = {
        key: frozenset(
            other for other in one.depends_on if not _is_later(planned[other], one, first)
        )
        for key, one in planned.items()
    }
    gates = {key: one for key, one in planned.items() if one.action.stage in GATES}
    later = _after(gates, waits)
    for key, gate in gates.items():
        own = set(gate.because.uses) or set(first)
        before = {
            other
            for other, one in planned.items()
            if one.precedes_works
            and (other not in later or _goes_ahead(one, gate))
            and (not one.because.uses or not own or own.intersection(one.holds_up))
        }
        waits[key] |= before
    return _after_findings(planned, waits)


def _is_later(other: PlannedAction, one: PlannedAction, first: Collection[str]) -> bool:
    """Whether only the second wave needs the other, while this one serves the first wave as well."""
    own = set(first)
    return (
        bool(other.because.uses)
        and own.isdisjoint(other.because.uses)
        and not own.isdisjoint(one.because.uses)
    )


def _after_findings(
    planned: Mapping[str, PlannedAction], waits: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Nothing is begun for projects that wait for a finding, before it is there."""
    found = dict(waits)
    for other, one in planned.items():
        own = {use for cause in one.causes if cause.kind == "waits" for use in cause.uses}
        for key, task in planned.items():
            if key != other and task.because.uses and own.issuperset(task.because.uses):
                found[key] |= {other}
    return found


def _goes_ahead(one: PlannedAction, gate: PlannedAction) -> bool:
    """Whether both are gates and the other is one that this gate waits for."""
    return one.action.stage in GATES and _GATES.index(one.action.stage) < _GATES.index(
        gate.action.stage
    )


def _after(gates: Collection[str], waits: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The gates and whatever waits for one of them, so that none of it holds a gate up."""
    found = set(gates)
    while more := {key for key, on in waits.items() if key not in found and found & set(on)}:
        found |= more
    return frozenset(found)
