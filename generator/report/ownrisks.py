"""The risks of the programme's projects: the finding, whom each touches, what to do, who does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from generator.model import TRIGGER_TESTS, Assessment, FiredRisk
from generator.report.risks import SEVERE, named_terms
from generator.report.tasklist import Task, tasks_of
from generator.report.tasknumbers import answers, numbered, numbers_of

if TYPE_CHECKING:
    from generator.report.voice import Voice

_MOST = 8
_RULES = 2
_USES = 3
_UNEXPLAINED = "unexplained_load"
"""The trigger of the risk that stands first wherever it fires."""
_SPARED = 1.0
"""How much less a risk of every plan counts than one of a project."""


def own_risk_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What a brief says of risks: the programme's own first, at most eight, no numbers of rows."""
    chosen, tasks = own_risks(assessment), tasks_of(assessment, voice)
    return {
        "finding": _finding(chosen, assessment, voice),
        "own": [_row(one, tasks, assessment, voice) for one in chosen],
        "levels_differ": len({one.score >= SEVERE for one in chosen}) > 1,
        "rest": _rest(chosen, assessment, voice),
    }


def own_risks(assessment: Assessment) -> list[FiredRisk]:
    """Those of the first wave and of every plan, the worst first, then those of the second wave alone.

    Returns:
        At most eight, in the order in which every document tells them; the main risk of every
        project of the first wave is among them.
    """
    uses, first = set(assessment.programme.uses), set(assessment.programme.first.uses)
    fitting = [one for one in assessment.risks if not one.uses or uses & set(one.uses)]
    tests = assessment.knowledge.triggers
    ordered = sorted(
        fitting,
        key=lambda one: (
            _place(one, first),
            (_SPARED if tests[one.risk.trigger].test == "always" else 0.0) - one.score,
            not one.uses,
        ),
    )
    main = {
        found.risk.risk_id for use in first if (found := main_risk(use, assessment)) is not None
    }
    kept = [one for one in ordered if one.risk.risk_id in main][:_MOST]
    others = [one for one in ordered if one not in kept][: _MOST - len(kept)]
    return [one for one in ordered if one in kept or one in others]


def _place(one: FiredRisk, first: set[str]) -> int:
    """0 for what the first wave itself brings, 1 for every plan's, 2 for the second wave's alone.

    A load that nobody explains may be what the law bars: it comes before all of them.
    """
    if one.risk.trigger == _UNEXPLAINED:
        return -1
    if not one.uses:
        return 1
    return 0 if not first or first & set(one.uses) else 2


def main_risk(use_id: str, assessment: Assessment) -> FiredRisk | None:
    """The risk that is most the project's own, of equal ones the worst; None without any."""
    own = [one for one in assessment.risks if use_id in one.uses]
    return min(
        own, key=lambda one: (len(one.uses), -one.score, one.risk.risk_id), default=None
    )  # fmt: skip


def top_risks(assessment: Assessment, most: int) -> list[FiredRisk]:
    """The first of them, and the main one of the dearest project that may begin, for a first page.

    Args:
        assessment: The results of one region.
        most: How many there is room for.
    """
    chosen = own_risks(assessment)
    projects = assessment.programme.first.projects or assessment.programme.projects
    if not projects:
        return chosen[:most]
    dearest = max(projects, key=lambda one: one.capital.value or 0.0).use_id
    main = main_risk(dearest, assessment)
    if main is None or main in chosen[:most] or main not in chosen:
        return chosen[:most]
    return [*chosen[: most - 1], main]


def _finding(chosen: Sequence[FiredRisk], assessment: Assessment, voice: Voice) -> str:
    """How many bear on the programme, how many are grave, and whom the first touches."""
    if not chosen:
        return voice.sentence("risks.finding", "risk.none_own")
    grave = [one for one in chosen if one.score >= SEVERE]
    first = chosen[0]
    args = {
        "count": len(chosen), "grave": voice.number(len(grave), 0),
        "first": voice.name(first.risk.title), "owner": voice.office(first.risk.owner_office),
    }  # fmt: skip
    key = voice.plural_key("risk.grave", len(grave)) if grave else "risk.grave_none"
    if len(grave) == len(chosen) > 1:
        key = "risk.grave_all"
    text = voice.sentence("risks.finding", key, **args)
    touching = [one for one in chosen if one.uses]
    if not touching or not assessment.programme.projects:
        return text
    more = voice.sentence(
        "risks.touching", voice.plural_key("risk.touching", len(touching)), count=len(touching)
    )  # fmt: skip
    return voice.run_on((text, more))


def _row(
    fired: FiredRisk, tasks: Sequence[Task], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    risk = fired.risk
    found = numbers_of(tasks, answers(risk, voice), fired.uses)
    is_grave = fired.score >= SEVERE
    return {
        "title": voice.name(risk.title),
        "level": voice.say("risk.level_severe" if is_grave else "risk.level_serious"),
        "level_band": "severe" if is_grave else "serious",
        "why": _why(fired, assessment, voice),
        "mitigation": numbered(voice.name(risk.mitigation), found, voice),
        "owner": voice.lead(risk.owner_office),
    }


def _why(fired: FiredRisk, assessment: Assessment, voice: Voice) -> str:
    """What set it off in a reader's words: projects and instruments, no cells and no ids."""
    trigger = voice.knowledge.triggers[fired.risk.trigger]
    kinds = TRIGGER_TESTS[trigger.test]
    argument = named_terms(trigger, kinds.argument, assessment, voice)
    value = named_terms(trigger, kinds.value, assessment, voice)
    own = [use_id for use_id in assessment.programme.uses if use_id in fired.uses]
    rules = {rule.rule_id: rule for rule in voice.knowledge.rules}
    names = dict.fromkeys(voice.short_instrument(rules[key]) for key in fired.rules if key in rules)
    key = f"risk_for.{trigger.test}"
    if key not in voice.texts.table:
        key = f"risk_why.{trigger.test}"
    return voice.say(
        key,
        argument=voice.join(argument(word) for word in trigger.argument),
        value=voice.join(value(word) for word in trigger.value),
        uses=voice.say("counsel.all")
        if len(own) == len(assessment.programme.uses) > 1
        else voice.uses(own or fired.uses, _USES),
        rules=voice.several(list(names), _RULES),
        cells="",
    )


def _rest(chosen: Sequence[FiredRisk], assessment: Assessment, voice: Voice) -> str:
    """How many more the annex holds; empty for none."""
    left = len(assessment.risks) - len(chosen)
    if left <= 0:
        return ""
    return voice.sentence("risks.rest", voice.plural_key("risk.rest", left), count=left)
