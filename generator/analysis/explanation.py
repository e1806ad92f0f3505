"""Each use of a region from the cells to the verdict: what bears on it and what decides."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from generator.analysis import core
from generator.analysis.anchors import anchor_rows
from generator.analysis.candidates import deciding
from generator.analysis.decisions import Questions
from generator.analysis.difference import outcome_of
from generator.analysis.draws import DRAWS, SEED, Draws
from generator.analysis.estimates import figures, own_columns
from generator.analysis.fits import fits
from generator.analysis.hypotheses import holding, without
from generator.analysis.measure import measure_next
from generator.analysis.programme import programme
from generator.analysis.programme_robustness import with_robustness
from generator.analysis.projects import Grounds
from generator.analysis.scenarios import run_scenarios
from generator.analysis.scope import within
from generator.analysis.screening import lineage
from generator.analysis.sites import match_sites
from generator.analysis.steps import try_steps
from generator.analysis.turning import Tried, turning
from generator.analysis.verdicts import Verdicts
from generator.model import COMPARATORS
from generator.model.explanation import Costs, Division, Explained, Explanation, NoHost, Worth
from generator.model.programme import Placement, ProjectSite

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from generator.analysis.core import Core
    from generator.model import Candidate, Knowledge, Region, Use
    from generator.model.programme import Fit


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
    knowledge = within(knowledge, lineage(region.jurisdiction, knowledge))
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
        self.plan = with_robustness(programme(base), base.setting, self.outcome.first, draws)
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
        return Explanation(
            use=use,
            law=found.law,
            readiness=found.readiness,
            deciding=found.deciding,
            wave=found.wave,
            candidate=found.candidate,
            heavy=tuple(
                part.requirement.criterion_id for part in deciding(found.readiness, knowledge)
            ),
            costs=_costs(use, self.base),
            divisions=tuple(_divisions(use, self.base)),
            fits=hosted,
            no_hosts=tuple(_no_hosts(use, self.base)),
            worth=tuple(self._worth(found.candidate)) if found.candidate else (),
            projects=found.projects,
            held=found.held,
            without=found.without,
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
