"""The numbers of each chart, straight from the results: categories and series, no words of a look."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from generator.model import LISTS, Assessment, Contribution, PowerPoint, Series, Site
from generator.report.economy import moves

if TYPE_CHECKING:
    from generator.report.voice import Voice

_INSTRUMENTS = 10
_NEEDS = 8
_LETTERS = 46
"""Of a name beside a bar; a second line would lie on its neighbours."""
_DAYS = 365.25
_EARTH_KM = 6371.0
"""Mean radius."""
_SPOTS = 3
"""Places that a plan needs to say anything."""


class Data(NamedTuple):
    """What a chart shows: empty categories for points, no series where there is nothing."""

    categories: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    number_format: str = "0"
    names: Mapping[str, str] = {}
    """What the title needs beyond its own words."""
    spoken: tuple[str, ...] = ()
    """Row by row what a screen reader says where the series alone would mislead."""
    titled: str = ""
    """What of several titles fits the data; empty for the only one."""
    heads: int = 0
    """Rows at the head that are a scale; nothing of them is counted or spoken."""
    top: float | None = None
    mark: float | None = None
    """Where the axis of values ends; None leaves it to the reader's program."""
    carriers: int = 0
    """Series at the head that only carry the next."""
    drawn: int | None = None
    """Series up to those of the scale; None where there is none."""


def power_mix(assessment: Assessment, voice: Voice) -> Data:
    """Capacity of existing plants by kind, MW."""
    totals: dict[str, float] = {}
    for row in assessment.region.power:
        if row.kind == "connection point" or row.status != "existing":
            continue
        if row.capacity_mw.value is not None:
            totals[row.kind] = totals.get(row.kind, 0.0) + row.capacity_mw.value
    order = sorted(totals, key=lambda kind: -totals[kind])
    values = tuple(totals[kind] for kind in order)
    return tabled(
        [voice.choice("power_kind", kind) for kind in order],
        [Series(voice.say("series.capacity"), values)],
        "#,##0",
    )


def thresholds(assessment: Assessment, voice: Voice) -> Data:
    """How far each asset carries the programme's uses, in percent of the way to their targets."""
    shares: dict[str, list[float]] = {}
    for use_id in assessment.programme.uses or assessment.readiness.proposed:
        for part in assessment.readiness.uses[use_id].contributions:
            if part.partial is not None:
                own = shares.setdefault(part.requirement.criterion_id, [])
                own.append(part.partial * 100)
    # What serves every use in full is no question.
    short = [key for key, own in shares.items() if min(own) < 100]
    order = sorted(short, key=lambda key: (min(shares[key]), max(shares[key]), key))
    least = tuple(min(shares[key]) for key in order)
    rest = tuple(max(shares[key]) - min(shares[key]) for key in order)
    return tabled(
        [voice.name(voice.knowledge.criteria[key].name) for key in order],
        [Series(voice.say("series.least"), least), Series(voice.say("series.best"), rest)],
        spoken=[_span(min(shares[key]), max(shares[key]), 0, voice) for key in order],
    )


def readiness(assessment: Assessment, voice: Voice) -> Data:
    """Readiness of the shortlisted uses: up to the 5th percentile, and from there to the 95th."""
    names, low, width = [], [], []
    for category in LISTS:
        order = assessment.robustness.order("readiness", category)
        drawn = {use.use_id: use for use in order.uses} if order else {}
        for use_id in assessment.readiness.shortlist[category]:
            use = drawn.get(use_id)
            if use is None or use.score_low is None or use.score_high is None:
                continue
            score = voice.score(assessment.readiness.uses[use_id].low)
            name = shorten(voice.use(use_id), _LETTERS, placeholder="…")
            names.append(voice.say("chart.scored", name=name, score=score))
            low.append(use.score_low)
            width.append(use.score_high - use.score_low)
    return tabled(
        names,
        [
            Series(voice.say("series.in_most_draws"), tuple(low)),
            Series(voice.say("series.between"), tuple(width)),
        ],
        spoken=[_span(a, a + b, 0, voice) for a, b in zip(low, width, strict=True)],
    )


def gap(use_id: str) -> Callable[[Assessment, Voice], Data]:
    """Points that a use has, may have and lacks, criterion by criterion; the largest lack first."""

    def points(assessment: Assessment, voice: Voice) -> Data:
        parts = sorted(assessment.readiness.uses[use_id].contributions, key=_missing, reverse=True)
        parts = [part for part in parts if _missing(part) > 1e-9][:_NEEDS]
        columns = {
            "series.reached": tuple(part.points_low for part in parts),
            "series.unknown": tuple(part.points_high - part.points_low for part in parts),
            "series.missing": tuple(part.requirement.weight - part.points_high for part in parts),
        }
        return tabled(
            [voice.name(voice.knowledge.criteria[p.requirement.criterion_id].name) for p in parts],
            [Series(voice.say(key), values) for key, values in columns.items()],
            "0.0",
            {"use": voice.use(use_id)},
        )

    return points


