"""Regions that the same rules reach alike, and what the rules say there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.model import (
    BarredSize,
    Effect,
    Finding,
    LegalPosition,
    Reach,
    RegionSummary,
    Rule,
    Screening,
    UseFinding,
)

if TYPE_CHECKING:
    from generator.report.comparison.row import Regions


class Place(Struct, frozen=True):
    """Regions that the same rules reach in the same way."""

    order: str
    """The jurisdiction they belong to."""
    regions: tuple[RegionSummary, ...]
    law: LegalPosition
    screening: Screening


def places(found: Regions) -> list[Place]:
    """One place a legal position."""
    held: dict[LegalPosition, list[RegionSummary]] = {}
    for region in found.all:
        held.setdefault(region.law, []).append(region)
    return [
        Place(law.jurisdictions[0], tuple(regions), law, _screening(law, found))
        for law, regions in held.items()
    ]


def orders(held: Sequence[Place], found: Regions) -> list[Place]:
    """One place a legal order, with what is said alike everywhere in it."""
    by_order: dict[str, list[Place]] = defaultdict(list)
    for place in held:
        by_order[place.order].append(place)
    made = []
    for order, own in by_order.items():
        law = own[0].law if len(own) == 1 else _common([place.law for place in own])
        regions = tuple(region for place in own for region in place.regions)
        made.append(Place(order, regions, law, _screening(law, found)))
    return made


def where(held: Sequence[Place], every: Sequence[Place], found: Regions) -> str:
    """All regions, whole legal orders by name, or the regions of a part of one."""
    if len(held) == len(every):
        return found.every
    names = found.voice.knowledge.jurisdictions
    parts = []
    for order in dict.fromkeys(place.order for place in held):
        own = [place for place in held if place.order == order]
        if len(own) == sum(1 for place in every if place.order == order):
            parts.append(found.voice.name(names[order].name))
        else:
            parts.append(found.names([region for place in own for region in place.regions]))
    return found.voice.join(parts)


def _common(laws: Sequence[LegalPosition]) -> LegalPosition:
    """What several positions of one legal order share; where they part is told elsewhere."""
    first, *others = laws

    def shared(of: str) -> tuple[tuple[str, Effect, tuple[str, ...]], ...]:
        """Rules of an activity that all have, where all say the same of it."""
        rest = [
            {key: (effect, ids) for key, effect, ids in getattr(one, of)} for one in others
        ]  # fmt: skip
        return tuple(
            (key, effect, tuple(one for one in ids if all(one in own[key][1] for own in rest)))
            for key, effect, ids in getattr(first, of)
            if all(own.get(key, ("", ()))[0] == effect for own in rest)
        )

    return LegalPosition(
        first.jurisdictions,
        shared("findings"),
        tuple(one for one in first.statuses if all(one in own.statuses for own in others)),
        barred=tuple(one for one in first.barred if all(one in own.barred for own in others)),
        open=tuple(one for one in first.open if all(one in own.open for own in others)),
        has_own=first.has_own,
        depends=tuple(one for one in first.depends if all(one in own.depends for own in others)),
    )


def _barred_sizes(
    position: LegalPosition, rules: Mapping[str, Rule]
) -> Mapping[str, list[BarredSize]]:
    """The barred sizes of each use."""
    sizes: dict[str, list[BarredSize]] = defaultdict(list)
    for use_id, rule_id, quantity, amount, is_certain in position.barred:
        rule = rules[rule_id]
        is_included = rule.threshold is not None and rule.threshold.holds(rule.threshold.value)
        sizes[use_id].append(BarredSize(rule, quantity, amount, is_certain, is_included))
    return sizes


def _screening(position: LegalPosition, found: Regions) -> Screening:
    """The answer of the legal screening as it was, from its ids."""
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
    held, sizes = dict(position.statuses), _barred_sizes(position, rules)
    uses = {}
    for use in known.uses:
        if use.use_id not in held:
            continue
        own = position.of_use(use.use_id)
        uses[use.use_id] = UseFinding(
            use.use_id,
            held[use.use_id],
            tuple(
                replace(
                    finding(key, *own[key]),
                    barred=tuple(one for one in sizes[use.use_id] if one.rule.activity == key),
                )
                for key in use.regulated_activities
                if key in own
            ),
        )
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
