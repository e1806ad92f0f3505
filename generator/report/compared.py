"""Plans to choose between: as proposed, both waves chosen as one, or what a step or signature opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.report.actions import month
from generator.report.alternatives import changed, noticed
from generator.report.answer import is_long
from generator.report.indicators import prepared_in
from generator.report.known import latest
from generator.report.money import in_one_unit
from generator.report.plan import Plan, proposed
from generator.report.projects import EFFECTS, amount_of
from generator.report.provisos import settled_by
from generator.report.tasklist import filed_from
from generator.report.votes import approved_in
from generator.report.worth import SOFTEST, dearer_by, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.model import Assessment
    from generator.report.voice import Voice

_FEW = 2
"""Plans that a long programme is weighed against."""
PREPARES = "development_reform"
"""The office that prepares what comes to a vote, unless a task or a use names another."""
_NAMED = 2
"""Uses that a choice names of those whose filing waits for it."""
_WORTH = 100
"""What the proposal is worth in the table of plans."""


class Change(NamedTuple):
    """A decision that would change the programme."""

    row: dict[str, str]
    by: int
    """The month of the vote, 0 the first: none of what its plans wait for is known later."""
    plans: tuple[Plan, ...] = ()
    """Those to choose between beside the proposal; none where nothing is chosen."""

    @property
    def touched(self) -> tuple[str, ...]:
        """The uses of the proposal that any of the plans changes, and that wait for the choice."""
        return tuple(dict.fromkeys(use for one in self.plans for use in one.touched))

    @property
    def is_of_both(self) -> bool:
        """Whether both waves chosen as one are among the plans."""
        return any(one.is_both for one in self.plans)


def choices(plans: Iterable[Plan], assessment: Assessment, voice: Voice) -> list[Change]:
    """The votes between the proposal and other plans: what would change the same project is one vote.

    Such plans exclude one another, so that nobody can vote on them one after the other. No more of
    them than there are letters, those that are better in all first, then those worth most.
    """
    groups: list[list[Plan]] = []
    for one in plans:
        joined = [
            group
            for group in groups
            if any(set(one.touched).intersection(plan.touched) for plan in group)
        ]
        groups = [group for group in groups if group not in joined]
        groups.append([*(plan for group in joined for plan in group), one])
    most = _FEW if is_long(assessment) else len(voice.say("decision.letters").split(";")) - 1
    own = proposed("", "", assessment, voice)
    # What is better in all is never left out for want of letters.
    kept = (
        sorted(group, key=lambda plan: (not plan.dominates(own), -plan.worth))[:most]
        for group in groups
    )
    return [
        _choice(sorted(plans, key=lambda plan: -plan.worth), assessment, voice) for plans in kept
    ]


def _choice(plans: Sequence[Plan], assessment: Assessment, voice: Voice) -> Change:
    """The row of a choice: short, since the table of plans says what each is and brings.

    It falls before anything is filed for the projects concerned, but not before it is known whether
    what the plans wait for came about, nor before the tasks that all filing waits for have ended.
    """
    uses = list(dict.fromkeys(use for one in plans for use in one.touched))
    months = (
        filed_from(uses, assessment),
        settled_by(assessment, voice),
        *(one.known for one in plans),
    )
    by = latest(months) or 0
    letters = voice.say("decision.letters").split(";")[: 1 + len(plans)]
    each = [voice.say("plans.proposed_short"), *(one.short for one in plans)]
    options = voice.clauses(
        voice.say("decision.option", letter=letter, text=text)
        for letter, text in zip(letters, each, strict=True)
    )
    *front, last = letters
    named = voice.say(
        "decision.or", first=voice.say("decision.letters_separator").join(front), last=last
    )
    row = {
        "decision": voice.say("decision.choice", options=options),
        "short": voice.say("decision.choose_short", letters=named, about=voice.uses(uses, _NAMED)),
        "by": month(by, assessment.region.plan_from, voice),
        "advice": _advice(plans, letters, assessment, voice),
    }
    return Change(row, by, tuple(plans))


def _advice(
    plans: Sequence[Plan], letters: Sequence[str], assessment: Assessment, voice: Voice
) -> str:
    """What is advised, and why: a plan that is better in all, else the one worth most and by what."""
    own, best = proposed("", "", assessment, voice), plans[0]
    first, letter = letters[:2]
    better = next((at for at, one in zip(letters[1:], plans, strict=True) if one.dominates(own)), "")  # fmt: skip
    if better:
        key = "better" if better == letter else "better_most"
        return voice.say(f"decision.advice_choice.{key}", letter=better, most=letter)
    if _hundredths(best.worth) <= _WORTH:
        return voice.say("decision.advice_choice.own", letter=first)
    if best.apart is None:
        return voice.say("decision.advice_choice.alone", letter=letter)
    if _hundredths(best.apart) > _WORTH:
        return voice.say("decision.advice_choice.yes", letter=letter)
    told = {
        name: best.effects.get(name, 0.0) - own.effects.get(name, 0.0)
        for name in EFFECTS
        if name != SOFTEST
    }
    rest = [
        voice.say(
            f"plans.more.{name}", letter=letter if told[name] > 0 else first,
            most=amount_of(name, max(one.effects.get(name, 0.0) for one in (own, best)), voice),
            least=amount_of(name, min(one.effects.get(name, 0.0) for one in (own, best)), voice),
        )
        for name in noticed(told)
    ]  # fmt: skip
    only = voice.say("decision.advice_choice.people", letter=letter)
    return voice.clauses([*rest, only])


def _hundredths(share: float) -> int:
    """A share as the table prints it."""
    return int(share * _WORTH + 0.5)


def _held(
    chosen: Sequence[tuple[str, Change]], assessment: Assessment, voice: Voice
) -> Iterator[str]:
    """By how much the proposal's own projects move back for a choice, as the tasks lay them out."""
    begun = set(assessment.programme.first.uses or assessment.programme.second.uses)
    for _, one in chosen:
        late = [one.by - filed_from((use,), assessment) for use in begun.intersection(one.touched)]
        most = max(late, default=0)
        if most > 0:
            key = voice.plural_key("plans.waits_held", most)
            yield voice.say(key, count=most)


