"""One region through the analysis, in its fixed order.

Also here: which sources of data a region's results rest on; only these are credited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.analysis import core
from generator.analysis.actions import plan_actions
from generator.analysis.calendar import money_after_plan, money_by_year
from generator.analysis.confidence import assumed, confidences, evidence
from generator.analysis.decisions import Questions
from generator.analysis.draws import DRAWS, SEED, Draws
from generator.analysis.economy import describe_economy
from generator.analysis.gates import with_gates, with_procedures
from generator.analysis.holding import Hold
from generator.analysis.idle import idle_power
from generator.analysis.measure import measure_next
from generator.analysis.nearness import near_limits
from generator.analysis.preparation import preparation
from generator.analysis.programme import programme
from generator.analysis.programme_robustness import with_robustness
from generator.analysis.risks import (
    due_procedures,
    fired_risks,
    undecided_procedures,
    undecided_risks,
)
from generator.analysis.robustness import vary
from generator.analysis.sampling import draw_parts
from generator.analysis.scenarios import outcome_of, run_scenarios
from generator.analysis.scope import within
from generator.analysis.screening import law_at
from generator.analysis.sites import match_sites
from generator.analysis.sizes import chosen_sizes, project_quantities
from generator.analysis.skills import match_skills
from generator.analysis.steps import try_steps
from generator.analysis.swot import counsel_questions, derive_swot
from generator.analysis.triggers import Situation
from generator.choices.rivals import choices_between
from generator.model import (
    ActionPlan,
    Assessment,
    Conversion,
    DueProcedure,
    Fact,
    FiredRisk,
    Knowledge,
    Label,
    PlanChoice,
    Problem,
    Programme,
    Readiness,
    Region,
    Source,
)


def assess(
    region: Region,
    knowledge: Knowledge,
    as_of: date,
    problems: Iterable[Problem] = (),
    conversions: Iterable[Conversion] = (),
    draws: int = DRAWS,
    seed: int = SEED,
) -> Assessment:
    """Everything known about one region: law, readiness, the programme, then what follows from them.

    Args:
        region: The checked facts.
        knowledge: Catalogue and rules, every date included.
        as_of: The day the law is read.
        problems: Warnings of the region's files, printed with the data.
        conversions: Cells of the region's files that were converted.
        draws: How often inputs and weights are drawn.
        seed: The same seed and inputs give the same results on any machine.
    """
    knowledge = within(knowledge, knowledge.lineage(region.jurisdiction), region.admin_code)
    base = core.run(region, knowledge, as_of)
    screening, readiness = base.screening, base.readiness
    chance = Draws(seed, draws, region.code)
    parts = draw_parts(region, knowledge, screening, readiness, chance)
    robustness, outcome = vary(base, parts, chance), outcome_of(base)
    plan = with_robustness(programme(base), base, outcome.first, parts, chance)
    screening = law_at(chosen_sizes(plan.projects, knowledge), screening, region, knowledge)
    skills = match_skills(region, knowledge, readiness, plan.uses, plan.taken)
    situation = Situation(
        region, knowledge, screening, readiness, _amounts(plan, knowledge), skills.unplaced
    )
    steps = try_steps(outcome)
    risks, procedures = fired_risks(situation), due_procedures(situation)

    def timed(holds: Sequence[Hold]) -> dict[str, Any]:
        return _timed(situation, plan, risks, procedures, holds)

    found = Assessment(
        region=region,
        knowledge=knowledge,
        screening=screening,
        readiness=readiness,
        programme=with_procedures(plan, situation),
        near_limits=near_limits(plan, screening, knowledge),
        idle=idle_power(base, outcome.first, outcome.second),
        decisions=with_gates(Questions(outcome, plan, steps).asked(), situation),
        preparation=preparation(plan, region, knowledge),
        measurements=measure_next(base),
        robustness=robustness,
        confidences=confidences(base, plan, as_of),
        evidence=evidence(base, plan, as_of),
        assumed=assumed((*plan.uses, *readiness.proposed), knowledge),
        scenarios=tuple(run_scenarios(outcome)),
        steps=steps,
        economy=describe_economy(region, knowledge, screening, plan),
        sites=match_sites(region, knowledge, screening, readiness),
        skills=skills,
        counsel=counsel_questions(screening, readiness, plan),
        sources=_sources(region, knowledge, readiness),
        problems=tuple(problems),
        conversions=tuple(conversions),
        risks=risks,
        undecided_risks=undecided_risks(situation),
        procedures=procedures,
        undecided_procedures=undecided_procedures(situation),
        swot=derive_swot(knowledge, screening, readiness, plan, risks),
        **timed(()),
    )
    return _held(found, timed)


def _held(found: Assessment, timed: Callable[[Sequence[Hold]], dict[str, Any]]) -> Assessment:
    """The same with the later choices between plans, after which the projects that they hold are dated.

    When a choice falls is asked of a time line in which these projects already go their own way, so
    that what holds one of them does not date the votes on the others.

    Args:
        found: Everything, as if nothing waited for a choice.
        timed: Tasks and money with projects held until their months.
    """
    groups = [one.uses for one in choices_between(found) if one.holds]
    alone = replace(found, **timed([Hold(uses, 0.0) for uses in groups])) if groups else found
    choices = tuple(choices_between(alone))
    holds = [
        Hold(early, one.by + 1.0)
        for one in choices
        if one.holds and (early := _early(one, alone.action_plan))
    ]
    return replace(found, choices=choices, **(timed(holds) if holds else {}))


def _early(choice: PlanChoice, plan: ActionPlan) -> tuple[str, ...]:
    """The projects for which something that binds would begin before the choice has fallen."""
    begun = {
        use
        for one in plan.actions
        if one.held and one.start_month < choice.by + 1.0
        for use in one.because.uses
    }
    begun |= {use for use, month in plan.begins.items() if month < choice.by + 1.0}
    return tuple(use for use in choice.uses if use in begun)


def _timed(
    situation: Situation,
    plan: Programme,
    risks: Sequence[FiredRisk],
    procedures: Sequence[DueProcedure],
    holds: Sequence[Hold],
) -> dict[str, Any]:
    """Tasks, then the money of the years that these make."""
    region = situation.region
    tasks = plan_actions(
        situation.knowledge, situation.screening, situation.readiness, plan, risks, procedures,
        region.institutions, situation.unplaced, holds,
    )  # fmt: skip
    return {
        "action_plan": tasks,
        "money_by_year": money_by_year(plan, region.plan_from, tasks.begins, tasks.opens),
        "money_after": money_after_plan(plan, region.plan_months, tasks.begins),
    }


def _sources(region: Region, knowledge: Knowledge, readiness: Readiness) -> tuple[Source, ...]:
    """The sources of data that the results rest on."""
    is_restated = is_restated_at_table_rate(region, knowledge)
    return credited(region, knowledge, readiness, is_restated=is_restated)


def _amounts(plan: Programme, knowledge: Knowledge) -> dict[str, dict[str, float]]:
    """Use to the quantities of its largest project, in which rules set thresholds."""
    found: dict[str, dict[str, float]] = {}
    for one in sorted(plan.projects, key=lambda one: one.connection_mw):
        found[one.use_id] = project_quantities(one, knowledge)
    return found


class _Ground(Struct, frozen=True):
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
        for name in row.__struct_fields__:
            value = getattr(row, name)
            if isinstance(value, Fact):
                yield value.source
            elif name == "source" and isinstance(value, Label):
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


def _order(source: Source, ground: _Ground) -> bool:
    """The region lies in a legal order, or below it."""
    code = ground.region.jurisdiction
    place = ground.knowledge.jurisdictions.get(code)
    return bool({code, *(place.parents if place else ())} & set(source.argument))


SOURCES_BY_TEST: Mapping[str, Callable[[Source, _Ground], bool]] = {
    "always": lambda _, __: True,
    "register_source": _register_source,
    "grid_factor": _grid_factor,
    "reference_rate": lambda _, ground: ground.is_restated,
    "classification": _classification,
    "order": _order,
}
"""The closed list `source_test`; `SOURCE_TESTS` says what terms each takes."""
