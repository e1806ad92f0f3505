"""The law of each place side by side: what is barred, what has conditions, what differs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.model import BarredSize, Cell, Finding, Reach, Screening, Staleness, UseFinding
from generator.report.citation import cite, cited, condition_of, missing, rules_of
from generator.report.conditions import may_bind
from generator.report.freshness import stale_notice
from generator.report.reach import open_line
from generator.report.screening import comparators, size_rows, together
from generator.report.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.model import Effect, LegalPosition, RegionSummary, Rule
    from generator.report.comparison.row import Regions
    from generator.report.voice import Voice

_NAMED = 4
_LISTED = 8
"""Uses that a row names."""
_Condition = tuple[str, "tuple[Rule, ...]", "tuple[Rule, ...]"]
"""An activity, the rules that set conditions on it, and those that may."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Regions that the same rules reach in the same way."""

    order: str
    """The jurisdiction they belong to."""
    regions: tuple[RegionSummary, ...]
    screening: Screening


def law_fields(found: Regions) -> dict[str, object]:
    """The `law` fields: rows that say where they hold, and what is not alike everywhere."""
    places = _places(found)
    merged: dict[tuple[Cell, str, str], list[_Place]] = {}
    for place in places:
        for row in _rows(place, found):
            merged.setdefault(row, []).append(place)
    rows: list[dict[str, str | Cell]] = [
        {
            "where": _where(held, places, found),
            "position": position,
            "subject": subject,
            "text": text,
        }
        for (position, subject, text), held in merged.items()
    ]
    differences = _differences(places, found)
    return {
        "sentence": _sentence(places, differences, found),
        "rows": table("comparison.law.rows", (*rows, *_conditions(places, found))),
        "differences": table("comparison.law.differences", differences),
        "local": table("comparison.law.local", _local(places, found)),
        "stale": _stale(found),
        "reach": _reach(places, found),
    }


def bans(found: Regions) -> tuple[list[Screening], list[tuple[Mapping[str, object], str]]]:
    """The law gate's answers, and each ban with where it holds; empty where it holds everywhere."""
    places = _places(found)
    held: dict[tuple[str, ...], list[_Place]] = {}
    rows: dict[tuple[str, ...], Mapping[str, object]] = {}
    for place in places:
        barred, _ = comparators(place.screening, found.voice)
        for ban in together(barred, found.voice):
            key = tuple(str(ban[part]) for part in ("name", "sentence", "penalty", "open"))
            held.setdefault(key, []).append(place)
            rows[key] = ban
    return [place.screening for place in places], [
        (ban, "" if len(held[key]) == len(places) else _where(held[key], places, found))
        for key, ban in rows.items()
    ]


def _places(found: Regions) -> list[_Place]:
    """One place a legal position."""
    held: dict[LegalPosition, list[RegionSummary]] = {}
    for region in found.all:
        held.setdefault(region.law, []).append(region)
    return [
        _Place(position.jurisdictions[0], tuple(regions), _screening(position, found))
        for position, regions in held.items()
    ]


