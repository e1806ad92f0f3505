"""What one column and one sheet are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from generator.shipped import ENGLISH, LANGUAGES, language_names

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA_VERSION = 2


_EXACT = {"en": "blank: the number itself.", "zh-CN": "留空即为该数本身。"}
"""What a blank end means where the grade gives none."""


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


@dataclass(frozen=True, slots=True)
class Local:
    """How a column is explained in one jurisdiction and all below it."""

    jurisdiction: str
    help_en: str
    help_zh: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: headers in both languages, type, unit, bounds, help.

    Bounds of a date are years. `choices` names a list of `choices.csv`; `refers_to` names the records a key must be among.
    `bilingual` makes one column per language, such as `key_en` and `key_zh`; one text is enough. `uncertain` adds the optional
    `key_low` and `key_high`. `printed` marks text that documents print.
    """

    key: str
    kind: Kind = Kind.TEXT
    en: str = ""
    zh: str = ""
    help_en: str = ""
    help_zh: str = ""
    unit: str = ""
    unit_zh: str = ""
    low: float | None = None
    high: float | None = None
    choices: str = ""
    refers_to: str = ""
    required: bool = False
    unique: bool = False
    bilingual: bool = False
    uncertain: bool = False
    printed: bool = False
    typed_by: str = ""
    """The column whose value says what kind of number this is: a criterion, a resource."""
    synonyms: tuple[str, ...] = ()
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
    local: tuple[Local, ...] = ()
    """Help of single jurisdictions in place of the common one."""

    def header(self, language: str) -> str:
        """The header that planners see."""
        return (self.zh if language == "zh-CN" else self.en) or self.key

    def help(self, language: str) -> str:
        """The help text that planners see."""
        return self.help_zh if language == "zh-CN" else self.help_en

    @property
    def helps(self) -> tuple[str, ...]:
        """Every help text that a form may carry, in every language."""
        own = (self.help_en, self.help_zh)
        return (*own, *(text for one in self.local for text in (one.help_en, one.help_zh)))

    def is_shown(self, lineage: Sequence[str]) -> bool:
        """Whether a form for a jurisdiction shows the column.

        Args:
            lineage: The jurisdiction, then those above it; empty for a form of any jurisdiction.
        """
        is_at_home = not self.jurisdictions or any(one in self.jurisdictions for one in lineage)
        return is_at_home and not any(one in self.not_in for one in lineage)

    def locally(self, lineage: Sequence[str]) -> Column:
        """The column as a jurisdiction explains it; the nearest one that says something counts."""
        told = {one.jurisdiction: one for one in self.local}
        mine = next((told[one] for one in lineage if one in told), None)
        if mine is None:
            return self
        return replace(self, help_en=mine.help_en, help_zh=mine.help_zh)

    def unit_text(self, language: str) -> str:
        """The unit as the unit row shows it."""
        return (self.unit_zh or self.unit) if language == "zh-CN" else self.unit

    def expanded(self) -> tuple[Column, ...]:
        """The physical columns: one per language or bound, the column itself otherwise."""
        if self.bilingual:
            return tuple(self._in(language, suffix) for language, suffix in LANGUAGES.items())
        if self.uncertain:
            return (self, self._bound("low", "low", "低值"), self._bound("high", "high", "高值"))
        return (self,)

    def _in(self, language: str, suffix: str) -> Column:
        called = language_names().get(language, {})
        tongue_en, tongue_zh = (called.get(one, language) for one in ("en", "zh-CN"))
        # A header without a language is read too: what exists is printed.
        bare = (self.key, self.en, self.zh, *self.synonyms) if language == ENGLISH else ()
        return replace(
            self,
            key=f"{self.key}_{suffix}",
            en=f"{self.en} ({tongue_en})" if self.en else "",
            zh=f"{self.zh}（{tongue_zh}）" if self.zh else "",
            bilingual=False,
            required=False,
            synonyms=tuple(name for name in bare if name),
        )

    def _bound(self, suffix: str, en: str, zh: str) -> Column:
        return replace(
            self,
            key=f"{self.key}_{suffix}",
            en=f"{self.en}, {en}",
            zh=f"{self.zh}（{zh}）",
            help_en=f"Optional {en} end of the plausible range; "
            + ("blank takes the range of the grade." if self.is_ranged_by_grade else _EXACT["en"]),
            help_zh=f"选填，合理区间的{zh}；"
            + ("留空则按等级取默认区间。" if self.is_ranged_by_grade else _EXACT["zh-CN"]),
            required=False,
            uncertain=False,
            synonyms=(),
            example="",
            local=(),
        )


@dataclass(frozen=True)
class Sheet:
    """One sheet of the form or one table of the knowledge."""

    key: str
    columns: tuple[Column, ...]
    en: str = ""
    zh: str = ""
    help_en: str = ""
    help_zh: str = ""
    synonyms: tuple[str, ...] = ()
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
        return (self.zh if language == "zh-CN" else self.en) or self.key

    @cached_property
    def physical(self) -> tuple[Column, ...]:
        """All columns as they stand in a file."""
        return tuple(part for column in self.columns for part in column.expanded())
