"""Risks with what set them off, and strengths, weaknesses, opportunities and threats in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.model import LISTS, TRIGGER_TESTS, Assessment, FiredRisk, SwotItem, Trigger
from generator.report.assets import figure_amount
from generator.report.citation import coded, condition_of
from generator.report.funding import OPERATOR, owner

if TYPE_CHECKING:
    from generator.report.voice import Voice

_CELLS = 2
_RULES = 3
_USES = 3
SEVERE, _SERIOUS = 16.0, 8.0


def risk_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `risks` fields: one row a risk, worst first, and those that the data leave open."""
    return {
        "rows": [_risk(one, assessment, voice) for one in assessment.risks],
        "note": voice.sentence(
            "risks.note", "risks.note" if assessment.risks else "risks.none",
            count=len(assessment.risks),
            severe=sum(1 for one in assessment.risks if one.score >= SEVERE),
            bound=voice.number(SEVERE),
        ),
        "undecided": _undecided(assessment, voice),
    }  # fmt: skip


def _risk(fired: FiredRisk, assessment: Assessment, voice: Voice) -> dict[str, object]:
    risk = fired.risk
    band = "severe" if fired.score >= SEVERE else "serious" if fired.score >= _SERIOUS else "minor"
    return {
        "id": risk.risk_id,
        "title": voice.name(risk.title),
        "why": _why(fired, assessment, voice),
        "score": voice.say(
            "risk.score", likelihood=voice.number(risk.likelihood_1_5),
            impact=voice.number(risk.impact_1_5), score=voice.number(fired.score),
        ),
        "score_band": band,
        "mitigation": voice.name(risk.mitigation),
        "owner": responsible(fired, fired.uses, voice),
    }  # fmt: skip


def responsible(fired: FiredRisk, uses: Sequence[str], voice: Voice) -> str:
    """Who answers for a risk: while a project has no operator, the office that leads it or collects what answers it.

    Args:
        fired: The risk.
        uses: The projects on whose account it is told.
        voice: Names offices.
    """
    if fired.risk.owner_office != OPERATOR or not uses:
        return voice.lead(fired.risk.owner_office)
    owners = dict.fromkeys(_answers(fired, use_id, voice) for use_id in uses)
    return next(iter(owners)) if len(owners) == 1 else voice.say("office.each_lead")


def _answers(fired: FiredRisk, use_id: str, voice: Voice) -> str:
    """Who leads a project, with another office that leads the part of its first step which answers the risk."""
    known = voice.knowledge
    first = known.use(use_id).first_action
    parts = (
        one.lead_office
        for one in known.actions
        if one.action_id in fired.risk.answered_by and one.part_of == first
    )
    office = next(parts, OPERATOR)
    lead, other = owner(use_id, voice), voice.lead(office)
    if office == OPERATOR or other == lead:
        return lead
    return voice.say("office.with", lead=lead, office=other)


def _why(fired: FiredRisk, assessment: Assessment, voice: Voice) -> str:
    """What set the risk off, with the terms of its test and its uses, cells or rules."""
    trigger = voice.knowledge.triggers[fired.risk.trigger]
    kinds = TRIGGER_TESTS[trigger.test]
    named = named_terms(trigger, kinds.argument, assessment, voice)
    return voice.sentence(
        f"risks.{fired.risk.risk_id}",
        f"risk_why.{trigger.test}",
        argument=voice.join(named(word) for word in trigger.argument),
        value=voice.join(
            named_terms(trigger, kinds.value, assessment, voice)(word) for word in trigger.value
        ),
        uses=voice.uses(fired.uses, _USES),
        cells=voice.cells(fired.origins, _CELLS),
        rules=voice.several(fired.rules, _RULES),
    )


def named_terms(
    trigger: Trigger, kind: str, assessment: Assessment, voice: Voice
) -> Callable[[str], str]:
    """How the terms of a test are printed: names of rows and choices, numbers with their unit."""
    known, terms = voice.knowledge, TRIGGER_TESTS[trigger.test]
    about = trigger.argument[0] if trigger.argument else ""
    names: dict[str, Callable[[str], str]] = {
        "uses": voice.use,
        "activities": lambda word: voice.name(known.activities[word].name),
        "criteria": lambda word: voice.name(known.criteria[word].name),
        "assumptions": lambda word: voice.number(known.assumed(word)),
        "figure": lambda word: voice.say(f"figure.{word}"),
        "share": lambda word: voice.percent(float(word)),
        "number": lambda word: voice.number(float(word)),
        "site_value": lambda word: voice.choice(about, word),
    }
    if kind == "number" and terms.argument == "criteria":
        return lambda word: voice.amount(float(word), about)
    if kind == "number" and terms.argument == "figure":
        currency = assessment.region.currency
        return lambda word: figure_amount(about, float(word), currency, voice)
    if kind == "number" and terms.argument == "threshold_quantity":
        unit = voice.choice("threshold_unit", about)
        return lambda word: voice.say("quantity", value=voice.number(float(word)), unit=unit)
    return names.get(kind, lambda word: voice.choice(kind, word))


