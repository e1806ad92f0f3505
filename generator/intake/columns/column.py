"""What one column and one sheet are."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.intake.columns.words import further, local_helps, phrase, unnamed
from generator.intake.columns.words import label as words
from generator.model import NO_LABEL, Label
from generator.shipped import ENGLISH, LANGUAGES, language_names


class Kind(StrEnum):
    """How the text of a cell becomes a value."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    PERCENT = "percent"
    DATE = "date"
    PERIOD = "period"
    """An ISO date, or its first part: a year, or a year and month."""
    CHOICE = "choice"
    FLAG = "flag"
    CODES = "codes"
    """Texts joined by `;`."""
    LINE = "line"
    """Text for one line of a mail: a break in it is folded and reported."""
    EMAIL = "email"
    """One address."""
    VERBATIM = "verbatim"
    """Text kept as it stands: spaces at its ends and single dashes are meant."""

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return self in {Kind.NUMBER, Kind.INTEGER, Kind.PERCENT}


class Column(Struct, frozen=True):
    """One column: type, unit, bounds, and its words in every language.

    Bounds of a date are years. `choices` names a list of `choices.csv`; `refers_to` names the records a key must be among.
    `bilingual` makes one column per language, such as `key_en` and `key_zh`; one text is enough. `uncertain` adds the optional
    `key_low` and `key_high`. `printed` marks text that documents print.
    """

    key: str
    kind: Kind = Kind.TEXT
    label: Label = NO_LABEL
    """Its header; empty where the key is the header."""
    help_label: Label = NO_LABEL
    unit: str = ""
    unit_label: Label = NO_LABEL
    low: float | None = None
    high: float | None = None
    choices: str = ""
    refers_to: str = ""
    required: bool = False
    unique: bool = False
    bilingual: bool = False
    uncertain: bool = False
    printed: bool = False
    is_sequence: bool = False
    """Whether the same code may stand again, since each speaks of the thing in its place."""
    typed_by: str = ""
    """The column whose value says what kind of number this is: a criterion, a resource."""
    synonyms: tuple[tuple[str, str], ...] = ()
    """Further headers that are read, each with its language in front."""
    example: str = ""
    since: int = 1
    """The version of the form in which the column came."""
    ranged_since: int = 1
    """The version in which its low and high ends came; before, its numbers were held to be exact."""
    is_ranged_by_grade: bool = True
    """Whether a blank end is that of the grade's range; else the number is exact until an end is given."""
    jurisdictions: tuple[str, ...] = ()
    """Where the form shows the column, with all below them; empty for everywhere."""
    not_in: tuple[str, ...] = ()
    """Where the form leaves it out. Whatever the form shows, the column is read where it stands."""
    local: tuple[tuple[str, Label], ...] = ()
    """Jurisdictions whose help, for all below them too, stands in place of the common one."""

    def header(self, language: str) -> str:
        """The header that planners see."""
        return self.label.text(language) or self.key

    def help(self, language: str) -> str:
        """The help text that planners see."""
        return self.help_label.text(language)

    @property
    def helps(self) -> tuple[str, ...]:
        """Every help text that a form may carry, in every language."""
        said = (self.help_label, *(one for _, one in self.local))
        return tuple(text for one in said for _, text in one.texts)

    @property
    def title(self) -> Label:
        """The header in every language."""
        return self.label or unnamed(self.key)

    @property
    def measure(self) -> Label:
        """The unit in every language."""
        return self.unit_label or unnamed(self.unit)

    @property
    def headed(self) -> dict[str, Any]:
        """Its header in every language, as arguments of a problem."""
        return self.title.arguments("header")

    @property
    def measured(self) -> dict[str, Any]:
        """Its header and its unit in every language, as arguments of a problem."""
        return {**self.headed, **self.measure.arguments("unit")}

    def is_shown(self, lineage: Sequence[str]) -> bool:
        """Whether a form for a jurisdiction shows the column.

        Args:
            lineage: The jurisdiction, then those above it; empty for a form of any jurisdiction.
        """
        is_at_home = not self.jurisdictions or any(one in self.jurisdictions for one in lineage)
        return is_at_home and not any(one in self.not_in for one in lineage)

    def locally(self, lineage: Sequence[str]) -> Column:
        """The column as a jurisdiction explains it; the nearest one that says something counts."""
        told = dict(self.local)
        mine = next((told[one] for one in lineage if one in told), self.help_label)
        return replace(self, help_label=mine)

    def unit_text(self, language: str) -> str:
        """The unit as the unit row shows it."""
        return self.unit_label.text(language) or self.unit

    def expanded(self) -> tuple[Column, ...]:
        """The physical columns: one per language or bound, the column itself otherwise."""
        if self.bilingual:
            return tuple(self._in(language, suffix) for language, suffix in LANGUAGES.items())
        if self.uncertain:
            return (self, self._bound("low"), self._bound("high"))
        return (self,)

    def _in(self, language: str, suffix: str) -> Column:
        tongue = Label(tuple(language_names().get(language, {ENGLISH: language}).items()))
        label = self.label and phrase("sheet.in_language", header=self.label, language=tongue)
        # A header without a language is read too: what exists is printed.
        own = ((ENGLISH, self.key), *self.label.texts, *self.synonyms)
        return replace(
            self,
            key=f"{self.key}_{suffix}",
            label=label,
            bilingual=False,
            required=False,
            synonyms=own if language == ENGLISH else (),
        )

    def _bound(self, end: str) -> Column:
        kind = "help" if self.is_ranged_by_grade else "help_exact"
        return replace(
            self,
            key=f"{self.key}_{end}",
            label=phrase(f"sheet.{end}", header=self.title),
            help_label=words(f"sheet.{end}.{kind}"),
            required=False,
            uncertain=False,
            synonyms=(),
            example="",
            local=(),
        )


