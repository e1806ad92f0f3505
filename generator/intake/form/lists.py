"""What the dropdowns of the form offer, and the word a planner would pick for a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.intake.columns import FORM, REGION_FIGURES, Column, Kind
from generator.intake.rows import column_letter
from generator.model import COMPARATORS, Knowledge

if TYPE_CHECKING:
    from openpyxl import Workbook


DATA_ROWS = 2000
"""Rows that carry dropdowns at least; rows below still count, without them."""
FIRST_ROW = 4
_BARE = frozenset({"grade", "gb50174_grade", "language"})
"""Choice lists whose values planners know better than any label."""


class Lists:
    """The hidden sheet that dropdowns point to: literal lists end at 255 characters.

    Args:
        book: The workbook.
        knowledge: What there is to choose from.
        language: The language of the words.
        lineage: The jurisdiction and those above it; what concerns others alone is not offered.
    """

    def __init__(
        self, book: Workbook, knowledge: Knowledge, language: str, lineage: Sequence[str]
    ) -> None:
        self._book, self._language, self._lineage = book, language, lineage
        self._columns: dict[str, list[str]] = {}
        self._choices = knowledge.choices
        self._jurisdictions = knowledge.jurisdictions
        criteria = {key: item.name.text(language) for key, item in knowledge.criteria.items()}
        figures = {column.key: column.header(language) for column in REGION_FIGURES}
        self._named = {
            "uses": {use.use_id: use.name.text(language) for use in knowledge.uses},
            "benefits": {
                key: item.name.text(language)
                for key, item in knowledge.benefits.items()
                if item.is_objective
            },
            "criteria": criteria,
            "measures": {**figures, **criteria},
        }
        """Lists whose items are shown as `id name`; the reader takes either or both."""
        self._activities = {
            key: item.name.text(language) for key, item in knowledge.activities.items()
        }
        elsewhere = {
            column.key for sheet in FORM for column in sheet.columns if not column.is_shown(lineage)
        }
        self._left_out = {
            *elsewhere,
            *(use.use_id for use in knowledge.uses if use.category == COMPARATORS),
            *(key for key, item in knowledge.criteria.items() if item.reads in elsewhere),
            *self._foreign(),
        }

    def _foreign(self) -> set[str]:
        """Classifications of industries that only other jurisdictions use."""
        usual = {key: one.classification for key, one in self._jurisdictions.items()}
        own = {usual[key] for key in self._lineage if key in usual}
        ((common, _),) = Counter(usual.values()).most_common(1)
        return {*usual.values()} - own - {common} if own else set()

    def formula(self, column: Column, rows: int) -> str:
        """The reference to a column's allowed values, empty when it has none."""
        name = column.choices or column.refers_to
        if column.kind is Kind.FLAG:
            name = "flag"
        if column.kind is Kind.CODES:
            return ""
        if name == "region":
            return f"='{FORM[0].name(self._language)}'!$A${FIRST_ROW}:$A${rows + FIRST_ROW - 1}"
        if name not in self._columns:
            values = self._values(name)
            if not values:
                return ""
            self._columns[name] = values
        letter = column_letter(list(self._columns).index(name))
        return f"=Lists!${letter}$2:${letter}${len(self._columns[name]) + 1}"

    def _values(self, name: str) -> list[str]:
        if name == "flag":
            return ["0", "1"]
        if name == "activities":
            return list(self._activities.values())
        if name == "jurisdictions":
            return list(self._at_home())
        if name in self._named:
            items = self._named[name].items()
            return [f"{key} {text}" for key, text in items if key not in self._left_out]
        labels = self._choices.get(name, {})
        return [
            value if name in _BARE else label.text(self._language)
            for value, label in labels.items()
            if value not in self._left_out
        ]

    def _at_home(self) -> Iterable[str]:
        """The jurisdiction itself and those below it; all of them on a form for any."""
        for code in self._jurisdictions:
            above = [code]
            for one in above:
                above += [more for more in self._jurisdictions[one].parents if more not in above]
            if not self._lineage or self._lineage[0] in above:
                yield code

    def label(self, column: Column, value: object) -> object:
        """The word a planner would pick for a stored value."""
        if column.refers_to in self._named:
            # What is no longer offered keeps its id.
            return f"{value} {self._named[column.refers_to].get(str(value), '')}".strip()
        if column.refers_to == "activities":
            return self._activities[str(value)]
        if column.kind is Kind.CHOICE and column.choices not in _BARE:
            return self._choices[column.choices][str(value)].text(self._language)
        return value

    def finish(self) -> None:
        """Write the hidden sheet."""
        page = self._book.create_sheet("Lists")
        page.sheet_state = "hidden"
        for index, (name, values) in enumerate(self._columns.items(), start=1):
            page.cell(1, index, name)
            for row, value in enumerate(values, start=2):
                page.cell(row, index, value)