def _missing(part: Contribution) -> float:
    return part.requirement.weight - part.points_low


def places(assessment: Assessment, voice: Voice) -> Data:
    """Where grid connection points, sites and power plants lie; nothing without a point or a site."""
    region = assessment.region
    points = [one for one in region.power if one.kind == "connection point"]
    groups = {
        "points": _located(points),
        "sites": _located(region.sites),
        "plants": _located(one for one in region.power if one.kind != "connection point"),
    }
    every = [spot for own in groups.values() for spot in own]
    if len(every) < _SPOTS or not (groups["points"] or groups["sites"]):
        return Data()
    apart = max(_kilometres(one, other) for one in every for other in every)
    return Data(
        (),
        tuple(
            Series(voice.say(f"series.place.{name}"), tuple(lat for _, lat in own), tuple(lon for lon, _ in own))
            for name, own in groups.items()
            if own
        ),
        "0.00",
        {"count": str(len(every)), "apart": voice.number(apart, 0)},
        tuple(
            voice.say("chart.place", kind=voice.say(f"series.place.{name}"), east=voice.number(lon, 2), north=voice.number(lat, 2))
            for name, own in groups.items()
            for lon, lat in own
        ),
    )  # fmt: skip


def _located(rows: Iterable[PowerPoint | Site]) -> list[tuple[float, float]]:
    """Longitude and latitude in degrees of the rows that give both."""
    return [
        (row.longitude.value, row.latitude.value)
        for row in rows
        if row.longitude.value is not None and row.latitude.value is not None
    ]


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance between two places, by the haversine formula (Sinnott 1984)."""
    (east, north), (east_too, north_too) = (tuple(map(math.radians, spot)) for spot in (one, other))
    half = (
        math.sin((north_too - north) / 2) ** 2
        + math.cos(north) * math.cos(north_too) * math.sin((east_too - east) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def diversity(assessment: Assessment, voice: Voice) -> Data:
    """Indices of diversity without and with the programme's jobs."""
    before, after = assessment.economy.before, assessment.economy.after
    if before is None or after is None:
        return Data()
    names = ("herfindahl", "hachman", "krugman")
    if not any(moves(name, before, after) for name in names):
        # Two equal bars show nothing; the table says that nothing moves.
        return Data()
    return tabled(
        [voice.say(f"chart.index.{name}") for name in names],
        [
            Series(voice.say(f"series.{key}"), tuple(getattr(one, name) for name in names))
            for key, one in (("before", before), ("after", after))
        ],
        "0.0000",
    )


def rules(assessment: Assessment, voice: Voice) -> Data:
    """Years for which an instrument has barred something, or set conditions on what is proposed."""
    chosen = assessment.programme.uses
    activities = {
        found.activity
        for use_id in chosen
        for found in assessment.screening.of_use(use_id).findings
    }  # fmt: skip
    since: dict[str, tuple[bool, float, str]] = {}
    for found in assessment.screening.findings.values():
        for rule in found.rules:
            is_ban = rule.effect == "prohibited"
            binds = rule.effect == "conditional" and found.activity in activities
            if rule.in_force_from is None or not (is_ban or binds):
                continue
            years = (assessment.screening.as_of - rule.in_force_from).days / _DAYS
            name = voice.short_instrument(rule)
            if name not in since or is_ban:
                since[name] = (is_ban, years, voice.period(rule.in_force_from.isoformat()[:7]))
    order = sorted(since, key=lambda name: (not since[name][0], since[name][1], name))
    order = sorted(order[:_INSTRUMENTS], key=lambda name: (-since[name][1], name))
    return tabled(
        [voice.say("chart.since", name=name, month=since[name][2]) for name in order],
        [
            Series(
                voice.say(key),
                tuple(since[name][1] if since[name][0] is is_ban else None for name in order),
            )
            for key, is_ban in (("series.barred", True), ("series.conditions", False))
        ],
        "0.0",
    )


def tabled(
    categories: Iterable[str],
    series: Iterable[Series],
    number_format: str = "0",
    names: Mapping[str, str] | None = None,
    spoken: Iterable[str] = (),
) -> Data:
    """Data over categories; no series without a category."""
    listed = tuple(categories)
    return Data(listed, tuple(series) if listed else (), number_format, names or {}, tuple(spoken))


def _span(low: float, high: float, decimals: int, voice: Voice) -> str:
    ends = {"low": voice.number(low, decimals), "high": voice.number(high, decimals)}
    return voice.say("chart.from_to", **ends)
