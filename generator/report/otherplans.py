"""What else could be done, in lines of a first page: the most of the idle power, both waves as one."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from generator.report.actions import month_of_end
from generator.report.alternatives import (
    against,
    capital_of_both,
    changed,
    waits_of_both,
)
from generator.report.answer import is_long
from generator.report.funding import lead_of
from generator.report.idle import awaited, front, idle_power
from generator.report.limits import amount
from generator.report.projects import megawatts
from generator.report.worth import dearer_by, of_both

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.idle import Unlock
    from generator.model.programme import Programme, Together
    from generator.report.voice import Voice

_NAMED = 2
"""Projects of the proposal that a line names which another plan does without."""


def most_line(assessment: Assessment, voice: Voice) -> str:
    """The most of the idle power that the shortlist could use, and what would put most to use.

    A use that the other plan holds is told there with what it brings; a planned step may open more
    than the shortlist of today can use. Empty where no idle power is known or nothing could use any.
    """
    grid, found = idle_power(assessment), assessment.idle
    if grid is None or not found.attainable or not assessment.programme.projects:
        return ""
    limit = grid.limit or 1.0
    most, both = megawatts(found.attainable, voice), megawatts(found.used, voice)
    args = {
        "idle": amount("grid_mw", limit, voice), "most": voice.say("power", value=most),
        "share": voice.percent(found.attainable / limit), "both": voice.say("power", value=both),
    }  # fmt: skip
    near, step = front(assessment), _step_beyond(assessment, voice)
    if step is not None:
        power = voice.say("power", value=megawatts(found.used + step[1], voice))
        return voice.sentence("idle.most", "idle.most_step", step=step[0], power=power, **args)
    if near is None:
        key = "idle.most_taken" if most == both else "idle.most"
        return voice.sentence("idle.most", key, **args)
    effects = changed({"jobs": near.effects["jobs"]}, voice)
    return voice.sentence(
        "idle.most", "idle.most_other" if _is_in_other(near, assessment) else "idle.most_unlocked",
        use=voice.use(near.use_id),
        waits=awaited(assessment.programme.candidates[near.use_id], assessment, voice),
        power=voice.say("power", value=megawatts(near.power, voice)),
        changes=voice.say("effects.separator").join((*effects, _capital(near.capital, voice))), **args,
    )  # fmt: skip


def _step_beyond(assessment: Assessment, voice: Voice) -> tuple[str, float] | None:
    """The planned step that opens more power than the shortlist could use, and what it adds in MW."""
    found = assessment.idle
    steps = [
        (voice.name(one.step.title), one.yes.effects.get("power", 0.0))
        for one in assessment.decisions
        if one.step is not None
    ]
    title, power = max(steps, key=lambda one: one[1], default=("", 0.0))
    return None if not title or found.used + power <= found.attainable else (title, power)


def _is_in_other(near: Unlock, assessment: Assessment) -> bool:
    """Whether both waves planned as one, where they are told, hold a use."""
    other = assessment.programme.together
    if other is None or not dearer_by(assessment):
        return False
    return near.use_id in {one.use_id for one in (*other.first, *other.second)}


def together_point(assessment: Assessment, voice: Voice) -> str:
    """The two waves that would bring most together: what they are, bring and wait for, who compares.

    Empty where they gain little. To build at a site of the proposal ends that choice, so both are
    compared before anything is filed.
    """
    found, share, own = assessment.programme.together, dearer_by(assessment), assessment.programme
    if found is None or not share:
        return ""
    there = [*found.first, *found.second]
    other = [one for one in there if one.use_id not in own.uses]
    gone = [key for key in own.uses if key not in {one.use_id for one in there}]
    key = "point.together_without" if gone else "point.together"
    text = voice.sentence(
        "point.together", key if other else "point.together_order", share=voice.percent(share),
        other=voice.join(voice.use(one.use_id) for one in other), gone=voice.uses(gone, _NAMED),
        changes=_beyond(found, own, voice), waits=waits_of_both(
            found, assessment, voice, above=_above(assessment)
        ),
    )  # fmt: skip
    return voice.run_on((text, _compared(assessment, voice)))


def served_line(assessment: Assessment, voice: Voice) -> str:
    """What the first wave would be without the people served counted; empty where it stays.

    People served are an upper bound and no users, so a choice that hangs on them says so.
    """
    own = assessment.programme.first.projects
    for one in assessment.programme.alternatives:
        if one.kind == "not_served" and own:
            if not one.placements:
                return voice.sentence("point.not_served", "point.not_served_none")
            if {each.use_id for each in one.placements} != {each.use_id for each in own}:
                key = "point.not_served_other" if is_long(assessment) else "point.not_served"
                return voice.sentence(
                    "point.not_served",
                    key,
                    moved=against(one.placements, own, voice),
                )
    return ""


def _compared(assessment: Assessment, voice: Voice) -> str:
    """Who compares both plans by when, as the action plan has it; empty without that task."""
    start = assessment.region.plan_from
    for task in assessment.action_plan.actions:
        if task.because.kind == "compares":
            return voice.sentence(
                "point.compared", "point.compared", office=lead_of(task, (), voice),
                month=month_of_end(task, start, voice),
            )  # fmt: skip
    return ""


def _beyond(found: Together, own: Programme, voice: Voice) -> str:
    """What the two waves planned as one bring and cost more or less than those of the proposal."""
    base = of_both(own)
    more = found.capital - capital_of_both(own)
    return voice.say("effects.separator").join(
        (
            *changed({name: found.effects.get(name, 0.0) - base[name] for name in base}, voice),
            _capital(more, voice),
        )
    )


def _capital(more: float, voice: Voice) -> str:
    key = "change.capital_more" if more > 0 else "change.capital_less"
    return voice.say(key, amount=voice.about(abs(more)))


def _above(assessment: Assessment) -> Collection[str]:
    """The use of power that the line above names with what it waits for; none without one."""
    near = front(assessment)
    return {near.use_id} if near else set()
