"""The full table of a comparison as CSV: a row a region, every use of both lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from generator.model import LISTS, Criterion, Knowledge, RegionSummary, Texts, Use
from generator.report.comparison.limits import binding
from generator.report.comparison.programmes import FIGURES
from generator.report.comparison.row import Regions, in_order
from generator.report.money import restated, unit_in
from generator.report.voice import Voice

if TYPE_CHECKING:
    from pandas import DataFrame

    from generator.report.currencies import Money


Cell = str | float | int | None
_STARTS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
"""As typed on any keyboard: East Asian spreadsheets read the wide forms likewise."""
_BEFORE = '[\\s"\u200b-\u200f\u2060\ufeff]*'
"""What may be dropped in front of it."""
_FORMULA = re.compile(f"(^|[;,|])({_BEFORE})(?=[{_STARTS}])")
_BREAKS = re.compile("[\t-\r\x85\u2028\u2029]+")


def comparison_csv(
    summaries: Sequence[RegionSummary],
    not_built: Sequence[str],
    as_of: date,
    knowledge: Knowledge,
    texts: Texts,
    languages: Sequence[str],
) -> bytes:
    """The table in UTF-8 with a byte-order mark, so that Excel and WPS read the Chinese in it.

    Headers and words stand in every language asked for; numbers are plain, unknown ones empty.
    Regions that were not built are at the end, with nothing but what they are called.
    """
    table = _table(summaries, not_built, as_of, knowledge, texts, languages)
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _table(
    summaries: Sequence[RegionSummary],
    not_built: Sequence[str],
    as_of: date,
    knowledge: Knowledge,
    texts: Texts,
    languages: Sequence[str],
) -> DataFrame:
    """A row a region, safe to open; each cell keeps its own kind, so that a count stays whole."""
    import pandas as pd  # noqa: PLC0415 - half a second that only several regions need

    every = [Voice(texts, language, knowledge) for language in languages]
    found = [Regions(in_order(summaries), as_of, voice) for voice in every]
    columns = list(_columns(found))
    rows = [[cell(region) for _, cell in columns] for region in found[0].all]
    mark = _said("comparison.csv.not_built", every)
    rows += [[name, mark, *[None] * (len(columns) - 2)] for name in not_built]
    safe = [[_safe(cell) for cell in row] for row in rows]
    return pd.DataFrame(safe, columns=[_safe(head) for head, _ in columns], dtype=object)


def _safe(value: Cell) -> Cell:
    """Text that a spreadsheet would run is marked as text; numbers stay numbers."""
    return guarded(value) if isinstance(value, str) else value


def _said(key: str, voices: Iterable[Voice], **args: object) -> str:
    """A text in every language, once where they are alike."""
    return " / ".join(dict.fromkeys(voice.say(key, **args) for voice in voices))


_Column = tuple[str, "Callable[[RegionSummary], Cell]"]


def _columns(found: Sequence[Regions]) -> Iterable[_Column]:
    voices = [one.voice for one in found]

    def head(key: str) -> str:
        return _said(f"comparison.csv.{key}", voices)

    yield head("code"), lambda region: region.code
    yield head("region"), lambda region: _words(one.name(region) for one in found)
    yield head("group"), lambda region: _words(one.group(region) for one in found)
    yield head("admin_code"), lambda region: region.admin_code
    yield head("currency"), lambda region: found[0].money(region).own
    for criterion in filter(None, map(voices[0].knowledge.in_role, FIGURES)):
        yield (
            _criterion(criterion, found[0].common_money(found[0].all), voices),
            lambda region, criterion=criterion: _figure(region, criterion, found[0]),  # type: ignore[misc]  # the criterion of this turn
        )
    yield head("coverage"), lambda region: round(region.confidence.coverage_pct, 1)
    yield head("illustrative"), lambda region: round(region.confidence.illustrative_pct, 1)
    yield (
        head("binding"),
        lambda region: _words(
            voice.join(voice.say(f"resource.{one.resource}") for one in binding(region))
            for voice in voices
        ),
    )
    yield from _of_programme(head)
    for use in voices[0].knowledge.uses:
        if use.category in LISTS:
            yield from _of_use(use, voices)


def _of_programme(head: Callable[[str], str]) -> Iterable[_Column]:
    """Capital in CNY m and the main effects of both waves."""
    for place, wave in enumerate(("first", "second")):
        yield (
            head(f"{wave}_capital"),
            lambda region, place=place: round(region.capital[place], 3),  # type: ignore[misc]  # the wave of this turn
        )
        for name in ("jobs", "power", "served"):
            yield (
                head(f"{wave}_{name}"),
                lambda region, wave=wave, name=name: round(  # type: ignore[misc]  # likewise
                    getattr(region, wave).get(name, 0.0), 3
                ),
            )


def _words(texts: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(text for text in texts if text))


def _criterion(criterion: Criterion, money: Money | None, voices: Sequence[Voice]) -> str:
    """The name and unit of a criterion; of a price in several currencies what it is per."""

    def unit(voice: Voice) -> str:
        if not criterion.is_money:
            return voice.name(criterion.unit)
        currency = voice.say("comparison.csv.own") if money is None else money.shown
        return unit_in(criterion.unit, currency, voice)

    return _words(
        voice.say("comparison.csv.unit", name=voice.name(criterion.name), unit=unit(voice))
        for voice in voices
    )


def _figure(region: RegionSummary, criterion: Criterion, found: Regions) -> float | None:
    """A key figure as a number, a price in the region's currency."""
    value = region.figures.get(criterion.criterion_id)
    if value is None or not criterion.is_money:
        return value
    # The way through the catalogue's currency leaves a trace in the last digits.
    return float(f"{restated(value, found.voice_of(region)):.12g}")


def _of_use(use: Use, voices: Sequence[Voice]) -> Iterable[_Column]:
    """Law, list, wave, minima, readiness and coverage of one use."""
    key = use.use_id

    def head(part: str) -> str:
        named = _words(voice.name(use.name) for voice in voices)
        return f"{key} {named}: {_said(f'comparison.csv.{part}', voices)}"

    yield head("law"), lambda region: _said(f"status.{region.law.status(key)}", voices)
    yield (
        head("listed"),
        lambda region: (
            _said(f"listed.{region.uses[key].listed}", voices) if key in region.uses else ""
        ),
    )
    yield (
        head("wave"),
        lambda region: (region.uses[key].wave or None) if key in region.uses else None,
    )
    yield (
        head("minima"),
        lambda region: (
            _said(f"viability.{region.uses[key].viability}", voices) if key in region.uses else ""
        ),
    )
    for part, column in (("low", "low"), ("high", "high"), ("use_coverage", "coverage_pct")):
        yield (
            head(part),
            lambda region, column=column: (  # type: ignore[misc]  # the column of this turn
                round(getattr(region.uses[key], column), 1) if key in region.uses else None
            ),
        )


def guarded(text: str) -> str:
    """The text in one line, with an apostrophe before every sign that could begin a formula."""
    return _FORMULA.sub(r"\1\2'", _BREAKS.sub(" ", text))
