"""How far the evidence carries on the axis that a sentence speaks of: never likelihood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from generator.analysis.benefit import Judged, judge
from generator.analysis.candidates import deciding
from generator.analysis.estimates import GRADES
from generator.analysis.values import at_least
from generator.analysis.waves import terms
from generator.model import LISTS, Assumed, Axis, Category, Confidence, Fact, Knowledge, Readiness

if TYPE_CHECKING:
    from generator.analysis.core import Core
    from generator.model.choosing import Candidate, ProjectSite
    from generator.model.programme import Programme, Project

LEADING: Mapping[Category, int] = {"blockchain": 3, "power_reuse": 2}
"""How many uses of each list the first page shows."""
_HALF = 50.0
_LEVELS: tuple[Literal["low", "moderate", "high"], ...] = ("low", "moderate", "high")
Weighed = list[tuple[float, "Fact | None"]]
"""Facts with the weight that rests on each; None for one that is unknown."""


def confidences(base: Core, plan: Programme, as_of: date) -> dict[Axis, Confidence]:
    """The confidence in the programme, in the order by readiness and in that by value alone.

    Args:
        base: The run that the brief rests on.
        plan: Its programme; without a project the programme is judged by the order by readiness.
        as_of: From when the age of data is counted.
    """
    readiness, knowledge = base.readiness, base.knowledge
    first = first_uses(readiness)
    listed = [
        key for category in LISTS for key in readiness.shortlist[category][: LEADING[category]]
    ]
    judged = judge(base, listed, terms(base.setting, ready_only=False).ceilings())
    by_order = tuple(
        use_id for category in LISTS for use_id in readiness.order[category][: LEADING[category]]
    )
    found: dict[Axis, tuple[tuple[str, ...], Weighed]] = {
        "programme": (
            (plan.uses, behind_projects(plan.projects, base))
            if plan.projects
            else (first, behind_readiness(first, readiness))
        ),
        "readiness": (by_order, behind_readiness(by_order, readiness)),
        "value": (tuple(judged), behind_value(judged.values(), base)),
    }
    return {
        axis: rate(uses, weighed, knowledge, as_of, axis)
        for axis, (uses, weighed) in found.items()
    }  # fmt: skip


def evidence(base: Core, plan: Programme, as_of: date) -> dict[str, Confidence]:
    """The confidence in each project, or in each leading use where there is none."""
    if not plan.projects:
        return {
            use_id: rate(
                (use_id,), behind_readiness((use_id,), base.readiness), base.knowledge, as_of,
                "readiness",
            )
            for use_id in first_uses(base.readiness)
        }  # fmt: skip
    return {
        use_id: rate(
            (use_id,),
            behind_projects([one for one in plan.projects if one.use_id == use_id], base),
            base.knowledge,
            as_of,
            "programme",
        )
        for use_id in plan.uses
    }


def first_uses(readiness: Readiness) -> tuple[str, ...]:
    """The uses of the first page, or the best placed ones where none is shortlisted."""
    for lists in (readiness.shortlist, readiness.order):
        found = tuple(
            use_id for category in LISTS for use_id in lists[category][: LEADING[category]]
        )
        if found:
            return found
    return ()


def rate(
    uses: tuple[str, ...],
    weighed: Weighed,
    knowledge: Knowledge,
    as_of: date,
    axis: Axis,
) -> Confidence:
    """The confidence in what is said of some uses.

    Low: less coverage than a rank needs, or more than half of the known weight is illustrative.
    High: coverage and the share of measured or published data reach their limits. Otherwise
    moderate. One step down where more than half of the weight is old or undated. Without any data
    it is low and every share 0.
    """
    total = sum(weight for weight, _ in weighed)
    known = [(weight, fact) for weight, fact in weighed if fact is not None]
    covered = sum(weight for weight, _ in known)
    if not total or not covered:
        return Confidence("low", uses, 0.0, 0.0, 0.0, 0.0, axis)

    def share(counted: Iterable[float]) -> float:
        # What is half to nine decimals is not more than half.
        return round(100 * sum(counted) / covered, 9)

    limit = knowledge.assumed("confidence_age_years")
    old = share(weight for weight, fact in known if _age(fact, as_of) > limit)
    published = share(weight for weight, fact in known if fact.grade in "AB")
    illustrative = share(weight for weight, fact in known if fact.grade == "D")
    coverage = round(100 * covered / total, 9)
    step = _step(coverage, published, illustrative, knowledge)
    level = _LEVELS[max(0, step - (old > _HALF))]
    is_illustrative = illustrative > knowledge.assumed("illustrative_share_pct")
    return Confidence(
        level, uses, coverage, published, illustrative, old, axis, is_illustrative
    )  # fmt: skip


def _step(coverage: float, published: float, illustrative: float, knowledge: Knowledge) -> int:
    """The level before the age of the data counts, 0 the lowest."""
    if illustrative > knowledge.assumed("illustrative_share_pct") or not at_least(
        coverage, knowledge.assumed("coverage_minimum_pct")
    ):
        return 0
    is_high = at_least(coverage, knowledge.assumed("confidence_high_coverage_pct")) and at_least(
        published, knowledge.assumed("confidence_high_published_pct")
    )
    return 2 if is_high else 1


def _age(fact: Fact, as_of: date) -> float:
    """Years since the year of the oldest fact; without end where none is known."""
    year = fact.as_of[:4]
    return as_of.year - int(year) if year.isdigit() else float("inf")


def behind_readiness(uses: Iterable[str], readiness: Readiness) -> Weighed:
    """Every part of the uses' readiness by its weight."""
    return [
        (part.requirement.weight, part.value.fact if part.partial is not None else None)
        for use_id in uses
        for part in readiness.uses[use_id].contributions
    ]


