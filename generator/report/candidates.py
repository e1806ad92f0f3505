"""Projects that the plans to choose between differ on: candidates until that choice, only studied."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.report.compared import Change
    from generator.report.voice import Voice


def candidates(later: Iterable[Change], uses: Iterable[str]) -> dict[str, str]:
    """The month of the choice by use, for those of `uses` that a later choice may replace or change.

    Args:
        later: The decisions of later votes.
        uses: The projects whose preparation is decided on.
    """
    own = list(uses)
    return {use: one.row["by"] for one in later for use in own if use in one.touched}


def held(later: Sequence[Change], uses: Sequence[str], voice: Voice) -> Iterator[str]:
    """Which projects are only candidates, and until which month.

    Args:
        later: The decisions of later votes.
        uses: The projects whose preparation is decided on.
        voice: Speaks.
    """
    for one in later:
        waiting = [_head(use, voice) for use in candidates([one], uses)]
        if waiting:
            yield voice.say(
                voice.plural_key("decision.held_until", len(waiting)),
                waiting=voice.several(waiting, len(waiting)), by=one.row["by"],
            )  # fmt: skip


def _head(use_id: str, voice: Voice) -> str:
    """The name of a use as far as the first sign at which a long name may end."""
    cut, *_ = voice.say("chart.task_cuts").split(";")
    return voice.use(use_id).partition(cut)[0]
