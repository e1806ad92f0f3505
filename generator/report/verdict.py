"""How firm the place of a project is: one verdict, in which the weakest share counts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from generator.model import Assessment
    from generator.model.programme import Project
    from generator.report.voice import Voice

Word = Literal["firm", "close", "open"]
WORDS: tuple[Word, ...] = ("firm", "close", "open")


class Verdict(Struct, frozen=True):
    """In which share of what was tried a project keeps its place; None where nothing was."""

    shortlisted: float | None
    """Of the draws of inputs and weights, that shortlist it; None where the next share says more."""
    chosen: float | None
    """Of the first waves solved again in draws of everything, that hold it at any size and place."""
    least_chosen: float | None
    """The least such share, whether costs move together or apart."""
    kept: int | None
    """Of the scenarios that apply, those whose first wave holds it."""
    resized: int
    """Of those, the ones that hold it at another size or site."""
    scenarios: int
    firm_from: float
    """Percent from which a share is called firm; below `open_below` it is open."""
    open_below: float

    @property
    def shares(self) -> dict[str, float]:
        """What was tried and its share, as the verdict counts it."""
        kept = self.kept / self.scenarios if self.kept is not None else None
        tried = {"kept": kept, "shortlisted": self.shortlisted, "chosen": self.least_chosen}
        return {name: share for name, share in tried.items() if share is not None}

    @property
    def word(self) -> Word | None:
        """The verdict; None of a project of the second wave, which was not chosen again."""
        if self.kept is None and self.chosen is None:
            return None
        weakest = min(self.shares.values())
        percent = math.floor(weakest * 100 + 0.5)  # the word follows what is printed
        if percent >= self.firm_from:
            return "firm"
        return "close" if percent >= self.open_below else "open"


def verdict(one: Project, assessment: Assessment) -> Verdict:
    """What the draws, the reruns and the scenarios say of a project of either wave."""
    known = assessment.knowledge
    order = assessment.robustness.order("value", one.category)
    listed = {use.use_id: use.p_shortlisted for use in order.uses} if order else {}
    tried = [each for each in assessment.scenarios if each.is_applicable]
    is_first = one.use_id in assessment.programme.first.uses
    held = [at for each in tried for at in each.first if at.use_id == one.use_id]
    chosen = one.chosen_in if is_first else None
    return Verdict(
        shortlisted=listed.get(one.use_id) if chosen is None else None,
        chosen=chosen,
        least_chosen=None if chosen is None else min(chosen, *(one.chosen_at_ends or (chosen,))),
        kept=len(held) if tried and is_first else None,
        resized=sum((at.size, at.place.number) != (one.size, one.place.number) for at in held),
        scenarios=len(tried),
        firm_from=known.assumed("firm_share_pct"),
        open_below=known.assumed("band_ahead_pct"),
    )


def weakest(one: Project, assessment: Assessment, voice: Voice) -> str:
    """The share that decides the verdict, in percent; empty of a project of the second wave."""
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


def by_word(assessment: Assessment) -> dict[Word, list[Project]]:
    """The projects of the first wave by verdict, words without one left out."""
    told = [(verdict(one, assessment).word, one) for one in assessment.programme.first.projects]
    groups = {word: [one for own, one in told if own == word] for word in WORDS}
    return {word: own for word, own in groups.items() if own}
