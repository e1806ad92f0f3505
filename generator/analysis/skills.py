"""People whom retraining could bring to the staff groups that projects lack."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field

from generator.analysis.values import at_least
from generator.model import (
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

_BY_GROUP = "sum_available_fte"
"""The roll-up of criteria that count the people of a staff group."""
_NO_GROUP = "none"


class _Group(Struct):
    """A staff group while people are being assigned to it; amounts in FTE."""

    name: str
    criterion_id: str
    fact: Fact | None
    need: float
    transfers: list[Transfer] = field(default_factory=list)

    @property
    def short(self) -> float | None:
        """What the projects take beyond the people on hand; None while these are unknown."""
        if self.fact is None:
            return 0.0
        on_hand = self.fact.value
        if on_hand is None:
            return None
        return 0.0 if at_least(on_hand, self.need) else self.need - on_hand

    @property
    def remaining(self) -> float | None:
        """The same once people are retrained."""
        short = self.short
        if short is None:
            return None
        # A sum of decimals may fall short of the whole by its last bits.
        left = short - math.fsum(one.fte for one in self.transfers)
        return 0.0 if at_least(0.0, left) else left


def match_skills(
    region: Region,
    knowledge: Knowledge,
    readiness: Readiness,
    planned: Sequence[str],
    taken: Mapping[str, float] = MappingProxyType({}),
) -> SkillsMatch:
    """Shortages of the projects, and who could fill them after how much training.

    A group is short by what the projects of both waves take of it beyond the people on hand; what a
    use would ask for at its target is no post of a project. People of a role that counts towards no
    group yet are assigned once: the closest way first, then the shortest training, each up to what
    the group still lacks. A way that leads to certain uses counts where one of them is proposed;
    others train people for what nobody plans.

    Args:
        region: Its workforce.
        knowledge: Ways from role to role, and how close a way must be.
        readiness: The people on hand of each group, as the uses read them.
        planned: Uses of the programme.
        taken: Role of a criterion to what the programme takes of it, full-time equivalent.
    """
    staff = [key for key, one in knowledge.criteria.items() if one.rollup_blockchain == _BY_GROUP]
    found = [_group(criterion_id, knowledge, readiness, planned, taken) for criterion_id in staff]
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
    taken: Mapping[str, float],
) -> _Group:
    criterion = knowledge.criteria[criterion_id]
    need = taken.get(criterion.role, 0.0)
    on_hand = (
        part.value.fact
        for use_id in planned
        for part in readiness.uses[use_id].contributions
        if part.requirement.criterion_id == criterion_id
    )
    return _Group(criterion.reads, criterion_id, next(on_hand, None) if need else None, need)


def _shortage(group: _Group) -> StaffShortage:
    months = [one.skill.training_months for one in group.transfers]
    return StaffShortage(
        group=group.name,
        criterion_id=group.criterion_id,
        fact=group.fact,
        need=group.need,
        short=group.short,
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
