"""What the law says: instruments, the rules they hold, how they bear on each other.

Also here: what differs from one legal order to another: what an office is called, what a text says
there.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from generator.model.facts import Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


ReadKind = Literal["official", "repost", "superseded", "page", "press", "none"]
"""What was read of a text, the best first: the official page, a copy elsewhere, a version that is no
longer in force, a page about it, a report, nothing."""
RuleEffect = Literal["prohibited", "conditional", "permitted", "encouraged"]
RuleDuty = Literal["limit", "operation", "report", "general", "frame", ""]
"""A figure or bar that the thing itself must keep; what begins once it runs; a report or record; what
binds everyone or somebody else; anything else, which must be met before the start."""
READING = frozenset({"read_kind", "checked_on", "read_locator", "official_locator"})
"""Fields of a rule that say what was read of it."""
ANYWHERE = "*"
"""The jurisdiction of an office's neutral name."""
PLACEHOLDER = "{institution}"
"""Where a task, or the office that carries it out, names bodies of the workbook."""


class Instrument(Struct, frozen=True):
    """One law, order, notice or standard. A blank start means not in force, or not known."""

    instrument_id: str
    jurisdiction: str
    title: Label
    title_local: str
    number: Label
    number_local: str
    issuer: Label
    adopted_on: date | None
    published_on: date | None
    in_force_from: date | None
    in_force_until: date | None
    """The first day on which it is out of force."""
    official_locator: str
    read_locator: str
    read_kind: ReadKind
    checked_on: date | None
    title_status: str
    start_basis: str
    note: Label
    short: Label = field(default_factory=Label)
    """A shorter name for a first page; blank where title or number is short."""

    def __hash__(self) -> int:
        """By the id, which is its own; a hash of every field took most of a lookup."""
        return hash(self.instrument_id)


class Relation(Struct, frozen=True):
    """How one instrument bears on another, from a day on; blank where the day was not seen."""

    from_instrument: str
    relation: Literal["amends", "repeals", "replaces", "implements", "extends", "stands_for"]
    to_instrument: str
    effective_on: date | None

    @property
    def is_ending(self) -> bool:
        """Whether the other instrument no longer stands after the day."""
        return self.relation in {"repeals", "replaces"}

    @property
    def is_local_stand_in(self) -> bool:
        """Whether the other does not apply where, and as long as, this one is in force."""
        return self.relation == "stands_for"


class Threshold(Struct, frozen=True):
    """A rule applies where the quantity is at least, or above, the value; units in `choices.csv`."""

    quantity: str
    operation: Literal[">=", ">"]
    value: float

    def holds(self, amount: float) -> bool:
        """Whether an amount of the quantity is on the side on which the rule applies."""
        return amount >= self.value if self.operation == ">=" else amount > self.value


class RegionCondition(Struct, frozen=True):
    """A rule applies only where a single figure of the region has this value."""

    figure: str
    value: float


class Rule(Struct, frozen=True):
    """What one instrument says of one activity; dates are the rule's own, else the instrument's.

    A blank `in_force_from` means listed, never applied.
    """

    rule_id: str
    jurisdiction: str
    activity: str
    effect: RuleEffect
    instrument: Instrument
    article: str
    region_scope: tuple[str, ...]
    region_condition: RegionCondition | None
    threshold: Threshold | None
    condition: Label
    penalty: Label
    in_force_from: date | None
    in_force_until: date | None
    """The first day on which it is out of force."""
    reader_note: Label
    """What a reader must know beside the rule; printed wherever the rule is."""
    note: Label
    read_locator: str
    read_kind: ReadKind
    """What was read for this point, which can be less than what was read of the instrument."""
    checked_on: date | None
    """When it was read; None where nothing was."""
    target_on: date | None = None
    """The day by which its own text wants something reached; the nearest, if there are several."""
    duty: RuleDuty = ""
    """What kind of condition it sets, where that says which one is told first."""
    is_reading: bool = False
    """Whether it follows only from how the table reads the text, so that counsel must confirm it."""
    question: Label = field(default_factory=Label)
    """What counsel is asked of it; blank for the question that its kind puts."""
    hurdle: Label = field(default_factory=Label)
    """What of it may stop a project, as a noun; blank where it stops none."""
    exception: Label = field(default_factory=Label)
    """What a bar leaves open, in a few words; blank where it bars all of the activity."""

    def __hash__(self) -> int:
        """By the id, which is its own."""
        return hash(self.rule_id)

    @property
    def is_read(self) -> bool:
        """Whether anything was read for the rule."""
        return self.read_kind != "none" and self.checked_on is not None

    @property
    def is_of_operation(self) -> bool:
        """Whether it asks nothing before the start, but once the thing runs."""
        return self.duty in {"operation", "report"}

    @property
    def is_general(self) -> bool:
        """Whether it binds everyone, or somebody else than the project: no step of it."""
        return self.duty == "general"

    def reaches(self, orders: Sequence[str], admin_code: str) -> bool:
        """Whether it reaches a region, dates aside.

        Its own jurisdiction must be one of the region's; a scope code is then either such a
        jurisdiction or the beginning of the region's administrative code, trailing `00` pairs aside.

        Args:
            orders: The region's jurisdiction, then those above it.
            admin_code: The region's; empty for the rules of the whole jurisdiction only.
        """
        if self.jurisdiction not in orders:
            return False
        return any(
            code in orders or (admin_code != "" and admin_code.startswith(_significant(code)))
            for code in self.region_scope
        )


@lru_cache(maxsize=4096)
def _significant(code: str) -> str:
    """An administrative code without trailing pairs of zeros, of which one pair at least stays."""
    return re.sub(r"(?<=\d\d)(?:00)+$", "", code)


class CoverageNote(Struct, frozen=True):
    """Why nobody has assessed an activity in a legal order."""

    jurisdiction: str
    activity: str
    reason: Label


class Place(Struct, frozen=True):
    """A part of a legal order, or a kind of place in it, by the administrative codes it holds.

    What the catalogue says of an order it may say of a place: what an office is called there, how a
    text is worded, whether a task exists. The law itself reads codes (`Rule.region_scope`).
    """

    place: str
    jurisdiction: str
    name: Label
    codes: tuple[str, ...]
    """Whole codes, with the signs of `fnmatch`."""
    not_in: tuple[str, ...] = ()
    """Places whose regions are left out."""
    stands_for: str = ""
    """The general place whose name in texts gives way to the name of this one; empty for none."""
    opening: Label = Label()
    """What papers of the place open their guiding idea with."""
    opening_until: date | None = None

    def holds(self, admin_code: str) -> bool:
        """Whether a region of this code lies in it, other places aside."""
        return any(fnmatchcase(admin_code, code) for code in self.codes)


class Office(Struct, frozen=True):
    """What a place or a legal order calls an office; the neutral name stands under `*`."""

    office_key: str
    jurisdiction: str
    kind: str
    exists: bool
    name: Label
    name_local: str
    read_kind: ReadKind | Literal[""]
    directed: bool | None = None
    """Whether it is part of the local government or takes its orders; all others are asked."""


class LocalText(Struct, frozen=True):
    """What a printed text of a row says in one place or order, instead of its general wording."""

    table: str
    row_id: str
    field: str
    jurisdiction: str
    text: Label


class Activity(Struct, frozen=True):
    """A regulated activity that uses carry."""

    activity: str
    name: Label
    description: Label
    former_use: str = ""
    """The former use of a site that may hide it; empty for most."""
