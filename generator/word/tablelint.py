"""Faults of tables that show data: their key, their columns, their header and sample rows."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from generator.codes import Code
from generator.problems import Origin, Problem, problem
from generator.templating.names import nearest
from generator.word.marks import Mark, marks_of, text_of
from generator.word.tables import Asked, asked, expand, own_paragraphs, samples_of
from generator.word.tags import Part, Places, W, scanned

if TYPE_CHECKING:
    from lxml import etree

    from generator.word.declared import Declared

_PARAGRAPH, _TABLE = f"{W}p", f"{W}tbl"
_GIVEN = re.compile(r"\{%\w*\s*(?:for|set)\s+(\w+)")
_EXAMPLE = "assets.points"
_NONE = {"cause": "none"}
"""What a table has none of cannot be named as an example."""


class Tables(NamedTuple):
    """What the tables of a part come to."""

    part: Part
    """The part as its loops say it, without the tables that have a fault."""
    faults: list[Problem]
    printed: set[str]
    """Paths that the sample rows print."""


def with_loops(
    part: Part,
    styles: etree._Element | None,
    known: Mapping[str, Declared],
    roots: frozenset[str],
    file: str,
) -> Tables:
    """Judge the tables of a part that name data, and write them as loops for the judge of tags.

    Args:
        part: A part of a template; it stays as it is.
        styles: The styles of the document.
        known: The declared tables.
        roots: First names of known fields.
        file: The template's name for messages.
    """
    if not any(asked(table) for table in part.root.iter(_TABLE)):
        return Tables(part, [], set())
    root = copy.deepcopy(part.root)
    places = Places()
    for paragraph in root.iter(_PARAGRAPH):
        places.of(paragraph)
    faults: list[Problem] = []
    printed: set[str] = set()
    for table in list(root.iter(_TABLE)):
        ask = asked(table)
        if ask is None:
            continue
        judged = _Table(table, ask, known, Origin(file, part.name), places)
        found = list(judged.faults() if part.is_body else judged.misplaced())
        printed |= judged.printed()
        faults += found
        parent = table.getparent()
        if found and parent is not None:
            # What else is wrong in it would only be said twice.
            parent.remove(table)
    expand(root, styles, known)
    return Tables(scanned(part, root, roots, places), faults, printed)


class _Table:
    """One table that names data."""

    def __init__(
        self,
        table: etree._Element,
        ask: Asked,
        known: Mapping[str, Declared],
        origin: Origin,
        places: Places,
    ) -> None:
        self._table, self._ask, self._known = table, ask, known
        self._held = known.get(ask.key)
        self._rows = samples_of(table, ask.group)
        self._origin, self._places = origin, places

    def printed(self) -> set[str]:
        """The columns of its sample rows, as paths."""
        marks = (mark for _, row in self._rows.samples for mark in self._marks(row))
        return {f"{self._ask.key}[].{mark.name}" for mark, _ in marks}

    def misplaced(self) -> Iterator[Problem]:
        """That it stands where no table is filled."""
        yield self._fault(Code.TABLE_OUT_OF_TEXT, self._table)

    def faults(self) -> Iterator[Problem]:
        """All faults in reading order."""
        if self._held is None:
            name = nearest(self._ask.key, self._known) or _EXAMPLE
            yield self._fault(Code.TABLE_UNKNOWN, self._table, example=f"table:{name}")
            return
        yield from self._loops()
        if not self._rows.samples:
            yield self._fault(Code.TABLE_WITHOUT_SAMPLE, self._table, example=self._example())
            return
        if not self._rows.head:
            yield self._fault(Code.TABLE_WITHOUT_HEADS, self._rows.samples[0][1])
        yield from self._group_faults(self._held)
        seen = set[str]()
        for variant, row in self._rows.samples:
            if variant in seen:
                yield self._fault(Code.TABLE_SAMPLES_ALIKE, row, **self._kind(self._held))
            seen.add(variant)
            yield from self._row_faults(row, self._held)

    def _loops(self) -> Iterator[Problem]:
        """Rows that a person repeats or chooses: here the program does."""
        for paragraph in own_paragraphs(self._table, self._table):
            text = text_of(paragraph)
            for tag in ("{%tr", "{%tc"):
                if tag in text:
                    yield self._fault(Code.TABLE_LOOPED_TWICE, paragraph, tag=text.strip()[:60])

    def _group_faults(self, held: Declared) -> Iterator[Problem]:
        group = self._ask.group
        if not group:
            return
        if group not in held.groups:
            name = nearest(group, held.groups) or min(held.groups, default="")
            shown = {"example": f"columns:{name}"} if name else _NONE
            yield self._fault(Code.TABLE_GROUP_UNKNOWN, self._table, name=group, **shown)
        elif not any(
            mark.name == group for _, row in self._rows.samples for mark, _ in self._marks(row)
        ):
            example = f"{{{{ {group} }}}}"
            yield self._fault(Code.TABLE_GROUP_UNUSED, self._table, name=group, example=example)

    def _row_faults(self, row: etree._Element, held: Declared) -> Iterator[Problem]:
        own = _given(row)
        for mark, paragraph in self._marks(row):
            if mark.is_variant:
                if mark.name not in held.variants:
                    kind = self._kind(held, mark.name)
                    yield self._fault(
                        Code.TABLE_VARIANT_UNKNOWN, paragraph, name=f"#{mark.name}", **kind
                    )
            elif mark.name not in held.columns and mark.name not in own | {self._ask.group}:
                name = nearest(mark.name, held.columns) or min(held.columns, default="")
                yield self._fault(
                    Code.TABLE_COLUMN_UNKNOWN,
                    paragraph,
                    name=mark.name,
                    example=f"{{{{ {name} }}}}",
                )

    def _marks(self, row: etree._Element) -> Iterator[tuple[Mark, etree._Element]]:
        for paragraph in own_paragraphs(row, self._table):
            for mark in marks_of(paragraph):
                yield mark, paragraph

    def _example(self) -> str:
        columns = self._held.columns if self._held else ()
        return f"{{{{ {min(columns, default='name')} }}}}"

    @staticmethod
    def _kind(held: Declared, name: str = "") -> dict[str, str]:
        """The mark of a kind of row that the table has."""
        if not held.variants:
            return _NONE
        return {"example": f"{{{{ #{nearest(name, held.variants) or min(held.variants)} }}}}"}

    def _fault(self, code: str, at: etree._Element, **args: str) -> Problem:
        first = at if at.tag == _PARAGRAPH else next(at.iter(_PARAGRAPH), None)
        place = "" if first is None else self._places.known.get(first, "")
        origin = self._origin._replace(cell=place)
        return problem(code, origin, "error", key=self._ask.key, **args)


def _given(row: etree._Element) -> set[str]:
    """Names that a row gives itself, in a loop over what one of its columns holds."""
    text = "".join(one.text or "" for one in row.iter(f"{W}t"))
    return set(_GIVEN.findall(text))
