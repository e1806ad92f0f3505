"""What the region faces: law that changed or will, what lies idle, what markets tell, what holds back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from generator.report.limits import amount
from generator.report.profiles import cautions

if TYPE_CHECKING:
    from generator.model import Assessment, Rule
    from generator.report.voice import Voice

_NAMED = 3
_RECENT = timedelta(days=730)
"""How far back a start of law counts as new."""


def outlook(assessment: Assessment, voice: Voice) -> Iterable[str]:
    """A sentence each, of facts on file alone; what is not known is left out."""
    yield _dated("changed", _changed(assessment), voice)
    yield _dated("coming", _coming(assessment), voice)
    yield _dated("ending", _ending(assessment), voice)
    yield _encouraged(assessment, voice)
    yield _idle(assessment, voice)
    yield _markets(assessment, voice)
    yield _gaps(assessment, voice)


def _rules(assessment: Assessment) -> Iterable[Rule]:
    """The rules in force that bear on the projects."""
    for use_id in assessment.programme.uses:
        for found in assessment.screening.of_use(use_id).findings:
            yield from found.bearing


def _changed(assessment: Assessment) -> list[tuple[Rule, date]]:
    """Rules on the projects that began not long ago, the newest first."""
    day = assessment.screening.as_of
    found = {
        rule: start
        for rule in _rules(assessment)
        for start in (rule.in_force_from or rule.instrument.in_force_from,)
        if start is not None and day - _RECENT <= start <= day
    }
    return sorted(found.items(), key=lambda one: (-one[1].toordinal(), one[0].rule_id))


def _coming(assessment: Assessment) -> list[tuple[Rule, date]]:
    """Rules on the projects that start within the plan period."""
    found = {
        rule: rule.in_force_from
        for use_id in assessment.programme.uses
        for each in assessment.screening.of_use(use_id).findings
        for rule in each.coming
        if rule.in_force_from is not None
    }
    return sorted(found.items(), key=lambda one: (one[1], one[0].rule_id))


def _ending(assessment: Assessment) -> list[tuple[Rule, date]]:
    """Rules on the projects that end within the plan period."""
    own = set(_rules(assessment))
    found = {
        one.rule: one.ends_on
        for one in assessment.screening.stale
        if one.ends_on is not None and one.rule in own
    }
    return sorted(found.items(), key=lambda one: (one[1], one[0].rule_id))


def _dated(kind: str, rules: Iterable[tuple[Rule, date]], voice: Voice) -> str:
    """Instruments with their day and what was read of them, a few and each once; empty for none."""
    told: dict[str, tuple[Rule, date]] = {}
    for rule, day in rules:
        told.setdefault(voice.short_instrument(rule), (rule, day))
    if not told:
        return ""
    parts = [
        voice.say(
            "outlook.dated", instrument=name, day=voice.date(day),
            read=voice.choice("read_kind", rule.read_kind),
        )
        for name, (rule, day) in [*told.items()][:_NAMED]
    ]  # fmt: skip
    key = f"outlook.{kind}"
    return voice.sentence(key, key, parts=voice.clauses(parts))


def _encouraged(assessment: Assessment, voice: Voice) -> str:
    """What rules encourage; empty for nothing."""
    ids = [one.reference for one in assessment.swot.opportunities if one.kind == "rule"]
    rules = {rule.rule_id: rule for rule in voice.knowledge.rules}
    known = (rules[one] for one in ids if one in rules)
    held = [rule for rule in known if rule.duty != "frame"][:_NAMED]
    if not held:
        return ""
    names = dict.fromkeys(
        voice.say(
            "outlook.rule", instrument=voice.short_instrument(rule),
            activity=voice.name(voice.knowledge.activities[rule.activity].name),
        )
        for rule in held
    )  # fmt: skip
    parts = voice.say("clause.separator").join(names)
    return voice.sentence("outlook.encouraged", "outlook.encouraged", parts=parts)


def _idle(assessment: Assessment, voice: Voice) -> str:
    """What lies idle: connection, former mining halls, people without a post; empty for nothing."""
    grid = assessment.programme.idle_grid
    mines = sum(one.is_former_mine for one in assessment.sites)
    people = round(assessment.skills.unplaced)
    parts = [
        *(
            [voice.say("outlook.grid", amount=amount("grid_mw", grid.limit or 0.0, voice))]
            if grid is not None
            else []
        ),
        *([voice.plural("outlook.mines", mines)] if mines else []),
        *([voice.plural("outlook.people", people)] if people > 0 else []),
    ]
    if len(parts) < _NAMED - 1:
        return ""
    return voice.sentence(
        "outlook.idle", "outlook.idle", parts=voice.say("effects.separator").join(parts)
    )


def _markets(assessment: Assessment, voice: Voice) -> str:
    """What the catalogue warns of on projects at sites, of the wave that stands first; empty for nothing."""
    found = assessment.programme
    parts = [
        voice.say("outlook.market", use=voice.use(one.use_id), caution=own[0])
        for one in found.first.projects or found.second.projects
        if one.category == "power_reuse"
        for own in (cautions(one.use_id, voice),)
        if own
    ]
    if not parts:
        return ""
    told = voice.clauses(dict.fromkeys(parts[:_NAMED]))
    return voice.sentence("outlook.markets", "outlook.markets", parts=told)


def _gaps(assessment: Assessment, voice: Voice) -> str:
    """What is missing most; empty for nothing."""
    gaps = [one for one in assessment.swot.weaknesses if one.gap is not None][:_NAMED]
    if not gaps:
        return ""
    criteria = voice.knowledge.criteria
    names = dict.fromkeys(voice.name(criteria[one.reference].name) for one in gaps)
    return voice.sentence("outlook.gaps", "outlook.gaps", names=voice.join(names))
