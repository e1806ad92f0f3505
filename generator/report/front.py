"""What the first page says: the answer, the top uses, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import LISTS
from generator.report.bodies import title
from generator.report.changes import decision_lines
from generator.report.choice import checked, is_bounded, named
from generator.report.lead import funding_lines, lead_columns
from generator.report.programme import period
from generator.report.reach import trade_sentence
from generator.report.scores import use_row
from generator.report.wording import confidence_line, standing

if TYPE_CHECKING:
    from generator.model import Assessment, Category, FiredRisk
    from generator.report.voice import Voice

_TOP: dict[Category, int] = {"blockchain": 3, "power_reuse": 2}
_RISKS = 3
_ACTIONS = 2
_UNCHECKED = 3


def leading(assessment: Assessment) -> tuple[str, ...]:
    """The uses of the first page, or the best placed ones where none is shortlisted."""
    return assessment.confidence.uses


def is_illustrative(assessment: Assessment, voice: Voice) -> bool:
    """Whether grade D carries more of the leading uses than the method allows a plain title."""
    share = assessment.confidence.illustrative_pct
    return share > voice.knowledge.assumed("illustrative_share_pct")


def doc_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `doc` fields: identity, dates, versions, notices."""
    region, screening, known = assessment.region, assessment.screening, voice.knowledge
    name = voice.name(region.name)
    as_of = voice.date(screening.as_of)
    rules, catalogue = known.rules_version[:8], known.catalogue_version[:8]
    share = assessment.confidence.illustrative_pct
    draft = ""
    if is_illustrative(assessment, voice):
        draft = voice.sentence("doc.draft", "doc.draft", share=voice.whole(share))
    plan = (region.plan_from, region.plan_until)
    return {
        "title": voice.say("doc.title_draft" if draft else "doc.title", region=name),
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
        "as_of_line": voice.sentence(
            "doc.as_of_line", "doc.as_of_line", date=as_of, rules=rules, catalogue=catalogue
        ),
        "law_day": voice.sentence("doc.law_day", "doc.law_day", date=as_of),
    }


