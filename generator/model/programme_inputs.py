"""What the programme is computed from, number by number, and what it costs year by year.

With the candidates, objectives and limits of the programme these numbers are all that somebody
needs to compute it once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model.economy import Range
    from generator.model.facts import Fact, Label


class UnitInputs(Struct, frozen=True):
    """One platform, or one unit of scale, as the choice counts it; money in CNY m, power in MW."""

    capital: float | None
    """None: unknown, so that the use is not chosen."""
    jobs: float
    """FTE; 0 while unknown, and so is value added."""
    value_added: float
    power: float
    """Average load round the clock that one unit draws; 0 for a platform."""
    needs: Mapping[str, float]
    """What a unit takes of each limit but money; what grows with the size."""
    fixed_needs: Mapping[str, float]
    """What a project takes of it whatever its size."""
    rooms: Mapping[str, float]
    """What a unit takes of its site: connection in MW, hall in m2, water in m3 a day."""
    on_shared_platform: bool
    repeatable: bool
    reach_share: float
    """Share of the people in its divisions that a platform reaches, in [0, 1]."""
    divisions: tuple[str, ...]
    """Codes of these divisions as far as the Industry sheet holds them."""


class SiteInputs(Struct, frozen=True):
    """Firm capacity of one site of the sheet."""

    name: Label
    is_cleared: bool
    rooms: Mapping[str, float]
    """Connection in MW, hall in m2, water in m3 a day; low ends, blanks as nothing."""


class DivisionInputs(Struct, frozen=True):
    """People of one row of the Industry sheet."""

    code: str
    name: Label
    employment: Fact


class ProgrammeInputs(Struct, frozen=True):
    """Everything the choice of both waves rests on, beside candidates, objectives and limits."""

    uses: Mapping[str, UnitInputs]
    divisions: tuple[DivisionInputs, ...]
    sites: tuple[SiteInputs, ...]
    spare_mw: float
    """Firm spare capacity of all existing connection points."""
    excludes: tuple[tuple[str, str], ...]
    """Pairs of uses that may not both be chosen."""
    requires: tuple[tuple[str, str], ...]
    """Pairs of which the first needs the second."""
    parameters: Mapping[str, float]
    """Rows of the assumptions that the choice reads, by name."""


class YearMoney(Struct, frozen=True):
    """What one year asks for; CNY m."""

    year: int
    """A calendar year; the year of the plan, from 1, where its start is not given."""
    first: float
    """Capital of the first wave at base values; of the second wave likewise."""
    second: float
    capital: Range
    """Low and high ends of both waves."""
    running: Range | None
    """Running cost and power of the projects that may operate: the low ends where all are built in the
    longer time, the high ends where they are in the shorter; None while the cost of one is unknown."""


class LateMoney(Struct, frozen=True):
    """Capital that falls after the plan period; CNY m."""

    first: float
    """Of the first wave at base values; of the second wave likewise."""
    second: float
    capital: Range
    """Low and high ends of both waves."""
