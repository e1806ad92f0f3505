"""What else could be done: other first waves beside the proposed one, and who would choose them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.report.actions import month_of_end
from generator.report.funding import lead_of
from generator.report.idle import awaited, front, idle_power
from generator.report.limits import amount
from generator.report.money import in_one_unit
from generator.report.projects import EFFECTS, amount_of, brought, megawatts, names

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import (
        Alternative,
        Effects,
        Placement,
        Programme,
        Project,
        Together,
    )
    from generator.report.voice import Voice

_SMALL: Mapping[str, float] = {"jobs": 0.5, "power": 0.005, "served": 0.5}
"""Differences that print as nothing."""
_NAMED = 2
"""Projects of the proposal that a line names which another plan does without."""
_NEXT = frozenset({"runner_up", "other_sizes", "other_uses"})


def noticed(effects: Mapping[str, float]) -> list[str]:
    """The effects whose difference does not print as nothing."""
    return [
        name
        for name, value in effects.items()
        if name in EFFECTS and abs(value) >= _SMALL.get(name, 0.0)
    ]


def changed(effects: Mapping[str, float], voice: Voice) -> list[str]:
    """Differences of effects as clauses: more or fewer of each; nothing for what stays."""
    return [
        voice.say(
            f"effect_more.{name}" if effects[name] > 0 else f"effect_less.{name}",
            value=amount_of(name, abs(effects[name]), voice),
        )
        for name in noticed(effects)
    ]


def alternative_rows(
    assessment: Assessment, voice: Voice
) -> tuple[list[dict[str, object]], str]:  # fmt: skip
    """The proposed first wave and every alternative, with what each gives up; none without one.

    Returns:
        The rows, and the unit of their capital.
    """
    found = assessment.programme
    projects = found.first.projects
    if not projects:
        return [], ""
    base, others = found.first.effects, [*told_apart(found)]
    amounts = [found.first.capital, *(one.capital for one in others)]
    texts, unit = in_one_unit([(one, one) if one else None for one in amounts], voice)
    first, *rest = (
        text if one else voice.say("none") for text, one in zip(texts, amounts, strict=True)
    )
    told = [
        (one, cost, against(one.placements, projects, voice))
        for one, cost in zip(others, rest, strict=True)
    ]
    # Aims that lead to what is proposed have no row of the same numbers.
    same = [one for one, _, moved in told if one.placements and not moved]
    rows: list[dict[str, object]] = [
        {
            "name": voice.say("alternative.proposed"),
            "projects": _proposed(found, same, voice),
            **_effects(base, voice),
            "capex": first,
            "gives_up": "",
        }
    ]
    rows += [
        {
            "name": voice.say(f"alternative.{one.kind}"),
            "projects": (moved if one.placements else "") or voice.say("none"),
            **_effects(one.effects, voice),
            "capex": cost,
            "gives_up": _against(one.effects, base, voice) if moved else "",
        }
        for one, cost, moved in told
        if one not in same
    ]
    return rows, unit


def _proposed(found: Programme, same: Sequence[Alternative], voice: Voice) -> str:
    """The projects of what is proposed, with the aims that would choose the same."""
    projects = voice.join(voice.use(use_id) for use_id in found.first.uses)
    if not same:
        return projects
    aims = voice.clauses(voice.say(f"alternative.{one.kind}") for one in same)
    return voice.say("alternative.proposed_also", projects=projects, aims=aims)


def told_apart(found: Programme) -> Iterable[Alternative]:
    """The alternatives that a reader would call different, each once.

    A swap of sites is told in a sentence, and a plan without projects is doing nothing.
    """
    told: list[tuple[Placement, ...]] = [()]
    for one in found.alternatives:
        if one.kind in EFFECTS and not one.effects.get(one.kind):
            continue  # the most of nothing
        if one.kind in _NEXT:
            if one.placements in told or one.kind == "runner_up":
                continue
            told.append(one.placements)
        yield one


def swap_line(assessment: Assessment, voice: Voice) -> str:
    """That the same projects at other sites are worth as much, and what would follow; else empty."""
    found = assessment.programme
    if found.swap is None:
        return ""
    before = {one.use_id: one.place.number for one in found.first.projects}
    moved = [one for one in found.swap.placements if before[one.use_id] != one.place.number]
    key = "programme.swap_more" if found.swap.gain > 0 else "programme.swap"
    return voice.sentence(
        "programme.swap", key, projects=names(moved, voice), second=names(found.swap.second, voice)
    )


def dearer_by(assessment: Assessment) -> float:
    """Which share of their worth it costs both waves to begin with the best first; 0 where little."""
    found, known = assessment.programme.together, assessment.knowledge
    if found is None or found.share <= known.assumed("together_gap_pct") / 100:
        return 0.0
    return found.share


def together_line(assessment: Assessment, voice: Voice) -> str:
    """What beginning with the best first wave costs both waves; empty where that is little."""
    found, share = assessment.programme.together, dearer_by(assessment)
    if found is None or not share:
        return ""
    return voice.sentence(
        "programme.together", "programme.together" if found.first else "programme.together_later",
        share=voice.percent(share),
        first=names(found.first, voice), second=names(found.second, voice),
        brings=brought(found.effects, voice), capital=voice.about(found.capital),
        own=brought(of_both(assessment.programme), voice),
        own_capital=voice.about(assessment.programme.first.capital + assessment.programme.second.capital),
        kept=brought(found.first_effects, voice),
        own_kept=brought(assessment.programme.first.effects, voice),
    )  # fmt: skip


def most_line(assessment: Assessment, voice: Voice) -> str:
    """The most of the idle power that the shortlist could use, and the use that would put most to use.

    Empty where no idle power is known or nothing could use any.
    """
    grid, found = idle_power(assessment), assessment.idle
    if grid is None or not found.attainable or not assessment.programme.projects:
        return ""
    near = front(assessment)
    limit = grid.limit or 1.0
    most, both = megawatts(found.attainable, voice), megawatts(found.used, voice)
    args = {
        "idle": amount("grid_mw", limit, voice), "most": voice.say("power", value=most),
        "share": voice.percent(found.attainable / limit), "both": voice.say("power", value=both),
    }  # fmt: skip
    if near is None:
        key = "idle.most_taken" if most == both else "idle.most"
        return voice.sentence("idle.most", key, **args)
    every = assessment.programme.candidates
    effects = changed({"jobs": near.effects["jobs"]}, voice)
    return voice.sentence(
        "idle.most", "idle.most_unlocked", use=voice.use(near.use_id),
        waits=awaited(every[near.use_id], assessment, voice),
        power=voice.say("power", value=megawatts(near.power, voice)),
        changes=voice.say("effects.separator").join((*effects, _capital(near.capital, voice))), **args,
    )  # fmt: skip


def _capital(more: float, voice: Voice) -> str:
    key = "change.capital_more" if more > 0 else "change.capital_less"
    return voice.say(key, amount=voice.about(abs(more)))


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
        changes=_beyond(found, own, voice), waits=_awaited(found, assessment, voice),
    )  # fmt: skip
    return voice.run_on((text, _compared(assessment, voice)))


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
    more = found.capital - own.first.capital - own.second.capital
    return voice.say("effects.separator").join(
        (
            *changed({name: found.effects.get(name, 0.0) - base[name] for name in base}, voice),
            _capital(more, voice),
        )
    )


def _awaited(found: Together, assessment: Assessment, voice: Voice) -> str:
    """What the projects planned as one wait for that the proposal does not; a word for nothing.

    Of the uses that the line above names with what they wait for, only that it says so.
    """
    own, every = assessment.programme.uses, assessment.programme.candidates
    near = front(assessment)
    above = {near.use_id} if near else set()
    waits = [
        voice.say("point.together_above")
        if one.use_id in above
        else awaited(every[one.use_id], assessment, voice)
        for one in found.second
        if one.use_id not in own
    ]
    separator = voice.say("idle.separator")
    return separator.join(dict.fromkeys(filter(None, waits))) or voice.say("point.together_money")


def of_both(found: Programme) -> Effects:
    """What both waves of the proposal bring."""
    second = found.second.effects
    return {name: value + second.get(name, 0.0) for name, value in found.first.effects.items()}


def against(placements: Sequence[Placement], projects: Sequence[Project], voice: Voice) -> str:
    """How a choice differs from the proposed first wave; empty where it does not."""
    now = {one.use_id: one for one in placements}
    before = {one.use_id: one for one in projects}
    moved = [
        one
        for key, one in now.items()
        if key in before
        and (one.size, one.place.number) != (before[key].size, before[key].place.number)
    ]
    parts = [
        voice.say(key, projects=shown)
        for key, shown in (
            (
                "alternative.adds",
                names([one for key, one in now.items() if key not in before], voice),
            ),
            ("alternative.drops", voice.join(voice.use(key) for key in before if key not in now)),
            ("alternative.moves", names(moved, voice)),
        )
        if shown not in {"", voice.dash}
    ]
    return voice.clauses(parts)


def _effects(effects: Effects, voice: Voice) -> dict[str, str]:
    """Effects; a word for none."""
    return {
        name: amount_of(name, effects.get(name, 0.0), voice)
        if effects.get(name, 0.0)
        else voice.say("none")
        for name in EFFECTS
    }


def _against(effects: Effects, base: Effects, voice: Voice) -> str:
    """What the alternative brings more and fewer of than the proposed one, short enough for a cell."""
    moved = {name: effects.get(name, 0.0) - value for name, value in base.items()}
    parts = [
        voice.say(
            "change.up" if moved[name] > 0 else "change.down",
            amount=voice.say(f"change.of.{name}", value=amount_of(name, abs(moved[name]), voice)),
        )
        for name in noticed(moved)
    ]
    return voice.say("effects.separator").join(parts) or voice.say("alternative.level")
