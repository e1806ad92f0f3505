"""Two editions of a region's results, and what changed from the earlier to the later one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, field

from generator.model.facts import Fact, Label
from generator.model.law import READING

Ground = Literal["inputs", "rules", "catalogue", "as_of", "draws", "seed", "program"]
"""A part that the figures of an edition are computed from."""
GROUNDS: tuple[Ground, ...] = (
    "inputs", "rules", "catalogue", "as_of", "draws", "seed", "program"
)  # fmt: skip
Written = Fact | Label | str
"""What stands in a cell: a number with its range, a text in several languages, a word or day."""
Term = float | str | bool | None
"""What the catalogue asks of a criterion: an amount, a direction, yes or no."""


class Record(Struct, frozen=True):
    """One row of the workbook; cells without content are left out."""

    sheet: str
    """Key of the sheet."""
    name: Label
    place: str
    """File, sheet and row."""
    cells: Mapping[str, Written]
    places: Mapping[str, str]
    """Column to file, sheet and cell, of the numbers."""


class RuleText(Struct, frozen=True):
    """One rule as an edition prints it."""

    activity: str
    effect: str
    in_force_from: date | None
    in_force_until: date | None
    """The first day on which it is out of force."""
    title: Label
    number: Label
    article: str
    condition: Label
    rest: Mapping[str, str]
    """All else that is said of it, as JSON text by field."""


class Part(Struct, frozen=True):
    """A criterion's value for a use, and what the catalogue holds it against."""

    value: float | None
    unit: str
    origins: frozenset[str]
    """File, sheet and cell of all that it was rolled up from."""
    points: tuple[float, float]
    """What it adds to readiness, from low to high."""
    terms: Mapping[str, Term]
    """Minimum, target, weight and the like, by field."""


class LawState(Struct, frozen=True):
    """What the law says of a use."""

    status: str
    barred: str
    """The sizes that are barred, as JSON text."""
    activities: frozenset[str]
    """What it is screened by."""


class UseState(Struct, frozen=True):
    """Where a use that is not barred stands."""

    category: str
    listed: str
    viability: str
    rank: int | None
    low: float
    high: float
    """Ends of its readiness."""
    parts: Mapping[str, Part]


class Placed(Struct, frozen=True):
    """A project of a wave."""

    use_id: str
    wave: int
    site: Label
    number: int | None
    """The site's row; None where it needs none."""
    size: float
    chosen_in: float | None


class Edition(Struct, frozen=True):
    """What a later edition is compared with."""

    code: str
    name: Label
    currency: str
    rate: float | None
    """What one unit of it is worth in the catalogue's currency."""
    as_of: date
    grounds: Mapping[Ground, str]
    records: tuple[Record, ...]
    rules: Mapping[str, RuleText]
    law: Mapping[str, LawState]
    """By use."""
    uses: Mapping[str, UseState]
    projects: tuple[Placed, ...]
    totals: Mapping[tuple[int, str], float]
    """Effects and capital of each wave."""
    parameters: Mapping[tuple[str, str], float]
    """Numbers of the catalogue that the choice rests on, by use (empty for the method) and name."""
    sentences: Mapping[str, Label]
    """Every sentence by its place."""


ReasonKind = Literal[
    "cells", "law", "catalogue", "as_of", "draws", "seed", "program", "projects", "others"
]
RuleKind = Literal["began", "ended", "added", "removed", "effect", "changed"]
ProjectKind = Literal["joins", "leaves", "earlier", "later", "resized"]


class Reason(Struct, frozen=True):
    """Something that moved and moved something else."""

    kind: ReasonKind
    refs: tuple[str, ...] = ()
    """Places of cells or rows, ids of rules, use and criterion; none where it is the whole part."""


class Why(Struct, frozen=True):
    """What moved a figure."""

    reasons: tuple[Reason, ...] = ()
    is_traced: bool = False
    """Whether it was these; else it was one or more of them, and nobody can say which."""


class CellChange(Struct, frozen=True):
    """A cell that holds something else, or a row that came or went (its column is empty)."""

    kind: Literal["changed", "added", "removed"]
    sheet: str
    name: Label
    refers: Mapping[str, str]
    """Words of the row that say what it is about: criterion, use, resource …"""
    column: str
    before: Written | None
    after: Written | None
    place: str
    """File, sheet and cell, in the later edition if it is there."""
    place_before: str


class RuleChange(Struct, frozen=True):
    """A rule whose standing, effect or text is another."""

    kind: RuleKind
    rule_id: str
    rule: RuleText
    """As the later edition has it; as the earlier had it where it is gone."""
    effect_before: str
    fields: tuple[str, ...] = ()
    """What else of its text is another."""

    @property
    def is_reading(self) -> bool:
        """Whether nothing but what was read of it is another."""
        return self.kind == "changed" and READING.issuperset(self.fields)


class StatusChange(Struct, frozen=True):
    """A use whose legal status is another."""

    use_id: str
    before: str
    after: str
    rules: tuple[str, ...]
    """Those of its activities that changed."""


class CatalogueChange(Struct, frozen=True):
    """A number or word of the catalogue that is another."""

    use_id: str
    """Empty for a number of the method."""
    name: str
    """The criterion, the limit that is needed, or the number of the method."""
    field: str
    before: Term
    after: Term


class ProjectChange(Struct, frozen=True):
    """A project that joined, left, or begins at another time, size or place."""

    kind: ProjectKind
    use_id: str
    before: Placed | None
    after: Placed | None
    why: Why


class FigureChange(Struct, frozen=True):
    """A computed figure that moved."""

    kind: Literal["criterion", "effect", "chosen"]
    name: str
    """The criterion, the effect, or the use."""
    wave: int
    """Of an effect; else 0."""
    uses: tuple[str, ...]
    """Those that read the criterion's value."""
    before: float | None
    after: float | None
    why: Why


class RankChange(Struct, frozen=True):
    """A use that stands elsewhere; None where an edition does not know it."""

    use_id: str
    category: str
    before: UseState | None
    after: UseState | None
    why: Why


class WordChange(Struct, frozen=True):
    """A sentence that reads otherwise; empty where it did not or does not stand."""

    place: str
    before: Label
    after: Label


class Changes(Struct, frozen=True):
    """What changed from one edition of a region to the next."""

    code: str
    name: Label
    currency: str
    rate: float | None
    before: date | None
    """The day whose law the earlier edition applied; None where the region was not in it."""
    after: date
    grounds: tuple[Ground, ...] = ()
    """The parts that are others."""
    projects: tuple[ProjectChange, ...] = ()
    law: tuple[RuleChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    cells: tuple[CellChange, ...] = ()
    catalogue: tuple[CatalogueChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    ranks: tuple[RankChange, ...] = ()
    words: tuple[WordChange, ...] = ()
    """Sentences that read otherwise; none where the later edition has not been put in words."""
    sentences: Mapping[str, Label] = field(default_factory=dict)
    """Those of the earlier edition."""

    @property
    def is_nothing(self) -> bool:
        """Whether all that was compared is the same, words aside."""
        return not any(
            (self.projects, self.law, self.statuses, self.cells, self.catalogue, self.figures,
             self.ranks)
        )  # fmt: skip
