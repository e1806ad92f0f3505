"""What the law asks of the programme: conditions, and what hangs on a figure nobody gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.report.citation import (
    by_duty,
    coded,
    condition_of,
    from_amount,
    missing,
    placed,
    placed_together,
    rules_of,
    stated,
)
from generator.report.tables import row, table
from generator.report.thresholds import limit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from generator.model import Assessment, Finding, Procedure, Row, Rule, Table, Use
    from generator.report.voice import Voice

LIMIT = "limit"
"""The kind of condition that the thing itself must keep, such as a highest power overhead."""


def near_uses(assessment: Assessment) -> list[str]:
    """Uses of the programme; those that are shortlisted or prepared where there is none."""
    return list(assessment.programme.uses or assessment.readiness.proposed)


def by_id(voice: Voice) -> dict[str, Use]:
    """The uses by their id."""
    return {use.use_id: use for use in voice.knowledge.uses}


def condition_row(rule: Rule, voice: Voice, *, is_open: bool = False) -> dict[str, object]:
    """What a rule asks with its citation and what was read; or that it hangs on a missing figure."""
    text = condition_of(rule, voice)
    if is_open:
        text = voice.say("law.depends_on", condition=text, missing=missing(rule, voice))
    return {
        "condition": text,
        "cite": voice.say("claim.rule", rule=rule.rule_id, instrument=coded((rule,), voice)),
        "source": coded((rule,), voice),
    }


def filing_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """The conditions on proposed uses as a checklist, one row an activity.

    Conditions that hang on a figure which nobody gave stand with the others and say so.
    """
    activities = voice.knowledge.activities
    touched: dict[str, list[str]] = {}
    applied: dict[str, dict[Rule, None]] = {}
    hanging: dict[str, dict[Rule, None]] = {}
    for use_id in near_uses(assessment):
        for found in assessment.screening.of_use(use_id).of("conditional"):
            touched.setdefault(found.activity, []).append(use_id)
            applied.setdefault(found.activity, {}).update(
                dict.fromkeys(binding_rules(found, assessment))
            )
            hanging.setdefault(found.activity, {}).update(
                dict.fromkeys(_lasting(may_bind(found), assessment))
            )
    uses = by_id(voice)
    return [
        {
            "activity": voice.name(activities[activity].name),
            "uses": voice.join(voice.name(uses[use_id].name) for use_id in ids),
            "rules": [
                condition_row(rule, voice, is_open=rule not in applied[activity])
                for rule in _asked(applied[activity], hanging[activity])
            ],
        }
        for activity, ids in touched.items()
        if applied[activity] or hanging[activity]
    ]


def _lasting(rules: Iterable[Rule], assessment: Assessment) -> list[Rule]:
    """The rules without those that are over when the plan begins: no project meets them."""
    start = assessment.region.plan_from
    return [
        rule
        for rule in rules
        if start is None or rule.in_force_until is None or rule.in_force_until > start
    ]


def binding_rules(found: Finding, assessment: Assessment) -> list[Rule]:
    """The conditions that bind from the start of the plan on, those that begin by then among them."""
    start = assessment.region.plan_from
    begun = [
        rule
        for rule in found.coming
        if rule.effect == "conditional"
        and start
        and rule.in_force_from
        and rule.in_force_from <= start
        if rule not in found.depends
    ]
    return [*_lasting(rules_of((found,), "conditional"), assessment), *begun]


def _asked(applied: Collection[Rule], hanging: Collection[Rule]) -> list[Rule]:
    """What binds, the limits on the thing itself first, then what may bind."""
    return [*by_duty(applied), *by_duty(rule for rule in hanging if rule not in applied)]


def may_bind(found: Finding) -> list[Rule]:
    """Rules that bar or bind if a figure that nobody gave says so."""
    return [rule for rule in found.depends if rule.effect in {"prohibited", "conditional"}]


def condition_table(assessment: Assessment, voice: Voice) -> Table:
    """Every condition to be met before a project's start, a rule a row; then what asks for what in its operation.

    What binds everyone, or somebody else than the project, stands in the annex alone. Of what
    an earlier project has been told the activity is named, or the instruments where that is a part.
    """
    told: dict[tuple[str, str], str] = {}
    rows: list[Row | Mapping[str, str]] = []
    for use_id in assessment.programme.uses:
        own = [*_project_rows(use_id, told, assessment, voice)]
        if own:
            rows += [row({"name": voice.use(use_id)}, "block"), *own]
    return table("law.before", rows)


def _project_rows(
    use_id: str, told: dict[tuple[str, str], str], assessment: Assessment, voice: Voice
) -> Iterator[Mapping[str, str] | Row]:
    """The rows of one project, and in a last one what stands with others or begins in operation.

    What it is told first is added to what was told.
    """
    later: dict[str, None] = {}
    again: dict[str, tuple[list[str], dict[str, None]]] = {}
    for found in assessment.screening.of_use(use_id).of("conditional"):
        applied = binding_rules(found, assessment)
        rules = _asked(applied, _lasting(may_bind(found), assessment))
        fresh = [rule for rule in rules if _said(rule) not in told]
        _told_before(found, rules, use_id, told, again, voice)
        own = [one for one in fresh if not (one.is_of_operation or one.is_general)]
        yield from _told_of(found, own, applied, voice)
        later.update((voice.short_instrument(one), None) for one in fresh if one.is_of_operation)
    yield from _not_reached(use_id, assessment, voice)
    parts = [text for key, held in again.items() for text in _as_for(voice.use(key), *held, voice)]
    if later:
        parts.append(voice.say("law.in_operation", instruments=voice.join(later)))
    if parts:
        yield row({"name": voice.clauses(parts)}, "also")


def _told_before(
    found: Finding, rules: Sequence[Rule], use_id: str, told: dict[tuple[str, str], str],
    again: dict[str, tuple[list[str], dict[str, None]]], voice: Voice,
) -> None:  # fmt: skip
    """Note what is told now, and of what was: activities that one project has in full, else instruments."""
    earlier = {rule: told.setdefault(_said(rule), use_id) for rule in rules}
    whole = set(earlier.values())
    if len(whole) == 1 and use_id not in whole:
        again.setdefault(whole.pop(), ([], {}))[0].append(activity(found, voice))
        return
    for rule, before in earlier.items():
        if before != use_id:
            again.setdefault(before, ([], {}))[1][voice.short_instrument(rule)] = None


def _as_for(
    use: str, activities: Sequence[str], instruments: Iterable[str], voice: Voice
) -> Iterator[str]:
    """What an earlier project has been told: activities in full, and parts of others by instrument."""
    if activities:
        yield voice.say("law.before_again", use=use, activities=voice.join(activities))
    if names := list(instruments):
        yield voice.say("law.before_partly", use=use, instruments=voice.join(names))


def _said(rule: Rule) -> tuple[str, str]:
    """What makes two rules one condition: the instrument and its words."""
    return rule.instrument.instrument_id, rule.condition.text("en")


def _told_of(
    found: Finding, rules: Sequence[Rule], applied: Collection[Rule], voice: Voice
) -> list[dict[str, str]]:
    """The conditions on one activity, which the first of them names.

    What hangs by size on the same missing figure has one row.
    """
    name = activity(found, voice)
    together: dict[str, list[Rule]] = {}
    for rule in rules:
        hangs = rule not in applied and rule.threshold is not None
        together.setdefault(missing(rule, voice) if hangs else rule.rule_id, []).append(rule)
    return [
        {
            "activity": "" if number else name,
            "condition": _in_short(own[0], voice, is_open=own[0] not in applied)
            if len(own) == 1
            else _by_size(own, voice),
            "instrument": placed_together(own, voice) if len(own) > 1 else placed(own[0], voice),
        }
        for number, own in enumerate(together.values())
    ]


def _by_size(rules: Sequence[Rule], voice: Voice) -> str:
    """What hangs on one missing figure, from the least size on; the notes stand in the annex."""
    sizes = {rule: rule.threshold.value for rule in rules if rule.threshold is not None}
    return voice.say(
        "law.depends_on",
        missing=missing(rules[0], voice),
        condition=voice.clauses(from_amount(rule, voice) for rule in sorted(sizes, key=sizes.__getitem__)),
    )  # fmt: skip


def _in_short(rule: Rule, voice: Voice, *, is_open: bool) -> str:
    """A condition without its note, which stands in the annex; with it where a figure is missing.

    Such a note says what to assume until the figure is known.
    """
    if is_open:
        text = condition_of(rule, voice)
        return voice.say("law.depends_on", condition=text, missing=missing(rule, voice))
    return stated(rule, voice, sized="law.met")


def missed_rules(use_id: str, assessment: Assessment) -> list[Rule]:
    """The conditions whose threshold a use may reach, yet not by its own power at the size chosen."""
    screening = assessment.screening
    possible = {rule for one in screening.uses[use_id].findings for rule in one.rules}
    return [
        rule
        for one in screening.of_use(use_id).findings
        for rule in _lasting(one.beyond, assessment)
        if rule.effect == "conditional" and rule.threshold is not None and rule in possible
    ]


def missed_questions(assessment: Assessment, voice: Voice) -> dict[Rule, list[str]]:
    """What rules ask that stop projects only if more is counted than their own power, with these."""
    uses: dict[Rule, list[str]] = {}
    for use_id in assessment.programme.uses:
        for rule in missed_rules(use_id, assessment):
            if voice.text(rule.question):
                uses.setdefault(rule, []).append(use_id)
    return uses


def _not_reached(use_id: str, assessment: Assessment, voice: Voice) -> Iterator[dict[str, str]]:
    """The thresholds of these conditions; where the rule puts a question, that it is open."""
    told: dict[tuple[str, str], None] = {}
    for rule in missed_rules(use_id, assessment):
        if rule.threshold is None:
            continue
        key = "law.not_reached_open" if voice.text(rule.question) else "law.not_reached"
        text = voice.say(
            key, limit=limit(rule.threshold, voice), condition=voice.name(rule.condition)
        )
        told[text, placed(rule, voice)] = None
    for text, instrument in told:
        yield {"activity": "", "condition": text, "instrument": instrument}


def depends_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """What hangs on a figure that nobody gave, a row a figure, of proposed uses and activities."""
    screening = assessment.screening
    ids = near_uses(assessment) or list(screening.uses)
    held: dict[str, dict[Rule, None]] = {}
    for use_id in ids:
        for found in screening.of_use(use_id).findings:
            for rule in may_bind(found):
                held.setdefault(missing(rule, voice), {})[rule] = None
    rows: list[dict[str, object]] = []
    for name, rules in held.items():
        limits = dict.fromkeys(
            limit(rule.threshold, voice) for rule in rules if rule.threshold is not None
        )
        # A limit may hold only together with another, or beside it.
        notes = dict.fromkeys(
            note for rule in rules if (note := rule.reader_note.text(voice.language).rstrip(".。"))
        )
        names = dict.fromkeys(
            voice.name(voice.knowledge.activities[rule.activity].name) for rule in rules
        )
        rows.append(
            {
                "missing": name,
                "limits": voice.say("clause.separator").join(limits) or voice.dash,
                "note": voice.say("law.note", notes=voice.say("clause.separator").join(notes))
                if notes
                else "",
                "activities": voice.join(names),
                "cite": coded(rules, voice),
                "rules": voice.join(rule.rule_id for rule in rules),
            }
        )
    return rows


def activity(found: Finding, voice: Voice) -> str:
    """What a finding is about, by name."""
    return voice.name(voice.knowledge.activities[found.activity].name)


def gates_of(use_id: str, assessment: Assessment) -> list[Procedure]:
    """The procedures that decide whether a project can be built at all, by the question they put.

    What is asked of the whole plan is none of them.
    """
    return [
        due.procedure
        for due in assessment.procedures
        if due.procedure.question and use_id in due.uses
    ]


def open_procedures(assessment: Assessment, voice: Voice) -> str:
    """The procedures of which the data do not say whether they apply; empty without any."""
    if not assessment.undecided_procedures:
        return ""
    names = [voice.name(one.name) for one in assessment.undecided_procedures]
    return voice.sentence(
        "procedures.undecided", "procedures.undecided", procedures=voice.join(names)
    )
