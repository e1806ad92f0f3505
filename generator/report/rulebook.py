"""The rules of one place for a screen or a program: what applies and why, what comes, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.report.citation import position
from generator.report.lawresults import finding_as_json, named, reach_as_json, rule_as_json
from generator.report.serialise import head_as_json
from generator.report.textable import rows
from generator.report.voice import Voice

if TYPE_CHECKING:
    from generator.model import Extent, Finding, Knowledge, Region, Rule, Screening, Texts

SCHEMA = "briefs-rules/1"
_WIDTHS = (11, 12, 45, 18, 10)
"""Rule, effect, what it says, size, day: with the spaces between them 100 places."""


class RuleList(Struct, frozen=True):
    """One region under the law of a day, and the activities that were asked for."""

    region: Region
    screening: Screening
    sizes: Mapping[str, Extent]
    """What the region's spare capacity allows."""
    knowledge: Knowledge
    activities: Sequence[str]

    @property
    def findings(self) -> list[Finding]:
        """What the rules say, in the order of the catalogue."""
        return [self.screening.findings[name] for name in self.activities]


def rules_as_json(lists: Iterable[RuleList]) -> dict[str, object]:
    """The rules of regions as plain JSON values; see docs/results.md for the fields of the law."""
    return {"schema": SCHEMA, "regions": [_plain(one) for one in lists]}


def _plain(one: RuleList) -> dict[str, object]:
    region, reach = one.region, reach_as_json(one.screening.reach)
    stale = {found.rule.rule_id: found for found in one.screening.stale}
    shown = {rule.rule_id: rule for found in one.findings for rule in named(found)}
    return {
        "region": head_as_json(region),
        "as_of": one.screening.as_of.isoformat(),
        "plan_until": region.plan_until and region.plan_until.isoformat(),
        "jurisdictions": list(one.screening.jurisdictions),
        "sizes": {
            quantity: {"low": extent.low, "high": extent.high}
            for quantity, extent in one.sizes.items()
        },
        "reach": reach,
        "activities": {found.activity: finding_as_json(found) for found in one.findings},
        "rules": {
            rule_id: {
                **rule_as_json(rule),
                "look_again": list(stale[rule_id].reasons) if rule_id in stale else [],
            }
            for rule_id, rule in shown.items()
        },
    }


def rules_as_lines(one: RuleList, texts: Texts, language: str) -> Iterator[str]:
    """The rules of one region as lines of at most 100 places."""
    yield from _Page(one, Voice(texts, language, one.knowledge, as_of=one.screening.as_of)).lines()


