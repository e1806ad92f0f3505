"""What a first page says that the law asks of each project before its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.citation import briefly, cited, limit, missing, rules_of
from generator.report.conditions import LIMIT, activity, binding_rules, may_bind
from generator.report.front import proposed_uses
from generator.report.funding import filer
from generator.report.gates import answerer, gate_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, DueProcedure, Finding
    from generator.report.voice import Voice

_STEPS, _MANY = 2, 8
"""Procedures that a first page names of each project; of more projects than so many it names one."""
_CONNECTION = frozenset({"grid_mw", "load_mw"})
"""The quantities that the connection of a project is measured by."""


def duties_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """For the uses to begin with, what the law asks of each before its start."""
    rows: list[dict[str, str]] = []
    named: set[str] = set()
    first = assessment.programme.first.uses or proposed_uses(assessment)
    for use_id in proposed_uses(assessment):
        found = assessment.screening.of_use(use_id).of("conditional")
        if not found or use_id not in first:
            continue
        parts = [part for one in found for part in _duty_parts(one, voice, named)]
        activities = voice.join(activity(one, voice) for one in found)
        rows.append(
            {
                "use": voice.use(use_id),
                "sentence": voice.sentence(
                    f"law.duty.{use_id}", "law.duty",
                    parts=voice.say("clause.separator").join(parts),
                ),
                "activities": activities,
                "steps": _steps(use_id, assessment, voice)
                or voice.say("law.duty_only", activities=activities),
                "unread": _unread(found, assessment, voice),
                "limits": voice.clauses(
                    filter(None, [_sized(found, voice), _limits(found, voice)])
                ),
            }
        )  # fmt: skip
    return _merged(rows, voice)


def _merged(rows: Iterable[dict[str, str]], voice: Voice) -> list[dict[str, object]]:
    """Rows that ask the same as one, with the names of all."""
    asked: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        key = (row["steps"], row["limits"], row["unread"])
        asked.setdefault(key, []).append(row)
    return [
        {
            **alike[0],
            "use": voice.join(row["use"] for row in alike),
            "sentence": voice.run_on(row["sentence"] for row in alike),
            "activities": voice.join(dict.fromkeys(row["activities"] for row in alike)),
        }
        for alike in asked.values()
    ]


def _steps(use_id: str, assessment: Assessment, voice: Voice) -> str:
    """The procedures that a use calls for, each with its office, what decides whether it may be first.

    Empty for none of its own.
    """
    steps = [
        gate_word(
            ("law.duty_gate", "law.duty_gate_fact"), due.procedure, voice,
            office=answerer(due.procedure, use_id, assessment, voice),
        )
        if due.procedure.question
        else voice.say(
            "law.duty_step", procedure=voice.name(due.procedure.name),
            office=filer(due, use_id, voice),
        )
        for due in procedures_before(use_id, assessment)
    ]  # fmt: skip
    is_long = len(assessment.programme.projects) > _MANY
    return voice.several(steps, 1 if is_long else _STEPS) if steps else ""


def procedures_before(use_id: str, assessment: Assessment) -> list[DueProcedure]:
    """The procedures that a use calls for before its start, what decides whether it may be first.

    Then comes what its size alone calls for, which a smaller one would not go through.
    """
    every = sorted(
        assessment.procedures,
        key=lambda one: (not one.procedure.question, not _is_of_size(one, assessment)),
    )
    return [due for due in every if use_id in due.uses and _is_before(due, assessment)]


def _is_of_size(due: DueProcedure, assessment: Assessment) -> bool:
    triggers = assessment.knowledge.procedure_triggers
    return any(triggers[name].test == "quantity_from" for name in due.procedure.applies_when)


def _is_before(due: DueProcedure, assessment: Assessment) -> bool:
    """Whether a procedure is no matter of the works, such as their acceptance, or of what follows."""
    return not any(
        action.procedure_id == due.procedure.procedure_id
        and action.stage in {"in_works", "after_works"}
        for action in assessment.knowledge.actions
    )


def _unread(found: Iterable[Finding], assessment: Assessment, voice: Voice) -> str:
    """How many of the rules that set a use conditions nobody has read; empty where all were."""
    rules = dict.fromkeys(rule for one in found for rule in binding_rules(one, assessment))
    count = sum(not rule.is_read for rule in rules)
    return voice.plural("law.duty_unread", count, total=len(rules)) if count else ""


def _limits(found: Iterable[Finding], voice: Voice) -> str:
    """The instruments that limit the thing itself, each with what was read; empty for none."""
    limits = [one for one in rules_of(found, "conditional") if one.duty == LIMIT]
    return voice.say("law.duty_limits", instruments=briefly(limits, voice)) if limits else ""


def _sized(found: Iterable[Finding], voice: Voice) -> str:
    """What binds only because a project is as large as it is; empty for nothing."""
    rules = [
        one
        for one in rules_of(found, "conditional")
        if one.duty not in {LIMIT, "operation", "report"}
        and one.threshold is not None
        and one.threshold.quantity in _CONNECTION
    ]
    if not rules:
        return ""
    limits = dict.fromkeys(limit(one.threshold, voice) for one in rules if one.threshold)
    return voice.say("law.duty_sized", limits=voice.join(limits), instruments=briefly(rules, voice))


def duties_note(assessment: Assessment, voice: Voice) -> str:
    """What was not given and may set the leading uses further conditions; empty for nothing."""
    found = [
        one
        for use_id in proposed_uses(assessment)
        for one in assessment.screening.of_use(use_id).of("conditional")
    ]
    figures = dict.fromkeys(missing(rule, voice) for one in found for rule in may_bind(one))
    if not figures:
        return ""
    return voice.sentence("law.duties_note", "law.duties_note", missing=voice.join(figures))


def _duty_parts(found: Finding, voice: Voice, named: set[str]) -> list[str]:
    """What binds and what may bind on one activity; in short where it was said before."""
    name = activity(found, voice)
    if found.activity in named:
        return [voice.say("law.duty_again", activity=name)]
    named.add(found.activity)
    parts = []
    rules, hanging = rules_of((found,), "conditional"), may_bind(found)
    if rules:
        parts.append(voice.say("law.duty_part", activity=name, instruments=cited(rules, voice)))
    if hanging:
        parts.append(
            voice.say(
                "law.duty_hangs", activity=name, instruments=cited(hanging, voice),
                missing=voice.join(dict.fromkeys(missing(one, voice) for one in hanging)),
            )
        )  # fmt: skip
    return parts
