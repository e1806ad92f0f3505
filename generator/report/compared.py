"""Plans to choose between: as proposed, both waves chosen as one, or what a step or signature opens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from generator.report.actions import month
from generator.report.alternatives import dearer_by, of_both
from generator.report.funding import lead_of, owner
from generator.report.indicators import prepared_in
from generator.report.money import in_one_unit
from generator.report.projects import EFFECTS, amount_of
from generator.report.provisos import settled_by
from generator.report.tasklist import filed_from, tasks_of, touched
from generator.report.tasknumbers import numbers, numbers_of
from generator.report.votes import approved_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.model import Assessment, Difference, PlannedAction
    from generator.model.decisions import Decision
    from generator.model.programme import Together
    from generator.report.task import Task
    from generator.report.voice import Voice

PREPARES = "development_reform"
"""The office that prepares what comes to a vote, unless a task or a use names another."""
_NAMED = 2
"""Uses that a choice names of those whose filing waits for it."""
_WORTH = 100
"""What the proposal is worth in the table of plans."""

_STEP = ("plans.waits_step_open", "plans.waits_step", "plans.waits_step_late")
_SIGNED = ("plans.waits_signed_open", "plans.waits_signed", "plans.waits_signed_late")
"""What a plan waits for: known at a time that nobody knows, before the vote, or after it."""


class Plan(Struct, frozen=True):
    """One way to go on beside the proposal."""

    what: str
    """In a few words."""
    effects: Mapping[str, float]
    """Of both waves."""
    capital: float
    """Likewise, CNY m."""
    worth: float
    """Likewise by the weights, the proposal being 1."""
    waits: str
    """What must come first, and by when it is known."""
    joins: tuple[str, ...] = ()
    """Uses that the proposal does not hold, or holds later."""


class Change(NamedTuple):
    """A decision that would change the programme."""

    row: dict[str, str]
    by: int
    """The month of the vote, 0 the first."""
    what: str
    """What it would change, in a few words."""
    plans: tuple[Plan, ...] = ()
    """Those to choose between beside the proposal; none where nothing is chosen."""
    is_compared: bool = False
    """Whether it is the choice between the two waves as proposed and both planned as one."""

    @property
    def letters(self) -> int:
        """How many plans there are to choose between, the proposal with them; 0 where nothing is chosen."""
        return len(self.plans) and 1 + len(self.plans)

    @property
    def worth(self) -> float:
        """What the best of the plans is worth by the weights, the proposal being 1; 0 without any."""
        return max((one.worth for one in self.plans), default=0.0)

    @property
    def joins(self) -> tuple[str, ...]:
        """The uses that any of the plans brings in."""
        return tuple(dict.fromkeys(use for one in self.plans for use in one.joins))


def plans_compared(assessment: Assessment, voice: Voice) -> Iterator[Change]:
    """The choice between both plans, once a task has compared them; nothing where they are as good.

    Args:
        assessment: The results of one region.
        voice: Speaks.
    """
    other, tasks = assessment.programme.together, tasks_of(assessment, voice)
    found, share = numbers_of(tasks, _compares), dearer_by(assessment)
    if other is None or not found or not share:
        return
    last = tasks[found[0] - 1].last
    args = {"tasks": numbers(found, voice), "by": month(last, assessment.region.plan_from, voice)}
    waits = [
        voice.say("plans.waits_compared", **args),
        *(voice.say(f"plans.waits.{kind}") for kind in _kinds(other, assessment)),
    ]
    plan = Plan(
        _of_both(other, assessment, voice), other.effects, other.capital, 1 / (1 - share),
        voice.clauses(waits),
        tuple(
            use
            for use in dict.fromkeys(one.use_id for one in (*other.first, *other.second))
            if use not in assessment.programme.uses
        ),
    )  # fmt: skip
    change = _change((plan,), voice.say("decision.plans_terms", **args), last, assessment, voice)
    yield change._replace(is_compared=True)


def _compares(task: Task) -> bool:
    """Whether a task compares both plans."""
    return task.action is not None and task.action.because.kind == "compares"


def _of_both(other: Together, assessment: Assessment, voice: Voice) -> str:
    planned = dict.fromkeys(one.use_id for one in (*other.first, *other.second))
    own = assessment.programme.uses
    what = _exchange([use for use in planned if use not in own], [use for use in own if use not in planned], (), voice)  # fmt: skip
    key = "plans.together" if other.first else "plans.together_later"
    return voice.say(key, what=what or voice.say("plans.order"))


def _kinds(other: Together, assessment: Assessment) -> list[str]:
    """What the projects planned as one wait for that the proposal does not plan, by kind."""
    known, every = assessment.knowledge, assessment.programme.candidates
    found: set[str] = set()
    for one in other.second:
        if one.use_id in assessment.programme.uses:
            continue
        use = every[one.use_id]
        signs = [known.is_in_role(key, "institutions") for key in use.missed]
        if use.lacks_partner or any(signs):
            found.add("signature")
        if not all(signs):
            found.add("criterion")
        if use.unknown:
            found.add("unknown")
        if not one.place.is_cleared:
            found.add("clearance")
    return [key for key in ("signature", "unknown", "criterion", "clearance") if key in found]


def choice(some: Sequence[Decision], assessment: Assessment, voice: Voice) -> Change:
    """One choice between the proposal and what one or several decisions would make of it.

    It falls before anything is filed for the projects concerned, and not before the tasks that all
    filing waits for have ended.
    """
    uses = list(dict.fromkeys(use for one in some for use in touched(one, assessment)))
    by = max(filed_from(uses, assessment), settled_by(assessment, voice) or 0)
    base = of_both(assessment.programme)
    own = assessment.programme.first.capital + assessment.programme.second.capital
    worth = _worth(base, assessment)
    plans = tuple(
        Plan(
            changed_to(one.yes, voice),
            {name: base[name] + one.yes.effects.get(name, 0.0) for name in base},
            own + one.yes.capital,
            1 + _worth(one.yes.effects, assessment) / worth if worth else 1.0,
            _waits(one, by, assessment, voice),
            (*one.yes.joins, *one.yes.earlier),
        )
        for one in some
    )
    terms = voice.say("decision.choose_terms", uses=voice.uses(uses, _NAMED))
    is_level = all(one.advice == "level" for one in some)
    return _change(plans, terms, by, assessment, voice, is_level=is_level)


def _change(
    plans: tuple[Plan, ...],
    terms: str,
    by: int,
    assessment: Assessment,
    voice: Voice,
    *,
    is_level: bool = False,
) -> Change:
    """The row of a choice: short, since the table of plans says what each is and brings."""
    letters = voice.say("decision.letters").split(";")[: 1 + len(plans)]
    each = [voice.say("plans.proposed_short"), *(one.what for one in plans)]
    options = voice.clauses(
        voice.say("decision.option", letter=letter, text=text)
        for letter, text in zip(letters, each, strict=True)
    )
    most = letters[1 + max(range(len(plans)), key=lambda place: plans[place].worth)]
    *front, last = letters
    named = voice.say(
        "decision.or", first=voice.say("decision.letters_separator").join(front), last=last
    )
    key = "level" if is_level else "yes"
    row = {
        "decision": voice.say("decision.choice", options=options),
        "ask": voice.say("decision.choose", letters=named),
        "terms": terms,
        "by": month(by, assessment.region.plan_from, voice),
        "lead": voice.lead(PREPARES),
        "yes": voice.say("decision.choice_yes"),
        "no": voice.say("decision.choice_no"),
        "word": voice.say(f"decision.word.choice.{key}"),
        "advice": voice.say(f"decision.advice_choice.{key}", letter=most),
    }
    return Change(row, by, voice.say("plans.or").join(one.what for one in plans), plans)


def changed_to(found: Difference, voice: Voice) -> str:
    """What a difference makes of the programme, in a few words; empty where nothing."""
    return _exchange(
        (*found.joins, *found.earlier), (*found.leaves, *found.later), found.resized, voice
    )


def _exchange(
    fresh: Sequence[str], gone: Sequence[str], resized: Sequence[str], voice: Voice
) -> str:
    """Uses that come, go or change: what comes and goes says enough without what changes."""
    args = {
        "fresh": voice.uses(fresh), "gone": voice.uses(gone), "resized": voice.uses(resized),
    }  # fmt: skip
    if fresh and gone:
        return voice.say("plans.exchange", **args)
    if fresh:
        return voice.say("plans.adds_resized" if resized else "plans.adds", **args)
    if gone:
        return voice.say("plans.without", **args)
    return voice.say("plans.resized", **args) if resized else ""


def _worth(effects: Mapping[str, float], assessment: Assessment) -> float:
    """What effects are worth by the weights, in shares of the attainable."""
    return math.fsum(
        one.coefficient * effects.get(one.effect, 0.0) for one in assessment.programme.objectives
    )


def _waits(one: Decision, by: int, assessment: Assessment, voice: Voice) -> str:
    """What a step, a signature or a clearance must bring first, by when, and whether filing waits for it."""
    start, last = assessment.region.plan_from, _known_in(one, assessment)
    args = {"by": month(last or 0, start, voice)}
    place = 0 if last is None else 2 if last > by else 1
    if one.step is not None:
        args |= {"title": voice.name(one.step.title), "owner": voice.name(one.step.owner)}
        return voice.say(_STEP[place], **args)
    if one.place is not None:
        return voice.say("plans.waits_cleared", place=voice.name(one.place.name))
    types = voice.several([voice.choice("institution_type", kind) for kind in one.types], 2)
    args |= {"types": types, "office": lead_of_signature(one, assessment, voice)}
    return voice.say(_SIGNED[place], **args)


def _known_in(one: Decision, assessment: Assessment) -> int | None:
    """The month, 0 the first, in which it is known whether a step or a signature came about."""
    task = asking(one, assessment)
    if one.step is not None and one.step.months.value is not None:
        return max(0, math.ceil(one.step.months.value) - 1)
    return None if task is None else max(0, math.ceil(task.end_month) - 1)


def asking(one: Decision, assessment: Assessment) -> PlannedAction | None:
    """The task of the action plan that asks for a signature.

    Of several the last: it asks for what begins the works, an agreement to cooperate comes before it.
    """
    if one.kind != "signature":
        return None
    tasks = (
        task
        for task in assessment.action_plan.actions
        if task.action.signs and any(set(one.uses) & set(cause.uses) for cause in task.causes)
    )
    return max(tasks, key=lambda task: task.end_month, default=None)


def lead_of_signature(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """Who asks for a signature."""
    task = asking(one, assessment)
    return owner(one.uses[0], voice) if task is None else lead_of(task, one.uses[:1], voice)


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
    proposed = voice.say("plans.proposed" if found.first.projects and found.second.projects else "plans.proposed_short")  # fmt: skip
    waits = "none"
    if found.second.projects:
        waits = "plans.waits_proposed" if found.first.projects else "plans.waits_prepared"
    known = None if found.first.projects else prepared_in(assessment, voice)
    if known is not None:
        waits = "plans.waits_prepared_by"
    own = Plan(
        proposed, of_both(found), found.first.capital + found.second.capital, 1.0,
        voice.say(waits, by=month(known or 0, assessment.region.plan_from, voice)),
    )  # fmt: skip
    first, *letters = voice.say("decision.letters").split(";")
    whole = month(approved_in(assessment), assessment.region.plan_from, voice)
    told = [("", first, whole, own)] + [
        (number, letter if len(chosen) == 1 else voice.say("plans.label", number=number, letter=letter), one.row["by"], plan)
        for number, one in chosen
        for letter, plan in zip(letters, one.plans, strict=False)
    ]  # fmt: skip
    capital, unit = in_one_unit([(plan.capital, plan.capital) for *_, plan in told], voice)
    rows = [
        {
            "number": number, "plan": label, "what": plan.what, "waits": plan.waits, "voted": voted,
            "worth": voice.number(_WORTH * plan.worth, 0), "capital": cost,
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
