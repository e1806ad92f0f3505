"""The four rule tables to rules: what each takes from its instrument, and what is wrong with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from generator.intake.columns import REGION_FIGURES, RULES
from generator.model import NO_LABEL, RegionCondition, Rule, Threshold
from generator.problems import Origin, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from generator.intake.check import Record, Records
    from generator.model import Instrument, Label

_CONDITION = re.compile(r"(?P<figure>\w+)\s*=\s*(?P<value>-?\d+(?:\.\d+)?)")
_BARE_HOST = re.compile(r"https?://[^/]+/?$")


def folder_problems(folder: Path) -> Iterable[Problem]:
    """A folder without rules, or with rules in the one-file form of former versions."""
    files = sorted(folder.glob("*.csv"))
    names = [f"{sheet.key}.csv" for sheet in RULES]
    if not files:
        yield problem("KN-102", Origin(folder.name), tables=", ".join(names))
    elif not (folder / names[0]).exists() and any(_is_former(path) for path in files):
        yield problem("KN-112", Origin(files[0].name), tables=", ".join(names))


def _is_former(path: Path) -> bool:
    head = path.read_bytes()[:4000].partition(b"\n")[0]
    return b"instrument_title_en" in head and b"rule_id" in head


def joined_rules(
    records: Iterable[Record], instruments: Mapping[str, Instrument]
) -> tuple[Rule, ...]:
    """Every rule with its instrument; its own dates bind, else those of the instrument.

    Args:
        records: Checked rows of the rule table.
        instruments: By id.
    """
    return tuple(_rule(record, instruments[record.text("instrument_id")]) for record in records)


def _rule(record: Record, instrument: Instrument) -> Rule:
    values = record.values
    begin = cast("date | None", values.get("in_force_from")) or instrument.in_force_from
    ends = (cast("date | None", values.get("in_force_until")), instrument.in_force_until)
    return Rule(
        rule_id=record.text("rule_id"),
        jurisdiction=record.text("jurisdiction"),
        activity=record.text("activity"),
        effect=cast("Any", record.text("effect")),
        instrument=instrument,
        article=record.text("article"),
        region_scope=cast("tuple[str, ...]", values["region_scope"]),
        region_condition=region_condition(record.text("region_condition")),
        threshold=_threshold(record),
        condition=cast("Label", values["condition"]),
        penalty=_label(record, "penalty"),
        in_force_from=begin,
        in_force_until=min((end for end in ends if end is not None), default=None),
        reader_note=_label(record, "reader_note"),
        note=_label(record, "note"),
        read_locator=record.text("read_locator"),
        read_kind=cast("Any", record.text("read_kind")),
        checked_on=cast("date | None", values.get("checked_on")),
        target_on=cast("date | None", values.get("target_on")),
    )


def _label(record: Record, key: str) -> Label:
    return cast("Label | None", record.values.get(key)) or NO_LABEL


def _threshold(record: Record) -> Threshold | None:
    quantity, value = record.text("threshold_quantity"), record.values.get("threshold_value")
    if not quantity:
        return None
    return Threshold(
        quantity, cast("Any", record.text("threshold_op")), float(cast("float", value))
    )


def region_condition(text: str) -> RegionCondition | None:
    """`field = number` as a condition; None for anything else."""
    found = _CONDITION.fullmatch(text.strip())
    return found and RegionCondition(found["figure"], float(found["value"]))


def law_problems(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """What contradicts itself between the rule tables."""
    instruments = {one.text("instrument_id"): one for one in tables["instruments"].records}
    for record in tables["instruments"].records:
        yield from _dates(record, record)
        yield from _reading(record)
        if _BARE_HOST.match(record.text("official_locator")):
            yield problem(
                "KN-113", record.at("official_locator"), found=record.text("official_locator")
            )
    for record in tables["rules"].records:
        yield from _dates(record, instruments[record.text("instrument_id")])
        yield from _reading(record)
        yield from _limits(record)


def _dates(record: Record, instrument: Record) -> Iterable[Problem]:
    begin = record.values.get("in_force_from") or instrument.values.get("in_force_from")
    end = record.values.get("in_force_until")
    if begin and end and cast("Any", begin) >= cast("Any", end):
        yield problem("KN-106", record.at("in_force_until"))


def _reading(record: Record) -> Iterable[Problem]:
    """A day without a reading, or a reading without its day."""
    is_read = record.text("read_kind") != "none"
    if is_read != (record.values.get("checked_on") is not None):
        yield problem("KN-114", record.at("checked_on"), found=record.text("read_kind"))


def _limits(record: Record) -> Iterable[Problem]:
    parts = ("threshold_quantity", "threshold_op", "threshold_value")
    given = [key for key in parts if record.values.get(key) not in {None, ""}]
    if given and len(given) < len(parts):
        lacking = next(key for key in parts if key not in given)
        yield problem("KN-115", record.at(lacking), column=lacking)
    text = record.text("region_condition")
    if text:
        condition = region_condition(text)
        figures = [column.key for column in REGION_FIGURES]
        if condition is None or condition.figure not in figures:
            yield problem(
                "KN-116", record.at("region_condition"), found=text, known=", ".join(figures)
            )
