"""Plans to choose between: as proposed, both waves chosen as one, or what a step or signature opens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from generator.report.actions import month
from generator.report.alternatives import dearer_by, of_both
from generator.report.indicators import prepared_in
from generator.report.known import kinds_of, known_in, latest, lead_of_signature
from generator.report.money import in_one_unit
from generator.report.projects import EFFECTS, amount_of
from generator.report.provisos import settled_by
from generator.report.tasklist import filed_from, tasks_of, touched
from generator.report.tasknumbers import numbers, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.model import Assessment, Difference
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

_STEP = ("plans.waits_step_open", "plans.waits_step")
_SIGNED = ("plans.waits_signed_open", "plans.waits_signed")
"""What a plan waits for: known at a time that nobody knows, or by a month."""


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
    touched: tuple[str, ...] = ()
    """Uses of the proposal that it does without, or holds later, elsewhere or at another size."""
    known: int | None = None
    """The month, 0 the first, by which it is known whether what it waits for came about."""
    is_both: bool = False
    """Whether it is both waves chosen as one."""
    is_level: bool = False
    """Whether it is worth about as much as the proposal."""


class Change(NamedTuple):
    """A decision that would change the programme."""

    row: dict[str, str]
    by: int
    """The month of the vote, 0 the first: none of what its plans wait for is known later."""
    what: str
    """What it would change, in a few words."""
    plans: tuple[Plan, ...] = ()
    """Those to choose between beside the proposal; none where nothing is chosen."""

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

    @property
    def touched(self) -> tuple[str, ...]:
        """The uses of the proposal that any of the plans changes, and that wait for the choice."""
        return tuple(dict.fromkeys(use for one in self.plans for use in one.touched))

    @property
    def is_of_both(self) -> bool:
        """Whether both waves chosen as one are among the plans."""
        return any(one.is_both for one in self.plans)


def both_as_one(assessment: Assessment, voice: Voice) -> Iterator[Plan]:
    """Both waves chosen as one, which a task compares; nothing where the proposal is as good.

    Args:
        assessment: The results of one region.
        voice: Speaks.
    """
    other, tasks, own = (
        assessment.programme.together,
        tasks_of(assessment, voice),
        assessment.programme,
    )
    found, share = numbers_of(tasks, _compares), dearer_by(assessment)
    if other is None or not found or not share:
        return
    start, last, kinds = (
        assessment.region.plan_from,
        tasks[found[0] - 1].last,
        kinds_of(other, assessment),
    )
    waits = [
        voice.say("plans.waits_compared", tasks=numbers(found, voice), by=month(last, start, voice))
    ]
    if kinds:
        by = latest(kinds.values())
        what = voice.join(voice.say(f"plans.waits.{kind}") for kind in kinds)
        waits.append(
            voice.say("plans.waits_kinds", what=what, by=month(by or 0, start, voice))
            if by
            else what
        )
    planned = {(one.use_id, one.size, one.place.number) for one in (*other.first, *other.second)}
    uses = dict.fromkeys(one.use_id for one in (*other.first, *other.second))
    yield Plan(
        _of_both(other, assessment, voice), other.effects, other.capital, 1 / (1 - share),
        voice.clauses(waits),
        joins=tuple(use for use in uses if use not in own.uses),
        touched=tuple(
            one.use_id
            for one in own.projects
            if (one.use_id, one.size, one.place.number) not in planned
        ),
        known=latest((last, *kinds.values())), is_both=True,
    )  # fmt: skip


def _compares(task: Task) -> bool:
    """Whether a task compares both plans."""
    return task.action is not None and task.action.because.kind == "compares"


def _of_both(other: Together, assessment: Assessment, voice: Voice) -> str:
    planned = dict.fromkeys(one.use_id for one in (*other.first, *other.second))
    own = assessment.programme.uses
    what = _exchange([use for use in planned if use not in own], [use for use in own if use not in planned], (), voice)  # fmt: skip
    key = "plans.together" if other.first else "plans.together_later"
    return voice.say(key, what=what or voice.say("plans.order"))


def opened(one: Decision, assessment: Assessment, voice: Voice) -> Plan:
    """What a step, a signature or a clearance would make of the proposal."""
    base, own = of_both(assessment.programme), assessment.programme
    worth = _worth(base, assessment)
    return Plan(
        changed_to(one.yes, voice),
        {name: base[name] + one.yes.effects.get(name, 0.0) for name in base},
        own.first.capital + own.second.capital + one.yes.capital,
        1 + _worth(one.yes.effects, assessment) / worth if worth else 1.0,
        _waits(one, assessment, voice),
        joins=(*one.yes.joins, *one.yes.earlier),
        touched=tuple(touched(one, assessment)),
        known=known_in(one, assessment), is_level=one.advice == "level",
    )  # fmt: skip


def choices(plans: Iterable[Plan], assessment: Assessment, voice: Voice) -> list[Change]:
    """The votes between the proposal and other plans: what would change the same project is one vote.

    Such plans exclude one another, so that nobody can vote on them one after the other. No more of
    them than there are letters, those that are worth most.
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
    most = len(voice.say("decision.letters").split(";")) - 1
    return [
        _choice(sorted(group, key=lambda plan: -plan.worth)[:most], assessment, voice)
        for group in groups
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
    each = [voice.say("plans.proposed_short"), *(one.what for one in plans)]
    options = voice.clauses(
        voice.say("decision.option", letter=letter, text=text)
        for letter, text in zip(letters, each, strict=True)
    )
    *front, last = letters
    named = voice.say(
        "decision.or", first=voice.say("decision.letters_separator").join(front), last=last
    )
    key = "level" if all(one.is_level for one in plans) else "yes"
    row = {
        "decision": voice.say("decision.choice", options=options),
        "ask": voice.say("decision.choose", letters=named),
        "terms": voice.say("decision.choose_terms", uses=voice.uses(uses, _NAMED)),
        "by": month(by, assessment.region.plan_from, voice),
        "lead": voice.lead(PREPARES),
        "yes": voice.say("decision.choice_yes"),
        "no": voice.say("decision.choice_no"),
        "word": voice.say(f"decision.word.choice.{key}"),
        "advice": voice.say(f"decision.advice_choice.{key}", letter=letters[1]),
    }
    return Change(row, by, voice.say("plans.or").join(one.what for one in plans), tuple(plans))


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


def _waits(one: Decision, assessment: Assessment, voice: Voice) -> str:
    """What a step, a signature or a clearance must bring first, and by when that is known."""
    last = known_in(one, assessment)
    args = {"by": month(last or 0, assessment.region.plan_from, voice)}
    if one.step is not None:
        args |= {"title": voice.name(one.step.title), "owner": voice.name(one.step.owner)}
        return voice.say(_STEP[last is not None], **args)
    if one.place is not None:
        return voice.say("plans.waits_cleared", place=voice.name(one.place.name))
    types = voice.several([voice.choice("institution_type", kind) for kind in one.types], 2)
    args |= {"types": types, "office": lead_of_signature(one, assessment, voice)}
    return voice.say(_SIGNED[last is not None], **args)


def _held(
    chosen: Sequence[tuple[str, Change]], assessment: Assessment, voice: Voice
) -> Iterator[str]:
    """By how much the proposal's own projects move back for a choice, as the tasks lay them out."""
    begun = assessment.programme.first.uses or assessment.programme.second.uses
    for number, one in chosen:
        late = {use: one.by - filed_from((use,), assessment) for use in begun if use in one.touched}
        uses = [use for use, months in late.items() if months > 0]
        if uses:
            most = max(late[use] for use in uses)
            yield voice.say(
                voice.plural_key("plans.waits_held", most), uses=voice.uses(uses, _NAMED),
                number=number, count=most,
            )  # fmt: skip


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
    waits = ""
    if found.second.projects:
        waits = "plans.waits_proposed" if found.first.projects else "plans.waits_prepared"
    known = None if found.first.projects else prepared_in(assessment, voice)
    if known is not None:
        waits = "plans.waits_prepared_by"
    by = month(known or 0, assessment.region.plan_from, voice)
    parts = [*([voice.say(waits, by=by)] if waits else []), *_held(chosen, assessment, voice)]
    own = Plan(
        proposed, of_both(found), found.first.capital + found.second.capital, 1.0,
        voice.clauses(parts) or voice.say("none"),
    )  # fmt: skip
    first, *letters = voice.say("decision.letters").split(";")
    told = [("", first, own)] + [
        (number, letter if len(chosen) == 1 else voice.say("plans.label", number=number, letter=letter), plan)
        for number, one in chosen
        for letter, plan in zip(letters, one.plans, strict=False)
    ]  # fmt: skip
    capital, unit = in_one_unit([(plan.capital, plan.capital) for *_, plan in told], voice)
    rows = [
        {
            "number": number, "plan": label, "what": plan.what, "waits": plan.waits,
            "worth": voice.number(_WORTH * plan.worth, 0), "capital": cost,
            **{
                name: amount_of(name, plan.effects[name], voice)
                if plan.effects.get(name)
                else voice.say("none")
                for name in EFFECTS
            },
        }
        for (number, label, plan), cost in zip(told, capital, strict=True)
    ]  # fmt: skip
    return rows, unit
