"""The one thing that decides where a use stands, in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model.explanation import Deciding, Explanation
    from generator.report.explanation.sheet import Sheet

_OF_CRITERIA = frozenset({"hard_missed", "hard_unknown", "criterion", "unknown"})
_OF_SHARES = frozenset({"loss", "gain"})
_CITED = 2


def why(one: Explanation, sheet: Sheet, *, is_short: bool = False) -> str:
    """What decides on a use.

    Args:
        one: The use.
        sheet: The language.
        is_short: Whether other uses go by their ids, beside which they stand.
    """
    found, voice = one.deciding, sheet.voice
    if found.kind in _OF_CRITERIA:
        return sheet.say(f"explain.why.{found.kind}", **_criterion(found, sheet))
    if found.kind in _OF_SHARES:
        key = f"explain.why.{found.kind}_for" if found.names else f"explain.why.{found.kind}"
        names = voice.join(found.names) if is_short else voice.uses(found.names)
        return sheet.say(key, points=sheet.points(found.value or 0.0), names=names)
    if found.kind == "signatures":
        key = "explain.why.signatures_of" if found.names else "explain.why.signatures"
        count = voice.number(found.minimum)
        return sheet.say(key, count=count, names=sheet.institutions(found.names))
    value, minimum = found.value or 0.0, found.minimum or 0.0
    if found.kind == "coverage":
        shown = voice.percent(value / 100), voice.percent(minimum / 100)
    else:
        shown = voice.number(value, 1), voice.number(minimum)
    return sheet.say(
        f"explain.why.{found.kind}", names=_names(one, found, sheet), value=shown[0],
        minimum=shown[1],
    )  # fmt: skip


def _names(one: Explanation, found: Deciding, sheet: Sheet) -> str:
    """What a deciding thing is about, in words."""
    voice = sheet.voice
    if found.kind == "barred":
        return voice.several(_citations(one, found, sheet), _CITED)
    if found.kind == "law_open":
        activities = voice.knowledge.activities
        return voice.join(voice.name(activities[key].name) for key in found.names)
    if found.kind == "requires":
        return voice.uses(found.names)
    return sheet.institutions(found.names)


def _criterion(found: Deciding, sheet: Sheet) -> Mapping[str, str]:
    key = found.names[0]
    return {
        "criterion": sheet.criterion(key),
        "value": sheet.voice.amount(found.value, key),
        "minimum": sheet.voice.amount(found.minimum, key),
    }


def _citations(one: Explanation, found: Deciding, sheet: Sheet) -> list[str]:
    """The instruments that bar a use, each once."""
    rules = [rule for held in one.law.findings for rule in held.rules] if one.law else []
    named = [rule for rule in rules if rule.rule_id in found.names]
    return list(dict.fromkeys(sheet.voice.short_instrument(rule) for rule in named))
