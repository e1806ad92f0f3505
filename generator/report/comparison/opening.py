"""What a comparison says first: which regions, what they share, how far the data carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.report.comparison.row import NAMED, ONE_BY_ONE, Regions

if TYPE_CHECKING:
    from generator.model import RegionSummary
    from generator.report.comparison.lessons import Lesson
    from generator.report.comparison.sharing import Shared

_LEVELS = ("high", "moderate", "low")
_TITLED = 3
"""Regions that a title names; more are counted."""


def doc_fields(found: Regions) -> dict[str, object]:
    """The `doc` fields that every document has; what only one region has stays a dash."""
    voice, known = found.voice, found.voice.knowledge
    drafts = illustrative(found)
    count = len(found.all)
    named = count <= _TITLED
    regions = (
        voice.join(found.name(region) for region in found.all)
        if named
        else voice.say("comparison.regions", count=count)
    )
    draft = ""
    if drafts:
        draft = voice.sentence(
            "doc.draft", "comparison.draft", which=found.share(len(drafts)),
            names=found.names(drafts),
        )  # fmt: skip
    date = voice.date(found.as_of)
    rules, catalogue = known.rules_version[:8], known.catalogue_version[:8]
    return {
        "title": voice.say("comparison.title_draft" if draft else "comparison.title", regions=regions),
        "short_title": voice.say("comparison.short_title", regions=regions),
        "region": regions,
        "as_of": date,
        "language": voice.language,
        "handling": strictest_handling(found) or voice.dash,
        "rules_version": rules,
        "catalogue_version": catalogue,
        "prepared_by": voice.dash,
        "plan_period": voice.dash,
        "illustrative": bool(draft),
        "draft": draft,
        "as_of_line": voice.sentence("doc.as_of_line", "doc.as_of_line", date=date),
        "law_day": voice.sentence("doc.law_day", "comparison.law_day", date=date),
    }  # fmt: skip


def illustrative(found: Regions) -> list[RegionSummary]:
    """Regions where grade D carries more of the leading uses than the method allows."""
    least = found.voice.knowledge.assumed("illustrative_share_pct")
    return [region for region in found.all if region.confidence.illustrative_pct > least]


def only_on_examples(found: Regions) -> bool:
    """Whether what any region begins with rests on example values, and is prepared and not begun."""
    drafts = illustrative(found)
    return all(region in drafts for region in found.all if region.waves[0])


def strictest_handling(found: Regions) -> str:
    """The strictest mark of any region, empty for none; the catalogue lists them from open to closed."""
    voice = found.voice
    marks = list(voice.knowledge.choices.get("handling", {}))
    own = {region.handling for region in found.all if region.handling}
    ordered = sorted(own, key=lambda mark: marks.index(mark) if mark in marks else len(marks))
    return voice.choice("handling", ordered[-1]) if ordered else ""


def opening_fields(
    found: Regions,
    not_built: Sequence[str],
    shared: Sequence[Shared],
    every: Sequence[Lesson],
) -> dict[str, object]:
    """The answer, how far the data carry, and the regions that are missing."""
    voice = found.voice
    return {
        "answer": answer(found, shared, every, "comparison.answer"),
        "evidence": _evidence(found),
        "summed_up": voice.sentence("comparison.summed_up", "comparison.summed_up", most=ONE_BY_ONE)
        if found.is_summed_up
        else "",
        "not_built": voice.sentence(
            "comparison.not_built", "comparison.not_built", count=len(not_built),
            names=voice.join(not_built),
        )
        if not_built
        else "",
    }  # fmt: skip


def answer(found: Regions, shared: Sequence[Shared], every: Sequence[Lesson], place: str) -> str:
    """In one sentence how many can begin, what could be shared, and what can be learnt."""
    voice = found.voice
    begun = sum(1 for region in found.all if region.waves[0])
    some, every_one = "comparison.begun", "comparison.begun_all"
    if only_on_examples(found):
        some, every_one = "comparison.would_begin", "comparison.would_begin_all"
    uses = {one.use.use_id for one in shared}
    return voice.sentence(
        place, "comparison.answer" if len(found.all) <= NAMED else "comparison.answer_many",
        names=found.names(found.all), of=voice.number(len(found.all), 0),
        begun=voice.say(every_one if begun else "comparison.begun_none")
        if begun in {0, len(found.all)}
        else voice.plural(some, begun),
        shared=voice.plural("comparison.could_share", len(uses))
        if uses
        else voice.say("comparison.could_share_none"),
        lessons=voice.plural("comparison.could_learn", len(every))
        if every
        else voice.say("comparison.could_learn_none"),
    )  # fmt: skip


def _evidence(found: Regions) -> str:
    """In how many regions the evidence is sufficient, partly so, or not."""
    voice = found.voice
    counts = Counter[str](region.confidence.level for region in found.all)
    return voice.sentence(
        "comparison.evidence", "comparison.evidence",
        levels=voice.join(
            voice.say("comparison.level", level=voice.say(f"confidence.{level}"), count=counts[level])
            for level in _LEVELS
            if counts[level]
        ),
    )  # fmt: skip
