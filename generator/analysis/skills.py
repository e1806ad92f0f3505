"""People whom retraining could bring to the staff groups that projects lack."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field

from generator.analysis.values import at_least
from generator.model import (
    Contribution,
    Fact,
    Knowledge,
    Label,
    Readiness,
    Region,
    RoleMatch,
    Skill,
    SkillsMatch,
    SkillWay,
    StaffShortage,
    Transfer,
    WorkforceRole,
)
from generator.model.programme import TECHNICIANS

_BY_GROUP = "sum_available_fte"
"""The roll-up of criteria that count the people of a staff group."""
_NO_GROUP = "none"


class _Group(Struct):
    """A staff group while people are being assigned to it; amounts in FTE."""

    name: str
    criterion_id: str
    fact: Fact | None
    to_minimum: tuple[float | None, str]
    to_target: tuple[float | None, str]
    transfers: list[Transfer] = field(default_factory=list)

    @property
    def remaining(self) -> float | None:
        if self.to_target[0] is None:
            return None
        # A sum of decimals may fall short of the whole by its last bits.
        left = self.to_target[0] - math.fsum(one.fte for one in self.transfers)
        return 0.0 if at_least(0.0, left) else left


def match_skills(
    region: Region,
    knowledge: Knowledge,
    readiness: Readiness,
    planned: Sequence[str],
    takes: Mapping[str, float] = MappingProxyType({}),
) -> SkillsMatch:
    """Shortages of the projects, and who could fill them after how much training.

    People of a role that counts towards no group yet are assigned once: the closest way first,
    then the shortest training, each up to what the group still lacks. A way that leads to certain
    uses counts where one of them is proposed; others train people for what nobody plans.

    Args:
        region: Its workforce.
        knowledge: Ways from role to role, and how close a way must be.
        readiness: What the uses ask for.
        planned: Uses of the programme.
        takes: Use to the technicians that its project takes at its size, full-time equivalent.
    """
    staff = [key for key, one in knowledge.criteria.items() if one.rollup_blockchain == _BY_GROUP]
    found = [_group(criterion_id, knowledge, readiness, planned, takes) for criterion_id in staff]
    groups = {group.name: group for group in found}
    roles = [
        (row, ways)
        for row in region.workforce
        if row.counts_towards == _NO_GROUP and (ways := _ways(row.role, knowledge, planned))
    ]
    least = knowledge.assumed("relatedness_minimum")
    transfers = _assign(roles, groups, least)
    return SkillsMatch(
        shortages=tuple(_shortage(group) for group in groups.values()),
        roles=tuple(
            RoleMatch(
                row,
                tuple(SkillWay(skill, _is_transferable(skill, least)) for skill in ways),
                tuple(transfers[number]),
            )
            for number, (row, ways) in enumerate(roles)
        ),
    )


def _group(
    criterion_id: str,
    knowledge: Knowledge,
    readiness: Readiness,
    planned: Sequence[str],
    takes: Mapping[str, float],
) -> _Group:
    known = takes if knowledge.is_in_role(criterion_id, TECHNICIANS) else {}
    asked = [
        (use_id, part)
        for use_id in planned
        for part in readiness.uses[use_id].contributions
        if part.requirement.criterion_id == criterion_id
    ]
    return _Group(
        name=knowledge.criteria[criterion_id].reads,
        criterion_id=criterion_id,
        fact=asked[0][1].value.fact if asked else None,
        to_minimum=_largest(
            [(_short(part, "minimum", known.get(use_id)), use_id) for use_id, part in asked]
        ),
        to_target=_largest(
            [(_short(part, "target", known.get(use_id)), use_id) for use_id, part in asked]
        ),
    )


def _short(part: Contribution, bound: str, takes: float | None) -> float | None:
    """What the region lacks of a bound, or of what a project takes at its size.

    None while that depends on a blank.
    """
    value = part.value.fact.value
    least = part.value.at_least_as_good_as if value is None else value
    wanted: float = getattr(part.requirement, bound)
    if takes is not None:
        wanted = takes if bound == "target" else min(wanted, takes)
    if least is not None and at_least(least, wanted):
        return 0.0
    return None if value is None else wanted - value


def _largest(short: Sequence[tuple[float | None, str]]) -> tuple[float | None, str]:
    """The largest shortage and the use that has it; unknown as soon as one of them is."""
    if any(amount is None for amount, _ in short):
        return None, ""
    lacking = [(amount, use_id) for amount, use_id in short if amount]
    return max(lacking, key=lambda pair: pair[0] or 0.0, default=(0.0, ""))


def _shortage(group: _Group) -> StaffShortage:
    months = [one.skill.training_months for one in group.transfers]
    return StaffShortage(
        group=group.name,
        criterion_id=group.criterion_id,
        fact=group.fact,
        to_minimum=group.to_minimum[0],
        minimum_use=group.to_minimum[1],
        to_target=group.to_target[0],
        target_use=group.to_target[1],
        transferred=math.fsum(one.fte for one in group.transfers),
        training_months=max(months, default=None),
        remaining=group.remaining,
    )


def _spellings(label: Label) -> set[str]:
    return {" ".join(text.split()).casefold() for _, text in label.texts if text.strip()}


def _ways(role: Label, knowledge: Knowledge, planned: Sequence[str]) -> tuple[Skill, ...]:
    """The ways from a role to what is proposed, or to no use in particular."""
    names, proposed = _spellings(role), set(planned)
    return tuple(
        skill
        for skill in knowledge.skills
        if names & _spellings(skill.from_role)
        and (not skill.to_use_ids or proposed & set(skill.to_use_ids))
    )


def _is_transferable(skill: Skill, least: float) -> bool:
    return skill.counts_towards != _NO_GROUP and at_least(skill.relatedness_0_1, least)


def _assign(
    roles: Sequence[tuple[WorkforceRole, tuple[Skill, ...]]],
    groups: dict[str, _Group],
    least: float,
) -> list[list[Transfer]]:
    """Transfers by role; nobody is counted twice, and an unknown number of people is left out."""
    free = [row.available_fte.value or 0.0 for row, _ in roles]
    transfers: list[list[Transfer]] = [[] for _ in roles]
    ways = [
        (number, skill)
        for number, (_, known) in enumerate(roles)
        for skill in known
        if _is_transferable(skill, least) and skill.counts_towards in groups
    ]
    # By name in the end, so that the order of the rows decides nothing.
    ways.sort(
        key=lambda way: (
            -way[1].relatedness_0_1, way[1].training_months, way[1].from_role.texts,
            way[1].to_role.texts,
        )
    )  # fmt: skip
    for number, skill in ways:
        group = groups[skill.counts_towards]
        fte = min(free[number], group.remaining or 0.0)
        if fte > 0:
            free[number] -= fte
            transfer = Transfer(group.name, skill, fte)
            transfers[number].append(transfer)
            group.transfers.append(transfer)
    return transfers
