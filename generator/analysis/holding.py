"""Projects that wait for a later choice between plans: what binds is planned for them apart, after the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from generator.analysis.schedule import GATES
from generator.model import Bodies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.analysis.schedule import Key
    from generator.model import PlannedAction


class Hold(NamedTuple):
    """Projects and the month, from the plan's start, before which nothing binds the region to them."""

    uses: tuple[str, ...]
    month: float


def apart(planned: Mapping[str, PlannedAction], holds: Sequence[Hold]) -> dict[Key, PlannedAction]:
    """The actions by key, those that bind once for each group of projects that a choice holds.

    Desk studies, letters of intent and first steps go ahead for all.

    Args:
        planned: Actions by id.
        holds: Groups of projects, none in two of them.
    """
    binding = _binding(planned)
    return {
        each.key: each
        for key, one in planned.items()
        for each in (_split(one, holds) if key in binding else (one,))
    }


def _binding(planned: Mapping[str, PlannedAction]) -> set[str]:
    """What is reviewed, voted on, filed, decided on by an authority or bought, what waits for any of that, and what goes with works."""
    found = {key for key, one in planned.items() if _binds(one)}
    while more := {
        key
        for key, one in planned.items()
        if key not in found and found.intersection(one.depends_on)
    }:
        found |= more
    return found | {key for key, one in planned.items() if one.follows_works}


def _binds(one: PlannedAction) -> bool:
    action = one.action
    if action.before_approval:
        return False
    return bool(action.files or action.deciding_offices) or action.stage in GATES


def _split(one: PlannedAction, holds: Sequence[Hold]) -> Iterator[PlannedAction]:
    """One planned action for each group of its projects, first for those that nothing holds."""
    uses = one.because.uses
    every = {use for hold in holds for use in hold.uses}
    free = [use for use in uses if use not in every]
    if free or not uses:
        yield _narrowed(one, free) if free else one
    for number, hold in enumerate(holds, start=1):
        if own := [use for use in uses if use in hold.uses]:
            yield replace(_narrowed(one, own), held=number, waits_from=hold.month)


def _narrowed(one: PlannedAction, uses: Iterable[str]) -> PlannedAction:
    """The same action on account of some of its projects only."""
    kept = set(uses)
    causes = (
        replace(cause, uses=tuple(use for use in cause.uses if use in kept))
        if cause.uses
        else cause
        for cause in one.causes
    )
    bodies = one.bodies
    return replace(
        one,
        causes=tuple(
            cause for cause, old in zip(causes, one.causes, strict=True) if cause.uses or not old.uses
        ),
        bodies=Bodies(
            tuple(row for row in bodies.named if row.use in kept),
            tuple(row for row in bodies.signed if row.use in kept),
            tuple(pair for pair in bodies.sought if pair[0] in kept),
        ),
    )  # fmt: skip
