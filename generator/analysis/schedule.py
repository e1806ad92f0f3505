"""When each task of the action programme can start: what is settled first, then review, vote, award and works."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.model import PlannedAction

Key = tuple[str, int]
"""An action, and the choice between plans that holds it."""
_BEFORE_OPENING = "before_opening"
_GATES = ("review", "vote", "award")
GATES = frozenset(_GATES)
"""Stages that wait for whatever else works wait for: the review of what comes to the vote, the vote on
the building money, then the tender and what is promised with it."""
_VOTE = "vote"
NAMES, STUDY, SPEND = "names", "study", "spend"
"""What an action costs: it names the money for studies; a study; training, hiring or building."""


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
    planned: Mapping[Key, PlannedAction], first: Collection[str], built: Milestones
) -> dict[Key, float]:
    """The month each action can start: its own, or the end of the last it waits for.

    What waits for works or an opening starts when the first that it is about has come so far; what
    belongs to works ends with them. What trains, hires or builds waits for the first vote on any of
    the projects that it serves.

    Args:
        planned: Actions by key, whenever they start.
        first: Uses of the first wave; a vote does not wait for what only the second one needs.
        built: Months of the works; empty while none are laid out.
    """
    votes = {key: _votes_for(one, planned, first) for key, one in planned.items()}
    waits = _waits(planned, first, votes)
    starts: dict[Key, float] = {}

    def end(key: Key) -> float:
        return starts[key] + planned[key].duration_months

    for key in TopologicalSorter(waits).static_order():
        one = planned[key]
        ends = [end(other) for other in waits[key] - votes[key]]
        voted = min(map(end, votes[key]), default=0.0)
        own = max(_own_start(one, planned, built), _after_first_wave(one, first, built))
        starts[key] = max([own, one.waits_from, voted, *ends])
    return starts


def _own_start(
    one: PlannedAction, planned: Mapping[Key, PlannedAction], built: Milestones
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


def _after_first_wave(one: PlannedAction, first: Collection[str], built: Milestones) -> float:
    """The month in which the first wave stands, before which nothing is spent on the second alone."""
    if not is_for_later(one, first):
        return 0.0
    return float(
        math.ceil(max((built.stands[use] for use in first if use in built.stands), default=0.0))
    )


def is_for_later(one: PlannedAction, first: Collection[str]) -> bool:
    """Whether it spends on the second wave alone."""
    uses = one.because.uses
    return one.action.paid == SPEND and bool(uses and first) and set(first).isdisjoint(uses)


def _votes_for(
    one: PlannedAction, planned: Mapping[Key, PlannedAction], first: Collection[str]
) -> frozenset[Key]:
    """The votes of which the first lets an action spend: those on its projects, or on any for the whole plan."""
    uses = set(one.because.uses) or set(first)
    return frozenset(
        key
        for key, vote in planned.items()
        if one.action.paid == SPEND
        and vote.action.stage == _VOTE
        and uses.intersection(vote.because.uses)
    )


def _waits(
    planned: Mapping[Key, PlannedAction],
    first: Collection[str],
    votes: Mapping[Key, frozenset[Key]],
) -> dict[Key, frozenset[Key]]:
    """What each action waits for: what the catalogue says, money, and before a gate all that is to be settled.

    What serves both waves does not wait for what only the second one needs.
    """
    named = {key for key, one in planned.items() if one.action.paid == NAMES}
    waits = {
        key: frozenset(
            other for other in waits_for(one, planned) if not _is_later(planned[other], one, first)
        )
        | votes[key]
        | (named if one.action.paid == STUDY else frozenset())
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


def waits_for(one: PlannedAction, planned: Mapping[Key, PlannedAction]) -> Iterable[Key]:
    """What an action depends on by the catalogue.

    Of one that is planned more than once it is what its own projects go through; a vote, say, that
    only other projects come to holds it up as well.
    """
    for action_id in one.depends_on:
        every = {key: other for key, other in planned.items() if key[0] == action_id}
        own = [key for key, other in every.items() if _shares(one, other)]
        yield from own or (key for key, other in every.items() if not _is_apart(other))


def _is_apart(other: PlannedAction) -> bool:
    """Whether an action holds up no other project than its own: a first step, or what a choice holds."""
    return bool(other.held) or other.because.kind == "proposed"


def _shares(one: PlannedAction, other: PlannedAction) -> bool:
    """Whether two actions are for one project, or one of them for the whole plan."""
    uses = one.because.uses, other.because.uses
    return not all(uses) or not set(uses[0]).isdisjoint(uses[1])


def _after_findings(
    planned: Mapping[Key, PlannedAction], waits: Mapping[Key, frozenset[Key]]
) -> dict[Key, frozenset[Key]]:
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


def _after(gates: Collection[Key], waits: Mapping[Key, Collection[Key]]) -> frozenset[Key]:
    """The gates and whatever waits for one of them, so that none of it holds a gate up."""
    found = set(gates)
    while more := {key for key, on in waits.items() if key not in found and found & set(on)}:
        found |= more
    return frozenset(found)
