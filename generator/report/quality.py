"""How the brief was made and how far its data carry: method, assumptions, data quality, thanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.problems import Problem, seen
from generator.report.problem_texts import by_column, cells_of, problem_text
from generator.report.rates import note

if TYPE_CHECKING:
    from generator.model import Assessment, Assumed, Assumption, BasisDocument, Conversion, Source
    from generator.report.currencies import Money
    from generator.report.voice import Voice

_METHOD = ("law", "readiness", "unknown", "order")
_TAKEN_OUT = frozenset({Code.CHARACTERS_REMOVED, Code.READ_IN_ONE_LINE})
"""Codes of what was taken out of a text."""
_DISCLAIMER = ("advice", "rules", "mining", "scores")


def method_paragraphs(voice: Voice) -> list[str]:
    """How the brief was made, with the thresholds that the catalogue holds."""
    known = voice.knowledge
    return [
        voice.say(
            f"method.{part}",
            coverage=voice.whole(known.assumed("coverage_minimum_pct")),
            readiness=voice.whole(known.assumed("shortlist_readiness")),
        )
        for part in _METHOD
    ]


def disclaimer_paragraphs(as_of: date, voice: Voice, first: str = "sources") -> list[str]:
    """What the document is and is not; the first says what it was prepared from."""
    parts = (first, *_DISCLAIMER)
    return [voice.say(f"disclaimer.{part}", date=voice.date(as_of)) for part in parts]


def money_lines(moneys: Iterable[Money], voice: Voice) -> list[str]:
    """How amounts of the catalogue came into other currencies, or that they did not; once each."""
    lines = [line for money in dict.fromkeys(moneys) for line in note(money, voice)]
    return list(dict.fromkeys(lines))


def attribution_lines(sources: Iterable[Source], voice: Voice) -> list[str]:
    """The lines that the licences of the sources ask for."""
    return [voice.name(source.attribution) for source in sources]


def assumption_rows(voice: Voice) -> list[dict[str, object]]:
    """The numbers that the method itself rests on."""
    return [
        {
            "name": voice.name(item.name),
            "value": _parameter(item, voice),
            "reason": voice.name(item.reason),
        }
        for item in voice.knowledge.assumptions.values()
    ]


def _parameter(item: Assumption, voice: Voice) -> str:
    """A number with its unit, the catalogue's money in the region's currency."""
    if item.is_money:
        return voice.millions(item.value)
    return voice.with_unit(voice.number(item.value), item.unit)


def quality_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `quality` fields: what reading the files noticed, and cells read by a rule.

    What a whole column has in common is one row, however many cells it has.
    """
    rows: list[dict[str, object]] = [
        *_noticed(assessment.problems, voice),
        *_converted(assessment.conversions, voice),
    ]
    overrides: list[dict[str, object]] = [
        {
            "place": f"{measure.origin.sheet}!{measure.origin.cell}",
            "text": voice.say(
                "quality.override", criterion=voice.name(voice.knowledge.criteria[measure.criterion].name)
            ),
        }
        for measure in assessment.region.measures
        if measure.criterion in voice.knowledge.criteria
    ]  # fmt: skip
    rows += overrides
    key = "quality.some" if rows else "quality.none"
    return {
        "intro": voice.say(key, count=len(rows)),
        "assumed": _assumed(assessment.assumed, voice),
        "rows": rows,
    }


def _assumed(found: Assumed, voice: Voice) -> str:
    """How much of what the uses are held against is assumed; empty without any."""
    if not found.thresholds:
        return ""
    return voice.sentence(
        "quality.assumed", "quality.assumed", thresholds=found.thresholds,
        assumed=found.thresholds_assumed, weight=voice.whole(found.weight_pct),
        needs=found.needs, needs_assumed=found.needs_assumed,
    )  # fmt: skip


def document_line(number: int, one: BasisDocument, voice: Voice) -> str:
    """Title, number, issuer and date as far as they are given."""
    title = voice.name(one.title)
    if "《" not in title:
        title = voice.say("instrument.title", title=title)
    day = voice.date(one.issued_on) if one.issued_on else ""
    parts = [part for part in (one.number, voice.text(one.issuer), day) if part]
    details = (
        voice.say("basis.details", parts=voice.say("basis.separator").join(parts)) if parts else ""
    )
    return voice.sentence(f"basis.{number}", "basis.only", title=title, details=details)


def _noticed(problems: Iterable[Problem], voice: Voice) -> Iterator[dict[str, object]]:
    """Warnings, those of one kind in one column together, with the sentence of the first."""
    for alike in by_column(problems, _kind):
        texts = [problem_text(found, voice.texts, voice.language) for found in alike]
        text = texts[0]
        if len(set(texts)) > 1:
            text = voice.say("quality.alike", first=text, count=len(texts) - 1)
        yield {"place": seen(cells_of([found.origin for found in alike])), "text": text}


def _kind(found: Problem) -> str:
    """What may stand in one row: of signs that were taken out, the same ones."""
    return f"{found.code} {dict(found.args)['found']}" if found.code in _TAKEN_OUT else found.code


def _converted(conversions: Iterable[Conversion], voice: Voice) -> Iterator[dict[str, object]]:
    """Cells read by a rule, those of one column and rule together, with the first as example."""
    for alike in by_column(conversions, lambda done: done.rule):
        first = alike[0]
        key = "conversion" if len(alike) == 1 else "conversion.many"
        text = voice.say(
            key, found=seen(first.found), value=seen(first.value),
            rule=voice.say(f"conversion.{first.rule}"), count=len(alike),
            header=voice.name(first.header),
        )  # fmt: skip
        yield {"place": seen(cells_of([done.origin for done in alike])), "text": text}
