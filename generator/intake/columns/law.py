"""The four tables of the law."""

from __future__ import annotations

from generator.intake.columns.column import (
    READ,
    choice,
    code,
    codes,
    date,
    key,
    number,
    printed,
    table,
    worded,
)

RULES = tuple(
    map(
        worded,
        (
            table(
                "instruments",
                key("instrument_id", unique=True),
                key("jurisdiction", refers_to="jurisdictions"),
                code("title_local"),
                # Titles and numbers of the original stay as they are in every language.
                printed("title", required=True),
                code("number_local"),
                printed("number"),
                printed("issuer"),
                date("adopted_on"),
                date("published_on"),
                date("in_force_from"),
                date("in_force_until"),
                code("official_locator"),
                code("read_locator"),
                READ,
                date("checked_on"),
                choice("title_status", "title_status"),
                choice("start_basis", "start_basis", required=False),
                printed("note"),
                unique=("instrument_id",),
            ),
            table(
                "rules",
                key("jurisdiction", refers_to="jurisdictions"),
                key("rule_id", unique=True),
                key("instrument_id", refers_to="instruments"),
                code("article"),
                key("activity", refers_to="activities"),
                choice("effect", "effect"),
                choice("duty", "rule_duty", required=False),
                choice("basis", "rule_basis", required=False),
                codes("region_scope", required=True),
                code("region_condition"),
                choice("threshold_quantity", "threshold_quantity", required=False),
                choice("threshold_op", "threshold_op", required=False),
                number("threshold_value"),
                printed("condition", required=True),
                printed("penalty"),
                date("in_force_from"),
                date("in_force_until"),
                date("target_on"),
                printed("reader_note"),
                printed("note"),
                code("read_locator"),
                READ,
                date("checked_on"),
                unique=("rule_id",),
            ),
            table(
                "relations",
                key("from_instrument", refers_to="instruments"),
                choice("relation", "relation"),
                key("to_instrument", refers_to="instruments"),
                date("effective_on"),
                code("note"),
                unique=("from_instrument", "relation", "to_instrument"),
            ),
            table(
                "coverage",
                key("jurisdiction", refers_to="jurisdictions"),
                key("activity", refers_to="activities"),
                printed("reason", required=True),
                unique=("jurisdiction", "activity"),
            ),
        ),
    )
)
"""One folder of rules: instruments, what each says of an activity, how instruments bear on each
other, and why an activity is left open."""
