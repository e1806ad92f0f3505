"""What the programme is chosen from and by: objectives, candidates, and where each use fits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model import Assessment, Bound, Candidate, Cell, Fit, Objective, Programme
from generator.report.annex.amounts import counted, effect, place, points, ranged, wave_name
from generator.report.money import unit_in
from generator.report.tables import begun, table

if TYPE_CHECKING:
    from generator.report.voice import Voice

_ROOMS = frozenset({"connection", "hall", "water", "spare", "demand"})


def objective_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.choice` fields."""
    found = assessment.programme
    return {
        "intro": voice.sentence(
            "annex.choice", "annex.choice" if found.candidates else "annex.no_candidates",
            count=len(found.candidates), ways=voice.number(found.assignments),
        ),
        "objectives": table(
            "annex.choice.objectives", (_objective(one, voice) for one in found.objectives)
        ),
        "objective_note": voice.say("annex.objectives") if found.objectives else "",
        "candidates": table(
            "annex.choice.candidates",
            (_candidate(one, found, voice) for one in found.candidates.values()),
        ),
        "candidate_note": voice.say("annex.candidates") if found.candidates else "",
        "fits": table(
            "annex.choice.fits",
            (_fit(fit, voice) for one in found.candidates.values() for fit in one.fits),
        ),
        "fit_note": voice.say("annex.fits"),
    }  # fmt: skip


def objective_name(kind: str, voice: Voice) -> str:
    """What an objective counts, at the head of a row."""
    shown = voice.choice("benefit_effect", kind)
    return begun(shown)


def _objective(one: Objective, voice: Voice) -> dict[str, str]:
    unit = voice.knowledge.benefits[one.benefit_id].unit
    attained = one.normaliser > 0
    return {
        "name": objective_name(one.effect, voice),
        "unit": unit_in(unit, voice.money_in.shown, voice),
        "stated": voice.number(one.stated),
        "attainable": effect(one.effect, one.attainable, voice),
        "floor": effect(one.effect, one.floor, voice) if one.floor else voice.dash,
        "full": effect(one.effect, one.normaliser, voice) if attained else voice.dash,
        "weight": voice.percent(one.weight),
        "unit_value": _per_unit(one, voice) if attained else voice.dash,
    }


def _per_unit(one: Objective, voice: Voice) -> str:
    """Value of one unit with three digits, however small it is."""
    value = 100 * one.coefficient
    return voice.number(value, max(0, 2 - math.floor(math.log10(value))) if value else 0)


def _candidate(one: Candidate, programme: Programme, voice: Voice) -> dict[str, str | Cell]:
    is_chain = one.category == "blockchain"
    return {
        "id": one.use_id,
        "name": voice.use(one.use_id),
        "ready": Cell(voice.say("annex.ready"), "permitted")
        if one.is_ready and not one.requires
        else Cell(_kept(one, voice), "none"),
        "capital": ranged(one.capital, voice),
        "jobs": counted(one.jobs, voice),
        "reached": voice.number(one.reached, 0) if is_chain else voice.dash,
        "scale": voice.dash if one.scale is None else voice.number(one.scale, 2),
        "value": voice.number(one.value_alone, 1),
        "parts": voice.clauses(_parts(one, programme, voice)) or voice.dash,
        "at": _at(one, voice),
        "wave": wave_name(programme, one.use_id, voice),
    }  # fmt: skip


def _kept(one: Candidate, voice: Voice) -> str:
    """What keeps a candidate from starting now."""
    known = voice.knowledge
    parts = []
    for key, ids in (("annex.kept.missed", one.missed), ("annex.kept.unknown", one.unknown)):
        if ids:
            shown = voice.join(voice.name(known.criteria[criterion].name) for criterion in ids)
            parts.append(voice.say(key, criteria=shown))
    if one.lacks_partner:
        types = known.needs[one.use_id].partner_types
        bodies = voice.join(voice.choice("institution_type", kind) for kind in types)
        parts.append(voice.say("annex.kept.partner", types=bodies))
    if one.requires:
        parts.append(voice.say("annex.kept.requires", other=voice.use(one.requires)))
    if one.capital.value is None:
        parts.append(voice.say("annex.kept.capital"))
    return voice.clauses(parts)


def _parts(one: Candidate, programme: Programme, voice: Voice) -> Iterator[str]:
    """Hundredths of the attainable that the value alone consists of, by objective."""
    amounts = alone(one, programme)
    for objective in programme.objectives:
        share = objective.coefficient * amounts.get(objective.effect, 0.0)
        if share > 0:
            yield voice.say(
                "annex.share",
                criterion=voice.choice("benefit_effect", objective.effect),
                share=points(share, voice),
            )


def alone(one: Candidate, programme: Programme) -> dict[str, float]:
    """What a candidate brings by itself: a platform, or power reuse where it is worth most."""
    unit = programme.choice_inputs.uses[one.use_id]
    size = 1.0 if one.category == "blockchain" else one.best[1] if one.best else 0.0
    people = {row.code: row.employment.value or 0.0 for row in programme.choice_inputs.divisions}
    return {
        "jobs": unit.jobs * size,
        "power": unit.power * size,
        "served": unit.reach_share * sum(people[code] for code in unit.divisions),
        "value_added": unit.value_added * size,
    }


def _at(one: Candidate, voice: Voice) -> str:
    """The place and size that the value alone is that of."""
    if one.best is None:
        return voice.dash
    where, size = one.best
    return voice.say(
        "annex.at", size=voice.number(size), place=place(where, one.category, voice)
    )  # fmt: skip


def _fit(one: Fit, voice: Voice) -> dict[str, str]:
    ordered = sorted(one.bounds, key=lambda bound: bound.units)
    return {
        "id": one.use_id,
        "use": voice.use(one.use_id),
        "place": place(one.place, "power_reuse", voice),
        "cleared": voice.say("flag.yes" if one.place.is_cleared else "flag.no"),
        "bounds": voice.clauses(bound_text(bound, voice) for bound in ordered),
        "full": voice.say("annex.no_size") if one.full is None else voice.number(one.full),
        "menu": voice.join(voice.number(size) for size in one.menu) or voice.dash,
        "cells": voice.cells(
            dict.fromkeys(origin for fact in one.tightest.facts for origin in fact.origins), 2
        ),
    }


def bound_text(bound: Bound, voice: Voice) -> str:
    """What limits a size, with the division behind it."""
    shown = voice.number(bound.units, 2)
    if bound.kind in _ROOMS:
        return voice.say(
            f"annex.bound.{bound.kind}",
            amount=voice.number(bound.amount, 2), need=voice.number(bound.need), units=shown,
        )  # fmt: skip
    return voice.say(
        f"annex.bound.{bound.kind}", units=shown, rules=voice.join(bound.rules) or voice.dash
    )
