"""The regions of a comparison in their order, and how tables and sentences name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Cell, RegionSummary, Row
from generator.report.currencies import Money, money_beside
from generator.report.tables import row

if TYPE_CHECKING:
    from generator.report.voice import Voice

REASONED = 20
"""Regions that are told one by one why they differ; of more it is told use by use."""
UNGROUPED = 40
"""Regions that one list holds; more are grouped by province or legal order."""
ONE_BY_ONE = 100
"""Regions that a document lists at all; of more it shows the groups, and the CSV every region."""
GROUP = "group"
"""Kind of the rows that name a group of regions."""
NAMED = 5
"""Regions that one sentence or cell names."""
_NAMED_OF_GROUPED = 3


def in_order(summaries: Iterable[RegionSummary]) -> tuple[RegionSummary, ...]:
    """By legal order and administrative code, so that neighbours stand together."""
    return tuple(sorted(summaries, key=lambda one: (one.jurisdiction, one.admin_code, one.code)))


class Regions(Struct, frozen=True):
    """The regions compared, the day, and the language they are spoken of in."""

    all: tuple[RegionSummary, ...]
    as_of: date
    voice: Voice

    def voice_of(self, region: RegionSummary) -> Voice:
        """The voice that says money as this region counts it."""
        return replace(self.voice, currencies=self.money(region))

    def money(self, region: RegionSummary) -> Money:
        """The currencies of one region."""
        return money_beside(region, self.voice.knowledge)

    def common_money(self, regions: Sequence[RegionSummary]) -> Money | None:
        """The currencies that these regions share; None where amounts are not to be added up."""
        kinds = {(money.shown, money.rate): money for money in map(self.money, regions)}
        return next(iter(kinds.values())) if len(kinds) == 1 else None

    def name(self, region: RegionSummary) -> str:
        """The name as typed; the code where there is none."""
        return region.name.text(self.voice.language) or region.code

    def names(self, regions: Sequence[RegionSummary]) -> str:
        """The regions by name, cut short where they are many."""
        return self.several([self.name(region) for region in regions])

    def several(self, texts: Sequence[str]) -> str:
        """What is said of each region, cut short where they are many."""
        most = _NAMED_OF_GROUPED if self.is_grouped else NAMED
        if len(texts) <= most:
            return self.voice.join(texts) or self.voice.dash
        first = self.voice.join(texts[:most])
        return self.voice.say("comparison.several", first=first, count=len(texts))

    def places(self, regions: Sequence[RegionSummary]) -> str:
        """The regions by name, or that it is all of them."""
        if len(regions) == len(self.all):
            return self.every
        return self.names(regions)

    @property
    def every(self) -> str:
        """That it is all of them."""
        count = len(self.all)
        return self.voice.say("comparison.both" if count == 2 else "comparison.every", count=count)

    def share(self, count: int) -> str:
        """How many of the regions."""
        every = len(self.all)
        if count == every:
            return self.every
        return self.voice.say("comparison.some", count=count, of=every)

    def group(self, region: RegionSummary) -> str:
        """The province where its code tells it, else the legal order."""
        known = self.voice.knowledge
        order = self.voice.name(known.jurisdictions[region.jurisdiction].name)
        for factor in known.grid_factors:
            is_own = factor.jurisdiction == region.jurisdiction and factor.admin_prefix
            if is_own and region.admin_code.startswith(factor.admin_prefix):
                return self.voice.say(
                    "comparison.group", order=order, place=self.voice.name(factor.name)
                )
        return order

    @property
    def is_reasoned(self) -> bool:
        """Whether they are few enough for a reason each."""
        return len(self.all) <= REASONED

    @property
    def is_grouped(self) -> bool:
        """Whether there are too many for one list."""
        return len(self.all) > UNGROUPED

    @property
    def is_summed_up(self) -> bool:
        """Whether there are too many to list one by one."""
        return len(self.all) > ONE_BY_ONE

    def rows(
        self,
        make: Callable[[RegionSummary], Row],
        sum_up: Callable[[Sequence[RegionSummary]], Row],
    ) -> Iterator[Row]:
        """A row a region, or a row a group of them where there are too many.

        Args:
            make: The cells of one region.
            sum_up: The same cells for the regions of a group.

        Yields:
            Rows in order; before the first region of a group stands a row with the group's name.
        """
        if self.is_summed_up:
            for name, own in self._groups().items():
                shown = self.voice.say("comparison.summed", place=name, count=len(own))
                yield _named(shown, sum_up(own))
            return
        last = ""
        for region in self.all:
            group = self.group(region) if self.is_grouped else ""
            if group != last:
                yield row({"group": group}, GROUP)
            last = group
            yield _named(self.name(region), make(region))

    def _groups(self) -> dict[str, list[RegionSummary]]:
        groups: dict[str, list[RegionSummary]] = defaultdict(list)
        for region in self.all:
            groups[self.group(region)].append(region)
        return groups


def _named(region: str, made: Row) -> Row:
    return replace(made, cells={"group": Cell(""), "region": Cell(region), **made.cells})
