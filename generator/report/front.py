"""What the first page says: the answer, the top uses, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from generator.choices.votes import DECIDES
from generator.report.answer import answer, headline
from generator.report.candidates import kinds, waiting
from generator.report.compared import (
    limit_note,
    only_rival,
    plan_lines,
    plan_rows,
    rival_row,
    worth_note,
)
from generator.report.decisions import usual_line, with_boxes
from generator.report.earnings import needed_lines
from generator.report.firstbox import box
from generator.report.funding import funding_lines
from generator.report.heavy import full_line
from generator.report.mandates import step_terms
from generator.report.path import path_fields
from generator.report.points import points
from generator.report.provisos import behind, cosigners, limit_points
from generator.report.reach import trade_sentence
from generator.report.spending import (
    only_later,
    over_line,
    public_line,
    second_lines,
)
from generator.report.toprisks import top_lines
from generator.report.yearly import years_line

if TYPE_CHECKING:
    from generator.model import Assessment, Gap
    from generator.report.compared import Change
    from generator.report.decisions import Asked
    from generator.report.voice import Voice

_PLANS = 3
"""Plans that stand beside the proposal in the table of those to choose from."""
_GAPS = 3
_FULL = 5
"""Decisions and orders from which a page has no room to tell the risk of every project in full."""
_UNCHECKED = 3


def proposed_uses(assessment: Assessment) -> tuple[str, ...]:
    """The uses of the programme, or those that stand first where there is none."""
    return assessment.programme.uses or assessment.confidence.uses


def is_illustrative(assessment: Assessment) -> bool:
    """Whether grade D carries more of the leading uses than the method allows a plain title."""
    return assessment.confidence.is_illustrative


def doc_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `doc` fields: identity, dates, versions, notices."""
    region, screening, known = assessment.region, assessment.screening, voice.knowledge
    name = voice.name(region.name)
    as_of = voice.date(screening.as_of)
    rules, catalogue = known.rules_version[:8], known.catalogue_version[:8]
    share = assessment.confidence.illustrative_pct
    draft = ""
    if is_illustrative(assessment):
        draft = voice.sentence("doc.draft", "doc.draft", share=voice.whole(share))
    plan = (region.plan_from, region.plan_until)
    return {
        "title": voice.say("doc.title", region=name),
        "short_title": voice.say("doc.short_title", region=name),
        "region": name,
        "as_of": as_of,
        "language": voice.language,
        "handling": voice.choice("handling", region.handling) if region.handling else voice.dash,
        "rules_version": rules,
        "catalogue_version": catalogue,
        "prepared_by": voice.name(region.prepared_by),
        "plan_period": voice.say("doc.plan", start=voice.date(plan[0]), end=voice.date(plan[1]))
        if all(plan)
        else voice.dash,
        "illustrative": bool(draft),
        "draft": draft,
        "as_of_line": voice.sentence("doc.as_of_line", "doc.as_of_line", date=as_of),
        "law_day": voice.sentence("doc.law_day", "doc.law_day", date=as_of),
    }


