"""The one scope of law that the briefs count: what bears on the projects and on mining and trading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, get_args

from generator.model import COMPARATORS, Assessment, Finding, Rule, Staleness
from generator.model.law import ReadKind
from generator.report.citation import is_later
from generator.report.conditions import near_uses

if TYPE_CHECKING:
    from generator.report.voice import Voice

_KINDS = get_args(ReadKind)


def near_findings(assessment: Assessment) -> list[Finding]:
    """What the rules say of the projects at their sizes.

    Of the uses nearest to a project where there is none, and of every activity without any.
    """
    screening, near = assessment.screening, near_uses(assessment)
    if not near:
        return list(screening.findings.values())
    return [one for use_id in near for one in screening.of_use(use_id).findings]


def resting_findings(assessment: Assessment) -> list[Finding]:
    """The same, and what the rules say of virtual-currency mining and trading."""
    screening = assessment.screening
    mining = [
        use.use_id
        for use in assessment.knowledge.uses
        if use.category == COMPARATORS and use.use_id in screening.uses
    ]
    told = [one for use_id in mining for one in screening.of_use(use_id).findings]
    return [*near_findings(assessment), *told]


def resting_rules(assessment: Assessment) -> tuple[Rule, ...]:
    """The rules in force that a brief rests on, each once: every count of rules is one of these."""
    found = (rule for one in resting_findings(assessment) for rule in one.bearing)
    return tuple(dict.fromkeys(found))


def stale_of(findings: Iterable[Finding], assessment: Assessment) -> list[Staleness]:
    """The rules of these findings that a reader must look at again."""
    own = {rule.rule_id for one in findings for rule in one.bearing}
    return [one for one in assessment.screening.stale if one.rule.rule_id in own]


def scope(assessment: Assessment, voice: Voice) -> str:
    """The scope in words, with how many rules it holds."""
    key = "law.scope_all"
    if near_uses(assessment):
        key = "law.scope" if assessment.programme.uses else "law.scope_near"
    return voice.plural(key, len(resting_rules(assessment)))


def counted_readings(rules: Iterable[Rule]) -> Counter[str]:
    """How many rules by what was read of them."""
    return Counter(rule.read_kind if rule.is_read else "none" for rule in rules)


def is_unofficial(rules: Sequence[Rule]) -> bool:
    """Whether no official page of any of them was read."""
    return not counted_readings(rules)["official"]


def read_line(rules: Sequence[Rule], voice: Voice) -> str:
    """Of how many rules what was read; nothing where there are none."""
    counts = counted_readings(rules)
    if not counts:
        return ""
    # That no official page was opened is said too.
    parts = [] if counts["official"] else [voice.say("law.read.no_official")]
    parts += [voice.say(f"law.read.{kind}", count=counts[kind]) for kind in _KINDS if counts[kind]]
    if later := sum(is_later(rule.checked_on, voice) for rule in rules):
        parts.append(voice.say("law.read.later", count=later))
    return voice.sentence("law.read", "law.read", parts=voice.clauses(parts))
