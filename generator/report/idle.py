"""What of the idle power the projects put to use, and which other uses of it come closest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.report.actions import month_of_end
from generator.report.bodies import either
from generator.report.limits import amount
from generator.report.needs import number_beside
from generator.report.people import inner
from generator.report.projects import megawatts
from generator.report.tables import begun
from generator.report.tasknumbers import numbered, numbers_of
from generator.report.voice import INDUSTRY

if TYPE_CHECKING:
    from generator.model import Assessment, PlannedAction
    from generator.model.choosing import Candidate
    from generator.model.idle import Unlock
    from generator.model.programme import LimitUse, Wave
    from generator.report.task import Task
    from generator.report.voice import Voice

_ROUND = 1e-9
_PARTS = 100
"""Of a megawatt, in which power is told."""
CHAPTER = 3
"""Other uses of power that a chapter names."""

_MONEY = "capex"
"""The limit of money."""


def unused_line(assessment: Assessment, voice: Voice) -> str:
    """Why the wave that stands first uses none of the idle power, and what a later one would; else empty."""
    found, grid = assessment.programme, assessment.programme.idle_grid
    wave = found.first if found.first.projects else found.second
    if grid is None or not wave.projects or wave.effects.get("power"):
        return ""
    ready = any(one.is_ready for one in _reuse(assessment))
    later = found.second.effects.get("power") and wave is found.first
    then = voice.say("answer.power_then", **_mean(found.second, grid, voice)) if later else ""
    key = "answer.no_power_outdone" if ready else "answer.no_power"
    return voice.sentence("answer.power", key, then=then, idle=_idle(grid, voice))


def _idle(grid: LimitUse, voice: Voice) -> str:
    return amount("grid_mw", grid.limit or 0.0, voice)


def _mean(wave: Wave, grid: LimitUse, voice: Voice) -> dict[str, str]:
    power = wave.effects.get("power", 0.0)
    return {
        "mean": voice.say("power", value=megawatts(power, voice)),
        "share": voice.percent(power / (grid.limit or 1.0)),
    }


def _waves(assessment: Assessment, voice: Voice) -> str:
    """That what follows or is only prepared is counted too; empty where there is none."""
    programme = assessment.programme
    if not programme.second.projects:
        return ""
    return voice.say("finding.with_second" if programme.first.projects else "finding.with_prepared")


def taken_line(assessment: Assessment, voice: Voice) -> str:
    """How much of the free connection capacity the programme takes, to open a chapter with."""
    grid = assessment.programme.idle_grid
    if grid is None:
        return voice.sentence("finding.power", "finding.power_unknown")
    used, rest = parted(grid)
    args = {
        "idle": amount("grid_mw", grid.limit or 0.0, voice), "used": amount("grid_mw", used, voice),
        "share": voice.percent((grid.first + grid.second) / (grid.limit or 1.0)),
        "rest": amount("grid_mw", rest, voice),
        "waves": _waves(assessment, voice),
        "least": voice.percent(voice.knowledge.assumed("grade_a_range_pct") / 100),
        "most": voice.percent(voice.knowledge.assumed("grade_d_range_pct") / 100),
    }  # fmt: skip
    basis = "stated" if grid.basis == "stated" else "firm"
    key = f"finding.power_{basis}" if used else "finding.power_none"
    told = voice.sentence("finding.power", key, **args)
    is_stated = key == "finding.power_stated"
    return voice.run_on((told, _against_points(assessment, voice) if is_stated else ""))


def _against_points(assessment: Assessment, voice: Voice) -> str:
    """What the connection points hold beside a limit that the region states, and which of them counts."""
    points = [
        one.spare_mw.value or 0.0
        for one in assessment.region.power
        if one.kind == "connection point" and one.status == "existing"
    ]
    total = amount("grid_mw", math.fsum(points), voice)
    low = amount("grid_mw", assessment.programme.choice_inputs.spare_mw, voice)
    key = "finding.power_points" if low != total else "finding.power_points_one"
    return voice.sentence("finding.power_points", key, total=total, low=low)


def kept_line(assessment: Assessment, voice: Voice, tasks: Sequence[Task]) -> str:
    """What is held of the connection that stays unused, and what is asked about the rest; or empty.

    Args:
        assessment: The results of one region.
        voice: Speaks and keeps the sentence.
        tasks: Those of the brief, of which one asks it.
    """
    task = _asks(assessment)
    if task is None:
        return ""
    mining = voice.say("finding.kept_barred" if _bars_mining(assessment) else "finding.kept_choice")
    text = voice.sentence(
        "finding.kept", "finding.kept", mining=mining, **_kept(task, assessment, voice)
    )
    found = numbers_of(tasks, lambda one: one.action is not None and asks_of_idle(one.action))
    known = voice.knowledge.evidence
    law = [
        voice.sentence(
            "finding.kept_law", "finding.kept_law", claim=voice.name(known[key].claim),
            kind=voice.choice("evidence_kind", known[key].kind),
        )
        for key in task.action.evidence
    ]  # fmt: skip
    return voice.run_on((numbered(text, found, voice), *law))


def _bars_mining(assessment: Assessment) -> bool:
    """Whether the law on file bars proof-of-work mining here."""
    found = assessment.screening.findings.get("pow_mining")
    return found is not None and found.effect == "prohibited"


def held(assessment: Assessment) -> float:
    """The connection that both waves need, MW, in hundredths rounded up."""
    grid = assessment.programme.idle_grid
    limit = 0.0 if grid is None else grid.limit or 0.0
    return min(limit, math.ceil(assessment.idle.held * _PARTS - _ROUND) / _PARTS)


def idle_asked(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """What the task on connection capacity that stays unused is about; empty without one."""
    task = _asks(assessment)
    return {} if task is None else _kept(task, assessment, voice)


def asks_of_idle(action: PlannedAction) -> bool:
    """Whether a task asks about connection capacity that stays unused."""
    return action.because.kind == "idle"


def _asks(assessment: Assessment) -> PlannedAction | None:
    """The task that asks about connection capacity that stays unused."""
    return next((one for one in assessment.action_plan.actions if asks_of_idle(one)), None)


def _kept(task: PlannedAction, assessment: Assessment, voice: Voice) -> dict[str, str]:
    grid = assessment.programme.idle_grid
    limit = 0.0 if grid is None else grid.limit or 0.0
    peak = held(assessment)
    return {
        "held": amount("grid_mw", peak, voice), "rest": amount("grid_mw", limit - peak, voice),
        "lead": voice.lead(task.action.lead_office),
        "asked": voice.office(task.action.responsible_office),
        "by": month_of_end(task, assessment.region.plan_from, voice),
    }  # fmt: skip


def parted(grid: LimitUse) -> tuple[float, float]:
    """What both waves take of a limit in MW and what stays, so that the parts add up as printed."""
    whole, *taken = (
        math.floor(one * _PARTS + 0.5) for one in (grid.limit or 0.0, grid.first, grid.second)
    )
    return sum(taken) / _PARTS, max(0, whole - sum(taken)) / _PARTS


def front(assessment: Assessment) -> Unlock | None:
    """The use outside the programme that would put most more power to use once it has what it waits for.

    None where no such use puts more to use by what this place can settle.
    """
    found = assessment.programme
    return next((one for one in assessment.idle.unlocks if not found.wave_of(one.use_id)), None)


def closest_line(assessment: Assessment, voice: Voice) -> str:
    """The uses of power outside the programme that come closest, by name, with what each waits for.

    Empty where every use is in the programme or there is none.
    """
    others = _others(assessment)
    if not others or not assessment.programme.projects:
        return ""
    near = closest(assessment)[:CHAPTER]
    if not near:
        return far_line(assessment, voice)
    parts = voice.clauses([_near(one, assessment, voice) for one in near])
    return voice.sentence(
        "idle.others", voice.plural_key("idle.others", len(others)), count=len(others), parts=parts
    )


def near_rows(assessment: Assessment, voice: Voice) -> list[dict[str, str]]:
    """The uses of power outside the programme that come closest, a row each; none without a programme."""
    found = assessment.programme
    return [
        {
            "use": voice.use(one.use_id),
            "power": megawatts(alone(one, assessment), voice),
            "waits": begun(_waiting(one, assessment, voice)),
        }
        for one in (closest(assessment)[:CHAPTER] if found.projects else ())
    ]


def far_line(assessment: Assessment, voice: Voice) -> str:
    """That no use of power outside the programme is near; empty where one is or there is none."""
    others = _others(assessment)
    if not others or not assessment.programme.projects or closest(assessment):
        return ""
    return voice.sentence("idle.others", "idle.others_far", count=len(others))


def _others(assessment: Assessment) -> list[str]:
    """The uses of power outside the programme."""
    order = assessment.readiness.order["power_reuse"]
    return [key for key in order if not assessment.programme.wave_of(key)]


def near_title(assessment: Assessment, voice: Voice) -> str:
    """How many uses of power wait, and that the closest stand in a table."""
    return voice.plural("title.near", len(_others(assessment)))


def closest(assessment: Assessment) -> list[Candidate]:
    """Uses of power that are shortlisted, fit a site and are in no wave.

    First those that would use a noticeable amount by themselves, then those that somebody here can
    prepare, then those that wait for least.
    """
    floor, outside = assessment.knowledge.assumed("floor_power"), assessment.idle.outside
    own = [
        one
        for one in _reuse(assessment)
        if not assessment.programme.wave_of(one.use_id) and alone(one, assessment)
    ]

    def place(one: Candidate) -> tuple[bool, bool, int, float, str]:
        power = alone(one, assessment)
        waits = len(one.missed) + len(one.unknown) + one.lacks_partner + bool(one.requires)
        return power < floor, outside[one.use_id].kind == "given", waits, -power, one.use_id

    return sorted(own, key=place)


def alone(one: Candidate, assessment: Assessment) -> float:
    """What a use of power would draw on average by itself, where it brings most; 0 where none fits."""
    need = assessment.knowledge.needs[one.use_id]
    return (need.mean_load_mw_per_unit or 0.0) * one.best[1] if one.best else 0.0


def _reuse(assessment: Assessment) -> Iterable[Candidate]:
    every = assessment.programme.candidates.values()
    return (one for one in every if one.category == "power_reuse")


def _near(one: Candidate, assessment: Assessment, voice: Voice) -> str:
    """A use of power with what it would draw, what it waits for and who settles that."""
    power = voice.say("power", value=megawatts(alone(one, assessment), voice))
    return voice.say(
        "idle.near", use=voice.use(one.use_id), power=power,
        waits=_waiting(one, assessment, voice),
    )  # fmt: skip


def _waiting(one: Candidate, assessment: Assessment, voice: Voice) -> str:
    """What a use of power waits for and why it would stand in no wave even then."""
    waits = awaited(one, assessment, voice)
    if not waits:
        return voice.say("idle.outdone")
    return waits + beyond_waiting(one, assessment, voice)


def beyond_waiting(one: Candidate, assessment: Assessment, voice: Voice) -> str:
    """Why a use would stand in no wave even if it had what it waits for; empty where it might."""
    found = assessment.idle.outside.get(one.use_id)
    if found is None or found.kind not in {"room", "limits", "worth"}:
        return ""
    key = "idle.beyond.sites" if len(found.places) > 1 else f"idle.beyond.{found.kind}"
    if found.kind == "limits" and [*found.names] == [_MONEY]:
        key = "idle.beyond.money"
    return voice.say(
        key,
        limits=voice.join(voice.say(f"idle.limit.{name}") for name in found.names),
    )


def awaited(one: Candidate, assessment: Assessment, voice: Voice) -> str:
    """What a shortlisted use waits for, each with the office that settles it; empty for nothing."""
    return _by_office(_waits(one, assessment, voice), voice)


def _by_office(waits: Iterable[tuple[str, str]], voice: Voice) -> str:
    by_office: dict[str, list[str]] = {}
    for text, office in waits:
        by_office.setdefault(voice.office(office) if office else "", []).append(text)
    separator = voice.say("idle.separator")
    return separator.join(
        voice.say("idle.wait", waits=separator.join(texts), office=office)
        if office
        else separator.join(texts)
        for office, texts in by_office.items()
    )


def awaited_in_short(one: Candidate, voice: Voice) -> str:
    """What a shortlisted use waits for in a few words, without offices and figures."""
    known = voice.knowledge
    signs = [key for key in one.missed if known.is_in_role(key, "institutions")]
    parts = [
        voice.say("idle.short.criterion", criterion=voice.name(known.criteria[key].name))
        for key in one.missed
        if key not in signs
    ]
    parts += [voice.say("idle.short.data", criterion=voice.lacking(key)) for key in one.unknown]
    parts += [voice.say("idle.short.signature")] if signs or one.lacks_partner else []
    parts += [voice.say("idle.waits.use", use=voice.use(one.requires))] if one.requires else []
    return voice.say("idle.separator").join(parts)


def supposed(one: Candidate, assessment: Assessment, voice: Voice) -> str:
    """The same as the conditions of a sentence, in fewer words; empty for nothing."""
    return _by_office(_waits(one, assessment, voice, is_supposed=True), voice)


def _waits(
    one: Candidate, assessment: Assessment, voice: Voice, *, is_supposed: bool = False
) -> Iterable[tuple[str, str]]:
    """Each thing that a shortlisted use waits for, with the key of the office that settles it.

    Args:
        one: The use with what it misses.
        assessment: The results of one region.
        voice: Speaks.
        is_supposed: Whether it is told as a condition, and not as what is awaited.
    """

    def said(kind: str, **args: str) -> str:
        key = f"idle.if.{kind}" if is_supposed else f"idle.waits.{kind}"
        return voice.say(key, **args)

    known, use = voice.knowledge, voice.knowledge.use(one.use_id)
    parts = {
        part.requirement.criterion_id: part
        for part in assessment.readiness.uses[one.use_id].contributions
    }
    for key in one.missed:
        part, criterion = parts[key], known.criteria[key]
        if known.is_in_role(key, "institutions"):
            yield said("bodies"), use.owner_office
        elif criterion.group == INDUSTRY:
            # No office can make an industry larger, so none is named.
            yield said("industry"), ""
        else:
            # A price that an office could simply lower would be a subsidy.
            directed = voice.directed("criterion", key)
            value = voice.amount(part.value.fact.value, key)
            minimum = voice.amount(part.requirement.minimum, key)
            name = voice.name(criterion.name)
            text = said(
                "price" if criterion.by_price_level else directed,
                criterion=inner(name) if is_supposed else name,
                value=value, number=number_beside(value, minimum), minimum=minimum,
            )  # fmt: skip
            if criterion.is_given:
                yield voice.say("idle.waits.given", text=text), ""
            else:
                yield text, criterion.owner_office
    if one.lacks_partner:
        types = known.needs[one.use_id].partner_types
        yield said("partner", types=either(types, voice)), use.owner_office
    if one.requires:
        yield said("use", use=voice.use(one.requires)), ""
    for key in one.unknown:
        yield (
            said("data", criterion=voice.lacking(key)),
            known.criteria[key].owner_office,
        )
