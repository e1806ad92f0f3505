"""Differences of effects in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.projects import EFFECTS, amount_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.report.voice import Voice

_SMALL: Mapping[str, float] = {"jobs": 0.5, "power": 0.005, "served": 0.5}
"""Differences that print as nothing."""


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
