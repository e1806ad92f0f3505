"""Whom a task names: bodies that the workbook holds for its uses, or the kinds still to be found."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from generator.model import Bodies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from generator.model import Action, Institution, Knowledge, Use

_BY_STATUS = {"signed": 0, "intent": 1, "talks": 2}
"""Bodies that have signed, mean to or talk come first; all others as they stand on the sheet."""


def _partners(use: Use, knowledge: Knowledge) -> tuple[str, ...]:
    """Whoever else may join beside the key institutions."""
    need = knowledge.needs.get(use.use_id)
    partners = need.partner_types if need else ()
    return tuple(kind for kind in partners if kind not in use.key_institution_types)


FILLS: dict[str, Callable[[Use, Knowledge], tuple[str, ...]]] = {
    "key_institution_types": lambda use, _: use.key_institution_types,
    "partner_types": _partners,
}
"""The closed list of tokens that stand for types of institutions of a use."""


def bodies_of(
    action: Action, uses: Sequence[str], institutions: Sequence[Institution], knowledge: Knowledge
) -> Bodies:
    """The bodies that a task on account of some uses is about.

    A task that asks for signatures names those that have not signed; what a use has settled, it
    does not ask for.

    Args:
        action: Its `fills_from` says which types of institutions it is about.
        uses: Those on whose account it is planned.
        institutions: The region's sheet, each with the use it would join.
        knowledge: Uses with their key and partner types.
    """
    parts = [_of_use(action, use_id, institutions, knowledge) for use_id in uses]
    return Bodies(
        _nearest(chain.from_iterable(part.named for part in parts)),
        _nearest(chain.from_iterable(part.signed for part in parts)),
        tuple(chain.from_iterable(part.sought for part in parts)),
    )


def _of_use(
    action: Action, use_id: str, institutions: Sequence[Institution], knowledge: Knowledge
) -> Bodies:
    types = _types(action, knowledge.use(use_id), knowledge)
    listed = [row for row in institutions if row.use == use_id and row.type in types]
    held = {row.type for row in listed}
    if not action.signs:
        sought = () if listed else types
        return Bodies(tuple(listed), (), tuple((use_id, kind) for kind in sought))
    asked = tuple(row for row in listed if row.status != "signed")
    # Without a key institution nothing begins, whoever else may be asked.
    keys = set(knowledge.use(use_id).key_institution_types)
    sought = tuple(kind for kind in types if kind not in held and (not asked or kind in keys))
    signed = tuple(row for row in listed if row.status == "signed")
    return Bodies(asked, signed, tuple((use_id, kind) for kind in sought))


def _types(action: Action, use: Use, knowledge: Knowledge) -> tuple[str, ...]:
    """The types of institutions, tokens replaced by the list of the use that they stand for."""
    found: dict[str, None] = {}
    for name in action.fills_from:
        of_use = FILLS.get(name)
        found |= dict.fromkeys(of_use(use, knowledge) if of_use else (name,))
    return tuple(found)


def _nearest(rows: Iterable[Institution]) -> tuple[Institution, ...]:
    return tuple(sorted(rows, key=lambda row: _BY_STATUS.get(row.status, len(_BY_STATUS))))