def _screening(position: LegalPosition, found: Regions) -> Screening:
    """The law gate's answer as it was, from its ids."""
    known = found.voice.knowledge
    rules = {rule.rule_id: rule for rule in known.rules}

    def finding(activity: str, effect: Effect, *ids: tuple[str, ...]) -> Finding:
        applied, open_ones = (tuple(rules[one] for one in part) for part in ids)
        return Finding(activity, effect, applied, (), open_ones)

    depends = dict(position.depends)
    findings = {
        key: finding(key, effect, ids, depends.get(key, ()))
        for key, effect, ids in position.findings
    }
    held = dict(position.statuses)
    sizes: dict[str, list[BarredSize]] = defaultdict(list)
    for use_id, rule_id, quantity, amount, is_certain in position.barred:
        rule = rules[rule_id]
        is_included = rule.threshold is not None and rule.threshold.holds(rule.threshold.value)
        sizes[use_id].append(BarredSize(rule, quantity, amount, is_certain, is_included))
    own = {use.use_id: position.of_use(use.use_id) for use in known.uses}
    uses = {
        use.use_id: UseFinding(
            use.use_id,
            held[use.use_id],
            tuple(
                replace(
                    finding(key, *own[use.use_id][key]),
                    barred=tuple(one for one in sizes[use.use_id] if one.rule.activity == key),
                )
                for key in use.regulated_activities
            ),
        )
        for use in known.uses
        if use.use_id in held
    }
    assessed = tuple(key for key in findings if key not in position.open)
    return Screening(
        as_of=found.as_of,
        jurisdictions=position.jurisdictions,
        findings=findings,
        uses=uses,
        stale=(),
        claims=(),
        rules_in_force=sum(len(one.rules) for one in findings.values()),
        reach=Reach(assessed, position.open, {}, position.has_own),
    )


def _rows(place: _Place, found: Regions) -> Iterable[tuple[Cell, str, str]]:
    """What is barred, what lies outside the plans, what has conditions, what nobody looked at.

    Yields:
        Position, subject and what the law says.
    """
    voice = found.voice
    barred, outside = comparators(place.screening, voice)
    for ban in together(barred, voice):
        text = voice.run_on(str(ban[part]) for part in ("sentence", "penalty", "open"))
        yield Cell(str(ban["position"]), "prohibited"), str(ban["name"]), text
    for other in outside:
        position = Cell(str(other["status"]), str(other["status_band"]))
        yield position, str(other["name"]), str(other["sentence"])
    for size in size_rows(place.screening, voice):
        text = voice.run_on((str(size["sentence"]), str(size["note"])))
        yield _position("conditional", voice), str(size["uses"]), text
    gap = open_line(place.screening, voice)
    if gap:
        yield _position("not_assessed", voice), voice.say("comparison.open_uses"), gap


def _position(status: str, voice: Voice) -> Cell:
    return Cell(voice.say(f"status.{status}"), status)


def _conditions(places: list[_Place], found: Regions) -> Iterable[dict[str, str | Cell]]:
    """What proposed uses must meet, or may have to: one row an activity and set of rules, and who."""
    voice = found.voice
    uses: dict[_Condition, dict[str, None]] = defaultdict(dict)
    codes: dict[_Condition, set[str]] = defaultdict(set)
    for use in voice.knowledge.uses:
        for place in places:
            own = [region for region in place.regions if _is_proposed(region, use.use_id)]
            for one in place.screening.uses[use.use_id].of("conditional") if own else ():
                asked, open_ones = tuple(rules_of((one,), "conditional")), tuple(may_bind(one))
                if not asked and not open_ones:
                    continue
                key = (one.activity, asked, open_ones)
                uses[key][use.use_id] = None
                codes[key] |= {region.code for region in own}
    for key, touched in uses.items():
        activity, asked, open_ones = key
        named = voice.uses([*touched], _NAMED)
        yield {
            "where": found.places([region for region in found.all if region.code in codes[key]]),
            "position": _position("conditional", voice),
            "subject": voice.name(voice.knowledge.activities[activity].name),
            "text": voice.run_on(
                voice.say(
                    name, instruments=cited(rules, voice), uses=named,
                    missing=voice.join(dict.fromkeys(missing(one, voice) for one in rules)),
                )
                for name, rules in (
                    ("comparison.condition", asked), ("comparison.condition_hangs", open_ones),
                )
                if rules
            ),
        }  # fmt: skip


def _is_proposed(region: RegionSummary, use_id: str) -> bool:
    """Whether a region proposes the use or prepares it."""
    use = region.uses.get(use_id)
    return use is not None and use.listed in {"shortlist", "prepare"}


