"""The risks of the programme's projects: the finding, whom each touches, what to do, who does it.

A first page tells them project by project, each with what once came of it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.model import TRIGGER_TESTS, Assessment, FiredRisk, Trigger
from generator.report.assets import figure_amount
from generator.report.citation import in_part
from generator.report.conditions import gates_of
from generator.report.gates import answerer
from generator.report.heavy import heaviest, heavy_lines
from generator.report.risks import SEVERE, named_terms, responsible
from generator.report.tasklist import tasks_of
from generator.report.tasknumbers import answers, numbered, numbers_of
from generator.report.verdict import by_word

if TYPE_CHECKING:
    from generator.model.programme import Project
    from generator.model.readiness import Contribution
    from generator.report.task import Task
    from generator.report.voice import Voice

_MOST = 8
_OWN = 5
"""Rows that risks of single projects of the second wave may fill up to."""
TOP = 3
"""Lines of a first page in full, one less in a long programme."""
_RULES = 2
USES = 3
_NEAR = 2
"""Projects close to a limit that a row names with their numbers."""
UNEXPLAINED = "unexplained_load"
"""The trigger of the risk that stands first wherever it fires."""
_LAW, _USE = "law_decides", "use"
"""Tests of a question of law that comes before all else, and of single uses."""
_SPARED = 1.0
"""How much less a risk of every plan counts than one of a project."""
_MARGIN, _PEOPLE, _FIGURE = "margin_below", "people_left", "region_above"
_OF_THE_PLACE = frozenset({_MARGIN, _PEOPLE})
"""Tests of which a brief tells the amounts of the place."""


def own_risk_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """What a brief says of risks: the programme's own first, at most eight, no numbers of rows."""
    chosen, tasks = own_risks(assessment), tasks_of(assessment, voice)
    return {
        "finding": _finding(chosen, assessment, voice),
        "own": [
            {**_row(one, tasks, assessment, voice), "leads": place < TOP < len(chosen)}
            for place, one in enumerate(_by_level(chosen, assessment))
        ],
        "levels_differ": len({one.score >= SEVERE for one in chosen}) > 1,
        "rest": _rest(chosen, assessment, voice),
    }


def _by_level(chosen: Iterable[FiredRisk], assessment: Assessment) -> list[FiredRisk]:
    """What may hide something barred, then the high ones; of each level those on which most jobs of the first wave hang."""
    first = {one.use_id: one for one in assessment.programme.first.projects}
    hang = {
        id(fired): project.effects.get("jobs", 0.0)
        for project, fired in _of_projects(assessment)
        if project.use_id in first
    }
    return sorted(
        chosen,
        key=lambda one: (
            one.risk.trigger != UNEXPLAINED, one.score < SEVERE, -hang.get(id(one), 0.0),
        ),
    )  # fmt: skip


def own_risks(assessment: Assessment) -> list[FiredRisk]:
    """Those of the first wave and of every plan, the worst first, then those of the second wave alone.

    Returns:
        At most eight, in the order in which a chapter tells them; what a first page tells
        and the main risk of every project of the first wave are among them, those of the second
        as far as others have room.
    """
    uses, first = set(assessment.programme.uses), set(assessment.programme.first.uses)
    fitting = [one for one in assessment.risks if not one.uses or uses & set(one.uses)]
    tests = assessment.knowledge.triggers
    named = [one for _, one in _of_projects(assessment)]
    ordered = sorted(
        fitting,
        key=lambda one: (
            _place(one, first),
            (_SPARED if tests[one.risk.trigger].test == "always" else 0.0) - one.score,
            not one.uses,
            # Of equal ones that first which a first page tells first.
            named.index(one) if one in named else len(named),
        ),
    )
    kept = _kept(assessment)
    others = [one for one in ordered if one not in kept][: _MOST - len(kept)]
    return [one for one in ordered if one in kept or one in others]


def _kept(assessment: Assessment) -> list[FiredRisk]:
    """What a first page tells of projects, then main risks, the first wave's before the second's."""
    found = assessment.programme
    kept = [one for _, one in in_turn(assessment)[:TOP]]
    for wave, most in ((found.first, _MOST), (found.second, _OWN)):
        for project in _weighty(wave.projects, assessment):
            main = main_risk(project.use_id, assessment)
            if main is not None and main not in kept and len(kept) < most:
                kept.append(main)
        if wave is found.first:
            kept += [one for one in _counted(assessment) if one not in kept][: _MOST - len(kept)]
    return kept


def _counted(assessment: Assessment) -> list[FiredRisk]:
    """The risks that rest on an amount of the place: a margin of price, people without a post."""
    tests = assessment.knowledge.triggers
    return [one for one in assessment.risks if tests[one.risk.trigger].test in _OF_THE_PLACE]


