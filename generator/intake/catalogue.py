"""Checks between the tables of the catalogue, once each row is right by itself; what is local comes last."""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Mapping
from datetime import date
from string import Formatter
from typing import TYPE_CHECKING, cast, get_args

from generator.codes import Code
from generator.intake.columns import FORM_BY_KEY, Column, Kind
from generator.intake.columns.words import enumerated, unnamed
from generator.intake.lawbook import home_page
from generator.intake.refusals import unknown_name
from generator.intake.triggers import term_problems
from generator.intake.words import meant, suggested
from generator.model import (
    ANYWHERE,
    COMPARATORS,
    PLACEHOLDER,
    Action,
    Evidence,
    Label,
    Procedure,
    Risk,
    Rule,
    Use,
)
from generator.model.programme import PreconditionKind
from generator.model.readiness import REGISTERS_READ
from generator.problems import Problem, problem

if TYPE_CHECKING:
    from generator.intake.records import Record, Records


_WEIGHT_SUM = 100.0
_NO_BASELINE = "none"


def catalogue_problems(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """What contradicts itself between tables, or names what can never happen."""
    yield from _weights(tables)
    yield from _uses(tables)
    yield from _scenarios(tables)
    yield from _actions(tables)
    yield from _roles(tables)
    yield from _reads(tables)
    yield from _currencies(tables)
    yield from _sizes(tables)
    yield from term_problems(tables)
    for record in tables["procedures"].records:
        yield from home_page(record)


def _weights(tables: Mapping[str, Records]) -> Iterable[Problem]:
    uses = {record.text("use_id"): record for record in tables["uses"].records}
    criteria = {record.text("criterion_id"): record for record in tables["criteria"].records}
    sums: dict[str, float] = {}
    for record in tables["requirements"].records:
        use, criterion = record.text("use_id"), criteria[record.text("criterion_id")]
        sums[use] = sums.get(use, 0.0) + float(cast("float", record.values["weight"]))
        if record.text("direction") != criterion.text("direction"):
            yield problem(
                Code.DIRECTION_DIFFERS,
                record.at("direction"),
                criterion=criterion.text("criterion_id"),
            )
        minimum, target = (cast("float", record.values[key]) for key in ("minimum", "target"))
        if (target - minimum) * (1 if record.text("direction") == "higher_better" else -1) < 0:
            yield problem(
                Code.TARGET_WRONG_SIDE,
                record.at("target"),
                minimum=f"{minimum:g}",
                target=f"{target:g}",
            )
    for use_id, record in uses.items():
        is_scored = record.text("category") != COMPARATORS
        if is_scored and abs(sums.get(use_id, 0.0) - _WEIGHT_SUM) > 1e-9:
            yield problem(
                Code.NEED_WEIGHTS_NOT_100,
                record.at("use_id"),
                use=use_id,
                total=f"{sums.get(use_id, 0):g}",
            )


def _uses(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Uses that may be proposed, though nobody is named to lead or run them, or nothing to size them."""
    sized = _keys(tables, "unit_needs", "use_id")
    for record in tables["uses"].records:
        if record.text("category") == COMPARATORS:
            continue
        for key in ("owner_office", "operator_office"):
            # A cell with a wrong name is refused as such, and empty here.
            if not record.text(key) and not record.is_refused(key):
                yield problem(Code.CELL_BLANK, record.at(key), **Column(key).headed)
        if record.text("use_id") not in sized:
            use_id = record.text("use_id")
            yield problem(Code.USE_WITHOUT_NEEDS, record.at("use_id"), use=use_id)


def _scenarios(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Targets of scenarios that are not on the closed list, or not with such a value."""
    numbers = {
        *_keys(tables, "criteria", "criterion_id"),
        *(
            f"limits.{record.text('value')}"
            for record in tables["choices"].records
            if record.text("list") == "limit"
        ),
        "capex",
        "jobs",
        "annual_value_added",
    }
    uses = {f"use:{use_id}" for use_id in _keys(tables, "uses", "use_id")}
    for record in tables["scenarios"].records:
        target, operation, value = (record.text(key) for key in ("target", "operation", "value"))
        is_known = (
            (target in numbers and operation in _ON_NUMBERS and _is_number(value))
            or (target in uses and operation == "drop")
            or (target == "rules.as_of" and operation == "set" and _is_date(value))
            or (target == "customers" and operation == "multiply" and _is_number(value))
        )
        if not is_known:
            known = {name: name for name in (*numbers, *uses, "customers", "rules.as_of")}
            yield problem(
                Code.SCENARIO_TARGET_UNKNOWN, record.at("target"), "error", found=target, operation=operation, value=value,
                **({} if target in known else suggested(target, known)),
            )  # fmt: skip


_ON_NUMBERS = frozenset({"multiply", "add", "set", "at_most"})


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _actions(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Triggers of actions that can never fire, because nothing has the name."""
    selectable = {record.text("category") for record in tables["uses"].records} - {COMPARATORS}
    known = {
        *(f"gap:{name}" for name in _keys(tables, "criteria", "criterion_id")),
        *(f"rule:{name}" for name in _keys(tables, "activities", "activity")),
        *(f"risk:{name}" for name in _keys(tables, "risks", "risk_id")),
        *(
            f"{kind}:{name}"
            for kind in ("selected", "proposed")
            for name in _keys(tables, "uses", "use_id") | selectable
        ),
        *(f"procedure:{name}" for name in _keys(tables, "procedures", "procedure_id")),
        *(f"waits:{kind}" for kind in get_args(PreconditionKind)),
        "compares:together",
        "idle:power",
        "people:left",
        "law:prohibited",
        "always",
    }
    given = {
        f"gap:{record.text('criterion_id')}"
        for record in tables["criteria"].records
        if record.text("changeable") == "given"
    }
    for record in tables["actions"].records:
        for name in _codes(record, "trigger"):
            if name not in known:
                near = meant(name, known)
                yield problem(
                    Code.ACTION_TRIGGER_UNKNOWN, record.at("trigger"), "error", found=name, **near
                )
            elif name in given:
                criterion = name.partition(":")[2]
                yield problem(
                    Code.GAP_UNCHANGEABLE, record.at("trigger"), found=name, criterion=criterion
                )
        baseline = record.text("baseline")
        if baseline not in {"", _NO_BASELINE}:
            yield unknown_name(record.at("baseline"), "baseline", baseline, [_NO_BASELINE])


_WITHOUT_COLUMN = frozenset({
    "sum_available_fte", "pooled_location_quotient", "count_signed_for_use", "max_site_it_load",
})  # fmt: skip
"""Roll-ups that take what they read from no column that a criterion names."""
_SHEETS = {
    rollup: "region" if register == "figures" else register
    for rollup, register in REGISTERS_READ.items()
    if rollup not in _WITHOUT_COLUMN
}
"""Roll-up to the sheet whose column the criterion reads."""


def _reads(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Criteria that read a column which their sheet does not have, or a staff group that is none.

    A single figure of the region may come through the Measures sheet alone, under its own name.
    """
    groups = {
        record.text("value"): record.text("value")
        for record in tables["choices"].records
        if record.text("list") == "counts_towards"
    }
    for record in tables["criteria"].records:
        found, rollup = record.text("reads"), record.text("rollup_blockchain")
        known = groups if rollup == "sum_available_fte" else None
        if rollup in _SHEETS:
            columns = FORM_BY_KEY[_SHEETS[rollup]].columns
            numbers = (one.key for one in columns if one.kind.is_number or one.kind is Kind.FLAG)
            known = {key: key for key in numbers}
            if rollup == "region_value":
                known[record.text("criterion_id")] = found
        if known is not None and found not in known:
            yield problem(
                Code.ROLLUP_UNREADABLE, record.at("reads"), "error", found=found, rollup=rollup,
                **enumerated(map(unnamed, known)).arguments("listed"), **meant(found, known),
            )  # fmt: skip


def _roles(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Parts of the method that no criterion plays, or more than one."""
    holders: dict[str, list[Record]] = {
        record.text("value"): []
        for record in tables["choices"].records
        if record.text("list") == "criterion_role"
    }
    for record in tables["criteria"].records:
        if role := record.text("role"):
            holders[role].append(record)
    for role, records in holders.items():
        if len(records) != 1:
            place = (records or tables["criteria"].records)[-1]
            names = ", ".join(one.text("criterion_id") for one in records)
            yield problem(
                Code.ROLE_NOT_ONE, place.at("role"), role=role, count=len(records), found=names
            )


def _currencies(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Currencies that are no three letters, and rates of a currency that no legal order has."""
    used = _keys(tables, "jurisdictions", "currency")
    for record in tables["jurisdictions"].records:
        found = record.text("currency")
        if not (len(found) == len("CNY") and found.isascii() and found.isalpha()):
            known = used - {found}
            yield unknown_name(record.at("currency"), "currency", found, known)
    for record in tables["currency"].records:
        if record.text("currency") not in used:
            yield unknown_name(record.at("currency"), "currency", record.text("currency"), used)


def _sizes(tables: Mapping[str, Records]) -> Iterable[Problem]:
    """Sizes of projects that leave something open which nothing fills."""
    for record in tables["uses"].records:
        for _, text in record.label("size").texts:
            try:
                names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            except ValueError as fault:
                yield problem(Code.PLACEHOLDERS_UNREADABLE, record.at("size"), detail=fault)
                continue
            if unknown := ", ".join(sorted(names - _OPEN)):
                yield problem(Code.PLACEHOLDERS_UNREADABLE, record.at("size"), detail=unknown)


_OPEN = {"amount", "count", "power"}


def _codes(record: Record, key: str) -> tuple[str, ...]:
    """The texts of a cell, one or several."""
    value = record.values.get(key) or ()
    return (value,) if isinstance(value, str) else cast("tuple[str, ...]", value)


def _keys(tables: Mapping[str, Records], table: str, key: str) -> set[str]:
    return {record.text(key) for record in tables[table].records}


TOKENS = ("key_institution_types", "partner_types")
"""What may stand in `fills_from` beside types of institutions: lists of the use at hand."""
NOUNS: dict[str, tuple[type[object], str]] = {
    "uses": (Use, "use_id"),
    "evidence": (Evidence, "evidence_id"),
    "risks": (Risk, "risk_id"),
    "actions": (Action, "action_id"),
    "rules": (Rule, "rule_id"),
    "procedures": (Procedure, "procedure_id"),
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
                **meant(key, neutral),
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
        title = record.label("title")
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
        texts = [name for name, kind in noun.__annotations__.items() if kind == Label.__name__]
        for column, found, known in (("row_id", row_id, rows), ("field", field, texts)):
            # A rule pack of somebody's own need not hold every rule that is worded here.
            if found not in known and (column, table) != ("row_id", "rules"):
                yield problem(
                    Code.LOCAL_TEXT_IDLE,
                    record.at(column),
                    "error",
                    found=found,
                    table=table,
                    **meant(found, known),
                )
