"""The chart of the choices: what the ones that differ most bring, and where the proposal leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.model import Assessment, Series
from generator.report.alternatives import against, choice_name, plans_told, told_apart
from generator.report.projects import EFFECTS
from generator.report.series import Data, tabled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.model.programme import Effects
    from generator.report.voice import Voice

_CHOICES = 3
"""Choices from which a chart of them says more than their table."""
_ALIKE = 2.0
"""Percent of the most within which two choices look alike."""
_NEXT_TO = 5.0
"""Percent from nothing, or from the most, within which a bar says no more than a word."""
_SEVERAL = 2
_WHOLE = 100.0 - 1e-9


def alternatives(assessment: Assessment, voice: Voice) -> Data:
    """What the choices that differ most bring, in percent of the most that any of them brings."""
    found = assessment.programme
    # Plans to choose between are drawn alone, since each is of both waves; other aims are first waves.
    told = [_Bar(*one[:2], one[2].effects) for one in plans_told(assessment, voice)]
    if not told:
        told = [
            _Bar("proposed", "", found.first.effects),
            *(
                _Bar(one.kind, "", one.effects)
                for one in told_apart(found)
                if one.kind in EFFECTS
                and one.placements
                and against(one.placements, found.first.projects, voice)
            ),
        ]
    told = _apart(told)
    most = {name: max(one.effects.get(name, 0.0) for one in told) for name in EFFECTS}
    shown = [name for name in EFFECTS if most[name] > 0]
    if len(told) < _CHOICES or not shown or not found.first.projects:
        return Data()
    shares = {
        name: tuple(one.effects.get(name, 0.0) / most[name] * 100 for one in told) for name in shown
    }
    if not _tells(shares, len(told)):
        return Data()
    data = tabled(
        [_named(one, told, voice) for one in told],
        [Series(voice.say(f"series.alternative.{name}"), shares[name]) for name in shown],
    )
    kinds = [one.kind for one in told]
    return _judged(data, "both" if "both" in kinds else "proposed", kinds, shares, voice)


class _Bar(NamedTuple):
    """A choice as the chart draws it."""

    kind: str
    letter: str
    """Of a plan to choose from; empty for another choice."""
    effects: Effects


def _named(one: _Bar, told: Sequence[_Bar], voice: Voice) -> str:
    """What a bar is called; beside plans of both waves that it is a first wave alone."""
    name = choice_name(one.kind, one.letter, voice)
    if one.kind in EFFECTS and any(each.kind == "both" for each in told):
        return voice.say("alternative.first_alone", name=name)
    return name


def _tells(shares: Mapping[str, tuple[float, ...]], choices: int) -> bool:
    """Whether a chart says more than a table: several choices lie between nothing and the most."""
    between = [
        sum(_NEXT_TO <= own[place] <= 100 - _NEXT_TO for own in shares.values())
        for place in range(1, choices)
    ]
    return sum(count >= _SEVERAL for count in between) >= _SEVERAL


def _apart(told: list[_Bar]) -> list[_Bar]:
    """The choices without those that bring nearly as much of everything as one before; plans all stay."""
    most = {name: max(one.effects.get(name, 0.0) for one in told) or 1.0 for name in EFFECTS}
    kept: list[_Bar] = []
    for one in told:
        gaps = (
            max(
                abs(one.effects.get(name, 0.0) - other.effects.get(name, 0.0)) / most[name]
                for name in EFFECTS
            )
            for other in kept
        )
        if one.letter or all(gap * 100 > _ALIKE for gap in gaps):
            kept.append(one)
    return kept


def _judged(
    data: Data, own: str, kinds: list[str], shares: Mapping[str, tuple[float, ...]], voice: Voice
) -> Data:
    """The chart with what its title says: where the proposal leads and where it trails."""
    place = kinds.index(own)
    leads = [name for name, every in shares.items() if every[place] >= _WHOLE]
    trails = [
        voice.say(
            "chart.alternatives.trails", effect=voice.say(f"programme.weight.{name}"),
            share=voice.percent(every[place] / 100),
        )
        for name, every in shares.items()
        if name not in leads
    ]  # fmt: skip
    names = {
        "who": voice.say(f"chart.alternatives.{own}"),
        "leads": voice.say("chart.alternatives.separator").join(
            voice.say(f"programme.weight.{name}") for name in leads
        ),
        "trails": voice.say("effects.separator").join(trails),
    }
    titled = "_whole" if not trails else "" if leads else "_none"
    best = next(
        (at for at in range(len(kinds)) if all(own[at] >= _WHOLE for own in shares.values())), None
    )
    if trails and best is not None:
        names["best"] = data.categories[best]
        titled = "_other"
    return data._replace(names=names, titled=titled)
