"""Plans to choose between: as proposed, both waves chosen as one, or what a step or signature opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.choices.rivals import own_plan, people_apart
from generator.choices.worth import scale_of
from generator.report.actions import month
from generator.report.indicators import prepared_in
from generator.report.money import in_one_unit
from generator.report.plan import Plan, proposed, told
from generator.report.planadvice import WORTH, Weighed, advice, against_lines, gains
from generator.report.projects import EFFECTS, amount_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.model import Assessment
    from generator.model.choices import PlanChoice
    from generator.report.voice import Voice

_NAMED = 2
"""Uses that a choice names of those whose filing waits for it."""


class Change(NamedTuple):
    """A decision that would change the programme."""

    row: dict[str, str]
    by: int
    """The month of the vote, 0 the first: none of what its plans wait for is known later."""
    plans: tuple[Plan, ...] = ()
    """Those to choose between beside the proposal; none where nothing is chosen."""

    @property
    def touched(self) -> tuple[str, ...]:
        """The uses of the proposal that wait for the choice; none where only a size is chosen."""
        others = (one.rival for one in self.plans if one.rival.kind != "larger")
        return tuple(dict.fromkeys(use for one in others for use in one.touched))


def choices(assessment: Assessment, voice: Voice) -> list[Change]:
    """The votes between the proposal and other plans, each a row with its plans in words."""
    return [_choice(one, assessment, voice) for one in assessment.choices]


def _choice(choice: PlanChoice, assessment: Assessment, voice: Voice) -> Change:
    """The row of a choice: short, since the table of plans says what each is and brings."""
    plans = tuple(told(one, assessment, voice) for one in choice.rivals)
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
    uses = voice.uses(choice.uses, _NAMED)
    row = {
        "decision": voice.say("decision.choice", options=options),
        "short": voice.say("decision.choose_short", letters=named, about=uses),
        "by": month(choice.by, assessment.region.plan_from, voice),
        "advice": advice(_lettered(plans, voice), choice.by, assessment, voice),
    }
    return Change(row, choice.by, plans)


def _lettered(plans: Iterable[Plan], voice: Voice) -> list[Weighed]:
    """Plans beside the proposal with their letters."""
    _, *letters = voice.say("decision.letters").split(";")
    return [Weighed(letter, one) for letter, one in zip(letters, plans, strict=False)]


def plan_lines(changes: Iterable[Change], assessment: Assessment, voice: Voice) -> str:
    """What each plan has more and less of than the proposal, a sentence each; empty without any.

    Of several choices none is told: their letters would be the same.
    """
    chosen = [one for one in changes if one.plans]
    if len(chosen) != 1:
        return ""
    return voice.run_on(against_lines(_lettered(chosen[0].plans, voice), assessment, voice))


def limit_note(changes: Iterable[Change], assessment: Assessment, voice: Voice) -> str:
    """The upper ends with contingencies beside the limit of money, where those of a plan pass it; else empty."""
    chosen, limit = [one for one in changes if one.plans], assessment.programme.money_limit
    if len(chosen) != 1 or limit is None:
        return ""
    letters = voice.say("decision.letters").split(";")
    plans = (own_plan(assessment), *(one.rival for one in chosen[0].plans))
    if not any(one.beyond for one in plans):
        return ""
    share = assessment.knowledge.assumed("contingency")
    ends = [one.upper * (1.0 + share) for one in plans]
    # In the step of the table's own column.
    beside = [one.capital for one in plans]
    texts, unit = in_one_unit([(one, one) for one in (*ends, limit, *beside)], voice)
    count = len(plans)
    return voice.say(
        "plans.contingency", share=voice.percent(share), limit=texts[count], unit=unit,
        parts=voice.say("effects.separator").join(
            voice.say("plans.apart", letter=letter, worth=text)
            for letter, text in zip(letters, texts[:count], strict=False)
        ),
    )  # fmt: skip


def better_line(changes: Mapping[str, Change], assessment: Assessment, voice: Voice) -> str:
    """The plan that is better than the proposal in all, and what it waits for; empty without one.

    Args:
        changes: By the number of the decision.
        assessment: The results of one region.
        voice: Speaks.
    """
    own, letters = own_plan(assessment), voice.say("decision.letters").split(";")
    for change in changes.values():
        for letter, one in zip(letters[1:], change.plans, strict=False):
            if one.rival.dominates(own):
                return voice.sentence(
                    "point.better", "point.better", letter=letter, waits=one.conditions or one.waits,
                    moved=gains(one.rival, own, voice),
                )  # fmt: skip
    return ""


def only_rival(changes: Mapping[str, Change]) -> tuple[str, Change] | None:
    """The one choice between the proposal and one other plan, with the number of its decision."""
    found = [(number, one) for number, one in changes.items() if one.plans]
    return found[0] if len(found) == 1 and len(found[0][1].plans) == 1 else None


def rival_row(
    row: Mapping[str, object], change: Change, cost: str, assessment: Assessment, voice: Voice
) -> dict[str, object]:
    """The decision that prepares a choice of two, with what the other plan is, brings and waits for.

    A table of two plans says no more, and the proposal seems the weaker one without the rule.

    Args:
        row: The decision.
        change: The choice that it prepares.
        cost: What the steps of the plan cost; empty without any.
        assessment: The results of one region.
        voice: Speaks.
    """
    plan = change.plans[0]
    letter = voice.say("decision.letters").split(";")[1]
    against = plan_lines([change], assessment, voice)
    return {
        **row,
        # Who asks stands with what the plan waits for.
        "apart": "",
        "terms": voice.say(
            "decision.sought_plan", letter=letter, what=plan.short,
            waits=voice.clauses(filter(None, (plan.conditions or plan.waits, cost))),
            advice=change.row["advice"],
        ),
        "yes_brief": voice.say(
            "decision.sought_rule",
            by=change.row["by"],
            against=against,
        ),
    }  # fmt: skip


def apart_line(changes: Iterable[Change], voice: Voice) -> str:
    """What plans are worth without the people who could be served; empty where nothing else counts."""
    chosen = [one.plans for one in changes if one.plans]
    _, *letters = voice.say("decision.letters").split(";")
    parts = [
        voice.say("plans.apart", letter=letter, worth=voice.number(WORTH * apart, 0))
        for plans in chosen
        for letter, one in zip(letters, plans, strict=False)
        if (apart := people_apart(one.rival)) is not None
    ]
    if not parts or len(chosen) > 1:
        return ""
    return voice.say("plans.worth_apart", parts=voice.say("effects.separator").join(parts))


def worth_note(changes: Iterable[Change], assessment: Assessment, voice: Voice) -> str:
    """How the worth of plans is counted, and what it is without the people served; empty without any."""
    chosen = [one for one in changes if one.plans]
    if not chosen:
        return ""
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
) -> tuple[list[dict[str, str]], str, str]:
    """The proposal and every plan to choose between, a row each; none where nothing is chosen.

    Args:
        changes: By the number of the decision.
        assessment: The results of one region.
        voice: Speaks.

    Returns:
        The rows, the unit of their capital, and the limit of money in it; empty where there is none.
    """
    chosen = [(number, one) for number, one in changes.items() if one.plans]
    if not chosen:
        return [], "", ""
    found = assessment.programme
    both = found.first.projects and found.second.projects
    waits = "plans.waits_prepared"
    known = None if found.first.projects else prepared_in(assessment, voice)
    if known is not None:
        waits = "plans.waits_prepared_by"
    by = month(known or 0, assessment.region.plan_from, voice)
    own = proposed(
        voice.say("plans.proposed" if both else "plans.proposed_short"),
        voice.say(waits, by=by),
        assessment, voice,
    )  # fmt: skip
    first, *letters = voice.say("decision.letters").split(";")
    # The proposal is chosen or not in the same vote as what would take its place.
    whole = chosen[0][1].row["by"]
    told_rows = [("", first, whole, own)] + [
        (number, letter if len(chosen) == 1 else voice.say("plans.label", number=number, letter=letter), one.row["by"], plan)
        for number, one in chosen
        for letter, plan in zip(letters, one.plans, strict=False)
    ]  # fmt: skip
    limit, count = found.money_limit, len(told_rows)
    amounts = [one.rival.capital for *_, one in told_rows] + [
        one.rival.upper for *_, one in told_rows
    ]
    texts, unit = in_one_unit([(one, one) for one in (*amounts, limit or 0.0)], voice)
    rows = [
        {
            "number": number, "plan": label, "what": plan.what, "short": plan.short,
            "waits": plan.waits, "conditions": plan.conditions or plan.waits, "voted": voted,
            "worth": voice.number(WORTH * plan.rival.worth, 0), "capital": cost,
            "upper": voice.say("plans.upper_over" if plan.rival.beyond else "plans.upper", upper=upper),
            **{
                name: amount_of(name, plan.rival.effects[name], voice)
                if plan.rival.effects.get(name)
                else voice.say("none")
                for name in EFFECTS
            },
        }
        for (number, label, voted, plan), cost, upper in zip(
            told_rows, texts[:count], texts[count:-1], strict=True
        )
    ]  # fmt: skip
    return rows, unit, "" if limit is None else texts[-1]
