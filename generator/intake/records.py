"""Checked records: what the rows of a sheet came to, and what was noticed on the way."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec import Struct, field

from generator.model import NO_LABEL, Label
from generator.problems import Origin
from generator.shipped import LANGUAGES

if TYPE_CHECKING:
    from generator.intake.cell import Raw
    from generator.intake.columns import Sheet
    from generator.intake.rows import Located
    from generator.model import Conversion
    from generator.problems import Problem

_Noun = TypeVar("_Noun")
IN_CELL = 0.0
"""Stands for the scale of a number whose own cell writes another unit than the column's."""


class Record(Struct):
    """One row's values by column key, labels folded together; `at` gives the cell of each."""

    located: Located
    number: int
    values: dict[str, object]
    left: dict[str, Raw] | None = None
    """Cells that are read once another cell has said what kind of number they hold."""
    currencies: dict[str, tuple[str, tuple[str, ...]]] | None = None
    """Cells that name a currency, by column key: what stands there, and what it may name."""
    units: dict[str, str] | None = None
    """Units that stand behind a label, by the label's column key."""
    scaled: dict[str, float] | None = None
    """What numbers were multiplied by for the unit of their column or row, by column key."""
    refused: set[str] | None = None
    """Columns whose cell was refused or is lacking: nothing more is said about what it holds."""

    @property
    def origin(self) -> Origin:
        """The row as a whole."""
        return Origin(self.located.table.file, self.located.table.sheet, str(self.number))

    def at(self, key: str) -> Origin:
        """The cell of a column; for a text in several languages the first that the sheet has."""
        places = self.located.places
        if key not in places:
            for suffix in LANGUAGES.values():
                if f"{key}_{suffix}" in places:
                    return self.located.at(self.number, f"{key}_{suffix}")
        return self.located.at(self.number, key)

    def refuse(self, *keys: str) -> None:
        """Note cells that have been refused, so that no message follows from them."""
        self.refused = {*(self.refused or ()), *keys}

    def is_refused(self, *keys: str) -> bool:
        """Whether one of the cells has been refused already."""
        return self.refused is not None and not self.refused.isdisjoint(keys)

    def text(self, key: str) -> str:
        """A text value, empty when blank."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def label(self, key: str) -> Label:
        """A text in several languages, empty when blank."""
        value = self.values.get(key)
        return value if isinstance(value, Label) else NO_LABEL

    def words(self, key: str) -> list[str]:
        """The same in each language that has it."""
        return [text for _, text in self.label(key).texts]

    def number_of(self, key: str) -> float | None:
        """A number, None when unknown."""
        value = self.values.get(key)
        return value if value.__class__ is float else None


class Pack(NamedTuple):
    """Rows of one table, and what was converted in them, packed."""

    located: Located
    held: bytes

    def opened(self) -> tuple[list[Record], list[Conversion]]:
        """The rows, each a new one, and their conversions."""
        rows, conversions = pickle.loads(zlib.decompress(self.held))  # noqa: S301 - packed in this process
        return [Record(self.located, *row) for row in rows], conversions


class Records(Struct):
    """The records of one sheet and everything noticed while reading it."""

    sheet: Sheet
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conversions: list[Conversion] = field(default_factory=list)
    language: str = "en"
    tables: list[Located] = field(default_factory=list)
    """The tables that the records came from."""
    lacking: Counter[str] = field(default_factory=Counter)
    """Language to how many texts the knowledge has in others only."""
    waiting: list[Pack] = field(default_factory=list)
    """Records that come before those above, packed: of a table of very many."""

    @property
    def has_records(self) -> bool:
        """Whether there is any, packed or not."""
        return bool(self.records or self.waiting)


Vocabulary = dict[str, dict[str, str]]
"""List name to folded word to value."""


def built(noun: type[_Noun], record: Record, **own: object) -> _Noun:
    """A noun of a record: its fields from the columns of the same names, but for its own."""
    parts = noun.__annotations__.items()
    values = {name: filled(record.values.get(name), kind) for name, kind in parts}
    return noun(**{**values, **own})


def filled(value: object, kind: object) -> object:
    """Blank text, label or codes as empty ones; numbers and dates stay None.

    Args:
        value: What a record holds.
        kind: The annotation of the field that takes it.
    """
    if value is not None:
        return value
    written = str(kind)
    if written == "str" or "Literal" in written or "Kind" in written:
        return ""
    if written == "Label":
        return NO_LABEL
    return () if written.startswith("tuple") else None
