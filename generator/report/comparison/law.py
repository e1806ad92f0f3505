"""The law where it is not the same for all: what is barred where, what differs, what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.model import LISTS, Cell, RegionSummary, Rule, Screening, Staleness
from generator.report.citation import cite, cited, condition_of
from generator.report.comparison.positions import Place, orders, places, where
from generator.report.freshness import stale_notice
from generator.report.reach import open_line
from generator.report.screening import comparators, size_rows, together
from generator.report.tables import table

if TYPE_CHECKING:
    from generator.report.comparison.row import Regions
    from generator.report.voice import Voice

_LISTED = 8
"""Uses that a row names."""
_LOCAL = 8
"""Rules of some regions that a table lists."""
_Row = tuple[Cell, str, str]
"""Position, subject and what the law says."""


def law_fields(found: Regions) -> dict[str, object]:
    """The `law` fields: what is barred and where, what is not alike everywhere, what is open."""
    held = places(found)
    merged: dict[_Row, list[Place]] = defaultdict(list)
    for ban, holding in _bans(held, found):
        text = found.voice.run_on(str(ban[part]) for part in ("sentence", "penalty", "open"))
        row = (Cell(str(ban["position"]), "prohibited"), str(ban["name"]), text)
        merged[row].extend(holding)
    for place in held:
        for row in _sized_and_open(place, found.voice):
            merged[row].append(place)
    differences = _differences(held, found)
    local = _local(held, found)
    return {
        "sentence": _sentence(held, differences, local, found),
        "rows": table(
            "comparison.law.rows",
            (
                {
                    "where": where(holding, held, found),
                    "position": position,
                    "subject": subject,
                    "text": text,
                }
                for (position, subject, text), holding in merged.items()
            ),
        ),
        "differences": table("comparison.law.differences", differences),
        "local": table("comparison.law.local", local[:_LOCAL]),
        "local_rest": found.voice.plural("comparison.local_rest", len(local) - _LOCAL)
        if len(local) > _LOCAL
        else "",
        "stale": _stale(found),
        "reach": _reach(held, found),
    }


def bans(found: Regions) -> tuple[list[Screening], list[tuple[Mapping[str, object], str]]]:
    """The answers of the screening, and each ban with where it holds; empty where everywhere."""
    held = places(found)
    joined: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    rows: dict[tuple[str, ...], Mapping[str, object]] = {}
    for ban, holding in _bans(held, found):
        key = tuple(str(ban[part]) for part in ("name", "sentence", "penalty", "open"))
        joined[key].extend(holding)
        rows[key] = ban
    return [place.screening for place in held], [
        (ban, "" if len(joined[key]) == len(held) else where(joined[key], held, found))
        for key, ban in rows.items()
    ]


def _bans(
    held: Sequence[Place], found: Regions
) -> Iterator[tuple[Mapping[str, object], list[Place]]]:
    """Each ban of a legal order by the rules that hold in all of it, then those of a part of it."""
    voice = found.voice
    for order in orders(held, found):
        own = [place for place in held if place.order == order.order]
        everywhere = [
            row for row in comparators(order.screening, voice, citing=cited)[0] if row["rules"]
        ]
        for ban in together(everywhere, voice):
            yield ban, own
        names = {str(row["name"]) for row in everywhere}
        for place in own:
            rest = [
                row
                for row in comparators(place.screening, voice, citing=cited)[0]
                if str(row["name"]) not in names
            ]  # fmt: skip
            for ban in together(rest, voice):
                yield ban, [place]


def _sized_and_open(place: Place, voice: Voice) -> Iterator[_Row]:
    """What is barred from a size on, and what no rule on file speaks to."""
    for size in size_rows(place.screening, voice, citing=cited):
        text = voice.run_on((str(size["sentence"]), str(size["note"])))
        yield _position("conditional", voice), str(size["uses"]), text
    gap = open_line(place.screening, voice)
    if gap:
        yield _position("not_assessed", voice), voice.say("comparison.open_uses"), gap


def _position(status: str, voice: Voice) -> Cell:
    return Cell(voice.say(f"status.{status}"), status)


def _differences(held: Sequence[Place], found: Regions) -> list[dict[str, str]]:
    """Uses whose legal status is not the same everywhere, those that differ alike in one row."""
    voice = found.voice
    alike: dict[str, list[str]] = {}
    for use in voice.knowledge.uses:
        by_status: dict[str, list[Place]] = {}
        for place in held:
            known = place.screening.uses.get(use.use_id)
            if known is not None:
                by_status.setdefault(known.status, []).append(place)
        if len(by_status) > 1:
            parts = (
                voice.say(
                    "comparison.status", status=voice.say(f"status.{status}"),
                    where=where(same, held, found),
                )
                for status, same in by_status.items()
            )  # fmt: skip
            alike.setdefault(voice.clauses(parts), []).append(use.use_id)
    return [
        {"uses": voice.uses(ids, _LISTED), "count": str(len(ids)), "positions": positions}
        for positions, ids in alike.items()
    ]


def _sentence(
    held: Sequence[Place],
    differences: Sequence[Mapping[str, str]],
    local: Sequence[Mapping[str, str | Cell]],
    found: Regions,
) -> str:
    """Whether the law is one for all; if not, for how many uses and by how many rules it differs."""
    voice = found.voice
    date = voice.date(found.as_of)
    if len(held) == 1:
        return voice.sentence(
            "comparison.law", "comparison.law_same", date=date, count=len(found.all)
        )
    rules = voice.plural("comparison.law_local", len(local)) if local else ""
    if not differences:
        key = "comparison.law_rules" if local else "comparison.law_alike"
        return voice.run_on((voice.sentence("comparison.law", key, date=date), rules))
    said = voice.sentence(
        "comparison.law", "comparison.law_differs", date=date, uses=len(voice.knowledge.uses),
        count=sum(int(row["count"]) for row in differences),
    )  # fmt: skip
    return voice.run_on((said, rules))


def _stale(found: Regions) -> str:
    """How many rules must be read again, each counted once for all the regions it reaches."""
    rules = {rule.rule_id: rule for rule in found.voice.knowledge.rules}
    instruments = {rule.instrument.instrument_id: rule.instrument for rule in rules.values()}
    limit = found.voice.knowledge.assumed("stale_after_days")
    held = dict.fromkeys(one for region in found.all for one in region.law.stale)
    stale = [
        Staleness(rules[rule], days, days is None or days > limit, instruments.get(ended), None)
        for rule, days, ended in held
    ]
    bearing = {one.rule.rule_id for one in stale}
    bearing |= {key for region in found.all for _, _, keys in region.law.findings for key in keys}
    scope = found.voice.plural("law.scope_regions", len(bearing))
    return stale_notice(stale, scope, found.as_of, found.voice)


def _reach(held: Sequence[Place], found: Regions) -> list[str]:
    """Where coverage is not complete, once for the places where it is alike."""
    voice = found.voice
    by_reach: dict[tuple[str, int, int, bool], list[Place]] = {}
    for place in held:
        reach = place.screening.reach
        alike = (place.order, len(reach.assessed), len(reach.open), reach.has_own)
        by_reach.setdefault(alike, []).append(place)
    lines = []
    for (order, assessed, opened, has_own), own in by_reach.items():
        if not opened and has_own:
            continue
        key = "some" if assessed and has_own else "above" if assessed else "none"
        lines.append(
            voice.sentence(
                f"comparison.reach.{order}.{assessed}", f"comparison.reach_{key}",
                where=where(own, held, found), assessed=assessed, all=assessed + opened,
            )
        )  # fmt: skip
    return lines


def _local(held: Sequence[Place], found: Regions) -> list[dict[str, str | Cell]]:
    """Rules of a part of a legal order that reach its programmes or bar something, bars first."""
    voice = found.voice
    rows: list[tuple[bool, dict[str, str | Cell]]] = []
    by_order: dict[str, list[Place]] = defaultdict(list)
    for place in held:
        by_order[place.order].append(place)
    for beside in by_order.values():
        reached: dict[tuple[str, Rule], list[RegionSummary]] = defaultdict(list)
        for place in beside:
            for key, one in place.screening.findings.items():
                for rule in one.rules:
                    reached[key, rule].extend(place.regions)
        every = sum(len(place.regions) for place in beside)
        rows += [
            (
                rule.effect != "prohibited",
                {
                    "where": found.names(own),
                    "activity": voice.name(voice.knowledge.activities[key].name),
                    "status": _position(rule.effect, voice),
                    "instrument": cite(rule, voice),
                    "condition": condition_of(rule, voice),
                },
            )
            for (key, rule), own in reached.items()
            if len(own) < every and (rule.effect == "prohibited" or key in _carried(own, voice))
        ]
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _carried(regions: Iterable[RegionSummary], voice: Voice) -> set[str]:
    """Regulated activities of the uses that these regions plan."""
    planned = {use_id for region in regions for wave in region.waves for use_id in wave}
    return {
        activity
        for use in voice.knowledge.uses
        if use.category in LISTS and use.use_id in planned
        for activity in use.regulated_activities
    }
