"""One plan to choose from: how it differs from the proposal, what it costs, what it waits for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.report.actions import month
from generator.report.idle import awaited, awaited_in_short
from generator.report.known import kinds_of, known_for, known_in, latest, lead_of_signature
from generator.report.preconditions import awaited_then
from generator.report.projects import EFFECTS, named, size
from generator.report.tasklist import tasks_of, touched
from generator.report.tasknumbers import numbers, numbers_of, task_at
from generator.report.worth import SOFTEST, dearer_by, of_both, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.model import Assessment, Difference, Step
    from generator.model.decisions import Decision
    from generator.model.programme import Placement, Project, Together
    from generator.report.task import Task
    from generator.report.voice import Voice

_SAME = 1e-6
_STEP = ("plans.waits_step_open", "plans.waits_step")
_SIGNED = ("plans.waits_signed_open", "plans.waits_signed")
"""What a plan waits for: known at a time that nobody knows, or by a month."""


class Plan(Struct, frozen=True):
    """One way to go on beside the proposal, or the proposal itself."""

    what: str
    """Everything in which it differs from the proposal."""
    short: str
    """The same in a few words, without sizes and places."""
    effects: Mapping[str, float]
    """Of both waves."""
    capital: float
    """Likewise, CNY m, with the steps that it rests on."""
    waits: str
    """What must come first, and by when it is known."""
    conditions: str = ""
    """The same of what it brings alone, where the proposal waits for more; else empty."""
    worth: float = 1.0
    """Of both waves by the weights, the proposal being 1."""
    apart: float | None = None
    """The same without the people who could be served; None where nothing else counts."""
    touched: tuple[str, ...] = ()
    """Uses of the proposal that it does without, or holds later, elsewhere or at another size."""
    known: int | None = None
    """The month, 0 the first, by which it is known whether what it waits for came about."""
    is_both: bool = False
    """Whether it is both waves chosen as one."""
    is_level: bool = False
    """Whether it is worth about as much as the proposal."""

    def dominates(self, other: Plan) -> bool:
        """Whether it brings no less of any effect than another plan, more of one, and costs no more."""
        gains = [self.effects.get(name, 0.0) - other.effects.get(name, 0.0) for name in EFFECTS]
        return min(gains) >= -_SAME and max(gains) > _SAME and self.capital <= other.capital + _SAME


def proposed(what: str, waits: str, assessment: Assessment, voice: Voice) -> Plan:
    """The proposal as one of the plans.

    Args:
        what: What it is called.
        waits: What it waits for.
        assessment: The results of one region.
        voice: Speaks.
    """
    found = assessment.programme
    steps = serving(found.second.projects, assessment)
    cost = _cost(steps, assessment)
    texts = filter(None, (waits, _priced(steps, voice)))
    capital = found.first.capital + found.second.capital + cost
    return Plan(what, what, of_both(found), capital, voice.clauses(texts) or voice.say("none"))


def both_as_one(assessment: Assessment, voice: Voice) -> Iterator[Plan]:
    """Both waves chosen as one, which a task compares; nothing where the proposal is as good.

    Args:
        assessment: The results of one region.
        voice: Speaks.
    """
    other, own = assessment.programme.together, assessment.programme
    tasks, start = tasks_of(assessment, voice), assessment.region.plan_from
    found = numbers_of(tasks, _compares)
    if other is None or not found or not dearer_by(assessment):
        return
    last, kinds = task_at(found[0], tasks).last, kinds_of(other, assessment)
    waits = [
        voice.say("plans.waits_compared", tasks=numbers(found, voice), by=month(last, start, voice))
    ]
    if kinds:
        what, by = _waits_of_both(other, assessment, voice), latest(kinds.values())
        waits.append(
            what if by is None else voice.say("plans.waits_kinds", what=what, by=month(by, start, voice))
        )  # fmt: skip
    there = (*other.first, *other.second)
    planned = {(one.use_id, one.size, one.place.number) for one in there}
    uses = tuple(dict.fromkeys(one.use_id for one in there))
    kept = [one for one in own.second.projects if one.use_id in uses]
    worth, apart = _worth(other.effects, len(there), assessment)
    yield Plan(
        _of_both(other, assessment, voice), _in_short(other, assessment, voice), other.effects,
        other.capital + _cost(serving(kept, assessment), assessment), voice.clauses(waits),
        _in_a_line(other, latest((last, *kinds.values())), assessment, voice),
        worth=worth, apart=apart,
        touched=tuple(
            one.use_id
            for one in own.projects
            if (one.use_id, one.size, one.place.number) not in planned
        ),
        known=latest((last, *kinds.values())), is_both=True,
    )  # fmt: skip


def _waits_of_both(found: Together, assessment: Assessment, voice: Voice) -> str:
    """What the projects planned as one wait for that the proposal does not; a word for nothing."""
    own, every = assessment.programme.uses, assessment.programme.candidates
    waits = [
        awaited(every[one.use_id], assessment, voice)
        for one in found.second
        if one.use_id not in own
    ]
    separator = voice.say("idle.separator")
    return separator.join(dict.fromkeys(filter(None, waits))) or voice.say("point.together_money")


def _in_a_line(other: Together, by: int | None, assessment: Assessment, voice: Voice) -> str:
    """What the first project that is new in both waves as one waits for, for a page with little room."""
    own, every = assessment.programme.uses, assessment.programme.candidates
    fresh = [one.use_id for one in (*other.first, *other.second) if one.use_id not in own]
    waits = awaited_in_short(every[fresh[0]], voice) if fresh else ""
    if not waits or by is None:
        return waits
    return voice.say(
        "plans.waits_kinds", what=waits, by=month(by, assessment.region.plan_from, voice)
    )


def opened(one: Decision, assessment: Assessment, voice: Voice) -> Plan:
    """What a step, a signature or a clearance would make of the proposal."""
    base, own = of_both(assessment.programme), assessment.programme
    effects = {name: base[name] + one.yes.effects.get(name, 0.0) for name in base}
    kept = [each for each in own.second.projects if each.use_id not in one.yes.leaves]
    steps = {each.origin: each for each in serving(kept, assessment)}
    if one.step is not None:
        steps[one.step.origin] = one.step
    projects = len(own.projects) + len(one.yes.joins) - len(one.yes.leaves)
    worth, apart = _worth(effects, projects, assessment)
    waits = _waits(one, assessment, voice)
    extra = [
        known_for(each, assessment) for own_waits in one.yes.waits.values() for each in own_waits
    ]
    return Plan(
        _differs(one.yes, assessment, voice), _changed_to(one.yes, voice), effects,
        own.first.capital + own.second.capital + one.yes.capital
        + _cost(steps.values(), assessment),
        voice.clauses(
            filter(None, (waits, _rest(voice) if kept else "", _priced(list(steps.values()), voice)))
        ),
        _waits_in_brief(one, assessment, voice), worth, apart,
        touched=tuple(touched(one, assessment)),
        known=latest((known_in(one, assessment), *extra)), is_level=one.advice == "level",
    )  # fmt: skip


def _worth(
    effects: Mapping[str, float], projects: int, assessment: Assessment
) -> tuple[float, float | None]:
    """What a plan is worth, the proposal being 1, and that without the people who could be served."""
    scale, found = scale_of(assessment), assessment.programme
    own = of_both(found), len(found.projects)
    counted = {one.effect for one in scale.aims}
    apart = None
    if SOFTEST in counted and counted != {SOFTEST}:
        apart = scale.against(own, (effects, projects), SOFTEST)
    worth = scale.against(own, (effects, projects))
    return (1.0 if worth is None else worth), apart


def _compares(task: Task) -> bool:
    """Whether a task compares both plans."""
    return task.action is not None and task.action.because.kind == "compares"


def serving(projects: Sequence[Project], assessment: Assessment) -> list[Step]:
    """The planned steps that bring projects of the second wave nearer to what they wait for."""
    return [
        tried.steps[0]
        for tried in assessment.steps.single
        if any(_serves(tried.steps[0], tried.difference, one, assessment) for one in projects)
    ]


def _serves(step: Step, found: Difference, one: Project, assessment: Assessment) -> bool:
    known = assessment.knowledge
    asked = {
        each.criterion_id or (known.in_role("institutions") or each).criterion_id
        for each in one.preconditions
        if each.kind in {"criterion", "signature"}
    }
    gains = found.readiness.get(one.use_id, 0.0) > 0 or one.use_id in found.earlier
    return step.criterion in asked and gains


def _cost(steps: Iterable[Step], assessment: Assessment) -> float:
    """What steps cost, CNY m; one whose cost nobody gave counts nothing."""
    rate = assessment.region.cny_per_unit.value or 1.0
    return rate * math.fsum(one.cost.value or 0.0 for one in steps)


def _priced(steps: Sequence[Step], voice: Voice) -> str:
    """That the cost of steps is in the capital; empty without any."""
    cost = math.fsum(one.cost.value or 0.0 for one in steps)
    return voice.say("plans.steps_counted", cost=voice.own_millions(cost)) if cost else ""


def _changed_to(found: Difference, voice: Voice) -> str:
    """What a difference makes of the programme, in a few words; empty where nothing."""
    parts = [
        _exchange(_uses(found.joins, voice), _uses(found.leaves, voice), voice),
        *_moved(found.earlier, found.later, voice),
    ]
    if found.resized:
        parts.append(voice.say("plans.resized", resized=voice.uses(found.resized)))
    return voice.clauses(filter(None, parts))


def _differs(found: Difference, assessment: Assessment, voice: Voice) -> str:
    """Everything that a difference makes of the programme: what joins, leaves, moves, with size and place."""
    where = {one.use_id: named(one, voice) for one in found.placed}
    fresh = voice.join(where.get(use, voice.use(use)) for use in found.joins)
    parts = [
        _exchange(fresh, _uses(found.leaves, voice), voice),
        *_moved(found.earlier, found.later, voice),
        *_elsewhere((*found.resized, *found.earlier), found.placed, assessment, voice),
    ]
    return voice.clauses(filter(None, parts))


def _in_short(other: Together, assessment: Assessment, voice: Voice) -> str:
    own = assessment.programme.uses
    planned = dict.fromkeys(one.use_id for one in (*other.first, *other.second))
    fresh, gone = ([use for use in uses if use not in rest] for uses, rest in ((planned, own), (own, planned)))  # fmt: skip
    return _as_one(_exchange(_uses(fresh, voice), _uses(gone, voice), voice), other, voice)


def _uses(ids: Sequence[str], voice: Voice) -> str:
    """Uses by name; empty for none."""
    return voice.uses(ids) if ids else ""


def _of_both(other: Together, assessment: Assessment, voice: Voice) -> str:
    """Everything in which both waves chosen as one differ from those of the proposal."""
    found, there = assessment.programme, (*other.first, *other.second)
    planned = dict.fromkeys(one.use_id for one in there)
    fresh = voice.join(named(one, voice) for one in there if one.use_id not in found.uses)
    gone = _uses([use for use in found.uses if use not in planned], voice)
    kept = [use for use in found.uses if use in planned]
    now = {one.use_id for one in other.first}
    earlier = [use for use in kept if use in now and use not in found.first.uses]
    later = [use for use in kept if use not in now and use in found.first.uses]
    parts = [
        _exchange(fresh, gone, voice),
        *_moved(earlier, later, voice),
        *_elsewhere(kept, there, assessment, voice),
    ]
    return _as_one(voice.clauses(filter(None, parts)), other, voice)


def _as_one(what: str, other: Together, voice: Voice) -> str:
    key = "plans.together" if other.first else "plans.together_later"
    return voice.say(key, what=what or voice.say("plans.order"))


def _exchange(fresh: str, gone: str, voice: Voice) -> str:
    """What comes and what goes; empty where neither."""
    key = "plans.exchange" if fresh and gone else "plans.adds" if fresh else "plans.without"
    return voice.say(key, fresh=fresh, gone=gone) if fresh or gone else ""


def _moved(earlier: Sequence[str], later: Sequence[str], voice: Voice) -> Iterator[str]:
    """What changes its wave."""
    for key, uses in (("plans.earlier", earlier), ("plans.later", later)):
        if uses:
            yield voice.say(key, uses=voice.join(map(voice.use, uses)))


def _elsewhere(
    uses: Iterable[str], there: Sequence[Placement], assessment: Assessment, voice: Voice
) -> Iterator[str]:
    """Size and place of what is built otherwise, beside those of the proposal."""
    for use in dict.fromkeys(uses):
        now = [one for one in there if one.use_id == use]
        before = [one for one in assessment.programme.projects if one.use_id == use]
        spots = [{(one.size, one.place.number) for one in each} for each in (now, before)]
        if now and spots[0] != spots[1] and voice.knowledge.use(use).category != "blockchain":
            yield voice.say(
                "plans.elsewhere", use=voice.use(use),
                **{key: _spots(each, voice) for key, each in (("now", now), ("before", before))},
            )  # fmt: skip


def _spots(projects: Sequence[Placement | Project], voice: Voice) -> str:
    """Sizes with their places."""
    return voice.say("effects.separator").join(
        voice.say("plans.spot", size=size(one.use_id, one.size, voice), place=voice.text(one.place.name))
        if voice.text(one.place.name)
        else size(one.use_id, one.size, voice)
        for one in projects
    )  # fmt: skip


def _rest(voice: Voice) -> str:
    """That what stays of the second wave waits for what the proposal does."""
    first, *_ = voice.say("decision.letters").split(";")
    return voice.say("plans.waits_rest", letter=first)


def _waits(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """Everything that must come first, and by when it is known: for the answer and for what joins."""
    parts = [_waits_itself(one, assessment, voice)]
    months: list[int | None] = []
    for use, waits in one.yes.waits.items():
        at = next(each for each in one.yes.placed if each.use_id == use)
        texts = [awaited_then(each, at, assessment, voice) for each in waits]
        told = voice.say("effects.separator").join(texts)
        parts.append(voice.say("plans.waits_use", use=voice.use(use), waits=told))
        months += [known_for(each, assessment) for each in waits]
    parts += [
        voice.say("before.gate", procedure=voice.name(each.name))
        for each in {gate.procedure_id: gate for gate in one.gates}.values()
    ]
    by = latest(months)
    if by is not None:
        key = "plans.waits_last_open" if None in months or one.gates else "plans.waits_last"
        last = latest((by, known_in(one, assessment)))
        parts.append(voice.say(key, by=month(last or 0, assessment.region.plan_from, voice)))
    elif months or one.gates:
        parts.append(voice.say("plans.waits_undated"))
    return voice.clauses(parts)


def _waits_in_brief(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """The same for a page with little room: what the answer waits for, and that what joins waits too."""
    own = _waits_itself(one, assessment, voice)
    if not one.yes.waits and not one.gates:
        return own
    uses = voice.uses([*one.yes.waits] or one.yes.joins, 1)
    return voice.clauses([own, voice.say("plans.waits_more", uses=uses)])


def _waits_itself(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """What a step, a signature or a clearance must bring, and by when that is known."""
    last = known_in(one, assessment)
    args = {"by": month(last or 0, assessment.region.plan_from, voice)}
    if one.step is not None:
        args |= {"title": voice.name(one.step.title), "owner": voice.name(one.step.owner)}
        return voice.say(_STEP[last is not None], **args)
    if one.place is not None:
        return voice.say("plans.waits_cleared", place=voice.name(one.place.name))
    types = voice.several([voice.choice("institution_type", kind) for kind in one.types], 2)
    args |= {"types": types, "office": lead_of_signature(one, assessment, voice)}
    return voice.say(_SIGNED[last is not None], **args)
