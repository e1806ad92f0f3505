"""The projects of both waves in full, and the sum behind each of their figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.report.annex.amounts import (
    MONEY,
    counted,
    effects,
    limit_amount,
    money_range,
    names,
    placed,
    points,
    ranged,
)
from generator.report.annex.programme import bound_text
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.model import (
        Assessment,
        Fact,
        Precondition,
        Programme,
        Project,
        Supply,
        Table,
        Wave,
        YearMoney,
    )
    from generator.model.economy import Range
    from generator.report.voice import Voice


def project_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `annex.projects` fields: waves, projects, what each takes, and how it was computed."""
    found = assessment.programme
    numbered = list(enumerate(found.projects, start=1))
    return {
        "intro": _intro(assessment, voice),
        "rows": _of_each(
            "rows", found,
            lambda number, one: _row(one, voice, is_first=number <= len(found.first.projects)),
        ),
        "waves": table(
            "annex.projects.waves",
            (
                _wave(number, wave, voice)
                for number, wave in ((1, found.first), (2, found.second))
                if wave.projects
            ),
        ),
        "needs": _of_each("needs", found, lambda _, one: _needs(one, assessment, voice)),
        "standing": _of_each("standing", found, lambda _, one: _robustness(one, voice)),
        "sums": table(
            "annex.projects.sums",
            (
                {"number": str(number), "project": voice.use(one.use_id), **row}
                for number, one in numbered
                for row in _sums(one, assessment, voice)
            ),
        ),
        "sum_note": voice.say("annex.sums") if numbered else "",
        "years": table(
            "annex.projects.years", (_year(one, voice) for one in assessment.money_by_year)
        ),
        "year_note": voice.say("annex.years") if assessment.money_by_year else "",
    }  # fmt: skip


def _intro(assessment: Assessment, voice: Voice) -> str:
    """How many projects each wave has; on example values the briefs begin nothing, as here is told."""
    found = assessment.programme
    if not found.projects:
        return voice.sentence("annex.projects", "annex.no_projects")
    key = "annex.projects_draft" if assessment.confidence.is_illustrative else "annex.projects"
    first = voice.sentence(
        "annex.projects",
        key if found.first.projects else "annex.projects_no_first",
        first=len(found.first.projects),
    )
    second = voice.sentence(
        "annex.projects.second",
        "annex.projects_second" if found.second.projects else "annex.projects_no_second",
        second=len(found.second.projects),
    )
    return voice.run_on((first, second))


def _of_each(
    part: str, found: Programme, made: Callable[[int, Project], Mapping[str, str]]
) -> Table:
    """A table with a numbered row for each project of both waves."""
    numbered = enumerate(found.projects, start=1)
    return table(
        f"annex.projects.{part}",
        ({"number": str(number), **made(number, one)} for number, one in numbered),
    )


def _year(one: YearMoney, voice: Voice) -> dict[str, str]:
    return {
        "year": str(one.year),
        "first": voice.millions(one.first) if one.first else voice.dash,
        "second": voice.millions(one.second) if one.second else voice.dash,
        "range": money_range(*one.capital, voice) if one.capital[1] else voice.dash,
        "running": _running(one.running, voice),
    }


def _running(cost: Range | None, voice: Voice) -> str:
    """The running cost of a year; its low end is nothing where longer building leaves none open."""
    if cost is None or not cost[1]:
        return voice.dash
    low, high = cost
    return (
        money_range(low, high, voice)
        if low
        else voice.say("in_time.most", value=voice.millions(high))
    )


def _row(one: Project, voice: Voice, *, is_first: bool) -> dict[str, str]:
    is_chain = one.category == "blockchain"
    shown = effects(one.effects, voice)
    return {
        "id": one.use_id,
        "wave": voice.say("annex.wave.1" if is_first else "annex.wave.2"),
        "project": placed(one, voice),
        "capital": ranged(one.capital, voice),
        "jobs": counted(one.jobs, voice),
        "jobs_by": voice.say(f"annex.jobs_by.{one.jobs_by}"),
        "power": voice.dash if is_chain else shown["power"],
        "served": shown["served"] if is_chain else voice.dash,
        "strong": voice.number(one.served_strong, 0) if is_chain else voice.dash,
        "running": voice.dash
        if one.running_cost is None
        else money_range(*one.running_cost, voice),
        "emissions": voice.dash
        if is_chain or one.emissions_kt is None
        else voice.number(one.emissions_kt, 2),
        "months": voice.span(*one.months),
        "value": voice.number(one.value_alone, 1),
    }


def _wave(number: int, wave: Wave, voice: Voice) -> dict[str, str]:
    return {
        "wave": voice.say(f"annex.wave.{number}"),
        "count": str(len(wave.projects)),
        "value": points(wave.value, voice),
        **effects(wave.effects, voice),
        "capital": voice.millions(wave.capital),
        "range": money_range(*wave.capital_range, voice),
        "platform": voice.millions(-wave.platform) if wave.has_platform else voice.dash,
    }


def _needs(one: Project, assessment: Assessment, voice: Voice) -> dict[str, str]:
    rate = 1.0 + assessment.programme.choice_inputs.parameters["contingency"]
    return {
        "project": placed(one, voice),
        **{
            key: limit_amount(key, amount * (rate if key == MONEY else 1.0), voice)
            for key, amount in one.needs.items()
        },
    }