def behind_projects(projects: Iterable[Project], base: Core) -> Weighed:
    """The facts behind projects, each project alike.

    A project rests in equal parts on its size, on the criteria that decide whether it may start,
    on its capital, and on what it brings: jobs and people reached. What it has not is left out.
    """
    found: Weighed = []
    for one in projects:
        candidate = base.setting.candidates[one.use_id]
        parts = [
            _size(candidate, one.place, base),
            [
                (part.requirement.weight, part.value.fact if part.partial is not None else None)
                for part in deciding(base.readiness.uses[one.use_id], base.knowledge)
            ],
            [(1.0, _known(candidate.capital))],
            _brought(candidate, base),
        ]
        found += _alike([part for part in parts if any(weight for weight, _ in part)])
    return found


def _brought(one: Candidate, base: Core) -> Weighed:
    jobs: Weighed = [(1.0, _known(one.jobs))]
    frame = base.setting.frame
    if one.use_id not in frame.options.platforms.ids:
        return jobs
    row = frame.options.platforms.ids.index(one.use_id)
    served = [
        (float(share) * (line.employment.value or 0.0), line.employment)
        for line, share in zip(
            base.region.industry, frame.options.platforms.reach[row], strict=True
        )
    ]
    return _alike([jobs, list(served)] if any(weight for weight, _ in served) else [jobs])


def behind_value(judged: Iterable[Judged], base: Core) -> Weighed:
    """The facts behind value alone: each use by what each effect adds to its value.

    Where an effect is a product, as jobs of a unit times the size, it is as good as its worse part.
    """
    worth = base.setting.coefficients
    found: Weighed = []
    for one in judged:
        size: Weighed = []
        if one.alone.best is not None:
            size = _size(one.candidate, one.alone.best[0], base)
        points = {
            effect: worth.get(effect, 0.0) * amount for effect, amount in one.alone.amounts.items()
        }
        people = sum(share * (fact.value or 0.0) for fact, share in one.reach)
        for effect, amount in points.items():
            if effect == "served":
                found += [
                    (amount * share * (fact.value or 0.0) / people, fact)
                    for fact, share in one.reach
                    if people and amount
                ]
            elif amount:
                rate_of = {
                    "jobs": one.candidate.jobs,
                    "value_added": one.candidate.value_added,
                }.get(effect, _unit_need(one.candidate, base))
                found.append((amount, _worst([rate_of, *(fact for _, fact in size)])))
    return found


def _size(one: Candidate, place: ProjectSite, base: Core) -> Weighed:
    """The cells that bound a size; the catalogue's row of needs where they do not."""
    for fit in one.fits:
        if fit.place == place:
            facts = fit.tightest.facts
            return [(1.0, _known(fact)) for fact in facts] or [(1.0, _unit_need(one, base))]
    return []


def _unit_need(one: Candidate, base: Core) -> Fact:
    """The catalogue's needs of a unit, as far as their grade is concerned."""
    status = base.knowledge.needs[one.use_id].status
    return Fact(1.0, "", grade=GRADES.get(status, "D"))


def _known(fact: Fact) -> Fact | None:
    return None if fact.value is None else fact


def _worst(facts: Sequence[Fact | None]) -> Fact | None:
    """The fact of the worst grade, of one grade the oldest; None where one is unknown."""
    known = [fact for fact in facts if fact is not None and fact.value is not None]
    if len(known) < len(facts):
        return None
    grade = max(fact.grade for fact in known)
    return min((fact for fact in known if fact.grade == grade), key=lambda fact: fact.as_of)


def _alike(parts: Sequence[Weighed]) -> Weighed:
    """Parts that weigh alike, 1 together, each shared out by its own weights."""
    return [
        (weight / sum(other for other, _ in part) / len(parts), fact)
        for part in parts
        for weight, fact in part
        if weight
    ]


def assumed(uses: Iterable[str], knowledge: Knowledge) -> Assumed:
    """How much of what the uses are held against nobody has cited a source for.

    A requirement row sets a threshold and its target, and a weight; a row of needs by unit sets
    loads, sizes, reach and months. Parameters are the numbers of the method; conventions, all of
    them, are assumed.
    """
    asked = list(dict.fromkeys(uses))
    rows = [row for use_id in asked for row in knowledge.requirements.get(use_id, ())]
    open_rows = [row for row in rows if row.status == "assumed"]
    needs = [knowledge.needs[use_id] for use_id in asked if use_id in knowledge.needs]
    whole = sum(row.weight for row in rows)
    return Assumed(
        uses=tuple(asked),
        thresholds=len(rows),
        thresholds_assumed=len(open_rows),
        weight_pct=100 * sum(row.weight for row in open_rows) / whole if whole else 0.0,
        needs=len(needs),
        needs_assumed=sum(need.status == "assumed" for need in needs),
        parameters=len(knowledge.assumptions),
    )
