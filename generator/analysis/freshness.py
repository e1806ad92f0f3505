"""Which rules a reader must look at again before relying on them, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from generator.model import Staleness

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from generator.model import Instrument, Knowledge, Rule


def stale_rules(
    rules: Iterable[Rule], knowledge: Knowledge, as_of: date, plan_until: date | None
) -> Iterable[Staleness]:
    """Rules in force that nobody read, that were read too long ago, or that do not last.

    Args:
        rules: Rules in force on the day.
        knowledge: How instruments bear on each other, and after how many days a reading is old.
        as_of: The day the law is read.
        plan_until: The plan's last day; without one nothing is said of later days.
    """
    limit = knowledge.assumed("stale_after_days")
    ends = _endings(knowledge)
    followed = _followed(knowledge)
    for rule in rules:
        days = None if rule.checked_on is None else (as_of - rule.checked_on).days
        is_old = days is None or days > limit
        ended_by, out_on = ends.get(rule.instrument.instrument_id, (None, None))
        has_ended = out_on is not None and out_on <= as_of
        own_end = None if rule.rule_id in followed else rule.in_force_until
        outs = [out for out in (own_end, out_on) if out is not None and out > as_of]
        out = min(outs, default=None)
        ends_on = None
        # What has ended already is not said to end later.
        if not has_ended and out is not None and plan_until is not None and out <= plan_until:
            ends_on = out - timedelta(days=1)
        if not has_ended and (ends_on is None or out != out_on):
            ended_by = None
        target_on = rule.target_on
        # A target of former years is behind us whatever the plan says.
        if target_on is not None and target_on > max(plan_until or as_of, as_of):
            target_on = None
        if is_old or ended_by is not None or ends_on is not None or target_on is not None:
            yield Staleness(rule, days, is_old, ended_by, ends_on, target_on)


def _followed(knowledge: Knowledge) -> set[str]:
    """Rules whose text goes on: the next stage of the same article takes over on their last day."""
    begun = {
        (rule.instrument.instrument_id, rule.article, rule.activity, rule.in_force_from)
        for rule in knowledge.rules
        if rule.article
    }
    return {
        rule.rule_id
        for rule in knowledge.rules
        if rule.in_force_until is not None
        and (rule.instrument.instrument_id, rule.article, rule.activity, rule.in_force_until)
        in begun
    }


def _endings(knowledge: Knowledge) -> dict[str, tuple[Instrument, date]]:
    """Instrument to what repeals or replaces it first, and from which day on."""
    laws = (*(rule.instrument for rule in knowledge.rules), *knowledge.instruments)
    instruments = {law.instrument_id: law for law in laws}
    found: dict[str, tuple[Instrument, date]] = {}
    for one in knowledge.relations:
        if not one.is_ending or one.effective_on is None:
            continue
        known = found.get(one.to_instrument)
        if known is None or one.effective_on < known[1]:
            found[one.to_instrument] = (instruments[one.from_instrument], one.effective_on)
    return found
