"""The one thing that decides where a use stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from generator.analysis.candidates import decisive
from generator.analysis.values import at_least
from generator.model import (
    CLEARED,
    COMPARATORS,
    Candidate,
    Contribution,
    Precondition,
    Programme,
    Use,
    UseFinding,
    UseReadiness,
)
from generator.model.explanation import Deciding, DecidingKind, Hypothesis

if TYPE_CHECKING:
    from generator.analysis.core import Core


class Verdicts(Struct, frozen=True):
    """What decides on the uses of a region, in the order of the method: law, minima, list, wave."""

    base: Core
    plan: Programme

    def deciding(
        self,
        use: Use,
        wave: Literal[0, 1, 2],
        held: Hypothesis | None,
        omitted: Hypothesis | None,
    ) -> Deciding:
        """The first gate that a use does not pass; of one that passes all, what its place is worth.

        Args:
            use: The use.
            wave: Where the programme holds it.
            held: The best first wave that must hold it; None where there is none.
            omitted: The best first wave without it, where the first wave holds it.
        """
        law = self.base.screening.uses.get(use.use_id)
        return next(iter((*self._barred(use, law), *self._placed(use, wave, held, omitted))))

    def _barred(self, use: Use, law: UseFinding | None) -> Iterator[Deciding]:
        """What the law says, where it ends the matter."""
        if law is None:
            yield Deciding("elsewhere")
        elif law.status == "prohibited":
            yield Deciding("barred", barring(law))
        elif use.category == COMPARATORS:
            yield Deciding("outside")
        elif law.status not in CLEARED:
            yield Deciding("law_open", tuple(one.activity for one in law.of("not_assessed")))

    def _placed(
        self,
        use: Use,
        wave: Literal[0, 1, 2],
        held: Hypothesis | None,
        omitted: Hypothesis | None,
    ) -> Iterator[Deciding]:
        """Where the programme puts a use that the law clears, and why."""
        candidate = self.base.setting.candidates.get(use.use_id)
        scored = self.base.readiness.uses.get(use.use_id)
        if wave == 1 and omitted is not None:
            yield Deciding("gain", omitted.joins, omitted.wave.loss)
        elif wave == 2:
            project = next(one for one in self.plan.second.projects if one.use_id == use.use_id)
            yield _precondition(project.preconditions[0])
        elif candidate is not None:
            yield from self._idle(candidate, held)
        elif scored is not None:
            yield from self._unlisted(use, scored)

    def _unlisted(self, use: Use, scored: UseReadiness) -> Iterator[Deciding]:
        """Why a use that the law clears is no candidate."""
        assumed = self.base.knowledge.assumed
        if scored.listed == "shortlist":
            yield Deciding("supply")
        elif scored.listed == "prepare":
            yield _signatures(scored)
        for part in scored.missed:
            is_short = part.meets_minimum is False
            yield _part("hard_missed", part) if is_short else _signatures(scored)
        for part in scored.unknown_minima:
            yield _part("hard_unknown", part)
        least = assumed("coverage_minimum_pct")
        if not at_least(scored.coverage_pct, least):
            yield Deciding("coverage", (), scored.coverage_pct, least)
        if use.maturity == "declining":
            yield Deciding("declining")
        yield Deciding("readiness", (), scored.low, assumed("shortlist_readiness"))

    def _idle(self, candidate: Candidate, held: Hypothesis | None) -> Iterator[Deciding]:
        """Why a shortlisted use is in no wave."""
        places = candidate.fits if candidate.category == "power_reuse" else None
        if candidate.requires:
            yield Deciding("requires", (candidate.requires,))
        if candidate.capital.value is None:
            yield Deciding("capital_unknown")
        if places == ():
            yield Deciding("no_place")
        if places is not None and not any(one.menu for one in places):
            yield Deciding("no_size")
        yield from self._unready(candidate)
        if places and not any(one.place.is_cleared for one in places if one.menu):
            yield Deciding("clearance")
        if held is None:
            yield Deciding("limits")
        else:
            yield Deciding("loss", held.leaves, held.wave.loss)

    def _unready(self, candidate: Candidate) -> Iterator[Deciding]:
        """What keeps a use from starting now."""
        knowledge = self.base.knowledge
        missed, unknown = decisive(self.base.readiness.uses[candidate.use_id], knowledge)
        for part in missed:
            yield _part("criterion", part)
        for part in unknown:
            yield _part("unknown", part)
        if candidate.lacks_partner:
            yield Deciding("signature", knowledge.needs[candidate.use_id].partner_types)


def barring(law: UseFinding) -> tuple[str, ...]:
    """The rules that bar a use at every size."""
    return tuple(
        dict.fromkeys(
            rule.rule_id
            for found in law.of("prohibited")
            for rule in found.rules
            if rule.effect == "prohibited"
        )
    )


def _precondition(one: Precondition) -> Deciding:
    names = one.types or ((one.criterion_id,) if one.criterion_id else ())
    return Deciding(one.kind, names, one.value, one.minimum)


def _part(kind: DecidingKind, part: Contribution) -> Deciding:
    need = part.requirement
    return Deciding(kind, (need.criterion_id,), part.value.fact.value, need.minimum)


def _signatures(scored: UseReadiness) -> Deciding:
    found = scored.signatures
    return Deciding("signatures", found.missing_types, float(found.signed), float(found.missing))