def _where(held: list[_Place], places: list[_Place], found: Regions) -> str:
    """All regions, whole legal orders by name, or the regions of a part of one."""
    if len(held) == len(places):
        return found.voice.say("comparison.every", count=len(found.all))
    names = found.voice.knowledge.jurisdictions
    parts = []
    for order in dict.fromkeys(place.order for place in held):
        own = [place for place in held if place.order == order]
        if len(own) == sum(1 for place in places if place.order == order):
            parts.append(found.voice.name(names[order].name))
        else:
            parts.append(found.names([region for place in own for region in place.regions]))
    return found.voice.join(parts)


def _differences(places: list[_Place], found: Regions) -> list[dict[str, str]]:
    """Uses whose legal status is not the same everywhere, those that differ alike in one row."""
    voice = found.voice
    alike: dict[str, list[str]] = {}
    for use in voice.knowledge.uses:
        held: dict[str, list[_Place]] = {}
        for place in places:
            known = place.screening.uses.get(use.use_id)
            if known is not None:
                held.setdefault(known.status, []).append(place)
        if len(held) > 1:
            parts = (
                voice.say(
                    "comparison.status", status=voice.say(f"status.{status}"),
                    where=_where(same, places, found),
                )
                for status, same in held.items()
            )  # fmt: skip
            alike.setdefault(voice.say("clause.separator").join(parts), []).append(use.use_id)
    return [
        {"uses": voice.uses(ids, _LISTED), "count": str(len(ids)), "positions": positions}
        for positions, ids in alike.items()
    ]


def _sentence(places: list[_Place], differences: list[dict[str, str]], found: Regions) -> str:
    voice = found.voice
    date = voice.date(found.as_of)
    if len(places) == 1:
        return voice.sentence("comparison.law", "comparison.law_same", date=date)
    return voice.sentence(
        "comparison.law",
        "comparison.law_differs" if differences else "comparison.law_rules",
        date=date, places=len(places), uses=len(voice.knowledge.uses),
        count=sum(int(row["count"]) for row in differences),
    )  # fmt: skip


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
    return stale_notice(stale, len(bearing), found.as_of, found.voice)


def _reach(places: list[_Place], found: Regions) -> list[str]:
    """Where coverage is not complete, once for the places where it is alike."""
    voice = found.voice
    held: dict[tuple[str, int, int, bool], list[_Place]] = {}
    for place in places:
        reach = place.screening.reach
        alike = (place.order, len(reach.assessed), len(reach.open), reach.has_own)
        held.setdefault(alike, []).append(place)
    lines = []
    for (order, assessed, opened, has_own), own in held.items():
        if not opened and has_own:
            continue
        key = "some" if assessed and has_own else "above" if assessed else "none"
        lines.append(
            voice.sentence(
                f"comparison.reach.{order}.{assessed}", f"comparison.reach_{key}",
                where=_where(own, places, found), assessed=assessed, all=assessed + opened,
            )
        )  # fmt: skip
    return lines


def _local(places: list[_Place], found: Regions) -> list[dict[str, str | Cell]]:
    """Rules that reach only some of the regions of one legal order."""
    voice = found.voice
    rows: list[dict[str, str | Cell]] = []
    by_order: dict[str, list[_Place]] = defaultdict(list)
    for place in places:
        by_order[place.order].append(place)
    for beside in by_order.values():
        held: dict[tuple[str, Rule], list[RegionSummary]] = defaultdict(list)
        for place in beside:
            for key, one in place.screening.findings.items():
                for rule in one.rules:
                    held[key, rule].extend(place.regions)
        every = sum(len(place.regions) for place in beside)
        rows += [
            {
                "where": found.names(own),
                "activity": voice.name(voice.knowledge.activities[key].name),
                "status": _position(rule.effect, voice),
                "instrument": cite(rule, voice),
                "condition": condition_of(rule, voice),
            }
            for (key, rule), own in held.items()
            if len(own) < every
        ]
    return rows
