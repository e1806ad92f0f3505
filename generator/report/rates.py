"""Where the rate of a document is from: sentences on how its amounts came into their currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.money import amount, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.report.currencies import Money
    from generator.report.voice import Voice


def note(money: Money, voice: Voice) -> Iterator[str]:
    """How amounts of the catalogue came into a currency, or that they did not."""
    if money.basis == "same":
        return
    entry = voice.knowledge.currencies.get(money.own)
    named = voice.name(entry.name) if entry else money.own
    key = "workbook_day" if money.basis == "workbook" and money.rate_on else money.basis
    yield voice.say(
        f"money.note.{key}",
        currency=named,
        base=word(voice.knowledge.base_currency, voice),
        day=voice.date(money.rate_on),
        kind=voice.choice("rate_kind", entry.rate_kind) if entry else "",
        period=voice.month_of(entry.period) if entry else "",
    )
    known = entry or next(iter(voice.knowledge.currencies.values()), None)
    if known and known.caveat and money.is_converted:
        yield voice.name(known.caveat)


def rate_sentence(voice: Voice) -> str:
    """The rate in figures and where it is from, for the annex; empty where nothing is converted."""
    money, known = voice.money_in, voice.knowledge
    if not money.is_converted:
        return ""
    args = {"currency": word(money.own, voice)}
    rate = amount((money.rate,), known.base_currency, voice, decimals=6)
    if money.basis == "workbook":
        return voice.say("annex.rate_own", rate=rate, **args)
    entry = known.currencies[money.own]
    return voice.say(
        "annex.rate", rate=rate, kind=voice.choice("rate_kind", entry.rate_kind),
        period=voice.month_of(entry.period), source=voice.name(entry.source), **args,
    )  # fmt: skip
