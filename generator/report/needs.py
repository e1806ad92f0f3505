"""What projects find in a region and what they miss there: the same for all once, the rest each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.demand import uncounted
from generator.report.earnings import gap_told
from generator.report.heavy import heaviest
from generator.report.places import road_of
from generator.report.projects import is_long

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.model import Assessment, Contribution, Knowledge, Requirement
    from generator.model.programme import Project
    from generator.report.voice import Voice

_FACTS = 3
_NUMBER = re.compile(r"\d[\d.,]*")
_SEVERAL = 2
"""Projects that have something in common."""
_AMOUNTS = frozenset({"grid_mw", "it_load_mw", "racks", "dev_fte", "ops_fte", "technician_fte"})
"""Roles of the criteria that count what projects take."""
_ROOM_OF_A_SITE = "max_site"
_NEAREST = "min_site"
"""The roll-up of what the nearest of all sites has."""
_SHORT = 2
"""Shortfalls of a project that a first page names."""
_EXISTING_HALLS = "data_centre"
"""The group of criteria that describe the halls that stand already."""


def found(one: Project, assessment: Assessment, voice: Voice) -> list[str]:
    """The weightiest needs that the region meets in full for this project alone."""
    return _told(_own(one, assessment, is_met=True), one, assessment, voice)


def missed(one: Project, assessment: Assessment, voice: Voice) -> list[str]:
    """The weightiest needs that it does not meet for this project alone; its own road comes first."""
    own = _told(_own(one, assessment, is_met=False), one, assessment, voice)
    return [*_road(one, assessment, voice), *own]


def unmet(one: Project, assessment: Assessment, voice: Voice) -> list[str]:
    """What a project of the first wave still lacks: tenants, minimums that its site misses, demand.

    It stands apart from how stable its choice is, which says nothing of it. Empty for a platform.
    """
    if one.category != "power_reuse":
        return []
    tenants = [voice.say("programme.unmet_tenant")] if one.jobs_by == "tenants_clients" else []
    facts = [*_shortfalls(one, assessment, voice)][:_SHORT]
    demand = "" if is_long(assessment) else uncounted("short.demand", one, assessment, voice)
    # The answer tells it of the project that half of the jobs hang on.
    is_told = len(assessment.programme.first.projects) > 1 and one == heaviest("jobs", assessment)
    gap = "" if is_told else gap_told(one, voice)
    return [*filter(None, [gap]), *tenants, *facts, *filter(None, [demand])]


def _shortfalls(one: Project, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Each need whose minimum is missed, the road of the own site first, in few words.

    What only falls short of a target is told with the project.
    """
    road = [*_road(one, assessment, voice)]
    yield from _road(one, assessment, voice, is_beyond=True)
    for part in _parts(one, assessment):
        value, need = part.value.fact.value, part.requirement
        if value is None or _is_met(part) or _is_within(value, need):
            continue
        if road and is_of_the_road(part, voice.knowledge):
            continue
        name = voice.name(voice.knowledge.criteria[need.criterion_id].name)
        yield _short(name, value, need, voice)


def _short(name: str, value: float, need: Requirement, voice: Voice) -> str:
    """A value that misses what is wished for, and whether it keeps to the minimum all the same."""
    kind = "fact" if _is_within(value, need) else "below"
    return voice.say(
        voice.directed(f"short.{kind}", need.criterion_id), criterion=name,
        **_amounts(value, need, voice),
    )  # fmt: skip


def _amounts(value: float, need: Requirement, voice: Voice) -> dict[str, str]:
    """A value with its unit, target and minimum beside it as numbers where these have the same."""
    told, target, minimum = (
        voice.amount(one, need.criterion_id) for one in (value, need.target, need.minimum)
    )
    return {
        "value": told, "target": number_beside(target, told),
        "minimum": number_beside(minimum, told),
    }  # fmt: skip


def number_beside(amount: str, told: str) -> str:
    """An amount beside another one: as a bare number where that has the same unit."""
    found = _NUMBER.search(amount)
    is_alike = _NUMBER.sub("", amount, 1) == _NUMBER.sub("", told, 1)
    return found[0] if found and is_alike else amount


def _is_within(value: float, need: Requirement) -> bool:
    """Whether a value keeps to the minimum, which for a price or a distance is a limit."""
    return value <= need.minimum if need.direction == "lower_better" else value >= need.minimum


def is_of_the_road(part: Contribution, known: Knowledge) -> bool:
    """Whether a need is the road, of which the region counts the nearest of all sites."""
    return known.criteria[part.requirement.criterion_id].rollup_power_reuse == _NEAREST


def missed_names(one: Project, assessment: Assessment, voice: Voice) -> str:
    """The same needs by name; empty for none."""
    own = _own(one, assessment, is_met=False)[:_FACTS]
    criteria = voice.knowledge.criteria
    return voice.join(voice.name(criteria[part.requirement.criterion_id].name) for part in own)


def common_lines(assessment: Assessment, voice: Voice) -> list[str]:
    """For each list, what all its projects find and miss alike; none where fewer than two do."""
    lines = []
    for category in LISTS:
        group = _group(category, assessment)
        shared = _shared(group, assessment)
        parts = (
            [part for part in _parts(group[0], assessment) if _key(part) in shared] if group else []
        )
        if not parts:
            continue
        said = [voice.say(f"sheets.common.{category}", count=voice.number(len(group), 0))]
        for key, is_met in (("has", True), ("needs", False)):
            alike = [part for part in parts if _is_met(part) is is_met]
            if alike:
                facts = voice.clauses(_told(alike, group[0], assessment, voice))
                said.append(voice.say(f"sheets.common.{key}", facts=facts))
        lines.append(voice.run_on(said))
    return lines


