"""The legal position in words: what is barred, what needs what, what nobody has looked at yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import COMPARATORS
from generator.report.front import leading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.model import (
        Assessment,
        Finding,
        Procedure,
        Rule,
        Screening,
        Staleness,
        Use,
        UseFinding,
    )
    from generator.report.voice import Voice

_MOST_NAMED = 2
_BINDING = ("prohibited", "conditional", "permitted", "encouraged")


def legal_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `law` fields of a template."""
    barred, outside = comparators(assessment.screening, voice)
    return {
        "intro": _intro(assessment, voice),
        "barred": barred,
        "barred_together": together(barred, voice),
        "outside": outside,
        "duties": _duties(assessment, voice),
        "filing": _filing(assessment, voice),
        "open": open_rows(assessment.screening, voice),
        "stale": [stale_line(one, voice)
                  for one in assessment.screening.stale],
        "procedures": _procedures(assessment, voice),
        "claims": _claims(assessment, voice),
        "instruments": _instruments(assessment, voice),
    }  # fmt: skip


def _intro(assessment: Assessment, voice: Voice) -> str:
    screening = assessment.screening
    orders = voice.join(
        voice.name(voice.knowledge.jurisdictions[code].name) for code in screening.jurisdictions
    )
    key = "law.intro" if screening.rules_in_force else "law.intro_no_rules"
    return voice.sentence(
        "law.intro", key, orders=orders, count=screening.rules_in_force,
        date=voice.date(screening.as_of),
    )  # fmt: skip


