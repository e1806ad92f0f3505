"""What the registers hold, and the limits that the region states against it: which counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from generator.report.limits import held
from generator.report.projects import nearest

if TYPE_CHECKING:
    from generator.model import Assessment, Fact, Label, Region
    from generator.model.programme import LimitUse
    from generator.problems import Origin
    from generator.report.voice import Voice

_APART = frozenset({"capex", "grid_mw"})
"""Money is in no register, and power never counts beyond its register."""
_SUMMED = "sum_"
"""How the roll-ups that add a register up begin."""


def registered(assessment: Assessment, voice: Voice) -> dict[str, float]:
    """What the registers hold free of each resource in all, where that is known."""
    return {
        voice.knowledge.criteria[part.requirement.criterion_id].role: value
        for use in assessment.readiness.uses.values()
        for part in use.contributions
        if part.value.rule.startswith(_SUMMED) and (value := part.value.fact.value) is not None
    }


def overtaken(assessment: Assessment, voice: Voice) -> Iterator[tuple[LimitUse, float]]:
    """Limits within which the projects take more than the register holds, with what that is."""
    free = registered(assessment, voice)
    for one in assessment.programme.limits:
        used = one.first + one.second
        if one.basis == "stated" and one.resource not in _APART:
            register = free.get(one.resource, used)
            if used > register:
                yield one, register


def differing(assessment: Assessment, voice: Voice) -> str:
    """Limits that the region states above what its registers hold free; empty without any."""
    free = registered(assessment, voice)
    above = [
        (one.resource, one.limit)
        for one in assessment.programme.limits
        if one.basis == "stated" and one.limit and one.limit > free.get(one.resource, one.limit)
    ]
    capped = _capped(assessment)
    above += capped
    if not above:
        return ""
    free |= {
        one.resource: one.limit
        for one in assessment.programme.limits
        if one.basis == "available" and one.limit
    }
    parts = voice.clauses(
        voice.say(
            "finding.beyond_part_low" if (name, limit) in capped else "finding.beyond_part",
            resource=voice.say(f"chart.resource.{name}"),
            limit=held(name, limit, voice), free=held(name, free[name], voice),
        )
        for name, limit in above
    )  # fmt: skip
    needed = beyond(assessment, voice)
    key = "finding.beyond_both" if needed else "finding.beyond"
    return voice.run_on((voice.sentence("finding.beyond", key, parts=parts), needed))


def _capped(assessment: Assessment) -> list[tuple[str, float]]:
    """Limits that the region states and the registers, at their low ends, do not reach."""
    used = {one.resource: one for one in assessment.programme.limits}
    return [
        (row.resource, row.amount.value)
        for row in assessment.region.limits
        if row.amount.value is not None
        and (one := used.get(row.resource)) is not None
        and one.basis == "available"
        and row.amount.value > (one.limit or row.amount.value)
    ]


def beyond(assessment: Assessment, voice: Voice) -> str:
    """Of what the projects take more than a register holds: which figure counts, and who is short.

    Empty where every register suffices.
    """
    return voice.run_on([_over(one, free, voice) for one, free in overtaken(assessment, voice)])


def _over(one: LimitUse, free: float, voice: Voice) -> str:
    used = one.first + one.second
    key = "point.beyond_first" if one.first > free else "point.beyond_second"
    return voice.sentence(
        f"point.beyond.{one.resource}", key, resource=voice.say(f"resource.{one.resource}"),
        limit=held(one.resource, one.limit or 0.0, voice), free=held(one.resource, free, voice),
        used=held(one.resource, used, voice), share=voice.percent(used / (one.limit or used)),
        short=held(one.resource, used - free, voice), of_register=voice.percent(used / free) if free else voice.dash,
    )  # fmt: skip


_STATUSES = ("signed", "intent", "talks")
"""How near a body is to taking part, the nearest first."""


class _Entry(NamedTuple):
    """A row of a register with the number that speaks for it."""

    name: Label
    fact: Fact
    is_counted: bool = True
    """Whether it counts in the total and may be the best."""


def register_rows(
    region: Region, voice: Voice, firm: Mapping[str, float] | None = None
) -> list[dict[str, object]]:
    """The registers that have rows, one row each, in the order of the form.

    Args:
        region: The registers.
        voice: Speaks.
        firm: What the plan counts of a register, at the low ends of its ranges, by its name.
    """
    entries = _entries(region)
    rows = [
        _row(name, own, region, (firm or {}).get(name), voice)
        for name, own in entries.items()
        if own
    ]
    if region.institutions:
        rows.append(_bodies_held(region, voice))
    return rows


_TITLED = ("points", "data_centres", "workforce", "sites")
"""Registers of which a title says what they hold: what projects are made of."""


def registers_title(region: Region, voice: Voice) -> str:
    """What the registers hold of power, halls and people, in a line."""
    parts = [_total(name, own, voice) for name, own in _entries(region).items() if name in _TITLED]
    held = voice.say("effects.separator").join(filter(None, parts))
    return voice.say("title.registers", held=held) if held else voice.say("title.registers_plain")


def _entries(region: Region) -> dict[str, list[_Entry]]:
    plants = [row for row in region.power if row.kind != "connection point"]
    points = [row for row in region.power if row.kind == "connection point"]
    return {
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


def _known(entries: Sequence[_Entry]) -> list[_Entry]:
    return [entry for entry in entries if entry.is_counted and entry.fact.value is not None]


def _held(name: str, entries: Sequence[_Entry], voice: Voice) -> str:
    """What a register holds in all as a number, where anything is known of it."""
    return voice.large(_tidy(name, sum(entry.fact.value or 0.0 for entry in _known(entries))))


def _total(name: str, entries: Sequence[_Entry], voice: Voice) -> str:
    """The same with its unit; empty where nothing is known."""
    if not _known(entries):
        return ""
    return voice.say(f"register_total.{name}", value=_held(name, entries, voice))


_LIMITS = {"points": "grid_mw", "data_centres": "it_load_mw"}
"""Registers whose total the region may limit, with the resource of the limit."""


def _row(
    name: str, entries: Sequence[_Entry], region: Region, firm: float | None, voice: Voice
) -> dict[str, object]:
    facts = [entry.fact for entry in entries]
    known = _known(entries)
    total = _total(name, entries, voice) or voice.dash
    best = voice.dash
    if known:
        total = _at_low_ends(name, total, firm, voice)
        for limit in _stated(name, region, voice):
            if limit not in total:
                total = voice.say("register_limited", total=total, limit=limit)
        top = max(known, key=lambda entry: entry.fact.value or 0.0)
        best = voice.say(
            f"register_best.{name}", value=voice.large(_tidy(name, top.fact.value or 0.0)),
            name=voice.name(top.name),
        )  # fmt: skip
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


def _at_low_ends(name: str, total: str, firm: float | None, voice: Voice) -> str:
    """A total with what the plan counts of it, where that is less as printed."""
    if firm is None:
        return total
    counted = voice.say(f"register_total.{name}", value=voice.large(_tidy(name, firm)))
    if counted == total:
        return total
    return voice.say(
        "register_firm", total=total,
        firm=voice.say(f"register_firm.{name}", value=voice.large(_tidy(name, firm))),
    )  # fmt: skip


def _stated(name: str, region: Region, voice: Voice) -> Iterable[str]:
    """The limit that the region states of what a register holds, in its unit."""
    for one in region.limits:
        if one.resource == _LIMITS.get(name) and one.amount.value is not None:
            yield held(one.resource, one.amount.value, voice)


def _tidy(name: str, value: float) -> float:
    """A sum or a single amount with no more decimals than a reader can use; people whole."""
    return nearest(value) if name == "workforce" else round(value, 2)


def _bodies_held(region: Region, voice: Voice) -> dict[str, object]:
    rows = region.institutions
    counts = Counter(row.status if row.status in _STATUSES else "rest" for row in rows)
    return {
        "register": voice.say("register.institutions"),
        "count": voice.number(len(rows)),
        "total": voice.say("effects.separator").join(
            voice.say(f"register_signed.{status}", count=counts[status])
            for status in (*_STATUSES, "rest")
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