def better_line(changes: Mapping[str, Change], assessment: Assessment, voice: Voice) -> str:
    """The plan that is better than the proposal in all, and what it waits for; empty without one.

    Args:
        changes: By the number of the decision.
        assessment: The results of one region.
        voice: Speaks.
    """
    own, letters = proposed("", "", assessment, voice), voice.say("decision.letters").split(";")
    for number, change in changes.items():
        for letter, one in zip(letters[1:], change.plans, strict=False):
            if one.dominates(own):
                more = {name: one.effects[name] - own.effects[name] for name in own.effects}
                less = own.capital - one.capital
                cost = voice.say("change.capital_less", amount=voice.about(less))
                parts = [*changed(more, voice), *([cost] if less > 0 else [])]
                return voice.sentence(
                    "point.better", "point.better", number=number, letter=letter, what=one.short,
                    changes=voice.say("effects.separator").join(parts), waits=one.conditions,
                )  # fmt: skip
    return ""


def apart_line(changes: Iterable[Change], voice: Voice) -> str:
    """What plans are worth without the people who could be served; empty where nothing else counts."""
    chosen = [one.plans for one in changes if one.plans]
    _, *letters = voice.say("decision.letters").split(";")
    parts = [
        voice.say("plans.apart", letter=letter, worth=voice.number(_WORTH * one.apart, 0))
        for plans in chosen
        for letter, one in zip(letters, plans, strict=False)
        if one.apart is not None
    ]
    if not parts or len(chosen) > 1:
        return ""
    return voice.say("plans.worth_apart", parts=voice.say("effects.separator").join(parts))


def worth_note(changes: Iterable[Change], assessment: Assessment, voice: Voice) -> str:
    """How the worth of plans is counted, and what it is without the people served; empty without any."""
    chosen = [one for one in changes if one.plans]
    if not chosen:
        return ""
    if dearer_by(assessment):
        return voice.run_on((voice.say("plans.worth_above"), apart_line(chosen, voice)))
    scale = scale_of(assessment)
    separator = voice.say("effects.separator")
    rule = voice.say(
        "plans.worth",
        most=separator.join(
            voice.say(f"change.of.{name}", value=amount_of(name, most, voice))
            for name, most in scale.most.items()
        ),
        weights=separator.join(
            voice.say(
                "programme.weight", effect=voice.say(f"programme.weight.{one.effect}"),
                share=voice.percent(one.weight),
            )
            for one in scale.aims
        ),
        least=voice.number(scale.least, 0),
    )  # fmt: skip
    return voice.run_on((rule, apart_line(chosen, voice)))


def plan_rows(
    changes: Mapping[str, Change], assessment: Assessment, voice: Voice
) -> tuple[list[dict[str, str]], str]:
    """The proposal and every plan to choose between, a row each; none where nothing is chosen.

    Args:
        changes: By the number of the decision.
        assessment: The results of one region.
        voice: Speaks.

    Returns:
        The rows, and the unit of their capital.
    """
    chosen = [(number, one) for number, one in changes.items() if one.plans]
    if not chosen:
        return [], ""
    found = assessment.programme
    both = found.first.projects and found.second.projects
    waits = ""
    if found.second.projects:
        waits = "plans.waits_proposed" if found.first.projects else "plans.waits_prepared"
    known = None if found.first.projects else prepared_in(assessment, voice)
    if known is not None:
        waits = "plans.waits_prepared_by"
    by = month(known or 0, assessment.region.plan_from, voice)
    parts = [*([voice.say(waits, by=by)] if waits else []), *_held(chosen, assessment, voice)]
    own = proposed(
        voice.say("plans.proposed" if both else "plans.proposed_short"), voice.clauses(parts),
        assessment, voice,
    )  # fmt: skip
    first, *letters = voice.say("decision.letters").split(";")
    # The proposal is chosen or not in the same vote as what would take its place.
    whole = (
        chosen[0][1].row["by"]
        if chosen
        else month(approved_in(assessment), assessment.region.plan_from, voice)
    )
    told = [("", first, whole, own)] + [
        (number, letter if len(chosen) == 1 else voice.say("plans.label", number=number, letter=letter), one.row["by"], plan)
        for number, one in chosen
        for letter, plan in zip(letters, one.plans, strict=False)
    ]  # fmt: skip
    capital, unit = in_one_unit([(plan.capital, plan.capital) for *_, plan in told], voice)
    rows = [
        {
            "number": number, "plan": label, "what": plan.what, "short": plan.short,
            "waits": plan.waits, "conditions": plan.conditions or plan.waits, "voted": voted,
            "worth": voice.number(_WORTH * plan.worth, 0), "capital": cost,
            "worth_apart": _apart(plan, own, voice),
            **{
                name: amount_of(name, plan.effects[name], voice)
                if plan.effects.get(name)
                else voice.say("none")
                for name in EFFECTS
            },
        }
        for (number, label, voted, plan), cost in zip(told, capital, strict=True)
    ]  # fmt: skip
    return rows, unit


def _apart(plan: Plan, own: Plan, voice: Voice) -> str:
    """What a plan is worth without the people who could be served; empty where nothing else counts."""
    if plan is own:
        return str(_WORTH)
    return "" if plan.apart is None else voice.number(_WORTH * plan.apart, 0)