def _robustness(one: Project, voice: Voice) -> dict[str, str]:
    """What limits a project, what must come first, and how firm its place is."""
    return {
        "project": placed(one, voice),
        "bound": voice.dash if one.bound is None else bound_text(one.bound, voice),
        "first": voice.clauses(_first(one, voice)) or voice.dash,
        "chosen": voice.dash if one.chosen_in is None else voice.percent(one.chosen_in),
        "instead": names(one.replaced_by, voice) if one.replaced_by else "",
        "supply": voice.clauses(_supply(part, voice) for part in one.supplies if part.size),
    }


def _first(one: Project, voice: Voice) -> Iterator[str]:
    """What must come before a project."""
    for part in one.preconditions:
        yield _precondition(part, voice)


def _precondition(one: Precondition, voice: Voice) -> str:
    if one.kind == "signature":
        types = voice.join(voice.choice("institution_type", kind) for kind in one.types)
        return voice.say("annex.first.signature", types=types)
    if not one.criterion_id:
        return voice.say(f"annex.first.{one.kind}")
    return voice.say(
        f"annex.first.{one.kind}",
        criterion=voice.name(voice.knowledge.criteria[one.criterion_id].name),
        value=voice.amount(one.value, one.criterion_id),
        minimum=voice.amount(one.minimum, one.criterion_id),
    )


def _supply(one: Supply, voice: Voice) -> str:
    repairs = voice.join(voice.name(voice.knowledge.criteria[key].name) for key in one.repairs)
    return voice.say(
        "annex.supply" if repairs else "annex.supply_only", use=voice.use(one.use_id),
        size=voice.number(one.size), capital=ranged(one.capital, voice), repairs=repairs,
    )  # fmt: skip


def _sums(one: Project, assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """Every figure of a project as a sum, with the cells that it is made from."""
    if one.category == "blockchain":
        yield _people(one, assessment, voice)
        known = assessment.programme.candidates[one.use_id]
        yield _scaled("capital", known.capital, one, assessment, voice)
        yield _scaled("jobs", known.jobs, one, assessment, voice)
        return
    if one.bound is not None:
        fit = next(
            fit
            for fit in assessment.programme.candidates[one.use_id].fits
            if fit.place == one.place
        )
        yield _figure(
            "size",
            voice.say(
                "annex.sum.size", bound=bound_text(one.bound, voice),
                full=voice.number(fit.full), size=voice.number(one.size),
                menu=voice.join(voice.number(size) for size in fit.menu),
            ),
            one.bound.facts,
            voice,
        )  # fmt: skip
    candidate = assessment.programme.candidates[one.use_id]
    unit = assessment.programme.choice_inputs.uses[one.use_id]
    for key, per_unit, facts in (
        ("capital", candidate.capital.value, (candidate.capital,)),
        ("jobs", candidate.jobs.value, (candidate.jobs,)),
        ("power", unit.power, ()),
    ):
        if per_unit is not None:
            text = voice.say(
                "annex.sum.times", unit=_shown(key, per_unit, voice),
                size=voice.number(one.size), total=_shown(key, per_unit * one.size, voice),
            )  # fmt: skip
            yield _figure(key, text, facts, voice)


def _shown(key: str, value: float | None, voice: Voice) -> str:
    if value is None:
        return voice.dash
    if key == "capital":
        return voice.millions(value)
    return voice.number(value, 1 if key == "jobs" else 3)


def _figure(key: str, text: str, facts: tuple[Fact, ...], voice: Voice) -> dict[str, str]:
    origins = dict.fromkeys(origin for fact in facts for origin in fact.origins)
    return {
        "figure": voice.say(f"annex.figure.{key}"),
        "sum": text,
        "cells": voice.cells(origins, 3),
    }


def _people(one: Project, assessment: Assessment, voice: Voice) -> dict[str, str]:
    """People in the divisions of a use, times the share that it reaches."""
    inputs = assessment.programme.choice_inputs
    unit = inputs.uses[one.use_id]
    rows = [row for row in inputs.divisions if row.code in unit.divisions]
    if not rows:
        return _figure("served", voice.say("annex.sum.no_people"), (), voice)
    parts = voice.say("annex.sum.plus").join(
        voice.say("annex.sum.division", code=row.code, people=voice.number(row.employment.value, 0))
        for row in rows
    )
    text = voice.say(
        "annex.sum.people", parts=parts, share=voice.number(unit.reach_share),
        total=voice.number(one.effects["served"], 0),
    )  # fmt: skip
    return _figure("served", text, tuple(row.employment for row in rows), voice)


def _scaled(
    key: str, fact: Fact, one: Project, assessment: Assessment, voice: Voice
) -> dict[str, str]:
    """A platform's place in the catalogue's range, or the region's own estimate."""
    candidate = assessment.programme.candidates[one.use_id]
    use = voice.knowledge.use(one.use_id)
    is_own = not fact.stream.startswith("catalogue/")
    if is_own or candidate.scale is None or fact.value is None:
        total = _shown(key, fact.value, voice)
        return _figure(key, voice.say("annex.sum.own", total=total), (fact,), voice)
    low, high = (
        (use.capex_cny_m_low, use.capex_cny_m_high)
        if key == "capital"
        else (use.jobs_fte_low, use.jobs_fte_high)
    )
    parameters = assessment.programme.choice_inputs.parameters
    least, most = parameters["scale_from"], parameters["scale_to"]
    text = voice.say(
        "annex.sum.scaled", people=voice.number(candidate.reached, 0),
        least=voice.number(least, 0), width=voice.number(math.log(most / least), 3),
        scale=voice.number(candidate.scale, 3), low=_shown(key, low, voice),
        high=_shown(key, high, voice), total=_shown(key, fact.value, voice),
    )  # fmt: skip
    return _figure(key, text, (fact,), voice)
