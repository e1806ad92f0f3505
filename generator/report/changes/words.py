"""What changed has names, amounts and reasons, in the words of a language.

Editions may know uses, criteria and words that the catalogue has no more: these go by their ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Fact, Label, Rule
from generator.report.annex.units import MONEY, shown, span, unit
from generator.report.citation import cite, condition_of
from generator.report.money import amount, word
from generator.report.projects import amount_of, size

if TYPE_CHECKING:
    from generator.model.changes import (
        CatalogueChange,
        CellChange,
        Changes,
        FigureChange,
        Placed,
        Reason,
        RuleText,
        Term,
        UseState,
        Why,
        Written,
    )
    from generator.report.voice import Voice

_LISTS: Mapping[str, str] = {
    "counts_towards": "counts_towards", "former_use": "former_use", "funding_source": "funds",
    "gb50174_grade": "gb50174_grade", "handling": "handling", "kind": "power_kind",
    "land_use": "land_use", "source_of_funds": "funds", "type": "institution_type",
}  # fmt: skip
"""Columns to the list of choices that they are filled from."""
_STATUSES = {"institutions": "signature_status", "power": "asset_status"}
_MONEY = "capex"
_PRICES = {"currency/kWh": "changes.price", "currency/kW/year": "changes.price_of_power"}
_NAMED = 3
"""Names in a row before the rest is counted."""


class Words(Struct, frozen=True, dict=True):
    """Says what changed in one region."""

    changes: Changes
    voice: Voice

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        return {rule.rule_id: rule for rule in self.voice.knowledge.rules}

    @cached_property
    def _uses(self) -> frozenset[str]:
        known = self.voice.knowledge
        return frozenset(use.use_id for use in (*known.uses, *known.elsewhere))

    def say(self, key: str, **args: object) -> str:
        """A text of the table."""
        return self.voice.say(key, **args)

    def word(self, kind: str, value: str) -> str:
        """The text for one of several values; the value itself where it is none of them."""
        key = f"{kind}.{value}"
        return self.voice.say(key) if key in self.voice.texts.table else value or self.voice.dash

    def use(self, use_id: str) -> str:
        """The name of a use."""
        return self.voice.use(use_id) if use_id in self._uses else use_id

    def uses(self, use_ids: Iterable[str], most: int = _NAMED) -> str:
        """Names of uses, counted from some number on."""
        return self.voice.several([self.use(one) for one in use_ids], most)

    def criterion(self, criterion_id: str) -> str:
        """The name of a criterion."""
        found = self.voice.knowledge.criteria.get(criterion_id)
        return self.voice.name(found.name) if found else criterion_id

    def activity(self, activity: str) -> str:
        """The name of an activity."""
        found = self.voice.knowledge.activities.get(activity)
        return self.voice.name(found.name) if found else activity

    def placed(self, one: Placed | None) -> str:
        """The wave of a project, with size and place where it has them; a dash for none."""
        if one is None:
            return self.voice.dash
        wave = self.say(f"annex.wave.{one.wave}")
        if (
            one.use_id not in self._uses
            or self.voice.knowledge.use(one.use_id).category == "blockchain"
        ):
            return wave
        place = self.voice.text(one.site)
        key = "changes.placed" if place else "changes.sized"
        return self.say(key, wave=wave, size=size(one.use_id, one.size, self.voice), place=place)

    def record(self, one: CellChange) -> str:
        """What a row is called."""
        name = one.name.text(self.voice.language)
        about = [self._about(key, value) for key, value in one.refers.items()]
        if one.sheet == "institutions" and about:
            return self.say("changes.record_for", record=name, use=about[0])
        if one.sheet in {"measures", "limits", "estimates"}:
            return self.voice.join(about)
        return name or self.voice.join(about) or self.voice.dash

    def _about(self, kind: str, value: str) -> str:
        known = self.voice.knowledge
        if kind == "use":
            return self.use(value)
        if kind == "resource":
            return self.voice.choice("limit", value)
        if kind == "benefit":
            return self.voice.name(known.benefits[value].name) if value in known.benefits else value
        key = f"figure.{value}"
        return self.say(key) if key in self.voice.texts.table else self.criterion(value)

    def cell(self, one: CellChange) -> str:
        """What a cell holds, of which row; a row that came or went by its own name."""
        record = self.record(one)
        if one.kind != "changed":
            return self.say(f"changes.row.{one.kind}", record=record)
        if one.sheet == "measures" and one.column == "value":
            return record
        keys = (f"measure.{one.column}", f"column.{one.column}", f"figure.{one.column}",
                f"changes.column.{one.column}")  # fmt: skip
        key = next((key for key in keys if key in self.voice.texts.table), "")
        column = self.say(key) if key else one.column
        if one.sheet == "region":
            return column
        return self.say("measure.of", column=column, records=record)

    def pair(self, one: CellChange) -> tuple[str, str]:
        """What a cell held and holds, with as much beside the number as tells the two apart."""
        for ways in range(1, 4):
            texts = (self._held(one.before, one, ways), self._held(one.after, one, ways))
            if texts[0] != texts[1]:
                break
        return texts

    def _held(self, held: Written | None, one: CellChange, ways: int) -> str:
        if one.kind != "changed":
            return self.voice.dash
        if isinstance(held, Fact):
            return self._number(held, one, ways)
        if isinstance(held, Label):
            return self.voice.name(held)
        return self._typed(held, one) if held else self.say("changes.blank")

    def _typed(self, held: str, one: CellChange) -> str:
        """A word of a list, a day, or what somebody wrote."""
        listed = _STATUSES.get(one.sheet) if one.column == "status" else _LISTS.get(one.column)
        if one.column in {"use", "criterion", "resource", "benefit"}:
            return self._about(one.column, held)
        if listed or one.column == "grade":
            return self.voice.choice(listed, held) if listed else self.word("grade", held)
        return self.day(held)

    def _number(self, fact: Fact, one: CellChange, ways: int) -> str:
        voice = self.voice
        if one.refers.get("resource") == _MONEY:
            fact = replace(fact, unit="m")
        text = self._amount(fact)
        beside = [span(fact, voice), self.word("grade", fact.grade), voice.period(fact.as_of)]
        if ways == 1:
            return text
        return self.say("annex.with_range", value=text, range=voice.join(beside[: ways - 1]))

    def _amount(self, fact: Fact) -> str:
        """A number of the workbook with its unit, money in the region's currency."""
        voice, own = self.voice, self.changes.currency
        number, named_unit = shown(fact, voice), unit(fact, own, voice)
        if fact.unit == "%":
            return self.say("percent", value=number)
        if fact.unit in MONEY and fact.value is not None:
            return amount((fact.value * MONEY[fact.unit],), own, voice)
        if key := _PRICES.get(fact.unit):
            return self.say(key, currency=word(own, voice), value=number)
        return self.say("quantity", value=number, unit=named_unit) if named_unit else number

    def figure(self, one: FigureChange) -> tuple[str, str, str]:
        """Name of a computed figure, what it was, what it is."""
        ends, voice = (one.before, one.after), self.voice
        if one.kind == "criterion":
            is_known = one.name in voice.knowledge.criteria
            texts = [voice.amount(end, one.name) if is_known else voice.number(end) for end in ends]
            return self._of_uses(one), texts[0], texts[1]
        if one.kind == "chosen":
            texts = [voice.percent(end or 0.0) for end in ends]
            return self.say("changes.figure.chosen", use=self.use(one.name)), texts[0], texts[1]
        wave = self.say(f"annex.wave.{one.wave}")
        name = self.say(
            "changes.figure.effect", wave=wave, effect=voice.choice("benefit_effect", one.name)
        )
        texts = [voice.dash if end is None else self._effect(one.name, end) for end in ends]
        return name, texts[0], texts[1]

    def _of_uses(self, one: FigureChange) -> str:
        """The criterion; where uses read it by different rules, with the first of them."""
        alike = [
            other
            for other in self.changes.figures
            if other.kind == "criterion" and other.name == one.name
        ]
        name = self.criterion(one.name)
        if len(alike) < 2:
            return name
        return self.say("changes.record_for", record=name, use=self.uses(one.uses, 1))

    def _effect(self, effect: str, value: float) -> str:
        voice = self.voice
        if effect == "capital":
            return voice.about(value)
        number = amount_of(effect, value, voice)
        return (
            self.say("quantity", value=number, unit=self.say("unit.mw"))
            if effect == "power"
            else number
        )

    def catalogue(self, one: CatalogueChange) -> tuple[str, str, str]:
        """Name of a number of the catalogue, what it was, what it is."""
        known = self.voice.knowledge
        if not one.use_id:
            found = known.assumptions.get(one.name)
            name = self.voice.name(found.name) if found else one.name
        elif one.field == "amount":
            name = self.say(
                "changes.need", what=self.voice.choice("limit", one.name), use=self.use(one.use_id)
            )
        else:
            field = self.word("changes.term", one.field)
            name = self.say(
                "changes.term_of", field=field, criterion=self.criterion(one.name),
                use=self.use(one.use_id),
            )  # fmt: skip
        return name, self._plain(one.before, one), self._plain(one.after, one)

    def _plain(self, value: Term, one: CatalogueChange) -> str:
        if isinstance(value, bool):
            return self.say("flag.yes" if value else "flag.no")
        if isinstance(value, str):
            return self.voice.choice("direction", value)
        is_amount = one.field in {"minimum", "target"} and one.name in self.voice.knowledge.criteria
        return self.voice.amount(value, one.name) if is_amount else self.voice.number(value)

    def standing(self, use_id: str, use: UseState | None) -> str:
        """The list of a use and its rank there; of one without readiness, what the law says."""
        if use is None:
            status = next((one for one in self.changes.statuses if one.use_id == use_id), None)
            ends = {status.before, status.after} if status else set[str]()
            return self.say("status.prohibited") if "prohibited" in ends else self.voice.dash
        listed = self.word("listed", use.listed)
        if use.rank is None:
            return listed
        return self.say("changes.rank", listed=listed, rank=self.voice.number(use.rank, 0))

    def readiness(self, use: UseState | None) -> str:
        """Readiness of 100, or its ends."""
        if use is None:
            return self.voice.dash
        ends = [self.voice.number(end, 1) for end in (use.low, use.high)]
        return ends[0] if ends[0] == ends[1] else self.say("span", low=ends[0], high=ends[1])

    def cited(self, rule_id: str, rule: RuleText) -> str:
        """The instrument with what was read of it."""
        if rule_id in self._rules:
            return cite(self._rules[rule_id], self.voice)
        title = (
            rule.title.text(self.voice.language) or rule.number.text(self.voice.language) or rule_id
        )
        kind, day = (_read(rule.rest.get(name, "")) for name in ("read_kind", "checked_on"))
        reading = self.say("reading.none")
        if kind and day and kind != "none":
            shown_day = self.day(day)
            kind = self.voice.choice("read_kind", kind)
            reading = self.say("reading.read", kind=kind, date=shown_day)
        return self.say("law.cited", instruments=title, reading=reading)

    def day(self, iso: str) -> str:
        """A day in words; as it stands where it is none."""
        try:
            return self.voice.date(date.fromisoformat(iso))
        except ValueError:
            return iso

    def short(self, rule_id: str, rule: RuleText) -> str:
        """The instrument alone."""
        if rule_id in self._rules:
            return self.voice.short_instrument(self._rules[rule_id])
        return rule.title.text(self.voice.language) or rule_id

    def condition(self, rule_id: str, rule: RuleText) -> str:
        """What a rule says."""
        if rule_id in self._rules:
            return condition_of(self._rules[rule_id], self.voice)
        return self.voice.name(rule.condition)

    def why(self, why: Why) -> str:
        """What moved it, by name."""
        if not why.reasons:
            return self.say("changes.why.unknown")
        joined = self.say("clause.separator").join(self._reason(one) for one in why.reasons)
        return joined if why.is_traced else self.say("changes.why.among", reasons=joined)

    def _reason(self, one: Reason) -> str:
        changes = self.changes
        if one.kind == "cells" and one.refs:
            # Of the words of one row the first stands for all.
            first = {cell.place: cell for cell in reversed(changes.cells)}
            found = [self.cell(first[ref]) for ref in one.refs if ref in first]
            return self.voice.several(list(dict.fromkeys(found)), _NAMED)
        if one.kind == "law" and one.refs:
            rules = [
                self.short(row.rule_id, row.rule) for row in changes.law if row.rule_id in one.refs
            ]
            return self.say(
                "changes.why.rules", rules=self.voice.several(list(dict.fromkeys(rules)), _NAMED)
            )
        if one.kind == "catalogue" and one.refs:
            rows = [
                row for row in changes.catalogue if f"{row.use_id} {row.name}".strip() in one.refs
            ]
            names = [self.catalogue(row)[0] for row in rows]
            return self.say(
                "changes.why.rows", rows=self.voice.several(list(dict.fromkeys(names)), _NAMED)
            )
        return self.say(f"changes.why.{one.kind}")

    def where(self, why: Why) -> str:
        """Cells, rules and rows of the catalogue by their addresses and ids."""
        return self.addresses([ref for one in why.reasons for ref in one.refs])

    def addresses(self, refs: Sequence[str]) -> str:
        """Addresses in a row, counted from some number on; a dash for none."""
        if len(refs) <= _NAMED:
            return self.voice.join(refs) or self.voice.dash
        return self.say(
            "cells.more", first=self.voice.join(refs[:_NAMED]), count=len(refs) - _NAMED
        )


def _read(text: str) -> str:
    """A text as JSON holds it; empty for anything else."""
    try:
        found = json.loads(text or "null")
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""
