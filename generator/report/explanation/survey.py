"""A line on every use of a region, then its programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.report.explanation.why import why

if TYPE_CHECKING:
    from generator.model import Alternative, LimitUse, Wave
    from generator.model.explanation import Explained, Explanation
    from generator.report.explanation.sheet import Sheet

_USES = ("use", "law", "list", "wave", "alone", "why")
_USE_WIDTHS = (29, 12, 13, 5, 8, 28)
_OBJECTIVES = ("effect", "attainable", "normaliser", "weight")
_OBJECTIVE_WIDTHS = (40, 18, 18, 21)
_PROJECTS = ("project", "place", "capital", "jobs", "power", "served")
_PROJECT_WIDTHS = (29, 25, 17, 7, 7, 10)
_OTHERS = ("other", "loss", "jobs", "power", "served", "project")
_OTHER_WIDTHS = (19, 8, 10, 8, 10, 40)
_LIMITS = ("limit", "there_is", "first", "second", "more")
_LIMIT_WIDTHS = (22, 16, 16, 16, 26)


def survey(one: Explained, sheet: Sheet) -> Iterator[str]:
    """Every use in a row with what decides it, then what is counted, the waves, what else there is."""
    yield from sheet.head("explain.uses")
    yield from sheet.table(_USES, _USE_WIDTHS, (_row(use, sheet) for use in one.uses))
    yield from sheet.head("explain.programme")
    plan = one.programme
    if not plan.candidates:
        yield from sheet.text("explain.wave_none.1")
        return
    if not plan.has_money_limit:
        yield from sheet.text("explain.no_money")
    for number, wave in ((1, plan.first), (2, plan.second)):
        yield from _wave(number, wave, sheet)
    yield from sheet.head("explain.objectives")
    yield from sheet.table(
        _OBJECTIVES,
        _OBJECTIVE_WIDTHS,
        (
            (
                sheet.voice.choice("benefit_effect", aim.effect),
                sheet.fine(aim.attainable),
                sheet.fine(aim.normaliser),
                sheet.fine(100.0 * aim.weight),
            )
            for aim in plan.objectives
        ),
    )
    yield from sheet.head("explain.others")
    yield from sheet.table(
        _OTHERS, _OTHER_WIDTHS, (_other(way, sheet) for way in plan.alternatives)
    )
    yield from sheet.head("explain.limits")
    yield from sheet.table(_LIMITS, _LIMIT_WIDTHS, (_limit(held, sheet) for held in plan.limits))


def _row(use: Explanation, sheet: Sheet) -> tuple[str, ...]:
    voice = sheet.voice
    scored, alone = use.readiness, use.value_alone
    return (
        f"{use.use.use_id} {voice.name(use.use.name)}",
        voice.say(f"status.{use.law.status}") if use.law else voice.dash,
        voice.say(f"listed.{scored.listed}") if scored else voice.dash,
        str(use.wave) if use.wave else voice.dash,
        voice.dash if alone is None else voice.number(alone, 2),
        why(use, sheet, is_short=True),
    )


def _wave(number: int, wave: Wave, sheet: Sheet) -> Iterator[str]:
    yield ""
    voice = sheet.voice
    if not wave.projects:
        yield from sheet.text(f"explain.wave_none.{number}")
        return
    key = "explain.first_wave" if number == 1 else "explain.second_wave"
    effects = sheet.say(
        "explain.wave_sum",
        capital=voice.millions(wave.capital),
        range=voice.money(*wave.capital_range),
        jobs=voice.number(wave.effects["jobs"]),
        power=voice.number(wave.effects["power"]),
        served=voice.number(wave.effects["served"]),
    )
    yield from sheet.text(key, effects=effects)
    if wave.has_platform:
        yield from sheet.text("explain.shared")
    body = (
        (
            f"{one.use_id} {voice.use(one.use_id)}",
            (
                sheet.size(one.size, is_platform=one.category == "blockchain"),
                "" if one.category == "blockchain" else sheet.place(one.place),
            ),
            voice.dash if one.capital.value is None else voice.millions(one.capital.value),
            voice.number(one.effects["jobs"]),
            voice.number(one.effects["power"]),
            voice.number(one.effects["served"]),
        )
        for one in wave.projects
    )
    yield from sheet.table(_PROJECTS, _PROJECT_WIDTHS, body)


def _other(way: Alternative, sheet: Sheet) -> tuple[str, ...]:
    number = sheet.voice.number
    return (
        sheet.say(f"explain.other.{way.kind}"),
        sheet.points(way.loss),
        number(way.effects["jobs"]),
        number(way.effects["power"]),
        number(way.effects["served"]),
        _ids(way, sheet),
    )


def _ids(way: Alternative, sheet: Sheet) -> str:
    """The uses of a wave by their ids, which stand in the list above, with sizes and places."""
    shown = (
        sheet.say(
            "explain.placed_at",
            use=one.use_id,
            size=sheet.voice.number(one.size),
            place=sheet.place(one.place),
        )
        if one.place.number is not None
        else one.use_id
        for one in way.placements
    )
    return sheet.voice.join(shown) or sheet.say("explain.nothing")


def _limit(held: LimitUse, sheet: Sheet) -> tuple[str, ...]:
    voice, name = sheet.voice, held.resource
    more = voice.dash
    if held.next_extra is not None:
        key = "explain.more_out" if held.next_out else "explain.more"
        key = key if held.next_in or held.next_out else "explain.more_resized"
        more = sheet.say(
            key, amount=sheet.resource(name, held.next_extra),
            joins=voice.join(held.next_in), leaves=voice.join(held.next_out),
        )  # fmt: skip
    return (
        voice.choice("limit", name),
        sheet.resource(name, held.limit),
        sheet.resource(name, held.first),
        sheet.resource(name, held.second),
        more,
    )
