"""What of the idle power could be put to use, and what stands between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.choosing import ProjectSite
    from generator.model.programme import Effects, Placement, Precondition


class Unlock(Struct, frozen=True):
    """A use of power that waits, and what both waves would be if it had all that it waits for."""

    use_id: str
    conditions: tuple[Precondition, ...]
    first: tuple[Placement, ...]
    second: tuple[Placement, ...]
    power: float
    """Of both waves, MW on average."""
    effects: Effects
    """What both waves then bring beyond the programme."""
    capital: float
    """What both then cost beyond it, CNY m."""


OutsideKind = Literal["given", "requires", "size", "excluded", "room", "limits", "worth"]
"""Held back by what nobody here can change, by a use that it needs, by its smallest size, by a use
that excludes it; without room at a site or under a limit once the first wave has its part; or
others bring more."""


class Outside(Struct, frozen=True):
    """Why a shortlisted use of power is in no wave, whatever else it waits for."""

    kind: OutsideKind
    names: tuple[str, ...] = ()
    """Criteria, the use, limits that leave no room."""
    places: tuple[ProjectSite, ...] = ()
    """Where it would fit and the first wave leaves too little."""
    by: tuple[str, ...] = ()
    """Uses of the first wave that stand there, or that exclude it."""


class IdlePower(Struct, frozen=True):
    """What the shortlist could make of the idle power, MW on average."""

    used: float
    """By both waves."""
    held: float
    """Connection in MW that both waves take at their peak."""
    attainable: float
    """The most that two waves could use if every use had what it waits for and power alone counted."""
    mix: tuple[Placement, ...]
    """The projects of that."""
    unlocks: tuple[Unlock, ...]
    """Those that bring more power into use, the most first."""
    outside: Mapping[str, Outside]
    """Uses of power in no wave."""
