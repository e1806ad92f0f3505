"""The four tables of the law."""

from __future__ import annotations

from dataclasses import replace

from generator.intake.columns.tables import (
    READ,
    choice,
    code,
    codes,
    date,
    key,
    number,
    printed,
    table,
)

RULES = (
    table(
        "instruments",
        key(
            "instrument_id", unique=True, help_en="Your own short id; rules and relations name it."
        ),
        key("jurisdiction", refers_to="jurisdictions"),
        # Titles and numbers of the original stay as they are in every language.
        code("title_local", help_en="The title as the instrument itself writes it."),
        printed("title", required=True),
        code("number_local", help_en="The number as the instrument itself writes it."),
        printed("number", help_en="Blank where it is not known."),
        printed("issuer"),
        date("adopted_on"),
        date("published_on"),
        date("in_force_from", help_en="First day in force; blank: not in force, or not known."),
        date("in_force_until", help_en="First day out of force; blank: no end is known."),
        code(
            "official_locator",
            help_en="Address of the text on an official site, never a front page; several parted "
            "by semicolons.",
        ),
        code("read_locator", help_en="Address of what was read; blank where nothing was."),
        replace(READ, help_en="What was read: the official page, a copy, a report, nothing."),
        date("checked_on", help_en="When it was read; blank where nothing was."),
        choice(
            "title_status",
            "title_status",
            help_en="Whether the titles are original, translated or put together.",
        ),
        choice(
            "start_basis", "start_basis", required=False, help_en="What the first day rests on."
        ),
        printed("note", help_en="For those who keep the table; not printed."),
        unique=("instrument_id",),
    ),
    table(
        "rules",
        key("jurisdiction", refers_to="jurisdictions"),
        key("rule_id", unique=True),
        key("instrument_id", refers_to="instruments"),
        code("article"),
        key("activity", refers_to="activities", help_en="One rule for each activity it bears on."),
        choice("effect", "effect", help_en="The strictest rule that applies decides."),
        choice(
            "duty",
            "rule_duty",
            required=False,
            help_en="`limit` for a figure or bar that the thing itself must keep, printed first; "
            "`report` for reports and records, printed last.",
        ),
        choice(
            "basis",
            "rule_basis",
            required=False,
            help_en="`reading` where the text does not say it and the table reads it so; a bar of "
            "this kind is printed as a reading for counsel.",
        ),
        codes(
            "region_scope",
            required=True,
            help_en="Where it holds: the jurisdiction, one below it, or the beginning of "
            "administrative codes.",
        ),
        code(
            "region_condition",
            help_en="A field of the Region sheet and its value, `field = number`; a blank field "
            "leaves the rule open.",
        ),
        choice(
            "threshold_quantity",
            "threshold_quantity",
            required=False,
            help_en="The rule holds only from a value of this quantity on; all three or none.",
        ),
        choice("threshold_op", "threshold_op", required=False, help_en="At least, or above."),
        number("threshold_value", help_en="In the unit that the list of quantities names."),
        printed("condition", required=True, help_en="What the rule asks or bars, as one clause."),
        printed("penalty"),
        date("in_force_from", help_en="Only where it differs from the instrument's."),
        date(
            "in_force_until",
            help_en="First day out of force; the earlier of this and the instrument's counts.",
        ),
        date(
            "target_on",
            help_en="The day by which the text wants something reached, the nearest of several; a "
            "year counts to its last day.",
        ),
        printed("reader_note", help_en="What a reader must know; printed wherever the rule is."),
        printed("note", help_en="For those who keep the table; not printed."),
        code("read_locator", help_en="Address of what was read for this point."),
        replace(READ, help_en="What was read for this point."),
        date("checked_on", help_en="When it was read; blank where nothing was."),
        unique=("rule_id",),
    ),
    table(
        "relations",
        key("from_instrument", refers_to="instruments"),
        choice("relation", "relation"),
        key("to_instrument", refers_to="instruments"),
        date("effective_on", help_en="From when on; blank where the day was not seen."),
        code("note"),
        unique=("from_instrument", "relation", "to_instrument"),
    ),
    table(
        "coverage",
        key("jurisdiction", refers_to="jurisdictions"),
        key("activity", refers_to="activities"),
        printed("reason", required=True, help_en="Why nobody assessed the activity there."),
        unique=("jurisdiction", "activity"),
    ),
)
"""One folder of rules: instruments, what each says of an activity, how instruments bear on each
other, and why an activity is left open."""