class Sheet(Struct, frozen=True, dict=True):
    """One sheet of the form or one table of the knowledge."""

    key: str
    columns: tuple[Column, ...]
    label: Label = NO_LABEL
    """Its name; empty where the key is the name."""
    help_label: Label = NO_LABEL
    synonyms: tuple[tuple[str, str], ...] = ()
    """Further names under which it is read, each with its language in front."""
    required: bool = False
    unique: tuple[str, ...] = ()
    """Column keys that together may occur once."""
    is_expected: bool = False
    """Whether briefs say little of a region without rows here."""
    is_knowledge: bool = False
    """A table of the catalogue or the rules: printed texts exist in every language."""

    @cached_property
    def bilingual(self) -> tuple[Column, ...]:
        """The columns that stand once per language."""
        return tuple(column for column in self.columns if column.bilingual)

    def name(self, language: str) -> str:
        """The sheet name that planners see; a table's is its key."""
        return self.label.text(language) or self.key

    @property
    def names(self) -> tuple[str, ...]:
        """The key and every name under which the sheet is read, those of the form first."""
        return (self.key, *(text for _, text in (*self.label.texts, *self.synonyms)))

    @cached_property
    def physical(self) -> tuple[Column, ...]:
        """All columns as they stand in a file."""
        return tuple(part for column in self.columns for part in column.expanded())


def worded(sheet: Sheet) -> Sheet:
    """The sheet with its words and those of its columns; a table of the knowledge has no headers."""
    own = f"sheet.{sheet.key}"
    columns = []
    for column in sheet.columns:
        key, shared = f"{own}.{column.key}", f"sheet.any.{column.key}"
        keys = (key,) if sheet.is_knowledge else (key, shared)
        columns.append(
            replace(
                column,
                label=words(*keys),
                help_label=words(*(f"{one}.help" for one in keys)),
                unit_label=words(f"{key}.unit", f"sheet.unit.{column.unit}"),
                synonyms=further(*(f"{one}.also" for one in keys)),
                local=tuple(local_helps(key)),
            )
        )
    return replace(
        sheet,
        columns=tuple(columns),
        label=words(own),
        help_label=words(f"{own}.help"),
        synonyms=further(f"{own}.also"),
    )
