"""What a comparison says first: which regions, what they share, how far the data carry."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.report.comparison.row import ONE_BY_ONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import RegionSummary
    from generator.report.comparison.row import Regions
    from generator.report.voice import Voice

_LEVELS = ("high", "moderate", "low")
_TITLED = 3
"""Regions that a title names; more are counted."""
_WIDEST = 3


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
            "doc.draft", "comparison.draft", count=len(drafts), of=count,
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
    shared: Sequence[Mapping[str, object]],
    exchange: Sequence[Mapping[str, object]],
) -> dict[str, object]:
    """The answer, the points under it, and the regions that are missing."""
    voice = found.voice
    count = len(found.all)
    everywhere = sum(1 for row in shared if row["count"] == str(count))
    return {
        "answer": voice.sentence(
            "comparison.answer",
            f"comparison.answer_{'every' if everywhere else 'some' if shared else 'none'}",
            count=count, names=found.names(found.all), shared=len(shared), everywhere=everywhere,
        ),
        "points": [
            _together(found),
            *_common(found),
            *_widest(shared, voice),
            *_first_lesson(exchange, voice),
            _evidence(found),
        ],
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


def _together(found: Regions) -> str:
    """What all first waves bring together, and where nothing is ready."""
    voice = found.voice
    begun = [region for region in found.all if region.waves[0]]
    idle = [region for region in found.all if not region.waves[0]]
    if not begun:
        return voice.sentence("comparison.first_waves", "comparison.first_waves_none")
    total = {
        name: sum(region.first.get(name, 0.0) for region in begun)
        for name in ("jobs", "power", "served")
    }
    said = voice.sentence(
        "comparison.first_waves",
        "comparison.first_waves" if idle else "comparison.first_waves_all",
        count=len(begun), of=len(found.all),
        projects=sum(len(region.waves[0]) for region in begun),
        jobs=voice.number(total["jobs"], 0), power=voice.number(total["power"], 1),
        people=voice.large(round(total["served"])),
    )  # fmt: skip
    if not idle:
        return said
    return voice.run_on(
        (
            said,
            voice.sentence("comparison.not_ready", "comparison.not_ready", names=found.names(idle)),
        )
    )


def _common(found: Regions) -> Iterable[str]:
    """Uses that the programmes of several regions hold."""
    voice = found.voice
    counted = Counter(
        use_id for region in found.all for use_id in dict.fromkeys((*region.waves[0], *region.waves[1]))
    )  # fmt: skip
    several = [(use_id, count) for use_id, count in counted.most_common(_WIDEST) if count > 1]
    if several:
        yield voice.sentence(
            "comparison.common", "comparison.common",
            uses=voice.join(
                voice.say("comparison.wide", use=voice.use(use_id), count=count)
                for use_id, count in several
            ),
        )  # fmt: skip


def _widest(shared: Sequence[Mapping[str, object]], voice: Voice) -> Iterable[str]:
    """The uses that most regions have on their shortlists."""
    if shared:
        yield voice.sentence(
            "comparison.widest", "comparison.widest",
            uses=voice.join(
                voice.say("comparison.wide", use=row["use"], count=row["count"])
                for row in shared[:_WIDEST]
            ),
        )  # fmt: skip


def _first_lesson(exchange: Sequence[Mapping[str, object]], voice: Voice) -> Iterable[str]:
    """The criterion where most is lost while some region meets the target."""
    for row in exchange[:1]:
        yield voice.sentence(
            "comparison.lesson", "comparison.lesson", criterion=row["criterion"],
            short=row["short"], meet=row["meet"], use=row["use"], target=row["target"],
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
