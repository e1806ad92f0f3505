"""The legal position in words: what is barred, what needs what, what nobody has looked at yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from generator.model import (
    COMPARATORS,
    Assessment,
    BarredSize,
    Finding,
    Rule,
    Screening,
    Use,
    UseFinding,
)
from generator.model.law import ReadKind
from generator.report.citation import (
    BINDING,
    coded,
    condition_of,
    in_brief,
    is_read_only,
    legend,
    missing_field,
    position,
    rules_of,
)
from generator.report.conditions import (
    condition_row,
    condition_table,
    depends_rows,
    filing_rows,
    open_procedures,
)
from generator.report.duties import duties_note
from generator.report.freshness import coming_rows, ending_rows, first_line, stale_notice
from generator.report.lawscope import (
    near_findings,
    read_line,
    resting_findings,
    resting_rules,
    scope,
    stale_of,
)
from generator.report.outside import outside_rows
from generator.report.procedures import (
    procedure_rows,
    procedure_tasks,
    procedures_line,
    procedures_read,
    start_line,
)
from generator.report.reach import activity_names, open_line, reach_sentence, trade_sentence
from generator.report.readfirst import read_first
from generator.report.stops import stop_line
from generator.report.tables import begun, inner
from generator.report.thresholds import barred_from, limit

if TYPE_CHECKING:
    from generator.report.voice import Voice


Citing = Callable[[Iterable[Rule], "Voice"], str]
"""How instruments are cited: with signs, or in words."""
_SIZED_USES = 4
_KINDS = get_args(ReadKind)
"""What may have been read of a rule, the best first."""
_NOT_THE_TEXT = frozenset({"press", "page", "superseded"})
"""What was read of a rule that is not its text in force."""


def law_fields(assessment: Assessment, voice: Voice) -> dict[str, object]:
    """The `law` fields of a template."""
    screening = assessment.screening
    barred, outside = comparators(screening, voice)
    near, rules = near_findings(assessment), resting_rules(assessment)
    stale = stale_of(resting_findings(assessment), assessment)
    first, stop = read_first(assessment, voice), stop_line(assessment, voice)
    reported = sum(rule.is_read and rule.read_kind in _NOT_THE_TEXT for rule in rules)
    notice = stale_notice(stale, scope(assessment, voice), screening.as_of, voice, first, reported)
    line = first_line(stale, first, rules, reported, voice, is_named=not stop) or notice
    every, start = _barred_all(barred, screening, voice), start_line(assessment, voice)
    reach, read = reach_sentence(screening, voice), "" if notice else read_line(rules, voice)
    bars = (trade_sentence("law.parts", screening, voice), *(str(one["sentence"]) for one in every))
    parts = {
        "barred" if barred else "trade": bars,
        "steps" if start else "texts": (start, line or read, reach),
        "stop": (stop,),
    }
    return {
        "intro": _intro(assessment, voice),
        "legend": legend(rules, voice) if rules else "",
        "reach": reach,
        "parts": [
            {"lead": voice.say(f"law.lead.{name}"), "text": text}
            for name, told in parts.items()
            if (text := voice.run_on(filter(None, told)))
        ],
        "barred": barred,
        "barred_together": together(barred, voice),
        "barred_all": every,
        "outside": outside,
        "outside_together": outside_rows(outside, screening, voice),
        "sizes": size_rows(screening, voice),
        "duties_note": duties_note(assessment, voice),
        "before": condition_table(assessment, voice),
        "filing": filing_rows(assessment, voice),
        "depends": depends_rows(assessment, voice),
        "coming": coming_rows(near, voice),
        "ending": ending_rows(stale_of(near, assessment), voice),
        "open": open_line(screening, voice),
        "read": read,
        "stale_notice": notice,
        "read_first": line,
        "procedures": procedure_rows(assessment, voice),
        "procedures_line": procedures_line(assessment, voice),
        "procedures_taken": procedure_tasks(assessment, voice),
        "start": start,
        "stop": stop,
        "procedures_open": open_procedures(assessment, voice),
        "claims": claim_rows(assessment, voice),
    }


def _intro(assessment: Assessment, voice: Voice) -> str:
    screening = assessment.screening
    orders = voice.join(
        voice.name(voice.knowledge.jurisdictions[code].name) for code in screening.jurisdictions
    )
    rules = resting_rules(assessment)
    key = "law.intro" if rules else "law.intro_no_rules"
    intro = voice.sentence(
        "law.intro", key, orders=orders, scope=scope(assessment, voice),
        date=voice.date(screening.as_of),
    )  # fmt: skip
    return voice.run_on((intro, read_line(rules, voice), procedures_read(assessment, voice)))


def comparators(
    screening: Screening, voice: Voice, *, citing: Citing = coded
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """What the law bars, comparators first; and comparators that it does not bar.

    Args:
        screening: The answer of the law gate.
        voice: Speaks and keeps the sentences.
        citing: Cites in words where no legend of signs stands beside.
    """
    barred, outside = [], []
    carried = set()
    for use in sorted(voice.knowledge.uses, key=lambda use: use.category != COMPARATORS):
        found = screening.uses.get(use.use_id)
        if found is None:
            continue
        carried |= set(use.regulated_activities)
        if found.status == "prohibited":
            barred.append(_barred(voice.name(use.name), use.use_id, found.findings, voice, citing))
        elif use.category == COMPARATORS:
            outside.append(_outside(use, found, voice))
    # What is barred and no use carries, such as mining under the label of a data centre.
    for activity, one in screening.findings.items():
        if one.effect == "prohibited" and activity not in carried:
            name = voice.name(voice.knowledge.activities[activity].name)
            barred.append(_barred(name, activity, (one,), voice, citing))
    return barred, outside


def _barred(
    name: str, place: str, findings: Iterable[Finding], voice: Voice, citing: Citing
) -> dict[str, object]:
    """Citation with what was read, reason and penalty."""
    findings = tuple(findings)
    rules = rules_of(findings, "prohibited")
    opened = [found for found in findings if found.effect == "not_assessed"]
    penalties = dict.fromkeys(voice.text(rule.penalty) for rule in rules if rule.penalty)
    conditions = dict.fromkeys(condition_of(rule, voice) for rule in rules)
    notes = dict.fromkeys(
        note for rule in rules if (note := voice.text(rule.reader_note).rstrip(".。"))
    )
    separator = voice.say("clause.separator")
    return {
        "name": name,
        "position": position("prohibited", rules, voice),
        "sentence": voice.sentence(
            f"law.barred.{place}",
            "law.barred_reading" if is_read_only(rules) else "law.barred",
            instruments=_read_and_not(rules, voice, citing),
        ),
        "reason": begun(voice.say("law.reason", conditions=separator.join(conditions))),
        "penalty": voice.say("law.penalty", penalty=separator.join(penalties)) if penalties else "",
        "note": voice.say("law.note", notes=separator.join(notes)) if notes else "",
        "open": voice.say("law.open_part", activities=activity_names(opened, voice))
        if opened
        else "",
        "rules": voice.join(rule.rule_id for rule in rules),
    }


def _read_and_not(rules: Sequence[Rule], voice: Voice, citing: Citing) -> str:
    """The instruments that bar; those of which nothing was read stand apart, as no more than likely."""
    read = {rule.instrument.instrument_id for rule in rules if rule.is_read}
    told = [rule for rule in rules if rule.instrument.instrument_id in read]
    rest = [rule for rule in rules if rule.instrument.instrument_id not in read]
    if not (told and rest):
        return citing(rules, voice)
    return voice.say("law.barred_also", read=citing(told, voice), rest=citing(rest, voice))


def together(barred: Sequence[Mapping[str, object]], voice: Voice) -> list[dict[str, object]]:
    """The barred activities with one row for all that the same instruments bar alike."""
    groups: dict[tuple[object, ...], list[Mapping[str, object]]] = {}
    for row in barred:
        groups.setdefault((row["sentence"], row["penalty"], row["open"]), []).append(row)
    return [
        {
            **rows[0],
            "name": voice.join(str(row["name"]) for row in rows),
            "note": voice.run_on(dict.fromkeys(str(row["note"]) for row in rows)),
        }
        for rows in groups.values()
    ]


def _barred_all(
    barred: Sequence[Mapping[str, object]], screening: Screening, voice: Voice
) -> list[dict[str, object]]:
    """What bars most, in one row for a page that has no room for more; no row for nothing."""
    if not barred:
        return []
    separator = voice.say("list.separator")
    numbers = Counter(number for row in barred for number in str(row["rules"]).split(separator))
    rules = [rule for rule in voice.knowledge.rules if rule.rule_id in numbers]
    # One activity alone is named; of several, what the instrument bars, since not all rest on it.
    is_alone = len(barred) == 1
    key = "law.barred_reading_named" if is_read_only(rules) else "law.barred_named"
    foremost = _foremost(rules, numbers, screening)
    most = max(foremost, key=lambda rule: numbers[rule.rule_id]).activity
    return [
        {
            "name": voice.clauses(str(row["name"]) for row in barred),
            "position": position("prohibited", rules, voice),
            "sentence": voice.sentence(
                "law.barred_all",
                key if is_alone else "law.barred_each",
                instruments=in_brief(foremost, voice.brief_instrument(foremost[0]), voice),
                name=inner(str(barred[0]["name"])),
                activity=inner(voice.name(voice.knowledge.activities[most].name)),
            ),
        }
    ]


def _foremost(
    rules: Sequence[Rule], numbers: Mapping[str, int], screening: Screening
) -> list[Rule]:
    """The rules of one instrument: of the order at the top the one whose text is known best.

    Of instruments known as well, the one that bars most.
    """
    depth = {code: place for place, code in enumerate(screening.jurisdictions)}
    held: dict[str, list[Rule]] = {}
    for rule in rules:
        held.setdefault(rule.instrument.instrument_id, []).append(rule)
    return min(
        held.values(),
        key=lambda own: (
            -depth.get(own[0].jurisdiction, 0),
            min(_KINDS.index(rule.read_kind) if rule.is_read else len(_KINDS) for rule in own),
            -sum(numbers[rule.rule_id] for rule in own),
        ),
    )


def _outside(use: Use, finding: UseFinding, voice: Voice) -> dict[str, object]:
    """A comparator that nothing bars; in no colour, since no bar found clears nothing."""
    rules = rules_of(finding.findings, *BINDING)
    opened = [one for one in finding.findings if one.effect == "not_assessed" or one.is_unread]
    told = finding.told
    key: str = told
    if finding.unread:
        key = "unread" if told == "not_assessed" else "partly_unread"
    return {
        "name": voice.name(use.name),
        "status": voice.say(f"status.{told}"),
        "status_band": "not_assessed" if told == "not_assessed" else "outside",
        "sentence": voice.sentence(
            f"law.outside.{use.use_id}",
            f"law.outside.{key}",
            open=activity_names(opened, voice),
        ),
        "rules": [condition_row(rule, voice) for rule in rules],
    }


def _barred_sizes(screening: Screening, voice: Voice) -> dict[BarredSize, list[str]]:
    """The uses that the law bars from a size on, by size and rule."""
    held: dict[BarredSize, list[str]] = {}
    for use in voice.knowledge.uses:
        found = screening.uses.get(use.use_id)
        for one in found.barred if found else ():
            held.setdefault(one, []).append(use.use_id)
    return held


def size_rows(
    screening: Screening, voice: Voice, *, citing: Citing = coded
) -> list[dict[str, object]]:
    """The sizes from which the law bars uses that it leaves open below, a row a rule and size."""
    rows: list[dict[str, object]] = []
    for one, ids in _barred_sizes(screening, voice).items():
        key = "law.size" if one.is_certain else "law.size_open"
        words = {
            "limit": barred_from(one, voice),
            "cite": citing((one.rule,), voice),
            "missing": missing_field(one.rule, voice),
            "condition": voice.name(one.rule.condition),
        }
        note = one.rule.reader_note.text(voice.language)
        rows.append(
            {
                "uses": voice.uses(ids, _SIZED_USES),
                "ids": voice.join(ids),
                "sentence": voice.sentence(
                    f"{key}.{one.rule.rule_id}", key,
                    **words,
                ),
                "note": note,
                "rule": one.rule.rule_id,
            }
        )  # fmt: skip
    return rows


def claim_rows(assessment: Assessment, voice: Voice) -> list[dict[str, object]]:
    """Every claim with what the law says of its activity; a bar from a size on is named as such."""
    rows: list[dict[str, object]] = []
    for number, answer in enumerate(assessment.screening.claims, start=1):
        finding = answer.finding
        rules = rules_of((finding,), *BINDING)
        activity = voice.name(voice.knowledge.activities[finding.activity].name)
        is_trade = any(
            finding.activity in use.regulated_activities
            for use in voice.knowledge.uses
            if use.category == COMPARATORS
        )
        bars = dict.fromkeys(one.rule for one in finding.barred)
        effect: str = finding.effect
        if bars and not is_trade:
            is_certain = all(one.is_certain for one in finding.barred)
            effect = "sized" if is_certain else "sized_open"
        elif effect == "prohibited" and is_read_only(finding.rules):
            effect = "reading"
        limits = dict.fromkeys(limit(rule.threshold, voice) for rule in bars if rule.threshold)
        missed = dict.fromkeys(
            missing_field(one.rule, voice) for one in finding.barred if not one.is_certain
        )
        key = f"claim.{'outside' if is_trade else 'use'}.{effect}"
        rows.append(
            {
                "claim": voice.name(answer.claim.text),
                "source": voice.name(answer.claim.source),
                "cell": str(answer.claim.origin),
                "position": voice.sentence(
                    f"claim.{number}", key, activity=activity, limits=voice.join(limits),
                    missing=voice.join(missed),
                ),
                "rules": voice.clauses(
                    voice.say("claim.rule", rule=rule.rule_id, instrument=coded((rule,), voice))
                    for rule in (*bars, *rules)
                )
                or voice.dash,
            }
        )  # fmt: skip
    return rows