class _Page:
    """The table of one region in one language."""

    def __init__(self, one: RuleList, voice: Voice) -> None:
        self._one, self._voice = one, voice
        self._stale = {found.rule.rule_id: found.reasons for found in one.screening.stale}

    def lines(self) -> Iterator[str]:
        one, say = self._one, self._voice.say
        name = self._voice.name(one.region.name)
        day = self._voice.date(one.screening.as_of)
        yield from self._text(
            say("rulebook.title", region=name, code=one.region.admin_code or "–", date=day)
        )
        yield from self._text(self._reach())
        if not one.screening.reach.has_any:
            return
        yield from self._head("rulebook.applies", "rulebook.head.until")
        for found in one.findings:
            yield from self._standing(found)
        yield from self._coming()
        yield from self._open()

    def _text(self, text: str) -> Iterator[str]:
        yield from rows([(text,)], [sum(_WIDTHS) + len(_WIDTHS) - 1])

    def _head(self, title: str, last: str) -> Iterator[str]:
        say = self._voice.say
        yield ""
        yield from self._text(say(title))
        heads = ("rulebook.head.rule", "rulebook.head.effect", "rulebook.head.what")
        yield from rows(
            [*((say(key),) for key in heads), (say("rulebook.head.size"),), (say(last),)], _WIDTHS
        )

    def _reach(self) -> str:
        reach, voice = self._one.screening.reach, self._voice
        orders = [
            voice.name(voice.knowledge.jurisdictions[code].name)
            for code in self._one.screening.jurisdictions
        ]
        if not reach.has_any:
            return voice.say("rulebook.reach_none", place=orders[0])
        count = len(reach.assessed)
        key = "rulebook.reach" if reach.has_own else "rulebook.reach_above"
        return voice.say(
            key, place=orders[0], orders=voice.join(orders), above=voice.join(orders[1:]),
            count=count, all=count + len(reach.open),
        )  # fmt: skip

    def _standing(self, found: Finding) -> Iterator[str]:
        bars = [one.rule for one in found.barred]
        bearing = [
            *((rule, "barred") for rule in bars),
            *((rule, "applies") for rule in found.rules),
            *((rule, "depends") for rule in found.depends),
            *((rule, self._out_of_reach(rule)) for rule in found.beyond),
        ]
        if not bearing:
            return
        name = self._voice.name(self._voice.knowledge.activities[found.activity].name)
        status = position(found.effect, found.rules, self._voice)
        yield ""
        yield from self._text(
            self._voice.say("rulebook.activity", name=name, activity=found.activity, status=status)
        )
        for rule, state in bearing:
            out = rule.in_force_until
            yield from self._row(rule, self._size(rule, state), out and out - timedelta(days=1))

    def _out_of_reach(self, rule: Rule) -> str:
        """Whether the region cannot reach a size, or only the law keeps it out of reach."""
        limit = rule.threshold
        extent = None if limit is None else self._one.sizes.get(limit.quantity)
        is_fed = limit is not None and extent is not None and extent.reaches(limit)
        return "at_barred" if is_fed and self._is_here(rule) else "beyond"

    def _is_here(self, rule: Rule) -> bool:
        condition = rule.region_condition
        if condition is None:
            return True
        return self._one.region.number(condition.figure) in {None, condition.value}

    def _row(self, rule: Rule, size: str, day: object) -> Iterator[str]:
        voice = self._voice
        what = told(rule, self._stale.get(rule.rule_id, ()), voice)
        effect = voice.choice("effect", rule.effect)
        yield from rows([(rule.rule_id,), (effect,), what, (size,), (str(day or "–"),)], _WIDTHS)

    def _size(self, rule: Rule, state: str) -> str:
        """The threshold and the field that a rule asks for, against what the region has."""
        say = self._voice.say
        asked = [part for part in (self._threshold(rule), self._field(rule)) if part]
        if not asked:
            return "–"
        return say(f"rulebook.size.{state}", asked=say("clause.separator").join(asked))

    def _threshold(self, rule: Rule) -> str:
        limit, voice = rule.threshold, self._voice
        if limit is None:
            return ""
        unit = voice.choice("threshold_unit", limit.quantity)
        extent = self._one.sizes.get(limit.quantity)
        key = "rulebook.size.from" if limit.operation == ">=" else "rulebook.size.above"
        asked = voice.say(
            key, value=voice.number(limit.value), unit=unit,
            quantity=voice.choice("threshold_quantity", limit.quantity),
        )  # fmt: skip
        if extent is None or extent.high is None:
            return voice.say("rulebook.size.unknown", asked=asked)
        return voice.say(
            "rulebook.size.here", asked=asked, value=voice.number(extent.high), unit=unit
        )

    def _field(self, rule: Rule) -> str:
        condition, voice = rule.region_condition, self._voice
        if condition is None:
            return ""
        criteria = voice.knowledge.criteria.values()
        asked = next((one for one in criteria if one.reads == condition.figure), None)
        own = self._one.region.number(condition.figure)

        def shown(value: float | None) -> str:
            return voice.amount(value, asked.criterion_id) if asked else voice.number(value)

        return voice.say(
            "rulebook.size.field", field=voice.name(asked.name) if asked else condition.figure,
            value=shown(condition.value), own=shown(own),
        )  # fmt: skip

    def _coming(self) -> Iterator[str]:
        found = [(found, rule) for found in self._one.findings for rule in found.coming]
        if self._one.region.plan_until is None:
            yield ""
            yield from self._text(self._voice.say("rulebook.no_plan_end"))
        if not found:
            return
        yield from self._head("rulebook.coming", "rulebook.head.from")
        for _, rule in sorted(found, key=lambda one: (str(one[1].in_force_from), one[1].rule_id)):
            is_sized = rule.threshold is not None or rule.region_condition is not None
            size = self._size(rule, "applies") if is_sized else "–"
            yield from self._row(rule, size, rule.in_force_from)

    def _open(self) -> Iterator[str]:
        one, voice = self._one, self._voice
        undated = [rule for found in one.findings for rule in found.undated]
        opened = [name for name in one.activities if name in one.screening.reach.open]
        if not undated and not opened:
            return
        yield ""
        yield from self._text(voice.say("rulebook.open"))
        for name in opened:
            note = one.screening.reach.reasons.get(name)
            reason = voice.name(note.reason) if note else voice.say("rulebook.open_unsaid")
            label = voice.name(voice.knowledge.activities[name].name)
            yield from self._text(
                voice.say("rulebook.open_row", name=label, activity=name, reason=reason)
            )
        for rule in undated:
            yield from self._text(
                voice.say(
                    "rulebook.undated", rule=rule.rule_id, instrument=cited_in_full(rule, voice)
                )
            )


def told(rule: Rule, stale: Iterable[str], voice: Voice) -> tuple[str, ...]:
    """What a rule says, where it stands, what was read of it, and why it must be read again."""
    read = (
        voice.say("rulebook.unread")
        if rule.checked_on is None
        else voice.say(
            "rulebook.read",
            kind=voice.choice("read_kind", rule.read_kind),
            date=voice.date(rule.checked_on),
        )
    )
    return (
        voice.name(rule.condition),
        cited_in_full(rule, voice),
        rule.reader_note.text(voice.language),
        read,
        *(voice.say(f"rulebook.again.{one}") for one in stale if one != "unread"),
    )


def cited_in_full(rule: Rule, voice: Voice) -> str:
    """Title, number and article of the instrument."""
    law = rule.instrument
    title = voice.name(law.title)
    if law.title_status != "constructed" and "《" not in title:
        title = voice.say("instrument.title", title=title)
    parts = (title, law.number.text(voice.language), rule.article)
    return voice.say("instrument.separator").join(part for part in parts if part)
