"""Checks of what differs from one legal order to another: offices, bodies that tasks name, wordings."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter
from typing import TYPE_CHECKING, cast

from generator.codes import Code
from generator.intake.refusals import unknown_name
from generator.intake.words import folded, suggested
from generator.model import ANYWHERE, PLACEHOLDER, Action, Evidence, Label, Risk, Rule, Use
from generator.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.intake.records import Records
    from generator.problems import Problem

TOKENS = ("key_institution_types", "partner_types")
"""What may stand in `fills_from` beside types of institutions: lists of the use at hand."""
NOUNS: dict[str, tuple[type[object], str]] = {
    "uses": (Use, "use_id"),
    "evidence": (Evidence, "evidence_id"),
    "risks": (Risk, "risk_id"),
    "actions": (Action, "action_id"),
    "rules": (Rule, "rule_id"),
}
"""Tables whose printed texts may be worded for one legal order, and the name of their id."""


def local_problems(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Names that no place has, and tasks whose bodies nobody can name."""
    yield from _offices(tables)
    yield from _bodies(tables)
    yield from _first_actions(tables)
    yield from _wordings(tables)


def _offices(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Offices of an unknown order, without a name, or without a neutral row to fall back on."""
    orders = (("jurisdictions", "code"), ("places", "place"))
    codes = {ANYWHERE, *(one.text(key) for name, key in orders for one in tables[name].records)}
    neutral = {
        one.text("office_key")
        for one in tables["offices"].records
        if one.text("jurisdiction") == ANYWHERE
    }
    for record in tables["offices"].records:
        code, key = record.text("jurisdiction"), record.text("office_key")
        if code not in codes:
            yield unknown_name(record.at("jurisdiction"), "jurisdiction", code, codes)
        if record.values.get("exists") and not record.values.get("name"):
            yield problem(
                Code.OFFICE_WITHOUT_NAME, record.at("name"), office=key, jurisdiction=code
            )
        if key not in neutral:
            yield problem(
                Code.OFFICE_WITHOUT_NEUTRAL,
                record.at("office_key"),
                "error",
                found=key,
                **_meant(key, neutral),
            )


def _bodies(tables: Mapping[str, Records]) -> Iterable[Problem]:
    types = {
        *TOKENS,
        *(
            one.text("value")
            for one in tables["choices"].records
            if one.text("list") == "institution_type"
        ),
    }
    for record in tables["actions"].records:
        title = cast("Label", record.values["title"])
        names = {
            f"{{{name}}}"
            for _, text in title.texts
            for _, name, *_ in Formatter().parse(text)
            if name is not None
        }
        fills = cast("tuple[str, ...] | None", record.values.get("fills_from")) or ()
        for odd in sorted(names - {PLACEHOLDER}):
            yield problem(Code.TASK_NAMES_UNFILLED, record.at("title"), found=odd)
        if PLACEHOLDER in names and not fills:
            yield problem(Code.TASK_WITHOUT_TYPES, record.at("fills_from"), found=PLACEHOLDER)
        if fills and PLACEHOLDER not in names:
            yield problem(Code.TASK_TYPES_IDLE, record.at("title"), found=PLACEHOLDER)
        for name in fills:
            if name not in types:
                yield unknown_name(record.at("fills_from"), "fills_from", name, types)


def _first_actions(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """First steps that nothing about the use sets off."""
    triggers = {
        record.text("action_id"): cast("tuple[str, ...]", record.values["trigger"])
        for record in tables["actions"].records
    }
    for record in tables["uses"].records:
        use_id, action = record.text("use_id"), record.text("first_action")
        own = {f"proposed:{use_id}", f"selected:{use_id}"}
        if action and not own & set(triggers[action]):
            yield problem(
                Code.FIRST_ACTION_IDLE, record.at("first_action"), found=action, use=use_id
            )


def _wordings(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Local wordings of rows or texts that do not exist."""
    for record in tables["local_texts"].records:
        table, row_id, field = (record.text(key) for key in ("table", "row_id", "field"))
        noun, key = NOUNS[table]
        rows = [one.text(key) for one in tables[table].records]
        texts = [part.name for part in fields(noun) if part.type == Label.__name__]  # type: ignore[arg-type]
        for column, found, known in (("row_id", row_id, rows), ("field", field, texts)):
            # A rule pack of somebody's own need not hold every rule that is worded here.
            if found not in known and (column, table) != ("row_id", "rules"):
                yield problem(
                    Code.LOCAL_TEXT_IDLE,
                    record.at(column),
                    "error",
                    found=found,
                    table=table,
                    **_meant(found, known),
                )


def _meant(found: str, known: Iterable[str]) -> dict[str, str]:
    """The known word that is perhaps meant, as it is written."""
    words = {folded(name): name for name in known}
    return {key: words[near] for key, near in suggested(found, words).items()}
