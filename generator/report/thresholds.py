"""From which size on law holds: a threshold in the quantity and the unit that its reader knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import BarredSize, Rule, Threshold
    from generator.report.voice import Voice


def limit(threshold: Threshold, voice: Voice) -> str:
    """A threshold with the name of its quantity, its number and unit."""
    return _limit(threshold.quantity, threshold.operation, threshold.value, voice)


def barred_from(size: BarredSize, voice: Voice) -> str:
    """The size from which a use is barred, in the quantity that its reader knows."""
    threshold = size.rule.threshold
    operation = threshold.operation if threshold is not None else ">="
    return _limit(size.quantity, operation, size.amount, voice)


def limit_of(rule: Rule, quantity: str, value: float, voice: Voice) -> str:
    """The limit of a rule in the quantity that its reader knows."""
    operation = rule.threshold.operation if rule.threshold is not None else ">="
    return _limit(quantity, operation, value, voice)


def _limit(quantity: str, operation: str, value: float, voice: Voice) -> str:
    counted = voice.knowledge.choices["threshold_unit"][quantity].text("en") == "persons"
    number = voice.large(value)
    amount = number if counted else amount_of_law(quantity, number, voice)
    key = "limit.at_least" if operation == ">=" else "limit.above"
    return voice.say(
        f"{key}_persons" if counted else key,
        quantity=voice.choice("threshold_quantity", quantity), amount=amount,
    )  # fmt: skip


def amount_of_law(quantity: str, number: str, voice: Voice) -> str:
    """A number with its unit: percent, money, or another."""
    unit = voice.choice("threshold_unit", quantity)
    if unit == "%":
        return voice.say("percent", value=number)
    if _is_currency(unit, voice):
        return voice.say("limit.money", amount=number, currency=unit)
    return voice.say("quantity", value=number, unit=unit)


def _is_currency(unit: str, voice: Voice) -> bool:
    currencies = voice.knowledge.currencies
    return unit in currencies or unit in {
        one.name.text(voice.language) for one in currencies.values()
    }
