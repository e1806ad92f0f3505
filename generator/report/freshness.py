"""What of the law does not last or was not read lately: what starts, what ends, what to read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args

from generator.model import Finding, Rule, Staleness, StaleReason
from generator.report.citation import coded, condition_of, sign
from generator.report.lawscope import counted_readings, is_unofficial

if TYPE_CHECKING:
    from generator.report.voice import Voice

_FIRST = 3
"""Texts to read that a first page names."""


def coming_rows(findings: Iterable[Finding], voice: Voice) -> list[dict[str, str]]:
    """Rules that start within the plan period, by day, each with what it changes."""
    rules = dict.fromkeys(rule for found in findings for rule in found.coming)
    return _dated([(rule, rule.in_force_from) for rule in rules], voice)


def ending_rows(stale: Iterable[Staleness], voice: Voice) -> list[dict[str, str]]:
    """Those of the rules to be read again that end within the plan period, by their last day.

    What a condition says stands in the table of conditions; here it is named alone.
    """
    ending = [(one.rule, one.ends_on) for one in stale if one.ends_on is not None]
    return _dated(ending, voice, is_told=True)


def _dated(
    turns: Iterable[tuple[Rule, date | None]], voice: Voice, *, is_told: bool = False
) -> list[dict[str, str]]:
    """Rules with their day, in that order; what one instrument says of several activities is one row."""
    held: dict[tuple[str, ...], list[Rule]] = {}
    for rule, day in sorted(turns, key=lambda one: (str(one[1]), one[0].rule_id)):
        is_above = is_told and rule.effect == "conditional"
        text = voice.say("law.told_above") if is_above else condition_of(rule, voice)
        said = rule.instrument.instrument_id, rule.effect, text
        held.setdefault((voice.date(day), *said), []).append(rule)
    activities = voice.knowledge.activities
    return [
        {
            "id": voice.join(rule.rule_id for rule in rules),
            "day": day,
            "activity": voice.join(
                dict.fromkeys(voice.name(activities[rule.activity].name) for rule in rules)
            ),
            "effect": voice.say(f"status.{effect}"),
            "effect_band": effect,
            "condition": condition,
            "cite": coded(rules, voice),
        }
        for (day, _, effect, condition), rules in held.items()
    ]


def stale_notice(
    stale: Sequence[Staleness],
    scope: str,
    as_of: date,
    voice: Voice,
    first: Mapping[str, str] | None = None,
    reported: int = 0,
) -> str:
    """One short paragraph: how many rules must be read again and why, and what to begin with.

    Args:
        stale: What the law gate found, several reasons a rule at most.
        scope: Of which rules these are, in words, with how many there are.
        as_of: The day of the law.
        voice: Speaks and keeps the sentence.
        first: The instruments to begin with, each with why; none where no project waits for one.
        reported: How many of these rules are known by a report, a page about them or a former version.
    """
    if not stale:
        return ""
    counts = Counter(reason for one in stale for reason in one.reasons)
    # Counted as their table counts them: what one instrument says of several activities is one.
    counts["ends"] = len(ending_rows(stale, voice))
    clauses = [
        voice.plural(
            f"law.stale.{reason}", counts[reason],
            days=voice.whole(voice.knowledge.assumed("stale_after_days")),
        )
        for reason in get_args(StaleReason)
        if counts[reason]
    ]  # fmt: skip
    if reported:
        clauses.insert(1, voice.plural("law.stale.reported", reported))
    named = [
        voice.say("law.stale_named", instrument=name, why=why)
        for name, why in (first or {}).items()
    ]
    return voice.sentence(
        "law.stale", "law.stale" if named else "law.stale_counted",
        date=voice.date(as_of), scope=scope, clauses=voice.clauses(clauses),
        first=voice.join(named),
    )  # fmt: skip


def first_line(
    stale: Sequence[Staleness], first: Mapping[str, str], rules: Sequence[Rule], reported: int,
    voice: Voice, *, is_named: bool,
) -> str:  # fmt: skip
    """What to begin with, and how many rules nobody has read or only in other words; in a line.

    Args:
        stale: What the law gate found.
        first: The instruments to begin with, each with why; empty where no project waits for one.
        rules: Those that the paper rests on; that no official text of them was opened is said.
        reported: How many of these are known by a report, a page about them or a former version.
        voice: Speaks and keeps the sentence.
        is_named: Whether the line names them; else another names what to read.
    """
    if not first:
        return ""
    counts = Counter(reason for one in stale for reason in one.reasons)
    read = counted_readings(rules)
    clauses = [
        voice.plural(f"law.stale.{reason}", number)
        for reason, number in (
            ("unread", counts["unread"]), ("reported", reported), ("ended", counts["ended"])
        )
        if number
    ]  # fmt: skip
    if not is_named and not clauses and not is_unofficial(rules):
        return ""
    if is_unofficial(rules):
        key = "law.read_first_unofficial" if is_named else "law.read_counted_unofficial"
    elif is_named:
        key = "law.read_first" if clauses else "law.read_first_alone"
    else:
        key = "law.read_counted"
    return voice.sentence(
        "law.read_first",
        key,
        first=voice.clauses([*first][:_FIRST]),
        count=len(rules),
        clauses=voice.clauses(clauses)
        if is_named
        else voice.say("effects.separator").join(clauses),
        official=read["official"],
        copies=read["repost"],
        rest=len(rules) - read["repost"],
    )


def stale_rows(stale: Iterable[Staleness], voice: Voice) -> list[dict[str, str]]:
    """Every rule to read again with its instrument, what was read, and why."""
    return [
        {
            "id": one.rule.rule_id,
            "instrument": voice.short_instrument(one.rule),
            "reading": sign(one.rule, voice),
            "why": voice.clauses(reasons_of(one, voice)),
        }
        for one in stale
    ]


def reasons_of(one: Staleness, voice: Voice) -> list[str]:
    """Why it must be read again, the gravest reason first."""
    return list(_reasons(one, voice))


def _reasons(one: Staleness, voice: Voice) -> Iterable[str]:
    if one.ended_by is not None:
        yield voice.say("law.why.ended", successor=voice.name(one.ended_by.title))
    if one.is_old and not one.rule.is_read:
        yield voice.say("law.why.unread")
    if one.ends_on is not None:
        yield voice.say("law.why.ends", date=voice.date(one.ends_on))
    if one.target_on is not None:
        yield voice.say("law.why.target", date=voice.date(one.target_on))
    if one.is_old and one.rule.is_read:
        yield voice.say("law.why.old", days=one.days_since_check)