def _place(one: FiredRisk, first: set[str]) -> int:
    """0 for what the first wave itself brings, 1 for every plan's, 2 for the second wave's alone.

    A load that nobody explains may be what the law bars: it comes before all of them.
    """
    if one.risk.trigger == UNEXPLAINED:
        return -1
    if not one.uses:
        return 1
    return 0 if not first or first & set(one.uses) else 2


def main_risk(use_id: str, assessment: Assessment) -> FiredRisk | None:
    """The risk most a project's own that no other has as its main one; None without any.

    What law decides first comes before what is its own alone, and that before what touches fewest.
    """
    own = (one for project, one in _of_projects(assessment) if project.use_id == use_id)
    return next(own, None)


def _own_of(use_id: str, assessment: Assessment) -> list[FiredRisk]:
    """The risks that touch a use, what is most its own first, of equal ones the worst."""
    return sorted(
        (one for one in assessment.risks if use_id in one.uses),
        key=lambda one: (
            _nearness(one, assessment), len(one.uses), -one.score, one.risk.risk_id,
        ),
    )  # fmt: skip


def _nearness(one: FiredRisk, assessment: Assessment) -> int:
    trigger = assessment.knowledge.triggers[one.risk.trigger]
    if trigger.test == _LAW:
        return 0
    return 1 if trigger.test == _USE and len(trigger.argument) == 1 else 2


def _weighty(projects: Iterable[Project], assessment: Assessment) -> list[Project]:
    """Projects, those first on which half of the jobs or more hang, then the dearest."""
    heavy = heaviest("jobs", assessment)
    return sorted(projects, key=lambda one: (one != heavy, -(one.capital.value or 0.0)))


def _of_projects(assessment: Assessment) -> list[tuple[Project, FiredRisk]]:
    """For each project, the first wave before the second, the risk most its own that no other has."""
    found = assessment.programme
    told: list[tuple[Project, FiredRisk]] = []
    for wave in (found.first, found.second):
        for project in _weighty(wave.projects, assessment):
            taken = [one for _, one in told]
            own = (one for one in _own_of(project.use_id, assessment) if one not in taken)
            if (main := next(own, None)) is not None:
                told.append((project, main))
    return told


def in_turn(assessment: Assessment) -> list[tuple[Project, FiredRisk]]:
    """The same as a first page tells them: that on which most jobs hang, then whose place is still open."""
    unsettled = {one.use_id for one in by_word(assessment).get("low", ())}
    heavy = heaviest("jobs", assessment)
    return sorted(
        _of_projects(assessment),
        key=lambda one: (one[0] != heavy, one[0].use_id not in unsettled),
    )


def owner_of(
    fired: FiredRisk, uses: Sequence[str], assessment: Assessment, voice: Voice
) -> str:  # fmt: skip
    """Who answers for a risk; where law or a fact decides, the one office that brings the answer."""
    if assessment.knowledge.triggers[fired.risk.trigger].test == _LAW:
        found = [
            answerer(gate, use_id, assessment, voice)
            for use_id in uses
            for gate in gates_of(use_id, assessment)
        ]
        if found:
            return voice.join(dict.fromkeys(found))
    return responsible(fired, uses, voice)


def inner_title(text: str) -> str:
    """A title within a sentence."""
    return text[:1].lower() + text[1:]


def titled_alone(
    fired: FiredRisk, uses: Sequence[str], assessment: Assessment, voice: Voice
) -> str:
    """What may happen and what law has to decide; where it came true stands beside it already."""
    is_asked = assessment.knowledge.triggers[fired.risk.trigger].test == _LAW
    return titled(fired, uses, assessment, voice) if is_asked else voice.name(fired.risk.title)


def titled(fired: FiredRisk, uses: Sequence[str], assessment: Assessment, voice: Voice) -> str:
    """What may happen, in brackets where it did, or what law has to decide."""
    title, note = voice.name(fired.risk.title), voice.text(fired.risk.precedent)
    if assessment.knowledge.triggers[fired.risk.trigger].test == _LAW:
        note = _asked(uses, assessment, voice)
    return voice.say("risk.noted", title=title, note=note) if note else title


def _asked(uses: Iterable[str], assessment: Assessment, voice: Voice) -> str:
    """The procedures that decide whether these uses can be built."""
    names = (
        inner_title(voice.name(one.name)) for use_id in uses for one in gates_of(use_id, assessment)
    )
    return voice.join(dict.fromkeys(names))


