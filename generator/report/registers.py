"""Each register of the region in one row: how many rows, how much in all, the best of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Fact, Label, Region
    from generator.problems import Origin
    from generator.report.voice import Voice


_STATUSES = ("signed", "intent", "talks")
"""How near a body is to taking part, the nearest first."""


class _Entry(NamedTuple):
    """A row of a register with the number that speaks for it."""

    name: Label
    fact: Fact
    is_counted: bool = True
    """Whether it counts in the total and may be the best."""


def register_rows(region: Region, voice: Voice) -> list[dict[str, object]]:
    """The registers that have rows, one row each, in the order of the form."""
    plants = [row for row in region.power if row.kind != "connection point"]
    points = [row for row in region.power if row.kind == "connection point"]
    entries = {
        "points": [_Entry(row.name, row.spare_mw, row.status == "existing") for row in points],
        "plants": [_Entry(row.name, row.capacity_mw, row.status == "existing") for row in plants],
        "data_centres": [_Entry(row.name, row.it_load_mw_free) for row in region.data_centres],
        "workforce": [
            _Entry(row.role, row.available_fte, row.counts_towards != "none")
            for row in region.workforce
        ],
        "links": [_Entry(row.name, row.backbone_gbps) for row in region.connectivity],
        "industry": [_Entry(row.name, row.employment) for row in region.industry],
        "sites": [_Entry(row.name, row.hall_m2) for row in region.sites],
    }
    rows = [_row(name, own, voice) for name, own in entries.items() if own]
    if region.institutions:
        rows.append(_institutions(region, voice))
    return rows


def _row(name: str, entries: Sequence[_Entry], voice: Voice) -> dict[str, object]:
    facts = [entry.fact for entry in entries]
    known = [entry for entry in entries if entry.is_counted and entry.fact.value is not None]
    total = voice.dash
    best = voice.dash
    if known:
        shown = voice.large(sum(entry.fact.value or 0.0 for entry in known))
        total = voice.say(f"register_total.{name}", value=shown)
        top = max(known, key=lambda entry: entry.fact.value or 0.0)
        best = voice.say(
            f"register_best.{name}", value=voice.large(top.fact.value), name=voice.name(top.name)
        )
    return {
        "register": voice.say(f"register.{name}"),
        "count": voice.number(len(entries)),
        "total": total,
        "best": best,
        **_origin(
            (fact.grade for fact in facts),
            (fact.source for fact in facts),
            (fact.as_of for fact in facts),
            [origin for fact in facts for origin in fact.origins],
            voice,
        ),
    }


def _institutions(region: Region, voice: Voice) -> dict[str, object]:
    rows = region.institutions
    counts = Counter(row.status for row in rows)
    return {
        "register": voice.say("register.institutions"),
        "count": voice.number(len(rows)),
        "total": voice.say("effects.separator").join(
            voice.say(f"register_signed.{status}", count=counts[status])
            for status in _STATUSES
            if counts[status]
        ),
        "best": "",
        **_origin(
            (row.grade for row in rows),
            (row.source for row in rows),
            (row.as_of for row in rows),
            [row.origin for row in rows],
            voice,
        ),
    }


def _origin(
    grades: Iterable[str],
    sources: Iterable[Label],
    dates: Iterable[str],
    origins: Sequence[Origin],
    voice: Voice,
) -> dict[str, str]:
    """Grades from best to worst, the first source, the span of dates, the first cell."""
    held = sorted({grade for grade in grades if grade})
    named = list(dict.fromkeys(voice.name(source) for source in sources if source))
    days = sorted({day for day in dates if day})
    dated = days[0] if days else ""
    if len(days) > 1:
        dated = voice.say("span.text", low=days[0], high=days[-1])
    return {
        "grade": voice.join(held) or voice.dash,
        "source": voice.several(named, 1),
        "dated": dated,
        "cell": voice.cells(origins, 1),
    }