def _undecided(assessment: Assessment, voice: Voice) -> str:
    if not assessment.undecided_risks:
        return ""
    named = [
        voice.say("risk.named", id=risk.risk_id, title=voice.name(risk.title))
        for risk in assessment.undecided_risks
    ]
    return voice.sentence("risks.undecided", "risks.undecided", risks=voice.join(named))


def swot_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `swot` fields: four lists of short texts, each with its cell, rule or risk."""
    swot = assessment.swot
    lists: dict[str, list[str]] = {
        "strengths": [
            _strength(*one, assessment, voice) for one in _placed("strengths", swot.strengths)
        ],
        "weaknesses": [_weakness(*one, voice) for one in _placed("weaknesses", swot.weaknesses)],
        "opportunities": [
            _opportunity(*one, voice) for one in _placed("opportunities", swot.opportunities)
        ],
        "threats": list(_threats(assessment, voice)),
    }
    return {name: lines or [voice.say(f"swot_none.{name}")] for name, lines in lists.items()}


def _placed(name: str, entries: Iterable[SwotItem]) -> Iterable[tuple[str, SwotItem]]:
    return ((f"swot.{name}.{number}", item) for number, item in enumerate(entries, start=1))


def _amounts(item: SwotItem, assessment: Assessment, voice: Voice) -> list[str]:
    """The values behind a strength; the list of uses beside each where the two lists differ."""
    found: dict[str, set[str]] = {}
    for use_id in item.uses:
        use = assessment.readiness.uses[use_id]
        for part in use.contributions:
            if (
                part.requirement.criterion_id == item.reference
                and part.value.fact.value is not None
            ):
                amount = voice.amount(part.value.fact.value, item.reference)
                found.setdefault(amount, set()).add(use.category)
    if len(found) != len(LISTS) or any(len(lists) > 1 for lists in found.values()):
        return list(found)
    return [
        voice.say("swot.for_list", value=amount, list=voice.choice("category", category))
        for amount, (category,) in found.items()
    ]


def _strength(place: str, item: SwotItem, assessment: Assessment, voice: Voice) -> str:
    amounts = _amounts(item, assessment, voice)
    return voice.sentence(
        place,
        "swot.strength" if amounts else "swot.strength_at_least",
        criterion=voice.name(voice.knowledge.criteria[item.reference].name),
        value=voice.join(amounts),
        count=len(item.uses),
        cells=voice.cells(item.origins, _CELLS),
    )


def _weakness(place: str, item: SwotItem, voice: Voice) -> str:
    """The gap of the use that lacks most: to its minimum, or to its target where that is met."""
    criterion = voice.knowledge.criteria[item.reference]
    name, cells = voice.name(criterion.name), voice.cells(item.origins, _CELLS)
    gap = item.gap
    if gap is None:
        return voice.sentence(
            place, "swot.weakness_signature", criterion=name, count=len(item.uses), cells=cells
        )
    to_minimum = gap.to_minimum > 0
    return voice.sentence(
        place,
        voice.directed("swot.weakness", item.reference),
        criterion=name,
        value=voice.amount(gap.value, item.reference),
        gap=voice.gap(gap.to_minimum if to_minimum else gap.to_target, item.reference),
        bound=voice.say(_bound(item.reference, voice) if to_minimum else "bound.target"),
        count=len(item.uses),
        cells=cells,
    )


def _bound(criterion_id: str, voice: Voice) -> str:
    is_lower = voice.knowledge.criteria[criterion_id].direction == "lower_better"
    return "bound.limit" if is_lower else "bound.minimum"


def _opportunity(place: str, item: SwotItem, voice: Voice) -> str:
    rule = next(rule for rule in voice.knowledge.rules if rule.rule_id == item.reference)
    return voice.sentence(
        place,
        "swot.opportunity",
        activity=voice.name(voice.knowledge.activities[rule.activity].name),
        condition=condition_of(rule, voice),
        cite=coded((rule,), voice),
        rule=rule.rule_id,
        count=len(item.uses),
    )


def _threats(assessment: Assessment, voice: Voice) -> Iterator[str]:
    """The risks, one line each, and in one line the rules that must be read."""
    titles = {one.risk.risk_id: voice.name(one.risk.title) for one in assessment.risks}
    unread = []
    for place, item in _placed("threats", assessment.swot.threats):
        if item.kind == "stale_rule":
            unread.append(voice.say("swot.stale_rule", rule=item.reference, count=len(item.uses)))
        else:
            title = titles[item.reference]
            yield voice.sentence(place, "risk.named", id=item.reference, title=title)
    if unread:
        yield voice.sentence("swot.threats.stale", "swot.stale", rules=voice.join(unread))
