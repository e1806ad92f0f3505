"""Which texts are read first: those that stop or size a project of the first wave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from generator.report.citation import first_read
from generator.report.conditions import near_uses
from generator.report.freshness import reasons_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Assessment, Rule, Staleness
    from generator.report.voice import Voice

_MOST = 3
_STOPPING = frozenset({"prohibited", "conditional"})
_UNREAD, _REPORTED, _COPIED, _SETTLED = range(4)
"""How little is known of a text: nothing, what others say of it or what ends, a copy, the page."""
_KNOWN = {"official": _SETTLED, "repost": _COPIED}


class _Text(Struct, frozen=True):
    """A rule on one project of the first wave, and how far it decides there."""

    rule: Rule
    use_id: str
    stale: Staleness | None
    is_hanging: bool
    """Whether it holds only if a figure that nobody gave says so."""

    @property
    def known(self) -> int:
        """How little is known of it."""
        reasons = self.stale.reasons if self.stale else ()
        if not self.rule.is_read or "ended" in reasons:
            return _UNREAD
        return _REPORTED if "ends" in reasons else _KNOWN.get(self.rule.read_kind, _REPORTED)

    @property
    def weight(self) -> int:
        """What stops before what sizes, that before what must be met, last what may not hold."""
        rule = self.rule
        if self.is_hanging:
            return 3
        if rule.effect == "prohibited":
            return 0
        return 1 if rule.duty == "limit" or rule.threshold is not None else 2


def read_first(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """At most three instruments with why each is to be read; none where all is settled.

    Only what must be met before a project of the first wave starts counts: of the projects there
    are where nothing begins now. What nobody read and asks for several steps comes first; then each
    project has one before any has two, and of what was read as a
    copy only what bars or sizes is worth a second look before the others.
    """
    found = [one for one in _texts(assessment) if _is_worth_it(one)]
    depth = {code: number for number, code in enumerate(assessment.screening.jurisdictions)}
    found.sort(
        key=lambda one: (
            one.known, one.weight, depth.get(one.rule.jurisdiction, len(depth)), one.rule.rule_id,
        )
    )  # fmt: skip
    named = _deciding(assessment, voice)
    for one in (*_of_several_steps(found), *_first_of_each(found), *found):
        if len(named) < _MOST:
            named.setdefault(voice.short_instrument(one.rule), _why(one, voice))
    return named


def _deciding(assessment: Assessment, voice: Voice) -> dict[str, str]:
    """The law of procedures that decide for the whole plan and whose text in force nobody read."""
    return {
        voice.name(due.procedure.cited): voice.say(f"law.why.{first_read(due.procedure)}")
        for due in assessment.procedures
        if due.procedure.question
        and not due.uses
        and first_read(due.procedure) not in {*_KNOWN, "none"}
    }


def _texts(assessment: Assessment) -> Iterable[_Text]:
    stale = {one.rule.rule_id: one for one in assessment.screening.stale}
    for use_id in assessment.programme.first.uses or near_uses(assessment):
        for finding in assessment.screening.of_use(use_id).findings:
            for rule in dict.fromkeys(finding.bearing):
                is_before = not (rule.is_of_operation or rule.is_general)
                if is_before and rule.effect in _STOPPING:
                    yield _Text(rule, use_id, stale.get(rule.rule_id), rule in finding.depends)


def _is_worth_it(one: _Text) -> bool:
    return one.known < _COPIED or (one.known == _COPIED and one.weight < 2)


def _of_several_steps(found: Iterable[_Text]) -> list[_Text]:
    """Texts that nobody read and that ask two steps or more, the first of each instrument."""
    held: dict[str, dict[str, _Text]] = {}
    for one in found:
        if one.known < _COPIED and not one.is_hanging:
            held.setdefault(one.rule.instrument.instrument_id, {}).setdefault(one.rule.rule_id, one)
    return [next(iter(own.values())) for own in held.values() if len(own) > 1]


def _first_of_each(found: Iterable[_Text]) -> list[_Text]:
    """The first text of each project, in the order in which the texts stand."""
    firsts: dict[str, _Text] = {}
    for one in found:
        firsts.setdefault(one.use_id, one)
    return list(firsts.values())


def _why(one: _Text, voice: Voice) -> str:
    stale = reasons_of(one.stale, voice) if one.stale else []
    return stale[0] if stale else voice.say(f"law.why.{one.rule.read_kind}")
