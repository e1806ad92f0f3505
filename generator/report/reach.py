"""How far the law on file carries: what nobody has assessed here, and that nothing else is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

from generator.model import COMPARATORS, Assessment, Finding, Rule, Screening, UseFinding
from generator.model.law import ReadKind
from generator.report.citation import is_read_only, kinds_read, rules_of
from generator.report.tables import inner

if TYPE_CHECKING:
    from generator.report.voice import Voice

_NAMED = 4
_USES = 3
_READ = get_args(ReadKind)
_TRADE = frozenset({"exchange_service", "stablecoin_issuance", "token_issuance"})
"""Activities of trading, of which a first page tells a rule where nothing is barred."""


def reach_sentence(screening: Screening, voice: Voice) -> str:
    """Where coverage is not complete, for page one; empty where it is.

    A place without any rule is told how to add them, one without its own by whose it runs.
    """
    reach = screening.reach
    own, *above = (
        voice.name(voice.knowledge.jurisdictions[code].name) for code in screening.jurisdictions
    )
    if not reach.assessed:
        return voice.sentence("law.reach", "law.reach_none", name=own)
    parts = []
    if above and not reach.has_own:
        parts.append(voice.say("law.reach_above", name=own, above=voice.join(above)))
    if reach.open:
        names = [inner(voice.name(voice.knowledge.activities[key].name)) for key in reach.open]
        parts.append(
            voice.say(
                "law.reach_part", assessed=len(reach.assessed),
                all=len(reach.assessed) + len(reach.open),
                open=voice.several(names, _NAMED) if names[_NAMED:] else voice.listed(names),
            )
        )  # fmt: skip
    return voice.sentence("law.reach", "law.reach", parts=voice.run_on(parts)) if parts else ""


def open_activities(screening: Screening, voice: Voice) -> list[dict[str, str]]:
    """Every activity that nobody has assessed here, with the reason where one was written down."""
    reasons = screening.reach.reasons
    return [
        {
            "activity": voice.name(voice.knowledge.activities[key].name),
            "reason": voice.name(reasons[key].reason)
            if key in reasons
            else voice.say("law.open_reason"),
        }
        for key in screening.reach.open
    ]


def open_line(screening: Screening, voice: Voice) -> str:
    """The uses whose law nobody has assessed, or only in part, in one line; empty for none."""
    parts = []
    for status in ("partly_assessed", "not_assessed"):
        own = [
            use.use_id
            for use in voice.knowledge.uses
            if use.category != COMPARATORS and _status(use.use_id, screening) == status
        ]
        if not own:
            continue
        held = [found for use_id in own for found in screening.uses[use_id].of("not_assessed")]
        parts.append(
            voice.plural(
                f"law.open.{status}", len(own),
                uses=voice.uses(own, _USES), activities=activity_names(held, voice),
            )
        )  # fmt: skip
    return voice.sentence("law.open", "law.open", parts=voice.run_on(parts)) if parts else ""


def _status(use_id: str, screening: Screening) -> str:
    found = screening.uses.get(use_id)
    return found.status if found else ""


def law_word(use_id: str, assessment: Assessment, voice: Voice) -> str:
    """The legal status of a use in words, with the activities of which no text was read."""
    found = assessment.screening.uses[use_id]
    status = voice.say(f"status.{found.status}")
    if not found.unread or found.status == "prohibited":
        return status
    if found.told == "not_assessed":
        return voice.say("status.unread")
    return voice.say(
        "status.partly_unread", status=status, activities=activity_names(found.unread, voice)
    )


def activity_names(findings: Iterable[Finding], voice: Voice) -> str:
    """The activities of findings, each once."""
    activities = voice.knowledge.activities
    return voice.several(
        list(dict.fromkeys(voice.name(activities[found.activity].name) for found in findings)),
        _NAMED,
    )


def _bars(screening: Screening, voice: Voice) -> Iterable[Rule]:
    """The rules on the kinds of mining and trading that are barred."""
    for use in voice.knowledge.uses:
        own = screening.uses.get(use.use_id)
        is_barred = own is not None and own.status == "prohibited"
        for found in own.findings if own and is_barred and use.category == COMPARATORS else ():
            yield from found.rules


def trade_sentence(place: str, screening: Screening, voice: Voice) -> str:
    """What the law says of virtual-currency mining and trading, never more than was assessed.

    Args:
        place: Where the documents print it.
        screening: The law gate's answer.
        voice: Speaks and keeps the sentence.
    """
    shown = [
        (inner(voice.name(use.name)), screening.uses[use.use_id].told)
        for use in voice.knowledge.uses
        if use.category == COMPARATORS and use.use_id in screening.uses
    ]
    statuses = [status for _, status in shown]
    opened = [name for name, status in shown if status in {"not_assessed", "partly_assessed"}]
    barred = statuses.count("prohibited")
    unread = statuses.count("not_assessed")
    part = statuses.count("partly_assessed")
    exceptions = dict.fromkeys(voice.text(one.exception) for one in _bars(screening, voice))
    excepted = [one for one in exceptions if one]
    if barred == len(statuses):
        key = "summary.all_barred_except" if excepted else "summary.all_barred"
    elif barred:
        is_reading = is_read_only(_bars(screening, voice))
        key = "summary.some_barred_reading" if is_reading else "summary.some_barred"
    elif unread == len(statuses):
        key = "summary.none_assessed"
    elif unread or part:
        key = "summary.some_assessed"
    else:
        key = "summary.none_barred"
    told = voice.sentence(
        place, key, date=voice.date(screening.as_of), count=barred or len(statuses),
        all=len(statuses), others=len(statuses) - barred,
        open=voice.clauses(opened),
        assessed=len(statuses) - unread - part, what=voice.listed(excepted),
    )  # fmt: skip
    limits = _limits(place, screening, voice) if barred == len(statuses) else ()
    bound = "" if barred else _bound(place, screening, voice)
    return voice.run_on((told, bound, *limits, _not_official(screening, voice)))


def _bound(place: str, screening: Screening, voice: Voice) -> str:
    """Where nothing is barred, that this permits nothing, with one rule on trading that binds.

    Of the rules the best read, then that of the highest order.
    """
    bound = [
        rule
        for use in voice.knowledge.uses
        if use.category == COMPARATORS and (found := screening.uses.get(use.use_id))
        for rule in rules_of(found.findings, "conditional")
        if rule.activity in _TRADE and rule.hurdle
    ]
    if not bound:
        return ""
    depth = {code: number for number, code in enumerate(screening.jurisdictions)}
    rule = min(bound, key=lambda one: (_READ.index(one.read_kind), -depth.get(one.jurisdiction, 0)))
    return voice.sentence(
        f"{place}_bound", "summary.bound", what=voice.name(rule.hurdle),
        instrument=voice.brief_instrument(rule), reading=voice.say(f"reading.brief.{rule.read_kind}"),
    )  # fmt: skip


def _limits(place: str, screening: Screening, voice: Voice) -> Iterable[str]:
    """After a bar of everything: what of it rests on a report alone."""
    reported = [
        rule
        for use in voice.knowledge.uses
        if use.category == COMPARATORS and (found := screening.uses.get(use.use_id))
        for rule in _reported(found)
    ]
    if reported:
        instruments = dict.fromkeys(voice.brief_instrument(rule) for rule in reported)
        yield voice.sentence(
            f"{place}_reported",
            "summary.by_report" if len(instruments) == 1 else "summary.by_reports",
            instruments=voice.listed(instruments),
        )  # fmt: skip


def _reported(found: UseFinding) -> tuple[Rule, ...]:
    """The rules that bar it where no text of any was read, a report at most; else none."""
    bars = rules_of(found.findings, "prohibited")
    return tuple(bars) if all(one.read_kind in {"press", "none"} for one in bars) else ()


def _not_official(screening: Screening, voice: Voice) -> str:
    """That no official text of the bars was opened, and what was read instead; else empty.

    Where none of any rule was, that is said of all of them once.
    """
    every = (rule for found in screening.findings.values() for rule in found.rules)
    if not any(rule.read_kind == "official" for rule in every):
        return ""
    kinds = kinds_read(rule for rule in _bars(screening, voice) if rule.effect == "prohibited")
    if not kinds or "official" in kinds:
        return ""
    return voice.sentence(
        "summary.not_official", "summary.not_official",
        kinds=voice.listed(voice.say(f"reading.of.{kind}") for kind in kinds),
    )  # fmt: skip
