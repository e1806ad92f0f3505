"""What another run of the same region changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS, Difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.analysis.core import Core

_SAME = 1e-9


def compare(
    base: Core, base_selected: Sequence[str], other: Core, other_selected: Sequence[str]
) -> Difference:
    """The uses that enter, leave, become viable or are chosen, and the points that move.

    Args:
        base: The run that the brief rests on.
        base_selected: Its portfolio.
        other: The run under other conditions; a use that it drops counts as left, not as changed.
        other_selected: Its portfolio.
    """
    before, after = base.readiness, other.readiness
    listed = [use_id for category in LISTS for use_id in before.shortlist[category]]
    relisted = [use_id for category in LISTS for use_id in after.shortlist[category]]
    common = [use_id for use_id in before.uses if use_id in after.uses]

    def turned(start: str) -> tuple[str, ...]:
        return tuple(
            use_id
            for use_id in common
            if before.uses[use_id].viability != after.uses[use_id].viability
            and (before if start == "before" else after).uses[use_id].viability == "viable"
        )

    moved = {
        use_id: after.uses[use_id].low - before.uses[use_id].low
        for use_id in common
        if abs(after.uses[use_id].low - before.uses[use_id].low) > _SAME
    }
    statuses = base.screening.uses, other.screening.uses
    worth = (
        sum(run.benefit.uses[use_id].low for use_id in chosen)
        for run, chosen in ((other, other_selected), (base, base_selected))
    )
    return Difference(
        entered=tuple(use_id for use_id in relisted if use_id not in listed),
        left=tuple(use_id for use_id in listed if use_id not in relisted),
        became_viable=turned("after"),
        lost_viability=turned("before"),
        law_changed=tuple(
            use_id
            for use_id, found in statuses[0].items()
            if use_id in statuses[1] and statuses[1][use_id].status != found.status
        ),
        readiness=moved,
        added=tuple(use_id for use_id in other_selected if use_id not in base_selected),
        removed=tuple(use_id for use_id in base_selected if use_id not in other_selected),
        benefit=next(worth) - next(worth),
        reordered={
            category: after.shortlist[category]
            for category in LISTS
            if _common(before.shortlist[category], after.shortlist[category])
            != _common(after.shortlist[category], before.shortlist[category])
        },
    )


def _common(ids: Sequence[str], others: Sequence[str]) -> list[str]:
    """The ids that also stand among the others, in their own order."""
    return [use_id for use_id in ids if use_id in others]