def comparators(
    screening: Screening, voice: Voice
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """What the law bars, comparators first; and comparators that it does not bar."""
    barred, outside = [], []
    carried = set()
    for use in sorted(voice.knowledge.uses, key=lambda use: use.category != COMPARATORS):
        found = screening.uses[use.use_id]
        carried |= set(use.regulated_activities)
        if found.status == "prohibited":
            barred.append(_barred(voice.name(use.name), use.use_id, found.findings, voice))
        elif use.category == COMPARATORS:
            outside.append(_outside(use, found, voice))
    # What is barred and no use carries, such as mining under the label of a data centre.
    for activity, one in screening.findings.items():
        if one.effect == "prohibited" and activity not in carried:
            name = voice.name(voice.knowledge.activities[activity].name)
            barred.append(_barred(name, activity, (one,), voice))
    return barred, outside


def _barred(name: str, place: str, findings: Iterable[Finding], voice: Voice) -> dict[str, object]:
    """Citation, reason and penalty; how far a rule was checked, unless in its source."""
    findings = tuple(findings)
    rules = rules_of(findings, "prohibited")
    opened = [found for found in findings if found.effect == "not_assessed"]
    penalties = dict.fromkeys(voice.text(rule.penalty) for rule in rules if rule.penalty)
    conditions = dict.fromkeys(voice.name(rule.condition) for rule in rules)
    separator = voice.say("clause.separator")
    return {
        "name": name,
        "sentence": voice.sentence(
            f"law.barred.{place}", "law.barred", instruments=cited(rules, voice)
        ),
        "reason": voice.say("law.reason", conditions=separator.join(conditions)),
        "penalty": voice.say("law.penalty", penalty=separator.join(penalties)) if penalties else "",
        "open": voice.say("law.open_part", activities=_activities(opened, voice)) if opened else "",
        "rules": voice.join(rule.rule_id for rule in rules),
        "checked": _checked(rules, voice),
    }


def together(barred: Sequence[Mapping[str, object]], voice: Voice) -> list[dict[str, object]]:
    """The barred activities with one row for all that the same instruments bar alike."""
    groups: dict[tuple[object, ...], list[Mapping[str, object]]] = {}
    for row in barred:
        groups.setdefault((row["sentence"], row["penalty"], row["open"]), []).append(row)
    return [
        {
            **rows[0],
            "name": voice.join(str(row["name"]) for row in rows),
            "checked": _checked(_named(rows, voice), voice),
        }
        for rows in groups.values()
    ]


def _named(rows: Iterable[Mapping[str, object]], voice: Voice) -> list[Rule]:
    """The rules whose numbers the rows give, each once however many rows give it."""
    separator = voice.say("list.separator")
    numbers = {number for row in rows for number in str(row["rules"]).split(separator)}
    return [rule for rule in voice.knowledge.rules if rule.rule_id in numbers]


def cited(rules: Iterable[Rule], voice: Voice) -> str:
    """The instruments of rules, each once."""
    return voice.join(dict.fromkeys(voice.short_instrument(rule) for rule in rules))


def _checked(rules: Iterable[Rule], voice: Voice) -> str:
    """The rules not verified in their source, by how far they were checked."""
    by_status: dict[str, list[str]] = {}
    for rule in rules:
        if rule.read_kind != "official":
            by_status.setdefault(rule.read_kind, []).append(rule.rule_id)
    return " ".join(
        voice.say("law.checked", rule=voice.join(ids), status=voice.choice("read_kind", status))
        for status, ids in by_status.items()
    )


def _outside(use: Use, finding: UseFinding, voice: Voice) -> dict[str, object]:
    rules = rules_of(finding.findings, *_BINDING)
    key = f"law.outside.{finding.status}"
    return {
        "name": voice.name(use.name),
        "status": voice.say(f"status.{finding.status}"),
        "status_band": finding.status,
        "sentence": voice.sentence(
            f"law.outside.{use.use_id}", key, open=_activities(finding.of("not_assessed"), voice)
        ),
        "rules": [_condition(rule, voice) for rule in rules],
    }


def _condition(rule: Rule, voice: Voice) -> dict[str, object]:
    """What a rule asks, with its citation."""
    shown = voice.say("claim.rule", rule=rule.rule_id, instrument=voice.short_instrument(rule))
    return {"condition": voice.name(rule.condition), "cite": shown}


def rules_of(findings: Iterable[Finding], *effects: str) -> list[Rule]:
    """Rules of those findings with one of the effects, national ones first, oldest first."""
    rules = [rule for found in findings for rule in found.rules if rule.effect in effects]
    return sorted(
        dict.fromkeys(rules),
        key=lambda rule: (rule.jurisdiction not in rule.region_scope, str(rule.in_force_from)),
    )


def _activities(findings: Iterable[Finding], voice: Voice) -> str:
    activities = voice.knowledge.activities
    return voice.join(voice.name(activities[found.activity].name) for found in findings)


def _near(assessment: Assessment) -> list[str]:
    """Uses that the brief proposes or prepares, both lists."""
    readiness = assessment.readiness
    return [
        use_id
        for lists in (readiness.shortlist, readiness.prepare)
        for ids in lists.values()
        for use_id in ids
    ]


def _by_id(voice: Voice) -> dict[str, Use]:
    return {use.use_id: use for use in voice.knowledge.uses}


def _filing(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """The conditions on proposed uses as a checklist, one row an activity."""
    activities = voice.knowledge.activities
    touched: dict[str, list[str]] = {}
    findings: dict[str, Finding] = {}
    for use_id in _near(assessment):
        for found in assessment.screening.uses[use_id].of("conditional"):
            touched.setdefault(found.activity, []).append(use_id)
            findings[found.activity] = found
    uses = _by_id(voice)
    listed = {use_id for ids in assessment.readiness.shortlist.values() for use_id in ids}
    return [
        {
            "activity": voice.name(activities[activity].name),
            "uses": voice.join(voice.name(uses[use_id].name) for use_id in ids),
            "count": voice.number(len(ids)),
            "is_listed": any(use_id in listed for use_id in ids),
            "rules": [_condition(rule, voice) for rule in rules],
            "ids": voice.several([rule.rule_id for rule in rules], 1),
        }
        for activity, ids in touched.items()
        for rules in (rules_of((findings[activity],), "conditional"),)
    ]


def _duties(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """For the leading uses, the activities under conditions and the instruments that set them."""
    uses = _by_id(voice)
    rows: list[dict[str, object]] = []
    named: set[str] = set()
    for use_id in leading(assessment):
        parts = []
        for found in assessment.screening.uses[use_id].of("conditional"):
            name = voice.name(voice.knowledge.activities[found.activity].name)
            if found.activity in named:
                parts.append(voice.say("law.duty_again", activity=name))
                continue
            named.add(found.activity)
            instruments = cited(rules_of((found,), "conditional"), voice)
            parts.append(voice.say("law.duty_part", activity=name, instruments=instruments))
        if parts:
            sentence = voice.sentence(
                f"law.duty.{use_id}", "law.duty", parts=voice.say("clause.separator").join(parts)
            )
            rows.append({"use": voice.name(uses[use_id].name), "sentence": sentence})
    return rows


def open_rows(screening: Screening, voice: Voice) -> list[dict[str, object]]:
    """Uses whose law is partly or not assessed, with the activities nobody has looked at."""
    rows: list[dict[str, object]] = []
    for use in voice.knowledge.uses:
        finding = screening.uses[use.use_id]
        if use.category == COMPARATORS or finding.status not in {"partly_assessed", "not_assessed"}:
            continue
        activities = _activities(finding.of("not_assessed"), voice)
        rows.append(
            {
                "use": voice.name(use.name),
                "status": voice.say(f"status.{finding.status}"),
                "status_band": finding.status,
                "activities": activities,
                "sentence": voice.say(f"law.open.{finding.status}", activities=activities),
            }
        )
    return rows


def stale_line(one: Staleness, voice: Voice) -> str:
    """Why a rule must be checked again before use."""
    rule, days, successor = one.rule, one.days_since_check, one.ended_by
    if successor:
        return voice.sentence(
            f"law.stale.{rule.rule_id}", "law.replaced", rule=rule.rule_id,
            instrument=voice.instrument(rule), successor=voice.name(successor.title),
        )  # fmt: skip
    return voice.sentence(
        f"law.stale.{rule.rule_id}", "law.stale", rule=rule.rule_id, days=days,
        checked=voice.date(rule.checked_on),
    )  # fmt: skip


def _procedures(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    uses = _by_id(voice)
    return [
        {
            "name": voice.name(due.procedure.name),
            "lead": voice.lead(due.procedure.lead_office),
            "basis": voice.name(due.procedure.basis),
            "what": voice.name(due.procedure.what),
            "uses": _for_uses(due.uses, uses, voice),
            "trace": _procedure_trace(due.procedure, voice),
        }
        for due in assessment.procedures
    ]


def _for_uses(ids: tuple[str, ...], uses: dict[str, Use], voice: Voice) -> str:
    """The uses that call for a procedure, shortened when there are many."""
    names = [voice.name(uses[use_id].name) for use_id in ids]
    if not names:
        return voice.say("law.every_plan")
    if len(names) <= _MOST_NAMED:
        return voice.join(names)
    first = voice.join(names[:_MOST_NAMED])
    return voice.say("procedure.uses", first=first, count=len(names) - _MOST_NAMED)


def _procedure_trace(procedure: Procedure, voice: Voice) -> str:
    parts = [procedure.official_locator or voice.say("law.no_reference")]
    if procedure.read_kind:
        parts.append(voice.choice("read_kind", procedure.read_kind))
    return " · ".join(parts)


def _claims(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number, answer in enumerate(assessment.screening.claims, start=1):
        finding = answer.finding
        rules = rules_of((finding,), *_BINDING)
        activity = voice.name(voice.knowledge.activities[finding.activity].name)
        is_trade = any(
            finding.activity in use.regulated_activities
            for use in voice.knowledge.uses
            if use.category == COMPARATORS
        )
        key = f"claim.{'outside' if is_trade else 'use'}.{finding.effect}"
        rows.append(
            {
                "claim": voice.name(answer.claim.text),
                "source": voice.name(answer.claim.source),
                "cell": str(answer.claim.origin),
                "position": voice.sentence(f"claim.{number}", key, activity=activity),
                "rules": voice.say("clause.separator").join(
                    voice.say(
                        "claim.rule", rule=rule.rule_id, instrument=voice.short_instrument(rule)
                    )
                    for rule in rules
                )
                or voice.dash,
            }
        )
    return rows


def _instruments(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """Every instrument that bears on what is barred or proposed, once, with its rules."""
    near = {
        found.activity
        for use_id in _near(assessment)
        for found in assessment.screening.uses[use_id].findings
    }
    traded = {
        activity
        for use in voice.knowledge.uses
        if use.category == COMPARATORS
        for activity in use.regulated_activities
    }
    rows: dict[tuple[str, str], list[str]] = {}
    for found in assessment.screening.findings.values():
        if found.activity in near | traded or found.effect == "prohibited":
            for rule in found.rules:
                rows.setdefault((voice.instrument(rule), voice.trace(rule)), []).append(
                    rule.rule_id
                )
    return [
        {"instrument": instrument, "trace": trace, "rules": voice.join(ids)}
        for (instrument, trace), ids in rows.items()
    ]


def undated_rules(assessment: Assessment) -> list[Rule]:
    """Rules in scope without a known start: asked about, never applied."""
    rules = {rule for found in assessment.screening.findings.values() for rule in found.undated}
    return sorted(rules, key=lambda rule: rule.rule_id)
