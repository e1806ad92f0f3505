"""What is still to be sent, by what the ledger says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.codes import Code
from generator.delivery.ledger import key_of
from generator.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.delivery.ledger import Entry, Key
    from generator.delivery.plan import Plan
    from generator.model import Errand, Item

_HELD = {"unknown": Code.SENT_BEFORE_UNKNOWN, "failed": Code.SENT_BEFORE_FAILED}


@dataclass(frozen=True, slots=True)
class Due:
    """What is still to be sent of an errand."""

    errand: Errand
    items: tuple[Item, ...]


def due(
    plan: Plan, entries: Sequence[Entry], resent: frozenset[str]
) -> tuple[list[Due], list[Problem]]:
    """What the ledger leaves to send, and what it holds back until a person decides.

    Args:
        plan: Who gets what.
        entries: The ledger of this campaign.
        resent: Which of `RESENT` go out again.
    """
    known = {one.key: one for one in entries}
    found, held = [], []
    for errand in plan.errands:
        items = []
        for item in errand.items:
            entry = known.get(key_of(errand, item))
            code = _held(entry, item, resent)
            if code is None:
                items.append(item)
            elif code and entry:
                held.append(
                    problem(
                        code, item.origin, path=item.enclosure.path, on=entry.changed_at[:10],
                        detail=entry.detail,
                    )
                )  # fmt: skip
        if items:
            found.append(Due(errand, tuple(items)))
    return found, held


def _held(entry: Entry | None, item: Item, resent: frozenset[str]) -> str | None:
    """None for what is to be sent, a code for what waits for a decision, empty for what is done."""
    if entry is None or entry.state == "planned":
        return None
    if entry.state == "sent":
        is_same = entry.sha256 == item.enclosure.sha256
        return "" if is_same else None if "changed" in resent else Code.SENT_BEFORE_CHANGED
    state = "failed" if entry.state == "failed" else "unknown"
    return None if state in resent else _HELD[state]


def keys_of(plan: Plan) -> set[Key]:
    """What the ledger knows the documents of a plan by."""
    return {key_of(errand, item) for errand in plan.errands for item in errand.items}
