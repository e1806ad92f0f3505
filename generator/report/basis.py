"""What a quoted number rests on: its cell, or its row in the annex and how many cells are behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from generator.report.annex.used import id_runs, input_ids, rolled_ids, rolled_key

if TYPE_CHECKING:
    from generator.model import Assessment, Fact
    from generator.model.programme import LimitUse, Project
    from generator.problems import Origin
    from generator.report.voice import Voice

_LISTED = 2
"""Rows of the annex that are named one by one where a number rests on many."""


class Basis(NamedTuple):
    """Where a number comes from in words, and its row in the annex."""

    source: str
    annex_id: str


class Bases(Struct, frozen=True, dict=True):
    """Says of one region's numbers what they rest on."""

    assessment: Assessment
    voice: Voice

    @cached_property
    def inputs(self) -> Mapping[Origin, str]:
        """The annex's number of every input by its cell."""
        return input_ids(self.assessment, self.voice)

    @cached_property
    def rolled(self) -> Mapping[tuple[object, ...], str]:
        """The annex's number of every rolled-up figure by what it is of."""
        return rolled_ids(self.assessment, self.voice)

    def fact(self, fact: Fact) -> Basis:
        """A number printed as it stands in its cell; a computed one where it has several."""
        voice, cells = self.voice, self._cells(fact.origins)
        if len(cells) != 1 or len(fact.origins) != 1:
            return self.computed(fact.origins, self._inputs(cells))
        year = fact.as_of[:4]
        source = voice.say(
            "trace.cell", cell=_place(cells[0]), grade=voice.grade(fact.grade),
            year=voice.say("trace.year", year=year) if year else voice.say("trace.undated"),
        )  # fmt: skip
        return Basis(source, self._inputs(cells))

    def computed(self, origins: Iterable[Origin], annex_id: str, entries: int = 0) -> Basis:
        """A number worked out from cells of the region's files and entries of the catalogue.

        Args:
            origins: Where its parts come from, repeats allowed.
            annex_id: The row of the annex that shows how.
            entries: Further entries of the catalogue, which have no origin of their own.
        """
        voice, every = self.voice, tuple(dict.fromkeys(origins))
        cells = self._cells(every)
        entries += sum(1 for one in every if one.file not in self.assessment.region.files)
        parts = []
        if cells:
            one = voice.say("trace.one_cell", cell=_place(cells[0]))
            parts.append(one if len(cells) == 1 else voice.say("trace.cells", count=len(cells)))
        if entries:
            parts.append(voice.plural("trace.entries", entries))
        if not parts:
            return Basis(voice.say("trace.no_cell"), annex_id)
        words = voice.say("trace.and").join(parts)
        return Basis(voice.say("trace.computed", parts=words), annex_id)

    def readiness(self, use_ids: Sequence[str]) -> Basis:
        """Readiness of one use or of several together."""
        uses = [self.assessment.readiness.uses[key] for key in use_ids]
        facts = [part.value.fact for use in uses for part in use.contributions]
        return self.computed(_origins(facts), id_runs(use_ids, self.voice))

    def figure(self, column: str, use_id: str) -> Basis:
        """Jobs or capital of a use: the region's own figure, else the catalogue's range."""
        own = self._own(column, use_id)
        if own is None:
            return Basis(self.voice.say("trace.catalogue"), use_id)
        if column == "capex" and self.assessment.region.rate_basis == "workbook":
            return self.computed(self._cells_of(column, own), self._inputs(own.origins))
        return self.fact(own)

    def figures(self, columns: Sequence[str], use_ids: Sequence[str]) -> Basis:
        """Jobs or capital of several uses, or both."""
        origins: list[Origin] = []
        entries = set()
        for use_id in use_ids:
            for column in columns:
                own = self._own(column, use_id)
                if own is None:
                    entries.add(use_id)
                else:
                    origins += self._cells_of(column, own)
        return self.computed(origins, id_runs(use_ids, self.voice), len(entries))

    def power(self, projects: Sequence[Project]) -> Basis:
        """What projects draw: what bounds their sizes here, and the catalogue's load a unit."""
        drawing = [one for one in projects if one.effects.get("power")]
        facts = [fact for one in drawing if one.bound for fact in one.bound.facts]
        uses = [one.use_id for one in drawing]
        return self.computed(_origins(facts), id_runs(uses, self.voice), len(set(uses)))

    def served(self, projects: Sequence[Project]) -> Basis:
        """Whom projects could serve: employment in their divisions, and the catalogue's share of it."""
        inputs = self.assessment.programme.choice_inputs
        uses = [one.use_id for one in projects if one.effects.get("served")]
        named = {code for use_id in uses for code in inputs.uses[use_id].divisions}
        facts = [one.employment for one in inputs.divisions if one.code in named]
        return self.computed(_origins(facts), id_runs(uses, self.voice), len(set(uses)))

    def _own(self, column: str, use_id: str) -> Fact | None:
        """The region's own figure; None where it has none or money without a rate."""
        region = self.assessment.region
        has_rate = region.cny_per_unit.value is not None
        for row in region.estimates:
            fact: Fact = getattr(row, column)
            if row.use == use_id and fact.value is not None and (column != "capex" or has_rate):
                return fact
        return None

    def _cells_of(self, column: str, own: Fact) -> tuple[Origin, ...]:
        """The cells of an own figure, the rate of a foreign currency included."""
        region = self.assessment.region
        is_stated = column == "capex" and region.rate_basis == "workbook"
        return (*own.origins, *(region.cny_per_unit.origins if is_stated else ()))

    def gap(self, criterion_id: str, use_id: str) -> Basis:
        """The gap of a use, which its rolled-up value leaves."""
        use = self.assessment.readiness.uses[use_id]
        part = next(
            one for one in use.contributions if one.requirement.criterion_id == criterion_id
        )
        return self.computed(part.value.fact.origins, self.rolled[rolled_key(part)])

    def used(self, resource: LimitUse, annex_id: str) -> Basis:
        """What the projects take of a resource."""
        found, name = self.assessment.programme, resource.resource
        uses = [one.use_id for one in found.projects if one.needs.get(name)]
        if name == "capex":
            return self.figures(("capex",), uses)._replace(annex_id=annex_id)
        return self.computed((), annex_id, len(uses))

    def employment(self) -> Basis:
        """Everybody employed in the industries listed."""
        rows = self.assessment.economy.industries
        origins = [
            one
            for row in rows
            if row.employment.value is not None
            for one in row.employment.origins
        ]
        return self.computed(origins, self._inputs(self._cells(origins)))

    def _cells(self, origins: Iterable[Origin]) -> tuple[Origin, ...]:
        files = self.assessment.region.files
        return tuple(dict.fromkeys(one for one in origins if one.file in files and one.cell))

    def _inputs(self, cells: Sequence[Origin]) -> str:
        """The annex's numbers of these cells, shortened when there are many."""
        ids = list(dict.fromkeys(self.inputs[one] for one in cells if one in self.inputs))
        if len(ids) <= _LISTED + 1:
            return self.voice.join(ids) or self.voice.dash
        first = self.voice.join(ids[:_LISTED])
        return self.voice.say("trace.more", first=first, count=len(ids) - _LISTED)


def _origins(facts: Iterable[Fact]) -> list[Origin]:
    return [origin for fact in facts for origin in fact.origins]


def _place(origin: Origin) -> str:
    """File, sheet and cell; a table file stands for its only sheet."""
    return f"{origin.file} › {origin}" if origin.sheet else str(origin)
