"""How the brief was made and how far its data carry: method, assumptions, data quality, thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LANGUAGES
from generator.problems import seen

if TYPE_CHECKING:
    from datetime import date

    from generator.model import Assessment, Problem, Texts
    from generator.report.voice import Voice

_METHOD = ("law", "readiness", "unknown", "order")
_DISCLAIMER = ("advice", "rules", "mining", "scores")


def problem_text(problem: Problem, texts: Texts, language: str) -> str:
    """A problem's sentence and remedy; its code and arguments where the text table lacks it."""
    args = {key: seen(value) for key, value in problem.args}
    suffix = LANGUAGES[language]
    for name in list(args):
        base, _, tongue = name.rpartition("_")
        if tongue == suffix:
            args[base] = args[name]
    try:
        if "fault" in args:
            args["fault"] = texts.say(f"address.{args['fault']}", language, **args)
        if "remedy" in args:
            args["remedy"] = texts.say(f"unread.{args['remedy']}", language)
        key = f"problem.{problem.code}"
        cause = f"{key}.{args.get('cause')}"
        key = cause if cause in texts.table else key
        text = texts.say(key, language, **args)
    except (KeyError, IndexError):
        return ", ".join(f"{key}={value}" for key, value in args.items())
    nearest = args.get("nearest")
    if nearest and "{nearest}" not in texts.table[key][language]:
        text += texts.say("problem.nearest", language, nearest=nearest)
    return text


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


def attribution_lines(voice: Voice) -> list[str]:
    """The lines that the licences of the sources ask for."""
    return [voice.name(source.attribution) for source in voice.knowledge.sources]


def assumption_rows(voice: Voice) -> list[dict[str, object]]:
    """The numbers that the method itself rests on."""
    return [
        {
            "name": voice.name(item.name),
            "value": voice.with_unit(voice.number(item.value), item.unit),
            "reason": voice.name(item.reason),
        }
        for item in voice.knowledge.assumptions.values()
    ]


def quality_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `quality` fields: what reading the files noticed, and cells read by a rule."""
    rows = [
        {
            "place": seen(found.origin.full),
            "text": problem_text(found, voice.texts, voice.language),
        }
        for found in assessment.problems
    ]
    rows += [
        {
            "place": seen(done.origin.full),
            "text": voice.say(
                "conversion", found=seen(done.found), value=seen(done.value),
                rule=voice.say(f"conversion.{done.rule}"),
            ),
        }
        for done in assessment.conversions
    ]  # fmt: skip
    overrides = [
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
    return {"intro": voice.say(key, count=len(rows)), "rows": rows}
