"""Which of several plans is advised and why, and what each has more and less of than the proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.choices.known import awaited_in
from generator.choices.rivals import own_plan
from generator.choices.worth import SOFTEST
from generator.report.actions import month
from generator.report.differences import between, changed, noticed
from generator.report.money import apart, step_of
from generator.report.plan import beyond_limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Assessment
    from generator.model.choices import Rival
    from generator.report.plan import Plan
    from generator.report.voice import Voice

WORTH = 100
"""What the proposal is worth in the table of plans."""
_ALIKE = 2
"""Hundredths within which two plans are worth about the same."""
_CHEAP = 0.05
"""CNY m that are no difference."""


def hundredths(share: float) -> int:
    """A share as the table prints it."""
    return int(share * WORTH + 0.5)


class Weighed(NamedTuple):
    """A plan with its letter in the table."""

    letter: str
    plan: Plan

    @property
    def rival(self) -> Rival:
        """What it brings and costs."""
        return self.plan.rival

    @property
    def worth(self) -> int:
        """As the table prints it, the proposal being 100."""
        return hundredths(self.plan.rival.worth)

    def without(self, effect: str) -> int:
        """The same without one effect."""
        return hundredths(self.plan.rival.apart.get(effect, self.plan.rival.worth))

    def hangs_on(self, other: Rival) -> str:
        """The effect without which it is worth noticeably less than another plan; empty for none."""
        worse = {
            name: share - other.apart.get(name, 1.0)
            for name, share in self.plan.rival.apart.items()
            if hundredths(share) < hundredths(other.apart.get(name, 1.0)) - _ALIKE
        }
        if SOFTEST in worse:
            return SOFTEST
        return min(worse, key=lambda name: worse[name], default="")


def advice(
    plans: Sequence[Weighed], by: int, assessment: Assessment, voice: Voice
) -> str:  # fmt: skip
    """What is advised, resolved: which plan if its condition came about, and what if none did.

    What is better in all comes first, then what is worth more by the weights whether or not the
    people who could be served count; what leads by one effect alone says which. No full stop ends it.

    Args:
        plans: Those beside the proposal, that which is worth most first.
        by: The month of the choice, 0 the first.
        assessment: The results of one region.
        voice: Speaks.
    """
    own = own_plan(assessment)
    larger = [one for one in plans if one.rival.kind == "larger"]
    rest = [one for one in plans if one.rival.kind != "larger"]
    better = [one for one in rest if one.rival.dominates(own)]
    ahead = [one for one in rest if one not in better and one.worth > WORTH]
    sound = [] if better else [one for one in ahead if one.hangs_on(own) != SOFTEST]
    advised = [*better, *sound]
    parts = [
        (_better if one in better else _worth)(one, place, by, assessment, voice)
        for place, one in enumerate(advised)
    ]
    key = "plans.advice.else" if advised else "plans.advice.own"
    parts.append(voice.say(key, letter=voice.say("decision.letters").split(";")[0]))
    most = max((one.worth for one in advised), default=WORTH)
    parts += [
        _only(one, advised[0] if advised else None, own, voice)
        for one in ahead
        if one not in advised and one.worth > most
    ]
    parts += [
        voice.say("plans.advice.larger", letter=one.letter, over=beyond_limit(one.rival, voice))
        for one in larger
    ]
    return voice.say("plans.advice.separator").join(parts)


def against_lines(
    plans: Sequence[Weighed], assessment: Assessment, voice: Voice
) -> Iterator[str]:  # fmt: skip
    """A sentence for each plan: what it has more and less of than the proposal, capital included."""
    own = own_plan(assessment)
    first = voice.say("decision.letters").split(";")[0]
    for place, one in enumerate(plans):
        more, less = _moved(one.rival, own, voice)
        moved = _and(more or less, voice)
        if more and less:
            moved = voice.say("plans.more_less", more=moved, less=_and(less, voice))
        if moved:
            key = "plans.against_next" if place else "plans.against"
            yield voice.say(key, letter=one.letter, own=first, moved=moved)
        same = _same_people(one.rival, own, assessment)
        if same:
            yield voice.say("plans.people_same", letter=one.letter, gone=voice.uses(same))


def gains(one: Rival, own: Rival, voice: Voice) -> str:
    """What a plan that is better in all has more of than another, less capital included."""
    more, _ = _moved(one, own, voice)
    return _and(more, voice)


def _moved(one: Rival, own: Rival, voice: Voice) -> tuple[list[str], list[str]]:
    """What is better and what is worse in one plan than in another, each with its amount."""
    moved = between(one.effects, own.effects)
    more, less = (
        changed({name: gap for name, gap in moved.items() if way * gap > 0}, voice, is_printed=True)
        for way in (1, -1)
    )
    capital = one.capital - own.capital
    # In the step of the table of plans.
    least = min(one.capital, own.capital)
    amount = apart(one.capital, own.capital, step_of((least, least), voice), voice)
    if amount and abs(capital) >= _CHEAP:
        key = "change.capital_more" if capital > 0 else "change.capital_less"
        (less if capital > 0 else more).append(voice.say(key, amount=amount))
    return more, less


def _same_people(one: Rival, own: Rival, assessment: Assessment) -> list[str]:
    """Uses that a plan does without although it reaches as many people; others reach these as well."""
    if SOFTEST in noticed(between(one.effects, own.effects)):
        return []
    serving = {
        each.use_id for each in assessment.programme.projects if each.effects.get(SOFTEST, 0.0) > 0
    }
    return [use for use in one.gone if use in serving]


def _if(
    one: Weighed,
    place: int,
    by: int,
    assessment: Assessment,
    voice: Voice,
    *,
    running: bool = False,
) -> dict[str, str]:
    """The words that a plan is chosen by: its letter, what must have come about, whether as the first.

    Of one that is better in all that is worked out, its running cost must be no worse; `running` says so.
    """
    asked, start = one.rival.decision, assessment.region.plan_from
    alone = asked is not None and not asked.gates and not asked.yes.waits
    known = awaited_in(asked, assessment) if asked is not None and alone else one.rival.known
    when = month(by if known is None else known, start, voice)
    over = one.rival.beyond
    own = voice.say("decision.letters").split(";")[0]
    money = voice.say("plans.if.money", over=beyond_limit(one.rival, voice)) if over else ""
    money += voice.say("plans.if.running", own=own) if running else ""
    condition = voice.say("plans.if.other", by=when, money=money)
    if asked is not None and alone and asked.step is not None:
        condition = voice.say("plans.if.step", by=when, money=money)
    elif asked is not None and alone and asked.kind == "signature":
        condition = voice.say("plans.if.signed", by=when, money=money)
    return {
        "choose": voice.say("plans.advice.next" if place else "plans.advice.first"),
        "condition": condition, "letter": one.letter,
        "own": own,
    }  # fmt: skip


def _better(one: Weighed, place: int, by: int, assessment: Assessment, voice: Voice) -> str:
    """That a plan is better in all, once its condition is met."""
    return voice.say("plans.advice.better", **_if(one, place, by, assessment, voice, running=True))


def _worth(one: Weighed, place: int, by: int, assessment: Assessment, voice: Voice) -> str:
    """That a plan is worth more by the weights, what it is worth without the people, what it hangs on."""
    args = _if(one, place, by, assessment, voice)
    told = voice.say("plans.advice.worth", worth=one.worth, **args)
    if SOFTEST in one.rival.apart and one.without(SOFTEST) != one.worth:
        apart = one.without(SOFTEST)
        key = "alike" if abs(apart - WORTH) <= _ALIKE else "apart"
        told += voice.say(f"plans.advice.{key}", apart=apart, own=args["own"])
    effect = one.hangs_on(own_plan(assessment))
    if effect:
        told += voice.say(
            "plans.advice.hangs", effect=voice.say(f"plans.effect.{effect}"),
            apart=one.without(effect),
        )  # fmt: skip
    return told


def _only(one: Weighed, better: Weighed | None, own: Rival, voice: Voice) -> str:
    """That a plan is worth more by the weights through one effect alone, and what one must prefer for it."""
    base = own if better is None else better.rival
    first = voice.say("decision.letters").split(";")[0]
    effect = one.hangs_on(base)
    moved = between(one.rival.effects, base.effects)
    gains = [f"plans.effect.{name}" for name in noticed(moved) if moved[name] > 0]
    losses = [f"plans.effect.{name}" for name in noticed(moved) if moved[name] < 0]
    if abs(one.rival.capital - base.capital) >= _CHEAP:
        is_dearer = one.rival.capital > base.capital
        (losses if is_dearer else gains).append(
            "plans.effect.capital" if is_dearer else "plans.effect.saved"
        )
    others = [*([] if better is None else [(better.letter, better.worth)]), (first, WORTH)]
    args = {
        "letter": one.letter, "worth": one.worth, "others": voice.say("effects.separator").join(
            voice.say("plans.apart", letter=letter, worth=worth) for letter, worth in others
        ),
        "gains": _and([voice.say(key) for key in gains], voice),
        "losses": _and([voice.say(key) for key in losses], voice),
    }  # fmt: skip
    told = voice.say("plans.advice.only" if losses else "plans.advice.only_plain", **args)
    if effect:
        told += voice.say(
            f"plans.advice.only_{'people' if effect == SOFTEST else 'effect'}",
            effect=voice.say(f"plans.effect.{effect}"), apart=one.without(effect),
        )  # fmt: skip
    if not one.rival.beyond:
        return told
    return told + voice.say("plans.advice.only_money", over=beyond_limit(one.rival, voice))


def _and(texts: Sequence[str], voice: Voice) -> str:
    """An enumeration that ends with a word for and."""
    *front, last = texts or [""]
    if not front:
        return last
    return voice.say("plans.and", first=voice.say("plans.list").join(front), last=last)
