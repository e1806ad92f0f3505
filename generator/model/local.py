"""What differs from one legal order to another: what an office is called, what a text says there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from generator.model.facts import Label
    from generator.model.law import ReadKind

ANYWHERE = "*"
"""The jurisdiction of an office's neutral name."""
PLACEHOLDER = "{institution}"
"""Where a task, or the office that carries it out, names bodies of the workbook."""


@dataclass(frozen=True, slots=True)
class Office:
    """What a legal order calls an office; the neutral name stands under `*`."""

    office_key: str
    jurisdiction: str
    kind: str
    exists: bool
    name: Label
    name_local: str
    read_kind: ReadKind | Literal[""]
    directed: bool | None = None
    """Whether it is part of the local government or takes its orders; all others are asked."""


@dataclass(frozen=True, slots=True)
class LocalText:
    """What a printed text of a row says in one legal order, in place of its general wording."""

    table: str
    row_id: str
    field: str
    jurisdiction: str
    text: Label
