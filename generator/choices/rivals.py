"""The plans that rival the proposal, in numbers: what each brings and costs, and which are chosen between."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, get_args

from generator.choices.filing import asked_first, filed_from, own_uses, replaced, touched
from generator.choices.known import awaited_in, kinds_of, known_for, latest
from generator.choices.votes import voted_in
from generator.choices.worth import SOFTEST, dearer_by, of_both, scale_of
from generator.model.choices import PlanChoice, Rival

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.model import Assessment, Difference, PlannedAction, Step
    from generator.model.decisions import Decision
    from generator.model.programme import Project, Together

Stance = Literal["yes", "condition", "level", "instead", "no"]
"""`condition`: what a project to be prepared waits for; `instead`: it takes the place of a project
that is proposed, so that only one of the two can be had."""
STANCES: tuple[Stance, ...] = get_args(Stance)
_SAME = 1e-6
_MOST = 2
"""Plans that the proposal is weighed against, that which only lacks the money apart."""
_SETTLES_NOTHING = frozenset({"", "opinion"})
_GATES = frozenset({"vote", "award"})


def own_plan(assessment: Assessment) -> Rival:
    """The proposal as one of the plans."""
    found = assessment.programme
    steps = serving(found.second.projects, assessment)
    cost = cost_of(steps, assessment)
    return Rival(
        "own", of_both(found), found.first.capital + found.second.capital + cost,
        _upper(assessment) + cost, len(found.projects), tuple(steps),
        beyond=_beyond(_upper(assessment), assessment), bill=found.bill,
        procedures=_procedures((), assessment),
    )  # fmt: skip


def choices_between(assessment: Assessment) -> list[PlanChoice]:
    """The votes between the proposal and its rivals: what would change the same project is one vote.

    Such plans exclude one another, so that nobody can vote on them one after the other. What only the
    limit of money bars stands with the first of them. What is as good as the proposal, or better only
    by people who could be reached, is no question to a body that decides. No more of them than a
    reader can weigh, those that are better in all first, then those worth most.
    """
    own, groups = own_plan(assessment), list[list[Rival]]()
    for one in _rivals(assessment):
        if (one.is_level or _only_reaches(one, assessment)) and not one.dominates(own):
            continue
        if one.kind == "larger" and groups:
            groups[0].append(one)
            continue
        joined = [
            group
            for group in groups
            if any(set(one.touched).intersection(each.touched) for each in group)
        ]
        groups = [group for group in groups if group not in joined]
        groups.append([*(each for group in joined for each in group), one])
    return [_choice(group, own, assessment) for group in groups]


def _choice(group: Sequence[Rival], own: Rival, assessment: Assessment) -> PlanChoice:
    """One vote on plans that exclude one another.

    It falls before anything is filed for the projects concerned, but in a month after that by which it
    is known whether what the plans wait for came about, nor before what all filing waits for is settled.
    """
    larger = [one for one in group if one.kind == "larger"]
    rest = [one for one in group if one.kind != "larger"]
    # What is better in all is never left out for want of room.
    kept = sorted(rest, key=lambda one: (not one.dominates(own), -one.worth))[:_MOST]
    rivals = (*sorted(kept, key=lambda one: -one.worth), *larger)
    uses = tuple(dict.fromkeys(use for one in kept or larger for use in one.touched))
    if not kept:
        # A size is settled with the vote on its project, by what its studies then cost.
        return PlanChoice(rivals, uses, _voted(uses, assessment))
    months = (
        filed_from(uses, assessment),
        settled_in(assessment),
        *(one.known + 1 for one in rivals if one.known is not None),
    )
    return PlanChoice(rivals, uses, latest(months) or 0)


def brought(one: Rival, assessment: Assessment) -> tuple[str, ...]:
    """The projects of a plan that the proposal has in none of its waves."""
    own, other = assessment.programme.uses, assessment.programme.together
    if one.decision is not None:
        return tuple(use for use in one.decision.yes.joins if use not in own)
    if one.kind != "both" or other is None:
        return ()
    return tuple(each.use_id for each in (*other.first, *other.second) if each.use_id not in own)


def _only_reaches(one: Rival, assessment: Assessment) -> bool:
    """Whether a plan is noticeably better only by people who could be reached, an upper bound."""
    least = 1.0 + assessment.knowledge.assumed("together_gap_pct") / 100
    return one.worth > 1.0 and one.apart.get(SOFTEST, one.worth) < least


def _voted(uses: Sequence[str], assessment: Assessment) -> int:
    """The month, 0 the first, in which the first of some projects comes to its vote."""
    votes = [
        math.floor(one.start_month)
        for one in assessment.action_plan.actions
        if one.action.stage == "vote" and set(uses).intersection(one.because.uses)
    ]
    return min(votes, default=voted_in(assessment)[0])


def settled_in(assessment: Assessment) -> int | None:
    """The last month, 0 the first, of what all filing waits for: title, law, money, texts, the question itself."""
    own = set(own_uses(assessment))
    asked = asked_first(assessment)

    def settles(one: PlannedAction) -> bool:
        touches = {one.action.procedure_id, *(each.reference for each in one.causes)}
        return one.action.settles not in _SETTLES_NOTHING or (
            bool(asked & touches) and one.action.stage not in _GATES
        )

    return latest(
        max(0, math.ceil(one.end_month) - 1)
        for one in assessment.action_plan.actions
        if settles(one)
        and not one.action.files
        and one.action.stage != "award"
        and (not one.because.uses or own.intersection(one.because.uses))
    )


def stance(one: Decision, assessment: Assessment) -> Stance:
    """What is advised: never a yes that would undo what the first decision asks for."""
    if one.kind == "programme":
        return "yes"
    replaces = replaced(one, assessment)
    is_waited_for = one.kind != "step" and set(one.uses) & set(assessment.programme.second.uses)
    if is_waited_for and (replaces or one.advice != "yes"):
        return "condition"
    return "instead" if touched(one, assessment) else one.advice


def is_asked(one: Decision, assessment: Assessment) -> bool:
    """Whether an answer that changes the programme is asked for at all.

    What the figures speak against is no decision of today; what the second wave waits for is asked
    with it, and nobody is asked twice.
    """
    if one.kind == "programme":
        return False
    if one.kind == "signature" and set(assessment.programme.second.uses) & set(one.uses):
        return False
    found = stance(one, assessment)
    return not (found == "no" or (found == "instead" and one.advice == "no"))


def serving(projects: Sequence[Project], assessment: Assessment) -> list[Step]:
    """The planned steps that bring projects of the second wave nearer to what they wait for."""
    return [
        tried.steps[0]
        for tried in assessment.steps.single
        if any(_serves(tried.steps[0], tried.difference, one, assessment) for one in projects)
    ]


def cost_of(steps: Iterable[Step], assessment: Assessment) -> float:
    """What steps cost, CNY m; one whose cost nobody gave counts nothing."""
    rate = assessment.region.cny_per_unit.value or 1.0
    return rate * math.fsum(one.cost.value or 0.0 for one in steps)


def _serves(step: Step, found: Difference, one: Project, assessment: Assessment) -> bool:
    known = assessment.knowledge
    asked = {
        each.criterion_id or (known.in_role("institutions") or each).criterion_id
        for each in one.preconditions
        if each.kind in {"criterion", "signature"}
    }
    gains = found.readiness.get(one.use_id, 0.0) > 0 or one.use_id in found.earlier
    return step.criterion in asked and gains


def _rivals(assessment: Assessment) -> Iterator[Rival]:
    """Both waves as one, what a step or a signature opens, and what only the limit of money bars."""
    yield from _both(assessment)
    for one in assessment.decisions:
        if is_asked(one, assessment) and stance(one, assessment) == "instead":
            yield _opened(one, assessment)
    yield from _larger(assessment)


def _both(assessment: Assessment) -> Iterator[Rival]:
    """Both waves chosen as one; nothing where the proposal is as good or nothing begins.

    Where only sizes, places or the order change, studies settle it and nothing is chosen.
    """
    other, own = assessment.programme.together, assessment.programme
    if other is None or {one.use_id for one in (*other.first, *other.second)} == set(own.uses):
        return
    if own.first.projects and dearer_by(assessment):
        yield _planned("both", other, assessment, latest(kinds_of(other, assessment).values()))


def _larger(assessment: Assessment) -> Iterator[Rival]:
    """Both waves at the sizes that the middle of costs bears; nothing where the first wave has these.

    Of the second wave alone nothing is chosen yet.
    """
    other = assessment.programme.larger
    if other is not None and assessment.programme.is_first_smaller:
        yield _planned("larger", other, assessment, None)


def _planned(
    kind: Literal["both", "larger"], other: Together, assessment: Assessment, known: int | None
) -> Rival:
    """Two waves other than those of the proposal."""
    own, there = assessment.programme, (*other.first, *other.second)
    planned = {(one.use_id, one.size, one.place.number) for one in there}
    uses = {one.use_id for one in there}
    steps = serving([one for one in own.second.projects if one.use_id in uses], assessment)
    cost = cost_of(steps, assessment)
    worth, apart = _worth(other.effects, len(there), assessment)
    return Rival(
        kind, other.effects, other.capital + cost, other.upper + cost, len(there), tuple(steps),
        worth, apart,
        touched=tuple(
            one.use_id
            for one in own.projects
            if (one.use_id, one.size, one.place.number) not in planned
        ),
        known=known, gone=tuple(use for use in own.uses if use not in uses),
        beyond=_beyond(other.upper, assessment), bill=other.bill, procedures=other.procedures,
    )  # fmt: skip


def _opened(one: Decision, assessment: Assessment) -> Rival:
    """What a step, a signature or a clearance would make of the proposal."""
    base, own = of_both(assessment.programme), assessment.programme
    effects = {name: base[name] + one.yes.effects.get(name, 0.0) for name in base}
    kept = [each for each in own.second.projects if each.use_id not in one.yes.leaves]
    steps = {each.origin: each for each in serving(kept, assessment)}
    if one.step is not None:
        steps[one.step.origin] = one.step
    cost = cost_of(steps.values(), assessment)
    projects = len(own.projects) + len(one.yes.joins) - len(one.yes.leaves)
    worth, apart = _worth(effects, projects, assessment)
    extra = [
        known_for(each, assessment) for own_waits in one.yes.waits.values() for each in own_waits
    ]
    return Rival(
        "opened", effects, own.first.capital + own.second.capital + one.yes.capital + cost,
        _upper(assessment) + one.yes.upper + cost, projects, tuple(steps.values()), worth, apart,
        touched=tuple(touched(one, assessment)), known=latest((awaited_in(one, assessment), *extra)),
        is_level=one.advice == "level", gone=one.yes.leaves, decision=one,
        beyond=_beyond(_upper(assessment) + one.yes.upper, assessment), bill=one.yes.bill,
        procedures=tuple(
            dict.fromkeys(
                (
                    *_procedures(one.yes.leaves, assessment),
                    *(each.procedure_id for each in one.procedures),
                )
            )
        ),
    )  # fmt: skip


def _procedures(gone: Sequence[str], assessment: Assessment) -> tuple[str, ...]:
    """The procedures of the proposal, those of what leaves it alone left out."""
    return tuple(
        one.procedure.procedure_id
        for one in assessment.procedures
        if not one.uses or set(one.uses).difference(gone)
    )


def _upper(assessment: Assessment) -> float:
    """What both waves of the proposal cost at their upper ends, CNY m."""
    found = assessment.programme
    return found.first.capital_range[1] + found.second.capital_range[1]


def _beyond(upper: float, assessment: Assessment) -> float:
    """By how much upper ends with contingencies pass the limit of money, CNY m; 0 where they do not."""
    limit = assessment.programme.money_limit
    whole = 1.0 + assessment.knowledge.assumed("contingency")
    over = 0.0 if limit is None else upper * whole - limit
    return over if over > _SAME else 0.0


def _worth(
    effects: Mapping[str, float], projects: int, assessment: Assessment
) -> tuple[float, dict[str, float]]:
    """What a plan is worth, the proposal being 1, and the same without each effect that counts."""
    scale, found = scale_of(assessment), assessment.programme
    own = of_both(found), len(found.projects)
    counted = [one.effect for one in scale.aims]
    apart: dict[str, float] = {}
    if len(counted) > 1:
        for name in counted:
            share = scale.against(own, (effects, projects), name)
            if share is not None:
                apart[name] = share
    worth = scale.against(own, (effects, projects))
    return (1.0 if worth is None else worth), apart


def people_apart(one: Rival) -> float | None:
    """What a plan is worth without the people who could be served; None where nothing else counts."""
    return one.apart.get(SOFTEST)
