"""Questions that a reader can answer, each with what yes and no would bring.

Every answer is a run of its own: what is printed is what happens. What changes nothing in the
programme is not asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.analysis.scenarios import Outcome, compare, outcome_of
from generator.analysis.waves import NOTHING
from generator.model import (
    Decision,
    DecisionKind,
    Difference,
    Institution,
    Label,
    Origin,
    Precondition,
    Programme,
    ProjectSite,
    Region,
    Step,
    StepPlan,
)
from generator.shipped import ENGLISH

if TYPE_CHECKING:
    from generator.model.decisions import Advice

_SIGNED = "signed"
_ROUND = 1e-9
_ASSUMED = Label(((ENGLISH, "assumed for the question"),))
"""Stands where a document would; no document names it."""


class Questions(Struct, frozen=True):
    """What the questions of a region are asked from."""

    base: Outcome
    programme: Programme
    steps: StepPlan

    def asked(self) -> tuple[Decision, ...]:
        """The programme itself first, then what changes it, that which brings most before the rest."""
        found = [*self._steps(), *self._signatures(), *self._clearances()]
        order = (*self._begin(), *sorted(found, key=self._brought, reverse=True))
        return tuple(replace(one, advice=self._advice(one)) for one in order)

    def _brought(self, one: Decision) -> float:
        """What a yes adds to the effects of both waves, in shares of the attainable."""
        worth = self.base.core.setting.coefficients
        return sum(worth.get(name, 0.0) * by for name, by in one.yes.effects.items())

    def _advice(self, one: Decision) -> Advice:
        """What the figures speak for; less than a project must add speaks for neither."""
        brought, least = self._brought(one), self.base.core.knowledge.assumed("min_gain")
        if abs(brought) < least - _ROUND:
            return "level"
        return "yes" if brought > 0 else "no"

    def _begin(self) -> Iterable[Decision]:
        """Whether to begin with the first wave, and up to which capital."""
        if self.programme.first.projects:
            frame = self.base.first.frame
            empty = replace(self.base.first, found=NOTHING)
            nothing = Outcome(self.base.core, empty, replace(empty, frame=frame))
            first = replace(nothing, first=self.base.first)
            yield _decision(
                "programme",
                self.programme.first.uses,
                yes=compare(nothing, first),
                no=compare(nothing, nothing),
                amount=self.ceiling,
            )

    @property
    def ceiling(self) -> float:
        """The capital to ask for in CNY m: the 90th percentile, and no less than with contingency."""
        first, robustness = self.programme.first, self.programme.firmness
        contingency = self.base.core.knowledge.assumed("contingency")
        least = first.capital * (1.0 + contingency)
        if robustness is None or robustness.capital is None:
            return least
        return max(least, robustness.capital.p90)

    def _steps(self) -> Iterable[Decision]:
        for one in self.steps.single:
            if one.difference.changes_programme and not one.not_found:
                step = one.steps[0]
                yield _decision(
                    "step", moved(one.difference), yes=one.difference, no=self._same, step=step
                )

    def _signatures(self) -> Iterable[Decision]:
        """Projects and uses for which a body must sign first."""
        readiness, knowledge = self.base.core.readiness, self.base.core.knowledge
        waiting = [use_id for ids in readiness.prepare.values() for use_id in ids]
        unsigned = [
            one.use_id
            for one in self.programme.second.projects
            if any(self._is_signature(item) for item in one.preconditions)
        ]
        asked = self._signed_by_steps()
        short = {
            one.use_id: [
                math.ceil((item.minimum or 0.0) - (item.value or 0.0) - _ROUND)
                for item in one.preconditions
                if item.kind == "criterion" and self._is_signature(item)
            ]
            for one in self.programme.second.projects
        }
        for use_id in dict.fromkeys((*unsigned, *waiting)):
            if use_id in asked:
                continue
            missing = readiness.uses[use_id].signatures
            key = missing.missing_types
            types = key or self._unsigned(use_id, knowledge.needs[use_id].partner_types)
            count = max(1, missing.missing, len(key), *short.get(use_id, ()))
            region = self._with_signatures(use_id, types, count)
            yield from self._if_it_matters("signature", (use_id,), region, types=types, count=count)

    def _unsigned(self, use_id: str, types: Sequence[str]) -> tuple[str, ...]:
        """The types of which nobody has signed yet; all where each has somebody."""
        signed = {
            one.type
            for one in self.base.core.region.institutions
            if one.use == use_id and one.status == _SIGNED
        }
        return tuple(one for one in types if one not in signed) or tuple(types)

    def _is_signature(self, item: Precondition) -> bool:
        """Whether a signature is what a project waits for."""
        knowledge = self.base.core.knowledge
        return item.kind == "signature" or (
            item.kind == "criterion" and knowledge.is_in_role(item.criterion_id, "institutions")
        )

    def _signed_by_steps(self) -> set[str]:
        """Uses for which a planned step that is asked for brings a signature: nobody is asked twice."""
        role = self.base.core.knowledge.in_role("institutions")
        return {
            one.steps[0].applies_to.rpartition("/")[2].strip()
            for one in self.steps.single
            if role is not None
            and one.steps[0].criterion == role.criterion_id
            and one.difference.changes_programme
        }

    def _with_signatures(self, use_id: str, types: Sequence[str], count: int) -> Region:
        """The region with so many more bodies signed for a use, spread over the types."""
        region = self.base.core.region
        added = tuple(
            Institution(
                origin=Origin("", "Institutions"),
                name=Label((("en", f"{use_id} {kind} {number}"),)),
                type=kind,
                use=use_id,
                status=_SIGNED,
                signed_on=None,
                document=_ASSUMED,
                grade="D",
                source=_ASSUMED,
                as_of="",
            )
            for number, kind in enumerate(islice(cycle(types), count))
        )
        return replace(region, institutions=(*region.institutions, *added))

    def _clearances(self) -> Iterable[Decision]:
        """Sites that nothing clears yet and that a project waits for."""
        region = self.base.core.region
        for one in self.programme.second.projects:
            number = one.place.number
            if number is None or one.place.is_cleared:
                continue
            sites = list(region.sites)
            sites[number] = replace(sites[number], clearance_document=_ASSUMED)
            changed = replace(region, sites=tuple(sites))
            yield from self._if_it_matters("clearance", (one.use_id,), changed, place=one.place)

    def _if_it_matters(
        self,
        kind: DecisionKind,
        uses: tuple[str, ...],
        region: Region,
        *,
        types: tuple[str, ...] = (),
        count: int = 0,
        place: ProjectSite | None = None,
    ) -> Iterable[Decision]:
        yes = compare(self.base, outcome_of(self.base.core.again(region)))
        if yes.changes_programme:
            yield _decision(
                kind, uses, yes=yes, no=self._same, types=types, count=count, place=place
            )

    @property
    def _same(self) -> Difference:
        """No: everything stays as the brief says."""
        return compare(self.base, self.base)


def moved(difference: Difference) -> tuple[str, ...]:
    """The uses of whose projects something changes."""
    found = (
        *difference.joins,
        *difference.earlier,
        *difference.resized,
        *difference.leaves,
        *difference.later,
    )
    return tuple(dict.fromkeys(found))


def _decision(
    kind: DecisionKind,
    uses: tuple[str, ...],
    *,
    yes: Difference,
    no: Difference,
    step: Step | None = None,
    place: ProjectSite | None = None,
    types: tuple[str, ...] = (),
    count: int = 0,
    amount: float | None = None,
) -> Decision:
    return Decision(kind, uses, step, place, types, count, amount, yes, no)