def summary_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `summary` fields: the answer in one sentence, what is barred, and what follows."""
    return {
        "answer": _answer(assessment, voice),
        "barred": trade_sentence("summary.barred", assessment.screening, voice),
        "points": _points(assessment, voice),
    }


def _names(ids: tuple[str, ...], voice: Voice) -> str:
    names = {use.use_id: voice.name(use.name) for use in voice.knowledge.uses}
    return voice.join(names[use_id] for use_id in ids)


def _answer(assessment: Assessment, voice: Voice) -> str:
    """The portfolio first, then the shortlist it comes from."""
    readiness = assessment.readiness
    region = voice.name(assessment.region.name)
    chains, reuse = (readiness.shortlist[category] for category in LISTS)
    if not any(readiness.order.values()):
        return voice.sentence("summary.answer", "answer.nothing_cleared", region=region)
    if not chains and not reuse:
        return voice.sentence("summary.answer", "answer.none", region=region)
    found = assessment.portfolio
    shortlist = voice.say(
        "answer.both" if chains and reuse else "answer.chains" if chains else "answer.reuse",
        region=region, chains=_counted("chains", len(chains), voice),
        reuse=_counted("reuse", len(reuse), voice),
    )  # fmt: skip
    if not found.selected:
        return voice.sentence("summary.answer", "answer.nothing_fits", shortlist=shortlist)
    return voice.sentence(
        "summary.answer",
        "answer.portfolio" if is_bounded(found) else "answer.unlimited", shortlist=shortlist, count=len(found.selected),
        uses=named(found.selected, voice), capex=voice.money(*found.capex), checked=checked(found, voice),
        jobs=voice.span(*found.jobs, "span.jobs"), region=region,
    )  # fmt: skip


def _counted(kind: str, count: int, voice: Voice) -> str:
    return voice.say(f"answer.count_{kind}{'_one' if count == 1 else ''}", count=count)


def _points(assessment: Assessment, voice: Voice) -> list[str]:
    readiness = assessment.readiness
    points = [*_orders(assessment, voice), confidence_line(assessment, voice)]
    waiting = tuple(use_id for ids in readiness.prepare.values() for use_id in ids)
    if waiting:
        points.append(
            voice.sentence(
                "summary.prepare",
                "summary.prepare",
                count=len(waiting),
                uses=_names(waiting, voice),
            )
        )
    unchecked = tuple(use_id for ids in readiness.law_not_checked.values() for use_id in ids)
    if unchecked:
        points.append(
            voice.sentence(
                "summary.unchecked", "summary.unchecked", count=len(unchecked),
                uses=voice.uses(unchecked, _UNCHECKED),
            )
        )  # fmt: skip
    low = [
        use_id
        for ids in readiness.order.values()
        for use_id in ids
        if readiness.uses[use_id].coverage_pct < voice.knowledge.assumed("coverage_minimum_pct")
    ]
    if low:
        points.append(
            voice.sentence(
                "summary.coverage", "summary.coverage", count=len(low),
                minimum=voice.whole(voice.knowledge.assumed("coverage_minimum_pct")),
            )
        )  # fmt: skip
    points.append(voice.say("summary.order"))
    return points


def _orders(assessment: Assessment, voice: Voice) -> list[str]:
    """How firm the order of each shortlist is; nothing of the kind while the data are illustrative."""
    if not any(assessment.readiness.shortlist.values()):
        return []
    if is_illustrative(assessment, voice):
        return [voice.sentence("summary.likelihood", "standing.illustrative")]
    return [line for category in LISTS if (line := standing(category, assessment, voice))]


def top_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `top` fields: first uses of both shortlists, or why there is none; risks, first steps."""
    shortlist = assessment.readiness.shortlist
    is_own = assessment.region.currency == voice.knowledge.base_currency
    fields: dict[str, object] = {"note": voice.say("top.note" if is_own else "top.note_restated")}
    for category, count in _TOP.items():
        fields[category] = [
            use_row(use_id, assessment, voice) | lead_columns(use_id, assessment, voice)
            for use_id in shortlist[category][:count]
        ]
        fields[f"none_{category}"] = (
            "" if fields[category] else voice.sentence(f"top.{category}", f"top.none_{category}")
        )
    fields["risks"] = [
        voice.sentence(
            f"top.{fired.risk.risk_id}", "top.risk", title=voice.name(fired.risk.title),
            mitigation=voice.name(fired.risk.mitigation),
        )
        for fired in _pressing(assessment)[:_RISKS]
    ]  # fmt: skip
    fields["funding"] = funding_lines(assessment, voice)
    fields["decisions"] = decision_lines(assessment, voice)
    fields["actions"] = [
        voice.sentence(
            f"top.{planned.action.action_id}", "top.action", title=title(planned, voice),
            lead=voice.lead(planned.action.lead_office),
            period=period(planned, assessment.region.plan_from, voice),
        )
        for planned in assessment.action_plan.actions[:_ACTIONS]
    ]  # fmt: skip
    return fields


def _pressing(assessment: Assessment) -> list[FiredRisk]:
    """The risks in their order, but for the first that the catalogue lets lead."""
    risks = list(assessment.risks)
    leading = next((one for one in risks if one.risk.leads), None)
    return [leading, *(one for one in risks if one is not leading)] if leading else risks


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


def gap_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """The gaps that cost the proposed uses most, in natural units."""
    rows: list[dict[str, object]] = []
    for biggest in assessment.readiness.biggest_gaps:
        criterion = voice.knowledge.criteria[biggest.criterion_id]
        rows.append(
            {
                "criterion": voice.name(criterion.name),
                "missing": voice.sentence(
                    f"gaps.{biggest.criterion_id}",
                    voice.directed("gaps.missing", biggest.criterion_id),
                    gap=voice.gap(biggest.gap.to_target, biggest.criterion_id),
                    use=_names((biggest.use_id,), voice),
                ),
                "office": voice.supplier(biggest.criterion_id),
                "uses": voice.say("gaps.uses", count=len(biggest.uses)),
                "points": voice.say(
                    "gaps.points", points=voice.number(biggest.points / len(biggest.uses), 1)
                ),
            }
        )  # fmt: skip
    return rows
