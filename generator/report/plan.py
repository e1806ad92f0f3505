"""One plan to choose from in words: how it differs from the proposal, and what it waits for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.choices.known import awaited_in, kinds_of, known_for, latest
from generator.choices.rivals import own_plan
from generator.report.actions import month
from generator.report.funding import lead_of_signature
from generator.report.idle import awaited, awaited_in_short
from generator.report.money import stated_in, step_of, with_step
from generator.report.preconditions import awaited_then
from generator.report.projects import named, names, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.model import Assessment, Difference, Step
    from generator.model.choices import Rival
    from generator.model.decisions import Decision
    from generator.model.programme import Placement, Project, Together
    from generator.report.voice import Voice

_STEP = ("plans.waits_step_open", "plans.waits_step")
_SIGNED = ("plans.waits_signed_open", "plans.waits_signed")
"""What a plan waits for: known at a time that nobody knows, or by a month."""
_FEW = 2
"""Signatures that a page with little room names."""


class Plan(Struct, frozen=True):
    """One way to go on beside the proposal, or the proposal itself."""

    rival: Rival
    """What it brings and costs."""
    what: str
    """Everything in which it differs from the proposal."""
    short: str
    """The same in a few words, with the sizes that differ and without places."""
    waits: str
    """What must come first, and by when it is known."""
    conditions: str = ""
    """The same of what it brings alone, where the proposal waits for more; else empty."""


def proposed(what: str, waits: str, assessment: Assessment, voice: Voice) -> Plan:
    """The proposal as one of the plans.

    Args:
        what: What it is called.
        waits: What it waits for.
        assessment: The results of one region.
        voice: Speaks.
    """
    own = own_plan(assessment)
    texts = filter(None, (waits, _money(own, voice), _priced(own.steps, voice)))
    return Plan(own, what, what, voice.clauses(texts), waits)


def told(one: Rival, assessment: Assessment, voice: Voice) -> Plan:
    """A rival of the proposal in words."""
    found = assessment.programme
    if one.decision is not None:
        return _opened(one, one.decision, assessment, voice)
    other = found.larger if one.kind == "larger" else found.together
    if other is None:
        raise ValueError(one.kind)
    if one.kind == "larger":
        return _larger(one, other, assessment, voice)
    return _both_as_one(one, other, assessment, voice)


def _both_as_one(one: Rival, other: Together, assessment: Assessment, voice: Voice) -> Plan:
    """Both waves chosen as one."""
    waits = []
    if kinds_of(other, assessment):
        what = _waits_of_both(other, assessment, voice)
        waits.append(what if one.known is None else _by(what, one.known, assessment, voice))
    return Plan(
        one, _of_both(other, assessment, voice), _in_short(other, assessment, voice),
        voice.clauses(
            [*waits, *filter(None, [_money(one, voice), _priced(one.steps, voice)])]
        )
        or voice.say("none"),
        _in_a_line(other, one.known, assessment, voice) or _money(one, voice),
    )  # fmt: skip


def _larger(one: Rival, other: Together, assessment: Assessment, voice: Voice) -> Plan:
    """The sizes that the middle of costs bears; they wait for the money that the upper ends take."""
    found, there = assessment.programme, (*other.first, *other.second)
    own = {(each.use_id, each.size, each.place.number) for each in found.projects}
    larger = [each for each in there if (each.use_id, each.size, each.place.number) not in own]
    gone = _uses([use for use in found.uses if use in one.gone], voice)
    what = voice.say("plans.larger", projects=names(larger, voice))
    what = voice.clauses(filter(None, [what, _exchange("", gone, voice)]))
    money = _money(one, voice)
    waits = filter(None, [money, _rest(voice) if found.second.projects else ""])
    return Plan(one, what, what, voice.clauses(waits), money)


def _money(one: Rival, voice: Voice) -> str:
    """That a plan waits for the source of what its upper end takes beyond the limit; else empty."""
    if not one.beyond:
        return ""
    return voice.say("plans.waits_money", over=beyond_limit(one, voice))


def beyond_limit(one: Rival, voice: Voice) -> str:
    """By how much the upper end of a plan with contingencies is over the limit of money."""
    grain = step_of((one.beyond, one.beyond), voice)
    return with_step(stated_in(one.beyond, grain, voice, upward=True), grain, voice)


def _opened(one: Rival, asked: Decision, assessment: Assessment, voice: Voice) -> Plan:
    """What a step, a signature or a clearance would make of the proposal."""
    second = assessment.programme.second.projects
    kept = [each for each in second if each.use_id not in asked.yes.leaves]
    waits = _waits(asked, assessment, voice)
    return Plan(
        one, _differs(asked.yes, assessment, voice), _changed_to(asked.yes, assessment, voice),
        voice.clauses(
            filter(
                None,
                (
                    waits, _money(one, voice), _rest(voice) if kept else "",
                    _priced(one.steps, voice),
                ),
            )
        ),
        _waits_in_brief(asked, assessment, voice),
    )  # fmt: skip


def _by(what: str, by: int, assessment: Assessment, voice: Voice) -> str:
    return voice.say(
        "plans.waits_kinds", what=what, by=month(by, assessment.region.plan_from, voice)
    )


def _waits_of_both(found: Together, assessment: Assessment, voice: Voice) -> str:
    """What the projects planned as one wait for that the proposal does not; a word for nothing."""
    own, every = assessment.programme.uses, assessment.programme.candidates
    waits = [
        awaited(every[one.use_id], assessment, voice)
        for one in found.second
        if one.use_id not in own
    ]
    separator = voice.say("idle.separator")
    return separator.join(dict.fromkeys(filter(None, waits))) or voice.say("plans.waits_both_money")


def _in_a_line(other: Together, by: int | None, assessment: Assessment, voice: Voice) -> str:
    """What the first project that is new in both waves as one waits for, for a page with little room."""
    own, every = assessment.programme.uses, assessment.programme.candidates
    fresh = [one.use_id for one in (*other.first, *other.second) if one.use_id not in own]
    waits = awaited_in_short(every[fresh[0]], voice) if fresh else ""
    if not waits or by is None:
        return waits
    return _by(waits, by, assessment, voice)


def _changed_to(found: Difference, assessment: Assessment, voice: Voice) -> str:
    """What a difference makes of the programme, in a few words; empty where nothing."""
    parts = [
        _exchange(_placed(found, voice), _uses(found.leaves, voice), voice),
        *_moved(found.earlier, found.later, voice),
        *_elsewhere(found.resized, found.placed, assessment, voice, is_brief=True),
    ]
    return voice.clauses(filter(None, parts))


def _differs(found: Difference, assessment: Assessment, voice: Voice) -> str:
    """Everything that a difference makes of the programme: what joins, leaves, moves, with size and place."""
    parts = [
        _exchange(_placed(found, voice), _uses(found.leaves, voice), voice),
        *_moved(found.earlier, found.later, voice),
        *_elsewhere((*found.resized, *found.earlier), found.placed, assessment, voice),
    ]
    return voice.clauses(filter(None, parts))


def _placed(found: Difference, voice: Voice) -> str:
    """What joins, with size and place, which is told once where it is the same; empty for nothing."""
    there = {one.use_id: one for one in found.placed}
    places = {voice.text(there[use].place.name) if use in there else "" for use in found.joins}
    place = places.pop() if len(found.joins) > 1 and len(places) == 1 else ""
    if not place:
        return voice.join(
            named(there[use], voice) if use in there else voice.use(use) for use in found.joins
        )
    projects = voice.join(
        voice.say(
            "project.sized",
            name=voice.use(use),
            size=size(use, there[use].size, voice),
            place=place,
        )
        for use in found.joins
    )
    return voice.say("plans.joint", projects=projects, place=place)


def _in_short(other: Together, assessment: Assessment, voice: Voice) -> str:
    own, there = assessment.programme.uses, (*other.first, *other.second)
    planned = dict.fromkeys(one.use_id for one in there)
    fresh, gone = ([use for use in uses if use not in rest] for uses, rest in ((planned, own), (own, planned)))  # fmt: skip
    kept = [use for use in own if use in planned]
    parts = [
        _exchange(_uses(fresh, voice), _uses(gone, voice), voice),
        *_elsewhere(kept, there, assessment, voice, is_brief=True),
    ]
    return _as_one(voice.clauses(filter(None, parts)), other, voice)


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
    uses: Iterable[str],
    there: Sequence[Placement],
    assessment: Assessment,
    voice: Voice,
    *,
    is_brief: bool = False,
) -> Iterator[str]:
    """Size and place of what is built otherwise, beside those of the proposal.

    In brief the sizes alone, unless the place is all that differs; the same size in parts is left out.
    """
    for use in dict.fromkeys(uses):
        now = [one for one in there if one.use_id == use]
        before = [one for one in assessment.programme.projects if one.use_id == use]
        spots = [{(one.size, one.place.number) for one in each} for each in (now, before)]
        if not now or spots[0] == spots[1] or voice.knowledge.use(use).category == "blockchain":
            continue
        sizes = [math.fsum(one.size for one in each) for each in (now, before)]
        if is_brief and len(now) != len(before) and math.isclose(*sizes):
            continue
        without = is_brief and not math.isclose(*sizes)
        key = "plans.sized" if without else "plans.elsewhere"
        yield voice.say(
            key, use=voice.use(use),
            now=_spots(now, voice, without_places=without),
            before=_spots(before, voice, without_places=without),
        )  # fmt: skip


def _spots(
    projects: Sequence[Placement | Project], voice: Voice, *, without_places: bool = False
) -> str:
    """Sizes with their places."""
    return voice.join(
        voice.say("plans.spot", size=size(one.use_id, one.size, voice), place=voice.text(one.place.name))
        if voice.text(one.place.name) and not without_places
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
        last = latest((by, awaited_in(one, assessment)))
        parts.append(voice.say(key, by=month(last or 0, assessment.region.plan_from, voice)))
    elif months or one.gates:
        parts.append(voice.say("plans.waits_undated"))
    return voice.clauses(parts)


def _waits_in_brief(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """The same for a page with little room: what the answer waits for, and that what joins waits too."""
    own = _waits_itself(one, assessment, voice, is_brief=True)
    if not one.yes.waits and not one.gates:
        return own
    uses = voice.uses([*one.yes.waits] or one.yes.joins, 1)
    return voice.clauses([own, voice.say("plans.waits_more", uses=uses)])


def _waits_itself(
    one: Decision, assessment: Assessment, voice: Voice, *, is_brief: bool = False
) -> str:
    """What a step, a signature or a clearance must bring, and by when that is known.

    With little room many signatures are counted.
    """
    last = awaited_in(one, assessment)
    args = {"by": month(last or 0, assessment.region.plan_from, voice)}
    if one.step is not None:
        args |= {"title": voice.name(one.step.title), "owner": voice.name(one.step.owner)}
        return voice.say(_STEP[last is not None], **args)
    if one.place is not None:
        return voice.say("plans.waits_cleared", place=voice.name(one.place.name))
    types = voice.several([voice.choice("institution_type", kind) for kind in one.types], 2)
    args |= {"types": types, "office": lead_of_signature(one, assessment, voice)}
    if is_brief and last is not None and len(one.types) > _FEW:
        return voice.say("plans.waits_signatures", count=len(one.types), **args)
    return voice.say(_SIGNED[last is not None], **args)


def _priced(steps: Sequence[Step], voice: Voice) -> str:
    """That the cost of steps is in the capital; empty without any."""
    cost = math.fsum(one.cost.value or 0.0 for one in steps)
    return voice.say("plans.steps_counted", cost=voice.own_millions(cost)) if cost else ""
