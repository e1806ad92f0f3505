"""What the plans to choose between differ on: projects that are candidates, and sizes that stay open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.report.compared import Change
    from generator.report.voice import Voice


def candidates(later: Iterable[Change], uses: Iterable[str]) -> dict[str, str]:
    """The month of the choice by use, for those of `uses` that a plan to choose does without or delays.

    Args:
        later: The decisions of later votes.
        uses: The projects whose preparation is decided on.
    """
    own = list(uses)
    return {use: one.row["by"] for one in later for use in own if use in _without(one)}


def waiting(later: Iterable[Change]) -> dict[str, str]:
    """The month of the choice by use, for all that a plan to choose does without, delays or resizes."""
    return {use: one.row["by"] for one in later for use in one.touched}


def kinds(later: Iterable[Change], uses: Iterable[str]) -> list[dict[str, str]]:
    """The projects held for a choice: `row`, only a candidate, or `size`, of which size or place is open.

    Args:
        later: The decisions of later votes.
        uses: The projects whose preparation is decided on.
    """
    own, found = list(uses), list(later)
    rivals = candidates(found, own)
    return [
        {"use_id": use, "kind": "row" if use in rivals else "size", "by": by}
        for use, by in waiting(found).items()
        if use in own
    ]


def held(later: Sequence[Change], uses: Sequence[str], voice: Voice) -> Iterator[str]:
    """Which projects are only candidates, and whose size or place is open, until which month.

    Args:
        later: The decisions of later votes.
        uses: The projects whose preparation is decided on.
        voice: Speaks.
    """
    for one in later:
        rivals = _without(one)
        touched = [use for use in uses if use in one.touched]
        waiting = [use for use in touched if use in rivals]
        others = "decision.open_as_long" if waiting else "decision.open_until"
        for key, own in (
            ("decision.held_until", waiting),
            (others, [use for use in touched if use not in rivals]),
        ):
            if own:
                yield voice.say(
                    voice.plural_key(key, len(own)), by=one.row["by"],
                    waiting=voice.join(_head(use, voice) for use in own),
                )  # fmt: skip


def _without(one: Change) -> set[str]:
    """The uses of the proposal that a plan of a choice does without, or only begins later."""
    found: set[str] = set()
    for plan in one.plans:
        found.update(plan.rival.gone)
        if plan.rival.decision is not None:
            found.update(plan.rival.decision.yes.later)
    return found


def _head(use_id: str, voice: Voice) -> str:
    """The name of a use as far as the first sign at which a long name may end."""
    cut, *_ = voice.say("chart.task_cuts").split(";")
    return voice.use(use_id).partition(cut)[0]