def is_of_a_hall(part: Contribution, one: Project, known: Knowledge) -> bool:
    """Whether a need describes existing halls while the project builds its own."""
    criterion = known.criteria[part.requirement.criterion_id]
    return (
        one.category == "power_reuse"
        and criterion.group == _EXISTING_HALLS
        and criterion.role not in _AMOUNTS
        and not part.requirement.hard_minimum
    )


def _group(category: str, assessment: Assessment) -> list[Project]:
    return [one for one in assessment.programme.projects if one.category == category]


def _shared(group: Sequence[Project], assessment: Assessment) -> set[tuple[object, ...]]:
    """What each project of a group is told alike, value and target; nothing of one project."""
    if len(group) < _SEVERAL:
        return set()
    return set.intersection(*({_key(part) for part in _parts(one, assessment)} for one in group))


def _key(part: Contribution) -> tuple[object, ...]:
    need = part.requirement
    return need.criterion_id, need.target, part.value.fact.value, _is_met(part)


def _is_met(part: Contribution) -> bool:
    return part.partial == 1.0


def _own(one: Project, assessment: Assessment, *, is_met: bool) -> list[Contribution]:
    """Needs that are met in full, or that are not, without those that all projects have alike."""
    shared = _shared(_group(one.category, assessment), assessment)
    return [
        part
        for part in _parts(one, assessment)
        if _is_met(part) is is_met and _key(part) not in shared
    ]


def _parts(one: Project, assessment: Assessment) -> list[Contribution]:
    """The needs that are told, the weightiest first; what nobody can change left out.

    Signatures are left out too: partners stand by name in a line of their own. So are amounts that
    grow with the size, which are asked of the region for the catalogue's unit: what the project
    takes at its own size stands apart; and what describes halls that it does not use. What a
    project waits for is told with that limit alone. The road is that of its own site.
    """
    known, use_id = assessment.knowledge, one.use_id
    awaited = {
        each.criterion_id
        for project in assessment.programme.second.projects
        if project.use_id == use_id
        for each in project.preconditions
    }
    parts = [
        part
        for part in assessment.readiness.uses[use_id].contributions
        if _is_told(part.requirement.criterion_id, known)
        and not is_of_a_hall(part, one, known)
        and part.requirement.criterion_id not in awaited
    ]
    return sorted(parts, key=lambda part: (-_weight(part), part.requirement.criterion_id))


def _is_told(criterion_id: str, known: Knowledge) -> bool:
    """Whether a criterion tells of the region, and of no amount that the project takes."""
    one = known.criteria[criterion_id]
    return not (
        one.is_given
        or one.role in _AMOUNTS
        or one.rollup_power_reuse == _ROOM_OF_A_SITE
        or one.role == "institutions"
    )


def _weight(part: Contribution) -> float:
    """Points that the need brings, or fails to bring."""
    partial = part.partial or 0.0
    return part.requirement.weight * (partial if partial == 1.0 else 1.0 - partial)


def _road(
    one: Project, assessment: Assessment, voice: Voice, *, is_beyond: bool = False
) -> Iterable[str]:
    """The road of the project's own site, where that misses the target, or the minimum as well."""
    road = road_of(one, assessment, voice)
    if road is None or road.value is None:
        return
    need = next(
        part.requirement
        for part in assessment.readiness.uses[one.use_id].contributions
        if part.requirement.criterion_id == road.criterion_id
    )
    if road.value > need.target:
        is_within = _is_within(road.value, need)
        if not (is_within and is_beyond):
            key = "short.road" if is_within else "short.road_below"
            yield voice.say(key, **_amounts(road.value, need, voice))


def _told(
    parts: Sequence[Contribution], one: Project, assessment: Assessment, voice: Voice
) -> list[str]:
    return [_fact(part, one, assessment, voice) for part in parts[:_FACTS]]


def _fact(part: Contribution, one: Project, assessment: Assessment, voice: Voice) -> str:
    key, value = part.requirement.criterion_id, part.value.fact.value
    criterion = voice.knowledge.criteria[key]
    name = voice.name(criterion.name)
    is_mixed = any(each.category != one.category for each in assessment.programme.projects)
    is_own_rule = criterion.rollup_blockchain != criterion.rollup_power_reuse
    is_told = one.category == "power_reuse" or bool(criterion.by_price_level)
    if is_told and is_own_rule and is_mixed:
        # Sheets of both lists stand in one chapter: two values of one name are told apart.
        rule = voice.choice("rollup", part.value.rule)
        name = voice.say("sheet.by_rule", criterion=name, rule=rule)
    if value is None:
        return voice.say("sheet.not_given", criterion=name, office=voice.supplier(key))
    if not _is_met(part):
        return _short(name, value, part.requirement, voice)
    return voice.say(
        voice.directed("sheet.fact", key), criterion=name, value=voice.amount(value, key),
        target=voice.amount(part.requirement.target, key),
    )  # fmt: skip