def summary_fields(asked: Asked, assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `summary` fields: the answer with its headline, and what is barred."""
    return {
        "headline": headline(assessment, voice),
        "box": box(waiting(asked.changing), assessment, voice),
        "answer": answer("summary.answer", assessment, voice),
        "barred": trade_sentence("summary.barred", assessment.screening, voice),
    }


def _names(ids: tuple[str, ...], voice: Voice) -> str:
    names = {use.use_id: voice.name(use.name) for use in voice.knowledge.uses}
    return voice.join(names[use_id] for use_id in ids)


def top_fields(asked: Asked, assessment: Assessment, voice: Voice) -> dict[str, Any]:
    """The `top` fields: risks, money and the decisions asked, the first of them apart."""
    shown, every = _shown(asked), with_boxes(asked.rows, voice)
    two = only_rival(asked.choices)
    plans, unit, limit = plan_rows(asked.choices, assessment, voice)
    usual = usual_line(asked.rows, voice)
    limits = limit_points(usual, assessment, voice) if asked.limits else []
    is_roomy = not asked.choices and len(shown) + len(asked.order) < _FULL
    # Those that change most stand first.
    # Sizes, places and the cost of steps stand in the planning brief.
    here = [
        {**row, "what": row["short"], "waits": row["conditions"]}
        for row in plans[: 0 if two else 1 + _PLANS]
    ]
    # Two plans need no table: the decision that prepares their choice tells the other one.
    brief = [
        rival_row(row, two[1], step_terms(assessment, voice), assessment, voice)
        if two and two[1].touched and row["number"] == two[0]
        else row
        for row in every
    ]
    return {
        "points": points(asked, assessment, voice),
        **path_fields(asked, assessment, voice),
        "risks": [
            *top_lines(assessment, voice, is_roomy=is_roomy),
            *filter(None, [full_line(assessment, voice)]),
        ],
        "funding": [
            *_funding(assessment, voice),
            *filter(None, [public_line("funding.public", assessment, voice)]),
        ],
        "limits": voice.run_on(one["text"] for one in limits),
        "limits_each": limits,
        "order": asked.order,
        "decisions": [
            {**row, "yes": row["yes_brief"], "advice": ""}
            for row in brief
            if row["number"] in shown
        ],
        "decisions_more": voice.run_on(
            filter(
                None,
                [
                    _tried(asked, shown, voice),
                    _more(asked, shown | {row["number"] for row in here}, voice),
                ],
            )
        ),
        "decisions_all": every,
        "decisions_note": voice.run_on(
            (
                behind(assessment, voice) if asked.limits else "",
                worth_note(asked.changing, assessment, voice),
                voice.say("decisions.each") if _parted(asked) > 1 else "",
            )
        ),
        "decides": voice.office(DECIDES),
        "cosigners": cosigners(voice) if every else "",
        "candidates": [
            {**one, "name": voice.use(one["use_id"])}
            for one in kinds(asked.changing, assessment.programme.uses)
        ],
        "plans": here,
        "plans_all": plans,
        "plans_unit": unit,
        "plans_limit": limit,
        "plans_lines": voice.run_on(
            (plan_lines(asked.changing, assessment, voice), limit_note(asked.changing, assessment, voice))
        ),
        "plans_by": voice.join(dict.fromkeys(one.row["by"] for one in asked.choices.values())),
        "choices": _chosen(asked, two, assessment, voice),
    }  # fmt: skip


def _chosen(
    asked: Asked, two: tuple[str, Change] | None, assessment: Assessment, voice: Voice
) -> list[str]:
    """What is advised between plans, below their table; of two plans the decision tells it.

    Of sizes alone nothing is asked for now, so that their choice has a line without a table.
    """
    if two:
        against = plan_lines([two[1]], assessment, voice)
        told = voice.say("overview.choice_of_two", against=against, **two[1].row)
        return [] if two[1].touched else [told]
    return [
        voice.sentence(f"choice.{number}", "decision.choice_then", **one.row)
        for number, one in asked.choices.items()
    ]


def _parted(asked: Asked) -> int:
    """How many decisions would change the programme, a choice between plans apart."""
    return sum(not one.plans for one in asked.changing)


def _tried(asked: Asked, shown: Collection[str], voice: Voice) -> str:
    """That what was tried by itself does not add up, where several of them stand here."""
    several = sum(not one.plans and one.row["number"] in shown for one in asked.changing) > 1
    return voice.say("decisions.each") if several else ""


def _more(asked: Asked, told: Collection[str], voice: Voice) -> str:
    """The later votes that the page leaves out, each with its month; empty for none."""
    parts = [
        voice.say("decisions.later", what=one.row["short"], by=one.row["by"])
        for one in asked.changing
        if one.row["number"] not in told
    ]
    return voice.say("decisions.more", parts=voice.clauses(parts)) if parts else ""


def _funding(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What the limit is, and what is over it; planned steps and what fits stand in the planning brief."""
    lines = funding_lines(assessment, voice) or [""]
    found = assessment.programme
    if not found.first.projects:
        if found.projects:
            yield only_later("funding.later", assessment, voice)
        yield from second_lines("funding.second", assessment, voice)
        yield from filter(None, lines)
        return
    # The answer holds both waves against the limit; the limits of every yes tell who pays preparation.
    over = over_line("funding.over", assessment, voice)
    yield voice.run_on(tuple(filter(None, (lines[0], over))))
    yield from needed_lines(found.first, voice)
    yield from filter(None, [years_line(assessment, voice)])


def _shown(asked: Asked) -> set[str]:
    """The numbers of the decisions of the first vote; nothing else is answered now."""
    now = (one.row for one in asked.changing if one.by == 0 and not one.plans)
    return {row["number"] for row in (*asked.whole, *now)}


def prepare_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """Uses that wait for signatures only, with the number and type missing."""
    rows: list[dict[str, object]] = []
    for ids in assessment.readiness.prepare.values():
        for use_id in ids:
            use = assessment.readiness.uses[use_id]
            types = voice.join(
                voice.choice("institution_type", kind) for kind in use.signatures.missing_types
            )
            key = "prepare.typed" if types else "prepare.any"
            rows.append(
                {
                    "name": _names((use_id,), voice),
                    "readiness": voice.score(use.low),
                    "missing": voice.sentence(
                        f"prepare.{use_id}", key, count=use.signatures.missing, types=types
                    ),
                }
            )
    return rows


def programme_gaps(assessment: Assessment) -> list[tuple[str, str, Gap, tuple[str, ...]]]:
    """The gaps that cost the programme's uses most, and what nobody can change left out.

    Returns:
        Criterion, the use furthest from its target, its gap, and all uses of the programme that
        have one; of all that stand near where there is no programme. Most points first.
    """
    readiness = assessment.readiness
    if not assessment.programme.projects:
        return [(one.criterion_id, one.use_id, one.gap, one.uses) for one in readiness.biggest_gaps]
    found: dict[str, list[tuple[str, Gap]]] = {}
    for use_id in assessment.programme.uses:
        for gap in readiness.uses[use_id].gaps:
            if not gap.is_given and gap.to_target > 0:
                found.setdefault(gap.criterion_id, []).append((use_id, gap))
    order = sorted(found, key=lambda key: (-sum(gap.points for _, gap in found[key]), key))
    rows = []
    for key in order[:_GAPS]:
        use_id, gap = max(found[key], key=lambda pair: (pair[1].to_target, pair[0]))
        rows.append((key, use_id, gap, tuple(use for use, _ in found[key])))
    return rows


def gap_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """The gaps that cost the programme's uses most, in natural units."""
    return [
        {
            "criterion": voice.name(voice.knowledge.criteria[criterion_id].name),
            "missing": voice.sentence(
                f"gaps.{criterion_id}",
                voice.directed("gaps.missing", criterion_id),
                gap=voice.gap(gap.to_target, criterion_id),
                use=_names((use_id,), voice),
            ),
            "office": voice.supplier(criterion_id),
            "uses": voice.uses(uses, _UNCHECKED),
        }
        for criterion_id, use_id, gap, uses in programme_gaps(assessment)
    ]
