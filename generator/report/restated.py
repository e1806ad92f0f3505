"""Amounts inside the catalogue's sentences, restated in the currency of the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import methodcaller
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Knowledge, Label
from generator.report.money import amount, unit_in, word

if TYPE_CHECKING:
    from generator.report.voice import Voice

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_DIGITS = 3


def with_restated(voice: Voice) -> Voice:
    """The same voice, which says the catalogue's sentences with their amounts converted.

    Only texts of the catalogue are touched: what planners typed stands as they typed it.
    """
    if not voice.money_in.is_converted:
        return voice
    sign = word(voice.knowledge.base_currency, voice)
    amounts = _pattern(sign, voice)

    def converted(match: re.Match[str]) -> str:
        return _converted(match, voice)

    found: dict[str, str] = {}
    # Questions to planners name the currency that they ask about.
    for label in _labels(replace(voice.knowledge, plausibility=())):
        text = label.text(voice.language)
        if sign in text and (new := amounts.sub(converted, text)) != text:
            found[text] = new
    # What comes per money is named with the currency; its values are restated where they print.
    names = (item.name for item in voice.knowledge.benefits.values())
    found |= {
        name.text(voice.language): unit_in(name, voice.money_in.shown, voice) for name in names
    }
    return replace(voice, restated=found)


def _pattern(sign: str, voice: Voice) -> re.Pattern[str]:
    """An amount, or a range, with the sign of the currency where the language puts it."""
    steps = "|".join(step for _, step in voice.steps("money.text_steps"))
    pattern = voice.say("money.text")
    for mark, meant in (
        ("<number>", _NUMBER), ("<step>", f"({steps})"), ("<sign>", re.escape(sign)),
    ):  # fmt: skip
        pattern = pattern.replace(mark, meant)
    return re.compile(pattern)


def _converted(match: re.Match[str], voice: Voice) -> str:
    low, low_step, high, high_step, more = match.groups()
    last = high_step or low_step or ""
    ends = [(low, low_step or last)] + ([(high, high_step or last)] if high else [])
    rate = voice.money_in.rate
    sizes = {"": 1.0} | {step: size for size, step in voice.steps("money.text_steps")}
    values = tuple(float(end.replace(",", "")) * sizes[step] / rate for end, step in ends)
    text = amount(values, voice.money_in.shown, voice, digits=_DIGITS)
    # What is a little more than a round number stays "more than" the converted one.
    return voice.say("money.more", value=text) if more else text


def _labels(knowledge: Knowledge) -> Iterator[Label]:
    """Every printed text of the knowledge, however deep."""
    waiting: list[Any] = [knowledge]
    while waiting:
        value = waiting.pop()
        if type(value) is Label:
            yield value
        elif (inside := _inside(type(value))) is not None:  # type: ignore[arg-type] # a class can be hashed, whatever its instances
            waiting += inside(value)


@cache
def _inside(kind: type[Any]) -> Callable[[Any], Iterable[Any]] | None:
    """What gives all that values of a kind hold; None for kinds that hold nothing."""
    if issubclass(kind, Mapping):
        return methodcaller("values")
    if issubclass(kind, tuple):
        return iter
    if not issubclass(kind, Struct):
        return None
    return lambda value: [getattr(value, name) for name in kind.__struct_fields__]
