"""What the first page says: the answer, the top uses, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from generator.report.alternatives import together_point
from generator.report.decisions import SHOWN, Asked
from generator.report.funding import funding_lines
from generator.report.goals import in_time
from generator.report.idle import closest_line, front
from generator.report.limits import binding
from generator.report.ownrisks import top_lines
from generator.report.programme import answer, attained, nothing
from generator.report.projects import firm_line
from generator.report.reach import trade_sentence
from generator.report.registers import beyond
from generator.report.sites import unexplained
from generator.report.spending import (
    only_later,
    over_line,
    preparation_line,
    revenue_line,
    second_lines,
)
from generator.report.wording import confidence_line

if TYPE_CHECKING:
    from generator.model import Assessment, Gap
    from generator.report.voice import Voice

_ROOM, _USUAL, _LESS = 2.3, 3, 0.35
_ROOM_ALONE = 5.0
"""Lines of a usual decision that a first page has room for beside the first and what concerns the
data, up to so many projects; less for each more, and more where one table of projects is all there is.
The same in every language."""
_LEAST = 3
"""Decisions that a first page names whatever room they take."""
_PLAIN, _MOVED = 0.7, 0.4
"""Of a decision that changes no project, and for each project that another one changes."""
_GAPS = 3
_UNCHECKED = 3
_NAMED = 2
"""Projects that a line names of those whose place a decision could take."""


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


def summary_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `summary` fields: the answer, and what is barred."""
    return {
        "answer": answer("summary.answer", assessment, voice),
        "barred": trade_sentence("summary.barred", assessment.screening, voice),
    }


def _names(ids: tuple[str, ...], voice: Voice) -> str:
    names = {use.use_id: voice.name(use.name) for use in voice.knowledge.uses}
    return voice.join(names[use_id] for use_id in ids)


def _points(assessment: Assessment, voice: Voice) -> list[str]:
    """What stands under the answer of a first page, whose tables and decisions tell the rest."""
    points = [
        line
        for line in (
            closest_line(assessment, voice, front(assessment)),
            *in_time("point", assessment, voice),
            unexplained("point.unexplained", assessment, voice),
            *binding(assessment, voice),
            beyond(assessment, voice),
            *_evidence(assessment, voice),
            # The other plan and what is attainable answer the same question: one of them is enough.
            together_point(assessment, voice) or attained(assessment, voice),
            nothing(assessment, voice),
        )
        if line
    ]
    # What is in no programme has a place on the first page only where there is none.
    return points if assessment.programme.projects else [*points, *_outside(assessment, voice)]


def _outside(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What waits for signatures, whose law nobody has checked, and whose data are too thin."""
    readiness, known = assessment.readiness, voice.knowledge
    waiting = tuple(use_id for ids in readiness.prepare.values() for use_id in ids)
    if waiting:
        key = "summary.prepare"
        yield voice.sentence(key, key, count=len(waiting), uses=_names(waiting, voice))
    unchecked = tuple(use_id for ids in readiness.law_not_checked.values() for use_id in ids)
    if unchecked:
        key, shown = "summary.unchecked", voice.uses(unchecked, _UNCHECKED)
        yield voice.sentence(key, key, count=len(unchecked), uses=shown)
    least = known.assumed("coverage_minimum_pct")
    order = [use_id for ids in readiness.order.values() for use_id in ids]
    low = sum(1 for use_id in order if readiness.uses[use_id].coverage_pct < least)
    if low:
        key = "summary.coverage"
        yield voice.sentence(key, key, count=low, minimum=voice.whole(least))


def _evidence(assessment: Assessment, voice: Voice) -> list[str]:
    """How far the evidence carries; of example values the notice above says that."""
    if not assessment.programme.projects:
        return [confidence_line(assessment, voice)]
    if is_illustrative(assessment):
        return []
    line = firm_line(assessment, voice)
    return [confidence_line(assessment, voice), *([line] if line else [])]


def top_fields(asked: Asked, assessment: Assessment, voice: Voice) -> dict[str, Any]:
    """The `top` fields: risks, money and the decisions asked, the first of them apart."""
    decisions = asked.rows
    projects = len(assessment.programme.projects)
    room = _ROOM if assessment.programme.first.projects else _ROOM_ALONE
    shown = _with_room(asked, room - _LESS * max(0, projects - _USUAL))
    more = len(decisions) - len(shown)
    # What was tried by itself is told of those that stand here.
    tried = sum(1 for row in asked.changing if row in shown)
    return {
        "points": _points(assessment, voice),
        "risks": top_lines(assessment, voice),
        "funding": [
            *_funding(assessment, voice),
            *filter(None, [revenue_line("funding.revenue", assessment, voice)]),
        ],
        "decisions": shown,
        "decisions_more": voice.run_on(
            [
                *([voice.say("decisions.each")] if tried > 1 else []),
                *([_more(asked, shown, voice)] if more > 0 else []),
            ]
        ),
        "decisions_all": decisions,
        "decisions_note": voice.say("decisions.each") if len(asked.changing) > 1 else "",
    }  # fmt: skip


def _more(asked: Asked, shown: Sequence[dict[str, str]], voice: Voice) -> str:
    """How many decisions the page leaves out, and which of them could replace a project, and when."""
    pairs = zip(asked.changing, asked.replaced, strict=True)
    parts = [
        voice.say(
            "decisions.replacing", number=row["number"], by=row["by"], uses=voice.uses(uses, _NAMED)
        )
        for row, uses in pairs
        if uses and row not in shown
    ]
    key = "decisions.more_replacing" if parts else "decisions.more"
    count = len(asked.rows) - len(shown)
    return voice.say(key, count=count, parts=voice.clauses(parts))


def _funding(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """What the limit is, what comes on top of the first wave, and what planned steps cost."""
    first, *rest = funding_lines(assessment, voice) or [""]
    found = assessment.programme
    if found.projects and not found.first.projects:
        yield only_later("funding.later", assessment, voice)
    elif found.first.projects:
        parts = (
            first, over_line("funding.over", assessment, voice),
            preparation_line("funding.preparation", assessment, voice),
        )  # fmt: skip
        yield voice.run_on(tuple(filter(None, parts)))
    later = found.second.projects
    yield from second_lines("funding.second", assessment, voice) if later else ()
    if len(found.projects) > 2 * _USUAL:
        # A full page leaves planned steps to the planning brief.
        return
    yield from rest if found.first.projects else filter(None, [first, *rest])


def _with_room(asked: Asked, room: float) -> list[dict[str, str]]:
    """The decisions that two pages have room for, three in any case.

    The first always is among them.
    """
    first, *rest = asked.whole or ({},)
    costs = [
        *(1.0 if row["advice"] else _PLAIN for row in rest),
        *(1.0 + _MOVED * moved for moved in asked.moved),
    ]
    shown = list[dict[str, str]]()
    for row, cost in zip((*rest, *asked.changing), costs, strict=True):
        room -= cost
        told = 1 + len(shown)
        if told == SHOWN or (room < 0 and told >= _LEAST):
            break
        shown.append(row)
    return [row for row in asked.rows if row in (first, *shown)]


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
