"""Each use of a region from the cells to the verdict, and waves that must hold it or do without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from generator.analysis import core
from generator.analysis.anchors import anchor_rows
from generator.analysis.candidates import deciding
from generator.analysis.decisions import Questions
from generator.analysis.draws import DRAWS, SEED, Draws
from generator.analysis.estimates import figures, own_columns
from generator.analysis.fits import fits
from generator.analysis.measure import measure_next
from generator.analysis.programme import alternative, programme
from generator.analysis.programme_robustness import most_resolves, with_robustness
from generator.analysis.projects import Grounds
from generator.analysis.sampling import draw_parts
from generator.analysis.scenarios import outcome_of, run_scenarios
from generator.analysis.scope import within
from generator.analysis.sites import match_sites
from generator.analysis.steps import try_steps
from generator.analysis.verdicts import Verdicts
from generator.analysis.waves import Setting, WavePick, first_wave, terms
from generator.analysis.withinlimit import kept_within
from generator.model import (
    COMPARATORS,
    Candidate,
    Decision,
    Difference,
    Knowledge,
    Measurement,
    Programme,
    Region,
    ScenarioResult,
    StepPlan,
    Use,
)
from generator.model.choosing import Fit, ProjectSite
from generator.model.explanation import (
    Change,
    Costs,
    Division,
    Explained,
    Explanation,
    Hypothesis,
    Movement,
    NoHost,
    Worth,
)
from generator.model.programme import AlternativeKind, Placement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from generator.analysis.core import Core
    from generator.analysis.solver import Options, Terms
    from generator.analysis.values import FloatArray


_MUST = "must"
_ABOVE_ALL = 100.0
"""Value of holding the use: no wave brings more than 1 altogether."""
_MOVEMENTS: tuple[Movement, ...] = ("joins", "leaves", "earlier", "later", "resized")


def explain(
    region: Region,
    knowledge: Knowledge,
    as_of: date,
    use_ids: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = SEED,
) -> Explained:
    """Why each use of a region, or some of them, stand where they stand.

    Args:
        region: The checked facts.
        knowledge: Catalogue and rules, every date included.
        as_of: The day the law is read.
        use_ids: Uses to be told from the cells on; empty for a line on every use.
        draws: As for the documents, whose shares of programmes solved again they decide.
        seed: Likewise.
    """
    knowledge = within(knowledge, knowledge.lineage(region.jurisdiction), region.admin_code)
    base = core.run(region, knowledge, as_of)
    study = _Study(base, Draws(seed, draws, region.code))
    if use_ids:
        found = tuple(study.whole(knowledge.use(use_id)) for use_id in use_ids)
    else:
        found = tuple(study.brief(use) for use in knowledge.uses)
    return Explained(region, knowledge, base.screening, study.plan, found, is_whole=bool(use_ids))


class _Study:
    """One region with its programme, and what is tried beside it."""

    def __init__(self, base: Core, draws: Draws) -> None:
        self.base = base
        self.outcome = outcome_of(base)
        few = draws.first(most_resolves(base.knowledge))
        parts = draw_parts(base.region, base.knowledge, base.screening, base.readiness, few)
        self.plan = with_robustness(programme(base), base, self.outcome.first, parts, draws)
        self.verdicts = Verdicts(base, self.plan)

    def brief(self, use: Use) -> Explanation:
        """Where a use stands, and the one thing that decides it."""
        candidate = self.base.setting.candidates.get(use.use_id)
        wave = self.plan.wave_of(use.use_id)
        first, setting = self.outcome.first, self.base.setting
        held = holding(use.use_id, setting, first) if candidate and wave != 1 else None
        omitted = without(use.use_id, setting, first) if wave == 1 else None
        return Explanation(
            use=use,
            law=self.base.screening.uses.get(use.use_id),
            readiness=self.base.readiness.uses.get(use.use_id),
            deciding=self.verdicts.deciding(use, wave, held, omitted),
            wave=wave,
            candidate=candidate,
            held=held,
            without=omitted,
            projects=tuple(one for one in self.plan.projects if one.use_id == use.use_id),
        )

    def whole(self, use: Use) -> Explanation:
        """A use from the cells on; of one that the law bars nothing but that."""
        found = self.brief(use)
        is_told = use.category != COMPARATORS and found.readiness is not None
        if not is_told or found.readiness is None:
            return found
        knowledge = self.base.knowledge
        hosted = _hosted(use, found.candidate, self.base)
        views = self.plan.stakeholders
        return replace(
            found,
            heavy=tuple(
                part.requirement.criterion_id for part in deciding(found.readiness, knowledge)
            ),
            costs=_costs(use, self.base),
            divisions=tuple(_divisions(use, self.base)),
            fits=hosted,
            no_hosts=tuple(_no_hosts(use, self.base)),
            worth=tuple(self._worth(found.candidate)) if found.candidate else (),
            stakeholders=tuple(
                view.name for view in views if use.use_id in {one.use_id for one in view.placements}
            )
            if views
            else None,
            changes=tuple(turning(use.use_id, self.plan, self._tried, knowledge)),
        )

    def _worth(self, candidate: Candidate) -> Iterable[Worth]:
        """The summands of the value alone."""
        base = self.base
        place, size = candidate.best or (ProjectSite(), 0.0)
        if candidate.category == "blockchain":
            size = 1.0
        grounds = Grounds(base.region, base.knowledge, base.readiness, base.setting, None)
        effects = grounds.effects(Placement(candidate.use_id, place, size))
        for one in base.setting.objectives:
            if one.weight > 0:
                yield Worth(one.effect, effects[one.effect], one.normaliser, one.weight)

    @cached_property
    def _tried(self) -> Tried:
        """Everything that the documents try, once for all uses."""
        steps = try_steps(self.outcome)
        return Tried(
            steps,
            Questions(self.outcome, self.plan, steps).asked(),
            tuple(run_scenarios(self.outcome)),
            measure_next(self.base),
        )


def _costs(use: Use, base: Core) -> Costs:
    found = figures(base.region, use, base.knowledge)
    own = own_columns(base.region, use.use_id)
    assumed, need = base.knowledge.assumed, base.knowledge.needs[use.use_id]
    return Costs(
        capital=found.capital,
        jobs=found.jobs,
        own=tuple(own),
        capital_range=(use.capex_cny_m_low, use.capex_cny_m_high),
        jobs_range=(use.jobs_fte_low, use.jobs_fte_high),
        reached=found.reached,
        scale=found.scale,
        scale_ends=(assumed("scale_from"), assumed("scale_to")),
        mean_load=need.mean_load_mw_per_unit or 0.0,
    )


def _divisions(use: Use, base: Core) -> Iterable[Division]:
    """The industry rows that a blockchain use names, whether anybody gave their employment or not."""
    if use.category != "blockchain":
        return
    share = base.knowledge.needs[use.use_id].reach_share or 0.0
    for row in anchor_rows(base.region, use, base.knowledge):
        people = (row.employment.value or 0.0) * share
        yield Division(row.code, row.name, row.employment, share, people)


def _hosted(use: Use, candidate: Candidate | None, base: Core) -> tuple[Fit, ...]:
    """Every place that hosts a use with its bounds, whether the use is shortlisted or not."""
    if candidate is not None or use.category != "power_reuse":
        return candidate.fits if candidate else ()
    found = fits(base.region, base.knowledge, base.screening, [use.use_id], base.memo)
    return found[use.use_id]


def _no_hosts(use: Use, base: Core) -> Iterable[NoHost]:
    """Sites that do not host a use, or of which nobody knows."""
    if use.category != "power_reuse" or use.needs_site is False:
        return
    for match in match_sites(base.region, base.knowledge, base.screening, base.readiness):
        for option in match.options:
            if option.use_id == use.use_id and option.verdict != "hosts":
                hard = tuple(test for test in option.tests if test.is_hard and test.met is not True)
                yield NoHost(match.site.name, hard or option.tests)


def holding(use_id: str, setting: Setting, first: WavePick) -> Hypothesis | None:
    """The best first wave that holds a use, whether or not the use may start now.

    Args:
        use_id: A candidate.
        setting: The region.
        first: Its first wave.

    Returns:
        None where no wave can hold it: it has no options, or the limits leave no room for it.
    """
    options, own = setting.frame.options, terms(setting)
    allowed = {use_id, *_needed_by(use_id, options)}
    chains = own.platforms
    placed = np.array([key in allowed for key in options.placings.ids], dtype=bool)
    judged = replace(
        own,
        coefficients={**own.coefficients, _MUST: _ABOVE_ALL},
        platforms=None if chains is None else chains | allowed,
        placings=None if own.placings is None else _with_places(placed, own.placings, options),
    )
    marked = replace(setting, frame=replace(setting.frame, options=_marked(use_id, options)))
    pick = kept_within(setting, WavePick(setting.frame, first_wave(marked, judged).found))
    if use_id not in {one.use_id for one in pick.placements}:
        return None
    return _hypothesis("with", pick, setting, first, is_assumed=not _may_start(use_id, pick, own))


def without(use_id: str, setting: Setting, first: WavePick) -> Hypothesis:
    """The best first wave that does not hold a use."""
    options, own = setting.frame.options, terms(setting)
    others = np.array([key != use_id for key in options.placings.ids], dtype=bool)
    judged = replace(
        own,
        platforms=None if own.platforms is None else own.platforms - {use_id},
        placings=others if own.placings is None else own.placings & others,
    )
    pick = kept_within(setting, first_wave(setting, judged))
    return _hypothesis("without", pick, setting, first, is_assumed=False)


def _with_places(
    allowed: NDArray[np.bool_],
    may: NDArray[np.bool_],
    options: Options,
) -> NDArray[np.bool_]:
    """What may start, and the use at its own places: at cleared ones alone where it may start."""
    names = np.array(options.placings.ids, dtype=object)
    startable = set(names[may].tolist())
    waiting = np.array([key not in startable for key in options.placings.ids], dtype=bool)
    return np.asarray(may | (allowed & waiting))


def _needed_by(use_id: str, options: Options) -> set[str]:
    """The uses that a use cannot do without, however long the chain."""
    found, waiting = set[str](), [use_id]
    while waiting:
        key = waiting.pop()
        more = {other for one, other in options.requires if one == key} - found
        found |= more
        waiting.extend(more)
    return found


def _marked(use_id: str, options: Options) -> Options:
    """The options with the use worth more than anything else."""
    chains, placed = options.platforms, options.placings
    return replace(
        options,
        platforms=replace(chains, gains={**chains.gains, _MUST: _is_use(use_id, chains.ids)}),
        placings=replace(placed, gains={**placed.gains, _MUST: _is_use(use_id, placed.ids)}),
    )


def _is_use(use_id: str, ids: tuple[str, ...]) -> FloatArray:
    return np.array([float(key == use_id) for key in ids])


def _may_start(use_id: str, pick: WavePick, own: Terms) -> bool:
    """Whether the use may begin now, where the choice puts it."""
    options = pick.frame.options
    chains = {options.platforms.ids[row] for row in pick.found.platforms}
    if use_id in chains:
        return own.platforms is None or use_id in own.platforms
    rows = [row for row in pick.found.placings if options.placings.ids[row] == use_id]
    return own.placings is None or all(bool(own.placings[row]) for row in rows)


def _hypothesis(
    kind: AlternativeKind, pick: WavePick, setting: Setting, first: WavePick, *, is_assumed: bool
) -> Hypothesis:
    now = [one.use_id for one in pick.placements]
    before = [one.use_id for one in first.placements]
    return Hypothesis(
        wave=alternative(kind, pick, first, setting),
        is_assumed=is_assumed,
        joins=tuple(key for key in now if key not in before),
        leaves=tuple(key for key in before if key not in now),
    )


class Tried(Struct, frozen=True):
    """Everything that is run for a region beside its programme."""

    steps: StepPlan
    decisions: Sequence[Decision]
    scenarios: Sequence[ScenarioResult]
    measurements: Sequence[Measurement]


def turning(use_id: str, plan: Programme, tried: Tried, knowledge: Knowledge) -> Iterable[Change]:
    """Everything that moves one use: steps, answers, scenarios, limits, measurements.

    Args:
        use_id: The use.
        plan: The programme, with what a little more of each limit would bring.
        tried: The runs.
        knowledge: Names of the uses that a signature is asked for.
    """
    for one in tried.steps.single:
        for movement in () if one.not_found else movements(use_id, one.difference):
            yield Change("step", movement, name=one.steps[0].title)
    for asked in tried.decisions:
        yield from _answered(use_id, asked, knowledge)
    for run in tried.scenarios:
        for movement in movements(use_id, run.difference) if run.is_applicable else ():
            yield Change("scenario", movement, name=run.changes[0].name)
    for limit in plan.limits:
        for movement in _sides(use_id, limit.next_in, limit.next_out):
            yield Change("limit", movement, names=(limit.resource,), amount=limit.next_extra)
    for cell in tried.measurements:
        for movement in _sides(use_id, cell.joins, cell.leaves):
            yield Change(
                "measurement", movement, names=(cell.sheet, cell.column),
                records=cell.records, facts=cell.facts,
            )  # fmt: skip


def _answered(use_id: str, asked: Decision, knowledge: Knowledge) -> Iterable[Change]:
    """A signature or a clearance that moves a use; the steps that are asked about stand above."""
    for movement in movements(use_id, asked.yes):
        if asked.kind == "signature":
            name = knowledge.use(asked.uses[0]).name
            yield Change("signature", movement, name=name, names=asked.types)
        elif asked.kind == "clearance" and asked.place is not None:
            yield Change("clearance", movement, name=asked.place.name)


def movements(use_id: str, difference: Difference) -> Iterable[Movement]:
    """How a run moves a use; onto the shortlist only where that brings it into no wave."""
    for name in _MOVEMENTS:
        if use_id in getattr(difference, name):
            yield name
    if use_id in difference.idle:
        yield "shortlisted"
    if use_id in difference.unlisted and use_id not in difference.leaves:
        yield "unlisted"


def _sides(use_id: str, joining: Sequence[str], leaving: Sequence[str]) -> Iterable[Movement]:
    """Whether the first wave takes a use in or leaves it out; some ends may do either."""
    if use_id in joining:
        yield "joins"
    if use_id in leaving:
        yield "leaves"
