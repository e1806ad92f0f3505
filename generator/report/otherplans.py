"""What else could be done, in lines of a first page: the most of the idle power, both waves as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.choices.worth import of_both
from generator.report.alternatives import held_plan
from generator.report.differences import changed
from generator.report.idle import (
    alone,
    beyond_waiting,
    held,
    supposed,
    unused_line,
)
from generator.report.limits import amount
from generator.report.plan import beyond_limit
from generator.report.projects import megawatts, size
from generator.report.unexplained import unexplained_load

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.report.decisions import Asked
    from generator.report.voice import Voice

_SWAPPED = 2
"""Projects that a line names of those that come or go where nobody served is counted."""
_LITTLE = 0.1
"""Share of the idle power below which it is said that the plan does not solve it."""
_STAY = 2
"""Projects that it names of those that stay, where these are no more than those that go."""


def idle_line(assessment: Assessment, voice: Voice) -> str:
    """What the plan uses of the idle power, on average and at its peak, what stays, and what could take most.

    Where the wave that stands first uses none, why. Empty where no idle power is known.
    """
    grid = assessment.programme.idle_grid
    if grid is None or not grid.limit or not assessment.programme.projects:
        return ""
    used, peak = assessment.idle.used, held(assessment)
    is_both = assessment.programme.first.projects and assessment.programme.second.projects
    key = "box.power_little" if used < _LITTLE * grid.limit else "box.power"
    told = voice.sentence(
        "box.power", key, idle=amount("grid_mw", grid.limit, voice),
        whose=voice.say("idle.both" if is_both else "idle.one"),
        used=voice.say("power", value=megawatts(used, voice)),
        peak=voice.say("power", value=megawatts(peak, voice)),
        rest=amount("grid_mw", grid.limit - peak, voice),
    )  # fmt: skip
    return voice.run_on((unused_line(assessment, voice), told, _more_line(assessment, voice)))


def _more_line(assessment: Assessment, voice: Voice) -> str:
    """What else could use the power that stays: a planned step, one use, several, or nothing.

    A planned step may open more than the shortlist of today can use.
    """
    found = assessment.idle
    most = megawatts(found.attainable, voice)
    step = _step_beyond(assessment, voice)
    if step is not None:
        power = voice.say("power", value=megawatts(found.used + step[1], voice))
        return voice.sentence("idle.most", "idle.most_step", step=step[0], power=power)
    if most == megawatts(found.used, voice):
        return voice.sentence("idle.most", "idle.most_taken")
    main = _main(assessment)
    if main is None:
        return voice.sentence(
            "idle.most", "idle.most", most=voice.say("power", value=most)
        )  # fmt: skip
    one = assessment.programme.candidates[main]
    waits = supposed(one, assessment, voice)
    return voice.sentence(
        "idle.most", "idle.most_of" if waits else "idle.most_of_ready",
        use=voice.use(main), waits=waits, beyond=beyond_waiting(one, assessment, voice),
        power=voice.say("power", value=megawatts(alone(one, assessment), voice)),
    )  # fmt: skip


def _main(assessment: Assessment) -> str | None:
    """The use outside the programme that most of the power would go to, could all of it be used; or none."""
    found, needs = assessment.idle, assessment.knowledge.needs
    drawn: dict[str, float] = {}
    for one in found.mix:
        load = (needs[one.use_id].mean_load_mw_per_unit or 0.0) * one.size
        drawn[one.use_id] = drawn.get(one.use_id, 0.0) + load
    main = max(drawn, key=lambda use: drawn[use], default="")
    if not main or assessment.programme.wave_of(main):
        return None
    is_most = drawn[main] > found.attainable / 2
    return main if is_most and alone(assessment.programme.candidates[main], assessment) else None


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


def held_line(asked: Asked, assessment: Assessment, voice: Voice) -> str:
    """What a project that keeps the first wave to the limit would bring at its larger size, and what that takes.

    Of a first wave that no size keeps to the limit, the other one that does; empty where none has to.
    """
    held = held_plan(assessment, voice)
    if held is not None:
        return voice.sentence("point.held", "point.held_other", capital=held[0], effects=held[1])
    letters = voice.say("decision.letters").split(";")
    larger = [
        (letter, plan.rival)
        for one in asked.changing
        for letter, plan in zip(letters[1:], one.plans, strict=False)
        if plan.rival.kind == "larger"
    ]
    found = assessment.programme
    if not larger or found.larger is None:
        return ""
    letter, one = larger[0]
    there = {each.use_id: each.size for each in found.larger.first}
    grown = [
        each for each in found.first.projects if there.get(each.use_id, each.size) > each.size
    ]  # fmt: skip
    if not grown:
        return ""
    base = of_both(found)
    moved = {name: one.effects.get(name, 0.0) - value for name, value in base.items()}
    return voice.sentence(
        "point.held", "point.larger", letter=letter, project=voice.use(grown[0].use_id),
        size=size(grown[0].use_id, there[grown[0].use_id], voice),
        effects=voice.say("effects.separator").join(changed(moved, voice)),
        over=beyond_limit(one, voice),
    )  # fmt: skip


def load_line(asked: Asked, assessment: Assessment, voice: Voice) -> str:
    """That a load nobody explains is looked into before anything else; empty without one."""
    load = unexplained_load(assessment, voice)
    return voice.sentence("point.load", "point.load", load=load) if load and asked.order else ""


def served_line(assessment: Assessment, voice: Voice) -> str:
    """That the first wave would be another without the people served counted; empty where it stays.

    People served are an upper bound and no users, so a choice that hangs on them says so.
    """
    own = assessment.programme.first.projects
    for one in assessment.programme.alternatives:
        if one.kind == "not_served" and own:
            if not one.placements:
                return voice.sentence("point.not_served", "point.not_served_none")
            there, here = ([each.use_id for each in all_] for all_ in (one.placements, own))
            joins = [use for use in dict.fromkeys(there) if use not in here]
            leaves = [use for use in here if use not in there]
            stays = [use for use in here if use in there]
            if not joins and len(stays) <= min(_STAY, len(leaves)):
                return voice.sentence(
                    "point.not_served", voice.plural_key("point.not_served_only", len(stays)),
                    stays=voice.quoted_uses(stays), count=len(stays),
                )  # fmt: skip
            if joins or leaves:
                key = "swap" if joins and leaves else "joins" if joins else "leaves"
                return voice.sentence(
                    "point.not_served", f"point.not_served_{key}",
                    joins=voice.quoted_uses(joins, _SWAPPED) if joins else "",
                    leaves=voice.quoted_uses(leaves, _SWAPPED) if leaves else "",
                )  # fmt: skip
    return ""
