"""Effects, sizes, places and capital of projects as the annex prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.report import money

if TYPE_CHECKING:
    from generator.model import Fact, Placement, Programme, Project, ProjectSite
    from generator.report.voice import Voice

MONEY = "capex"
_DIGITS = 3
MAIN = ("jobs", "power", "served")
"""Effects that every programme is told by."""


def names(uses: Iterable[str], voice: Voice) -> str:
    """Uses by name; a dash for none."""
    return voice.join(voice.use(use_id) for use_id in uses) or voice.dash


def effect(kind: str, amount: float | None, voice: Voice) -> str:
    """An amount of one effect: FTE and persons, MW, money a year."""
    if amount is None:
        return voice.dash
    if kind == "value_added":
        return voice.millions(amount)
    return voice.number(amount, {"jobs": 1, "served": 0}.get(kind, 2))


def effects(found: Mapping[str, float], voice: Voice) -> dict[str, str]:
    """The cells of the main effects."""
    return {kind: effect(kind, found.get(kind, 0.0), voice) for kind in MAIN}


def points(share: float, voice: Voice) -> str:
    """A value in hundredths of what can be attained."""
    return voice.number(100 * share, 1)


def place(where: ProjectSite, category: str, voice: Voice) -> str:
    """Where a project stands; a platform stands nowhere."""
    if where.number is not None:
        return voice.name(where.name)
    return voice.dash if category == "blockchain" else voice.say("annex.no_site")


def placed(one: Placement | Project, voice: Voice) -> str:
    """A use with its size and place in one line."""
    if voice.knowledge.use(one.use_id).category == "blockchain":
        return voice.use(one.use_id)
    return voice.say(
        "annex.placed",
        use=voice.use(one.use_id),
        size=voice.number(one.size),
        place=place(one.place, "power_reuse", voice),
    )


def placements(found: Iterable[Placement | Project], voice: Voice) -> str:
    """Several of them; a dash for none."""
    return voice.clauses(placed(one, voice) for one in found) or voice.dash


def money_range(low: float | None, high: float | None, voice: Voice) -> str:
    """Money from low to high with no more digits than a plan can bear; a dash when unknown."""
    if low is None or high is None:
        return voice.dash
    shown = voice.money_in
    ends = tuple(end * 1e6 / shown.rate for end in (low, high))
    return money.amount(ends, shown.shown, voice, digits=_DIGITS)


def ranged(fact: Fact, voice: Voice) -> str:
    """Capital with its range; a dash while unknown."""
    if fact.value is None:
        return voice.dash
    middle = voice.millions(fact.value)
    if fact.low is None or fact.high is None or fact.low == fact.high:
        return middle
    return voice.say(
        "annex.with_range", value=middle, range=money_range(fact.low, fact.high, voice)
    )


def counted(fact: Fact, voice: Voice) -> str:
    """Jobs with their range; a dash while unknown."""
    if fact.value is None:
        return voice.dash
    middle = voice.number(fact.value, 1)
    if fact.low is None or fact.high is None or fact.low == fact.high:
        return middle
    ends = voice.say("span", low=voice.number(fact.low, 1), high=voice.number(fact.high, 1))
    return voice.say("annex.with_range", value=middle, range=ends)


def limit_amount(resource: str, value: float | None, voice: Voice, *, upward: bool = False) -> str:
    """An amount of a limit; its unit stands in the name of the limit, but for money."""
    if value is None:
        return voice.dash
    return voice.millions(value, upward=upward) if resource == MONEY else voice.number(value, 2)


def wave_name(programme: Programme, use_id: str, voice: Voice) -> str:
    """The wave that holds a use, or a dash."""
    wave = programme.wave_of(use_id)
    return voice.say(f"annex.wave.{wave}") if wave else voice.dash
