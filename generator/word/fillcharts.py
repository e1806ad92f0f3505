"""The charts of one document: parts filled, copied for loops, left out where nothing shows them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from generator.opc import TYPES, Packed, Relation, packed, relations_name
from generator.word.chartdata import workbook
from generator.word.package import BODY_RELATIONS, HEAD, free_name
from generator.word.tagged import UnsuitedError

if TYPE_CHECKING:
    from generator.model import Brief, Figure
    from generator.word.forms import Form

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"


class Charts:
    """What the drawings of a document show.

    Args:
        form: The template.
        brief: Holds the data.
    """

    def __init__(self, form: Form, brief: Brief) -> None:
        self.figure: Figure | None = None
        """That of the drawing being filled."""
        self.relation = ""
        """By which that drawing leads to its chart."""
        self.is_lost = False
        """Whether the text stands in a drawing without data."""
        self.has_lost = False
        """Whether the paragraph has lost a drawing."""
        self.paragraph = 0
        """Where the paragraph of the drawings began."""
        self._form, self._brief = form, brief
        self._start = 0
        self._shown: set[str] = set()
        self._parts: dict[str, bytes] = {}
        self._added: list[Relation] = []
        self._types: list[tuple[str, str]] = []
        self._taken = {one.id.lower() for one in form.relations}

    def open(self, place: int, number: int, key: str) -> None:
        """A drawing begins."""
        self._start, key = place, key.strip()
        one = self._form.marks.charts[number]
        self.figure = figure = self._brief.figures.get(key)
        self.is_lost = figure is None
        if figure is None:
            known = self._brief.fields.get("figures", {})
            if key.partition(":")[0].strip() not in known:  # type: ignore[operator] # a mapping by key
                raise UnsuitedError("charts")
            return
        chart = self._form.charts[one.part]
        if chart.form.is_of_points != figure.is_points:
            raise UnsuitedError("charts")
        part, book, self.relation = one.part, chart.book, one.relation
        if part in self._shown:
            part, book = self._copy(part)
            self.relation = self._relate(part)
        self._shown.add(part)
        try:
            self._parts[part] = chart.form.filled(figure)
        except ValueError as fault:
            raise UnsuitedError("charts") from fault
        self._parts[book] = workbook(figure)

    def close(self) -> tuple[int, bool]:
        """The drawing ends; where it began, and whether it goes."""
        self.has_lost |= self.is_lost
        lost, self.is_lost = self.is_lost, False
        return self._start, lost

    def show(self, number: int) -> None:
        """A chart of the designer's own stands here."""
        part = self._form.marks.charts[number].part
        self._shown.add(part)

    def _copy(self, name: str) -> tuple[str, str]:
        """Names of one more chart part and of the workbook in it; its relations are noted."""
        chart, made = self._form.charts[name], self._free_name(name)
        self._parts[made] = b""
        self._types.append((made, chart.type))
        own, book = [], ""
        for one in chart.relations:
            target = self._free_name(one.target)
            own.append(one._replace(target=target))
            self._types.append((target, self._form.types.get(one.target, "")))
            if one.target == chart.book:
                book = target
                self._parts[target] = b""
            else:
                self._parts[target] = self._form.contents[one.target]
        self._parts[relations_name(made)] = _relations(made, own)
        return made, book

    def _free_name(self, name: str) -> str:
        return free_name(name, lambda made: made.lower() in self._form.names or made in self._parts)

    def _relate(self, part: str) -> str:
        number = len(self._taken) + 1
        while f"rid{number}" in self._taken:
            number += 1
        self._taken.add(f"rid{number}")
        self._added.append(Relation(f"rId{number}", _CHART, part, is_external=False))
        return f"rId{number}"

    def parts(self) -> tuple[dict[str, Packed], set[str]]:
        """The parts that this document has in place of the template's, and those it has not."""
        form = self._form
        lost = {one for one in form.chart_relations.values() if one not in self._shown}
        parts = dict(self._parts)
        gone: set[str] = set()
        if lost:
            kept = form.rests[""].union(
                *(form.rests[one] for one in self._shown if one in form.rests)
            )
            gone = {name for name in form.order if name not in kept}
        if lost or self._added:
            rows = [
                one for one in form.relations if form.chart_relations.get(one.id, "") not in lost
            ]
            parts[BODY_RELATIONS] = _relations(form.main, [*rows, *self._added])
            parts[TYPES] = self._typed(gone)
        return {name: packed(name, content) for name, content in parts.items()}, gone

    def _typed(self, gone: Iterable[str]) -> bytes:
        """What the parts are, without those that have gone and with the copies."""
        text = self._form.types_text
        for name in gone:
            text = re.sub(
                rf'<Override\b[^>]*PartName="/{re.escape(escape(name))}"[^>]*/>', "", text
            )
        added = "".join(
            f'<Override PartName="/{escape(name)}" ContentType="{escape(kind)}"/>'
            for name, kind in self._types
            if kind and self._form.defaults.get(name.rpartition(".")[2].lower()) != kind
        )
        return text.replace("</Types>", f"{added}</Types>").encode()


def _relations(part: str, rows: Iterable[Relation]) -> bytes:
    """The part with the relations of a part."""
    folder = posixpath.dirname(part)
    said = []
    for one in rows:
        outside = ' TargetMode="External"' if one.is_external else ""
        target = (
            one.target if one.is_external else posixpath.relpath(f"/{one.target}", f"/{folder}")
        )
        said.append(
            f'<Relationship Id="{escape(one.id)}" Type="{escape(one.type)}" '
            f'Target="{escape(target)}"{outside}/>'
        )
    return f'{HEAD}<Relationships xmlns="{_RELATIONS}">{"".join(said)}</Relationships>'.encode()
