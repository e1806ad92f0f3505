"""Several regions side by side: the words, tables and the CSV of the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.model import Brief, Figure, Knowledge, RegionSummary, Series, Texts
from generator.report.comparison.law import bans, law_fields
from generator.report.comparison.lessons import lesson_fields, lessons
from generator.report.comparison.limits import limit_fields
from generator.report.comparison.opening import (
    answer,
    doc_fields,
    illustrative,
    opening_fields,
    strictest_handling,
)
from generator.report.comparison.programmes import programme_fields
from generator.report.comparison.row import Regions, in_order
from generator.report.comparison.sharing import shared_uses, sharing_fields
from generator.report.comparison.sheet import comparison_csv
from generator.report.comparison.why import held_in
from generator.report.letter import barred_sentence, citation
from generator.report.quality import attribution_lines, disclaimer_paragraphs, money_lines
from generator.report.restated import with_restated
from generator.report.tables import without_tables
from generator.report.voice import Voice


def compare(
    summaries: Sequence[RegionSummary],
    not_built: Sequence[str],
    as_of: date,
    knowledge: Knowledge,
    texts: Texts,
    language: str,
) -> Brief:
    """The fields of a comparison.

    Args:
        summaries: Two or more regions, in any order.
        not_built: Codes of regions, or names of files, that the run could not build.
        as_of: The day whose law applies.
        knowledge: Names and texts of the catalogue and the rules.
        texts: The text table.
        language: A key of `LANGUAGES`.
    """
    voice = Voice(texts, language, knowledge, as_of=as_of)
    found = Regions(in_order(summaries), as_of, voice)
    if money := found.common_money(found.all):
        voice = with_restated(replace(voice, currencies=money))
        found = replace(found, voice=voice)
    held = held_in(found)
    shared, every = shared_uses(held, found), lessons(found)
    figures, around = chart(held, found)
    used = {source_id for one in summaries for source_id in one.sources}
    sources = [one for one in knowledge.sources if one.source_id in used]
    fields: dict[str, object] = {
        "doc": doc_fields(found),
        "comparison": {
            **opening_fields(found, not_built, shared, every),
            "programmes": programme_fields(held, found),
            "shared": sharing_fields(shared, held, found),
            "exchange": lesson_fields(every, found),
            "law": law_fields(found),
            "limits": limit_fields(found),
        },
        "figures": around,
        "letter": letter_fields(found, answer(found, shared, every, "letter.answer")),
        "attribution": attribution_lines(sources, voice),
        "disclaimer": [
            *disclaimer_paragraphs(as_of, voice, "sources_of_all"),
            *_money_notes(found),
        ],
    }
    fields, tables = without_tables(fields)
    return Brief(language, fields, voice.said, figures, tables)


def _money_notes(found: Regions) -> Iterator[str]:
    """How amounts came into the currency of each region, with the regions where they differ."""
    where: dict[str, list[RegionSummary]] = {}
    for region in found.all:
        for line in money_lines([found.money(region)], found.voice):
            where.setdefault(line, []).append(region)
    for line, regions in where.items():
        is_common = len(regions) == len(found.all)
        names = found.names(regions)
        yield (
            line if is_common else found.voice.say("comparison.money_of", regions=names, note=line)
        )


def letter_fields(found: Regions, said: str) -> dict[str, object]:
    """The `letter` fields of a comparison.

    Args:
        found: The regions compared.
        said: The answer in one sentence, that of the document itself.
    """
    voice = found.voice
    drafts = illustrative(found)
    screenings, rows = bans(found)
    return {
        "answer": said,
        "barred": barred_sentence(screenings, voice),
        "barred_rows": [
            {
                "name": voice.say("letter.where", name=ban["name"], where=where)
                if where
                else ban["name"],
                "sentence": citation(ban, voice),
            }
            for ban, where in rows
        ],
        "draft": voice.sentence(
            "letter.draft", "letter.draft_of_all", which=found.share(len(drafts)),
            names=found.names(drafts),
        )
        if drafts
        else "",
        "handling": strictest_handling(found),
        "prepared_by": "",
    }  # fmt: skip


KEY = "compared"
"""Of the chart, in the alternative text of the template."""
_ROWS = 12
_FORMAT = "0"


def chart(
    held: Mapping[str, list[RegionSummary]], found: Regions
) -> tuple[dict[str, Figure], dict[str, object]]:
    """The data of the chart and the `figures` fields around it; no data where nothing is planned.

    A bar is the share of the regions in percent, so that few and many read alike; the count stands
    beside the name.
    """
    voice, count = found.voice, len(found.all)
    shown = list(held.items())[:_ROWS]
    if not shown:
        return {}, {KEY: {"title": "", "note": "", "count": 0, "series": []}}
    first = [sum(1 for one in own if use_id in one.waves[0]) for use_id, own in shown]
    later = [len(own) - begun for begun, (_, own) in zip(first, shown, strict=True)]
    names = tuple(
        voice.say("comparison.chart.row", use=voice.use(use_id), count=len(own))
        for use_id, own in shown
    )
    title = _title(held, found)
    series = tuple(
        Series(voice.say(f"series.{wave}_wave"), tuple(100.0 * one / count for one in numbers))
        for wave, numbers in (("first", first), ("second", later))
    )
    rows = voice.say("chart.separator").join(
        voice.say("comparison.chart.spoken", name=name, first=begun, second=then)
        for name, begun, then in zip(names, first, later, strict=True)
    )
    about = voice.say("chart.about", title=title, rows=rows)
    rest = len(held) - len(shown)
    note = voice.run_on(
        (
            voice.say("comparison.chart.note", count=count),
            voice.plural("comparison.chart.rest", rest) if rest else "",
        )
    )
    return (
        {KEY: Figure(KEY, names, series, about, _FORMAT)},
        {
            KEY: {
                "title": title,
                "note": note,
                "count": len(names),
                "series": [one.name for one in series],
            }
        },
    )


def _title(held: Mapping[str, list[RegionSummary]], found: Regions) -> str:
    """What is planned most widely, and how many uses by one region only."""
    voice = found.voice
    widest, own = next(iter(held.items()))
    single = sum(1 for one in held.values() if len(one) == 1)
    if len(own) == 1:
        return voice.say("comparison.chart.title_one")
    args = {"use": voice.use(widest), "of_all": found.share(len(own))}
    if not single:
        return voice.say("comparison.chart.title", **args)
    return voice.plural("comparison.chart.title_single", single, **args)
