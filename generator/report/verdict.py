"""How stable the choice of a project is: one word of either wave, by the weakest of three shares.

A word holds for draws and scenarios alike: high from `firm_share_pct`, medium from
`likely_share_pct`, else low. What a single uncertain value takes out within its range is not high.
It tells how the calculation chooses, and nothing of what a project still lacks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model import Assessment, Measurement, ScenarioResult
    from generator.model.programme import Placement, Project, Wave
    from generator.report.voice import Voice

Word = Literal["high", "medium", "low"]
WORDS: tuple[Word, ...] = ("high", "medium", "low")
_FROM: dict[Word, str] = {"high": "firm_share_pct", "medium": "likely_share_pct"}
"""The assumptions from which the first two words hold."""


class Verdict(Struct, frozen=True):
    """In which share of what was tried a project keeps its place; None where nothing was.

    A project of the first wave keeps it there, one of the second in either.
    """

    shortlisted: float | None
    """Of the draws of inputs and weights, that shortlist it; None where the next share says more."""
    chosen: float | None
    """Of the waves solved again in draws of everything, that hold it at any size and place."""
    least_chosen: float | None
    """The least such share, whether costs move together or apart."""
    kept: int | None
    """Of the scenarios that apply, those in which it keeps its place."""
    resized: int
    """Of those, the ones that hold it at another size or site."""
    scenarios: int
    lost_in: tuple[ScenarioResult, ...]
    """The scenarios in which it does not."""
    turning: tuple[Measurement, ...]
    """The values an end of whose range takes it out, the most telling first."""
    high_from: float
    """Percent from which a share is high; from `medium_from` it is medium, below that low."""
    medium_from: float

    @property
    def shares(self) -> dict[str, float]:
        """What was tried and its share, as the verdict counts it."""
        kept = self.kept / self.scenarios if self.kept is not None else None
        tried = {"kept": kept, "shortlisted": self.shortlisted, "chosen": self.least_chosen}
        return {name: share for name, share in tried.items() if share is not None}

    @property
    def word(self) -> Word | None:
        """The verdict; None where neither scenarios nor waves solved again tried it."""
        if self.kept is None and self.chosen is None:
            return None
        if self.is_often and not self.turning:
            return "high"
        return "medium" if self._percent >= self.medium_from else "low"

    @property
    def is_often(self) -> bool:
        """Whether the shares alone would make it high."""
        return self._percent >= self.high_from

    @property
    def _percent(self) -> int:
        """The weakest share in percent; the word follows what is printed."""
        return math.floor(min(self.shares.values()) * 100 + 0.5)


def verdict(one: Project, assessment: Assessment) -> Verdict:
    """What the draws, the reruns and the scenarios say of a project of either wave."""
    known = assessment.knowledge
    order = assessment.robustness.order("value", one.category)
    listed = {use.use_id: use.p_shortlisted for use in order.uses} if order else {}
    tried = [each for each in assessment.scenarios if each.is_applicable]
    is_first = _begins(one, assessment)
    held = [
        {
            (at.size, at.place.number)
            for at in _places(each, one, assessment, is_first=is_first)
            if at.use_id == one.use_id
        }
        for each in tried
    ]
    chosen = one.chosen_in
    return Verdict(
        shortlisted=listed.get(one.use_id) if chosen is None else None,
        chosen=chosen,
        least_chosen=None if chosen is None else min(chosen, *(one.chosen_at_ends or (chosen,))),
        kept=sum(map(bool, held)) if tried else None,
        resized=sum(bool(at) and (one.size, one.place.number) not in at for at in held),
        scenarios=len(tried),
        lost_in=tuple(each for each, at in zip(tried, held, strict=True) if not at),
        turning=tuple(
            each
            for each in assessment.measurements
            if one.use_id in (each.leaves if is_first else each.drops)
        ),
        high_from=known.assumed(_FROM["high"]),
        medium_from=known.assumed(_FROM["medium"]),
    )


def _begins(one: Project, assessment: Assessment) -> bool:
    """Whether a project is of the first wave; a use may stand in both, at two sites."""
    return any(
        (at.use_id, at.place.number) == (one.use_id, one.place.number)
        for at in assessment.programme.first.projects
    )


def _places(
    tried: ScenarioResult, one: Project, assessment: Assessment, *, is_first: bool
) -> tuple[Placement, ...]:
    """Where a project may stand in a scenario: one that is prepared may as well begin at once."""
    if is_first:
        return tried.first
    is_in_both = one.use_id in assessment.programme.first.uses
    return tried.second if is_in_both else (*tried.first, *tried.second)


def weakest(one: Project, assessment: Assessment, voice: Voice) -> str:
    """The share that decides the verdict, in percent; empty while nothing was tried."""
    found = verdict(one, assessment)
    return "" if found.word is None else voice.percent(min(found.shares.values()))


def shares(one: Project, assessment: Assessment, voice: Voice) -> Iterable[str]:
    """Every share in words, the draws that shortlist a project first."""
    found = verdict(one, assessment)
    for name in ("shortlisted", "chosen", "kept"):
        if name in found.shares:
            yield _share(name, found, voice)


def _share(name: str, found: Verdict, voice: Voice) -> str:
    if name == "kept":
        key = "firm.kept_resized" if found.kept and found.resized else "firm.full.kept"
        return voice.say(key, count=found.kept, of=found.scenarios, resized=found.resized)
    share = voice.percent((found.shortlisted if name == "shortlisted" else found.chosen) or 0.0)
    if name == "shortlisted":
        return voice.say("firm.full.shortlisted", share=share)
    least = voice.percent(found.least_chosen or 0.0)
    key = "firm.full.chosen" if least == share else "firm.full.chosen_least"
    return voice.say(key, share=share, least=least)


def thresholds(voice: Voice) -> dict[str, str]:
    """The least shares of what is high and medium, in percent."""
    return {
        word: voice.percent(voice.knowledge.assumed(name) / 100) for word, name in _FROM.items()
    }


def by_word(assessment: Assessment, wave: Wave | None = None) -> dict[Word, list[Project]]:
    """The projects of a wave by verdict, of the first unless another is given; words without one left out."""
    projects = (wave or assessment.programme.first).projects
    told = [(verdict(one, assessment).word, one) for one in projects]
    groups = {word: [one for own, one in told if own == word] for word in WORDS}
    return {word: own for word, own in groups.items() if own}