def _finding(chosen: Sequence[FiredRisk], assessment: Assessment, voice: Voice) -> str:
    """How many bear on the programme, how many are grave, the first, and what hangs on one project."""
    if not chosen:
        return voice.sentence("risks.finding", "risk.none_own")
    grave = [one for one in chosen if one.score >= SEVERE]
    # What may hide something barred is named whatever its level.
    is_apart = _place(chosen[0], set()) < 0
    first = chosen[0] if is_apart else _by_level(chosen, assessment)[0]
    args = {
        "count": len(chosen), "grave": voice.number(len(grave), 0),
        "first": voice.name(first.risk.title), "owner": owner_of(first, _first_uses(first, assessment), assessment, voice),
    }  # fmt: skip
    key = voice.plural_key("risk.grave", len(grave)) if grave else "risk.grave_none"
    if len(grave) == len(chosen) > 1:
        key = "risk.grave_all"
    elif grave and is_apart and first not in grave:
        key = "risk.grave_before"
    text = voice.sentence("risks.finding", key, **args)
    return voice.run_on((text, *heavy_lines(assessment, voice)))


def _first_uses(fired: FiredRisk, assessment: Assessment) -> Sequence[str]:
    """The uses of the first wave that a risk touches, or all that it does where it touches none."""
    first = assessment.programme.first.uses
    return [use_id for use_id in fired.uses if use_id in first] or fired.uses


def _row(
    fired: FiredRisk, tasks: Sequence[Task], assessment: Assessment, voice: Voice
) -> dict[str, object]:
    risk = fired.risk
    found = numbers_of(tasks, answers(risk, voice), fired.uses)
    is_grave = fired.score >= SEVERE
    return {
        "title": titled(fired, fired.uses, assessment, voice),
        "level": voice.say("risk.level_severe" if is_grave else "risk.level_serious"),
        "level_band": "severe" if is_grave else "serious",
        "why": _why(fired, assessment, voice),
        "mitigation": numbered(voice.name(risk.mitigation), found, voice),
        "owner": owner_of(fired, fired.uses, assessment, voice),
    }


def _why(fired: FiredRisk, assessment: Assessment, voice: Voice) -> str:
    """What set it off in a reader's words: projects and instruments, no cells and no ids."""
    trigger = voice.knowledge.triggers[fired.risk.trigger]
    kinds = TRIGGER_TESTS[trigger.test]
    argument = named_terms(trigger, kinds.argument, assessment, voice)
    value = named_terms(trigger, kinds.value, assessment, voice)
    own = [use_id for use_id in assessment.programme.uses if use_id in fired.uses]
    rules = {rule.rule_id: rule for rule in voice.knowledge.rules}
    names = dict.fromkeys(
        in_part(rules[key], voice.titled_instrument(rules[key]), voice)
        for key in fired.rules
        if key in rules
    )
    key = f"risk_for.{trigger.test}"
    if key not in voice.texts.table:
        key = f"risk_why.{trigger.test}"
    return voice.say(
        key,
        argument=_limits(fired, assessment, voice)
        if trigger.test == _MARGIN
        else voice.join(argument(word) for word in trigger.argument),
        value=_amount(trigger, assessment, voice)
        or voice.join(value(word) for word in trigger.value),
        uses=voice.say("counsel.all")
        if len(own) == len(assessment.programme.uses) > 1
        else voice.uses(own or fired.uses, USES),
        rules=voice.several(list(names), _RULES),
        cells="",
    )


def _amount(trigger: Trigger, assessment: Assessment, voice: Voice) -> str:
    """The amount of the place that a test is about; empty where it is about none."""
    if trigger.test == _PEOPLE:
        return voice.number(assessment.skills.unplaced, 0)
    if trigger.test == _FIGURE and len(trigger.argument) == 1:
        region, key = assessment.region, trigger.argument[0]
        return figure_amount(key, region.figures[key].value or 0.0, region.currency, voice)
    return ""


def _limits(fired: FiredRisk, assessment: Assessment, voice: Voice) -> str:
    """The projects whose value lies close to their own limit, the closest first, each with both."""
    trigger = assessment.knowledge.triggers[fired.risk.trigger]
    parts = [
        (margin, use_id, part)
        for use_id in fired.uses
        for part in assessment.readiness.uses[use_id].contributions
        if part.requirement.criterion_id in trigger.argument
        and (margin := part.margin) is not None
        and 0.0 <= margin < trigger.bound
    ]
    near = sorted(parts, key=lambda row: row[0])[:_NEAR]
    return voice.clauses(_limit(use_id, part, voice) for _, use_id, part in near)


def _limit(use_id: str, part: Contribution, voice: Voice) -> str:
    """The value that a project finds, the limit that it bears and what it asks for."""
    need = part.requirement
    key = need.criterion_id
    return voice.say(
        "risk.near_limit", use=voice.use(use_id), criterion=voice.name(voice.knowledge.criteria[key].name),
        value=voice.amount(part.value.fact.value or 0.0, key),
        limit=voice.amount(need.minimum, key), target=voice.amount(need.target, key),
    )  # fmt: skip


def _rest(chosen: Sequence[FiredRisk], assessment: Assessment, voice: Voice) -> str:
    """How many more the annex holds; empty for none."""
    left = len(assessment.risks) - len(chosen)
    if left <= 0:
        return ""
    return voice.sentence("risks.rest", voice.plural_key("risk.rest", left), count=left)
