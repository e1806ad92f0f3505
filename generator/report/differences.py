"""Differences of effects in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.projects import EFFECTS, amount_of, in_figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.report.voice import Voice

_SMALL: Mapping[str, float] = {"jobs": 0.5, "power": 0.005, "served": 0.5}
"""Differences that print as nothing."""
_HUNDREDTHS = 2


def between(effects: Mapping[str, float], base: Mapping[str, float]) -> dict[str, float]:
    """What one choice brings beyond another, from the amounts of both as they are printed."""
    return {
        name: round(_printed(name, effects.get(name, 0.0)) - _printed(name, amount), _HUNDREDTHS)
        for name, amount in base.items()
    }


def _printed(name: str, amount: float) -> float:
    return in_figures(amount) if name == "served" else amount


def noticed(effects: Mapping[str, float]) -> list[str]:
    """The effects whose difference does not print as nothing."""
    return [
        name
        for name, value in effects.items()
        if name in EFFECTS and abs(value) >= _SMALL.get(name, 0.0)
    ]


def gap_of(effect: str, gap: float, voice: Voice) -> str:
    """A difference of two printed amounts with all its digits."""
    return voice.large(gap) if effect == "served" else amount_of(effect, gap, voice)


def changed(effects: Mapping[str, float], voice: Voice, *, is_printed: bool = False) -> list[str]:
    """Differences of effects as clauses: more or fewer of each; nothing for what stays.

    Args:
        effects: More above nothing, fewer below it.
        voice: Speaks.
        is_printed: Whether they lie between printed amounts, so that all their digits count.
    """
    told = gap_of if is_printed else amount_of
    return [
        voice.say(
            f"effect_more.{name}" if effects[name] > 0 else f"effect_less.{name}",
            value=told(name, abs(effects[name]), voice),
        )
        for name in noticed(effects)
    ]
