"""Which currencies a document counts in: the region's, and the catalogue's where there is no rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from generator.language import Language

if TYPE_CHECKING:
    from datetime import date

    from generator.model import Knowledge, RateBasis, Region, RegionSummary


class Money(Struct, frozen=True):
    """The currencies of a document: which the region counts in, and which its amounts stand in."""

    own: str
    """The region's."""
    shown: str
    """That of amounts that the analysis gives: the region's, or the catalogue's without a rate."""
    rate: float
    """What one unit of `shown` is worth in the catalogue's currency."""
    basis: RateBasis
    rate_on: date | None = None

    @property
    def is_converted(self) -> bool:
        """Whether amounts of the catalogue are printed in another currency than its own."""
        return self.basis in {"workbook", "table"}


def money_of(region: Region, knowledge: Knowledge) -> Money:
    """The currencies of one region's documents."""
    rate = region.cny_per_unit.value
    return _money(region.currency, rate, region.rate_basis, region.rate_on, knowledge)


def money_beside(summary: RegionSummary, knowledge: Knowledge) -> Money:
    """The currencies of one region among others."""
    return _money(
        summary.currency, summary.cny_per_unit, summary.rate_basis, summary.rate_on, knowledge
    )


def _money(
    own: str, rate: float | None, basis: RateBasis, day: date | None, knowledge: Knowledge
) -> Money:
    base = knowledge.base_currency
    return Money(own or base, own if rate else base, rate or 1.0, basis, day)


def in_base(knowledge: Knowledge) -> Money:
    """Money as the catalogue counts it."""
    return Money(knowledge.base_currency, knowledge.base_currency, 1.0, "same")


class Purse(Language, frozen=True):
    """A language with the catalogue and the currencies that its amounts stand in."""

    knowledge: Knowledge
    currencies: Money | None = None
    """What amounts stand in; None for money as the catalogue counts it."""

    @property
    def money_in(self) -> Money:
        """The currencies that amounts stand in."""
        return self.currencies or in_base(self.knowledge)
