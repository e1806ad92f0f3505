"""Which sources of data a region's results rest on; only these are credited."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from generator.model import Fact, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.model import Knowledge, Readiness, Region, Source


@dataclass(frozen=True, slots=True)
class _Ground:
    region: Region
    knowledge: Knowledge
    readiness: Readiness
    is_restated: bool


def credited(
    region: Region, knowledge: Knowledge, readiness: Readiness, *, is_restated: bool
) -> tuple[Source, ...]:
    """The sources behind a region's results, in the order of the catalogue.

    Args:
        region: Its registers, each row with its source.
        knowledge: The sources, and the industry classification of the place.
        readiness: The published grid factors that scores rest on.
        is_restated: Whether money was restated at a rate of the table of currencies.
    """
    ground = _Ground(region, knowledge, readiness, is_restated)
    return tuple(
        source for source in knowledge.sources if SOURCES_BY_TEST[source.test](source, ground)
    )


def is_restated_at_table_rate(region: Region, knowledge: Knowledge) -> bool:
    """Whether catalogue money needs a rate here that only the table of currencies has."""
    own = knowledge.currencies.get(region.currency)
    if own is None or own.cny_per_unit is None or region.cny_per_unit.value is not None:
        return False
    return own.cny_per_unit != 1


def _register_source(source: Source, ground: _Ground) -> bool:
    """A row of the register says that it comes from there."""
    names = [text.casefold() for text in source.value]
    return any(
        name in text.casefold()
        for register in source.argument
        for label in _sources_of(register, ground.region)
        for _, text in label.texts
        for name in names
    )


def _sources_of(register: str, region: Region) -> Iterable[Label]:
    """The sources that a register names, or the Region sheet for its single figures."""
    if register == "region":
        facts: Iterable[Fact] = (*region.figures.values(), region.cny_per_unit)
        yield from (fact.source for fact in facts)
        return
    rows: tuple[Any, ...] = getattr(region, register)
    for row in rows:
        for part in fields(row):
            value = getattr(row, part.name)
            if isinstance(value, Fact):
                yield value.source
            elif part.name == "source" and isinstance(value, Label):
                yield value


def _grid_factor(source: Source, ground: _Ground) -> bool:
    """A score rests on a published factor of the place."""
    return any(
        part.value.published is not None and part.value.published.jurisdiction in source.argument
        for use in ground.readiness.uses.values()
        for part in use.contributions
    )


def _classification(source: Source, ground: _Ground) -> bool:
    """Industries are listed, in codes of the classification."""
    place = ground.knowledge.jurisdictions.get(ground.region.jurisdiction)
    is_own = place is not None and place.classification in source.argument
    return is_own and bool(ground.region.industry)


SOURCES_BY_TEST: Mapping[str, Callable[[Source, _Ground], bool]] = {
    "always": lambda _, __: True,
    "register_source": _register_source,
    "grid_factor": _grid_factor,
    "reference_rate": lambda _, ground: ground.is_restated,
    "classification": _classification,
}
"""The closed list `source_test`; `SOURCE_TESTS` says what terms each takes."""
